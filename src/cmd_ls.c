/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "field.h"
#include "member_table.h"
#include "output.h"
#include "report.h"
#include "sandbox.h"
#include "text.h"

static const struct option options[] = {
    {"json", no_argument, NULL, OPT_JSON},
    {"null", no_argument, NULL, 'z'},
    {"max-header", required_argument, NULL, OPT_MAX_HEADER},
    OPTIONS_END,
};

/* An archive that is told. */
struct listing {
    const char *file;
    struct mmview_npz *archive;
};

struct request {
    struct target_options target;
    bool json, null;
    size_t listed;
};

/* Calls tell with every member and what there is to know of it. False: the file can not
 * be read, which was reported, or standard output can not be written. */
static bool each_member(const struct listing *listing,
                        void (*tell)(const struct listing *listing, size_t index,
                                     const struct mmview_member_info *info, void *context),
                        void *context)
{
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    size_t count = mmview_npz_count(listing->archive);
    bool fine = true;

    for (size_t i = 0; fine && i < count; i++) {
        if (mmview_npz_info(listing->archive, i, &info, &err) < 0) {
            report(listing->file, "%s", err.message);
            fine = false;
        } else {
            tell(listing, i, &info, context);
            fine = report_output_fine();
        }
    }
    mmview_member_info_clear(&info);
    return fine;
}

static void put_key(const char *key)
{
    printf(",\"%s\":", key);
}

static void put_text(const char *key, const char *text)
{
    put_key(key);
    if (text)
        json_put_string(text);
    else
        fputs("null", stdout);
}

/* A number, or null if there is none. */
static void put_number(const char *key, bool there, uint64_t number)
{
    put_key(key);
    if (there)
        printf("%" PRIu64, number);
    else
        fputs("null", stdout);
}

static void put_bool(const char *key, int yes)
{
    put_key(key);
    fputs(yes ? "true" : "false", stdout);
}

/* What the header says; null if there is none. */
static void put_array(const struct mmview_member_info *info)
{
    char *dtype = info->dtype ? dtype_text(mmview_dtype_name, info->dtype) : NULL;
    char *descr = info->dtype ? dtype_text(mmview_dtype_descr_json, info->dtype) : NULL;
    bool stored = info->dtype && info->method == MMVIEW_NPZ_STORED;

    put_text("dtype", dtype);
    put_key("descr");
    fputs(descr ? descr : "null", stdout);
    put_key("shape");
    if (info->dtype) {
        putchar('[');
        for (int i = 0; i < info->ndim; i++)
            printf(i ? ",%" PRIdPTR : "%" PRIdPTR, info->shape[i]);
        putchar(']');
    } else {
        fputs("null", stdout);
    }
    put_text("order", info->dtype ? order_text((enum mmview_order)info->order) : NULL);
    put_number("nbytes", info->dtype != NULL, (uint64_t)info->nbytes);
    put_number("data_offset", stored, info->offset + info->data_offset);
    free(dtype);
    free(descr);
}

static void tell_json(const struct listing *listing, size_t index,
                      const struct mmview_member_info *info, void *context)
{
    char method[METHOD_ROOM];

    (void)context;
    fputs("{\"file\":", stdout);
    json_put_string(listing->file);
    put_text("member", mmview_npz_name(listing->archive, index, NULL));
    put_number("index", true, index);
    put_array(info);
    put_text("method", member_method(info, method));
    put_number("size", true, info->plain_size);
    put_number("packed_size", true, info->packed_size);
    printf(",\"ratio\":%.6g", member_ratio(info));
    put_number("offset", info->offset != MMVIEW_NO_OFFSET, info->offset);
    printf(",\"crc\":\"%08" PRIx32 "\"", info->crc);
    put_bool("mappable", info->mappable);
    put_bool("aligned", info->aligned);
    put_text("status", info->mappable ? NULL : mmview_status_name(info->reason.status));
    put_text("reason", info->mappable ? NULL : info->reason.message);
    puts("}");
}

static void tell_row(const struct listing *listing, size_t index,
                     const struct mmview_member_info *info, void *context)
{
    member_table_add(context, mmview_npz_name(listing->archive, index, NULL), info);
}

static void list_table(const struct listing *listing, const struct request *request, bool titled)
{
    struct member_table table;

    if (request->listed > 0)
        putchar('\n');
    if (titled) {
        text_show(stdout, listing->file, strlen(listing->file));
        puts(":");
    }
    member_table_begin(&table);
    each_member(listing, tell_row, &table);
    member_table_print(&table);
}

static void list_names(const struct listing *listing)
{
    for (size_t i = 0; i < mmview_npz_count(listing->archive); i++) {
        size_t length;
        const char *name = mmview_npz_name(listing->archive, i, &length);

        printf("%s/", listing->file);
        fwrite(name, 1, length, stdout);
        putchar('\0');
    }
}

static bool list(struct request *request, const char *file, bool titled)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct listing listing = {file, NULL};

    if (!archive_open(&listing.archive, file, &request->target, &err)) {
        report(file, "%s", err.message);
        return true;
    }
    if (request->null)
        list_names(&listing);
    else if (request->json)
        each_member(&listing, tell_json, NULL);
    else
        list_table(&listing, request, titled);
    request->listed++;
    mmview_npz_unref(listing.archive);
    return report_output_fine();
}

static int list_files(struct request *request, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_ls, argc, argv, ":hz", options, &status)) !=
           OPTIONS_DONE) {
        switch (option) {
        case OPTIONS_STOP: return status;
        case OPT_JSON: request->json = true; break;
        case 'z': request->null = true; break;
        default:
            if (target_option(&request->target, &command_ls, option, optarg) != STATUS_FINE)
                return STATUS_ERROR;
            break;
        }
    }
    if (request->json && request->null)
        return report_usage(&command_ls, "--json ends its lines with newlines: no -z");
    if (optind == argc)
        return report_usage(&command_ls, "no FILE");
    sandbox_enter();
    for (int i = optind; i < argc; i++)
        if (!list(request, argv[i], argc - optind > 1))
            return STATUS_ERROR;
    return STATUS_FINE;
}

static int run(int argc, char **argv)
{
    struct request request = {.target = TARGET_OPTIONS_INIT};
    int status = list_files(&request, argc, argv);

    target_options_clear(&request.target);
    return status;
}

const struct command command_ls = {
    .name = "ls",
    .synopsis = "[OPTION]... FILE.npz...",
    .summary = "list the members of archives, and which of them can be mapped",
    .help =
        {
            "Lists the members of each FILE, a .npz archive: name, dtype, shape, order, how\n"
            "it is packed, its bytes unpacked and what part of them it has in the archive,\n"
            "the byte of the archive where it starts, and whether it can be mapped. Reads\n"
            "the headers, never the data. FILE - is standard input.\n"
            "\n"
            "Output:\n"
            "      --json               an object of JSON a member, a line each\n"
            "  -z, --null               names only, as FILE/MEMBER, which the other commands\n"
            "                           take, each ended with a NUL\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n"
            "      --max-header=N       accept headers of up to N characters (10000)\n",
        },
    .run = run,
};

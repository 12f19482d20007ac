/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "ctypes_list.h"
#include "inspect.h"
#include "out_ctypes.h"
#include "report.h"
#include "sandbox.h"

enum { OPT_AS = OPT_OWN, OPT_LANG };

static const struct option options[] = {
    {"json", no_argument, NULL, OPT_JSON},
    {"as", required_argument, NULL, OPT_AS},
    {"lang", required_argument, NULL, OPT_LANG},
    TARGET_OPTIONS,
    TARGET_AT_OPTION,
    TARGET_RAW_OPTIONS,
    {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

struct request {
    struct target_options target;
    enum mmview_ctype type; /* of shape and strides */
    bool typed;             /* it was given */
    ctypes_writer *write;
};

static int set_type(struct request *request, const char *name)
{
    if (mmview_ctype_find(name, SIZE_MAX, &request->type) < 0 || !ctypes_list_may_be(request->type))
        return report_usage(&command_ctypes,
                            "--as '%s': not a type of Python's ctypes for numbers, such as c_int",
                            name);
    request->typed = true;
    return STATUS_FINE;
}

static int set_writer(struct request *request, ctypes_writer *write)
{
    if (request->write != out_ctypes_human && request->write != write)
        return report_usage(&command_ctypes, "only one of --json and --lang can be had at a time");
    request->write = write;
    return STATUS_FINE;
}

static int set_language(struct request *request, const char *name)
{
    if (strcmp(name, "c") == 0)
        return set_writer(request, out_declaration_c);
    if (strcmp(name, "python") == 0)
        return set_writer(request, out_declaration_python);
    return report_usage(&command_ctypes, "--lang '%s': not a language of mmview's: c or python",
                        name);
}

/* A declaration is of one type, whatever shape and strides are. */
static int check_usage(const struct request *request, int count)
{
    bool declares = request->write == out_declaration_c || request->write == out_declaration_python;

    if (count == 0)
        return report_usage(&command_ctypes, "no FILE");
    if (request->target.at && count > 1)
        return report_usage(&command_ctypes, "--at takes one FILE");
    if (declares && count > 1)
        return report_usage(&command_ctypes, "--lang takes one FILE");
    if (declares && request->typed)
        return report_usage(&command_ctypes, "--as is about shape and strides, which --lang does"
                                             " not declare");
    return STATUS_FINE;
}

static int read_options(struct request *request, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_ctypes, argc, argv, ":h" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        switch (option) {
        case OPTIONS_STOP: return status;
        case OPT_JSON: status = set_writer(request, out_ctypes_json); break;
        case OPT_LANG: status = set_language(request, optarg); break;
        case OPT_AS: status = set_type(request, optarg); break;
        default: status = target_option(&request->target, &command_ctypes, option, optarg); break;
        }
        if (status != STATUS_FINE)
            return status;
    }
    status = check_usage(request, argc - optind);
    return status == STATUS_FINE ? OPTIONS_DONE : status;
}

static int show_files(struct request *request, int argc, char **argv)
{
    int status = read_options(request, argc, argv);
    size_t shown = 0;

    if (status != OPTIONS_DONE)
        return status;
    sandbox_enter_without_calls();
    for (int i = optind; i < argc; i++) {
        struct target target;

        if (!target_open(&target, &request->target, argv[i]))
            continue;
        shown += request->write(&target, request->type, shown);
        target_close(&target);
        if (!report_output_fine())
            return STATUS_ERROR;
    }
    return STATUS_FINE;
}

static int run(int argc, char **argv)
{
    struct request request = {
        .target = TARGET_OPTIONS_INIT,
        .type = mmview_intp_ctype(),
        .write = out_ctypes_human,
    };
    int status = show_files(&request, argc, argv);

    target_options_clear(&request.target);
    return status;
}

const struct command command_ctypes = {
    .name = "ctypes",
    .synopsis = "[OPTION]... FILE...",
    .summary = "show the ctypes attribute that an array has in NumPy",
    .help =
        {
            "Shows of each FILE what numpy.memmap(...).ctypes and .flags are in Python: the\n"
            "address, shape and strides as arrays of C, and the type to point to items with.\n"
            "\n"
            "Output:\n"
            "      --as=TYPE            shape and strides as this type of ctypes, c_int or\n"
            "                           c_double (c_long); what does not fit is an error\n"
            "      --json               an object of JSON a FILE, a line each\n"
            "      --lang=c|python      source in this language, which declares the type that\n"
            "                           an item is, for a program to point to items with\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n"
            "      --at=ADDR            map the first element's page there, at a multiple of\n"
            "                           the page size, or fail if that is not free\n",
            target_help,
            target_raw_help,
            "      --offset=N, --skip=N the byte of the file where the data starts (0)\n",
        },
    .run = run,
};

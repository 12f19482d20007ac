/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "report.h"
#include "setting.h"
#include "target.h"
#include "writing.h"

static const struct option options[] = {
    {"dry-run", no_argument, NULL, 'n'},
    {"verbose", no_argument, NULL, 'v'},
    {"select", required_argument, NULL, OPT_SELECT},
    {"transpose", no_argument, NULL, OPT_TRANSPOSE},
    {"max-header", required_argument, NULL, OPT_MAX_HEADER},
    TARGET_RAW_OPTIONS,
    {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

struct setting {
    struct target_options target;
    bool dry_run, verbose;
    const char *file, *value;
};

/* Is the last argument a VALUE as -5 or -inf, and no options? Behind an option it may be
 * that one's argument. */
static bool is_negative(int argc, char **argv)
{
    const char *last = argv[argc - 1];

    return argc > 2 && argv[argc - 2][0] != '-' && last[0] == '-' &&
           (strchr("0123456789.", last[1]) || strncasecmp(last + 1, "inf", 3) == 0) && last[1];
}

static int read_options(struct setting *setting, int argc, char **argv)
{
    int option, status;

    if (is_negative(argc, argv))
        setting->value = argv[--argc];
    while ((option = options_next(&command_set, argc, argv, ":hnv" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        if (option == 'n')
            setting->dry_run = true;
        else if (option == 'v')
            setting->verbose = true;
        else if (target_option(&setting->target, &command_set, option, optarg) != STATUS_FINE)
            return STATUS_ERROR;
    }
    if (argc - optind != (setting->value ? 1 : 2))
        return report_usage(&command_set, "FILE and VALUE are needed, and no more");
    setting->file = argv[optind];
    if (!setting->value)
        setting->value = argv[optind + 1];
    if (setting->target.selection.count == 0)
        return report_usage(&command_set, "-s is needed: -s ... stands for all items");
    return write_check_file(&command_set, setting->file) == STATUS_FINE ? OPTIONS_DONE
                                                                        : STATUS_ERROR;
}

/* The value, as the items have it, allocated. NULL: reported. */
static void *parse(const struct target *target, const char *text)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    size_t itemsize = (size_t)mmview_array_itemsize(target->array);
    void *value = malloc(itemsize ? itemsize : 1);

    if (!value)
        report_nomem();
    if (mmview_item_parse(mmview_array_dtype(target->array), text, SIZE_MAX, value, &err) == 0)
        return value;
    report(target->name, "%s", err.message);
    free(value);
    return NULL;
}

/* No item is selected, and one would be larger than the file: its memory is not taken on
 * the word of a header. */
static bool is_vacuous(const struct mmview_array *array)
{
    return mmview_array_size(array) == 0 &&
           (uint64_t)mmview_array_itemsize(array) > mmview_array_file_size(array);
}

/* First a look, which changes nothing: what mode r+ finds too short it makes longer. */
static void set(const struct setting *setting)
{
    struct target target;
    void *value = NULL;
    bool going;

    if (!target_open(&target, &setting->target, setting->file))
        return;
    if (target.member)
        report(target.name, "a member of an archive, whose CRC would be wrong: it stays as it is");
    else if (!is_vacuous(target.array))
        value = parse(&target, setting->value);
    going = value && (!setting->verbose || setting_tell(&target, value));
    target_close(&target);
    if (going && !setting->dry_run)
        setting_write(&setting->target, setting->file, value);
    free(value);
}

static int run(int argc, char **argv)
{
    struct setting setting = {.target = TARGET_OPTIONS_INIT};
    int status;

    setting.target.scan = true;
    status = read_options(&setting, argc, argv);
    if (status == OPTIONS_DONE) {
        writing_begin();
        set(&setting);
        writing_end();
        status = STATUS_FINE;
    }
    target_options_clear(&setting.target);
    return status;
}

const struct command command_set = {
    .name = "set",
    .synopsis = "[OPTION]... -s INDEX FILE VALUE",
    .summary = "change values of a file in place",
    .help =
        {
            "Writes VALUE to every item that -s selects in FILE. VALUE is as `mmview dump\n"
            "--lines` writes an item: 1e-3, 2026-11-22T10:30, \"(1, b'abc')\"; one\n"
            "that starts with a - and is no number comes behind --.\n"
            "\n"
            "Options:\n"
            "  -s, --select=INDEX       these items: '3,4', '::2', \"'field'\", '...' for all\n"
            "  -T, --transpose          turn the order of the axes round; both repeat, and\n"
            "                           are done in the order given\n"
            "  -n, --dry-run            change nothing; with -v, say what would be\n"
            "  -v, --verbose            print every item's old and new value\n"
            "      --max-header=N       accept a header of up to N characters (10000)\n"
            "  -h, --help               show this\n",
            target_raw_help,
            "      --offset=N, --skip=N the byte of the file where the data starts (0)\n",
        },
    .run = run,
};

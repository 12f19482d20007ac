/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "guard.h"
#include "report.h"
#include "target.h"
#include "writing.h"

enum { OPT_TO = OPT_OWN };

static const struct option options[] = {
    {"to", required_argument, NULL, OPT_TO},
    WRITE_OPTIONS,
    WRITE_OPTIONS_OUT,
    TARGET_OPTIONS,
    TARGET_RAW_OPTIONS,
    {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

enum format { FORMAT_UNKNOWN, FORMAT_NPY, FORMAT_RAW };

struct conversion {
    struct target_options target;
    struct write_options write;
    enum format format;
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);

    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static int set_format(struct conversion *conversion, const char *text)
{
    if (strcmp(text, "npy") == 0)
        conversion->format = FORMAT_NPY;
    else if (strcmp(text, "raw") == 0)
        conversion->format = FORMAT_RAW;
    else
        return report_usage(&command_convert, "--to '%s': not npy or raw", text);
    return STATUS_FINE;
}

static int read_options(struct conversion *conversion, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_convert, argc, argv, ":hn" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        if (option == OPT_TO)
            status = set_format(conversion, optarg);
        else
            status = write_option(&conversion->write, &command_convert, option, optarg);
        if (status == OPTIONS_NOT_MINE)
            status = target_option(&conversion->target, &command_convert, option, optarg);
        if (status != STATUS_FINE)
            return status;
    }
    if (argc - optind != 2)
        return report_usage(&command_convert, "IN and OUT are needed, and no more");
    if (write_check_file(&command_convert, argv[optind + 1]) != STATUS_FINE)
        return STATUS_ERROR;
    if (conversion->format != FORMAT_UNKNOWN)
        return OPTIONS_DONE;
    if (!ends_with(argv[optind + 1], ".npy"))
        return report_usage(&command_convert,
                            "'%s' does not end in .npy: say --to=npy, or --to=raw for the items "
                            "alone",
                            argv[optind + 1]);
    conversion->format = FORMAT_NPY;
    return OPTIONS_DONE;
}

/* IN, and the name of OUT. */
struct job {
    const struct conversion *conversion;
    const struct target *target;
    const char *file;
};

static int save(void *context)
{
    const struct job *job = context;
    const struct conversion *conversion = job->conversion;
    const struct target *target = job->target;
    const char *file = job->file;
    struct mmview_save_options how = MMVIEW_SAVE_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype =
        write_dtype(&conversion->write, file, mmview_array_dtype(target->array));
    struct progress progress;
    int status;

    if (!dtype)
        return STATUS_ERROR;
    how.flags = (conversion->write.exclusive ? MMVIEW_WRITE_EXCLUSIVE : 0u) |
                (conversion->format == FORMAT_RAW ? MMVIEW_WRITE_RAW : 0u);
    if (conversion->write.order >= 0)
        how.order = conversion->write.order;
    how.dtype = dtype;
    how.casting = conversion->write.casting;
    how.version = conversion->write.version;
    how.progress = writing_progress;
    how.context = &progress;

    mmview_array_advise(target->array, MMVIEW_ADVICE_SEQUENTIAL, NULL);
    progress_start_of_file(&progress, file, 0);
    status = mmview_save(file, target->array, &how, &err);
    progress_end(&progress);
    mmview_dtype_unref(dtype);
    if (status == MMVIEW_ETRUNCATED && guard_intact(target))
        target_report(target, &err);
    else if (status < 0 && status != MMVIEW_ETRUNCATED)
        writing_report(file, &err);
    return STATUS_FINE;
}

static int convert(struct conversion *conversion, int argc, char **argv)
{
    int status = read_options(conversion, argc, argv);
    struct target target;

    if (status != OPTIONS_DONE)
        return status;
    writing_begin();
    if (target_open(&target, &conversion->target, argv[optind])) {
        struct job job = {conversion, &target, argv[optind + 1]};

        guard_targets(&target, 1, save, &job);
        target_close(&target);
    }
    writing_end();
    return STATUS_FINE;
}

static int run(int argc, char **argv)
{
    struct conversion conversion = {.target = TARGET_OPTIONS_INIT, .write = WRITE_OPTIONS_INIT};
    int status;

    conversion.target.deflated = TARGET_INFLATES;
    status = convert(&conversion, argc, argv);
    target_options_clear(&conversion.target);
    write_options_clear(&conversion.write);
    return status;
}

const struct command command_convert = {
    .name = "convert",
    .synopsis = "[OPTION]... IN OUT",
    .summary = "write an array to another file, of another type or layout",
    .help =
        {
            "Writes the array of IN to OUT, a .npy file or bare data. OUT appears when it is\n"
            "whole; if it is there already it is replaced, or stays as it was. IN - is\n"
            "standard input.\n"
            "\n"
            "Output:\n"
            "      --to=npy|raw         the format of OUT (npy if its name ends so)\n"
            "      --dtype-out=DTYPE    what an item is to be (as in IN)\n"
            "      --byteorder=ORDER    of the items: little, big, native or swap\n"
            "      --order-out=C|F      which index varies fastest (as in IN)\n"
            "      --casting=RULE       what --dtype-out may lose: no, equiv, safe,\n"
            "                           same_kind (the default) or unsafe, as in NumPy\n"
            "      --format-version=V   1.0, 2.0 or 3.0 (the oldest that will do)\n"
            "  -n, --no-clobber         fail if there is an OUT already\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n",
            target_help,
            target_raw_help,
            "      --offset=N, --skip=N the byte of the file where the data starts (0)\n",
        },
    .run = run,
};

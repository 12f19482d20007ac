/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "guard.h"
#include "pack.h"
#include "report.h"
#include "target.h"
#include "writing.h"

enum { OPT_TO = OPT_OWN, OPT_STORE, OPT_ALIGN };

static const struct option options[] = {
    {"to", required_argument, NULL, OPT_TO},
    {"store", no_argument, NULL, OPT_STORE},
    {"align", required_argument, NULL, OPT_ALIGN},
    WRITE_OPTIONS,
    WRITE_OPTIONS_OUT,
    TARGET_OPTIONS,
    TARGET_RAW_OPTIONS,
    {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

enum format { FORMAT_UNKNOWN, FORMAT_NPY, FORMAT_RAW, FORMAT_NPZ };

struct conversion {
    struct target_options target;
    struct write_options write;
    enum format format;
    bool for_archive; /* an option was given that is for archives only */
    unsigned align;
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
    else if (strcmp(text, "npz") == 0)
        conversion->format = FORMAT_NPZ;
    else
        return report_usage(&command_convert, "--to '%s': not npy, npz or raw", text);
    return STATUS_FINE;
}

/* What the name of OUT says. */
static int guess_format(struct conversion *conversion, const char *out)
{
    if (ends_with(out, ".npy"))
        conversion->format = FORMAT_NPY;
    else if (ends_with(out, ".npz"))
        conversion->format = FORMAT_NPZ;
    else
        return report_usage(&command_convert,
                            "'%s' does not end in .npy or .npz: say --to=npy, --to=npz, or "
                            "--to=raw for the items alone",
                            out);
    return STATUS_FINE;
}

static int set_align(struct conversion *conversion, const char *text)
{
    uint64_t number;

    if (!options_number(text, &number) || number == 0 || number > 32768 || number & (number - 1))
        return report_usage(&command_convert, "--align '%s': not a power of two up to 32768", text);
    conversion->align = (unsigned)number;
    conversion->for_archive = true;
    return STATUS_FINE;
}

static int set_option(struct conversion *conversion, int option)
{
    int status;

    switch (option) {
    case OPT_TO: return set_format(conversion, optarg);
    case OPT_ALIGN: return set_align(conversion, optarg);
    case OPT_STORE: conversion->for_archive = true; return STATUS_FINE;
    default:
        status = write_option(&conversion->write, &command_convert, option, optarg);
        if (status == OPTIONS_NOT_MINE)
            status = target_option(&conversion->target, &command_convert, option, optarg);
        return status;
    }
}

static int read_options(struct conversion *conversion, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_convert, argc, argv, ":hn" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        status = set_option(conversion, option);
        if (status != STATUS_FINE)
            return status;
    }
    if (argc - optind < 2)
        return report_usage(&command_convert, "IN and OUT are needed");
    if (write_check_file(&command_convert, argv[argc - 1]) != STATUS_FINE)
        return STATUS_ERROR;
    if (conversion->format == FORMAT_UNKNOWN &&
        guess_format(conversion, argv[argc - 1]) != STATUS_FINE)
        return STATUS_ERROR;
    if (conversion->format != FORMAT_NPZ && argc - optind > 2)
        return report_usage(&command_convert, "several IN make an archive only: an OUT.npz");
    if (conversion->format != FORMAT_NPZ && conversion->for_archive)
        return report_usage(&command_convert, "--store and --align are for archives: an OUT.npz");
    return OPTIONS_DONE;
}

/* IN, and the name of OUT. */
struct job {
    const struct conversion *conversion;
    const struct target *target;
    const char *file;
    bool saved;
};

static int save(void *context)
{
    struct job *job = context;
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
    write_how(&conversion->write, &how);
    how.dtype = dtype;
    how.progress = progress_follow;
    how.context = &progress;

    mmview_array_advise(target->array, MMVIEW_ADVICE_SEQUENTIAL, NULL);
    progress_start_of_file(&progress, file, 0);
    status = mmview_save(file, target->array, &how, &err);
    progress_end(&progress);
    mmview_dtype_unref(dtype);
    job->saved = status == MMVIEW_OK;
    /* What the guard knows of it tells. */
    if (status == MMVIEW_ETRUNCATED && guard_intact(target))
        target_report(target, &err);
    else if (status < 0 && status != MMVIEW_ETRUNCATED)
        writing_report(file, &err);
    return STATUS_FINE;
}

/* The library looks at each part before it writes it: what becomes shorter when all was
 * written does no harm. */
static void save_guarded(const struct conversion *conversion, const struct target *target,
                         const char *file)
{
    struct job job = {conversion, target, file, false};
    struct mmview_array *array = target->array;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    mmview_guard(&array, 1, save, &job, &err);
    if (err.status && !job.saved)
        target_report(target, &err);
}

static int convert(struct conversion *conversion, int argc, char **argv)
{
    int status = read_options(conversion, argc, argv);
    struct target target;

    if (status != OPTIONS_DONE)
        return status;
    writing_begin();
    if (conversion->format == FORMAT_NPZ) {
        const struct packing packing = {&conversion->target, &conversion->write, conversion->align,
                                        argv[argc - 1]};

        pack(&packing, argc - optind - 1, argv + optind);
    } else if (target_open(&target, &conversion->target, argv[optind])) {
        save_guarded(conversion, &target, argv[optind + 1]);
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
    conversion.target.scan = true;
    status = convert(&conversion, argc, argv);
    target_options_clear(&conversion.target);
    write_options_clear(&conversion.write);
    return status;
}

const struct command command_convert = {
    .name = "convert",
    .synopsis = "[OPTION]... IN... OUT",
    .summary = "write an array to another file, of another type or layout",
    .help =
        {
            "Writes the array of IN to OUT, a .npy file or bare data; or all IN, arrays and\n"
            "archives, to OUT.npz, an archive whose members can all be mapped. OUT appears\n"
            "when it is whole; if it is there already it is replaced, or stays as it was.\n"
            "IN - is standard input.\n"
            "\n"
            "Output:\n"
            "      --to=npy|npz|raw     the format of OUT (npy or npz if its name ends so)\n"
            "      --store              do not deflate what is in an archive (always so)\n"
            "      --align=N            data in an archive starts at multiples of N (64)\n"
            "      --dtype-out=DTYPE    what an item is to be (as in IN)\n"
            "      --byteorder=little|big|native|swap  of the items (as in IN)\n"
            "      --order-out=C|F      which index varies fastest (as in IN)\n"
            "      --casting=no|equiv|safe|same_kind|unsafe  what --dtype-out may lose, as in\n"
            "                           NumPy (same_kind)\n"
            "      --format-version=1.0|2.0|3.0  (the oldest that will do)\n"
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

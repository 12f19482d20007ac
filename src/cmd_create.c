/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>
#include <unistd.h>

#include "creating.h"
#include "report.h"
#include "writing.h"

enum { OPT_FILL = OPT_OWN, OPT_SPARSE, OPT_FROM };

static const struct option options[] = {
    {"dtype", required_argument, NULL, OPT_DTYPE},
    {"shape", required_argument, NULL, OPT_SHAPE},
    {"order", required_argument, NULL, OPT_ORDER},
    {"fill", required_argument, NULL, OPT_FILL},
    {"sparse", no_argument, NULL, OPT_SPARSE},
    {"from", required_argument, NULL, OPT_FROM},
    WRITE_OPTIONS,
    OPTIONS_END,
};

static int set_shape(struct creation *creation, const char *text)
{
    creation->ndim = options_shape(text, creation->shape, SHAPE_MAY_BE_ANY);
    if (creation->ndim < 0)
        return report_usage(&command_create,
                            "--shape '%s': not a shape of at most %d dimensions, such as 250,3 "
                            "or '*,3'",
                            text, MMVIEW_MAXDIMS);
    return STATUS_FINE;
}

static int set_from(struct creation *creation, const char *text)
{
    static const char *const names[] = {
        [CREATE_TEXT] = "text", [CREATE_CSV] = "csv", [CREATE_TSV] = "tsv", [CREATE_RAW] = "raw"};

    for (int i = CREATE_TEXT; i <= CREATE_RAW; i++)
        if (strcmp(text, names[i]) == 0) {
            creation->from = (enum create_from)i;
            return STATUS_FINE;
        }
    return report_usage(&command_create, "--from '%s': not text, csv, tsv or raw", text);
}

static int set_option(struct creation *creation, int option)
{
    switch (option) {
    case OPT_DTYPE:
        return options_dtype(&command_create, "--dtype", optarg, &creation->write.dtype);
    case OPT_SHAPE: return set_shape(creation, optarg);
    case OPT_ORDER: return options_order(&command_create, "--order", optarg, &creation->order);
    case OPT_FROM: return set_from(creation, optarg);
    case OPT_FILL: creation->fill = optarg; return STATUS_FINE;
    case OPT_SPARSE: creation->sparse = true; return STATUS_FINE;
    default: return write_option(&creation->write, &command_create, option, optarg);
    }
}

/* Only the axis that grows may be as long as what is read. */
static int check_lengths(const struct creation *creation)
{
    int growing = create_growing_axis(creation);

    for (int i = 0; i < creation->ndim; i++)
        if (creation->shape[i] < 0 && (i != growing || !creation->from))
            return report_usage(&command_create,
                                "a * in --shape goes with --from, and stands for the %s length",
                                creation->order == MMVIEW_ORDER_F ? "last" : "first");
    return STATUS_FINE;
}

static int read_options(struct creation *creation, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_create, argc, argv, ":hn", options, &status)) !=
           OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        status = set_option(creation, option);
        if (status != STATUS_FINE)
            return status;
    }
    if (argc - optind != 1)
        return report_usage(&command_create, "one FILE is needed");
    if (creation->ndim < 0 && !creation->from)
        return report_usage(&command_create, "--shape is needed, or --from");
    if (creation->ndim < 0) {
        creation->ndim = 1;
        creation->shape[0] = -1;
    }
    if (creation->from && creation->ndim == 0)
        return report_usage(&command_create, "--from makes rows: use --fill for a single item");
    if (creation->from && (creation->fill || creation->sparse))
        return report_usage(&command_create, "--fill and --sparse are for files without --from");
    if (creation->fill && creation->sparse)
        return report_usage(&command_create, "a file that is filled has no holes: no --sparse");
    if (creation->from && creation->order == MMVIEW_ORDER_F && creation->write.dtype &&
        mmview_dtype_base(creation->write.dtype))
        return report_usage(&command_create, "--from grows the last axis of --order=F, and the "
                                             "sub-array of --dtype would be that");
    if (write_check_file(&command_create, argv[optind]) != STATUS_FINE ||
        check_lengths(creation) != STATUS_FINE)
        return STATUS_ERROR;
    creation->file = argv[optind];
    return OPTIONS_DONE;
}

/* The dimensions of a sub-array become the last ones of the shape. */
static bool unfold_dtype(struct creation *creation)
{
    const struct mmview_dtype *base;

    while ((base = mmview_dtype_base(creation->dtype)) != NULL) {
        int more = mmview_dtype_ndim(creation->dtype);
        struct mmview_dtype *item;

        if (more > MMVIEW_MAXDIMS - creation->ndim) {
            report(creation->file, "the shape and the dtype have more than %d dimensions together",
                   MMVIEW_MAXDIMS);
            return false;
        }
        memcpy(creation->shape + creation->ndim, mmview_dtype_shape(creation->dtype),
               (size_t)more * sizeof *creation->shape);
        creation->ndim += more;
        item = mmview_dtype_ref(base);
        mmview_dtype_unref(creation->dtype);
        creation->dtype = item;
    }
    return true;
}

static bool choose_dtype(struct creation *creation)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *usual = NULL;

    if (mmview_dtype_parse("float64", SIZE_MAX, 0, &usual, &err) < 0)
        report_nomem();
    creation->dtype = write_dtype(&creation->write, creation->file, usual);
    mmview_dtype_unref(usual);
    return creation->dtype != NULL;
}

static int create(struct creation *creation, int argc, char **argv)
{
    int status = read_options(creation, argc, argv);

    if (status != OPTIONS_DONE)
        return status;
    if (creation->from && isatty(STDIN_FILENO))
        return report_usage(&command_create,
                            "--from reads standard input, which is a terminal: redirect a file "
                            "to it");
    writing_begin();
    if (choose_dtype(creation) && unfold_dtype(creation)) {
        if (creation->from)
            create_from(creation);
        else
            create_filled(creation);
    }
    writing_end();
    return STATUS_FINE;
}

static int run(int argc, char **argv)
{
    struct creation creation = {.ndim = -1, .write = WRITE_OPTIONS_INIT};
    int status = create(&creation, argc, argv);

    mmview_dtype_unref(creation.dtype);
    write_options_clear(&creation.write);
    return status;
}

const struct command command_create = {
    .name = "create",
    .synopsis = "[OPTION]... FILE",
    .summary = "make a .npy file, of zeros, of a value, or of what is read",
    .help =
        {
            "Makes FILE, a .npy file. It appears when it is whole; if it is there already it\n"
            "is replaced, or stays as it was.\n"
            "\n"
            "The array:\n"
            "      --dtype=DTYPE        what an item is, in NumPy's words: f8, >i2 (float64)\n"
            "      --shape=SHAPE        dimensions: 250,3 or '(250, 3)'; with --from, a * is\n"
            "                           as many as there are: '*,3' (*)\n"
            "      --order=C|F          which index varies fastest, the last (C) or the first\n"
            "      --format-version=1.0|2.0|3.0  (the oldest that will do)\n"
            "  -n, --no-clobber         fail if there is a FILE already\n"
            "\n"
            "Its items:\n"
            "      --fill=VALUE         all are this one (0)\n"
            "      --sparse             zeros take no disk space until they are written to\n"
            "      --from=text|csv|tsv|raw  read them from standard input, in file order:\n"
            "                           text  words; strings, durations and structs by lines\n"
            "                           csv   a table, of structs with a column each field\n"
            "                           tsv   the same with tabs\n"
            "                           raw   bytes as they are in the file\n"
            "  -h, --help               show this\n",
        },
    .run = run,
};

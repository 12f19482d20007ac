/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "inspect.h"
#include "report.h"
#include "text.h"

enum { OPT_NDIM = OPT_OWN, OPT_FLAGS };

/* --dtype and --shape are what to demand here, and no file is a raw one: of bare
 * data they would be true by being said. */
static const struct option options[] = {
    {"dtype", required_argument, NULL, OPT_DTYPE},
    {"ndim", required_argument, NULL, OPT_NDIM},
    {"shape", required_argument, NULL, OPT_SHAPE},
    {"flags", required_argument, NULL, OPT_FLAGS},
    {"quiet", no_argument, NULL, 'q'},
    TARGET_OPTIONS,
    OPTIONS_END,
};

struct check {
    struct target_options target;
    struct mmview_requirement want;
    struct mmview_dtype *dtype; /* these two are what want has */
    mmview_intp shape[MMVIEW_MAXDIMS];
    int ndim;  /* MMVIEW_ANY_NDIM, or as --ndim says */
    bool some; /* something is demanded */
    bool quiet;
};

static int set_ndim(struct check *check, const char *text)
{
    uint64_t number;

    if (!options_number(text, &number) || number > MMVIEW_MAXDIMS)
        return report_usage(&command_check, "--ndim '%s': not a number of dimensions, 0 to %d",
                            text, MMVIEW_MAXDIMS);
    check->ndim = (int)number;
    return STATUS_FINE;
}

static int set_shape(struct check *check, const char *text)
{
    check->want.ndim = options_shape(text, check->shape, SHAPE_MAY_BE_ANY);
    check->want.shape = check->shape;
    if (check->want.ndim < 0)
        return report_usage(&command_check,
                            "--shape '%s': not a shape of at most %d dimensions, such as 250,3"
                            " or '*,3' or ()",
                            text, MMVIEW_MAXDIMS);
    return STATUS_FINE;
}

static int add_flags(struct check *check, const char *text)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int flags;

    if (mmview_flags_parse(text, SIZE_MAX, &flags, &err) < 0)
        return report_usage(&command_check, "--flags '%s': %s", text, err.message);
    check->want.flags |= flags;
    return STATUS_FINE;
}

static int set_demand(struct check *check, int option, const char *argument)
{
    int status = STATUS_FINE;

    switch (option) {
    case OPT_DTYPE: status = options_dtype(&command_check, argument, &check->dtype); break;
    case OPT_NDIM: status = set_ndim(check, argument); break;
    case OPT_SHAPE: status = set_shape(check, argument); break;
    case OPT_FLAGS: status = add_flags(check, argument); break;
    default: return OPTIONS_NOT_MINE;
    }
    check->some = true;
    return status;
}

static int read_options(struct check *check, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_check, argc, argv, ":hq" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        if (option == 'q') {
            check->quiet = true;
            continue;
        }
        status = set_demand(check, option, optarg);
        if (status == OPTIONS_NOT_MINE)
            status = target_option(&check->target, &command_check, option, optarg);
        if (status != STATUS_FINE)
            return status;
    }
    if (optind == argc)
        return report_usage(&command_check, "no FILE");
    if (!check->some)
        return report_usage(&command_check,
                            "nothing to check: say --dtype, --ndim, --shape or --flags");
    if (check->want.shape && check->ndim != MMVIEW_ANY_NDIM && check->ndim != check->want.ndim)
        return report_usage(&command_check, "--ndim says %d and --shape %d dimensions", check->ndim,
                            check->want.ndim);
    if (!check->want.shape)
        check->want.ndim = check->ndim;
    check->want.dtype = check->dtype;
    return OPTIONS_DONE;
}

static void print_answer(const struct target *target, const char *reason)
{
    text_show(stdout, target->name, strlen(target->name));
    selection_print(stdout, target->selection);
    fputs(": ", stdout);
    text_show(stdout, reason, strlen(reason));
    putchar('\n');
}

/* Whether a status is an answer, and not a failure to find one. */
static bool is_answer(int status)
{
    switch (status) {
    case MMVIEW_ETYPE:
    case MMVIEW_EBYTEORDER:
    case MMVIEW_EDIMS:
    case MMVIEW_ELAYOUT:
    case MMVIEW_EALIGNMENT:
    case MMVIEW_EREADONLY: return true;
    default: return false;
    }
}

/* Returns the status so far and this file's, whichever is worse. */
static int check_file(const struct check *check, const struct target *target, int so_far)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = mmview_require(target->array, &check->want, &err);

    if (status == MMVIEW_OK)
        return so_far;
    if (!is_answer(status))
        target_report(target, &err);
    else if (!check->quiet)
        print_answer(target, err.message);
    return STATUS_NO;
}

static int check_files(struct check *check, int argc, char **argv)
{
    int status = read_options(check, argc, argv);

    if (status != OPTIONS_DONE)
        return status;
    status = STATUS_FINE;
    for (int i = optind; i < argc; i++) {
        struct target target;

        if (!target_open(&target, &check->target, argv[i]))
            continue;
        status = check_file(check, &target, status);
        target_close(&target);
        if (!report_output_fine())
            return STATUS_ERROR;
    }
    return status;
}

static int run(int argc, char **argv)
{
    struct check check = {
        .target = TARGET_OPTIONS_INIT,
        .want = MMVIEW_REQUIREMENT_INIT,
        .ndim = MMVIEW_ANY_NDIM,
    };
    int status = check_files(&check, argc, argv);

    target_options_clear(&check.target);
    mmview_dtype_unref(check.dtype);
    return status;
}

const struct command command_check = {
    .name = "check",
    .synopsis = "[OPTION]... FILE...",
    .summary = "test whether an array has the type, shape and flags a script needs",
    .help =
        {
            "Tests whether each FILE, a .npy file, is what these demand, all of them. If it\n"
            "is not, says which demand is not met, and by what.\n"
            "\n"
            "Demands:\n"
            "      --dtype=DTYPE        what an item is, in NumPy's words: '<f8', 'i4,f8'\n"
            "      --ndim=N             the number of dimensions\n"
            "      --shape=SHAPE        the dimensions: 250,3 or '(250, 3)'; a * stands for\n"
            "                           any length: '*,3'\n"
            "      --flags=FLAG,...     flags that are set: C_CONTIGUOUS F_CONTIGUOUS ALIGNED\n"
            "                           WRITEABLE, or C F A W\n"
            "\n"
            "Output:\n"
            "  -q, --quiet              say nothing, only the exit status tells\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n",
            target_help,
        },
    .exit_status = "0 if all demands are met, 1 if one is not, 2 after any error.",
    .run = run,
};

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "inspect.h"
#include "lint.h"
#include "report.h"
#include "sandbox.h"
#include "text.h"

enum { OPT_NDIM = OPT_OWN, OPT_FLAGS, OPT_STRICT };

/* --dtype and --shape are what to demand here, and no file is a raw one: of bare
 * data they would be true by being said. */
static const struct option options[] = {
    {"dtype", required_argument, NULL, OPT_DTYPE},
    {"ndim", required_argument, NULL, OPT_NDIM},
    {"shape", required_argument, NULL, OPT_SHAPE},
    {"flags", required_argument, NULL, OPT_FLAGS},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"json", no_argument, NULL, OPT_JSON},
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
    bool strict, json, quiet;
    int status; /* so far, of what was found out */
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
    case OPT_DTYPE:
        status = options_dtype(&command_check, "--dtype", argument, &check->dtype);
        break;
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
        switch (option) {
        case 'q': check->quiet = true; continue;
        case OPT_JSON: check->json = true; continue;
        case OPT_STRICT: check->strict = true; continue;
        default: break;
        }
        status = set_demand(check, option, optarg);
        if (status == OPTIONS_NOT_MINE)
            status = target_option(&check->target, &command_check, option, optarg);
        if (status != STATUS_FINE)
            return status;
    }
    if (optind == argc)
        return report_usage(&command_check, "no FILE");
    if (check->some && check->strict)
        return report_usage(&command_check, "--strict is for checks of whole files, without"
                                            " demands");
    if (!check->some && (check->target.selection.count > 0 || check->target.mode != MMVIEW_MODE_R))
        return report_usage(&command_check, "-s, -T and --mode go with demands: say --dtype,"
                                            " --ndim, --shape or --flags");
    if (check->json && check->quiet)
        return report_usage(&command_check, "only one of --json and -q can be had at a time");
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

/* The finding that a status is which answers that a demand is not met; NULL for a
 * failure to find out. */
static const char *answer(int status)
{
    switch (status) {
    case MMVIEW_ETYPE: return "demand-dtype";
    case MMVIEW_EBYTEORDER: return "demand-byte-order";
    case MMVIEW_EDIMS: return "demand-shape";
    case MMVIEW_ELAYOUT: return "demand-layout";
    case MMVIEW_EALIGNMENT: return "demand-alignment";
    case MMVIEW_EREADONLY: return "demand-writeable";
    default: return NULL;
    }
}

static void print_json(const struct target *target, const char *name, const char *message)
{
    const struct checked checked = {target->name, target->file, target->member};
    struct findings findings = {.count = 0};

    if (name)
        findings_add(&findings, FINDING_ERROR, name, MMVIEW_NO_OFFSET, "%s", message);
    findings_print_json(&findings, &checked);
    findings_clear(&findings);
}

static bool check_demands(void *context, const struct target *target)
{
    struct check *check = context;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = mmview_require(target->array, &check->want, &err);
    const char *name = answer(status);

    if (status != MMVIEW_OK)
        check->status = STATUS_NO;
    if (status != MMVIEW_OK && !name)
        target_report(target, &err);
    else if (check->json)
        print_json(target, name, err.message);
    else if (name && !check->quiet)
        print_answer(target, err.message);
    return report_output_fine();
}

/* Demands are on arrays. */
static bool pass_by(void *context, const struct target *target, const char *reason)
{
    const struct check *check = context;
    const struct checked checked = {target->name, target->file, target->member};
    struct findings findings = {.count = 0};

    findings_add(&findings, FINDING_WARNING, "not-npy", MMVIEW_NO_OFFSET, "%s", reason);
    if (check->json)
        findings_print_json(&findings, &checked);
    else if (!check->quiet)
        findings_print(&findings, &checked);
    findings_clear(&findings);
    return report_output_fine();
}

static void tell_findings(void *context, const struct checked *checked,
                          const struct findings *findings)
{
    struct check *check = context;

    if (findings->errors > 0 || (check->strict && findings->count > 0))
        check->status = STATUS_NO;
    if (check->json)
        findings_print_json(findings, checked);
    else if (!check->quiet)
        findings_print(findings, checked);
}

static int check_files(struct check *check, int argc, char **argv)
{
    const struct target_visitor visitor = {check_demands, pass_by, check};
    int status = read_options(check, argc, argv);

    if (status != OPTIONS_DONE)
        return status;
    sandbox_enter();
    for (int i = optind; i < argc; i++) {
        if (check->some)
            target_each(&check->target, argv[i], &visitor);
        else
            lint_file(&check->target, argv[i], tell_findings, check);
        if (!report_output_fine())
            return STATUS_ERROR;
    }
    return check->status;
}

static int run(int argc, char **argv)
{
    struct check check = {
        .target = TARGET_OPTIONS_INIT,
        .want = MMVIEW_REQUIREMENT_INIT,
        .ndim = MMVIEW_ANY_NDIM,
    };
    int status;

    check.target.deflated = TARGET_LOOKS;
    status = check_files(&check, argc, argv);

    target_options_clear(&check.target);
    mmview_dtype_unref(check.dtype);
    return status;
}

const struct command command_check = {
    .name = "check",
    .synopsis = "[OPTION]... FILE...",
    .summary = "find out whether a file is valid, or is what a script needs",
    .help =
        {
            "Without demands, looks each FILE over, a .npy file or a .npz archive: whether\n"
            "NumPy can read it, and what of it other readers may fail on. Of archives all\n"
            "data is read and compared with its CRC.\n"
            "\n"
            "With demands, tests whether each FILE is what these demand, all of them. If it\n"
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
            "      --strict             warnings count as errors\n"
            "      --json               an object of JSON a FILE or member, a line each\n"
            "  -q, --quiet              say nothing, only the exit status tells\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n",
            target_help,
        },
    .exit_status = "0 if all is well, 1 if a FILE is not, 2 after any error.",
    .run = run,
};

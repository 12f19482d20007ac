/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

#include "diff.h"
#include "guard.h"
#include "report.h"
#include "sandbox.h"

enum { OPT_RTOL = OPT_OWN, OPT_ATOL, OPT_EQUAL_NAN, OPT_VALUES_ONLY };

static const struct option options[] = {
    {"rtol", required_argument, NULL, OPT_RTOL},
    {"atol", required_argument, NULL, OPT_ATOL},
    {"equal-nan", no_argument, NULL, OPT_EQUAL_NAN},
    {"values-only", no_argument, NULL, OPT_VALUES_ONLY},
    {"max-differences", required_argument, NULL, 'n'},
    {"quiet", no_argument, NULL, 'q'},
    {"json", no_argument, NULL, OPT_JSON},
    TARGET_OPTIONS,
    TARGET_RAW_OPTIONS,
    {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

struct request {
    struct target_options target;
    struct mmview_compare_options how;
    unsigned most; /* differences to tell */
    bool values_only, quiet, json;
};

static int set_tolerance(struct request *request, const char *option, const char *text,
                         double *tolerance)
{
    char *end;
    double number = strtod(text, &end);

    if (*text == '\0' || isspace((unsigned char)*text) || *end != '\0' || !(number >= 0))
        return report_usage(&command_diff, "%s '%s': not a number that is 0 or more", option, text);
    /* The other one is what numpy.allclose() has if it is not given. */
    if (!(request->how.flags & MMVIEW_COMPARE_CLOSE)) {
        request->how.flags |= MMVIEW_COMPARE_CLOSE;
        request->how.rtol = 1e-5;
        request->how.atol = 1e-8;
    }
    *tolerance = number;
    return STATUS_FINE;
}

static int set_most(struct request *request, const char *text)
{
    uint64_t number;

    if (!options_number(text, &number))
        return report_usage(&command_diff, "-n '%s': not a number of differences", text);
    request->most = number < UINT_MAX ? (unsigned)number : UINT_MAX;
    return STATUS_FINE;
}

static int take_option(struct request *request, int option)
{
    switch (option) {
    case OPT_RTOL: return set_tolerance(request, "--rtol", optarg, &request->how.rtol);
    case OPT_ATOL: return set_tolerance(request, "--atol", optarg, &request->how.atol);
    case OPT_EQUAL_NAN: request->how.flags |= MMVIEW_COMPARE_EQUAL_NAN; return STATUS_FINE;
    case OPT_VALUES_ONLY: request->values_only = true; return STATUS_FINE;
    case OPT_JSON: request->json = true; return STATUS_FINE;
    case 'n': return set_most(request, optarg);
    case 'q': request->quiet = true; return STATUS_FINE;
    default: return target_option(&request->target, &command_diff, option, optarg);
    }
}

static int read_options(struct request *request, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_diff, argc, argv, ":hqn:" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        if ((status = take_option(request, option)) != STATUS_FINE)
            return status;
    }
    if (argc - optind != 2)
        return report_usage(&command_diff, "diff takes two FILEs");
    if (target_is_stdin(argv[optind]) && target_is_stdin(argv[optind + 1]))
        return report_usage(&command_diff, "only one FILE can be the standard input");
    return OPTIONS_DONE;
}

struct job {
    const struct request *request;
    struct diff *diff;
};

/* Compares, and tells what was found. Returns the exit status. */
static int compare(void *context)
{
    struct job *job = context;
    const struct request *request = job->request;
    struct diff *diff = job->diff;
    const struct mmview_array *a = diff->files[0].array;
    struct mmview_compare_options how = request->how;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    uintmax_t size = (uintmax_t)mmview_array_size(a);

    how.room = request->quiet ? 0 : request->most;
    if (how.room > size)
        how.room = (unsigned)size;
    how.differences = calloc(how.room ? how.room : 1, sizeof *how.differences);
    if (!how.differences)
        report_nomem();
    diff->differences = how.differences;
    if (mmview_compare(a, diff->files[1].array, &how, &diff->found, &err) < 0) {
        target_report(&diff->files[0], &err);
        free(how.differences);
        return STATUS_ERROR;
    }
    if (!guard_intact(&diff->files[0]) || !guard_intact(&diff->files[1])) {
        free(how.differences);
        return STATUS_ERROR;
    }
    diff->same = diff->found.values == MMVIEW_VALUES_SAME &&
                 (diff->found.same_dtype || request->values_only);
    if (!request->quiet)
        (request->json ? diff_print_json : diff_print)(diff);
    free(how.differences);
    return diff->same ? STATUS_FINE : STATUS_NO;
}

static int diff_files(struct request *request, int argc, char **argv)
{
    struct diff diff;
    struct job job = {request, &diff};
    int status = read_options(request, argc, argv);
    bool opened[2];

    if (status != OPTIONS_DONE)
        return status;
    sandbox_enter();
    for (int i = 0; i < 2; i++) /* both, so that all that is wrong is told */
        opened[i] = target_open(&diff.files[i], &request->target, argv[optind + i]);
    status = opened[0] && opened[1] ? guard_targets(diff.files, 2, compare, &job) : STATUS_ERROR;
    for (int i = 0; i < 2; i++)
        if (opened[i])
            target_close(&diff.files[i]);
    return status;
}

static int run(int argc, char **argv)
{
    struct request request = {
        .target = TARGET_OPTIONS_INIT,
        .how = MMVIEW_COMPARE_OPTIONS_INIT,
        .most = 10,
    };
    int status;

    request.target.deflated = TARGET_INFLATES;
    request.target.scan = true;
    status = diff_files(&request, argc, argv);

    target_options_clear(&request.target);
    return status;
}

const struct command command_diff = {
    .name = "diff",
    .synopsis = "[OPTION]... FILE FILE",
    .summary = "compare two arrays: what differs, where, and by how much",
    .help =
        {
            "Compares two FILEs: dtype, shape and values. Says nothing if they are the same,\n"
            "but where only the order differs. FILE - is standard input.\n"
            "\n"
            "Comparing numbers a of the first FILE and b of the second:\n"
            "      --rtol=R, --atol=A   the same if |a - b| <= A + R * |b|, as in\n"
            "                           numpy.allclose(); if one of them is given, the other\n"
            "                           is 1e-5 or 1e-8\n"
            "      --equal-nan          NaN is the same as NaN, and NaT as NaT\n"
            "      --values-only        other dtypes are no difference if the values are none\n"
            "\n"
            "Output:\n"
            "  -n, --max-differences=N  show the first N different items (10)\n"
            "  -q, --quiet              say nothing, only the exit status tells\n"
            "      --json               an object of JSON\n"
            "  -h, --help               show this\n"
            "\n"
            "Input, for both FILEs:\n",
            target_help,
            target_raw_help,
            "      --offset=N, --skip=N the byte of the file where the data starts (0)\n",
        },
    .exit_status = "0 if they are the same, 1 if not, 2 after any error.",
    .run = run,
};

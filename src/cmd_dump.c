/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <unistd.h>

#include "dump.h"
#include "guard.h"
#include "report.h"
#include "sandbox.h"

static const struct option options[] = {
    {"repr", no_argument, NULL, DUMP_OPT_REPR},
    {"full", no_argument, NULL, DUMP_OPT_FULL},
    {"threshold", required_argument, NULL, DUMP_OPT_THRESHOLD},
    {"edgeitems", required_argument, NULL, DUMP_OPT_EDGEITEMS},
    {"linewidth", required_argument, NULL, DUMP_OPT_LINEWIDTH},
    {"precision", required_argument, NULL, DUMP_OPT_PRECISION},
    {"suppress", no_argument, NULL, DUMP_OPT_SUPPRESS},
    {"lines", no_argument, NULL, DUMP_OPT_LINES},
    {"index", no_argument, NULL, DUMP_OPT_INDEX},
    {"csv", no_argument, NULL, DUMP_OPT_CSV},
    {"tsv", no_argument, NULL, DUMP_OPT_TSV},
    {"json", no_argument, NULL, OPT_JSON},
    {"jsonl", no_argument, NULL, DUMP_OPT_JSONL},
    {"nan", required_argument, NULL, DUMP_OPT_NAN},
    {"raw", no_argument, NULL, DUMP_OPT_RAW},
    {"order-out", required_argument, NULL, DUMP_OPT_ORDER_OUT},
    {"byteorder", required_argument, NULL, DUMP_OPT_BYTEORDER},
    {"dtype-out", required_argument, NULL, DUMP_OPT_DTYPE_OUT},
    TARGET_OPTIONS,
    TARGET_RAW_OPTIONS,
    {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

/* A FILE, and how to write it. */
struct job {
    const struct dumping *dumping;
    const struct target *target;
};

static int dump_one(void *context)
{
    const struct job *job = context;

    (job->dumping->bytes ? dump_raw : dump_text)(job->dumping, job->target);
    return STATUS_FINE;
}

static int dump_files(const struct dumping *dumping, int argc, char **argv)
{
    if (optind == argc)
        return report_usage(dumping->command, "no FILE");
    if (dumping->bytes && isatty(STDOUT_FILENO))
        return report_usage(dumping->command,
                            "--raw writes bytes, and standard output is a terminal: redirect it");

    sandbox_enter();
    for (int i = optind; i < argc; i++) {
        struct target target;
        struct job job = {dumping, &target};

        if (!target_open(&target, &dumping->target, argv[i]))
            continue;
        guard_targets(&target, 1, dump_one, &job);
        target_close(&target);
        if (!report_output_fine())
            return STATUS_ERROR;
    }
    return STATUS_FINE;
}

static int dump(struct dumping *dumping, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(dumping->command, argc, argv, ":h" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        status = dump_option(dumping, option, optarg);
        if (status == OPTIONS_NOT_MINE)
            status = target_option(&dumping->target, dumping->command, option, optarg);
        if (status != STATUS_FINE)
            return status;
    }
    if (dump_check_options(dumping) != STATUS_FINE)
        return STATUS_ERROR;
    return dump_files(dumping, argc, argv);
}

static int run(int argc, char **argv)
{
    struct dumping dumping = {
        .command = &command_dump,
        .target = TARGET_OPTIONS_INIT,
        .text = MMVIEW_TEXT_OPTIONS_INIT,
    };
    int status;

    dumping.target.deflated = TARGET_INFLATES;
    dumping.target.scan = true;
    status = dump(&dumping, argc, argv);

    target_options_clear(&dumping.target);
    mmview_dtype_unref(dumping.dtype);
    return status;
}

const struct command command_dump = {
    .name = "dump",
    .synopsis = "[OPTION]... FILE...",
    .summary = "write values: as NumPy prints them, as lines, CSV, JSON or bytes",
    .help =
        {
            "Writes the values of each FILE: as Python's print shows the array, or in a form\n"
            "for programs. FILE - is standard input.\n"
            "\n"
            "Text for people, as numpy.printoptions:\n"
            "      --full               all values, however many there are\n"
            "      --threshold=N        show but the edges of more than N values (1000)\n"
            "      --edgeitems=N        so many at each edge (3)\n"
            "      --linewidth=N        characters of a line (75)\n"
            "      --precision=N        most digits after the point (8)\n"
            "      --suppress           no exponents for small numbers\n"
            "      --repr               as Python's repr() shows the array\n"
            "\n",
            "Forms for programs, with all values:\n"
            "      --lines              a value a line\n"
            "      --index              with --lines: its indices before it, and tabs\n"
            "      --csv                a table: rows of the last axis, or of structs\n"
            "      --tsv                the same with tabs\n"
            "      --json               nested lists, and objects of structs; a line a FILE\n"
            "      --jsonl              the items of the first axis so, a line each\n"
            "      --nan=null|string    what NaN and infinities are in JSON (null)\n"
            "      --raw                bytes, of the items alone\n"
            "      --order-out=C|F      with --raw: the order of the items (C)\n"
            "      --byteorder=little|big|native|swap  with --raw: of the items (as in FILE)\n"
            "      --dtype-out=DTYPE    with --raw: convert to this, as astype() does\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n",
            target_help,
            target_raw_help,
            "      --offset=N, --skip=N the byte of the file where the data starts (0)\n",
        },
    .run = run,
};

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "archive.h"
#include "child.h"
#include "holding.h"
#include "inspect.h"
#include "report.h"

static const struct option options[] = {
    {"json", no_argument, NULL, OPT_JSON},
    TARGET_OPTIONS,
    TARGET_AT_OPTION,
    TARGET_RAW_OPTIONS,
    {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

/* The place of the "--" that starts the command, or argc. It is looked for before
 * the options, since reading them moves it. */
static int find_command(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--") == 0)
            return i;
    return argc;
}

/* Opens all files. False: one can not be, and why was reported. */
static bool open_all(struct target *targets, const struct target_options *how, char **files,
                     size_t count)
{
    bool fine = true;

    for (size_t i = 0; i < count; i++)
        fine = target_open(&targets[i], how, files[i]) && fine;
    return fine;
}

/* A debugger, or whoever reads /proc/PID/mem, need be no ancestor of this
 * process, which some systems demand else. Others do not know the call. */
static void allow_readers(void)
{
#ifdef PR_SET_PTRACER
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
#endif
}

static int wait_for_input_end(void)
{
    char rest[4096];
    ssize_t n;

    if (isatty(STDIN_FILENO))
        report_note(NULL, "holding until the end of standard input (Ctrl-D)");
    do
        n = read(STDIN_FILENO, rest, sizeof rest);
    while (n > 0 || (n < 0 && errno == EINTR));
    if (n < 0)
        report("standard input", "%s", strerror(errno));
    return STATUS_FINE;
}

static int tell_and_wait(struct inspection *inspection, const struct target *targets, size_t count)
{
    struct output *output = &inspection->output;

    for (size_t i = 0; i < count; i++)
        output->write(output, &targets[i]);
    if (!report_output_flushed())
        return STATUS_ERROR;
    return wait_for_input_end();
}

/* Holds files[0] to files[count - 1] for a command, or if there is none until
 * standard input ends. */
static int hold(struct inspection *inspection, char **files, size_t count, char **command)
{
    struct target *targets = calloc(count, sizeof *targets);
    int status = STATUS_ERROR;

    if (!targets)
        report_nomem();
    if (open_all(targets, &inspection->target, files, count)) {
        allow_readers();
        if (command) {
            holding_export(targets, count);
            status = child_run(command);
        } else {
            status = tell_and_wait(inspection, targets, count);
        }
    }
    for (size_t i = 0; i < count; i++)
        target_close(&targets[i]);
    free(targets);
    return status;
}

static int check_usage(const struct inspection *inspection, char **files, int count, char **command)
{
    size_t length;

    if (count == 0)
        return report_usage(&command_hold, "no FILE");
    if (command && !*command)
        return report_usage(&command_hold, "no COMMAND after --");
    if (command && inspection->output.asked)
        return report_usage(&command_hold, "--json is for holding without a COMMAND, which has"
                                           " its environment");
    if (inspection->target.at && count > 1)
        return report_usage(&command_hold, "--at takes one FILE");
    for (int i = 0; i < count && !command; i++)
        if (target_is_stdin(files[i]) || archive_of_stdin(files[i], &length))
            return report_usage(&command_hold, "without a COMMAND, standard input tells when to"
                                               " end and is no FILE");
    return STATUS_FINE;
}

static int inspect(struct inspection *inspection, int argc, char **argv)
{
    int end = find_command(argc, argv), option, status;
    char **command = end < argc ? argv + end + 1 : NULL;

    while ((option = options_next(&command_hold, end, argv, ":h" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        if (inspect_option(inspection, option) != STATUS_FINE)
            return STATUS_ERROR;
    }
    if (check_usage(inspection, argv + optind, end - optind, command) != STATUS_FINE)
        return STATUS_ERROR;
    if (inspection->output.asked)
        holding_add_fields(&inspection->output);
    return hold(inspection, argv + optind, (size_t)(end - optind), command);
}

static int run(int argc, char **argv)
{
    struct inspection inspection = {
        .command = &command_hold,
        .target = TARGET_OPTIONS_INIT,
        .output = {.write = holding_print},
    };
    int status = inspect(&inspection, argc, argv);

    inspect_clear(&inspection);
    return status;
}

const struct command command_hold = {
    .name = "hold",
    .synopsis = "[OPTION]... FILE... [-- COMMAND [ARGUMENT]...]",
    .summary = "keep arrays mapped while a command runs, or until standard input ends",
    .help =
        {
            "Maps every FILE and runs COMMAND, which finds them in the memory of mmview by\n"
            "MMVIEW_PID, MMVIEW_ADDR, MMVIEW_OFFSET, MMVIEW_NBYTES, MMVIEW_SHAPE,\n"
            "MMVIEW_STRIDES, MMVIEW_TYPESTR and more of the first, and MMVIEW_ADDR_N, ... of\n"
            "each of MMVIEW_COUNT. Signals are sent on to it. Without a COMMAND, prints PID\n"
            "and ADDRESS of each FILE, a line each, and waits until standard input ends.\n"
            "\n"
            "Output, without a COMMAND:\n"
            "      --json               an object of JSON a FILE, a line each: pid, file,\n"
            "                           address, offset, nbytes, shape, strides, ...\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n"
            "      --at=ADDR            map the first element's page there, at a multiple of\n"
            "                           the page size, or fail if that is not free\n",
            target_help,
            target_raw_help,
            "      --offset=N, --skip=N the byte of the file where the data starts (0)\n",
        },
    .exit_status = "that of COMMAND, 128 + N if signal N ended it, 127 if it was not\n"
                   "found, 126 if it could not be run; 2 after any error of mmview's own.",
    .run = run,
};

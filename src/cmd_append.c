/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "guard.h"
#include "interrupt.h"
#include "report.h"
#include "target.h"
#include "text.h"
#include "writing.h"

enum { OPT_RAW = OPT_OWN, OPT_CUT };

static const struct option options[] = {
    {"raw", no_argument, NULL, OPT_RAW},
    {"cut-trailing", no_argument, NULL, OPT_CUT},
    {"verbose", no_argument, NULL, 'v'},
    {"select", required_argument, NULL, OPT_SELECT},
    {"transpose", no_argument, NULL, OPT_TRANSPOSE},
    {"max-header", required_argument, NULL, OPT_MAX_HEADER},
    OPTIONS_END,
};

struct appending {
    struct target_options target; /* of every FROM */
    const char *file;
    struct mmview_writer *writer;
    bool raw, cut, verbose;
    struct progress progress;
};

static int read_options(struct appending *appending, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_append, argc, argv, ":hv" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        switch (option) {
        case OPTIONS_STOP: return status;
        case OPT_RAW: appending->raw = true; break;
        case OPT_CUT: appending->cut = true; break;
        case 'v': appending->verbose = true; break;
        default:
            if (target_option(&appending->target, &command_append, option, optarg) != STATUS_FINE)
                return STATUS_ERROR;
            break;
        }
    }
    if (argc - optind < 2)
        return report_usage(&command_append, "FILE and FROM are needed");
    if (appending->raw && appending->target.selection.count > 0)
        return report_usage(&command_append, "-s and -T are for arrays, not for --raw rows");
    return write_check_file(&command_append, argv[optind]) == STATUS_FINE ? OPTIONS_DONE
                                                                          : STATUS_ERROR;
}

static bool begin(struct appending *appending)
{
    struct mmview_writer_options how = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status;

    how.flags = appending->cut ? MMVIEW_WRITE_CUT_TRAILING : 0;
    how.max_header = appending->target.max_header;
    how.progress = progress_follow;
    how.context = &appending->progress;
    progress_start_of_file(&appending->progress, appending->file, 0);
    status = mmview_writer_append(appending->file, &how, &appending->writer, &err);
    progress_end(&appending->progress);
    if (status == MMVIEW_ESIZE)
        report(appending->file, "%s (see mmview repair, or --cut-trailing)", err.message);
    else if (status < 0)
        writing_report(appending->file, &err);
    if (status < 0)
        return false;
    if (mmview_writer_replaces(appending->writer))
        report_note(NULL,
                    "the header has no room for a larger number: the file is copied, and then "
                    "replaced");
    return true;
}

/* Rows as they lie in the file, up to the end. */
static bool put_stream(struct appending *appending, const char *name, int fd)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    static char block[1 << 17];

    for (;;) {
        ssize_t n = interrupt_read(fd, block, sizeof block);

        if (n < 0 && !interrupt_pending())
            report(name, "%s", strerror(errno));
        if (n <= 0)
            return n == 0;
        if (mmview_writer_put(appending->writer, block, (size_t)n, &err) < 0) {
            writing_report(appending->file, &err);
            return false;
        }
        progress_add(&appending->progress, (uint64_t)n);
    }
}

static bool put_raw(struct appending *appending, const char *from)
{
    bool done;
    int fd;

    if (strcmp(from, "-") == 0)
        return put_stream(appending, "standard input", STDIN_FILENO);
    fd = target_stream(from);
    if (fd < 0) {
        report(from, "%s", strerror(errno));
        return false;
    }
    done = put_stream(appending, from, fd);
    close(fd);
    return done;
}

/* What is appended, and to what. */
struct job {
    struct appending *appending;
    const struct target *target;
};

static int write_rows(void *context)
{
    const struct job *job = context;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = mmview_writer_write(job->appending->writer, job->target->array, &err);

    if (status == MMVIEW_ETRUNCATED && !guard_intact(job->target))
        return STATUS_ERROR;
    /* A shape or a dtype that does not fit is the matter of what is appended. */
    if (status == MMVIEW_EDIMS || status == MMVIEW_ETYPE || status == MMVIEW_EUNSUPPORTED ||
        status == MMVIEW_ETRUNCATED)
        writing_report(job->target->name, &err);
    else if (status < 0)
        writing_report(job->appending->file, &err);
    return status < 0 ? STATUS_ERROR : STATUS_FINE;
}

static bool put_array(struct appending *appending, const char *from)
{
    struct target target;
    struct job job = {appending, &target};
    int status;

    if (!target_open(&target, &appending->target, from))
        return false;
    mmview_array_advise(target.array, MMVIEW_ADVICE_SEQUENTIAL, NULL);
    status = guard_targets(&target, 1, write_rows, &job);
    target_close(&target);
    return status == STATUS_FINE;
}

static bool put_one(struct appending *appending, const char *from)
{
    bool done;

    progress_start_of_file(&appending->progress, appending->file, 0);
    done = appending->raw ? put_raw(appending, from) : put_array(appending, from);
    progress_end(&appending->progress);
    return done && !interrupt_pending();
}

static bool put_all(struct appending *appending, int count, char **from)
{
    for (int i = 0; i < count; i++)
        if (!put_one(appending, from[i]))
            return false;
    return true;
}

/* Before the rows count: if this can not be told, they never do. */
static bool tell(const struct appending *appending, mmview_intp before)
{
    mmview_intp rows = mmview_writer_rows(appending->writer);

    text_show(stdout, appending->file, strlen(appending->file));
    printf(": %" PRIdPTR " row%s more, %" PRIdPTR " in all\n", rows - before,
           rows - before == 1 ? "" : "s", rows);
    return report_output_flushed();
}

/* All of what is given, or nothing. */
static void append_all(struct appending *appending, int count, char **from)
{
    mmview_intp before = mmview_writer_rows(appending->writer);
    struct mmview_error err = MMVIEW_ERROR_INIT;

    if (!put_all(appending, count, from) || (appending->verbose && !tell(appending, before)))
        mmview_writer_cancel(appending->writer);
    else if (mmview_writer_finish(appending->writer, &err) < 0)
        writing_report(appending->file, &err);
}

static int append(struct appending *appending, int argc, char **argv)
{
    int status = read_options(appending, argc, argv);

    if (status != OPTIONS_DONE)
        return status;
    appending->file = argv[optind];
    writing_begin();
    if (begin(appending))
        append_all(appending, argc - optind - 1, argv + optind + 1);
    writing_end();
    return STATUS_FINE;
}

static int run(int argc, char **argv)
{
    struct appending appending = {.target = TARGET_OPTIONS_INIT};
    int status;

    appending.target.deflated = TARGET_INFLATES;
    appending.target.scan = true;
    status = append(&appending, argc, argv);
    target_options_clear(&appending.target);
    return status;
}

const struct command command_append = {
    .name = "append",
    .synopsis = "[OPTION]... FILE FROM...",
    .summary = "add rows to a file, safely, while others read it",
    .help =
        {
            "Adds the arrays of all FROM to FILE, a .npy file, along its first axis, in\n"
            "Fortran order along its last: all of them or, if anything fails, nothing. An\n"
            "array that lacks this axis is one row. FROM - is standard input.\n"
            "\n"
            "Options:\n"
            "      --raw                each FROM is rows as they lie in FILE, no header\n"
            "      --cut-trailing       cut off what is in FILE behind its data, as an append\n"
            "                           that was killed leaves it\n"
            "  -s, --select=INDEX       add this view of each FROM\n"
            "  -T, --transpose          turn the order of its axes round\n"
            "      --max-header=N       accept a header of up to N characters (10000)\n"
            "  -v, --verbose            say how many rows there are then\n"
            "  -h, --help               show this\n",
        },
    .run = run,
};

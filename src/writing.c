/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "writing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "interrupt.h"
#include "report.h"
#include "target.h"

/* Takes the place of a standard stream that is closed, so that using it fails still. */
static void stand_in(int fd, int flags)
{
    if (fcntl(fd, F_GETFD) < 0)
        open("/dev/null", flags); /* gets the lowest number that is free: this one */
}

static void (*undo)(void *unfinished);
static void *undone;

static void undo_at_exit(void)
{
    if (undo)
        undo(undone);
}

void writing_undo(void (*by)(void *unfinished), void *unfinished)
{
    undo = by;
    undone = unfinished;
}

void writing_begin(void)
{
    if (atexit(undo_at_exit) != 0)
        report_nomem();
    stand_in(STDIN_FILENO, O_WRONLY);
    stand_in(STDOUT_FILENO, O_RDONLY);
    stand_in(STDERR_FILENO, O_RDONLY);
    interrupt_hold();
}

void writing_end(void)
{
    interrupt_release();
}

void writing_report(const char *file, const struct mmview_error *err)
{
    size_t length;

    if (err->sys_errno == ENOTDIR && archive_split(file, &length))
        report(file, "a member of an archive, which stays as it is: mmview convert writes a new "
                     "archive");
    else if (err->status != MMVIEW_ECANCELED)
        report(file, "%s%s", err->message,
               err->status == MMVIEW_EHEADERSIZE ? " (--max-header)" : "");
}

static int set_casting(struct write_options *options, const struct command *command,
                       const char *text)
{
    static const char *const names[] = {"no", "equiv", "safe", "same_kind", "unsafe"};

    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
        if (strcmp(text, names[i]) == 0) {
            options->casting = i;
            return STATUS_FINE;
        }
    return report_usage(command,
                        "--casting '%s': not a casting, which is no, equiv, safe, same_kind or "
                        "unsafe",
                        text);
}

static int set_version(struct write_options *options, const struct command *command,
                       const char *text)
{
    if (text[0] < '1' || text[0] > '3' || strcmp(text + 1, ".0") != 0)
        return report_usage(command, "--format-version '%s': not 1.0, 2.0 or 3.0", text);
    options->version = (text[0] - '0') << 8;
    return STATUS_FINE;
}

int write_option(struct write_options *options, const struct command *command, int option,
                 const char *argument)
{
    switch (option) {
    case WRITE_OPT_DTYPE: return options_dtype(command, "--dtype-out", argument, &options->dtype);
    case WRITE_OPT_BYTEORDER:
        return options_byteorder(command, "--byteorder", argument, &options->byteorder);
    case WRITE_OPT_ORDER: return options_order(command, "--order-out", argument, &options->order);
    case WRITE_OPT_CASTING: return set_casting(options, command, argument);
    case WRITE_OPT_VERSION: return set_version(options, command, argument);
    case 'n': options->exclusive = true; return STATUS_FINE;
    default: return OPTIONS_NOT_MINE;
    }
}

struct mmview_dtype *write_dtype(const struct write_options *options, const char *file,
                                 const struct mmview_dtype *otherwise)
{
    const struct mmview_dtype *dtype = options->dtype ? options->dtype : otherwise;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *turned;

    if (!options->byteorder)
        return mmview_dtype_ref(dtype);
    if (mmview_dtype_newbyteorder(dtype, options->byteorder, &turned, &err) < 0) {
        report(file, "%s", err.message);
        return NULL;
    }
    return turned;
}

void write_how(const struct write_options *options, struct mmview_save_options *how)
{
    if (options->order >= 0)
        how->order = options->order;
    how->casting = options->casting;
    how->version = options->version;
}

void write_options_clear(struct write_options *options)
{
    mmview_dtype_unref(options->dtype);
    options->dtype = NULL;
}

int write_check_file(const struct command *command, const char *file)
{
    if (target_is_stdin(file))
        return report_usage(command, "'%s': a file to write to has a name", file);
    return STATUS_FINE;
}

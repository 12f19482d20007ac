/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef WRITING_H
#define WRITING_H

#include <stdbool.h>
#include <stdint.h>

#include <mmview.h>

#include "command.h"
#include "options.h"
#include "progress.h"

/* What the commands share that write files. */

/* Before the first file is opened: signals wait (interrupt.h), and no file becomes
 * standard input or output because that was closed. */
void writing_begin(void);

/* What undoes a file that is unfinished, should the program end for want of memory from
 * here on; NULL: there is none any more. */
void writing_undo(void (*undo)(void *unfinished), void *unfinished);

/* Signals end the command again; at once, if there has been one. */
void writing_end(void);

/* Says why a file could not be written; but not that a signal ended it. */
void writing_report(const char *file, const struct mmview_error *err);

/* How the file is to be that is written. */
struct write_options {
    struct mmview_dtype *dtype; /* NULL: not given */
    char byteorder;             /* 0, or as mmview_dtype_newbyteorder() takes it */
    int order;                  /* enum mmview_order, -1: not given */
    int casting;
    int version;
    bool exclusive;
};

#define WRITE_OPTIONS_INIT                               \
    {                                                    \
        .order = -1, .casting = MMVIEW_CASTING_SAME_KIND \
    }

/* Their lines in a command's table of options. */
#define WRITE_OPTIONS                                                \
    {"no-clobber", no_argument, NULL, 'n'},                          \
    {                                                                \
        "format-version", required_argument, NULL, WRITE_OPT_VERSION \
    }

#define WRITE_OPTIONS_OUT                                            \
    {"dtype-out", required_argument, NULL, WRITE_OPT_DTYPE},         \
        {"byteorder", required_argument, NULL, WRITE_OPT_BYTEORDER}, \
        {"order-out", required_argument, NULL, WRITE_OPT_ORDER},     \
    {                                                                \
        "casting", required_argument, NULL, WRITE_OPT_CASTING        \
    }

enum {
    WRITE_OPT_VERSION = 1000,
    WRITE_OPT_DTYPE,
    WRITE_OPT_BYTEORDER,
    WRITE_OPT_ORDER,
    WRITE_OPT_CASTING,
};

/* As target_option(). */
int write_option(struct write_options *options, const struct command *command, int option,
                 const char *argument);

/* The dtype of the file: the one that is given, or `otherwise`, in the byte order that is
 * given. To be unreffed; NULL: reported. */
struct mmview_dtype *write_dtype(const struct write_options *options, const char *file,
                                 const struct mmview_dtype *otherwise);

/* The rest of them, for the library. */
void write_how(const struct write_options *options, struct mmview_save_options *how);

void write_options_clear(struct write_options *options);

/* A FILE that is written to has a name: STATUS_FINE, or STATUS_ERROR for -. */
int write_check_file(const struct command *command, const char *file);

#endif

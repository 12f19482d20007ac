/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "command.h"

/* All that mmview says on standard error: "mmview: FILE: reason". What comes
 * from outside may go in with %s: a message is one line, and whatever could
 * drive a terminal is replaced. */

/* First of all: makes room for what goes to standard output. */
void report_start(void);

/* A file could not be dealt with; the others still can. */
void report(const char *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The command line is wrong. command is NULL before there is one. Returns
 * STATUS_ERROR, to be returned at once. */
int report_usage(const struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Something to know that is no error, of a FILE if there is one. */
void report_note(const char *file, const char *text);

/* Out of memory for a few bytes: there is no going on. */
void report_nomem(void) __attribute__((noreturn));

/* Writes bytes to standard output at once, after what was written there before. False
 * if they could not be, which report_output_fine() says; if it does not, the bytes are of
 * a mapped file that no longer has all of them. */
bool report_output_write(const void *bytes, size_t length);

/* Whether all that was written to standard output so far could be. Says once
 * why not; after that nothing need be written any more. */
bool report_output_fine(void);

/* The same after what is still to be written: for a command that goes on long
 * after its last word. */
bool report_output_flushed(void);

/* The same for the last byte: flushes and closes standard output. */
bool report_output_closed(void);

/* The exit status: status, or STATUS_ERROR if anything was reported. */
int report_status(int status);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Signals that would end a command while it writes a file: they wait until what is
 * written by halves has been cleared away. */

/* From here on SIGHUP, SIGINT, SIGTERM and SIGPIPE wait, and a file that becomes too large
 * is an error of the write. Those that are ignored, as under nohup, stay ignored. */
void interrupt_hold(void);

/* Does one wait? Costs a system call. */
bool interrupt_pending(void);

/* They end the command again; at once, if one has come. */
void interrupt_release(void);

/* read() that EINTR does not end, but a signal that waits does: -1, as on an error. */
ssize_t interrupt_read(int fd, void *data, size_t length);

#endif

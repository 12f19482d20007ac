/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMVIEW_BENCH_CHILD_H
#define MMVIEW_BENCH_CHILD_H

#include "bench.h"

/* Other programs: run to their end and timed, or kept as a partner that works
 * on request. A command is its argv; as in a shell, its first word may be a
 * NAME=VALUE for the program's environment. */

/* The path of a program, searched for as the shell does; NULL if it is not
 * installed. To be freed, or kept until the program ends. */
char *child_find(const char *name);

/* Work for a struct bench_side: the context is a command (a const char **),
 * started with no input and its output thrown away. Dies when it fails. */
double child_work(void *argv, unsigned count);

/* The same, with its output into a pipe, which is read as fast as can be. */
double child_pipe_work(void *argv, unsigned count);

/* An installed mmview finds its library in the loader's cache. The one that is
 * measured is told where it is, since to search a folder that is not in the
 * cache would cost the loader two dozen system calls. Without BENCH_LIBRARY,
 * MMVIEW can do without. */
char *child_preload(void);

/* What a command prints, as one text in `text`, cut to `size`. Dies when it
 * fails. */
void child_output(const char *const argv[], char *text, size_t size);

/* A program that answers each line with a line. */
struct partner;
struct partner *partner_start(const char *const argv[]);
void partner_stop(struct partner *partner);

/* Sends a line and waits for its answer, which lacks the newline. */
void partner_ask(struct partner *partner, char *answer, size_t size, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Work for a struct bench_side: asks the partner to do NAME `count` times
 * with ARGUMENT and to answer with the nanoseconds. */
struct partner_task {
    struct partner *partner;
    const char *name;
    const char *argument;
};
double partner_work(void *task, unsigned count);

#endif

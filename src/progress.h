/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* How far a long piece of work has come, as a line on standard error that is written
 * over: only where that is a terminal and the output is not, and not in the first
 * second. */
struct progress {
    const char *name;  /* of the FILE */
    const char *doing; /* what is done with its bytes: "written" if nothing else is said */
    bool wanted, shown;
    uint64_t done, total; /* bytes; total 0: unknown */
    uint64_t next;        /* milliseconds of the clock when it is shown again */
};

void progress_start(struct progress *progress, const char *name, uint64_t total);

/* For a command whose output is a file, so that the terminal is free for it. */
void progress_start_of_file(struct progress *progress, const char *name, uint64_t total);

void progress_add(struct progress *progress, uint64_t bytes);

/* A mmview_progress, of which the context is a struct progress. Ends the work if a signal
 * waits that would end the command. */
int progress_follow(void *context, uint64_t done, uint64_t total);

/* Takes the line away. */
void progress_end(struct progress *progress);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef READING_H
#define READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text that is read piece by piece: lines, words, or the fields of a table. */

enum reading_form {
    READING_LINES, /* a piece is a line */
    READING_WORDS, /* a piece is what has no blank and no line end in it */
    READING_CSV,   /* a piece is a field, as RFC 4180 has them */
    READING_TSV,   /* the same with tabs */
};

struct reading {
    int fd;
    enum reading_form form;
    uintmax_t line; /* of the piece that was read last, from 1 */
    bool last;      /* that piece was the last of its line */
    bool quoted;    /* that field was in quotes */

    char *text; /* the piece, terminated; NULs may be in it */
    size_t length, room;
    uintmax_t next_line;

    char *block; /* what was read and is not yet used: from block + at to block + end */
    size_t at, end;
    uint64_t bytes;    /* that were read in all */
    const char *error; /* why nothing more could be; empty: a signal came; NULL: it could */
};

void reading_start(struct reading *reading, int fd, enum reading_form form);

/* The next piece. False: there is none, or *why tells what is wrong with it; nothing, "",
 * if a signal came, see interrupt.h. */
bool reading_next(struct reading *reading, const char **why);

void reading_end(struct reading *reading);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef STATS_RECORD_H
#define STATS_RECORD_H

#include "stats.h"

/* What a line of `mmview stats --partial` says. */
struct stats_record {
    char *line; /* what the texts are in */
    char *file, *selection, *field;
    size_t field_length;
    struct mmview_dtype *dtype;
    int ndim;
    mmview_intp shape[MMVIEW_MAXDIMS];
    uint64_t part, parts; /* 1 to parts */
    struct mmview_statistics stats;
    struct histogram histogram;

    const char *from; /* the file that it was in */
    bool merged;
};

/* Reads a line without its newline, which it takes over. False: it is none, or says
 * what can not be; it is to be cleared all the same. */
bool stats_record_read(struct stats_record *record, char *line);

void stats_record_clear(struct stats_record *record);

#endif

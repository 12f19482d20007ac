/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef STATS_H
#define STATS_H

#include <stdbool.h>
#include <stdio.h>

#include <mmview.h>

/* What `mmview stats` tells. */

/* Counts of items in bins. */
struct histogram {
    size_t bins; /* 0: there is none */
    bool ranged; /* the range was asked for */
    double low, high;
    uint64_t *counts; /* bins long */
    double *edges;    /* bins + 1 long */
};

/* What was found of one array of numbers: a file, a field of one, or a lane. Of
 * strings it is the count. */
struct finding {
    const char *file;
    const char *selection; /* what -s and -T made of it, for people; "" */
    const char *field;     /* "pos", "hit.x"; NULL if the items are no structs */
    size_t field_length;   /* there may be NULs in it */
    const struct mmview_dtype *dtype;
    int ndim;
    const mmview_intp *shape;
    int axis;                 /* of the lane; -1: all of it */
    const mmview_intp *index; /* of the lane, ndim - 1 long */
    double ddof;
    bool first; /* of the lanes of its array */
    struct mmview_statistics stats;
    const struct histogram *histogram;
};

/* The keys of the values that are told; ends with NULL. */
extern const char *const stats_keys[];

/* Writes the value of a key as JSON, or as plain text, which is empty where JSON has
 * null because there is no such value. */
void stats_put(FILE *out, const struct finding *finding, const char *key, bool json);

/* Forms of output. */
typedef void stats_writer(const struct finding *finding);
stats_writer stats_human, stats_json;

/* Which part of the array was looked at, of how many: 1 to parts. */
struct stats_part {
    uint64_t part, parts;
};

/* A line that stats_merge() reads. */
void stats_write_partial(const struct finding *finding, const struct stats_part *part);

/* Reads lines of partial results from files, merges them, and writes what was found of
 * each array. Returns the exit status. */
int stats_merge(char **files, double ddof, stats_writer *write);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef STATS_FIND_H
#define STATS_FIND_H

#include "stats.h"
#include "target.h"

/* From a FILE of `mmview stats` to what is found of its array: of all of it, of each field,
 * or of each lane. */

/* What is to be found, and how it is told. */
struct stats_wanted {
    struct target_options target;
    struct mmview_stats_options options;
    struct stats_part part;     /* parts 0: the whole */
    struct histogram histogram; /* with room for what is counted */
    double ddof;
    bool by_axis, partial;
    int axis;
    stats_writer *write;
};

/* Tells of a FILE, or reports why it can not. */
void stats_find(const struct stats_wanted *wanted, const char *file);

#endif

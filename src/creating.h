/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef CREATING_H
#define CREATING_H

#include <stdbool.h>

#include <mmview.h>

#include "writing.h"

/* What the items of a new file are read from. */
enum create_from { CREATE_ZEROS, CREATE_TEXT, CREATE_CSV, CREATE_TSV, CREATE_RAW };

struct creation {
    const char *file;
    struct mmview_dtype *dtype; /* owned */
    int order;
    int ndim;                          /* -1: not given */
    mmview_intp shape[MMVIEW_MAXDIMS]; /* -1: as long as what is read */
    enum create_from from;
    const char *fill;
    bool sparse;
    struct write_options write;
};

/* The axis that may be as long as what is read. */
int create_growing_axis(const struct creation *creation);

/* Makes the file of zeros, or of `fill`. What fails is reported, here and below. */
void create_filled(const struct creation *creation);

/* Makes the file of what standard input has; the dtype is no sub-array. */
void create_from(struct creation *creation);

#endif

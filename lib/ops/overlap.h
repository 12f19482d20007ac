/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_OVERLAP_H
#define MMV_OPS_OVERLAP_H

#include "array/array.h"

enum mmv_overlap {
    MMV_OVERLAP_NONE,
    MMV_OVERLAP_SAME, /* each item has the bytes of the other array's, and each field */
    MMV_OVERLAP_SOME  /* or perhaps not: only some cases are looked into */
};

/* Have the items of two arrays, both with items and of dtypes that can be converted, any
 * byte of memory in common? */
enum mmv_overlap mmv_overlap(const struct mmview_array *a, const struct mmview_array *b);

#endif

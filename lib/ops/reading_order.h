/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_READING_ORDER_H
#define MMV_OPS_READING_ORDER_H

#include "array/array.h"

/* The items of an array in the order in which they lie in memory, for whom any order
 * is as good as another but not as fast; and where each is in C order. */
struct mmv_reading_order {
    /* The same items, so that C order is that of memory. NULL: they are so already,
     * and nothing else here is set. Of the caller, to unref. */
    struct mmview_array *array;

    mmview_intp first; /* where its first item is in the C order of the other */
    int ndim;
    mmview_intp shape[MMVIEW_MAXDIMS];
    mmview_intp steps[MMVIEW_MAXDIMS]; /* from one item to the next along each axis, likewise */
};

/* MMVIEW_OK or MMVIEW_ENOMEM. */
int mmv_reading_order(struct mmv_reading_order *out, const struct mmview_array *array,
                      struct mmview_error *err);

/* Where in C order the item is that is read at `at`. *left: items there are from it on
 * along the innermost axis; *step: from one of these to the next. */
mmview_intp mmv_reading_place(const struct mmv_reading_order *order, mmview_intp at,
                              mmview_intp *left, mmview_intp *step);

#endif

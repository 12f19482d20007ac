/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_ARRAY_LAYOUT_H
#define MMV_ARRAY_LAYOUT_H

#include <stdbool.h>

#include <mmview/array.h>

#include "base/checked.h"

/* Where the items of an array are, by numbers alone: no memory, no dtype, no
 * file. The rules are NumPy's. */
struct mmv_layout {
    mmview_intp itemsize;
    mmview_intp size;   /* items; INTPTR_MAX if itemsize is 0 and it does not fit */
    mmview_intp nbytes; /* size times itemsize */
    int ndim;
    int order;      /* enum mmview_order: the one asked for */
    int contiguity; /* MMVIEW_C_CONTIGUOUS, MMVIEW_F_CONTIGUOUS, both or none */
    mmview_intp shape[MMVIEW_MAXDIMS];
    mmview_intp strides[MMVIEW_MAXDIMS];
};

/* What follows from a shape and strides. */
struct mmv_measure {
    mmview_intp size, nbytes; /* as of a layout */
    int contiguity;           /* likewise */
    mmview_intp below;        /* bytes of items before the first element, for negative strides */
    mmview_intp above;        /* bytes of items from there on; INTPTR_MAX also if it does not fit */
    uintptr_t steps;          /* the strides that are stepped along, or-ed: for alignment */
};

/* Why a shape is none. */
enum mmv_layout_fault {
    MMV_LAYOUT_OK = 0,
    MMV_LAYOUT_NEGATIVE, /* a dimension is negative */
    MMV_LAYOUT_TOO_BIG,  /* the bytes of all items are more than NumPy can count */
    MMV_LAYOUT_NO_SPACE  /* NumPy can, but not where addresses have 32 bits */
};

/* Lays out a fresh array, without gaps, in C or F order. ndim is at most
 * MMVIEW_MAXDIMS and itemsize not negative. */
enum mmv_layout_fault mmv_layout_init(struct mmv_layout *layout, int ndim, const mmview_intp *shape,
                                      mmview_intp itemsize, enum mmview_order order);

/* The items of a shape: INTPTR_MAX if they are more. */
mmview_intp mmv_layout_count(int ndim, const mmview_intp *shape);

/* Do items of a shape that can be measured lie in C order? */
static inline bool mmv_layout_is_c(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                                   mmview_intp itemsize)
{
    mmview_intp expected = itemsize;

    for (int i = ndim - 1; i >= 0; i--) {
        if (shape[i] == 1)
            continue;
        if (strides[i] != expected)
            return false;
        expected *= shape[i];
    }
    return true;
}

/* Measures an array whose strides came from elsewhere. NumPy is laxer here than
 * with a fresh one on contiguity if itemsize or a dimension is 0. Every view goes
 * through here: it is inline, and does all that it can in one pass. */
static inline enum mmv_layout_fault mmv_layout_measure(int ndim, const mmview_intp *shape,
                                                       const mmview_intp *strides,
                                                       mmview_intp itemsize,
                                                       struct mmv_measure *measure)
{
    mmview_intp below = 0, above = itemsize, count = 1;
    int64_t bytes = itemsize; /* of the axes so far: what F order steps over */
    bool empty = false, f = true;
    uintptr_t steps = 0;

    for (int i = 0; i < ndim; i++) {
        mmview_intp length = shape[i], stride = strides[i], way;

        if (length <= 1) {
            if (length < 0)
                return MMV_LAYOUT_NEGATIVE;
            empty |= length == 0;
            continue;
        }
        if (stride != bytes)
            f = false;
        if (__builtin_mul_overflow(bytes, length, &bytes))
            return MMV_LAYOUT_TOO_BIG;
        count = (mmview_intp)((uintptr_t)count * (uintptr_t)length);
        steps |= (uintptr_t)stride;
        if (!mmv_mul_intp(length - 1, stride, &way) ||
            !(way < 0 ? mmv_sub_intp(below, way, &below) : mmv_add_intp(above, way, &above)))
            above = INTPTR_MAX; /* and stays that */
    }
    if (bytes > INTPTR_MAX)
        return MMV_LAYOUT_NO_SPACE;
    measure->steps = steps;
    if (empty) {
        measure->size = measure->nbytes = measure->below = measure->above = 0;
        measure->contiguity = MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS;
        return MMV_LAYOUT_OK;
    }
    /* The count fits where items have bytes: their bytes do. */
    measure->size = itemsize ? count : mmv_layout_count(ndim, shape);
    measure->nbytes = (mmview_intp)bytes;
    measure->below = below;
    measure->above = above;
    measure->contiguity = f ? MMVIEW_F_CONTIGUOUS : 0;
    if (mmv_layout_is_c(ndim, shape, strides, itemsize))
        measure->contiguity |= MMVIEW_C_CONTIGUOUS;
    return MMV_LAYOUT_OK;
}

/* The bytes that items occupy, counted from the first element: *below it, for
 * negative strides, and *above its first byte. False, and both untouched, if a count
 * does not fit. */
bool mmv_layout_span(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                     mmview_intp itemsize, mmview_intp *below, mmview_intp *above);

/* Does every item's address suit an alignment, which is a power of two? */
bool mmv_layout_aligned(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                        uintptr_t address, mmview_intp alignment);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_ARRAY_LAYOUT_H
#define MMV_ARRAY_LAYOUT_H

#include <stdbool.h>

#include <mmview/array.h>

/* Where the items of an array are, by numbers alone: no memory, no dtype, no
 * file. The rules are NumPy's. */
struct mmv_layout {
    mmview_intp itemsize;
    mmview_intp size;   /* items; INTPTR_MAX if itemsize is 0 and it does not fit */
    mmview_intp nbytes; /* size times itemsize */
    int ndim;
    int order;         /* enum mmview_order: the one asked for */
    int contiguity;    /* MMVIEW_C_CONTIGUOUS, MMVIEW_F_CONTIGUOUS, both or none */
    mmview_intp below; /* bytes of items before the first element, for negative strides */
    mmview_intp above; /* bytes of items from there on; INTPTR_MAX also if it does not fit */
    uintptr_t steps;   /* the strides that are stepped along, or-ed: for alignment */
    mmview_intp shape[MMVIEW_MAXDIMS];
    mmview_intp strides[MMVIEW_MAXDIMS];
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

/* The same for an array whose strides came from elsewhere, where NumPy is laxer
 * on contiguity if itemsize or a dimension is 0; order is not set. */
enum mmv_layout_fault mmv_layout_init_strided(struct mmv_layout *layout, int ndim,
                                              const mmview_intp *shape, const mmview_intp *strides,
                                              mmview_intp itemsize);

/* Does every item's address suit an alignment, which is a power of two? */
bool mmv_layout_aligned(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                        uintptr_t address, mmview_intp alignment);

/* The bytes that items occupy, counted from the first element: *below it, for
 * negative strides, and *above its first byte. False if a count does not fit. */
bool mmv_layout_span(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                     mmview_intp itemsize, mmview_intp *below, mmview_intp *above);

#endif

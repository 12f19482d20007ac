/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_AXES_H
#define MMV_OPS_AXES_H

#include <stdbool.h>

#include <mmview/types.h>

/* Where the items of two arrays of one shape are. */
struct mmv_axis {
    mmview_intp length;
    mmview_intp dst, src; /* strides */
};

/* What a copy goes along. Sub-arrays and strings add axes to those of the arrays:
 * as many can be added. */
#define MMV_AXES_MOST (MMVIEW_MAXDIMS + 32)

struct mmv_axes {
    unsigned char *dst; /* the first items */
    const unsigned char *src;
    int count;
    struct mmv_axis axis[MMV_AXES_MOST];
};

/* Adds an axis behind the last; false if there is no room. */
bool mmv_axes_push(struct mmv_axes *axes, mmview_intp length, mmview_intp dst, mmview_intp src);

/* Orders the axes so that the items of the destination come one after another, from
 * the lowest address up, as far as they do; axes that are one are joined, and axes of
 * one item are left out. The lengths are not 0. */
void mmv_axes_order(struct mmv_axes *axes);

/* Moves dst and src to the next items, the last axis fastest. The index starts as
 * zeros; false at the end, when it is zeros again. */
bool mmv_axes_next(struct mmv_axes *axes, mmview_intp *index);

static inline mmview_intp mmv_stride_size(mmview_intp stride)
{
    return stride < 0 ? -stride : stride;
}

#endif

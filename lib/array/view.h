/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_ARRAY_VIEW_H
#define MMV_ARRAY_VIEW_H

#include <mmview/dtype.h>
#include <mmview/view.h>

#include "array/array.h"
#include "base/error.h"

/* A view under construction. It starts as its source; an operation changes
 * what it changes, and mmv_view_finish() makes the array. */
struct mmv_view {
    const struct mmview_array *source;
    const struct mmview_dtype *dtype; /* borrowed */
    int ndim;
    bool writeable;
    bool fresh;        /* without gaps in `order`: strides are not looked at */
    int order;         /* of a fresh layout */
    mmview_intp shift; /* bytes from the source's first element to the view's */
    mmview_intp shape[MMVIEW_MAXDIMS];
    mmview_intp strides[MMVIEW_MAXDIMS];
};

/* Places and strides wrap, as NumPy's do. They do so only where nobody can read:
 * a[::2**63-1] has a stride that no second item needs, and an array without
 * items may be indexed to anywhere. */
static inline mmview_intp mmv_wrap_add(mmview_intp a, mmview_intp b)
{
    return (mmview_intp)((uintptr_t)a + (uintptr_t)b);
}

static inline mmview_intp mmv_wrap_mul(mmview_intp a, mmview_intp b)
{
    return (mmview_intp)((uintptr_t)a * (uintptr_t)b);
}

void mmv_view_start(struct mmv_view *view, const struct mmview_array *source);

/* Without axes: they are pushed. */
void mmv_view_start_empty(struct mmv_view *view, const struct mmview_array *source);

/* Adds an axis behind the last. The caller knows that there is room. */
static inline void mmv_view_push(struct mmv_view *view, mmview_intp length, mmview_intp stride)
{
    view->shape[view->ndim] = length;
    view->strides[view->ndim++] = stride;
}

/* Adds the dimensions of sub-arrays, whose base becomes the dtype. */
int mmv_view_expand_subarray(struct mmv_view *view, struct mmview_error *err);

int mmv_view_finish(const struct mmv_view *view, struct mmview_array **out,
                    struct mmview_error *err);

/* Turns an axis that may count from the last into one that does not. what is
 * "axis1: ", or "" where one axis is asked for. */
int mmv_view_axis(const char *what, int axis, int ndim, int *out, struct mmview_error *err);

/* A shape as NumPy's messages write it: "(3,)", "(2,newaxis)"; "..." in place of
 * its end if it is long. */
struct mmv_shape_text {
    char text[160];
};
struct mmv_shape_text mmv_shape_text(const mmview_intp *shape, int ndim);

#endif

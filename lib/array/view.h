/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_ARRAY_VIEW_H
#define MMV_ARRAY_VIEW_H

#include <mmview/dtype.h>
#include <mmview/view.h>

#include "array/make.h"
#include "base/error.h"

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

/* Begins a view of an array: the same but for its axes. NULL if there is no
 * memory. */
static inline struct mmview_array *mmv_view_begin(const struct mmview_array *array, int ndim)
{
    struct mmview_array *view = mmv_array_begin(ndim);

    if (view) {
        view->source = array->source;
        view->map = array->map;
        view->dtype = array->dtype;
        view->data = array->data;
        view->order = array->order; /* that of the file, which no view changes */
        view->flags = array->flags & MMVIEW_WRITEABLE;
    }
    return view;
}

/* Begins a view with all axes of an array, and room for more behind them. */
struct mmview_array *mmv_view_begin_whole(const struct mmview_array *array, int more);

/* mmview_view_field(), by its number. */
int mmv_view_field_at(const struct mmview_array *array, size_t index, struct mmview_array **out,
                      struct mmview_error *err);

/* Moves the first element of a view that was begun. */
static inline void mmv_view_move(struct mmview_array *view, mmview_intp places, mmview_intp stride)
{
    view->data = (unsigned char *)((uintptr_t)view->data + (uintptr_t)mmv_wrap_mul(places, stride));
}

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

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "array/view.h"
#include "base/checked.h"

struct axes {
    int count;
    mmview_intp length[MMVIEW_MAXDIMS];
    mmview_intp stride[MMVIEW_MAXDIMS];
};

static int mismatch(const struct mmview_array *array, const mmview_intp *shape, int ndim,
                    struct mmview_error *err)
{
    return mmv_fail(err, MMVIEW_ERESHAPE, "cannot reshape array of size %lld into shape %s",
                    (long long)array->size, mmv_shape_text(shape, ndim).text);
}

/* The new shape, with the unknown length filled in, if it holds as many items. */
static int fit_shape(const struct mmview_array *array, const mmview_intp *shape, int ndim,
                     struct axes *fitted, struct mmview_error *err)
{
    mmview_intp known = 1, size = 1;
    int unknown = -1;

    /* Items without bytes may be more than can be counted. */
    for (int i = 0; array->size && i < array->ndim; i++)
        if (!mmv_mul_intp(size, array->dims[i], &size))
            return mmv_fail(err, MMVIEW_EOVERFLOW, "the array has more items than can be counted");
    fitted->count = ndim;
    for (int i = 0; i < ndim; i++) {
        if (shape[i] >= 0) {
            if (!mmv_mul_intp(known, shape[i], &known))
                return mismatch(array, shape, ndim, err);
        } else if (unknown >= 0) {
            return mmv_fail(err, MMVIEW_ERESHAPE, "can only specify one unknown dimension");
        } else {
            unknown = i;
        }
        fitted->length[i] = shape[i];
    }
    if (unknown >= 0) {
        if (known == 0 || array->size % known != 0)
            return mismatch(array, shape, ndim, err);
        fitted->length[unknown] = array->size / known;
    } else if (known != array->size) {
        return mismatch(array, shape, ndim, err);
    }
    return MMVIEW_OK;
}

/* Those of the array that do not have length 1. */
static void old_axes(const struct mmview_array *array, struct axes *axes)
{
    axes->count = 0;
    for (int i = 0; i < array->ndim; i++) {
        if (array->dims[i] == 1)
            continue;
        axes->length[axes->count] = array->dims[i];
        axes->stride[axes->count++] = array->dims[array->ndim + i];
    }
}

/* Do the axes from first to last lie in memory as one axis would? */
static bool is_one_axis(const struct axes *axes, int first, int last, int order)
{
    for (int i = first; i < last; i++) {
        int fast = order == MMVIEW_ORDER_F ? i : i + 1;
        int slow = order == MMVIEW_ORDER_F ? i + 1 : i;

        if (axes->stride[slow] != mmv_wrap_mul(axes->length[fast], axes->stride[fast]))
            return false;
    }
    return true;
}

/* Gives new axes from first to last the strides of one axis divided up;
 * stride is that of the fastest. */
static void divide_axis(struct axes *fitted, int first, int last, mmview_intp stride, int order)
{
    for (int n = 0; n <= last - first; n++) {
        int axis = order == MMVIEW_ORDER_F ? first + n : last - n;

        fitted->stride[axis] = stride;
        stride = mmv_wrap_mul(stride, fitted->length[axis]);
    }
}

/* Finds strides for the new shape, group by group: some old axes and some new
 * ones with the same number of items. False if elements would have to move.
 * No length is 0 here, and all products are at most the array's size. */
static bool find_strides(const struct mmview_array *array, struct axes *fitted, int order)
{
    int from = 0, to = 0;
    struct axes old = {.count = 0};

    old_axes(array, &old);
    while (from < old.count && to < fitted->count) {
        mmview_intp have = old.length[from], want = fitted->length[to];
        int last_from = from, last_to = to;

        while (have != want) {
            if (want < have)
                want *= fitted->length[++last_to];
            else
                have *= old.length[++last_from];
        }
        if (!is_one_axis(&old, from, last_from, order))
            return false;
        divide_axis(fitted, to, last_to, old.stride[order == MMVIEW_ORDER_F ? from : last_from],
                    order);
        from = last_from + 1;
        to = last_to + 1;
    }

    /* What is left are axes of length 1, at the end. */
    for (; to < fitted->count; to++) {
        mmview_intp stride = to ? fitted->stride[to - 1] : array->itemsize;

        fitted->stride[to] =
            order == MMVIEW_ORDER_F && to ? mmv_wrap_mul(stride, fitted->length[to - 1]) : stride;
    }
    return true;
}

int mmview_view_reshape(struct mmview_array *array, const mmview_intp *shape, int ndim, int order,
                        struct mmview_array **out, struct mmview_error *err)
{
    int contiguous = array->flags & (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS);
    struct mmv_layout layout;
    struct mmview_array *view;
    struct axes fitted = {.count = 0};
    int rc;

    if (ndim < 0 || (ndim && !shape) || order < MMVIEW_ORDER_C || order > MMVIEW_ORDER_A)
        return mmv_fail(err, MMVIEW_EINVAL, "no shape, or an order that can not be reshaped to");
    if (ndim > MMVIEW_MAXDIMS)
        return mmv_fail(err, MMVIEW_ERESHAPE,
                        "maximum supported dimension for an ndarray is %d, found %d",
                        MMVIEW_MAXDIMS, ndim);
    if (order == MMVIEW_ORDER_A)
        order = contiguous == MMVIEW_F_CONTIGUOUS ? MMVIEW_ORDER_F : MMVIEW_ORDER_C;
    if (ndim == array->ndim &&
        (ndim == 0 || memcmp(shape, array->dims, (size_t)ndim * sizeof *shape) == 0)) {
        view = mmv_view_begin_whole(array, 0);
        return view ? mmv_array_finish(view, out, err) : mmv_fail_nomem(err);
    }
    rc = fit_shape(array, shape, ndim, &fitted, err);
    if (rc < 0)
        return rc;
    if (contiguous & (order == MMVIEW_ORDER_F ? MMVIEW_F_CONTIGUOUS : MMVIEW_C_CONTIGUOUS)) {
        if (mmv_layout_init(&layout, ndim, fitted.length, array->itemsize,
                            (enum mmview_order)order))
            return mmv_array_too_big(err);
        view = mmv_view_begin(array, ndim);
        if (view)
            mmv_array_lay_out(view, &layout);
    } else {
        if (!find_strides(array, &fitted, order))
            return mmv_fail(err, MMVIEW_ENEEDSCOPY,
                            "the elements lie in an order that shape %s needs a copy for",
                            mmv_shape_text(fitted.length, ndim).text);
        view = mmv_view_begin(array, ndim);
        for (int i = 0; view && i < ndim; i++)
            mmv_array_set_axis(view, i, fitted.length[i], fitted.stride[i]);
    }
    return view ? mmv_array_finish(view, out, err) : mmv_fail_nomem(err);
}

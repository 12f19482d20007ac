/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "array/view.h"
#include "base/checked.h"

static int mismatch(const struct mmview_array *array, const mmview_intp *shape, int ndim,
                    struct mmview_error *err)
{
    return mmv_fail(err, MMVIEW_ERESHAPE, "cannot reshape array of size %lld into shape %s",
                    (long long)array->size, mmv_shape_text(shape, ndim).text);
}

/* The new shape, with the unknown length filled in, if it holds as many items. */
static int fit_shape(const struct mmview_array *array, const mmview_intp *shape, int ndim,
                     struct mmv_view *view, struct mmview_error *err)
{
    mmview_intp known = 1, size = 1;
    int unknown = -1;

    /* Items without bytes may be more than can be counted. */
    for (int i = 0; array->size && i < array->ndim; i++)
        if (!mmv_mul_intp(size, array->dims[i], &size))
            return mmv_fail(err, MMVIEW_EOVERFLOW, "the array has more items than can be counted");
    view->ndim = 0;
    for (int i = 0; i < ndim; i++) {
        if (shape[i] >= 0) {
            if (!mmv_mul_intp(known, shape[i], &known))
                return mismatch(array, shape, ndim, err);
        } else if (unknown >= 0) {
            return mmv_fail(err, MMVIEW_ERESHAPE, "can only specify one unknown dimension");
        } else {
            unknown = i;
        }
        mmv_view_push(view, shape[i], 0);
    }
    if (unknown >= 0) {
        if (known == 0 || array->size % known != 0)
            return mismatch(array, shape, ndim, err);
        view->shape[unknown] = array->size / known;
    } else if (known != array->size) {
        return mismatch(array, shape, ndim, err);
    }
    return MMVIEW_OK;
}

/* Axes that lie next to each other: of the source, those of length 1 left out. */
struct axes {
    int count;
    mmview_intp length[MMVIEW_MAXDIMS];
    mmview_intp stride[MMVIEW_MAXDIMS];
};

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

/* Gives the new axes from first to last the strides of one axis divided up;
 * stride is that of the fastest. */
static void divide_axis(struct mmv_view *view, int first, int last, mmview_intp stride, int order)
{
    for (int n = 0; n <= last - first; n++) {
        int axis = order == MMVIEW_ORDER_F ? first + n : last - n;

        view->strides[axis] = stride;
        stride = mmv_wrap_mul(stride, view->shape[axis]);
    }
}

/* Finds strides for the new shape, group by group: some old axes and some new
 * ones with the same number of items. False if elements would have to move.
 * No length is 0 here, and all products are at most the array's size. */
static bool find_strides(const struct mmview_array *array, struct mmv_view *view, int order)
{
    int from = 0, to = 0;
    struct axes old = {.count = 0};

    old_axes(array, &old);
    while (from < old.count && to < view->ndim) {
        mmview_intp have = old.length[from], want = view->shape[to];
        int last_from = from, last_to = to;

        while (have != want) {
            if (want < have)
                want *= view->shape[++last_to];
            else
                have *= old.length[++last_from];
        }
        if (!is_one_axis(&old, from, last_from, order))
            return false;
        divide_axis(view, to, last_to, old.stride[order == MMVIEW_ORDER_F ? from : last_from],
                    order);
        from = last_from + 1;
        to = last_to + 1;
    }

    /* What is left are axes of length 1, at the end. */
    for (; to < view->ndim; to++) {
        mmview_intp stride = to ? view->strides[to - 1] : array->itemsize;

        view->strides[to] =
            order == MMVIEW_ORDER_F && to ? mmv_wrap_mul(stride, view->shape[to - 1]) : stride;
    }
    return true;
}

int mmview_view_reshape(struct mmview_array *array, const mmview_intp *shape, int ndim, int order,
                        struct mmview_array **out, struct mmview_error *err)
{
    int contiguous = array->flags & (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS);
    struct mmv_view view;
    int rc;

    if (ndim < 0 || (ndim && !shape) || order < MMVIEW_ORDER_C || order > MMVIEW_ORDER_A)
        return mmv_fail(err, MMVIEW_EINVAL, "no shape, or an order that can not be reshaped to");
    if (ndim > MMVIEW_MAXDIMS)
        return mmv_fail(err, MMVIEW_ERESHAPE,
                        "maximum supported dimension for an ndarray is %d, found %d",
                        MMVIEW_MAXDIMS, ndim);
    if (order == MMVIEW_ORDER_A)
        order = contiguous == MMVIEW_F_CONTIGUOUS ? MMVIEW_ORDER_F : MMVIEW_ORDER_C;
    mmv_view_start(&view, array);
    if (ndim == array->ndim &&
        (ndim == 0 || memcmp(shape, array->dims, (size_t)ndim * sizeof *shape) == 0))
        return mmv_view_finish(&view, out, err);
    rc = fit_shape(array, shape, ndim, &view, err);
    if (rc < 0)
        return rc;
    view.order = order;
    view.fresh = contiguous & (order == MMVIEW_ORDER_F ? MMVIEW_F_CONTIGUOUS : MMVIEW_C_CONTIGUOUS);
    if (!view.fresh && !find_strides(array, &view, order))
        return mmv_fail(err, MMVIEW_ENEEDSCOPY,
                        "the elements lie in an order that shape %s needs a copy for",
                        mmv_shape_text(view.shape, ndim).text);
    return mmv_view_finish(&view, out, err);
}

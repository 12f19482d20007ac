/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Views that put axes in another order, add them or take them away. */
#include "array/view.h"
#include "base/checked.h"

int mmview_view_transpose(struct mmview_array *array, const int *axes, int naxes,
                          struct mmview_array **out, struct mmview_error *err)
{
    const mmview_intp *shape = array->dims, *strides = array->dims + array->ndim;
    bool seen[MMVIEW_MAXDIMS] = {false};
    struct mmv_view view;

    if ((!axes && naxes != 0) || naxes < 0)
        return mmv_fail(err, MMVIEW_EINVAL, "axes that are not there");
    if (axes && naxes != array->ndim)
        return mmv_fail(err, MMVIEW_EAXIS, "axes don't match array");
    mmv_view_start(&view, array);
    for (int i = 0; i < array->ndim; i++) {
        int axis = array->ndim - 1 - i;
        int rc = axes ? mmv_view_axis("", axes[i], array->ndim, &axis, err) : MMVIEW_OK;

        if (rc < 0)
            return rc;
        if (seen[axis])
            return mmv_fail(err, MMVIEW_EAXIS, "repeated axis in transpose");
        seen[axis] = true;
        view.shape[i] = shape[axis];
        view.strides[i] = strides[axis];
    }
    return mmv_view_finish(&view, out, err);
}

int mmview_view_swapaxes(struct mmview_array *array, int axis1, int axis2,
                         struct mmview_array **out, struct mmview_error *err)
{
    int axes[MMVIEW_MAXDIMS];
    int first, second;
    int rc = mmv_view_axis("axis1: ", axis1, array->ndim, &first, err);

    if (rc < 0 || (rc = mmv_view_axis("axis2: ", axis2, array->ndim, &second, err)) < 0)
        return rc;
    for (int i = 0; i < array->ndim; i++)
        axes[i] = i;
    axes[first] = second;
    axes[second] = first;
    return mmview_view_transpose(array, axes, array->ndim, out, err);
}

int mmview_view_expand_dims(struct mmview_array *array, int axis, struct mmview_array **out,
                            struct mmview_error *err)
{
    mmview_intp shape[MMVIEW_MAXDIMS + 1];
    int rc = mmv_view_axis("", axis, array->ndim + 1, &axis, err);

    if (rc < 0)
        return rc;
    for (int i = 0; i < array->ndim; i++)
        shape[i < axis ? i : i + 1] = array->dims[i];
    shape[axis] = 1;
    return mmview_view_reshape(array, shape, array->ndim + 1, MMVIEW_ORDER_C, out, err);
}

int mmview_view_squeeze(struct mmview_array *array, int axis, struct mmview_array **out,
                        struct mmview_error *err)
{
    bool all = axis == MMVIEW_ALL_AXES;
    struct mmv_view view;
    int rc = all ? MMVIEW_OK : mmv_view_axis("", axis, array->ndim, &axis, err);

    if (rc < 0)
        return rc;
    if (!all && array->dims[axis] != 1)
        return mmv_fail(err, MMVIEW_EAXIS,
                        "cannot select an axis to squeeze out which has size not equal to one");
    mmv_view_start(&view, array);
    view.ndim = 0;
    for (int i = 0; i < array->ndim; i++)
        if (all ? array->dims[i] != 1 : i != axis)
            mmv_view_push(&view, array->dims[i], array->dims[array->ndim + i]);
    return mmv_view_finish(&view, out, err);
}

/* The shorter of what is left of two axes behind their first `rows` and
 * `columns`. */
static mmview_intp diagonal_length(mmview_intp rows_left, mmview_intp columns_left)
{
    mmview_intp length = rows_left < columns_left ? rows_left : columns_left;

    return length > 0 ? length : 0;
}

int mmview_view_diagonal(struct mmview_array *array, mmview_intp offset, int axis1, int axis2,
                         struct mmview_array **out, struct mmview_error *err)
{
    const mmview_intp *strides = array->dims + array->ndim;
    mmview_intp length, start;
    struct mmv_view view;
    int first, second, rc;

    if (array->ndim < 2)
        return mmv_fail(err, MMVIEW_EAXIS, "diag requires an array of at least two dimensions");
    rc = mmv_view_axis("axis1: ", axis1, array->ndim, &first, err);
    if (rc < 0 || (rc = mmv_view_axis("axis2: ", axis2, array->ndim, &second, err)) < 0)
        return rc;
    if (first == second)
        return mmv_fail(err, MMVIEW_EAXIS, "axis1 and axis2 cannot be the same");

    /* Above the main diagonal columns are left out, below it rows are. */
    if (offset >= 0)
        length = diagonal_length(array->dims[first],
                                 offset < array->dims[second] ? array->dims[second] - offset : 0);
    else
        length = diagonal_length(offset > -array->dims[first] ? array->dims[first] + offset : 0,
                                 array->dims[second]);
    mmv_view_start(&view, array);
    view.writeable = false;
    if (length) {
        start = offset >= 0 ? offset * strides[second] : -offset * strides[first];
        view.shift = start;
    }
    view.ndim = 0;
    for (int i = 0; i < array->ndim; i++)
        if (i != first && i != second)
            mmv_view_push(&view, array->dims[i], strides[i]);
    mmv_view_push(&view, length,
                  (mmview_intp)((uintptr_t)strides[first] + (uintptr_t)strides[second]));
    return mmv_view_finish(&view, out, err);
}

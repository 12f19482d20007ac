/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Views that put axes in another order, add them or take them away. */
#include "array/view.h"

int mmview_view_transpose(struct mmview_array *array, const int *axes, int naxes,
                          struct mmview_array **out, struct mmview_error *err)
{
    bool seen[MMVIEW_MAXDIMS] = {false};
    int order[MMVIEW_MAXDIMS];
    struct mmview_array *view;

    if ((!axes && naxes != 0) || naxes < 0)
        return mmv_fail(err, MMVIEW_EINVAL, "axes that are not there");
    if (axes && naxes != array->ndim)
        return mmv_fail(err, MMVIEW_EAXIS, "axes don't match array");
    for (int i = 0; i < array->ndim; i++) {
        int axis = array->ndim - 1 - i;
        int rc = axes ? mmv_view_axis("", axes[i], array->ndim, &axis, err) : MMVIEW_OK;

        if (rc < 0)
            return rc;
        if (seen[axis])
            return mmv_fail(err, MMVIEW_EAXIS, "repeated axis in transpose");
        seen[axis] = true;
        order[i] = axis;
    }
    view = mmv_view_begin(array, array->ndim);
    if (!view)
        return mmv_fail_nomem(err);
    for (int i = 0; i < array->ndim; i++)
        mmv_array_set_axis(view, i, array->dims[order[i]], array->dims[array->ndim + order[i]]);
    return mmv_array_finish(view, out, err);
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
    /* Of 0 dimensions NumPy lets axis 0 and -1 pass, which take nothing away. */
    bool all = axis == MMVIEW_ALL_AXES || (array->ndim == 0 && (axis == 0 || axis == -1));
    int rc = all ? MMVIEW_OK : mmv_view_axis("", axis, array->ndim, &axis, err);
    int kept[MMVIEW_MAXDIMS], count = 0;
    struct mmview_array *view;

    if (rc < 0)
        return rc;
    if (!all && array->dims[axis] != 1)
        return mmv_fail(err, MMVIEW_EAXIS,
                        "cannot select an axis to squeeze out which has size not equal to one");
    for (int i = 0; i < array->ndim; i++)
        if (all ? array->dims[i] != 1 : i != axis)
            kept[count++] = i;
    view = mmv_view_begin(array, count);
    if (!view)
        return mmv_fail_nomem(err);
    for (int i = 0; i < count; i++)
        mmv_array_set_axis(view, i, array->dims[kept[i]], array->dims[array->ndim + kept[i]]);
    return mmv_array_finish(view, out, err);
}

int mmview_view_diagonal(struct mmview_array *array, mmview_intp offset, int axis1, int axis2,
                         struct mmview_array **out, struct mmview_error *err)
{
    const mmview_intp *shape = array->dims, *strides = array->dims + array->ndim;
    mmview_intp length = 0, skipped;
    int first, second, along, other, rc, to = 0;
    struct mmview_array *view;

    if (array->ndim < 2)
        return mmv_fail(err, MMVIEW_EAXIS, "diag requires an array of at least two dimensions");
    rc = mmv_view_axis("axis1: ", axis1, array->ndim, &first, err);
    if (rc < 0 || (rc = mmv_view_axis("axis2: ", axis2, array->ndim, &second, err)) < 0)
        return rc;
    if (first == second)
        return mmv_fail(err, MMVIEW_EAXIS, "axis1 and axis2 cannot be the same");

    view = mmv_view_begin(array, array->ndim - 1);
    if (!view)
        return mmv_fail_nomem(err);
    view->flags &= ~MMVIEW_WRITEABLE;
    for (int i = 0; i < array->ndim; i++)
        if (i != first && i != second)
            mmv_array_set_axis(view, to++, shape[i], strides[i]);

    /* Above the main diagonal the first columns are left out, below it rows. */
    along = offset < 0 ? first : second;
    other = offset < 0 ? second : first;
    skipped = offset == INTPTR_MIN ? INTPTR_MAX : offset < 0 ? -offset : offset;
    if (skipped <= shape[along]) {
        length = shape[along] - skipped;
        length = length < shape[other] ? length : shape[other];
        mmv_view_move(view, skipped, strides[along]);
    }
    mmv_array_set_axis(view, to, length, mmv_wrap_add(strides[first], strides[second]));
    return mmv_array_finish(view, out, err);
}

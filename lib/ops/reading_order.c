/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/reading_order.h"

#include <stdbool.h>

#include "array/view.h"

struct axis {
    mmview_intp length, stride, step;
};

/* Whether an axis goes further inside than another, which comes first. Repeated
 * items (stride 0) are outermost: each round reads memory as it lies. */
static bool belongs_inside(const struct axis *axis, const struct axis *other)
{
    if (axis->stride == 0 || other->stride == 0)
        return axis->stride != 0 || other->stride == 0;
    return axis->stride <= other->stride;
}

int mmv_reading_order(struct mmv_reading_order *out, const struct mmview_array *array,
                      struct mmview_error *err)
{
    const mmview_intp *shape = array->dims, *strides = shape + array->ndim;
    struct axis axes[MMVIEW_MAXDIMS];
    struct mmview_array *view;
    mmview_intp step = 1, shift = 0;
    bool changed = false;
    int ndim = 0, at;

    out->array = NULL;
    out->first = 0;
    if (array->size == 0)
        return MMVIEW_OK;

    /* From the last axis on, each goes before those that it belongs outside of. */
    for (int i = array->ndim - 1; i >= 0; step *= shape[i--]) {
        struct axis axis = {shape[i], strides[i], step};

        if (axis.length == 1)
            continue;
        if (axis.stride < 0) {
            shift += (axis.length - 1) * axis.stride;
            out->first += (axis.length - 1) * axis.step;
            axis.stride = -axis.stride;
            axis.step = -axis.step;
            changed = true;
        }
        for (at = ndim++; at > 0 && !belongs_inside(&axes[at - 1], &axis); at--)
            axes[at] = axes[at - 1];
        changed = changed || at != ndim - 1;
        axes[at] = axis;
    }
    if (!changed)
        return MMVIEW_OK;

    view = mmv_view_begin(array, ndim);
    if (!view)
        return mmv_fail_nomem(err);
    mmv_view_move(view, shift, 1);
    /* They are inside out now. */
    out->ndim = ndim;
    for (int i = 0; i < ndim; i++) {
        const struct axis *axis = &axes[ndim - 1 - i];

        mmv_array_set_axis(view, i, axis->length, axis->stride);
        out->shape[i] = axis->length;
        out->steps[i] = axis->step;
    }
    return mmv_array_finish(view, &out->array, err);
}

mmview_intp mmv_reading_place(const struct mmv_reading_order *order, mmview_intp at,
                              mmview_intp *left, mmview_intp *step)
{
    int last = order->ndim - 1;
    mmview_intp place = order->first;

    *left = order->shape[last] - at % order->shape[last];
    *step = order->steps[last];
    for (int i = last; i >= 0; i--) {
        place += at % order->shape[i] * order->steps[i];
        at /= order->shape[i];
    }
    return place;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "array/layout.h"

#include <string.h>

static bool has_zero(int ndim, const mmview_intp *shape)
{
    for (int i = 0; i < ndim; i++)
        if (shape[i] == 0)
            return true;
    return false;
}

/* NumPy's own check: it lets dimensions of 0 count as 1, so that the strides
 * fit even if the array is empty, and an item size of 0 allows any shape. */
static enum mmv_layout_fault check_extent(int ndim, const mmview_intp *shape, mmview_intp itemsize)
{
    int64_t extent = itemsize;

    for (int i = 0; i < ndim; i++) {
        if (shape[i] < 0)
            return MMV_LAYOUT_NEGATIVE;
        if (shape[i] && __builtin_mul_overflow(extent, shape[i], &extent))
            return MMV_LAYOUT_TOO_BIG;
    }
#if INTPTR_MAX < INT64_MAX
    if (extent > INTPTR_MAX)
        return MMV_LAYOUT_NO_SPACE;
#endif
    return MMV_LAYOUT_OK;
}

mmview_intp mmv_layout_count(int ndim, const mmview_intp *shape)
{
    mmview_intp count = 1;

    if (has_zero(ndim, shape))
        return 0;
    for (int i = 0; i < ndim; i++)
        if (!mmv_mul_intp(count, shape[i], &count))
            return INTPTR_MAX;
    return count;
}

/* A fresh array is contiguous in both orders if at most one dimension is not
 * 1, or if it is empty. */
static int fresh_contiguity(int ndim, const mmview_intp *shape, enum mmview_order order)
{
    int wide = 0;

    for (int i = 0; i < ndim; i++)
        wide += shape[i] != 1;
    if (wide <= 1 || has_zero(ndim, shape))
        return MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS;
    return order == MMVIEW_ORDER_F ? MMVIEW_F_CONTIGUOUS : MMVIEW_C_CONTIGUOUS;
}

enum mmv_layout_fault mmv_layout_init(struct mmv_layout *layout, int ndim, const mmview_intp *shape,
                                      mmview_intp itemsize, enum mmview_order order)
{
    enum mmv_layout_fault fault = check_extent(ndim, shape, itemsize);
    mmview_intp step = itemsize;

    if (fault)
        return fault;
    layout->ndim = ndim;
    layout->itemsize = itemsize;
    layout->size = mmv_layout_count(ndim, shape);
    layout->nbytes = itemsize ? layout->size * itemsize : 0;
    layout->order = (int)order;
    layout->contiguity = fresh_contiguity(ndim, shape, order);
    memcpy(layout->shape, shape, (size_t)ndim * sizeof *shape);
    for (int i = 0; i < ndim; i++) {
        int axis = order == MMVIEW_ORDER_F ? i : ndim - 1 - i;

        layout->strides[axis] = step;
        if (shape[axis])
            step *= shape[axis];
    }
    return MMV_LAYOUT_OK;
}

bool mmv_layout_span(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                     mmview_intp itemsize, mmview_intp *below, mmview_intp *above)
{
    struct mmv_measure measure;

    if (mmv_layout_measure(ndim, shape, strides, itemsize, &measure) || measure.above == INTPTR_MAX)
        return false;
    *below = measure.below;
    *above = measure.above;
    return true;
}

bool mmv_layout_aligned(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                        uintptr_t address, mmview_intp alignment)
{
    uintptr_t bits = address;

    for (int i = 0; i < ndim; i++) {
        if (shape[i] == 0)
            return true;
        if (shape[i] > 1)
            bits |= (uintptr_t)strides[i];
    }
    return (bits & ((uintptr_t)alignment - 1)) == 0;
}

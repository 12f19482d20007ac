/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "array/layout.h"

#include <string.h>

#include "base/checked.h"

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

static mmview_intp item_count(int ndim, const mmview_intp *shape)
{
    mmview_intp count = 1;

    if (has_zero(ndim, shape))
        return 0;
    for (int i = 0; i < ndim; i++)
        if (!mmv_mul_intp(count, shape[i], &count))
            return INTPTR_MAX;
    return count;
}

/* Everything but the strides and what hangs on them. */
static enum mmv_layout_fault measure(struct mmv_layout *layout, int ndim, const mmview_intp *shape,
                                     mmview_intp itemsize)
{
    enum mmv_layout_fault fault = check_extent(ndim, shape, itemsize);

    if (fault)
        return fault;
    layout->ndim = ndim;
    layout->itemsize = itemsize;
    layout->size = item_count(ndim, shape);
    layout->nbytes = itemsize ? layout->size * itemsize : 0;
    memcpy(layout->shape, shape, (size_t)ndim * sizeof *shape);
    return MMV_LAYOUT_OK;
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
    enum mmv_layout_fault fault = measure(layout, ndim, shape, itemsize);
    mmview_intp step = itemsize;

    if (fault)
        return fault;
    layout->order = (int)order;
    layout->contiguity = fresh_contiguity(ndim, shape, order);
    layout->below = 0;
    layout->above = layout->nbytes;
    layout->steps = 0;
    for (int i = 0; i < ndim; i++) {
        int axis = order == MMVIEW_ORDER_F ? i : ndim - 1 - i;

        layout->strides[axis] = step;
        if (shape[axis] > 1)
            layout->steps |= (uintptr_t)step;
        if (shape[axis])
            step *= shape[axis];
    }
    return MMV_LAYOUT_OK;
}

/* Moves the ends of what the items occupy by one axis. */
static void stretch(struct mmv_layout *layout, mmview_intp length, mmview_intp stride)
{
    mmview_intp reach;

    layout->steps |= (uintptr_t)stride;
    if (!mmv_mul_intp(length - 1, stride, &reach) || reach == INTPTR_MIN ||
        !mmv_add_intp(reach < 0 ? layout->below : layout->above, reach < 0 ? -reach : reach,
                      reach < 0 ? &layout->below : &layout->above))
        layout->above = INTPTR_MAX;
}

/* Every view goes through here, so it is one pass over the axes, and another
 * one back for C order. */
enum mmv_layout_fault mmv_layout_init_strided(struct mmv_layout *layout, int ndim,
                                              const mmview_intp *shape, const mmview_intp *strides,
                                              mmview_intp itemsize)
{
    uintptr_t expected = (uintptr_t)itemsize, count = 1;
    int64_t extent = itemsize;
    bool empty = false, f = true, c = true;

    layout->ndim = ndim;
    layout->itemsize = itemsize;
    layout->below = 0;
    layout->above = itemsize;
    layout->steps = 0;
    for (int i = 0; i < ndim; i++) {
        mmview_intp length = shape[i], stride = strides[i];

        layout->shape[i] = length;
        layout->strides[i] = stride;
        if (length == 1)
            continue;
        if (length < 0)
            return MMV_LAYOUT_NEGATIVE;
        if (length == 0) {
            empty = true;
            continue;
        }
        if (__builtin_mul_overflow(extent, length, &extent))
            return MMV_LAYOUT_TOO_BIG;
        count *= (uintptr_t)length;
        f = f && (uintptr_t)stride == expected;
        expected *= (uintptr_t)length;
        stretch(layout, length, stride);
    }
    if (extent > INTPTR_MAX)
        return MMV_LAYOUT_NO_SPACE;

    expected = (uintptr_t)itemsize;
    for (int i = ndim - 1; c && i >= 0; i--) {
        if (shape[i] == 1)
            continue;
        c = (uintptr_t)strides[i] == expected;
        expected *= (uintptr_t)shape[i];
    }
    layout->contiguity =
        (empty || c ? MMVIEW_C_CONTIGUOUS : 0) | (empty || f ? MMVIEW_F_CONTIGUOUS : 0);
    if (empty)
        layout->below = layout->above = 0;
    /* The count fits where items have bytes: their bytes do. */
    layout->size = empty ? 0 : itemsize ? (mmview_intp)count : item_count(ndim, shape);
    layout->nbytes = itemsize ? layout->size * itemsize : 0;
    return MMV_LAYOUT_OK;
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

bool mmv_layout_span(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                     mmview_intp itemsize, mmview_intp *below, mmview_intp *above)
{
    mmview_intp low = 0, high = itemsize;

    if (has_zero(ndim, shape)) {
        *below = *above = 0;
        return true;
    }
    for (int i = 0; i < ndim; i++) {
        mmview_intp reach;

        if (!mmv_mul_intp(shape[i] - 1, strides[i], &reach))
            return false;
        if (!mmv_add_intp(reach < 0 ? low : high, reach, reach < 0 ? &low : &high))
            return false;
    }
    if (low == INTPTR_MIN)
        return false;
    *below = -low;
    *above = high;
    return true;
}

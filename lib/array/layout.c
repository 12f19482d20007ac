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
    for (int i = 0; i < ndim; i++) {
        int axis = order == MMVIEW_ORDER_F ? i : ndim - 1 - i;

        layout->strides[axis] = step;
        if (shape[axis])
            step *= shape[axis];
    }
    return MMV_LAYOUT_OK;
}

/* Does walking the axes from `first` by `step` meet the strides of an array
 * without gaps? Axes of length 1 are never stepped along. */
static bool gapless(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                    mmview_intp itemsize, int first, int step)
{
    /* Wraps, as NumPy's does, for a view that repeats its items until there are
     * more of them than addresses. */
    uintptr_t expected = (uintptr_t)itemsize;

    for (int n = 0, axis = first; n < ndim; n++, axis += step) {
        if (shape[axis] == 1)
            continue;
        if ((uintptr_t)strides[axis] != expected)
            return false;
        expected *= (uintptr_t)shape[axis];
    }
    return true;
}

int mmv_layout_contiguity(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                          mmview_intp itemsize)
{
    int flags = 0;

    if (has_zero(ndim, shape))
        return MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS;
    if (gapless(ndim, shape, strides, itemsize, ndim - 1, -1))
        flags |= MMVIEW_C_CONTIGUOUS;
    if (gapless(ndim, shape, strides, itemsize, 0, 1))
        flags |= MMVIEW_F_CONTIGUOUS;
    return flags;
}

enum mmv_layout_fault mmv_layout_init_strided(struct mmv_layout *layout, int ndim,
                                              const mmview_intp *shape, const mmview_intp *strides,
                                              mmview_intp itemsize)
{
    enum mmv_layout_fault fault = measure(layout, ndim, shape, itemsize);

    if (fault)
        return fault;
    memcpy(layout->strides, strides, (size_t)ndim * sizeof *strides);
    layout->contiguity = mmv_layout_contiguity(ndim, shape, strides, itemsize);
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

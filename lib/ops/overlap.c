/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/overlap.h"

#include <string.h>

#include "format/dtype.h"

/* The addresses of an array's items: from, and up to but without. */
static void extent(const struct mmview_array *array, uintptr_t *low, uintptr_t *high)
{
    mmview_intp below = 0, above = 0;

    mmv_layout_span(array->ndim, array->dims, array->dims + array->ndim, array->itemsize, &below,
                    &above);
    *low = (uintptr_t)array->data - (uintptr_t)below;
    *high = (uintptr_t)array->data + (uintptr_t)above;
}

/* Are the parts of items, which are copied one after another, at the same places in both?
 * The dtypes can be converted, so that they have as many fields and items. */
static bool same_places(const struct mmview_dtype *a, const struct mmview_dtype *b)
{
    if (a->itemsize != b->itemsize)
        return false;
    if (a->base)
        return same_places(a->base, b->base);
    for (size_t i = 0; i < a->nfields; i++)
        if (a->fields[i].offset != b->fields[i].offset ||
            !same_places(a->fields[i].dtype, b->fields[i].dtype))
            return false;
    return true;
}

static bool same_items(const struct mmview_array *a, const struct mmview_array *b)
{
    if (a->data != b->data || a->ndim != b->ndim || !same_places(a->dtype, b->dtype))
        return false;
    for (int i = 0; i < a->ndim; i++)
        if (a->dims[i] != b->dims[i] ||
            (a->dims[i] > 1 && a->dims[a->ndim + i] != b->dims[b->ndim + i]))
            return false;
    return true;
}

/* Joins the strides of an array to a common divisor; 0 is that of none. */
static uintptr_t common_divisor(uintptr_t divisor, const struct mmview_array *array)
{
    for (int i = 0; i < array->ndim; i++) {
        mmview_intp stride = array->dims[array->ndim + i];
        uintptr_t rest = stride < 0 ? -(uintptr_t)stride : (uintptr_t)stride;

        if (array->dims[i] == 1)
            continue;
        while (rest) {
            uintptr_t next = divisor % rest;

            divisor = rest;
            rest = next;
        }
    }
    return divisor;
}

/* Whatever steps are taken, the items of one array are at one place of each period, and
 * those of the other at another: as two fields of the same structs. */
static bool are_interleaved(const struct mmview_array *a, const struct mmview_array *b)
{
    uintptr_t period = common_divisor(common_divisor(0, a), b), apart;

    if (period == 0)
        return false; /* one item each, and the extents have told */
    apart = (uintptr_t)a->data > (uintptr_t)b->data
                ? period - ((uintptr_t)a->data - (uintptr_t)b->data) % period
                : ((uintptr_t)b->data - (uintptr_t)a->data) % period;
    apart %= period;
    return (uintptr_t)a->itemsize <= apart && (uintptr_t)b->itemsize <= period - apart;
}

enum mmv_overlap mmv_overlap(const struct mmview_array *a, const struct mmview_array *b)
{
    uintptr_t a_low, a_high, b_low, b_high;

    extent(a, &a_low, &a_high);
    extent(b, &b_low, &b_high);
    if (a_high <= b_low || b_high <= a_low)
        return MMV_OVERLAP_NONE;
    if (same_items(a, b))
        return MMV_OVERLAP_SAME;
    return are_interleaved(a, b) ? MMV_OVERLAP_NONE : MMV_OVERLAP_SOME;
}

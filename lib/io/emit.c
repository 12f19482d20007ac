/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/emit.h"

#include <mmview/copy.h>
#include <mmview/dtype.h>
#include <mmview/guard.h>
#include <mmview/view.h>

#include "array/array.h"

/* What is converted at a time: it stays in the cache of the second level. */
#define BLOCK ((mmview_intp)1 << 19)

/* Hands on what was read of an array, if that is what its file had. */
static int put_read(const struct mmv_emission *emission, const struct mmview_array *items,
                    const struct mmview_array *read, struct mmview_error *err)
{
    int status = mmview_guard_check(items, err);

    if (status == MMVIEW_OK)
        status = emission->put(emission->context, read->data, (size_t)read->nbytes, err);
    /* What lies in the map was read only by that. */
    if (status == MMVIEW_OK)
        status = mmview_guard_check(items, err);
    return status;
}

/* Items that lie as they will in the file, or a copy that does. */
static int put_items(const struct mmv_emission *emission, struct mmview_array *items,
                     struct mmview_error *err)
{
    int contiguous = emission->fortran_order ? MMVIEW_F_CONTIGUOUS : MMVIEW_C_CONTIGUOUS;
    struct mmview_copy_options options = MMVIEW_COPY_OPTIONS_INIT;
    struct mmview_array *copy;
    int status;

    if ((items->flags & contiguous) && mmview_dtype_equal(items->dtype, emission->dtype))
        return put_read(emission, items, items, err);
    options.dtype = emission->dtype;
    options.order = emission->fortran_order ? MMVIEW_ORDER_F : MMVIEW_ORDER_C;
    options.casting = emission->casting;
    status = mmview_copy_new(items, &options, &copy, err);
    if (status < 0)
        return status;
    status = put_read(emission, items, copy, err);
    mmview_array_unref(copy);
    return status;
}

/* Parts of the axis that varies slowest, in order. */
static int put_parts(const struct mmv_emission *emission, struct mmview_array *items,
                     struct mmview_error *err)
{
    int axis = emission->fortran_order ? items->ndim - 1 : 0;
    mmview_intp length = items->dims[axis], each = items->nbytes / length;
    mmview_intp step = each < BLOCK ? BLOCK / each : 1;

    for (mmview_intp first = 0; first < length; first += step) {
        struct mmview_array *part;
        mmview_intp end = step < length - first ? first + step : length;
        int status = mmview_view_slice(items, axis, MMVIEW_INDEX_START | MMVIEW_INDEX_STOP, first,
                                       end, 1, &part, err);

        if (status < 0)
            return status;
        status = mmv_emit(emission, part, err);
        mmview_array_unref(part);
        if (status < 0)
            return status;
    }
    return MMVIEW_OK;
}

/* One of the slowest axis, without that axis. */
static int put_one(const struct mmv_emission *emission, struct mmview_array *items,
                   struct mmview_error *err)
{
    struct mmview_array *inner;
    int axis = emission->fortran_order ? items->ndim - 1 : 0;
    int status = mmview_view_squeeze(items, axis, &inner, err);

    if (status < 0)
        return status;
    status = mmv_emit(emission, inner, err);
    mmview_array_unref(inner);
    return status;
}

int mmv_emit(const struct mmv_emission *emission, struct mmview_array *items,
             struct mmview_error *err)
{
    int axis = emission->fortran_order ? items->ndim - 1 : 0;

    if (items->nbytes <= BLOCK || items->ndim == 0)
        return put_items(emission, items, err);
    return items->dims[axis] > 1 ? put_parts(emission, items, err) : put_one(emission, items, err);
}

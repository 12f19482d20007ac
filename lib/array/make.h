/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_ARRAY_MAKE_H
#define MMV_ARRAY_MAKE_H

#include "array/array.h"
#include "base/alloc.h"
#include "format/dtype.h"

/* How an array is made, be it the one that was opened or a view: it is begun, gets
 * its axes where they will stay, and is finished. */

/* Begins an array, in its one allocation; NULL if there is no memory. It has ndim;
 * the caller sets source, map, dtype, data, order, in flags MMVIEW_WRITEABLE, and the
 * axes. All is borrowed until the array is finished: to give it up takes mmv_free(). */
static inline struct mmview_array *mmv_array_begin(int ndim)
{
    struct mmview_array *array = mmv_alloc(sizeof *array + 2 * (size_t)ndim * sizeof *array->dims);

    if (array)
        array->ndim = ndim;
    return array;
}

static inline void mmv_array_set_axis(struct mmview_array *array, int axis, mmview_intp length,
                                      mmview_intp stride)
{
    array->dims[axis] = length;
    array->dims[array->ndim + axis] = stride;
}

/* Gives an array that was begun the axes of a layout, and its contiguity; if that is
 * none, it will be what the strides say. */
void mmv_array_lay_out(struct mmview_array *array, const struct mmv_layout *layout);

/* MMVIEW_EOVERFLOW: the bytes of a view can not be counted. */
int mmv_array_too_big(struct mmview_error *err);

/* Measures an array that was begun, takes the references and delivers it; or frees
 * it. mmv_array_too_big(), or MMVIEW_EINTERNAL if not all of its items are inside the
 * map. */
int mmv_array_finish(struct mmview_array *array, struct mmview_array **out,
                     struct mmview_error *err);

/* The same, for where a call is too much: in indexing, which programs do in loops. */
static inline int mmv_array_finish_inline(struct mmview_array *array, struct mmview_array **out,
                                          struct mmview_error *err)
{
    const struct mmview_dtype *dtype = array->dtype;
    int flags = array->flags;
    struct mmv_measure measure;

    if (mmv_layout_measure(array->ndim, array->dims, array->dims + array->ndim, dtype->itemsize,
                           &measure)) {
        mmv_free(array);
        return mmv_array_too_big(err);
    }
    /* An array without items has an address all the same, and indexing moves it
     * as it moves any other: where to does not matter. */
    if (measure.size ? !mmv_map_holds(array->map, array->data, measure.below, measure.above)
                     : !array->data) {
        mmv_free(array);
        return mmv_fail(err, MMVIEW_EINTERNAL, "an array outside its map");
    }
    if (!(flags & (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS)))
        flags |= measure.contiguity;
    if (measure.size == 0 ||
        (((uintptr_t)array->data | measure.steps) & ((uintptr_t)dtype->alignment - 1)) == 0)
        flags |= MMVIEW_ALIGNED;
    mmv_refcount_init(&array->refs);
    mmv_refcount_up(&array->source->refs);
    if (dtype != array->source->dtype)
        mmview_dtype_ref(dtype);
    array->itemsize = dtype->itemsize;
    array->size = measure.size;
    array->nbytes = measure.nbytes;
    array->flags = flags;
    *out = array;
    return MMVIEW_OK;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "array/array.h"

#include <string.h>

#include <mmview/dtype.h>

#include "base/alloc.h"
#include "base/checked.h"

/* The address of byte `offset` of the file, NULL if an item would be outside
 * the map. An array without items has an address all the same, and indexing
 * moves it as it moves any other: where to does not matter. */
static unsigned char *first_element(const struct mmv_map *map, const struct mmv_layout *layout,
                                    uint64_t offset)
{
    mmview_intp below, above;
    unsigned char *lowest;

    if (layout->size == 0)
        return (unsigned char *)((uintptr_t)map->base + (uintptr_t)(offset - map->start));
    if (!mmv_layout_span(layout->ndim, layout->shape, layout->strides, layout->itemsize, &below,
                         &above) ||
        (uint64_t)below > offset)
        return NULL;
    lowest = mmv_map_at(map, offset - (uint64_t)below, (uint64_t)below + (uint64_t)above);
    return lowest ? lowest + below : NULL;
}

int mmv_array_new(struct mmv_map *map, const struct mmview_dtype *dtype,
                  const struct mmv_origin *origin, const struct mmv_layout *layout, uint64_t offset,
                  bool writeable, struct mmview_array **out, struct mmview_error *err)
{
    size_t dims_size = (size_t)layout->ndim * sizeof *layout->shape;
    struct mmview_array *array;
    unsigned char *first = first_element(map, layout, offset);

    if (!first)
        return mmv_fail(err, MMVIEW_EINTERNAL, "an array outside its map");

    array = mmv_alloc(sizeof *array + 2 * dims_size);
    if (!array)
        return mmv_fail_nomem(err);
    atomic_init(&array->refs, 1);
    array->map = mmv_map_ref(map);
    array->dtype = mmview_dtype_ref(dtype);
    array->data = first;
    array->origin = *origin;
    array->itemsize = layout->itemsize;
    array->size = layout->size;
    array->nbytes = layout->nbytes;
    array->ndim = layout->ndim;
    array->order = layout->order;
    memcpy(array->dims, layout->shape, dims_size);
    memcpy(array->dims + layout->ndim, layout->strides, dims_size);

    array->flags = layout->contiguity;
    if (mmv_layout_aligned(layout->ndim, layout->shape, layout->strides, (uintptr_t)array->data,
                           mmview_dtype_alignment(dtype)))
        array->flags |= MMVIEW_ALIGNED;
    if (writeable)
        array->flags |= MMVIEW_WRITEABLE;
    *out = array;
    return MMVIEW_OK;
}

struct mmview_array *mmview_array_ref(struct mmview_array *array)
{
    atomic_fetch_add_explicit(&array->refs, 1, memory_order_relaxed);
    return array;
}

void mmview_array_unref(struct mmview_array *array)
{
    if (!array || atomic_fetch_sub_explicit(&array->refs, 1, memory_order_acq_rel) > 1)
        return;
    mmv_map_unref(array->map);
    mmview_dtype_unref(array->dtype);
    mmv_free(array);
}

void *mmview_array_data(const struct mmview_array *array)
{
    return array->data;
}

int mmview_array_ndim(const struct mmview_array *array)
{
    return array->ndim;
}

const mmview_intp *mmview_array_shape(const struct mmview_array *array)
{
    return array->dims;
}

const mmview_intp *mmview_array_strides(const struct mmview_array *array)
{
    return array->dims + array->ndim;
}

mmview_intp mmview_array_itemsize(const struct mmview_array *array)
{
    return array->itemsize;
}

mmview_intp mmview_array_size(const struct mmview_array *array)
{
    return array->size;
}

mmview_intp mmview_array_nbytes(const struct mmview_array *array)
{
    return array->nbytes;
}

int mmview_array_flags(const struct mmview_array *array)
{
    return array->flags;
}

const struct mmview_dtype *mmview_array_dtype(const struct mmview_array *array)
{
    return array->dtype;
}

const char *mmview_array_filename(const struct mmview_array *array)
{
    return array->map->path;
}

uint64_t mmview_array_offset(const struct mmview_array *array)
{
    return array->map->start + ((uintptr_t)array->data - (uintptr_t)array->map->base);
}

enum mmview_mode mmview_array_mode(const struct mmview_array *array)
{
    return array->map->mode;
}

enum mmview_order mmview_array_order(const struct mmview_array *array)
{
    return (enum mmview_order)array->order;
}

enum mmview_format mmview_array_format(const struct mmview_array *array)
{
    return array->origin.format;
}

int mmview_array_version(const struct mmview_array *array)
{
    return array->origin.version;
}

uint64_t mmview_array_header_length(const struct mmview_array *array)
{
    return array->origin.header_length;
}

uint64_t mmview_array_data_offset(const struct mmview_array *array)
{
    return array->origin.data_offset;
}

uint64_t mmview_array_file_size(const struct mmview_array *array)
{
    return array->map->file_size;
}

uint64_t mmview_array_trailing_bytes(const struct mmview_array *array)
{
    return array->map->file_size - array->origin.data_end;
}

/* The bytes of the file that the elements occupy, gaps included. They were
 * found to be inside the map when the array was made. */
static void occupied(const struct mmview_array *array, uint64_t *offset, uint64_t *length)
{
    mmview_intp below = 0, above = 0;

    mmv_layout_span(array->ndim, array->dims, array->dims + array->ndim, array->itemsize, &below,
                    &above);
    *offset = mmview_array_offset(array) - (uint64_t)below;
    *length = (uint64_t)below + (uint64_t)above;
}

int mmview_array_flush(struct mmview_array *array, int flags, struct mmview_error *err)
{
    uint64_t offset, length;

    if (flags != MMVIEW_FLUSH_SYNC && flags != MMVIEW_FLUSH_ASYNC)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown flush flags %#x", (unsigned)flags);
    occupied(array, &offset, &length);
    return mmv_map_sync(array->map, offset, length, flags == MMVIEW_FLUSH_ASYNC, err);
}

int mmview_array_advise(struct mmview_array *array, enum mmview_advice advice,
                        struct mmview_error *err)
{
    uint64_t offset, length;

    occupied(array, &offset, &length);
    return mmv_map_advise(array->map, offset, length, advice, err);
}

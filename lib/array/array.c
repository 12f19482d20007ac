/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "array/make.h"

static struct mmv_source *new_source(struct mmv_map *map, const struct mmview_dtype *dtype,
                                     const struct mmv_origin *origin)
{
    struct mmv_source *source = mmv_alloc(sizeof *source);

    if (!source)
        return NULL;
    mmv_refcount_init(&source->refs);
    source->map = mmv_map_ref(map);
    source->dtype = mmview_dtype_ref(dtype);
    source->origin = *origin;
    return source;
}

static void unref_source(struct mmv_source *source)
{
    if (!source || !mmv_refcount_down(&source->refs))
        return;
    mmv_map_unref(source->map);
    mmview_dtype_unref(source->dtype);
    mmv_free(source);
}

void mmv_array_lay_out(struct mmview_array *array, const struct mmv_layout *layout)
{
    for (int i = 0; i < layout->ndim; i++)
        mmv_array_set_axis(array, i, layout->shape[i], layout->strides[i]);
    array->flags |= layout->contiguity;
}

int mmv_array_too_big(struct mmview_error *err)
{
    return mmv_fail(err, MMVIEW_EOVERFLOW, "the view has more bytes than can be counted");
}

int mmv_array_finish(struct mmview_array *array, struct mmview_array **out,
                     struct mmview_error *err)
{
    return mmv_array_finish_inline(array, out, err);
}

int mmv_array_new(struct mmv_map *map, const struct mmview_dtype *dtype,
                  const struct mmv_origin *origin, const struct mmv_layout *layout, uint64_t offset,
                  bool writeable, struct mmview_array **out, struct mmview_error *err)
{
    unsigned char *data = mmv_map_at(map, offset, (uint64_t)layout->nbytes);
    struct mmview_array *array = NULL;
    struct mmv_source *source;
    int status;

    if (!data)
        return mmv_fail(err, MMVIEW_EINTERNAL, "an array outside its map");
    source = new_source(map, dtype, origin);
    if (source)
        array = mmv_array_begin(layout->ndim);
    if (array) {
        array->source = source;
        array->map = map;
        array->dtype = dtype;
        array->data = data;
        array->order = layout->order;
        array->flags = writeable ? MMVIEW_WRITEABLE : 0;
        mmv_array_lay_out(array, layout);
        status = mmv_array_finish(array, out, err);
    } else {
        status = mmv_fail_nomem(err);
    }
    unref_source(source);
    return status;
}

struct mmview_array *mmview_array_ref(struct mmview_array *array)
{
    mmv_refcount_up(&array->refs);
    return array;
}

void mmview_array_unref(struct mmview_array *array)
{
    if (!array || !mmv_refcount_down(&array->refs))
        return;
    if (array->dtype != array->source->dtype)
        mmview_dtype_unref((struct mmview_dtype *)(uintptr_t)array->dtype);
    unref_source(array->source);
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
    return array->source->origin.format;
}

int mmview_array_version(const struct mmview_array *array)
{
    return array->source->origin.version;
}

uint64_t mmview_array_header_length(const struct mmview_array *array)
{
    return array->source->origin.header_length;
}

uint64_t mmview_array_data_offset(const struct mmview_array *array)
{
    return array->source->origin.data_offset;
}

uint64_t mmview_array_file_size(const struct mmview_array *array)
{
    return array->map->file_size;
}

uint64_t mmview_array_trailing_bytes(const struct mmview_array *array)
{
    const struct mmv_origin *origin = &array->source->origin;

    return (origin->end ? origin->end : array->map->file_size) - origin->data_end;
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

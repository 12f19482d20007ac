/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Arrays as rows: items of any layout and dtype, in the order of the file. */
#include <mmview/copy.h>
#include <mmview/dtype.h>
#include <mmview/view.h>

#include "array/array.h"
#include "io/writer.h"

/* What is converted at a time: it stays in the cache of the second level. */
#define BLOCK ((mmview_intp)1 << 19)

/* An array of the file's dimensions is several rows, one without the axis that grows
 * is one. */
static int check_shape(const struct mmview_writer *writer, const struct mmview_array *rows,
                       struct mmview_error *err)
{
    bool one = rows->ndim == writer->facts.ndim - 1;

    if (!one && rows->ndim != writer->facts.ndim)
        return mmv_fail(err, MMVIEW_EDIMS, "an array of %d dimensions is no rows of a file of %d",
                        rows->ndim, writer->facts.ndim);
    for (int i = 0, j = 0; i < writer->facts.ndim; i++) {
        if (i != writer->axis && rows->dims[j] != writer->shape[i])
            return mmv_fail(err, MMVIEW_EDIMS, "axis %d has the length %lld, and in the file %lld",
                            j, (long long)rows->dims[j], (long long)writer->shape[i]);
        j += !(one && i == writer->axis);
    }
    return MMVIEW_OK;
}

/* Items that lie as they will in the file, or a copy that does. */
static int put_items(struct mmview_writer *writer, struct mmview_array *items,
                     struct mmview_error *err)
{
    int contiguous = writer->facts.fortran_order ? MMVIEW_F_CONTIGUOUS : MMVIEW_C_CONTIGUOUS;
    struct mmview_copy_options options = MMVIEW_COPY_OPTIONS_INIT;
    struct mmview_array *copy;
    int status;

    if ((items->flags & contiguous) && mmview_dtype_equal(items->dtype, writer->dtype))
        return mmview_writer_put(writer, items->data, (size_t)items->nbytes, err);
    options.dtype = writer->dtype;
    options.order = writer->facts.fortran_order ? MMVIEW_ORDER_F : MMVIEW_ORDER_C;
    options.casting = MMVIEW_CASTING_SAFE;
    status = mmview_copy_new(items, &options, &copy, err);
    if (status < 0)
        return status;
    status = mmview_writer_put(writer, copy->data, (size_t)copy->nbytes, err);
    mmview_array_unref(copy);
    return status;
}

static int put_block(struct mmview_writer *writer, struct mmview_array *items,
                     struct mmview_error *err);

/* Parts of the axis that varies slowest, in order. */
static int put_parts(struct mmview_writer *writer, struct mmview_array *items,
                     struct mmview_error *err)
{
    int axis = writer->facts.fortran_order ? items->ndim - 1 : 0;
    mmview_intp length = items->dims[axis], each = items->nbytes / length;
    mmview_intp step = each < BLOCK ? BLOCK / each : 1;

    for (mmview_intp first = 0; first < length; first += step) {
        struct mmview_array *part;
        mmview_intp end = step < length - first ? first + step : length;
        int status = mmview_view_slice(items, axis, MMVIEW_INDEX_START | MMVIEW_INDEX_STOP, first,
                                       end, 1, &part, err);

        if (status < 0)
            return status;
        status = put_block(writer, part, err);
        mmview_array_unref(part);
        if (status < 0)
            return status;
    }
    return MMVIEW_OK;
}

/* One of the slowest axis, without that axis. */
static int put_one(struct mmview_writer *writer, struct mmview_array *items,
                   struct mmview_error *err)
{
    struct mmview_array *inner;
    int axis = writer->facts.fortran_order ? items->ndim - 1 : 0;
    int status = mmview_view_squeeze(items, axis, &inner, err);

    if (status < 0)
        return status;
    status = put_block(writer, inner, err);
    mmview_array_unref(inner);
    return status;
}

static int put_block(struct mmview_writer *writer, struct mmview_array *items,
                     struct mmview_error *err)
{
    int axis = writer->facts.fortran_order ? items->ndim - 1 : 0;

    if (items->nbytes <= BLOCK || items->ndim == 0)
        return put_items(writer, items, err);
    return items->dims[axis] > 1 ? put_parts(writer, items, err) : put_one(writer, items, err);
}

int mmview_writer_write(struct mmview_writer *writer, struct mmview_array *rows,
                        struct mmview_error *err)
{
    mmview_intp count;
    int status;

    if (!rows)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = check_shape(writer, rows, err);
    if (status == MMVIEW_OK && !mmview_can_cast(rows->dtype, writer->dtype, MMVIEW_CASTING_SAFE)) {
        char from[64], to[64];

        mmview_dtype_name(rows->dtype, from, sizeof from);
        mmview_dtype_name(writer->dtype, to, sizeof to);
        return mmv_fail(err, MMVIEW_ETYPE, "%s can not be had as %s without a loss", from, to);
    }
    if (status < 0)
        return status;
    if (rows->nbytes > 0)
        return put_block(writer, rows, err);
    /* Rows without bytes are counted, no more. */
    count = rows->ndim == writer->facts.ndim ? rows->dims[writer->axis] : 1;
    return writer->row_nbytes == 0 ? mmv_writer_count_rows(writer, count, err) : MMVIEW_OK;
}

int mmview_append(const char *path, struct mmview_array *rows,
                  const struct mmview_writer_options *options, struct mmview_error *err)
{
    struct mmview_writer *writer;
    int status = mmview_writer_append(path, options, &writer, err);

    if (status < 0)
        return status;
    status = mmview_writer_write(writer, rows, err);
    if (status == MMVIEW_OK)
        return mmview_writer_finish(writer, err);
    mmview_writer_cancel(writer);
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include "array/view.h"
#include "base/alloc.h"
#include "base/error.h"
#include "format/dtype.h"
#include "ops/move.h"
#include "ops/vector.h"

/* Lanes along an axis that is not the innermost lie across each other: of a row of
 * memory each has an item. So some of them are looked at together, some rows at a
 * time, which are gathered lane by lane in a buffer that stays in the cache. */
#define MOST_LANES ((mmview_intp)64)
#define MOST_ROWS  ((mmview_intp)256)

/* Lanes in the buffer are so many bytes further apart than they are long: at powers
 * of two they would push each other out of the cache. */
#define GAP ((mmview_intp)64)

struct lanes {
    const struct mmview_array *array;
    struct mmv_stats_work *work;
    mmview_intp length, stride; /* of the axis */
    int swapped;

    /* The other axes. A group of lanes is along the innermost of them. */
    int ndim;
    mmview_intp shape[MMVIEW_MAXDIMS], strides[MMVIEW_MAXDIMS];

    unsigned char *buffer;   /* NULL: each lane is read where it lies */
    mmv_move_function *move; /* that turns items round; NULL: they are gathered */
    mmview_intp rows;        /* that the buffer holds */
    mmview_intp pitch;       /* bytes from one lane to the next in it */
};

static const unsigned char *start_of(const struct lanes *lanes, mmview_intp lane)
{
    const unsigned char *start = lanes->array->data;

    for (int i = lanes->ndim - 1; i >= 0; i--) {
        start += lane % lanes->shape[i] * lanes->strides[i];
        lane /= lanes->shape[i];
    }
    return start;
}

static mmview_intp least(mmview_intp a, mmview_intp b)
{
    return a < b ? a : b;
}

static uintptr_t magnitude(mmview_intp a)
{
    return a < 0 ? -(uintptr_t)a : (uintptr_t)a;
}

static void look_where_it_lies(const struct lanes *lanes, const unsigned char *items,
                               struct mmview_statistics *out)
{
    mmview_intp count;

    for (mmview_intp row = 0; row < lanes->length; row += count) {
        count = least(lanes->length - row, (mmview_intp)MMV_SUMS_MOST);
        mmv_stats_add(lanes->work, items + row * lanes->array->itemsize, (size_t)count, row, out);
    }
}

/* Items that vectors can turn round. */
static void transpose(const struct lanes *lanes, const unsigned char *from, mmview_intp rows,
                      mmview_intp count, mmview_intp across)
{
    const struct mmv_rectangle rectangle = {
        .rows = count,
        .columns = rows,
        .dst_row = lanes->pitch,
        .dst_column = lanes->array->itemsize,
        .src_row = across,
        .src_column = lanes->stride,
    };

    lanes->move(lanes->array->itemsize == 4 ? MMV_MOVE_4 : MMV_MOVE_8, lanes->buffer, from,
                &rectangle);
}

static void gather(const struct lanes *lanes, const unsigned char *from, mmview_intp rows,
                   mmview_intp count, mmview_intp across)
{
    mmview_intp itemsize = lanes->array->itemsize;

    if (magnitude(across) < magnitude(lanes->stride))
        for (mmview_intp i = 0; i < rows; i++)
            mmv_gather(lanes->buffer + i * itemsize, from + i * lanes->stride, count, across,
                       lanes->pitch, itemsize, lanes->swapped);
    else
        for (mmview_intp i = 0; i < count; i++)
            mmv_gather(lanes->buffer + i * lanes->pitch, from + i * across, rows, lanes->stride,
                       itemsize, itemsize, lanes->swapped);
}

/* Lanes whose first items are `across` bytes apart. */
static void look_at_group(const struct lanes *lanes, const unsigned char *items, mmview_intp count,
                          mmview_intp across, struct mmview_statistics *out)
{
    mmview_intp rows;

    for (mmview_intp row = 0; row < lanes->length; row += rows) {
        const unsigned char *from = items + row * lanes->stride;

        rows = least(lanes->length - row, lanes->rows);
        if (lanes->move)
            transpose(lanes, from, rows, count, across);
        else
            gather(lanes, from, rows, count, across);
        for (mmview_intp i = 0; i < count; i++)
            mmv_stats_add(lanes->work, lanes->buffer + i * lanes->pitch, (size_t)rows, row,
                          &out[i]);
    }
}

static void look_at_lanes(const struct lanes *lanes, mmview_intp first, mmview_intp count,
                          struct mmview_statistics *out)
{
    int last = lanes->ndim - 1;
    mmview_intp length = last < 0 ? 1 : lanes->shape[last];
    mmview_intp across = last < 0 ? 0 : lanes->strides[last], group;

    for (mmview_intp i = 0; i < count; i++)
        mmv_stats_start(&out[i], lanes->work);
    for (; lanes->length > 0 && count > 0; count -= group, first += group, out += group) {
        const unsigned char *items = start_of(lanes, first);

        group = least(least(length - first % length, count), MOST_LANES);
        if (lanes->buffer) {
            look_at_group(lanes, items, group, across, out);
        } else {
            for (mmview_intp i = 0; i < group; i++)
                look_where_it_lies(lanes, items + i * across, &out[i]);
        }
    }
}

static void take_axes(struct lanes *lanes, int axis)
{
    const struct mmview_array *array = lanes->array;
    const mmview_intp *shape = array->dims, *strides = shape + array->ndim;

    for (int i = 0; i < array->ndim; i++)
        if (i != axis) {
            lanes->shape[lanes->ndim] = shape[i];
            lanes->strides[lanes->ndim++] = strides[i];
        }
    lanes->length = shape[axis];
    lanes->stride = strides[axis];
}

static mmview_intp count_lanes(const struct lanes *lanes)
{
    mmview_intp count = 1;

    for (int i = 0; i < lanes->ndim; i++)
        count *= lanes->shape[i];
    return count;
}

static int make_buffer(struct lanes *lanes, struct mmview_error *err)
{
    const struct mmview_array *array = lanes->array;

    lanes->swapped = mmv_reader_swapped(array->dtype);
    if (lanes->swapped == 0 && (array->flags & MMVIEW_ALIGNED) &&
        (lanes->length == 1 || lanes->stride == array->itemsize))
        return MMVIEW_OK;
    lanes->rows = least(lanes->length, MOST_ROWS);
    lanes->pitch = (lanes->rows * array->itemsize + GAP - 1) / GAP * GAP + GAP;
    lanes->buffer = mmv_alloc((size_t)(lanes->pitch * MOST_LANES));
    if (!lanes->buffer)
        return mmv_fail_nomem(err);
    if (lanes->swapped == 0 && (array->itemsize == 4 || array->itemsize == 8) && lanes->ndim > 0 &&
        lanes->strides[lanes->ndim - 1] == array->itemsize)
        lanes->move = mmv_vector_avx2() ? mmv_move_avx2 : mmv_move_plain;
    return MMVIEW_OK;
}

int mmview_stats_lanes(const struct mmview_array *array, int axis, mmview_intp first,
                       mmview_intp count, const struct mmview_stats_options *options,
                       struct mmview_statistics *out, struct mmview_error *err)
{
    struct mmview_stats_options known = MMVIEW_STATS_OPTIONS_INIT;
    struct lanes lanes = {.array = array};
    mmview_intp there;
    int status;

    if (!array || (!out && count > 0))
        return mmv_fail(err, MMVIEW_EINVAL, "no array, or nowhere to put its statistics");
    status = mmv_stats_options(&known, options, err);
    if (status == MMVIEW_OK && known.parts > 0)
        status = mmv_fail(err, MMVIEW_EINVAL, "lanes are not looked at in parts");
    if (status == MMVIEW_OK)
        status = mmv_view_axis("", axis, array->ndim, &axis, err);
    if (status == MMVIEW_OK)
        status = mmv_stats_begin(&lanes.work, array->dtype, &known, err);
    if (status < 0)
        return status;
    take_axes(&lanes, axis);
    there = count_lanes(&lanes);
    if (first < 0 || count < 0 || first > there || count > there - first)
        status = mmv_fail(err, MMVIEW_EINDEX, "%jd lanes from %jd on: there are %jd",
                          (intmax_t)count, (intmax_t)first, (intmax_t)there);
    if (status == MMVIEW_OK)
        status = make_buffer(&lanes, err);
    if (status == MMVIEW_OK) {
        look_at_lanes(&lanes, first, count, out);
        for (mmview_intp i = 0; i < count; i++)
            mmv_stats_finish(&out[i]);
    }
    mmv_free(lanes.buffer);
    mmv_stats_end(lanes.work);
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Basic indexing. */
#include "array/view.h"

/* From the axes of an array to those of a view that was begun: which are next. A
 * pointer is to the length; the stride is as many places behind it as there are axes. */
struct walk {
    const struct mmview_array *array;
    struct mmview_array *view;
    const mmview_intp *from;
    mmview_intp *to;
};

static inline void put_axis(struct walk *walk, mmview_intp length, mmview_intp stride)
{
    walk->to[0] = length;
    walk->to[walk->view->ndim] = stride;
    walk->to++;
}

/* Out of the way of what is indexed more often. */
static __attribute__((noinline)) void copy_axes(const mmview_intp *from, int from_ndim,
                                                mmview_intp *to, int to_ndim, int count)
{
    for (int i = 0; i < count; i++) {
        to[i] = from[i];
        to[to_ndim + i] = from[from_ndim + i];
    }
}

static inline void keep_axes(struct walk *walk, int count)
{
    if (count == 0)
        return;
    copy_axes(walk->from, walk->array->ndim, walk->to, walk->view->ndim, count);
    walk->from += count;
    walk->to += count;
}

static inline int take_int(struct walk *walk, mmview_intp index, struct mmview_error *err)
{
    mmview_intp length = walk->from[0];

    if (index < -length || index >= length)
        return mmv_fail(err, MMVIEW_EINDEX,
                        "index %lld is out of bounds for axis %d with size %lld", (long long)index,
                        (int)(walk->from - walk->array->dims), (long long)length);
    mmv_view_move(walk->view, index < 0 ? index + length : index, walk->from[walk->array->ndim]);
    walk->from++;
    return MMVIEW_OK;
}

/* One end of a slice, cut to the places from low to high as Python does. */
static inline mmview_intp clamp(mmview_intp place, mmview_intp length, mmview_intp low,
                                mmview_intp high)
{
    if (place < 0)
        place += length;
    return place < low ? low : place > high ? high : place;
}

static inline int take_slice(struct walk *walk, const struct mmview_index *item,
                             struct mmview_error *err)
{
    mmview_intp length = walk->from[0], stride = walk->from[walk->array->ndim];
    mmview_intp step = item->given & MMVIEW_INDEX_STEP ? item->step : 1;
    mmview_intp low = 0, high = length, start = low, stop = high, count;

    if (step <= 0) {
        if (step == 0)
            return mmv_fail(err, MMVIEW_EINDEX, "slice step cannot be zero");
        if (step == INTPTR_MIN)
            step = -INTPTR_MAX; /* as Python does, so that it can be negated */
        start = high = length - 1;
        stop = low = -1;
    }
    if (item->given & MMVIEW_INDEX_START)
        start = clamp(item->start, length, low, high);
    if (item->given & MMVIEW_INDEX_STOP)
        stop = clamp(item->stop, length, low, high);
    walk->from++;

    count = step < 0 ? start - stop : stop - start;
    if (count <= 0) { /* Nothing taken: NumPy leaves offset and stride alone. */
        put_axis(walk, 0, stride);
        return MMVIEW_OK;
    }
    mmv_view_move(walk->view, start, stride);
    if (step != 1) { /* a division is the slowest thing here */
        count = (count - 1) / (step < 0 ? -step : step) + 1;
        stride = mmv_wrap_mul(stride, step);
    }
    put_axis(walk, count, stride);
    return MMVIEW_OK;
}

/* Counts the axes that the items do not speak of and those of the view, and finds
 * what can not be. */
static inline int check_items(const struct mmview_array *array, const struct mmview_index *items,
                              size_t count, int *whole, int *ndim, struct mmview_error *err)
{
    size_t have = (size_t)array->ndim, ints = 0, added = 0, ellipses = 0, used, made;

    for (size_t i = 0; i < count; i++) {
        const struct mmview_index *item = &items[i];

        if (item->kind == MMVIEW_INDEX_SLICE) {
            if (item->given & ~7)
                return mmv_fail(err, MMVIEW_EINVAL, "a slice with unknown parts");
            continue;
        }
        switch (item->kind) {
        case MMVIEW_INDEX_INT: ints++; break;
        case MMVIEW_INDEX_NEWAXIS: added++; break;
        case MMVIEW_INDEX_ELLIPSIS: ellipses++; break;
        default: return mmv_fail(err, MMVIEW_EINVAL, "an index of unknown kind %d", item->kind);
        }
    }
    if (ellipses > 1)
        return mmv_fail(err, MMVIEW_EINDEX, "an index can only have a single ellipsis ('...')");
    used = count - added - ellipses;
    if (used > have)
        return mmv_fail(err, MMVIEW_EINDEX,
                        "too many indices for array: array is %d-dimensional, but %zu were indexed",
                        array->ndim, used);
    made = have - ints + added;
    if (made > MMVIEW_MAXDIMS)
        return mmv_fail(err, MMVIEW_EINDEX,
                        "number of dimensions must be within [0, %d], indexing result would have "
                        "%zu",
                        MMVIEW_MAXDIMS, made);
    *whole = (int)(have - used);
    *ndim = (int)made;
    return MMVIEW_OK;
}

int mmview_view_index(struct mmview_array *array, const struct mmview_index *items, size_t count,
                      struct mmview_array **out, struct mmview_error *err)
{
    struct walk walk = {.array = array};
    int whole = 0, ndim = 0;
    int rc = check_items(array, items, count, &whole, &ndim, err);

    if (rc < 0)
        return rc;
    walk.view = mmv_view_begin(array, ndim);
    if (!walk.view)
        return mmv_fail_nomem(err);
    walk.from = array->dims;
    walk.to = walk.view->dims;
    for (size_t i = 0; i < count; i++) {
        const struct mmview_index *item = &items[i];

        switch (item->kind) {
        case MMVIEW_INDEX_INT: rc = take_int(&walk, item->start, err); break;
        case MMVIEW_INDEX_SLICE: rc = take_slice(&walk, item, err); break;
        case MMVIEW_INDEX_NEWAXIS: put_axis(&walk, 1, 0); break;
        default:
            keep_axes(&walk, whole);
            whole = 0;
            break;
        }
        if (rc < 0) {
            mmv_free(walk.view);
            return rc;
        }
    }
    keep_axes(&walk, whole); /* without an ellipsis one is at the end */
    return mmv_array_finish_inline(walk.view, out, err);
}

int mmview_view_slice(struct mmview_array *array, int axis, int given, mmview_intp start,
                      mmview_intp stop, mmview_intp step, struct mmview_array **out,
                      struct mmview_error *err)
{
    struct mmview_index items[MMVIEW_MAXDIMS];
    int rc = mmv_view_axis("", axis, array->ndim, &axis, err);

    if (rc < 0)
        return rc;
    for (int i = 0; i < axis; i++)
        items[i] = (struct mmview_index){.kind = MMVIEW_INDEX_SLICE};
    items[axis] = (struct mmview_index){MMVIEW_INDEX_SLICE, given, start, stop, step};
    return mmview_view_index(array, items, (size_t)axis + 1, out, err);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Basic indexing. */
#include "array/view.h"

/* Where an axis is: which one of the source is next. */
struct walk {
    const struct mmview_array *source;
    struct mmv_view *view;
    int axis;
};

static void keep_axes(struct walk *walk, int count)
{
    for (; count > 0; count--, walk->axis++)
        mmv_view_push(walk->view, walk->source->dims[walk->axis],
                      walk->source->dims[walk->source->ndim + walk->axis]);
}

static void move(struct walk *walk, mmview_intp places, mmview_intp stride)
{
    walk->view->shift = mmv_wrap_add(walk->view->shift, mmv_wrap_mul(places, stride));
}

static int take_int(struct walk *walk, mmview_intp index, struct mmview_error *err)
{
    mmview_intp length = walk->source->dims[walk->axis];
    mmview_intp stride = walk->source->dims[walk->source->ndim + walk->axis];

    if (index < -length || index >= length)
        return mmv_fail(err, MMVIEW_EINDEX,
                        "index %lld is out of bounds for axis %d with size %lld", (long long)index,
                        walk->axis, (long long)length);
    move(walk, index < 0 ? index + length : index, stride);
    walk->axis++;
    return MMVIEW_OK;
}

/* One end of a slice, cut to the axis as Python does. */
static mmview_intp clamp(mmview_intp place, mmview_intp length, bool backwards)
{
    mmview_intp low = backwards ? -1 : 0;
    mmview_intp high = backwards ? length - 1 : length;

    if (place < 0)
        place = place < -length ? low : place + length;
    return place > high ? high : place < low ? low : place;
}

static int take_slice(struct walk *walk, const struct mmview_index *item, struct mmview_error *err)
{
    mmview_intp length = walk->source->dims[walk->axis];
    mmview_intp stride = walk->source->dims[walk->source->ndim + walk->axis];
    mmview_intp step = item->given & MMVIEW_INDEX_STEP ? item->step : 1;
    bool backwards = step < 0;
    mmview_intp start = backwards ? length - 1 : 0;
    mmview_intp stop = backwards ? -1 : length;
    uintptr_t count, pace;

    if (step == 0)
        return mmv_fail(err, MMVIEW_EINDEX, "slice step cannot be zero");
    if (step == INTPTR_MIN)
        step = -INTPTR_MAX; /* as Python does, so that it can be negated */
    if (item->given & MMVIEW_INDEX_START)
        start = clamp(item->start, length, backwards);
    if (item->given & MMVIEW_INDEX_STOP)
        stop = clamp(item->stop, length, backwards);
    walk->axis++;

    /* Nothing taken: NumPy leaves offset and stride alone. */
    if (backwards ? start <= stop : start >= stop) {
        mmv_view_push(walk->view, 0, stride);
        return MMVIEW_OK;
    }
    pace = backwards ? 0 - (uintptr_t)step : (uintptr_t)step;
    count = backwards ? (uintptr_t)start - (uintptr_t)stop : (uintptr_t)stop - (uintptr_t)start;
    if (pace > 1) /* a division is the slowest thing here */
        count = (count - 1) / pace + 1;
    move(walk, start, stride);
    mmv_view_push(walk->view, (mmview_intp)count, mmv_wrap_mul(stride, step));
    return MMVIEW_OK;
}

/* Counts what the items take and make, and finds what can not be. */
static int check_items(const struct mmview_array *array, const struct mmview_index *items,
                       size_t count, int *whole, struct mmview_error *err)
{
    size_t used = 0, made = 0, kept, ellipses = 0;

    for (size_t i = 0; i < count; i++) {
        switch (items[i].kind) {
        case MMVIEW_INDEX_INT: used++; break;
        case MMVIEW_INDEX_SLICE:
            if (items[i].given & ~7)
                return mmv_fail(err, MMVIEW_EINVAL, "a slice with unknown parts");
            used++;
            made++;
            break;
        case MMVIEW_INDEX_NEWAXIS: made++; break;
        case MMVIEW_INDEX_ELLIPSIS: ellipses++; break;
        default: return mmv_fail(err, MMVIEW_EINVAL, "an index of unknown kind %d", items[i].kind);
        }
    }
    if (ellipses > 1)
        return mmv_fail(err, MMVIEW_EINDEX, "an index can only have a single ellipsis ('...')");
    if (used > (size_t)array->ndim)
        return mmv_fail(err, MMVIEW_EINDEX,
                        "too many indices for array: array is %d-dimensional, but %zu were indexed",
                        array->ndim, used);
    kept = (size_t)array->ndim - used;
    if (made + kept > MMVIEW_MAXDIMS)
        return mmv_fail(err, MMVIEW_EINDEX,
                        "number of dimensions must be within [0, %d], indexing result would have "
                        "%zu",
                        MMVIEW_MAXDIMS, made + kept);
    *whole = (int)kept;
    return MMVIEW_OK;
}

int mmview_view_index(struct mmview_array *array, const struct mmview_index *items, size_t count,
                      struct mmview_array **out, struct mmview_error *err)
{
    struct mmv_view view;
    struct walk walk = {array, &view, 0};
    int whole = 0;
    int rc = check_items(array, items, count, &whole, err);

    if (rc < 0)
        return rc;
    mmv_view_start_empty(&view, array);
    for (size_t i = 0; i < count && rc >= 0; i++) {
        switch (items[i].kind) {
        case MMVIEW_INDEX_INT: rc = take_int(&walk, items[i].start, err); break;
        case MMVIEW_INDEX_SLICE: rc = take_slice(&walk, &items[i], err); break;
        case MMVIEW_INDEX_NEWAXIS: mmv_view_push(&view, 1, 0); break;
        default: keep_axes(&walk, whole); break;
        }
    }
    if (rc < 0)
        return rc;
    keep_axes(&walk, array->ndim - walk.axis); /* without an ellipsis one is at the end */
    return mmv_view_finish(&view, out, err);
}

int mmview_view_slice(struct mmview_array *array, int axis, int given, mmview_intp start,
                      mmview_intp stop, mmview_intp step, struct mmview_array **out,
                      struct mmview_error *err)
{
    struct mmview_index items[MMVIEW_MAXDIMS] = {{0}};
    int rc = mmv_view_axis("", axis, array->ndim, &axis, err);

    if (rc < 0)
        return rc;
    for (int i = 0; i <= axis; i++)
        items[i].kind = MMVIEW_INDEX_SLICE;
    items[axis] = (struct mmview_index){MMVIEW_INDEX_SLICE, given, start, stop, step};
    return mmview_view_index(array, items, (size_t)axis + 1, out, err);
}

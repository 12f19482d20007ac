/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "array/view.h"

#include <string.h>

#include "base/checked.h"
#include "base/strbuf.h"

void mmv_view_start(struct mmv_view *view, const struct mmview_array *source)
{
    size_t bytes = (size_t)source->ndim * sizeof *view->shape;

    view->source = source;
    view->dtype = source->dtype;
    view->ndim = source->ndim;
    view->writeable = source->flags & MMVIEW_WRITEABLE;
    view->fresh = false;
    view->order = source->order;
    view->shift = 0;
    memcpy(view->shape, source->dims, bytes);
    memcpy(view->strides, source->dims + source->ndim, bytes);
}

bool mmv_view_push(struct mmv_view *view, mmview_intp length, mmview_intp stride)
{
    if (view->ndim == MMVIEW_MAXDIMS)
        return false;
    view->shape[view->ndim] = length;
    view->strides[view->ndim++] = stride;
    return true;
}

int mmv_view_expand_subarray(struct mmv_view *view, struct mmview_error *err)
{
    const struct mmview_dtype *base;

    for (; (base = mmview_dtype_base(view->dtype)); view->dtype = base) {
        const mmview_intp *shape = mmview_dtype_shape(view->dtype);
        mmview_intp stride = mmview_dtype_itemsize(base);
        int first = view->ndim, ndim = mmview_dtype_ndim(view->dtype);

        for (int i = 0; i < ndim; i++)
            if (!mmv_view_push(view, shape[i], 0))
                return mmv_fail(err, MMVIEW_EINDEX, "number of dimensions must be within [0, %d]",
                                MMVIEW_MAXDIMS);
        /* The product is at most the sub-array's size, where no dim is 0. */
        for (int i = view->ndim - 1; i >= first; i--) {
            view->strides[i] = stride;
            stride = (mmview_intp)((uintptr_t)stride *
                                   (uintptr_t)(shape[i - first] ? shape[i - first] : 1));
        }
    }
    return MMVIEW_OK;
}

/* The number of items and of bytes; as NumPy, no size is too large where
 * items have no bytes. */
static int measure(struct mmv_layout *layout, struct mmview_error *err)
{
    layout->size = 1;
    for (int i = 0; i < layout->ndim; i++) {
        if (layout->shape[i] == 0) {
            layout->size = layout->nbytes = 0;
            return MMVIEW_OK;
        }
    }
    for (int i = 0; i < layout->ndim; i++) {
        if (mmv_mul_intp(layout->size, layout->shape[i], &layout->size))
            continue;
        if (layout->itemsize)
            return mmv_fail(err, MMVIEW_EOVERFLOW, "the view has more items than can be counted");
        layout->size = INTPTR_MAX;
        break;
    }
    if (!mmv_mul_intp(layout->size, layout->itemsize, &layout->nbytes))
        return mmv_fail(err, MMVIEW_EOVERFLOW, "the view has more bytes than can be counted");
    return MMVIEW_OK;
}

int mmv_view_finish(const struct mmv_view *view, struct mmview_array **out,
                    struct mmview_error *err)
{
    const struct mmview_array *source = view->source;
    size_t bytes = (size_t)view->ndim * sizeof *view->shape;
    struct mmv_layout layout;
    int rc;

    if (view->fresh) {
        if (mmv_layout_init(&layout, view->ndim, view->shape, mmview_dtype_itemsize(view->dtype),
                            view->order) != MMV_LAYOUT_OK)
            return mmv_fail(err, MMVIEW_EOVERFLOW, "the view has more bytes than can be counted");
        layout.order = source->order;
    } else {
        layout.itemsize = mmview_dtype_itemsize(view->dtype);
        layout.ndim = view->ndim;
        layout.order = source->order;
        memcpy(layout.shape, view->shape, bytes);
        memcpy(layout.strides, view->strides, bytes);
        layout.contiguity =
            mmv_layout_contiguity(layout.ndim, layout.shape, layout.strides, layout.itemsize);
        rc = measure(&layout, err);
        if (rc < 0)
            return rc;
    }
    /* An index moves within the source: whether that is so, mmv_array_new()
     * checks against the map. */
    return mmv_array_new(source->map, view->dtype, &source->origin, &layout,
                         mmview_array_offset(source) + (uint64_t)view->shift, view->writeable, out,
                         err);
}

int mmv_view_axis(const char *what, int axis, int ndim, int *out, struct mmview_error *err)
{
    if (axis < -ndim || axis >= ndim)
        return mmv_fail(err, MMVIEW_EAXIS, "%saxis %d is out of bounds for array of dimension %d",
                        what, axis, ndim);
    *out = axis < 0 ? axis + ndim : axis;
    return MMVIEW_OK;
}

struct mmv_shape_text mmv_shape_text(const mmview_intp *shape, int ndim)
{
    struct mmv_shape_text result;
    struct mmv_strbuf buf = mmv_strbuf_init(result.text, sizeof result.text);

    mmv_strbuf_char(&buf, '(');
    for (int i = 0; i < ndim; i++) {
        if (i)
            mmv_strbuf_char(&buf, ',');
        if (shape[i] < 0)
            mmv_strbuf_str(&buf, "newaxis");
        else
            mmv_strbuf_int(&buf, shape[i]);
    }
    mmv_strbuf_str(&buf, ndim == 1 ? ",)" : ")");
    mmv_strbuf_end(&buf);
    return result;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "array/view.h"

#include <string.h>

#include "base/strbuf.h"
#include "format/dtype.h"

void mmv_view_start(struct mmv_view *view, const struct mmview_array *source)
{
    size_t bytes = (size_t)source->ndim * sizeof *view->shape;

    mmv_view_start_empty(view, source);
    view->ndim = source->ndim;
    memcpy(view->shape, source->dims, bytes);
    memcpy(view->strides, source->dims + source->ndim, bytes);
}

void mmv_view_start_empty(struct mmv_view *view, const struct mmview_array *source)
{
    view->source = source;
    view->dtype = source->dtype;
    view->ndim = 0;
    view->writeable = source->flags & MMVIEW_WRITEABLE;
    view->fresh = false;
    view->order = source->order;
    view->shift = 0;
}

int mmv_view_expand_subarray(struct mmv_view *view, struct mmview_error *err)
{
    const struct mmview_dtype *base;

    for (; (base = mmview_dtype_base(view->dtype)); view->dtype = base) {
        const mmview_intp *shape = mmview_dtype_shape(view->dtype);
        mmview_intp stride = mmview_dtype_itemsize(base);
        int first = view->ndim, ndim = mmview_dtype_ndim(view->dtype);

        if (ndim > MMVIEW_MAXDIMS - first)
            return mmv_fail(err, MMVIEW_EINDEX, "number of dimensions must be within [0, %d]",
                            MMVIEW_MAXDIMS);
        for (int i = 0; i < ndim; i++)
            mmv_view_push(view, shape[i], 0);
        for (int i = view->ndim - 1; i >= first; i--) {
            view->strides[i] = stride;
            if (view->shape[i]) /* an axis without items counts as 1 */
                stride = mmv_wrap_mul(stride, view->shape[i]);
        }
    }
    return MMVIEW_OK;
}

int mmv_view_finish(const struct mmv_view *view, struct mmview_array **out,
                    struct mmview_error *err)
{
    const struct mmview_array *source = view->source;
    mmview_intp itemsize = view->dtype->itemsize;
    struct mmv_layout layout;
    enum mmv_layout_fault fault;

    if (view->fresh)
        fault = mmv_layout_init(&layout, view->ndim, view->shape, itemsize,
                                (enum mmview_order)view->order);
    else
        fault = mmv_layout_init_strided(&layout, view->ndim, view->shape, view->strides, itemsize);
    if (fault)
        return mmv_fail(err, MMVIEW_EOVERFLOW, "the view has more bytes than can be counted");
    layout.order = source->order; /* that of the file, which no view changes */
    /* An index moves within the source: whether that is so, mmv_array_new()
     * checks against the map. */
    return mmv_array_new_view(source->source, view->dtype, &layout,
                              mmview_array_offset(source) + (uint64_t)view->shift, view->writeable,
                              out, err);
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
    static const char more[] = "...)";
    struct mmv_shape_text result = {""};
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
    if (mmv_strbuf_end(&buf) >= sizeof result.text)
        memcpy(result.text + sizeof result.text - sizeof more, more, sizeof more);
    return result;
}

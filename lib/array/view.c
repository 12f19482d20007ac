/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "array/view.h"

#include <string.h>

#include "base/strbuf.h"

struct mmview_array *mmv_view_begin_whole(const struct mmview_array *array, int more)
{
    struct mmview_array *view = mmv_view_begin(array, array->ndim + more);

    for (int i = 0; view && i < array->ndim; i++)
        mmv_array_set_axis(view, i, array->dims[i], array->dims[array->ndim + i]);
    return view;
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

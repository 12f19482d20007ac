/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/ctypes.h>

#include <mmview/array.h>

#include "base/error.h"

void mmview_ctypes_init(struct mmview_ctypes *view, struct mmview_array *array)
{
    int ndim = mmview_array_ndim(array);

    view->data = mmview_array_data(array);
    view->ndim = ndim;
    view->shape = ndim ? mmview_array_shape(array) : NULL;
    view->strides = ndim ? mmview_array_strides(array) : NULL;
    view->owner = mmview_array_ref(array);
}

void mmview_ctypes_clear(struct mmview_ctypes *view)
{
    static const struct mmview_ctypes none = MMVIEW_CTYPES_INIT;
    struct mmview_array *owner = view->owner;

    *view = none;
    mmview_array_unref(owner);
}

void *mmview_ctypes_item(const struct mmview_ctypes *view, size_t n, const mmview_intp *index,
                         struct mmview_error *err)
{
    char *item = view->data;

    if (n > (size_t)view->ndim) {
        mmv_fail(err, MMVIEW_EINDEX,
                 "too many indices for array: array is %d-dimensional, but %zu were indexed",
                 view->ndim, n);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        mmview_intp length = view->shape[i];
        mmview_intp place = index[i] < 0 ? index[i] + length : index[i];

        if (place < 0 || place >= length) {
            mmv_fail(err, MMVIEW_EINDEX, "index %lld is out of bounds for axis %zu with size %lld",
                     (long long)index[i], i, (long long)length);
            return NULL;
        }
        item += place * view->strides[i];
    }
    return item;
}

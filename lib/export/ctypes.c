/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/ctypes.h>

#include <mmview/array.h>

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

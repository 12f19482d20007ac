/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "array/view.h"
#include "base/checked.h"

static int check_shape(const struct mmview_array *array, const mmview_intp *shape, int ndim,
                       struct mmview_error *err)
{
    if (ndim < 0 || (ndim && !shape))
        return mmv_fail(err, MMVIEW_EINVAL, "no shape");
    if (ndim > MMVIEW_MAXDIMS)
        return mmv_fail(err, MMVIEW_ERESHAPE,
                        "maximum supported dimension for an ndarray is %d, found %d",
                        MMVIEW_MAXDIMS, ndim);
    if (ndim == 0 && array->ndim > 0)
        return mmv_fail(err, MMVIEW_ERESHAPE, "cannot broadcast a non-scalar to a scalar array");
    for (int i = 0; i < ndim; i++)
        if (shape[i] < 0)
            return mmv_fail(err, MMVIEW_ERESHAPE,
                            "all elements of broadcast shape must be non-negative");
    return MMVIEW_OK;
}

int mmview_view_broadcast(struct mmview_array *array, const mmview_intp *shape, int ndim,
                          struct mmview_array **out, struct mmview_error *err)
{
    int added = ndim - array->ndim;
    mmview_intp size = 1;
    struct mmview_array *view;
    int rc = check_shape(array, shape, ndim, err);

    if (rc < 0)
        return rc;
    for (int i = 0; i < array->ndim; i++) {
        mmview_intp length = array->dims[i];

        if (added < 0 || (length != shape[added + i] && length != 1))
            return mmv_fail(err, MMVIEW_ERESHAPE,
                            "operands could not be broadcast together with remapped shapes "
                            "[original->remapped]: %s  and requested shape %s",
                            mmv_shape_text(array->dims, array->ndim).text,
                            mmv_shape_text(shape, ndim).text);
    }
    for (int i = 0; i < ndim; i++)
        if (!mmv_mul_intp(size, shape[i], &size))
            return mmv_fail(err, MMVIEW_EOVERFLOW, "the view has more items than can be counted");
    view = mmv_view_begin(array, ndim);
    if (!view)
        return mmv_fail_nomem(err);
    view->flags &= ~MMVIEW_WRITEABLE;
    for (int i = 0; i < ndim; i++) {
        int axis = i - added;
        bool spread = axis < 0 || array->dims[axis] == 1;

        mmv_array_set_axis(view, i, shape[i], spread ? 0 : array->dims[array->ndim + axis]);
    }
    return mmv_array_finish(view, out, err);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/copy.h>

#include <mmview/view.h>

#include "array/view.h"
#include "ops/casting.h"
#include "ops/overlap.h"
#include "ops/transfer.h"

/* Axes of the source's that are before the destination's first, which must be of
 * length 1, are left out. */
static int check_shapes(const struct mmview_array *dst, const struct mmview_array *src,
                        int *left_out, struct mmview_error *err)
{
    int more = src->ndim - dst->ndim;
    bool fits = true;

    for (int i = 0; i < src->ndim; i++)
        fits = fits && (src->dims[i] == 1 || (i >= more && src->dims[i] == dst->dims[i - more]));
    if (!fits)
        return mmv_fail(
            err, MMVIEW_ERESHAPE, "could not broadcast input array from shape %s into shape %s",
            mmv_shape_text(src->dims, src->ndim).text, mmv_shape_text(dst->dims, dst->ndim).text);
    *left_out = more > 0 ? more : 0;
    return MMVIEW_OK;
}

static struct mmv_axes axes_of(const struct mmview_array *dst, const struct mmview_array *src,
                               int left_out)
{
    struct mmv_axes axes = {.dst = dst->data, .src = src->data};
    int added = dst->ndim - (src->ndim - left_out);

    for (int i = 0; i < dst->ndim; i++) {
        int axis = i - added + left_out;
        bool spread = i < added || src->dims[axis] == 1;

        mmv_axes_push(&axes, dst->dims[i], dst->dims[dst->ndim + i],
                      spread ? 0 : src->dims[src->ndim + axis]);
    }
    return axes;
}

/* By way of a copy of the source. */
static int copy_apart(struct mmview_array *dst, const struct mmview_array *src,
                      struct mmview_error *err)
{
    const struct mmview_copy_options as_it_is = MMVIEW_COPY_OPTIONS_INIT;
    struct mmview_array *copy;
    int status = mmview_copy_new(src, &as_it_is, &copy, err);

    if (status != MMVIEW_OK)
        return status;
    status = mmview_copy(dst, copy, MMVIEW_CASTING_UNSAFE, err);
    mmview_array_unref(copy);
    return status;
}

int mmview_copy(struct mmview_array *dst, const struct mmview_array *src, int casting,
                struct mmview_error *err)
{
    enum mmv_overlap overlap;
    struct mmv_axes axes;
    int left_out = 0, status;

    if (!dst || !src)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    if (!(dst->flags & MMVIEW_WRITEABLE))
        return mmv_fail(err, MMVIEW_EREADONLY, "assignment destination is read-only");
    status = mmv_casting_check(src->dtype, dst->dtype, casting, err);
    if (status < 0)
        return status;
    status = mmv_transfer_check(dst->dtype, src->dtype, err);
    if (status < 0)
        return status;
    status = check_shapes(dst, src, &left_out, err);
    if (status < 0)
        return status;
    if (dst->nbytes == 0)
        return MMVIEW_OK;
    overlap = mmv_overlap(dst, src);
    if (overlap == MMV_OVERLAP_SOME)
        return copy_apart(dst, src, err);
    axes = axes_of(dst, src, left_out);
    mmv_transfer(dst->dtype, src->dtype, &axes, overlap == MMV_OVERLAP_SAME);
    return MMVIEW_OK;
}

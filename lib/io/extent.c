/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/extent.h"

#include <mmview/dtype.h>

#include "base/checked.h"

int mmv_extent_lay_out(struct mmv_layout *layout, int ndim, const mmview_intp *shape,
                       mmview_intp itemsize, enum mmview_order order, bool from_file,
                       struct mmview_error *err)
{
    switch (mmv_layout_init(layout, ndim, shape, itemsize, order)) {
    case MMV_LAYOUT_OK: break;
    case MMV_LAYOUT_NEGATIVE:
        return mmv_fail(err, from_file ? MMVIEW_ESHAPE : MMVIEW_EINVAL,
                        "a dimension of the shape is negative");
    case MMV_LAYOUT_TOO_BIG:
        return mmv_fail(err, from_file ? MMVIEW_ESHAPE : MMVIEW_EOVERFLOW,
                        "the shape is too big: its items have more bytes than can be counted");
    case MMV_LAYOUT_NO_SPACE:
        return mmv_fail(err, MMVIEW_EOVERFLOW,
                        "the array is larger than the address space of this machine");
    }
    return MMVIEW_OK;
}

int mmv_extent_of_items(const struct mmview_dtype *dtype, int ndim, const mmview_intp *shape,
                        enum mmview_order order, const struct mmview_dtype **item,
                        struct mmv_layout *layout, struct mmview_error *err)
{
    mmview_intp whole[MMVIEW_MAXDIMS];

    for (int i = 0; i < ndim; i++)
        whole[i] = shape[i];
    for (const struct mmview_dtype *base; (base = mmview_dtype_base(dtype)); dtype = base) {
        int more = mmview_dtype_ndim(dtype);

        if (more > MMVIEW_MAXDIMS - ndim)
            return mmv_fail(err, MMVIEW_EINVAL,
                            "the shape and the dtype have more than %d dimensions together",
                            MMVIEW_MAXDIMS);
        for (int i = 0; i < more; i++)
            whole[ndim++] = mmview_dtype_shape(dtype)[i];
    }
    *item = dtype;
    return mmv_extent_lay_out(layout, ndim, whole, mmview_dtype_itemsize(dtype), order, false, err);
}

static int cut_short(const struct mmv_layout *layout, uint64_t offset, uint64_t file_size,
                     struct mmview_error *err)
{
    uint64_t there = file_size > offset ? file_size - offset : 0;

    if (layout->nbytes == 0)
        return mmv_fail_at(err, MMVIEW_ETRUNCATED, file_size,
                           "the data would start at byte %llu, but the file ends at byte %llu",
                           (unsigned long long)offset, (unsigned long long)file_size);
    return mmv_fail_at(
        err, MMVIEW_ETRUNCATED, file_size,
        "the data is cut short: %lld bytes are needed from byte %llu on, "
        "%llu are there (%llu of %lld items)",
        (long long)layout->nbytes, (unsigned long long)offset, (unsigned long long)there,
        (unsigned long long)(there / (uint64_t)layout->itemsize), (long long)layout->size);
}

int mmv_extent_check(const struct mmv_layout *layout, uint64_t offset, bool may_grow,
                     uint64_t *file_size, struct mmview_error *err)
{
    uint64_t nbytes = (uint64_t)layout->nbytes;
    uint64_t end;

    if (!may_grow) {
        if (offset > *file_size || nbytes > *file_size - offset)
            return cut_short(layout, offset, *file_size, err);
        return MMVIEW_OK;
    }
    if (!mmv_add_u64(offset, nbytes, &end) || end > INT64_MAX)
        return mmv_fail(err, MMVIEW_EOVERFLOW,
                        "%llu bytes from byte %llu on are more than a file can have",
                        (unsigned long long)nbytes, (unsigned long long)offset);
    if (end < 1)
        end = 1;
    if (end > *file_size)
        *file_size = end;
    return MMVIEW_OK;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/options.h"

#include <mmview/dtype.h>
#include <mmview/open.h>

#include "os/map.h"

int mmv_options_check_address(unsigned flags, const void *address, struct mmview_error *err)
{
    if (flags & MMVIEW_OPEN_AT)
        return mmv_map_check_address(address, err);
    if (address)
        return mmv_fail(err, MMVIEW_EINVAL, "an address without MMVIEW_OPEN_AT");
    return MMVIEW_OK;
}

int mmv_options_check_shape(int ndim, const mmview_intp *shape, int order, struct mmview_error *err)
{
    if (order != MMVIEW_ORDER_C && order != MMVIEW_ORDER_F)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown order %d", order);
    if (ndim < 0 || ndim > MMVIEW_MAXDIMS)
        return mmv_fail(err, MMVIEW_EINVAL, "a shape of %d dimensions; %d are the most", ndim,
                        MMVIEW_MAXDIMS);
    if (ndim > 0 && !shape)
        return mmv_fail(err, MMVIEW_EINVAL, "no shape is given for %d dimensions", ndim);
    return MMVIEW_OK;
}

int mmv_options_check_version(int version, struct mmview_error *err)
{
    if (version != 0 && version != 0x100 && version != 0x200 && version != 0x300)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown format version %#x", (unsigned)version);
    return MMVIEW_OK;
}

int mmv_options_take_dtype(const struct mmview_dtype *given, const char *otherwise,
                           struct mmview_dtype **out, struct mmview_error *err)
{
    if (!given)
        return mmview_dtype_parse(otherwise, SIZE_MAX, 0, out, err);
    if (mmview_dtype_hasobject(given))
        return mmv_fail(err, MMVIEW_EOBJECT,
                        "the dtype holds Python objects, which can not be memory-mapped");
    *out = mmview_dtype_ref(given);
    return MMVIEW_OK;
}

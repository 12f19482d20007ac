/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/options.h"

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

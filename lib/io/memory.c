/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/open.h>

#include <mmview/dtype.h>

#include "array/array.h"
#include "io/extent.h"
#include "io/npy.h"
#include "io/options.h"
#include "os/map.h"

static int read_options(const struct mmview_memory_options *given,
                        struct mmview_memory_options *known, struct mmview_error *err)
{
    int status;

    *known = (struct mmview_memory_options)MMVIEW_MEMORY_OPTIONS_INIT;
    status = mmv_options_read(known, sizeof *known,
                              MMV_SIZE_TO(struct mmview_memory_options, context), given, err);
    if (status < 0)
        return status;
    status = mmv_options_check_flags(known->flags, 0, err);
    if (status < 0)
        return status;
    if (known->mode != MMVIEW_MODE_R && known->mode != MMVIEW_MODE_RPLUS)
        return mmv_fail(err, MMVIEW_EINVAL, "memory is taken in mode r or r+");
    if (known->max_header == 0)
        known->max_header = MMVIEW_MAX_HEADER;
    return MMVIEW_OK;
}

static int wrap_array(void *data, size_t length, const struct mmv_npy *npy,
                      const struct mmview_memory_options *options, struct mmview_array **out,
                      struct mmview_error *err)
{
    uint64_t file_size = length;
    struct mmv_map *map;
    int status = mmv_extent_check(&npy->layout, npy->origin.data_offset, false, &file_size, err);

    if (status < 0)
        return status;
    status = mmv_map_memory(data, length, (enum mmview_mode)options->mode, options->release,
                            options->context, &map, err);
    if (status < 0)
        return status;
    status = mmv_array_new(map, npy->dtype, &npy->origin, &npy->layout, npy->origin.data_offset,
                           options->mode != MMVIEW_MODE_R, out, err);
    if (status < 0)
        map->release = NULL; /* the memory stays the caller's */
    mmv_map_unref(map);
    return status;
}

int mmview_from_memory(void *data, size_t length, const struct mmview_memory_options *options,
                       struct mmview_array **out, struct mmview_error *err)
{
    struct mmview_memory_options known;
    struct mmv_npy npy;
    int status;

    if (!data || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, &known, err);
    if (status < 0)
        return status;
    status = mmv_npy_read_memory(data, length, known.max_header, &npy, err);
    if (status < 0)
        return status;
    status = wrap_array(data, length, &npy, &known, out, err);
    mmview_dtype_unref(npy.dtype);
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/npz.h>

#include <mmview/dtype.h>

#include "array/array.h"
#include "base/alloc.h"
#include "base/options.h"
#include "io/extent.h"
#include "io/npz_header.h"
#include "io/options.h"
#include "io/unpack.h"

static int read_options(const struct mmview_npz_member_options *given,
                        struct mmview_npz_member_options *known, struct mmview_error *err)
{
    int status;

    *known = (struct mmview_npz_member_options)MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    status = mmv_options_read(known, sizeof *known,
                              MMV_SIZE_TO(struct mmview_npz_member_options, context), given, err);
    if (status < 0)
        return status;
    status = mmv_options_check_flags(known->flags,
                                     MMVIEW_OPEN_AT | MMVIEW_NPZ_INFLATE | MMVIEW_NPZ_NO_DATA, err);
    if (status < 0)
        return status;
    if ((known->flags & MMVIEW_NPZ_INFLATE) && (known->flags & MMVIEW_NPZ_NO_DATA))
        return mmv_fail(err, MMVIEW_EINVAL,
                        "MMVIEW_NPZ_INFLATE and MMVIEW_NPZ_NO_DATA exclude "
                        "each other");
    if (known->mode == MMVIEW_MODE_RPLUS || known->mode == MMVIEW_MODE_WPLUS)
        return mmv_fail(err, MMVIEW_EREADONLY,
                        "members are opened by r or c: what is written to one would not fit "
                        "its CRC");
    if (known->mode != MMVIEW_MODE_R && known->mode != MMVIEW_MODE_C)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown mode %d", known->mode);
    return mmv_options_check_address(known->flags, known->address, err);
}

/* A map of the member that is its own: one that can be written to, or that is at an
 * address of the caller's choice. */
static int map_alone(struct mmview_npz *npz, const struct mmv_npz_header *header,
                     const struct mmview_npz_member_options *options, struct mmv_map **out,
                     struct mmview_error *err)
{
    const struct mmv_map_request request = {
        .fd = npz->fd,
        .mode = (enum mmview_mode)options->mode,
        .offset = header->start + header->npy.origin.data_offset,
        .length = (uint64_t)header->npy.layout.nbytes,
        .file_size = npz->file_size,
        .path = npz->path,
        .at = (options->flags & MMVIEW_OPEN_AT) != 0,
        .address = options->address,
    };

    return mmv_map_file(&request, out, err);
}

static int map_together(struct mmview_npz *npz, const struct mmv_zip_entry *entry,
                        const struct mmv_npz_header *header, struct mmv_map **out,
                        struct mmview_error *err)
{
    struct mmv_map *whole;
    int status = mmv_npz_map(npz, &whole, err);

    if (status < 0)
        return status;
    status = mmv_map_part(whole, header->start, entry->plain, out, err);
    mmv_map_unref(whole);
    return status;
}

static int map_stored(struct mmview_npz *npz, const struct mmv_zip_entry *entry,
                      struct mmv_npz_header *header,
                      const struct mmview_npz_member_options *options, struct mmview_array **out,
                      struct mmview_error *err)
{
    struct mmv_npy *npy = &header->npy;
    bool writeable = options->mode == MMVIEW_MODE_C;
    struct mmv_map *map;
    int status = writeable || (options->flags & MMVIEW_OPEN_AT)
                     ? map_alone(npz, header, options, &map, err)
                     : map_together(npz, entry, header, &map, err);

    if (status < 0)
        return status;
    npy->origin.data_offset += header->start;
    npy->origin.data_end += header->start;
    npy->origin.end = header->start + entry->plain;
    status = mmv_array_new(map, npy->dtype, &npy->origin, &npy->layout, npy->origin.data_offset,
                           writeable, out, err);
    mmv_map_unref(map);
    return status;
}

/* Memory that holds the unpacked member, or is as large. */
static int make_memory(struct mmview_npz *npz, const struct mmv_zip_entry *entry, uint64_t start,
                       const struct mmview_npz_member_options *options, struct mmv_map **out,
                       struct mmview_error *err)
{
    struct mmv_map *map;
    int status;

    if (entry->plain > SIZE_MAX)
        return mmv_fail(err, MMVIEW_EOVERFLOW,
                        "the member is larger than the address space of this machine");
    if (options->flags & MMVIEW_NPZ_NO_DATA)
        return mmv_map_reserve((size_t)entry->plain, npz->path, out, err);
    status = mmv_map_fresh((size_t)entry->plain, npz->path, &map, err);
    if (status < 0)
        return status;
    status = mmv_npz_unpack(npz, entry, start, map->base, options->progress, options->context, err);
    if (status == MMVIEW_OK && options->mode == MMVIEW_MODE_R)
        status = mmv_map_seal(map, err);
    if (status < 0)
        mmv_map_unref(map);
    else
        *out = map;
    return status;
}

static int take_deflated(struct mmview_npz *npz, const struct mmv_zip_entry *entry,
                         struct mmv_npz_header *header,
                         const struct mmview_npz_member_options *options, struct mmview_array **out,
                         struct mmview_error *err)
{
    struct mmv_npy *npy = &header->npy;
    struct mmv_map *map;
    int status;

    if (!(options->flags & (MMVIEW_NPZ_INFLATE | MMVIEW_NPZ_NO_DATA)))
        return mmv_fail(err, MMVIEW_ECOMPRESSED,
                        "the member is deflated, and only stored ones can be mapped");
    if (options->flags & MMVIEW_OPEN_AT)
        return mmv_fail(err, MMVIEW_ECOMPRESSED,
                        "the member is deflated, and only stored ones can be mapped at an address");
    status = make_memory(npz, entry, header->start, options, &map, err);
    if (status < 0)
        return status;
    npy->origin.end = entry->plain;
    status = mmv_array_new(map, npy->dtype, &npy->origin, &npy->layout, npy->origin.data_offset,
                           options->mode == MMVIEW_MODE_C, out, err);
    mmv_map_unref(map);
    return status;
}

int mmview_npz_member(struct mmview_npz *npz, size_t index,
                      const struct mmview_npz_member_options *options, struct mmview_array **out,
                      struct mmview_error *err)
{
    const struct mmv_zip_entry *entry = mmv_npz_entry(npz, index, err);
    struct mmview_npz_member_options known;
    struct mmv_npz_header header;
    uint64_t start, plain;
    int status;

    if (!entry)
        return MMVIEW_EINVAL;
    if (!out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, &known, err);
    if (status == MMVIEW_OK)
        status = mmv_npz_check(entry, err);
    if (status == MMVIEW_OK)
        status = mmv_npz_start(npz, index, &start, err);
    if (status == MMVIEW_OK)
        status = mmv_npz_header_read(npz, entry, start, &header, err);
    if (status != MMVIEW_OK)
        return status;
    plain = entry->plain;
    status =
        mmv_extent_check(&header.npy.layout, header.npy.origin.data_offset, false, &plain, err);
    if (status == MMVIEW_OK)
        status = entry->method == MMV_ZIP_STORED
                     ? map_stored(npz, entry, &header, &known, out, err)
                     : take_deflated(npz, entry, &header, &known, out, err);
    mmview_dtype_unref(header.npy.dtype);
    return status;
}

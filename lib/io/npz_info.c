/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/npz.h>

#include <string.h>

#include <mmview/dtype.h>

#include "base/options.h"
#include "io/extent.h"
#include "io/npz_header.h"

/* Of a deflated byte come at most 1032. */
#define MOST_DEFLATED 1032

static const char *method_name(uint16_t method)
{
    static const struct {
        uint16_t method;
        const char *name;
    } names[] = {
        {1, "shrinking"}, {6, "imploding"},  {9, "Deflate64"}, {12, "bzip2"},
        {14, "LZMA"},     {93, "Zstandard"}, {95, "xz"},       {98, "PPMd"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].method == method)
            return names[i].name;
    return "unknown";
}

int mmv_npz_check(const struct mmv_zip_entry *entry, struct mmview_error *err)
{
    if (entry->flags & (MMV_ZIP_ENCRYPTED | MMV_ZIP_STRONG | MMV_ZIP_MASKED))
        return mmv_fail(err, MMVIEW_EUNSUPPORTED, "the member is encrypted");
    if (entry->disk != 0)
        return mmv_fail(err, MMVIEW_EUNSUPPORTED,
                        "the member is in part %lu of an archive that was split",
                        (unsigned long)entry->disk + 1);
    if (entry->method != MMV_ZIP_STORED && entry->method != MMV_ZIP_DEFLATED)
        return mmv_fail(err, MMVIEW_EUNSUPPORTED,
                        "the member is packed by method %d (%s): only stored and deflated ones "
                        "can be read",
                        entry->method, method_name(entry->method));
    if (entry->flags & MMV_ZIP_PATCHED)
        return mmv_fail(err, MMVIEW_EUNSUPPORTED, "the member is a patch to another file");
    if (entry->method == MMV_ZIP_STORED && entry->packed != entry->plain)
        return mmv_fail(err, MMVIEW_EARCHIVE,
                        "the member is stored, but has %llu bytes in the archive and %llu unpacked",
                        (unsigned long long)entry->packed, (unsigned long long)entry->plain);
    if (entry->plain / (MOST_DEFLATED + 1) > entry->packed)
        return mmv_fail(err, MMVIEW_EARCHIVE,
                        "the member has %llu bytes in the archive, which can not make %llu",
                        (unsigned long long)entry->packed, (unsigned long long)entry->plain);
    return MMVIEW_OK;
}

static void tell_header(const struct mmv_npz_header *header, struct mmview_member_info *info)
{
    const struct mmv_layout *layout = &header->npy.layout;

    info->dtype = header->npy.dtype;
    info->version = header->npy.origin.version;
    info->order = layout->order;
    info->ndim = layout->ndim;
    memcpy(info->shape, layout->shape, (size_t)layout->ndim * sizeof *info->shape);
    info->nbytes = layout->nbytes;
    info->header_length = header->npy.origin.header_length;
    info->data_offset = header->npy.origin.data_offset;
}

static bool is_aligned(const struct mmv_npz_header *header)
{
    const struct mmv_layout *layout = &header->npy.layout;
    uint64_t first = header->start + header->npy.origin.data_offset;

    /* A map begins at a page, and no alignment is larger. */
    return mmv_layout_aligned(layout->ndim, layout->shape, layout->strides, (uintptr_t)first,
                              mmview_dtype_alignment(header->npy.dtype));
}

/* Fills info as far as there is something to tell. The status is why there is no more,
 * or MMVIEW_OK. */
static int look(struct mmview_npz *npz, size_t index, struct mmview_member_info *info,
                struct mmview_error *err)
{
    const struct mmv_zip_entry *entry = &npz->entries[index];
    struct mmv_npz_header header;
    uint64_t start, plain = entry->plain;
    int status = mmv_npz_check(entry, err);

    if (status == MMVIEW_OK)
        status = mmv_npz_start(npz, index, &start, err);
    if (status < 0)
        return status;
    info->offset = start;
    status = mmv_npz_header_read(npz, entry, start, &header, err);
    if (status < 0)
        return status;
    tell_header(&header, info);
    status =
        mmv_extent_check(&header.npy.layout, header.npy.origin.data_offset, false, &plain, err);
    if (status < 0)
        return status;
    info->has_data = 1;
    if (entry->method != MMV_ZIP_STORED)
        return mmv_fail(err, MMVIEW_ECOMPRESSED,
                        "the member is deflated, and only stored ones can be mapped");
    info->mappable = 1;
    info->aligned = is_aligned(&header);
    return MMVIEW_OK;
}

int mmview_npz_info(struct mmview_npz *npz, size_t index, struct mmview_member_info *info,
                    struct mmview_error *err)
{
    struct mmview_member_info found = MMVIEW_MEMBER_INFO_INIT, known = MMVIEW_MEMBER_INFO_INIT;
    const struct mmv_zip_entry *entry = mmv_npz_entry(npz, index, err);
    int status;

    if (!entry)
        return MMVIEW_EINVAL;
    if (!info)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = mmv_options_read(&known, sizeof known, sizeof known, info, err);
    if (status < 0)
        return status;
    found.method = entry->method;
    found.crc = entry->crc;
    found.packed_size = entry->packed;
    found.plain_size = entry->plain;
    found.offset = MMVIEW_NO_OFFSET;
    status = look(npz, index, &found, &found.reason);
    if (status < 0 && mmview_status_class(status) >= MMVIEW_CLASS_SYSTEM) {
        if (err && err->status == MMVIEW_OK)
            *err = found.reason;
        mmview_dtype_unref(found.dtype);
        return status;
    }
    found.size = info->size;
    mmview_dtype_unref(info->dtype);
    memcpy(info, &found, sizeof found);
    return MMVIEW_OK;
}

void mmview_member_info_clear(struct mmview_member_info *info)
{
    static const struct mmview_member_info none = MMVIEW_MEMBER_INFO_INIT;

    mmview_dtype_unref(info->dtype);
    *info = none;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/zip_local.h"

#include <string.h>

#include "base/bytes.h"

/* The flags by which a reader asks for a password, or gives up. Whether the name is UTF-8
 * shows when names are compared. */
#define BARRED (MMV_ZIP_ENCRYPTED | MMV_ZIP_PATCHED | MMV_ZIP_STRONG | MMV_ZIP_MASKED)

int mmv_zip_disagrees(const struct mmv_zip_entry *entry, const char *what, struct mmview_error *err)
{
    return mmv_fail_at(err, MMVIEW_EARCHIVE, entry->header,
                       "the member's own header, at byte %llu, %s",
                       (unsigned long long)entry->header, what);
}

static int other_sizes(const struct mmv_zip_entry *entry, struct mmview_error *err)
{
    return mmv_zip_disagrees(entry, "has other sizes than the directory", err);
}

/* Is a number the directory's, or not yet known when the header was written? */
static bool goes_with(uint64_t own, uint64_t number, struct mmv_zip_local *local)
{
    if (own == number)
        return true;
    local->told = false;
    return local->later && own == 0;
}

/* The same of a size, which may be in the extra field instead. */
static bool size_goes_with(const unsigned char *field, uint64_t size, struct mmv_zip_local *local)
{
    uint32_t own = mmv_le32(field);

    if (own != UINT32_MAX)
        return goes_with(own, size, local);
    local->is64 = true;
    return true;
}

int mmv_zip_read_local(const unsigned char header[MMV_ZIP_LOCAL_LENGTH],
                       const struct mmv_zip_entry *entry, struct mmv_zip_local *out,
                       struct mmview_error *err)
{
    uint16_t flags = mmv_le16(header + 6);
    struct mmv_zip_local local = {
        .extra = mmv_le16(header + 28),
        .utf8 = (flags & MMV_ZIP_UTF8) != 0,
        .later = (flags & MMV_ZIP_LATER) != 0,
        .told = true,
    };

    if (memcmp(header, "PK\3\4", 4) != 0)
        return mmv_zip_disagrees(entry, "is none", err);
    if ((flags ^ entry->flags) & BARRED)
        return mmv_zip_disagrees(entry, "has other flags than the directory", err);
    if (mmv_le16(header + 8) != entry->method)
        return mmv_zip_disagrees(entry, "has another method than the directory", err);
    if (!goes_with(mmv_le32(header + 14), entry->crc, &local))
        return mmv_zip_disagrees(entry, "has another CRC than the directory", err);
    if (!size_goes_with(header + 18, entry->packed, &local) ||
        !size_goes_with(header + 22, entry->plain, &local))
        return other_sizes(entry, err);
    if (mmv_le16(header + 26) != entry->name_length)
        return mmv_zip_disagrees(entry, "has another name than the directory", err);
    local.length = (uint64_t)MMV_ZIP_LOCAL_LENGTH + entry->name_length + local.extra;
    *out = local;
    return MMVIEW_OK;
}

/* Takes the size of 64 bits that stands for one of the header, if that says so. */
static bool take64(const unsigned char **p, const unsigned char *end, const unsigned char *field,
                   uint64_t size, struct mmv_zip_local *local)
{
    if (mmv_le32(field) != UINT32_MAX)
        return true;
    if (end - *p < 8 || !goes_with(mmv_le64(*p), size, local))
        return false;
    *p += 8;
    return true;
}

int mmv_zip_read_local_extra(const unsigned char *header, const struct mmv_zip_entry *entry,
                             struct mmv_zip_local *local, struct mmview_error *err)
{
    const unsigned char *end = header + local->length, *p = end - local->extra;
    bool found = false;

    /* What is no field is padding: some writers align members by bytes of 0. */
    while (end - p >= 4 && mmv_le16(p + 2) <= end - p - 4) {
        const unsigned char *field = p + 4;

        p = field + mmv_le16(p + 2);
        if (mmv_le16(field - 4) != 1)
            continue;
        found = true;
        if (!take64(&field, p, header + 22, entry->plain, local) ||
            !take64(&field, p, header + 18, entry->packed, local))
            return other_sizes(entry, err);
    }
    if (found)
        return MMVIEW_OK;
    /* Some writers leave sizes that do not fit to the directory. */
    if ((mmv_le32(header + 18) == UINT32_MAX && entry->packed < UINT32_MAX) ||
        (mmv_le32(header + 22) == UINT32_MAX && entry->plain < UINT32_MAX))
        return other_sizes(entry, err);
    local->told = false;
    return MMVIEW_OK;
}

static bool is_signed(const unsigned char *bytes, size_t length)
{
    return length >= 4 && memcmp(bytes, "PK\7\10", 4) == 0;
}

/* Is this the CRC and the sizes, behind `skip` bytes? Nothing says whether they have 32
 * bits or 64, and some writers cut those of 64 off. */
static bool matches(const unsigned char *bytes, size_t length, size_t skip,
                    const struct mmv_zip_entry *entry)
{
    const unsigned char *p = bytes + skip;

    if (length < skip + 12 || mmv_le32(p) != entry->crc)
        return false;
    if (mmv_le32(p + 4) == (uint32_t)entry->packed && mmv_le32(p + 8) == (uint32_t)entry->plain)
        return true;
    return length >= skip + 20 && mmv_le64(p + 4) == entry->packed &&
           mmv_le64(p + 12) == entry->plain;
}

int mmv_zip_check_descriptor(const unsigned char *bytes, size_t length, uint64_t at,
                             const struct mmv_zip_entry *entry, const struct mmv_zip_local *local,
                             struct mmview_error *err)
{
    bool has_signature = is_signed(bytes, length);

    if (matches(bytes, length, 0, entry) || (has_signature && matches(bytes, length, 4, entry)))
        return MMVIEW_OK;
    /* Some writers say that there is one, and then need none. */
    if (local->told && !has_signature)
        return MMVIEW_OK;
    return mmv_fail_at(err, MMVIEW_EARCHIVE, at,
                       "the member's CRC and sizes behind its data, at byte %llu, are not those "
                       "of the directory",
                       (unsigned long long)at);
}

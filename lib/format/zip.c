/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/zip.h"

#include <string.h>

#include "base/bytes.h"
#include "base/checked.h"

static bool starts(const unsigned char *bytes, const char *magic)
{
    return memcmp(bytes, magic, 4) == 0;
}

size_t mmv_zip_find_end(const unsigned char *tail, size_t length, bool whole, size_t *last)
{
    *last = SIZE_MAX;
    if (length < MMV_ZIP_END_LENGTH)
        return SIZE_MAX;
    for (size_t i = length - MMV_ZIP_END_LENGTH + 1; i-- > 0;) {
        if (tail[i] != 'P' || !starts(tail + i, "PK\5\6"))
            continue;
        if (*last == SIZE_MAX)
            *last = i;
        if (mmv_le16(tail + i + 20) == length - i - MMV_ZIP_END_LENGTH)
            return i;
    }
    return whole ? *last : SIZE_MAX;
}

/* The directory ends where its end record starts, and what it has in front of it besides
 * what it says is a prefix. */
static int place_directory(struct mmv_zip_end *end, uint64_t at, uint64_t size, uint64_t place,
                           struct mmview_error *err)
{
    if (size > at || place > at - size)
        return mmv_fail_at(err, MMVIEW_EARCHIVE, at,
                           "the archive's end, at byte %llu, says that its directory is %llu bytes "
                           "from byte %llu on, which are not in front of it",
                           (unsigned long long)at, (unsigned long long)size,
                           (unsigned long long)place);
    end->begin = at - size;
    end->end = at;
    end->prefix = end->begin - place;
    return MMVIEW_OK;
}

static int is_split(uint64_t at, struct mmview_error *err)
{
    return mmv_fail_at(err, MMVIEW_EARCHIVE, at,
                       "the archive is split, and this is but one part of it");
}

int mmv_zip_read_end(const unsigned char record[MMV_ZIP_END_LENGTH], uint64_t at,
                     struct mmv_zip_end *out, struct mmview_error *err)
{
    struct mmv_zip_end end = {.is64 = false};
    int status;

    /* The number of this part and of the one with the directory, and of the members in
     * this part and in all. */
    if (mmv_le16(record + 4) != 0 || mmv_le16(record + 6) != 0 ||
        mmv_le16(record + 8) != mmv_le16(record + 10))
        return is_split(at, err);
    end.entries = mmv_le16(record + 10);
    status = place_directory(&end, at, mmv_le32(record + 12), mmv_le32(record + 16), err);
    if (status == MMVIEW_OK)
        *out = end;
    return status;
}

bool mmv_zip_is_locator(const unsigned char locator[MMV_ZIP_LOCATOR_LENGTH])
{
    return starts(locator, "PK\6\7");
}

int mmv_zip_read_locator(const unsigned char locator[MMV_ZIP_LOCATOR_LENGTH], uint64_t at,
                         uint64_t *place, struct mmview_error *err)
{
    /* The part that has the record, and of how many: some writers count none. */
    if (mmv_le32(locator + 4) != 0 || mmv_le32(locator + 16) > 1)
        return is_split(at, err);
    *place = mmv_le64(locator + 8);
    return MMVIEW_OK;
}

bool mmv_zip_is_end64(const unsigned char record[MMV_ZIP_END64_LENGTH])
{
    return starts(record, "PK\6\6");
}

bool mmv_zip_end64_reaches(const unsigned char record[MMV_ZIP_END64_LENGTH], uint64_t at,
                           uint64_t locator)
{
    /* It counts what follows its signature and this number. */
    return mmv_le64(record + 4) == locator - at - 12;
}

static bool goes_with16(const unsigned char *shorter, uint64_t number)
{
    return mmv_le16(shorter) == UINT16_MAX || mmv_le16(shorter) == number;
}

static bool goes_with32(const unsigned char *shorter, uint64_t number)
{
    return mmv_le32(shorter) == UINT32_MAX || mmv_le32(shorter) == number;
}

bool mmv_zip_ends_agree(const unsigned char record64[MMV_ZIP_END64_LENGTH],
                        const unsigned char record[MMV_ZIP_END_LENGTH])
{
    return goes_with16(record + 4, mmv_le32(record64 + 16)) &&
           goes_with16(record + 6, mmv_le32(record64 + 20)) &&
           goes_with16(record + 8, mmv_le64(record64 + 24)) &&
           goes_with16(record + 10, mmv_le64(record64 + 32)) &&
           goes_with32(record + 12, mmv_le64(record64 + 40)) &&
           goes_with32(record + 16, mmv_le64(record64 + 48));
}

int mmv_zip_read_end64(const unsigned char record[MMV_ZIP_END64_LENGTH], uint64_t at,
                       struct mmv_zip_end *out, struct mmview_error *err)
{
    struct mmv_zip_end end = {.is64 = true};
    int status;

    if (mmv_le32(record + 16) != 0 || mmv_le32(record + 20) != 0 ||
        mmv_le64(record + 24) != mmv_le64(record + 32))
        return is_split(at, err);
    end.entries = mmv_le64(record + 32);
    status = place_directory(&end, at, mmv_le64(record + 40), mmv_le64(record + 48), err);
    if (status == MMVIEW_OK)
        *out = end;
    return status;
}

size_t mmv_zip_entry_length(const unsigned char entry[MMV_ZIP_ENTRY_LENGTH])
{
    if (!starts(entry, "PK\1\2"))
        return 0;
    return (size_t)MMV_ZIP_ENTRY_LENGTH + mmv_le16(entry + 28) + mmv_le16(entry + 30) +
           mmv_le16(entry + 32);
}

/* Takes the next number of 64 bits of an extra field, if the entry's own says that it is
 * there. */
static bool take64(const unsigned char **p, const unsigned char *end, uint64_t *number)
{
    if (*number != UINT32_MAX)
        return true;
    if (end - *p < 8)
        return false;
    *number = mmv_le64(*p);
    *p += 8;
    return true;
}

/* Reads the extra fields of an entry, of which only that with numbers of 64 bits matters. */
static bool read_extra(const unsigned char *p, size_t length, struct mmv_zip_entry *entry)
{
    const unsigned char *end = p + length;

    while (end - p >= 4) {
        unsigned id = mmv_le16(p);
        size_t size = mmv_le16(p + 2);
        const unsigned char *field = p + 4, *behind;

        if ((size_t)(end - field) < size)
            return false;
        p = behind = field + size;
        if (id != 1)
            continue;
        if (!take64(&field, behind, &entry->plain) || !take64(&field, behind, &entry->packed) ||
            !take64(&field, behind, &entry->header))
            return false;
        if (entry->disk == UINT16_MAX && behind - field >= 4)
            entry->disk = mmv_le32(field);
    }
    return true;
}

int mmv_zip_read_entry(const unsigned char *bytes, uint64_t at, const struct mmv_zip_end *end,
                       struct mmv_zip_entry *out, struct mmview_error *err)
{
    struct mmv_zip_entry entry = {
        .flags = mmv_le16(bytes + 8),
        .method = mmv_le16(bytes + 10),
        .crc = mmv_le32(bytes + 16),
        .packed = mmv_le32(bytes + 20),
        .plain = mmv_le32(bytes + 24),
        .name_length = mmv_le16(bytes + 28),
        .disk = mmv_le16(bytes + 34),
        .header = mmv_le32(bytes + 42),
    };

    if (!read_extra(bytes + MMV_ZIP_ENTRY_LENGTH + entry.name_length, mmv_le16(bytes + 30), &entry))
        return mmv_fail_at(err, MMVIEW_EARCHIVE, at,
                           "the archive's directory is damaged at byte %llu: an extra field is cut "
                           "short",
                           (unsigned long long)at);
    if (!mmv_add_u64(entry.header, end->prefix, &entry.header) || entry.header >= end->begin)
        return mmv_fail_at(err, MMVIEW_EARCHIVE, at,
                           "the archive's directory is damaged at byte %llu: a member would not "
                           "be in front of it",
                           (unsigned long long)at);
    *out = entry;
    return MMVIEW_OK;
}

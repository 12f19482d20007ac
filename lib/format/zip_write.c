/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/zip_write.h"

#include <string.h>

#include "base/bytes.h"
#include "format/zip.h"

/* Numbers from here on do not fit in the records' own fields: they are in an extra
 * field, or in records of 64 bits. */
#define ESCAPE16 0xffffu
#define ESCAPE32 0xffffffffu

/* Identifiers of extra fields. The second is the one by which Android aligns members;
 * other programs pass over it. */
#define EXTRA_ZIP64 0x0001
#define EXTRA_ALIGN 0xd935

/* An empty one of these: identifier, length, alignment. */
#define ALIGN_LEAST 6

/* The version of the format that a reader has to know. */
#define NEEDED(is64) ((is64) ? 45 : 20)

/* 1980-01-01 00:00, the first time there is, and what NumPy writes: equal arrays make
 * equal archives. */
#define NO_TIME 0x00210000u

/* -rw-------, as Python's zipfile has it for what is no file. */
#define UNIX_MODE 0600u
#define MADE_BY   (3u << 8 | 45u)

static bool is_long(const struct mmv_zip_member *member)
{
    return member->size >= ESCAPE32;
}

static unsigned flags_of(const struct mmv_zip_member *member)
{
    for (size_t i = 0; i < member->name_length; i++)
        if ((unsigned char)member->name[i] >= 0x80)
            return MMV_ZIP_UTF8;
    return 0;
}

size_t mmv_zip_local_size(const struct mmv_zip_member *member, uint64_t lead, unsigned align)
{
    size_t bare = (size_t)MMV_ZIP_LOCAL_LENGTH + member->name_length + (is_long(member) ? 20u : 0u);
    size_t pad = (size_t)(0 - (member->header + bare + lead)) & (align - 1);

    while (pad > 0 && pad < ALIGN_LEAST)
        pad += align;
    return bare + pad;
}

/* What the two headers of a member have in common. */
static unsigned char *put_common(unsigned char *p, const struct mmv_zip_member *member, bool is64)
{
    uint64_t size = is_long(member) ? ESCAPE32 : member->size;

    p = mmv_put_le16(p, NEEDED(is64));
    p = mmv_put_le16(p, flags_of(member));
    p = mmv_put_le16(p, MMV_ZIP_STORED);
    p = mmv_put_le32(p, NO_TIME);
    p = mmv_put_le32(p, member->crc);
    p = mmv_put_le32(p, size);
    p = mmv_put_le32(p, size);
    return mmv_put_le16(p, member->name_length);
}

void mmv_zip_write_local(const struct mmv_zip_member *member, size_t size, unsigned align,
                         unsigned char *out)
{
    size_t extra = size - MMV_ZIP_LOCAL_LENGTH - member->name_length;
    unsigned char *p = mmv_put_le32(out, 0x04034b50), *end = out + size;

    p = put_common(p, member, is_long(member));
    p = mmv_put_le16(p, extra);
    memcpy(p, member->name, member->name_length);
    p += member->name_length;
    if (is_long(member)) {
        p = mmv_put_le16(p, EXTRA_ZIP64);
        p = mmv_put_le16(p, 16);
        p = mmv_put_le64(p, member->size);
        p = mmv_put_le64(p, member->size);
    }
    if (p == end)
        return;
    p = mmv_put_le16(p, EXTRA_ALIGN);
    p = mmv_put_le16(p, (uint64_t)(end - p) - 2);
    p = mmv_put_le16(p, align);
    memset(p, 0, (size_t)(end - p));
}

size_t mmv_zip_write_entry(const struct mmv_zip_member *member, unsigned char *out)
{
    bool far = member->header >= ESCAPE32;
    unsigned extra = (is_long(member) ? 16u : 0u) + (far ? 8u : 0u);
    unsigned char *p = mmv_put_le32(out, 0x02014b50);

    p = mmv_put_le16(p, MADE_BY);
    p = put_common(p, member, extra > 0);
    p = mmv_put_le16(p, extra ? extra + 4 : 0);
    p = mmv_put_le16(p, 0); /* no comment */
    p = mmv_put_le16(p, 0); /* the first disk */
    p = mmv_put_le16(p, 0); /* no text */
    p = mmv_put_le32(p, UNIX_MODE << 16);
    p = mmv_put_le32(p, far ? ESCAPE32 : member->header);
    memcpy(p, member->name, member->name_length);
    p += member->name_length;
    if (extra) {
        p = mmv_put_le16(p, EXTRA_ZIP64);
        p = mmv_put_le16(p, extra);
    }
    if (is_long(member)) {
        p = mmv_put_le64(p, member->size);
        p = mmv_put_le64(p, member->size);
    }
    if (far)
        p = mmv_put_le64(p, member->header);
    return (size_t)(p - out);
}

static uint64_t cut(uint64_t number, uint64_t escape)
{
    return number < escape ? number : escape;
}

size_t mmv_zip_write_end(uint64_t count, uint64_t begin, uint64_t end, unsigned char *out)
{
    uint64_t length = end - begin;
    unsigned char *p = out;

    if (count >= ESCAPE16 || begin >= ESCAPE32 || length >= ESCAPE32) {
        p = mmv_put_le32(p, 0x06064b50);
        p = mmv_put_le64(p, MMV_ZIP_END64_LENGTH - 12);
        p = mmv_put_le16(p, MADE_BY);
        p = mmv_put_le16(p, NEEDED(true));
        p = mmv_put_le32(p, 0);
        p = mmv_put_le32(p, 0);
        p = mmv_put_le64(p, count);
        p = mmv_put_le64(p, count);
        p = mmv_put_le64(p, length);
        p = mmv_put_le64(p, begin);

        p = mmv_put_le32(p, 0x07064b50);
        p = mmv_put_le32(p, 0);
        p = mmv_put_le64(p, end);
        p = mmv_put_le32(p, 1); /* disks */
    }
    p = mmv_put_le32(p, 0x06054b50);
    p = mmv_put_le16(p, 0);
    p = mmv_put_le16(p, 0);
    p = mmv_put_le16(p, cut(count, ESCAPE16));
    p = mmv_put_le16(p, cut(count, ESCAPE16));
    p = mmv_put_le32(p, cut(length, ESCAPE32));
    p = mmv_put_le32(p, cut(begin, ESCAPE32));
    p = mmv_put_le16(p, 0); /* no comment */
    return (size_t)(p - out);
}

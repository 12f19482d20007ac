/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include "scratch.h"

/* Writes .npz files, and files that are nearly that: what is left zero is as it
 * should be, and the rest is forged. */

/* One member. */
struct part {
    const char *name;
    const void *data; /* as it is in the archive */
    size_t size;
    uint16_t method, flags;
    size_t name_length;   /* 0: strlen(name) */
    uint64_t plain;       /* 0: size */
    uint64_t packed;      /* 0: size; what the directory says */
    uint32_t crc;         /* 0: that of data */
    size_t extra;         /* bytes of extra field in the member's own header */
    unsigned extra_claim; /* 0: the same */
    const char *own_name; /* NULL: name; in the member's own header */
    uint32_t own_crc;     /* 0: crc */
    bool descriptor;      /* sizes and CRC come after the data, */
    bool bare, wide;      /* without a signature; in 64 bits */
    bool zip64;           /* sizes and place are in an extra field */
    uint64_t header;      /* 0: where it is; where the directory says it is */
    uint16_t disk;
};

/* The end of an archive. */
struct ending {
    int more_entries;      /* added to the number of entries */
    uint16_t disk;         /* that this is, and that the directory is on */
    uint64_t shift;        /* added to the place of the directory */
    size_t comment;        /* bytes, each of them a 'c' or */
    const char *repeated;  /* from this text, again and again */
    bool zip64;            /* all numbers are in a record of their own */
    uint32_t directory_by; /* added to the directory's size */
};

struct archive {
    unsigned char bytes[1 << 18];
    size_t length, prefix;
    struct part parts[64];
    uint64_t headers[64];
    size_t count;
};

static inline void put(struct archive *a, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        a->bytes[a->length++] = (unsigned char)(number >> 8 * i);
}

/* Writes over what is there. */
static inline void patch(struct archive *a, size_t at, uint64_t number, int bytes)
{
    size_t length = a->length;

    a->length = at;
    put(a, number, bytes);
    a->length = length;
}

static inline void put_bytes(struct archive *a, const void *bytes, size_t length)
{
    ck_assert_uint_le(a->length + length, sizeof a->bytes);
    memcpy(a->bytes + a->length, bytes, length);
    a->length += length;
}

static inline uint32_t crc_of(const void *data, size_t size)
{
    const unsigned char *bytes = data;
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

/* Empties an archive that has so many bytes of something else in front. */
static inline void archive_begin(struct archive *a, size_t prefix)
{
    memset(a, 0, sizeof *a);
    memset(a->bytes, '#', prefix);
    a->length = a->prefix = prefix;
}

static inline void archive_add(struct archive *a, const struct part *given)
{
    struct part *p = &a->parts[a->count];
    size_t own_length;
    bool later;

    *p = *given;
    p->name_length = p->name_length ? p->name_length : strlen(p->name);
    p->plain = p->plain ? p->plain : p->size;
    p->packed = p->packed ? p->packed : p->size;
    p->crc = p->crc ? p->crc : crc_of(p->data, p->size);
    p->own_crc = p->own_crc ? p->own_crc : p->crc;
    p->own_name = p->own_name ? p->own_name : p->name;
    if (p->descriptor)
        p->flags |= 8;
    later = p->descriptor;
    own_length = p->own_name == p->name ? p->name_length : strlen(p->own_name);
    a->headers[a->count++] = a->length - a->prefix;
    put_bytes(a, "PK\3\4\24\0", 6);
    put(a, p->flags, 2);
    put(a, p->method, 2);
    put(a, 0, 4);
    put(a, later ? 0 : p->own_crc, 4);
    put(a, later ? 0 : p->zip64 ? UINT32_MAX : p->packed, 4);
    put(a, later ? 0 : p->zip64 ? UINT32_MAX : p->plain, 4);
    put(a, own_length, 2);
    put(a, p->extra_claim ? p->extra_claim : p->extra + (p->zip64 ? 20 : 0), 2);
    put_bytes(a, p->own_name, own_length);
    if (p->zip64) {
        put(a, 1, 2);
        put(a, 16, 2);
        put(a, p->plain, 8);
        put(a, p->packed, 8);
    }
    for (size_t i = 0; i < p->extra; i++)
        put(a, i == 0 ? 0xfe : i == 1 ? 0xca : i == 2 ? p->extra - 4 : 0, 1);
    put_bytes(a, p->data, p->size);
    if (later) {
        put_bytes(a, "PK\7\10", p->bare ? 0 : 4);
        put(a, p->crc, 4);
        put(a, p->packed, p->wide ? 8 : 4);
        put(a, p->plain, p->wide ? 8 : 4);
    }
}

static inline void put_entry(struct archive *a, const struct part *p, uint64_t header)
{
    header = p->header ? p->header : header;
    put_bytes(a, "PK\1\2\24\3\24\0", 8);
    put(a, p->flags, 2);
    put(a, p->method, 2);
    put(a, 0, 4);
    put(a, p->crc, 4);
    put(a, p->zip64 ? UINT32_MAX : p->packed, 4);
    put(a, p->zip64 ? UINT32_MAX : p->plain, 4);
    put(a, p->name_length, 2);
    put(a, p->zip64 ? 28 : 0, 2);
    put(a, 0, 2);
    put(a, p->disk, 2);
    put(a, 0, 6);
    put(a, p->zip64 ? UINT32_MAX : header, 4);
    put_bytes(a, p->name, p->name_length);
    if (p->zip64) {
        put(a, 1, 2);
        put(a, 24, 2);
        put(a, p->plain, 8);
        put(a, p->packed, 8);
        put(a, header, 8);
    }
}

/* Writes the directory and the end to the archive, and that to a file. */
static inline void archive_end(struct archive *a, const struct ending *given, const char *name)
{
    static const struct ending usual;
    const struct ending *e = given ? given : &usual;
    uint64_t start = a->length - a->prefix + e->shift, size, record;
    uint64_t count = (uint64_t)((int64_t)a->count + e->more_entries);

    for (size_t i = 0; i < a->count; i++)
        put_entry(a, &a->parts[i], a->headers[i]);
    record = a->length;
    size = a->length - a->prefix + e->shift - start + e->directory_by;
    if (e->zip64) {
        put_bytes(a, "PK\6\6", 4);
        put(a, 44, 8);
        put_bytes(a, "\55\3\55\0", 4);
        put(a, e->disk, 4);
        put(a, e->disk, 4);
        put(a, count, 8);
        put(a, count, 8);
        put(a, size, 8);
        put(a, start, 8);
        put_bytes(a, "PK\6\7", 4);
        put(a, 0, 4);
        put(a, record - a->prefix, 8);
        put(a, 1, 4);
    }
    put_bytes(a, "PK\5\6", 4);
    put(a, e->disk, 2);
    put(a, e->disk, 2);
    put(a, e->zip64 ? 0xffff : count, 2);
    put(a, e->zip64 ? 0xffff : count, 2);
    put(a, e->zip64 ? UINT32_MAX : size, 4);
    put(a, e->zip64 ? UINT32_MAX : start, 4);
    put(a, e->comment, 2);
    for (size_t i = 0; i < e->comment; i++)
        put(a, e->repeated ? (unsigned char)e->repeated[i % strlen(e->repeated)] : 'c', 1);
    write_file(name, a->bytes, a->length);
}

/* A .npy file of the doubles that every test reads, as the bytes of a member. */
#define NPY_SIZE (128 + sizeof values)

static inline const unsigned char *npy_values(void)
{
    static unsigned char bytes[NPY_SIZE];

    write_values("member.npy");
    ck_assert_uint_eq(read_file("member.npy", bytes, sizeof bytes), sizeof bytes);
    ck_assert_int_eq(unlink("member.npy"), 0);
    return bytes;
}

static inline struct part values_part(void)
{
    return (struct part){.name = "x.npy", .data = npy_values(), .size = NPY_SIZE};
}

static inline void says(const struct mmview_error *err, const char *what)
{
    ck_assert_msg(strstr(err->message, what) != NULL, "'%s' is not in '%s'", what, err->message);
}

/* Deflated, though no smaller: one block of plain bytes. Returns how many there are. */
static inline size_t deflate_plainly(const void *data, size_t size, unsigned char *out)
{
    out[0] = 1;
    out[1] = (unsigned char)size;
    out[2] = (unsigned char)(size >> 8);
    out[3] = (unsigned char)~out[1];
    out[4] = (unsigned char)~out[2];
    memcpy(out + 5, data, size);
    return size + 5;
}

static inline struct mmview_npz *npz_ok(const char *name)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_npz *npz = NULL;
    int status = mmview_npz_open(name, NULL, &npz, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_ptr_nonnull(npz);
    return npz;
}

/* A failure tells, leaves out alone, and holds nothing. */
static inline struct mmview_error npz_fails(const char *name, int expected)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_npz *untouched = (struct mmview_npz *)(uintptr_t)0x5a5a, *npz = untouched;
    int descriptors = open_descriptors();
    int status = mmview_npz_open(name, NULL, &npz, &err);

    ck_assert_msg(status == expected, "%s, not %s: %s", mmview_status_name(status),
                  mmview_status_name(expected), err.message);
    ck_assert_int_eq(err.status, expected);
    ck_assert_str_ne(err.message, "");
    ck_assert_ptr_eq(npz, untouched);
    ck_assert_int_eq(open_descriptors(), descriptors);
    ck_assert_int_eq(mmview_npz_open(name, NULL, &npz, NULL), expected);
    return err;
}

static inline struct mmview_array *member_ok(struct mmview_npz *npz, size_t index,
                                             const struct mmview_npz_member_options *options)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int status = mmview_npz_member(npz, index, options, &array, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    ck_assert_ptr_nonnull(array);
    return array;
}

/* The member can not be opened, and mmview_npz_info() says the same of it. */
static inline struct mmview_error member_fails(struct mmview_npz *npz, size_t index, int expected)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_array *untouched = (struct mmview_array *)(uintptr_t)0x5a5a, *array = untouched;
    int status = mmview_npz_member(npz, index, NULL, &array, &err);

    ck_assert_msg(status == expected, "%s, not %s: %s", mmview_status_name(status),
                  mmview_status_name(expected), err.message);
    ck_assert_int_eq(err.status, expected);
    ck_assert_ptr_eq(array, untouched);
    ck_assert_int_eq(mmview_npz_member(npz, index, NULL, &array, NULL), expected);
    ck_assert_int_eq(mmview_npz_info(npz, index, &info, NULL), MMVIEW_OK);
    ck_assert_int_eq(info.reason.status, expected);
    ck_assert_str_eq(info.reason.message, err.message);
    ck_assert_int_eq(info.mappable, 0);
    mmview_member_info_clear(&info);
    return err;
}

#endif

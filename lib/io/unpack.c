/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/unpack.h"

#include "base/alloc.h"
#include "base/checked.h"
#include "os/file.h"

static voidpf allocate(voidpf opaque, uInt count, uInt size)
{
    size_t bytes;

    (void)opaque;
    return mmv_mul_size(count, size, &bytes) ? mmv_alloc(bytes) : NULL;
}

static void release(voidpf opaque, voidpf memory)
{
    (void)opaque;
    mmv_free(memory);
}

int mmv_unpack_start(struct mmv_unpack *unpack, const struct mmview_npz *npz,
                     const struct mmv_zip_entry *entry, uint64_t start, size_t room, unsigned flags,
                     struct mmview_error *err)
{
    bool deflated = entry->method != MMV_ZIP_STORED;
    int status;

    *unpack = (struct mmv_unpack){
        .fd = npz->fd,
        .method = entry->method,
        .at = start,
        .left = entry->packed,
        .plain = entry->plain,
        .stream = {.zalloc = allocate, .zfree = release},
        .room = room,
    };
    if (deflated || (flags & MMV_UNPACK_CRC)) {
        status = mmv_zlib_load(&unpack->zlib, err);
        if (status < 0)
            return status;
    }
    if (!deflated)
        return MMVIEW_OK;
    unpack->input = mmv_alloc(room);
    /* Without zlib's own header and end, which archives leave out. */
    if (!unpack->input || unpack->zlib.inflate_init(&unpack->stream, -MAX_WBITS, ZLIB_VERSION,
                                                    (int)sizeof unpack->stream) != Z_OK) {
        mmv_unpack_end(unpack);
        return mmv_fail_nomem(err);
    }
    unpack->inflating = true;
    return MMVIEW_OK;
}

void mmv_unpack_end(struct mmv_unpack *unpack)
{
    if (unpack->inflating)
        unpack->zlib.inflate_end(&unpack->stream);
    unpack->inflating = false;
    mmv_free(unpack->input);
    unpack->input = NULL;
    mmv_zlib_close(&unpack->zlib);
}

static int read_file(struct mmv_unpack *unpack, void *buffer, size_t length,
                     struct mmview_error *err)
{
    size_t got;
    int status = mmv_file_read(unpack->fd, buffer, length, unpack->at, &got, err);

    if (status < 0)
        return status;
    if (got < length)
        return mmv_fail_at(err, MMVIEW_ETRUNCATED, unpack->at + got,
                           "the file has become shorter: it ends at byte %llu",
                           (unsigned long long)(unpack->at + got));
    unpack->at += length;
    unpack->left -= length;
    return MMVIEW_OK;
}

static int damaged(const struct mmv_unpack *unpack, const char *what, struct mmview_error *err)
{
    uint64_t offset = unpack->at - unpack->stream.avail_in;

    return mmv_fail_at(err, MMVIEW_EARCHIVE, offset, "the deflated data %s, at byte %llu", what,
                       (unsigned long long)offset);
}

/* One step of zlib, with more of the file if it needs that. */
static int step(struct mmv_unpack *unpack, struct mmview_error *err)
{
    int result;

    if (unpack->stream.avail_in == 0 && unpack->left > 0) {
        size_t want = unpack->left < unpack->room ? (size_t)unpack->left : unpack->room;
        int status = read_file(unpack, unpack->input, want, err);

        if (status < 0)
            return status;
        unpack->stream.next_in = unpack->input;
        unpack->stream.avail_in = (uInt)want;
    }
    result = unpack->zlib.inflate(&unpack->stream, Z_NO_FLUSH);
    switch (result) {
    case Z_OK: return MMVIEW_OK;
    case Z_STREAM_END: unpack->ended = true; return MMVIEW_OK;
    case Z_MEM_ERROR: return mmv_fail_nomem(err);
    case Z_BUF_ERROR: return damaged(unpack, "is cut off", err);
    default: return damaged(unpack, "is damaged", err);
    }
}

/* zlib counts in unsigned ints. */
#define MOST_AT_ONCE ((size_t)1 << 30)

static int inflate_some(struct mmv_unpack *unpack, unsigned char *buffer, size_t length,
                        struct mmview_error *err)
{
    for (size_t done = 0; done < length;) {
        size_t want = length - done < MOST_AT_ONCE ? length - done : MOST_AT_ONCE;
        int status;

        if (unpack->ended)
            return damaged(unpack, "ends before the member does", err);
        unpack->stream.next_out = buffer + done;
        unpack->stream.avail_out = (uInt)want;
        status = step(unpack, err);
        if (status < 0)
            return status;
        done += want - unpack->stream.avail_out;
    }
    return MMVIEW_OK;
}

int mmv_unpack_read(struct mmv_unpack *unpack, void *buffer, size_t length, size_t *got,
                    struct mmview_error *err)
{
    size_t want = unpack->plain < length ? (size_t)unpack->plain : length;
    int status = unpack->method == MMV_ZIP_STORED ? read_file(unpack, buffer, want, err)
                                                  : inflate_some(unpack, buffer, want, err);

    if (status < 0)
        return status;
    unpack->plain -= want;
    *got = want;
    return MMVIEW_OK;
}

int mmv_unpack_check_end(struct mmv_unpack *unpack, struct mmview_error *err)
{
    unsigned char more;

    if (unpack->method == MMV_ZIP_STORED)
        return MMVIEW_OK; /* as many bytes as it has unpacked */
    while (!unpack->ended) {
        int status;

        unpack->stream.next_out = &more;
        unpack->stream.avail_out = 1;
        status = step(unpack, err);
        if (status < 0)
            return status;
        if (unpack->stream.avail_out == 0)
            return damaged(unpack, "goes on after the member's end", err);
    }
    if (unpack->stream.avail_in > 0 || unpack->left > 0)
        return damaged(unpack, "has something behind it", err);
    return MMVIEW_OK;
}

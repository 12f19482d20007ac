/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/npz.h>

#include "base/alloc.h"
#include "io/unpack.h"

/* What is unpacked between two looks at the CRC, while it is in the cache, and two calls
 * of progress. */
#define BLOCK ((size_t)256 << 10)

int mmv_npz_unpack(struct mmview_npz *npz, const struct mmv_zip_entry *entry, uint64_t start,
                   unsigned char *memory, mmview_progress *progress, void *context,
                   struct mmview_error *err)
{
    unsigned char *block = memory ? NULL : mmv_alloc(BLOCK);
    struct mmv_unpack unpack;
    uint64_t done = 0;
    uLong crc = 0;
    int status;

    if (!memory && !block)
        return mmv_fail_nomem(err);
    status = mmv_unpack_start(&unpack, npz, entry, start, MMV_UNPACK_ROOM, MMV_UNPACK_CRC, err);
    if (status < 0) {
        mmv_free(block);
        return status;
    }
    while (status == MMVIEW_OK && done < entry->plain) {
        unsigned char *to = memory ? memory + done : block;
        size_t got;

        status = mmv_unpack_read(&unpack, to, BLOCK, &got, err);
        if (status < 0)
            break;
        crc = unpack.zlib.crc32(crc, to, got);
        done += got;
        if (progress && progress(context, done, entry->plain) != 0)
            status = mmv_fail(err, MMVIEW_ECANCELED, "ended by the caller after %llu of %llu bytes",
                              (unsigned long long)done, (unsigned long long)entry->plain);
    }
    if (status == MMVIEW_OK)
        status = mmv_unpack_check_end(&unpack, err);
    mmv_unpack_end(&unpack);
    mmv_free(block);
    if (status == MMVIEW_OK && crc != entry->crc)
        status = mmv_fail_at(err, MMVIEW_ECHECKSUM, start,
                             "the member is damaged: its CRC is %08lx, but %08lx in the archive",
                             (unsigned long)crc, (unsigned long)entry->crc);
    return status;
}

int mmv_npz_unpack_first(const struct mmview_npz *npz, const struct mmv_zip_entry *entry,
                         uint64_t start, void *buffer, size_t length, size_t *got,
                         struct mmview_error *err)
{
    struct mmv_unpack unpack;
    size_t room = length < MMV_UNPACK_ROOM ? length + 1 : MMV_UNPACK_ROOM;
    int status = mmv_unpack_start(&unpack, npz, entry, start, room, 0, err);

    if (status < 0)
        return status;
    status = mmv_unpack_read(&unpack, buffer, length, got, err);
    mmv_unpack_end(&unpack);
    return status;
}

/* Where the bytes of a member are, if they can be read. */
static int locate(struct mmview_npz *npz, size_t index, const struct mmv_zip_entry **entry,
                  uint64_t *start, struct mmview_error *err)
{
    int status;

    *entry = mmv_npz_entry(npz, index, err);
    if (!*entry)
        return MMVIEW_EINVAL;
    status = mmv_npz_check(*entry, err);
    return status == MMVIEW_OK ? mmv_npz_start(npz, index, start, err) : status;
}

int mmview_npz_verify(struct mmview_npz *npz, size_t index, mmview_progress *progress,
                      void *context, struct mmview_error *err)
{
    const struct mmv_zip_entry *entry;
    uint64_t start;
    int status = locate(npz, index, &entry, &start, err);

    if (status != MMVIEW_OK)
        return status;
    return mmv_npz_unpack(npz, entry, start, NULL, progress, context, err);
}

int mmview_npz_read(struct mmview_npz *npz, size_t index, void *buffer, size_t length, size_t *got,
                    struct mmview_error *err)
{
    const struct mmv_zip_entry *entry;
    uint64_t start;
    int status;

    if (!buffer || !got)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = locate(npz, index, &entry, &start, err);
    return status == MMVIEW_OK ? mmv_npz_unpack_first(npz, entry, start, buffer, length, got, err)
                               : status;
}

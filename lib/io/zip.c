/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/zip.h"

#include <string.h>

#include "base/alloc.h"
#include "os/file.h"

/* Most archives have no comment, and their end is in this many bytes. */
#define SHORT_TAIL ((size_t)1024)

int mmv_zip_read_all(int fd, void *buffer, size_t length, uint64_t offset, struct mmview_error *err)
{
    size_t got;
    int status = mmv_file_read(fd, buffer, length, offset, &got, err);

    if (status == MMVIEW_OK && got < length)
        return mmv_fail_at(err, MMVIEW_EARCHIVE, offset + got,
                           "the file ends at byte %llu, in the middle of the archive",
                           (unsigned long long)(offset + got));
    return status;
}

static int two_ends(uint64_t one, uint64_t other, struct mmview_error *err)
{
    return mmv_fail_at(err, MMVIEW_EARCHIVE, one,
                       "the archive has an end at byte %llu and another at byte %llu: programs "
                       "would take it differently",
                       (unsigned long long)one, (unsigned long long)other);
}

/* Looks for the end record in the last bytes of the file. MMVIEW_ENOTFOUND, without a
 * reason, if it is not there. */
static int find_in(int fd, uint64_t file_size, unsigned char *tail, size_t room, uint64_t *at,
                   unsigned char record[MMV_ZIP_END_LENGTH], struct mmview_error *err)
{
    size_t length = file_size < room ? (size_t)file_size : room, found, last;
    uint64_t start = file_size - length;
    int status = mmv_zip_read_all(fd, tail, length, start, err);

    if (status < 0)
        return status;
    found = mmv_zip_find_end(tail, length, length == file_size || room == MMV_ZIP_END_ROOM, &last);
    if (found == SIZE_MAX)
        return MMVIEW_ENOTFOUND;
    /* Python's zipfile and others take what is in the comment for the end. */
    if (last != found)
        return two_ends(start + found, start + last, err);
    memcpy(record, tail + found, MMV_ZIP_END_LENGTH);
    *at = start + found;
    return MMVIEW_OK;
}

static int find_end(int fd, uint64_t file_size, uint64_t *at,
                    unsigned char record[MMV_ZIP_END_LENGTH], struct mmview_error *err)
{
    unsigned char tail[SHORT_TAIL], *longer;
    int status = find_in(fd, file_size, tail, sizeof tail, at, record, err);

    if (status != MMVIEW_ENOTFOUND)
        return status;
    longer = mmv_alloc(MMV_ZIP_END_ROOM);
    if (!longer)
        return mmv_fail_nomem(err);
    status = find_in(fd, file_size, longer, MMV_ZIP_END_ROOM, at, record, err);
    mmv_free(longer);
    if (status == MMVIEW_ENOTFOUND)
        return mmv_fail_at(err, MMVIEW_EARCHIVE, file_size,
                           "no archive, or one whose end, with its directory, is cut off");
    return status;
}

/* Reads what could be the end record for 64 bits, if it is in front of the locator. */
static int look_for_end64(int fd, uint64_t at, uint64_t locator,
                          unsigned char record[MMV_ZIP_END64_LENGTH], bool *found,
                          struct mmview_error *err)
{
    int status;

    *found = false;
    if (locator < MMV_ZIP_END64_LENGTH || at > locator - MMV_ZIP_END64_LENGTH)
        return MMVIEW_OK;
    status = mmv_zip_read_all(fd, record, MMV_ZIP_END64_LENGTH, at, err);
    *found = status == MMVIEW_OK && mmv_zip_is_end64(record);
    return status;
}

/* Finds the end record for 64 bits: it is where the locator says, or, behind a prefix,
 * next to the locator. Programs look in one place or the other first. */
static int find_end64(int fd, uint64_t locator, uint64_t place, uint64_t *at,
                      unsigned char record[MMV_ZIP_END64_LENGTH], struct mmview_error *err)
{
    unsigned char other[MMV_ZIP_END64_LENGTH];
    uint64_t next = locator - MMV_ZIP_END64_LENGTH;
    bool there, is_next = false;
    int status = look_for_end64(fd, place, locator, record, &there, err);

    if (status == MMVIEW_OK && place != next)
        status = look_for_end64(fd, next, locator, other, &is_next, err);
    if (status < 0)
        return status;
    if (there && is_next)
        return two_ends(place, next, err);
    *at = is_next ? next : place;
    if (is_next)
        memcpy(record, other, sizeof other);
    if ((!there && !is_next) || !mmv_zip_end64_reaches(record, *at, locator))
        return mmv_fail_at(err, MMVIEW_EARCHIVE, locator,
                           "the end of the archive's directory is not at byte %llu, as byte %llu "
                           "says",
                           (unsigned long long)place, (unsigned long long)locator);
    return MMVIEW_OK;
}

/* Reads the end record for 64 bits, which has to say what the other at byte `end` says. */
static int read_end64(int fd, const unsigned char locator[MMV_ZIP_LOCATOR_LENGTH], uint64_t end,
                      const unsigned char shorter[MMV_ZIP_END_LENGTH], struct mmv_zip_end *out,
                      struct mmview_error *err)
{
    unsigned char record[MMV_ZIP_END64_LENGTH];
    uint64_t at = 0, place, start = end - MMV_ZIP_LOCATOR_LENGTH;
    int status = mmv_zip_read_locator(locator, start, &place, err);

    if (status == MMVIEW_OK)
        status = find_end64(fd, start, place, &at, record, err);
    if (status == MMVIEW_OK)
        status = mmv_zip_read_end64(record, at, out, err);
    if (status == MMVIEW_OK && !mmv_zip_ends_agree(record, shorter))
        return mmv_fail_at(err, MMVIEW_EARCHIVE, end,
                           "the archive's end, at byte %llu, says something else than that for 64 "
                           "bits, at byte %llu",
                           (unsigned long long)end, (unsigned long long)at);
    return status;
}

int mmv_zip_find(int fd, uint64_t file_size, struct mmv_zip_end *out, struct mmview_error *err)
{
    unsigned char record[MMV_ZIP_END_LENGTH], locator[MMV_ZIP_LOCATOR_LENGTH];
    uint64_t at;
    int status = find_end(fd, file_size, &at, record, err);

    if (status < 0)
        return status;
    if (at >= MMV_ZIP_LOCATOR_LENGTH) {
        status = mmv_zip_read_all(fd, locator, sizeof locator, at - sizeof locator, err);
        if (status < 0)
            return status;
        if (mmv_zip_is_locator(locator))
            return read_end64(fd, locator, at, record, out, err);
    }
    return mmv_zip_read_end(record, at, out, err);
}

/* The part of the directory that is in memory. */
struct window {
    int fd;
    uint64_t offset, end; /* of what is there; of the directory */
    size_t length, room;
    unsigned char *bytes;
};

/* Has the bytes from `offset` on in memory: `length` of them at least, if the directory
 * has as many. Returns how many there are. */
static int look_at(struct window *window, uint64_t offset, size_t length, size_t *there,
                   struct mmview_error *err)
{
    uint64_t left = window->end - offset;
    int status;

    if (length > left)
        length = (size_t)left;
    if (offset + length > window->offset + window->length) {
        window->offset = offset;
        window->length = left < window->room ? (size_t)left : window->room;
        status = mmv_zip_read_all(window->fd, window->bytes, window->length, offset, err);
        if (status < 0)
            return status;
    }
    *there = (size_t)(window->offset + window->length - offset);
    return MMVIEW_OK;
}

static int damaged(uint64_t offset, uint64_t count, struct mmview_error *err)
{
    return mmv_fail_at(err, MMVIEW_EARCHIVE, offset,
                       "the archive's directory is damaged at byte %llu, after %llu member%s",
                       (unsigned long long)offset, (unsigned long long)count,
                       count == 1 ? "" : "s");
}

static int walk(struct window *window, const struct mmv_zip_end *end,
                int (*take)(void *context, const struct mmv_zip_entry *entry, const char *name,
                            struct mmview_error *err),
                void *context, struct mmview_error *err)
{
    uint64_t at = end->begin, count = 0;

    for (; at < end->end; count++) {
        const unsigned char *bytes;
        struct mmv_zip_entry entry;
        size_t there, length = 0;
        int status = look_at(window, at, MMV_ZIP_ENTRY_LENGTH, &there, err);

        if (status == MMVIEW_OK && there >= MMV_ZIP_ENTRY_LENGTH)
            length = mmv_zip_entry_length(window->bytes + (at - window->offset));
        if (status == MMVIEW_OK && length > 0)
            status = look_at(window, at, length, &there, err);
        if (status < 0)
            return status;
        if (length == 0 || there < length)
            return damaged(at, count, err);
        bytes = window->bytes + (at - window->offset);
        status = mmv_zip_read_entry(bytes, at, end, &entry, err);
        if (status == MMVIEW_OK)
            status = take(context, &entry, (const char *)bytes + MMV_ZIP_ENTRY_LENGTH, err);
        if (status < 0)
            return status;
        at += length;
    }
    /* Old writers count to 65535 and start again. */
    if (count != end->entries && (end->is64 || (count & 0xffff) != end->entries))
        return mmv_fail_at(err, MMVIEW_EARCHIVE, end->end,
                           "the archive says that it has %llu members, but its directory has %llu",
                           (unsigned long long)end->entries, (unsigned long long)count);
    return MMVIEW_OK;
}

int mmv_zip_walk(int fd, const struct mmv_zip_end *end,
                 int (*take)(void *context, const struct mmv_zip_entry *entry, const char *name,
                             struct mmview_error *err),
                 void *context, struct mmview_error *err)
{
    uint64_t size = end->end - end->begin;
    struct window window = {.fd = fd, .offset = end->begin, .end = end->end};
    int status;

    if (size == 0 && end->entries == 0)
        return MMVIEW_OK;
    window.room = size < MMV_ZIP_ENTRY_ROOM ? (size_t)size : MMV_ZIP_ENTRY_ROOM;
    window.bytes = mmv_alloc(window.room);
    if (!window.bytes)
        return mmv_fail_nomem(err);
    status = walk(&window, end, take, context, err);
    mmv_free(window.bytes);
    return status;
}

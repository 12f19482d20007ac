/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/zip.h"

#include <string.h>

#include "base/alloc.h"
#include "format/zip_name.h"
#include "os/file.h"

/* Most archives have no comment, and their end is in this many bytes. */
#define SHORT_TAIL ((size_t)1024)

/* Reads bytes that have to be there. */
static int read_all(int fd, void *buffer, size_t length, uint64_t offset, struct mmview_error *err)
{
    size_t got;
    int status = mmv_file_read(fd, buffer, length, offset, &got, err);

    if (status == MMVIEW_OK && got < length)
        return mmv_fail_at(err, MMVIEW_EARCHIVE, offset + got,
                           "the file ends at byte %llu, in the middle of the archive",
                           (unsigned long long)(offset + got));
    return status;
}

/* Looks for the end record in the last bytes of the file. MMVIEW_ENOTFOUND, without a
 * reason, if it is not there. */
static int find_in(int fd, uint64_t file_size, unsigned char *tail, size_t room, uint64_t *at,
                   unsigned char record[MMV_ZIP_END_LENGTH], struct mmview_error *err)
{
    size_t length = file_size < room ? (size_t)file_size : room, found;
    int status = read_all(fd, tail, length, file_size - length, err);

    if (status < 0)
        return status;
    found = mmv_zip_find_end(tail, length, length == file_size || room == MMV_ZIP_END_ROOM);
    if (found == SIZE_MAX)
        return MMVIEW_ENOTFOUND;
    memcpy(record, tail + found, MMV_ZIP_END_LENGTH);
    *at = file_size - length + found;
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

/* Reads the end record for 64 bits: it is where the locator says, or, behind a prefix,
 * next to the locator. */
static int read_end64(int fd, uint64_t locator, uint64_t place, struct mmv_zip_end *out,
                      struct mmview_error *err)
{
    unsigned char record[MMV_ZIP_END64_LENGTH];
    uint64_t places[2] = {place, locator - MMV_ZIP_END64_LENGTH};

    for (int i = 0; i < 2; i++) {
        int status;

        if (locator < MMV_ZIP_END64_LENGTH || places[i] > locator - MMV_ZIP_END64_LENGTH)
            continue;
        status = read_all(fd, record, sizeof record, places[i], err);
        if (status < 0)
            return status;
        if (mmv_zip_is_end64(record))
            return mmv_zip_read_end64(record, places[i], out, err);
    }
    return mmv_fail_at(err, MMVIEW_EARCHIVE, locator,
                       "the end of the archive's directory is not at byte %llu, as byte %llu says",
                       (unsigned long long)place, (unsigned long long)locator);
}

int mmv_zip_find(int fd, uint64_t file_size, struct mmv_zip_end *out, struct mmview_error *err)
{
    unsigned char record[MMV_ZIP_END_LENGTH], locator[MMV_ZIP_LOCATOR_LENGTH];
    uint64_t at, place;
    int status = find_end(fd, file_size, &at, record, err);

    if (status < 0)
        return status;
    if (at >= MMV_ZIP_LOCATOR_LENGTH) {
        status = read_all(fd, locator, sizeof locator, at - sizeof locator, err);
        if (status < 0)
            return status;
        if (mmv_zip_read_locator(locator, &place))
            return read_end64(fd, at - sizeof locator, place, out, err);
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
        status = read_all(window->fd, window->bytes, window->length, offset, err);
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

/* Most members' own headers fit in here with their names. */
#define HEAD_ROOM ((size_t)256)

/* Is the name in the member's own header the directory's? */
static int check_name(const struct mmv_zip_entry *entry, const unsigned char *own, const char *name,
                      struct mmview_error *err)
{
    char few[MMV_ZIP_NAME_GROWTH * HEAD_ROOM], *utf8 = few;
    size_t length = entry->name_length;
    bool same;

    if (length > HEAD_ROOM)
        utf8 = mmv_alloc(MMV_ZIP_NAME_GROWTH * length);
    if (!utf8)
        return mmv_fail_nomem(err);
    same = mmv_zip_name((const char *)own, length, (entry->flags & MMV_ZIP_UTF8) != 0, utf8) ==
               entry->utf8 &&
           memcmp(utf8, name, entry->utf8) == 0;
    if (utf8 != few)
        mmv_free(utf8);
    return same ? MMVIEW_OK : mmv_zip_disagrees(entry, "has another name than the directory", err);
}

/* All of the bytes are in the file and before what comes next in it. */
static int check_place(const struct mmv_zip_entry *entry, uint64_t file_size, uint64_t start,
                       struct mmview_error *err)
{
    if (start > file_size || entry->packed > file_size - start)
        return mmv_fail_at(err, MMVIEW_EARCHIVE, start,
                           "the member has %llu bytes from byte %llu on, but the file has %llu in "
                           "all",
                           (unsigned long long)entry->packed, (unsigned long long)start,
                           (unsigned long long)file_size);
    if (start > entry->limit || entry->packed > entry->limit - start)
        return mmv_fail_at(err, MMVIEW_EARCHIVE, start,
                           "the member has %llu bytes from byte %llu on, which overlap what "
                           "starts at byte %llu",
                           (unsigned long long)entry->packed, (unsigned long long)start,
                           (unsigned long long)entry->limit);
    return MMVIEW_OK;
}

/* head has the first bytes, of the length that the entry makes one expect. */
static int check_head(const unsigned char *head, uint64_t file_size,
                      const struct mmv_zip_entry *entry, const char *name, uint64_t *start,
                      struct mmview_error *err)
{
    uint64_t length;
    int status = mmv_zip_read_local(head, entry, &length, err);

    if (status == MMVIEW_OK)
        status = check_name(entry, head + MMV_ZIP_LOCAL_LENGTH, name, err);
    if (status == MMVIEW_OK)
        status = check_place(entry, file_size, entry->header + length, err);
    if (status == MMVIEW_OK)
        *start = entry->header + length;
    return status;
}

int mmv_zip_start(int fd, uint64_t file_size, const struct mmv_zip_entry *entry, const char *name,
                  uint64_t *start, struct mmview_error *err)
{
    unsigned char few[HEAD_ROOM], *head = few;
    size_t length = (size_t)MMV_ZIP_LOCAL_LENGTH + entry->name_length;
    int status;

    if (length > sizeof few)
        head = mmv_alloc(length);
    if (!head)
        return mmv_fail_nomem(err);
    status = read_all(fd, head, length, entry->header, err);
    if (status == MMVIEW_OK)
        status = check_head(head, file_size, entry, name, start, err);
    if (head != few)
        mmv_free(head);
    return status;
}

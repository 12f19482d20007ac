/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "base/alloc.h"
#include "format/zip_local.h"
#include "format/zip_name.h"
#include "io/zip.h"
#include "os/file.h"

/* Most members' own headers fit in here, with name and extra field. */
#define HEAD_ROOM ((size_t)256)

/* Is the name in the member's own header the directory's? */
static int check_name(const struct mmv_zip_entry *entry, const unsigned char *own, bool is_utf8,
                      const char *name, struct mmview_error *err)
{
    char few[MMV_ZIP_NAME_GROWTH * HEAD_ROOM], *utf8 = few;
    size_t length = entry->name_length;
    bool same;

    if (length > HEAD_ROOM)
        utf8 = mmv_alloc(MMV_ZIP_NAME_GROWTH * length);
    if (!utf8)
        return mmv_fail_nomem(err);
    same = mmv_zip_name((const char *)own, length, is_utf8, utf8) == entry->utf8 &&
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

/* Compares what follows the member's bytes, up to what comes next in the file. */
static int check_behind(int fd, const struct mmv_zip_entry *entry,
                        const struct mmv_zip_local *local, struct mmview_error *err)
{
    unsigned char bytes[MMV_ZIP_DESCRIPTOR_ROOM];
    uint64_t at = entry->header + local->length + entry->packed, room = entry->limit - at;
    size_t length = room < sizeof bytes ? (size_t)room : sizeof bytes;
    int status;

    if (!local->later)
        return MMVIEW_OK;
    status = mmv_zip_read_all(fd, bytes, length, at, err);
    return status == MMVIEW_OK ? mmv_zip_check_descriptor(bytes, length, at, entry, local, err)
                               : status;
}

/* head has the name, too, and the extra field, if that matters. */
static int check_head(const unsigned char *head, const struct mmv_zip_entry *entry,
                      const char *name, struct mmv_zip_local *local, struct mmview_error *err)
{
    int status = check_name(entry, head + MMV_ZIP_LOCAL_LENGTH, local->utf8, name, err);

    return status == MMVIEW_OK && local->is64 ? mmv_zip_read_local_extra(head, entry, local, err)
                                              : status;
}

/* Has all of the header in memory of its own. */
static int check_long_head(int fd, size_t length, const struct mmv_zip_entry *entry,
                           const char *name, struct mmv_zip_local *local, struct mmview_error *err)
{
    unsigned char *head = mmv_alloc(length);
    int status;

    if (!head)
        return mmv_fail_nomem(err);
    status = mmv_zip_read_all(fd, head, length, entry->header, err);
    if (status == MMVIEW_OK)
        status = check_head(head, entry, name, local, err);
    mmv_free(head);
    return status;
}

int mmv_zip_start(int fd, uint64_t file_size, const struct mmv_zip_entry *entry, const char *name,
                  uint64_t *start, struct mmview_error *err)
{
    unsigned char few[HEAD_ROOM];
    struct mmv_zip_local local;
    uint64_t rest = file_size - entry->header;
    size_t length = rest < sizeof few ? (size_t)rest : sizeof few, need;
    /* The directory is behind the header: at least the part that all headers have is there. */
    int status = mmv_zip_read_all(fd, few, length, entry->header, err);

    if (status == MMVIEW_OK)
        status = mmv_zip_read_local(few, entry, &local, err);
    if (status != MMVIEW_OK)
        return status;
    need = (size_t)local.length - (local.is64 ? 0 : local.extra);
    status = need <= length ? check_head(few, entry, name, &local, err)
                            : check_long_head(fd, need, entry, name, &local, err);
    if (status == MMVIEW_OK)
        status = check_place(entry, file_size, entry->header + local.length, err);
    if (status == MMVIEW_OK)
        status = check_behind(fd, entry, &local, err);
    if (status == MMVIEW_OK)
        *start = entry->header + local.length;
    return status;
}

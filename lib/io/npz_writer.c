/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/npz_write.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/utf8.h"
#include "format/zip_write.h"
#include "io/options.h"
#include "io/save.h"
#include "io/zlib.h"
#include "os/file.h"
#include "os/new_file.h"

struct mmview_npz_writer {
    struct mmv_new_file file;
    struct mmv_zlib zlib; /* for its CRC */
    unsigned align;
    bool failed;
    uint64_t end; /* of what was written */

    size_t count, room;
    struct mmv_zip_member *members; /* their names are allocated */
};

static int read_options(const struct mmview_npz_writer_options *given,
                        struct mmview_npz_writer_options *known, struct mmview_error *err)
{
    int status;

    *known = (struct mmview_npz_writer_options)MMVIEW_NPZ_WRITER_OPTIONS_INIT;
    status = mmv_options_read(known, sizeof *known,
                              MMV_SIZE_TO(struct mmview_npz_writer_options, align), given, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_flags(known->flags, MMVIEW_WRITE_EXCLUSIVE, err);
    if (status < 0)
        return status;
    if (known->align == 0)
        known->align = 64;
    if (known->align > MMV_ZIP_MOST_ALIGN || (known->align & (known->align - 1)))
        return mmv_fail(err, MMVIEW_EINVAL, "an alignment of %u is no power of two up to %d",
                        known->align, MMV_ZIP_MOST_ALIGN);
    return MMVIEW_OK;
}

static void free_writer(struct mmview_npz_writer *writer)
{
    for (size_t i = 0; i < writer->count; i++)
        mmv_free((char *)(uintptr_t)writer->members[i].name);
    mmv_free(writer->members);
    mmv_zlib_close(&writer->zlib);
    mmv_free(writer);
}

int mmview_npz_writer_create(const char *path, const struct mmview_npz_writer_options *options,
                             struct mmview_npz_writer **out, struct mmview_error *err)
{
    struct mmview_npz_writer_options known;
    struct mmview_npz_writer *writer;
    int status;

    if (!path || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, &known, err);
    if (status < 0)
        return status;
    writer = mmv_alloc(sizeof *writer);
    if (!writer)
        return mmv_fail_nomem(err);
    memset(writer, 0, sizeof *writer);
    writer->align = known.align;
    status = mmv_zlib_load(&writer->zlib, err);
    if (status == MMVIEW_OK)
        status = mmv_new_file_open(&writer->file, path, (known.flags & MMVIEW_WRITE_EXCLUSIVE) != 0,
                                   err);
    if (status < 0)
        free_writer(writer);
    else
        *out = writer;
    return status;
}

static int check_name(const char *name, size_t length, struct mmview_error *err)
{
    size_t bad;

    if (length == 0 || length > UINT16_MAX)
        return mmv_fail(err, MMVIEW_EINVAL, "a name of %zu bytes, where 1 to %d may be", length,
                        UINT16_MAX);
    if (memchr(name, '\0', length) || mmv_utf8_count(name, length, &bad) == SIZE_MAX)
        return mmv_fail(err, MMVIEW_EINVAL, "a name that is no UTF-8, or has a NUL in it");
    return MMVIEW_OK;
}

static int make_room(struct mmview_npz_writer *writer, struct mmview_error *err)
{
    size_t room = writer->room ? 2 * writer->room : 16, size;
    struct mmv_zip_member *grown;

    if (writer->count < writer->room)
        return MMVIEW_OK;
    grown = mmv_mul_size(room, sizeof *grown, &size) ? mmv_realloc(writer->members, size) : NULL;
    if (!grown)
        return mmv_fail_nomem(err);
    writer->members = grown;
    writer->room = room;
    return MMVIEW_OK;
}

static int write_at_end(struct mmview_npz_writer *writer, const void *data, size_t nbytes,
                        struct mmview_error *err)
{
    int status = mmv_file_write(writer->file.fd, data, nbytes, writer->end, err);

    writer->end += nbytes;
    return status;
}

/* Bytes of the member that was begun last. */
static int put(void *context, const void *data, size_t nbytes, struct mmview_error *err)
{
    struct mmview_npz_writer *writer = context;
    struct mmv_zip_member *member = &writer->members[writer->count - 1];

    member->crc = (uint32_t)writer->zlib.crc32(member->crc, data, nbytes);
    return write_at_end(writer, data, nbytes, err);
}

/* The member's own header; the CRC in it is that of no bytes at first. */
static int write_local(struct mmview_npz_writer *writer, const struct mmv_zip_member *member,
                       uint64_t lead, struct mmview_error *err)
{
    size_t size = mmv_zip_local_size(member, lead, writer->align);
    unsigned char *header = mmv_alloc(size);
    int status;

    if (!header)
        return mmv_fail_nomem(err);
    mmv_zip_write_local(member, size, writer->align, header);
    status = mmv_file_write(writer->file.fd, header, size, member->header, err);
    mmv_free(header);
    if (writer->end < member->header + size)
        writer->end = member->header + size;
    return status;
}

/* Begins a member of so many bytes, of which `lead` come before what is to be aligned. */
static int begin_member(struct mmview_npz_writer *writer, const char *name, size_t length,
                        uint64_t lead, uint64_t size, struct mmview_error *err)
{
    struct mmv_zip_member *member;
    uint64_t end;
    char *copy;
    int status = check_name(name, length, err);

    if (status == MMVIEW_OK && writer->failed)
        status = mmv_fail(err, MMVIEW_EINVAL, "a call failed before: the archive is not whole");
    if (status == MMVIEW_OK && (!mmv_add_u64(writer->end, size, &end) || end > INT64_MAX / 2))
        status = mmv_fail(err, MMVIEW_EOVERFLOW, "more bytes than a file can have");
    if (status == MMVIEW_OK)
        status = make_room(writer, err);
    if (status < 0)
        return status;
    copy = mmv_alloc(length);
    if (!copy)
        return mmv_fail_nomem(err);
    memcpy(copy, name, length);
    member = &writer->members[writer->count++];
    *member = (struct mmv_zip_member){writer->end, size, 0, (uint16_t)length, copy};
    status = write_local(writer, member, lead, err);
    /* The directory would name what is not there. */
    writer->failed = status < 0;
    return status;
}

/* Now that the CRC is known. */
static int end_member(struct mmview_npz_writer *writer, uint64_t lead, struct mmview_error *err)
{
    return write_local(writer, &writer->members[writer->count - 1], lead, err);
}

int mmview_npz_writer_add(struct mmview_npz_writer *writer, const char *name, size_t length,
                          struct mmview_array *array, const struct mmview_save_options *options,
                          struct mmview_error *err)
{
    struct mmv_saving saving;
    int status;

    if (!name || !array)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = mmv_saving_plan(&saving, array, options, 0, err);
    if (status < 0)
        return status;
    status = begin_member(writer, name, length == SIZE_MAX ? strlen(name) : length,
                          saving.header_length, saving.header_length + saving.total, err);
    if (status == MMVIEW_OK) {
        status = mmv_saving_put(&saving, put, writer, err);
        if (status == MMVIEW_OK)
            status = end_member(writer, saving.header_length, err);
        writer->failed = writer->failed || status < 0;
    }
    mmv_saving_clear(&saving);
    return status;
}

int mmview_npz_writer_add_bytes(struct mmview_npz_writer *writer, const char *name, size_t length,
                                const void *data, size_t nbytes, struct mmview_error *err)
{
    int status;

    if (!name || (!data && nbytes > 0))
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = begin_member(writer, name, length == SIZE_MAX ? strlen(name) : length, 0, nbytes, err);
    if (status < 0)
        return status;
    status = put(writer, data, nbytes, err);
    if (status == MMVIEW_OK)
        status = end_member(writer, 0, err);
    writer->failed = writer->failed || status < 0;
    return status;
}

static int by_name(const void *a, const void *b)
{
    const struct mmv_zip_member *const *x = a, *const *y = b;
    size_t shorter = (*x)->name_length < (*y)->name_length ? (*x)->name_length : (*y)->name_length;
    int order = memcmp((*x)->name, (*y)->name, shorter);

    return order ? order : (*x)->name_length - (*y)->name_length;
}

/* Readers differ in which of two members of one name they take. */
static int check_names(const struct mmview_npz_writer *writer, struct mmview_error *err)
{
    const struct mmv_zip_member **sorted = mmv_alloc((writer->count + 1) * sizeof(void *));
    int status = MMVIEW_OK;

    if (!sorted)
        return mmv_fail_nomem(err);
    for (size_t i = 0; i < writer->count; i++)
        sorted[i] = &writer->members[i];
    qsort(sorted, writer->count, sizeof *sorted, by_name);
    for (size_t i = 1; i < writer->count && status == MMVIEW_OK; i++)
        if (by_name(&sorted[i - 1], &sorted[i]) == 0)
            status = mmv_fail(err, MMVIEW_EINVAL, "there are two members '%.*s'",
                              (int)sorted[i]->name_length, sorted[i]->name);
    mmv_free(sorted);
    return status;
}

static int write_directory(struct mmview_npz_writer *writer, struct mmview_error *err)
{
    unsigned char entry[MMV_ZIP_ENTRY_MOST + UINT16_MAX];
    uint64_t begin = writer->end;
    int status = MMVIEW_OK;

    for (size_t i = 0; i < writer->count && status == MMVIEW_OK; i++)
        status = write_at_end(writer, entry, mmv_zip_write_entry(&writer->members[i], entry), err);
    if (status == MMVIEW_OK)
        status = write_at_end(writer, entry,
                              mmv_zip_write_end(writer->count, begin, writer->end, entry), err);
    return status;
}

int mmview_npz_writer_finish(struct mmview_npz_writer *writer, struct mmview_error *err)
{
    int status = writer->failed ? mmv_fail(err, MMVIEW_EINVAL,
                                           "a call failed before: the archive "
                                           "is not whole")
                                : check_names(writer, err);

    if (status == MMVIEW_OK)
        status = write_directory(writer, err);
    if (status == MMVIEW_OK)
        status = mmv_new_file_commit(&writer->file, NULL, err);
    mmview_npz_writer_cancel(writer);
    return status;
}

void mmview_npz_writer_cancel(struct mmview_npz_writer *writer)
{
    if (!writer)
        return;
    if (writer->file.directory >= 0)
        mmv_new_file_abandon(&writer->file);
    free_writer(writer);
}

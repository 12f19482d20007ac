/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/writer.h"

#include <string.h>

#include <mmview/dtype.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/strbuf.h"
#include "os/file.h"

int mmview_writer_replaces(const struct mmview_writer *writer)
{
    return writer->file.fd >= 0;
}

const struct mmview_dtype *mmview_writer_dtype(const struct mmview_writer *writer)
{
    return writer->dtype;
}

mmview_intp mmview_writer_row_nbytes(const struct mmview_writer *writer)
{
    return writer->row_nbytes;
}

mmview_intp mmview_writer_rows(const struct mmview_writer *writer)
{
    return writer->shape[writer->axis];
}

mmview_intp mmview_writer_rows_settled(const struct mmview_writer *writer)
{
    return writer->settled;
}

uint64_t mmview_writer_bytes_left(const struct mmview_writer *writer)
{
    return writer->left;
}

static int refuse_failed(struct mmview_error *err)
{
    return mmv_fail(err, MMVIEW_EINVAL, "a write failed before: the rest would be misplaced");
}

static int write_at_end(struct mmview_writer *writer, const void *data, size_t nbytes, uint64_t end,
                        struct mmview_error *err)
{
    int status = mmv_file_write(writer->fd, data, nbytes, writer->header_length + end, err);

    writer->put = writer->put || nbytes > 0;
    if (status < 0)
        writer->failed = true;
    return status;
}

int mmv_writer_drain(struct mmview_writer *writer, struct mmview_error *err)
{
    size_t waiting = writer->waiting;

    writer->waiting = 0;
    return write_at_end(writer, writer->buffer, waiting, writer->written - waiting, err);
}

/* Counts bytes that were put; they have to be ones that a file can have. */
static int count(struct mmview_writer *writer, size_t nbytes, struct mmview_error *err)
{
    uint64_t written, end;

    if (nbytes > 0 && writer->row_nbytes == 0)
        return mmv_fail(err, MMVIEW_EINVAL, "a row of this array has no bytes");
    if (!mmv_add_u64(writer->written, nbytes, &written) ||
        !mmv_add_u64(written, writer->header_length, &end) || end > INT64_MAX ||
        written > INTPTR_MAX)
        return mmv_fail(err, MMVIEW_EOVERFLOW, "more rows than a file can have");
    writer->written = written;
    if (writer->row_nbytes > 0)
        writer->shape[writer->axis] = (mmview_intp)(written / (uint64_t)writer->row_nbytes);
    return MMVIEW_OK;
}

int mmview_writer_put(struct mmview_writer *writer, const void *data, size_t nbytes,
                      struct mmview_error *err)
{
    bool live = (writer->flags & MMVIEW_WRITE_LIVE) && writer->file.fd < 0;
    uint64_t before = writer->written;
    int status;

    if (writer->failed)
        return refuse_failed(err);
    status = count(writer, nbytes, err);
    if (status < 0)
        return status;
    if (live) {
        status = write_at_end(writer, data, nbytes, before, err);
        return status < 0 ? status : mmv_writer_settle(writer, err);
    }
    if (nbytes > MMV_WRITER_BUFFER - writer->waiting) {
        size_t waiting = writer->waiting;

        /* What waits is counted, and so is this: its place is before. */
        writer->waiting = 0;
        status = write_at_end(writer, writer->buffer, waiting, before - waiting, err);
        if (status < 0)
            return status;
    }
    if (nbytes >= MMV_WRITER_BUFFER)
        return write_at_end(writer, data, nbytes, before, err);
    memcpy(writer->buffer + writer->waiting, data, nbytes);
    writer->waiting += nbytes;
    return MMVIEW_OK;
}

int mmv_writer_count_rows(struct mmview_writer *writer, mmview_intp count, struct mmview_error *err)
{
    bool live = (writer->flags & MMVIEW_WRITE_LIVE) && writer->file.fd < 0;

    if (!mmv_add_intp(writer->shape[writer->axis], count, &writer->shape[writer->axis]))
        return mmv_fail(err, MMVIEW_EOVERFLOW, "more rows than a file can have");
    return live ? mmv_writer_settle(writer, err) : MMVIEW_OK;
}

/* Writes a part of the header, in one write: readers see the old or the new. The
 * bytes around it that the processor moves with it go along. */
#define ATOM ((size_t)16)

static int write_part(struct mmview_writer *writer, size_t first, size_t end,
                      struct mmview_error *err)
{
    int status;

    first -= first % ATOM;
    end += (ATOM - end % ATOM) % ATOM;
    if (end > writer->header_length)
        end = writer->header_length;
    status = mmv_file_write(writer->fd, writer->header + first, end - first, first, err);
    if (status < 0)
        writer->failed = true;
    if (status < 0)
        return status;
    writer->settled = writer->shape[writer->axis];
    writer->end = writer->header_length + (uint64_t)writer->settled * (uint64_t)writer->row_nbytes;
    return MMVIEW_OK;
}

/* A count of another number of digits moves what comes behind it. */
static int settle_anew(struct mmview_writer *writer, size_t number_length, struct mmview_error *err)
{
    unsigned char *now = mmv_alloc(writer->header_length);
    size_t first = 0, end = writer->header_length;
    int status;

    if (!now)
        return mmv_fail_nomem(err);
    status =
        mmv_header_rewrite(&writer->facts, writer->header_length, now, &writer->number_end, err);
    if (status == MMVIEW_OK) {
        while (first < end && now[first] == writer->header[first])
            first++;
        while (end > first && now[end - 1] == writer->header[end - 1])
            end--;
        memcpy(writer->header, now, writer->header_length);
        writer->number_length = number_length;
        status = write_part(writer, first, end, err);
    }
    mmv_free(now);
    return status;
}

int mmv_writer_settle(struct mmview_writer *writer, struct mmview_error *err)
{
    mmview_intp rows = writer->shape[writer->axis];
    char digits[24];
    struct mmv_strbuf buf = mmv_strbuf_init(digits, sizeof digits);
    size_t length;

    if (writer->settled == rows)
        return MMVIEW_OK;
    mmv_strbuf_int(&buf, rows);
    length = mmv_strbuf_end(&buf);
    if (length != writer->number_length)
        return settle_anew(writer, length, err);
    memcpy(writer->header + writer->number_end - length, digits, length);
    return write_part(writer, writer->number_end - length, writer->number_end, err);
}

int mmv_writer_cut(struct mmview_writer *writer, struct mmview_error *err)
{
    uint64_t end = writer->header_length + writer->written;
    int status = MMVIEW_OK;

    if (writer->end > end || (writer->flags & MMVIEW_WRITE_COUNT_ROWS))
        status = mmv_file_cut(writer->fd, end, err);
    if (status == MMVIEW_OK)
        writer->end = end;
    return status;
}

static int check_whole(const struct mmview_writer *writer, struct mmview_error *err)
{
    uint64_t row = (uint64_t)writer->row_nbytes;

    if (writer->failed)
        return refuse_failed(err);
    if (row == 0 || writer->written % row == 0)
        return MMVIEW_OK;
    return mmv_fail(err, MMVIEW_ESIZE,
                    "the last row is cut short: %llu of its %llu bytes are there",
                    (unsigned long long)(writer->written % row), (unsigned long long)row);
}

int mmview_writer_flush(struct mmview_writer *writer, struct mmview_error *err)
{
    int status = check_whole(writer, err);

    if (status == MMVIEW_OK)
        status = mmv_writer_drain(writer, err);
    if (status < 0 || writer->file.fd >= 0)
        return status;
    status = mmv_file_sync(writer->fd, err);
    if (status == MMVIEW_OK)
        status = mmv_writer_settle(writer, err);
    if (status == MMVIEW_OK && (writer->flags & MMVIEW_WRITE_COUNT_ROWS))
        status = mmv_writer_cut(writer, err);
    if (status == MMVIEW_OK)
        status = mmv_file_sync(writer->fd, err);
    return status;
}

static int finish_new(struct mmview_writer *writer, struct mmview_error *err)
{
    unsigned char *header;
    size_t length;
    int status = mmv_header_write(&writer->facts, &header, &length, err);

    if (status < 0)
        return status;
    if (length != writer->header_length)
        status = mmv_fail(err, MMVIEW_EINTERNAL, "the length of a header has changed");
    else
        status = mmv_file_write(writer->fd, header, length, 0, err);
    mmv_free(header);
    if (status == MMVIEW_OK)
        status = mmv_new_file_commit(&writer->file, NULL, err);
    return status;
}

int mmview_writer_finish(struct mmview_writer *writer, struct mmview_error *err)
{
    bool fresh = writer->file.fd >= 0;
    int status = mmview_writer_flush(writer, err);

    if (status == MMVIEW_OK && fresh) {
        status = finish_new(writer, err);
        writer->fd = writer->file.fd;
    }
    if (status < 0)
        mmview_writer_cancel(writer);
    else
        mmv_writer_free(writer);
    return status;
}

void mmview_writer_cancel(struct mmview_writer *writer)
{
    if (!writer)
        return;
    /* Bytes that were put and do not count are nobody's. */
    if (writer->file.fd < 0 && writer->fd >= 0 && writer->put)
        mmv_file_cut(writer->fd, writer->end, NULL);
    mmv_writer_free(writer);
}

void mmv_writer_free(struct mmview_writer *writer)
{
    if (writer->file.directory >= 0)
        mmv_new_file_abandon(&writer->file);
    else if (writer->fd >= 0)
        mmv_file_close(writer->fd);
    mmview_dtype_unref(writer->dtype);
    mmv_free(writer->header);
    mmv_free(writer->buffer);
    mmv_free(writer);
}

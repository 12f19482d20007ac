/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* How a writer begins. */
#include <fcntl.h>
#include <string.h>

#include <mmview/dtype.h>
#include <mmview/open.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "io/extent.h"
#include "io/npy.h"
#include "io/options.h"
#include "io/progress.h"
#include "io/writer.h"
#include "os/file.h"
#include "os/lock.h"

static int read_options(const struct mmview_writer_options *given, unsigned flags,
                        struct mmview_writer_options *known, struct mmview_error *err)
{
    int status;

    *known = (struct mmview_writer_options)MMVIEW_WRITER_OPTIONS_INIT;
    status = mmv_options_read(known, sizeof *known,
                              MMV_SIZE_TO(struct mmview_writer_options, context), given, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_flags(known->flags, flags, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_shape(known->row_ndim, known->row_shape, known->order, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_version(known->version, err);
    if (status == MMVIEW_OK && known->max_header == 0)
        known->max_header = MMVIEW_MAX_HEADER;
    return status;
}

static int new_writer(const struct mmview_writer_options *options, struct mmview_writer **out,
                      struct mmview_error *err)
{
    struct mmview_writer *writer = mmv_alloc(sizeof *writer);

    if (!writer)
        return mmv_fail_nomem(err);
    memset(writer, 0, sizeof *writer);
    writer->flags = options->flags;
    writer->progress = options->progress;
    writer->context = options->context;
    writer->fd = -1;
    writer->file = (struct mmv_new_file){.fd = -1, .directory = -1, .old = -1};
    writer->buffer = mmv_alloc(MMV_WRITER_BUFFER);
    if (!writer->buffer) {
        mmv_writer_free(writer);
        return mmv_fail_nomem(err);
    }
    *out = writer;
    return MMVIEW_OK;
}

/* What hangs on the shape and the dtype; the rows so far are in the shape. */
static void set_facts(struct mmview_writer *writer, int ndim, bool fortran_order, int version)
{
    writer->facts = (struct mmv_header_facts){
        .dtype = writer->dtype,
        .ndim = ndim,
        .shape = writer->shape,
        .fortran_order = fortran_order,
        .version = version,
    };
    writer->axis = mmv_header_growing_axis(&writer->facts);
}

/* The header of a new file. Its length does not depend on the rows: NumPy leaves room
 * for any number of them. */
static int begin_header(struct mmview_writer *writer, struct mmview_error *err)
{
    int status = mmv_header_write(&writer->facts, &writer->header, &writer->header_length, err);

    if (status == MMVIEW_OK)
        writer->facts.version = writer->header[6] << 8 | writer->header[7];
    return status;
}

static int begin_new(struct mmview_writer *writer, const char *path,
                     const struct mmview_writer_options *options, struct mmview_error *err)
{
    bool fortran_order = options->order == MMVIEW_ORDER_F;
    struct mmview_dtype *whole = NULL;
    const struct mmview_dtype *item;
    struct mmv_layout row;
    int status = mmv_options_take_dtype(options->dtype, "float64", &whole, err);

    if (status < 0)
        return status;
    status = mmv_extent_of_items(whole, options->row_ndim, options->row_shape,
                                 (enum mmview_order)options->order, &item, &row, err);
    if (status == MMVIEW_OK && row.ndim == MMVIEW_MAXDIMS)
        status = mmv_fail(err, MMVIEW_EINVAL, "rows of %d dimensions; %d are the most", row.ndim,
                          MMVIEW_MAXDIMS - 1);
    if (status == MMVIEW_OK)
        writer->dtype = mmview_dtype_ref(item);
    mmview_dtype_unref(whole);
    if (status != MMVIEW_OK)
        return status;
    memcpy(writer->shape + !fortran_order, row.shape, (size_t)row.ndim * sizeof *row.shape);
    set_facts(writer, row.ndim + 1, fortran_order, options->version);
    writer->shape[writer->axis] = 0;
    writer->row_nbytes = row.nbytes;
    status = begin_header(writer, err);
    if (status == MMVIEW_OK)
        status = mmv_new_file_open(&writer->file, path,
                                   (options->flags & MMVIEW_WRITE_EXCLUSIVE) != 0, err);
    writer->fd = writer->file.fd;
    return status;
}

int mmview_writer_create(const char *path, const struct mmview_writer_options *options,
                         struct mmview_writer **out, struct mmview_error *err)
{
    struct mmview_writer_options known;
    struct mmview_writer *writer = NULL;
    int status;

    if (!path || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, MMVIEW_WRITE_EXCLUSIVE, &known, err);
    if (status == MMVIEW_OK)
        status = new_writer(&known, &writer, err);
    if (status != MMVIEW_OK)
        return status;
    status = begin_new(writer, path, &known, err);
    if (status < 0)
        mmv_writer_free(writer);
    else
        *out = writer;
    return status;
}

/* The rows that are there, whatever the header says. */
static int count_rows(struct mmview_writer *writer, uint64_t file_size, struct mmview_error *err)
{
    uint64_t row = (uint64_t)writer->row_nbytes, bytes = file_size - writer->header_length;
    uint64_t rows = row ? bytes / row : 0;

    if (rows > INTPTR_MAX)
        return mmv_fail(err, MMVIEW_EOVERFLOW,
                        "the array is larger than the address space of this machine");
    if (row > 0) /* of rows without bytes there may be any number */
        writer->shape[writer->axis] = (mmview_intp)rows;
    writer->written = rows * row;
    writer->left = bytes - writer->written;
    return MMVIEW_OK;
}

/* Reads what there is to go on with. */
static int read_old(struct mmview_writer *writer, int fd, uint64_t *file_size,
                    const struct mmview_writer_options *options, struct mmview_error *err)
{
    struct mmv_npy npy = {.dtype = NULL};
    mmview_intp rows;
    int status = mmv_npy_read_file(fd, file_size, options->max_header, &npy, err);

    if (status < 0)
        return status;
    mmview_dtype_unref(writer->dtype);
    writer->dtype = npy.dtype;
    if (!(writer->flags & MMVIEW_WRITE_COUNT_ROWS))
        status = mmv_extent_check(&npy.layout, npy.origin.data_offset, false, file_size, err);
    if (status < 0)
        return status;
    if (npy.layout.ndim == 0)
        return mmv_fail(err, MMVIEW_EDIMS, "an array of 0 dimensions has no rows");
    memcpy(writer->shape, npy.layout.shape, (size_t)npy.layout.ndim * sizeof *writer->shape);
    set_facts(writer, npy.layout.ndim, npy.layout.order == MMVIEW_ORDER_F, npy.origin.version);
    writer->header_length = (size_t)npy.origin.data_offset;
    writer->written = (uint64_t)npy.layout.nbytes;
    rows = writer->shape[writer->axis];
    writer->settled = rows;

    /* A row's bytes: those of the same array with one row. */
    writer->shape[writer->axis] = 1;
    status = mmv_extent_lay_out(&npy.layout, npy.layout.ndim, writer->shape, npy.layout.itemsize,
                                MMVIEW_ORDER_C, true, err);
    writer->row_nbytes = npy.layout.nbytes;
    writer->shape[writer->axis] = rows;
    if (status == MMVIEW_OK && (writer->flags & MMVIEW_WRITE_COUNT_ROWS))
        status = count_rows(writer, *file_size, err);
    return status;
}

static int check_trailing(const struct mmview_writer *writer, uint64_t file_size,
                          struct mmview_error *err)
{
    uint64_t end = writer->header_length + writer->written;

    if (file_size == end || (writer->flags & (MMVIEW_WRITE_CUT_TRAILING | MMVIEW_WRITE_COUNT_ROWS)))
        return MMVIEW_OK;
    return mmv_fail_at(err, MMVIEW_ESIZE, end,
                       "%llu byte%s after the data, as an append leaves that was interrupted, "
                       "would be lost",
                       (unsigned long long)(file_size - end), file_size - end == 1 ? "" : "s");
}

/* Takes the header that is there as the writer's, if it has room for any number of
 * rows: else the writer has none. */
static int take_header(struct mmview_writer *writer, struct mmview_error *err)
{
    mmview_intp rows = writer->shape[writer->axis];
    unsigned char *header = mmv_alloc(writer->header_length);
    int status;

    if (!header)
        return mmv_fail_nomem(err);
    writer->shape[writer->axis] = INTPTR_MAX;
    status = mmv_header_rewrite(&writer->facts, writer->header_length, header, &writer->number_end,
                                NULL);
    writer->shape[writer->axis] = writer->settled;
    if (status == MMVIEW_OK)
        status = mmv_header_rewrite(&writer->facts, writer->header_length, header,
                                    &writer->number_end, err);
    writer->shape[writer->axis] = rows;
    if (status == MMVIEW_OK) {
        writer->header = header;
        return MMVIEW_OK;
    }
    mmv_free(header);
    return status == MMVIEW_ENEEDSCOPY ? MMVIEW_OK : mmv_fail(err, status, "out of memory");
}

/* The path has to mean the file still that we hold the lock of. */
static int open_locked(struct mmview_writer *writer, const char *path, uint64_t *file_size,
                       struct mmview_error *err)
{
    for (;;) {
        bool created, named = false;
        int status = mmv_file_open(path, MMVIEW_MODE_RPLUS, &writer->fd, file_size, &created, err);

        if (status == MMVIEW_OK)
            status = mmv_lock(writer->fd, err);
        if (status == MMVIEW_OK) /* it may have grown before the lock was ours */
            status = mmv_file_adopt(writer->fd, MMVIEW_MODE_RPLUS, file_size, err);
        if (status == MMVIEW_OK)
            status = mmv_file_is_named(AT_FDCWD, path, 0, writer->fd, &named, err);
        if (status != MMVIEW_OK || named)
            return status;
        mmv_file_close(writer->fd);
        writer->fd = -1;
    }
}

/* The rows of the file that is there, behind a header of another length. */
static int copy_rows(struct mmview_writer *writer, uint64_t old_offset, struct mmview_error *err)
{
    int status = MMVIEW_OK;

    for (uint64_t done = 0; status == MMVIEW_OK && done < writer->written;) {
        uint64_t part = writer->written - done;

        if (part > MMV_PROGRESS_STRIDE)
            part = MMV_PROGRESS_STRIDE;
        status = mmv_file_copy(writer->file.old, old_offset + done, writer->fd,
                               writer->header_length + done, part, err);
        done += part;
        if (status == MMVIEW_OK)
            status = mmv_progress(writer->progress, writer->context, done, writer->written, err);
    }
    return status;
}

/* Copies the file that is there to a new one, whose header has room. */
static int begin_replacing(struct mmview_writer *writer, const char *path,
                           const struct mmview_writer_options *options, struct mmview_error *err)
{
    uint64_t file_size = 0, old_offset;
    int status;

    mmv_file_close(writer->fd); /* and with it the lock, which the next call takes */
    writer->fd = -1;
    status = mmv_new_file_open(&writer->file, path, false, err);
    if (status < 0)
        return status;
    writer->fd = writer->file.fd;
    if (writer->file.old < 0)
        return mmv_fail(err, MMVIEW_ESYSTEM, "has gone while it was read");
    status = mmv_file_adopt(writer->file.old, MMVIEW_MODE_R, &file_size, err);
    if (status == MMVIEW_OK)
        status = read_old(writer, writer->file.old, &file_size, options, err);
    if (status == MMVIEW_OK)
        status = check_trailing(writer, file_size, err);
    if (status < 0)
        return status;
    old_offset = writer->header_length;
    writer->facts.version = 0;
    status = begin_header(writer, err);
    if (status == MMVIEW_OK)
        status = copy_rows(writer, old_offset, err);
    return status;
}

static int begin_appending(struct mmview_writer *writer, const char *path,
                           const struct mmview_writer_options *options, struct mmview_error *err)
{
    uint64_t file_size = 0;
    int status = open_locked(writer, path, &file_size, err);

    if (status == MMVIEW_OK)
        status = read_old(writer, writer->fd, &file_size, options, err);
    if (status == MMVIEW_OK)
        status = check_trailing(writer, file_size, err);
    if (status == MMVIEW_OK)
        status = take_header(writer, err);
    if (status < 0)
        return status;
    if (!writer->header)
        return begin_replacing(writer, path, options, err);
    writer->end = file_size;
    if (writer->flags & MMVIEW_WRITE_CUT_TRAILING)
        status = mmv_writer_cut(writer, err);
    return status;
}

int mmview_writer_append(const char *path, const struct mmview_writer_options *options,
                         struct mmview_writer **out, struct mmview_error *err)
{
    struct mmview_writer_options known;
    struct mmview_writer *writer = NULL;
    int status;

    if (!path || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options,
                          MMVIEW_WRITE_LIVE | MMVIEW_WRITE_CUT_TRAILING | MMVIEW_WRITE_COUNT_ROWS,
                          &known, err);
    if (status == MMVIEW_OK)
        status = new_writer(&known, &writer, err);
    if (status != MMVIEW_OK)
        return status;
    status = begin_appending(writer, path, &known, err);
    if (status < 0)
        mmv_writer_free(writer);
    else
        *out = writer;
    return status;
}

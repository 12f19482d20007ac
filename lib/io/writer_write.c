/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Arrays as rows: items of any layout and dtype, in the order of the file. */
#include <mmview/copy.h>
#include <mmview/dtype.h>

#include "array/array.h"
#include "format/dtype.h"
#include "io/emit.h"
#include "io/progress.h"
#include "io/writer.h"
#include "ops/casting.h"

/* An array of the file's dimensions is several rows, one without the axis that grows
 * is one. */
static int check_shape(const struct mmview_writer *writer, const struct mmview_array *rows,
                       struct mmview_error *err)
{
    bool one = rows->ndim == writer->facts.ndim - 1;

    if (!one && rows->ndim != writer->facts.ndim)
        return mmv_fail(err, MMVIEW_EDIMS, "an array of %d dimensions is no rows of a file of %d",
                        rows->ndim, writer->facts.ndim);
    for (int i = 0, j = 0; i < writer->facts.ndim; i++) {
        if (i != writer->axis && rows->dims[j] != writer->shape[i])
            return mmv_fail(err, MMVIEW_EDIMS, "axis %d has the length %lld, and in the file %lld",
                            j, (long long)rows->dims[j], (long long)writer->shape[i]);
        j += !(one && i == writer->axis);
    }
    return MMVIEW_OK;
}

/* An array on its way into the file. */
struct job {
    struct mmview_writer *writer;
    uint64_t done, total; /* bytes as the file has them */
};

static int put(void *context, const void *data, size_t nbytes, struct mmview_error *err)
{
    struct job *job = context;
    const char *from = data;

    while (nbytes > 0) {
        size_t part = nbytes < MMV_PROGRESS_STRIDE ? nbytes : MMV_PROGRESS_STRIDE;
        int status = mmview_writer_put(job->writer, from, part, err);

        if (status < 0)
            return status;
        job->done += part;
        from += part;
        nbytes -= part;
        status =
            mmv_progress(job->writer->progress, job->writer->context, job->done, job->total, err);
        if (status < 0)
            return status;
    }
    return MMVIEW_OK;
}

int mmview_writer_write(struct mmview_writer *writer, struct mmview_array *rows,
                        struct mmview_error *err)
{
    struct job job = {.writer = writer};
    struct mmv_emission emission = {.casting = MMVIEW_CASTING_SAFE, .put = put, .context = &job};
    mmview_intp count;
    int status;

    if (!rows)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = check_shape(writer, rows, err);
    if (status == MMVIEW_OK)
        status = mmv_casting_check(rows->dtype, writer->dtype, MMVIEW_CASTING_SAFE, err);
    if (status < 0)
        return status;
    emission.dtype = writer->dtype;
    emission.fortran_order = writer->facts.fortran_order;
    /* More than can be counted is refused where it is put. */
    job.total = (uint64_t)rows->size * (uint64_t)writer->dtype->itemsize;
    if (rows->nbytes > 0)
        return mmv_emit(&emission, rows, err);
    /* Rows without bytes are counted, no more. */
    count = rows->ndim == writer->facts.ndim ? rows->dims[writer->axis] : 1;
    return writer->row_nbytes == 0 ? mmv_writer_count_rows(writer, count, err) : MMVIEW_OK;
}

int mmview_append(const char *path, struct mmview_array *rows,
                  const struct mmview_writer_options *options, struct mmview_error *err)
{
    struct mmview_writer *writer;
    int status = mmview_writer_append(path, options, &writer, err);

    if (status < 0)
        return status;
    status = mmview_writer_write(writer, rows, err);
    if (status == MMVIEW_OK)
        return mmview_writer_finish(writer, err);
    mmview_writer_cancel(writer);
    return status;
}

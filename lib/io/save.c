/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/write.h>

#include <string.h>

#include <mmview/copy.h>
#include <mmview/dtype.h>

#include "array/array.h"
#include "base/alloc.h"
#include "base/checked.h"
#include "format/dtype.h"
#include "format/header_write.h"
#include "io/emit.h"
#include "io/options.h"
#include "os/file.h"
#include "os/new_file.h"

/* So many bytes between two calls of progress. */
#define STRIDE ((size_t)8 << 20)

/* A call, from its arguments to the last byte. */
struct job {
    struct mmview_save_options options;
    struct mmview_dtype *dtype; /* owned: of the file */
    bool fortran_order;
    int fd;
    uint64_t start, done, total; /* bytes: of the header; of items, written and all */
};

static int read_options(struct job *job, const struct mmview_save_options *given,
                        struct mmview_error *err)
{
    struct mmview_save_options *options = &job->options;
    int status;

    *options = (struct mmview_save_options)MMVIEW_SAVE_OPTIONS_INIT;
    status = mmv_options_read(options, sizeof *options,
                              MMV_SIZE_TO(struct mmview_save_options, context), given, err);
    if (status == MMVIEW_OK)
        status =
            mmv_options_check_flags(options->flags, MMVIEW_WRITE_EXCLUSIVE | MMVIEW_WRITE_RAW, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_version(options->version, err);
    if (status == MMVIEW_OK && options->order != MMVIEW_ORDER_C &&
        options->order != MMVIEW_ORDER_F && options->order != MMVIEW_ORDER_K)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown order %d", options->order);
    return status;
}

/* "S" and its like are as long as the array's own items. */
static int choose_dtype(struct job *job, const struct mmview_array *array, struct mmview_error *err)
{
    const struct mmview_dtype *asked = job->options.dtype;

    if (!asked)
        asked = array->dtype;
    if (asked->kind == array->dtype->kind && !asked->is_struct && asked->itemsize == 0 &&
        memchr("SUV", asked->kind, 3))
        asked = array->dtype;
    if (asked->base)
        return mmv_fail(err, MMVIEW_EUNSUPPORTED, "items can not become sub-arrays");
    if (!mmview_can_cast(array->dtype, asked, job->options.casting)) {
        char from[64], to[64];

        mmview_dtype_name(array->dtype, from, sizeof from);
        mmview_dtype_name(asked, to, sizeof to);
        return mmv_fail(err, MMVIEW_ETYPE, "the casting that is asked for does not make %s of %s",
                        to, from);
    }
    return mmv_options_take_dtype(asked, "", &job->dtype, err);
}

static int prepare(struct job *job, const struct mmview_array *array,
                   const struct mmview_save_options *given, struct mmview_error *err)
{
    int status = read_options(job, given, err);
    mmview_intp total;

    if (status == MMVIEW_OK)
        status = choose_dtype(job, array, err);
    if (status < 0)
        return status;
    if (!mmv_mul_intp(array->size, job->dtype->itemsize, &total))
        return mmv_fail(err, MMVIEW_EOVERFLOW, "more bytes than a file can have");
    job->total = (uint64_t)total;
    job->fortran_order =
        job->options.order == MMVIEW_ORDER_F ||
        (job->options.order == MMVIEW_ORDER_K && (array->flags & MMVIEW_F_CONTIGUOUS) &&
         !(array->flags & MMVIEW_C_CONTIGUOUS));
    return MMVIEW_OK;
}

static int write_header(struct job *job, const struct mmview_array *array, struct mmview_error *err)
{
    struct mmv_header_facts facts = {
        .dtype = job->dtype,
        .ndim = array->ndim,
        .shape = array->dims,
        .fortran_order = job->fortran_order,
        .version = job->options.version,
    };
    unsigned char *header;
    size_t length;
    int status = mmv_header_write(&facts, &header, &length, err);

    if (status < 0)
        return status;
    job->start = length;
    status = mmv_file_grow(job->fd, 0, job->start + job->total, false, err);
    if (status == MMVIEW_OK)
        status = mmv_file_write(job->fd, header, length, 0, err);
    mmv_free(header);
    return status;
}

static int tell(const struct job *job, struct mmview_error *err)
{
    if (job->options.progress &&
        job->options.progress(job->options.context, job->done, job->total) != 0)
        return mmv_fail(err, MMVIEW_ECANCELED, "ended by the caller after %llu of %llu bytes",
                        (unsigned long long)job->done, (unsigned long long)job->total);
    return MMVIEW_OK;
}

static int put(void *context, const void *data, size_t nbytes, struct mmview_error *err)
{
    struct job *job = context;
    const char *from = data;

    while (nbytes > 0) {
        size_t part = nbytes < STRIDE ? nbytes : STRIDE;
        int status = mmv_file_write(job->fd, from, part, job->start + job->done, err);

        if (status < 0)
            return status;
        job->done += part;
        from += part;
        nbytes -= part;
        status = tell(job, err);
        if (status < 0)
            return status;
    }
    return MMVIEW_OK;
}

static int write_items(struct job *job, struct mmview_array *array, struct mmview_error *err)
{
    struct mmv_emission emission = {
        .dtype = job->dtype,
        .fortran_order = job->fortran_order,
        .casting = job->options.casting,
        .put = put,
        .context = job,
    };
    int status = MMVIEW_OK;

    if (!(job->options.flags & MMVIEW_WRITE_RAW))
        status = write_header(job, array, err);
    else
        status = mmv_file_grow(job->fd, 0, job->total, false, err);
    if (status == MMVIEW_OK && job->total > 0)
        status = mmv_emit(&emission, array, err);
    return status;
}

int mmview_save(const char *path, struct mmview_array *array,
                const struct mmview_save_options *options, struct mmview_error *err)
{
    struct job job = {.dtype = NULL};
    struct mmv_new_file file;
    int status;

    if (!path || !array)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = prepare(&job, array, options, err);
    if (status == MMVIEW_OK)
        status =
            mmv_new_file_open(&file, path, (job.options.flags & MMVIEW_WRITE_EXCLUSIVE) != 0, err);
    if (status == MMVIEW_OK) {
        job.fd = file.fd;
        status = write_items(&job, array, err);
        if (status == MMVIEW_OK)
            status = mmv_new_file_commit(&file, NULL, err);
        else
            mmv_new_file_abandon(&file);
    }
    mmview_dtype_unref(job.dtype);
    return status;
}

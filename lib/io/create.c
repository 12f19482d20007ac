/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/write.h>

#include <string.h>

#include <mmview/dtype.h>

#include "array/array.h"
#include "base/alloc.h"
#include "format/header_write.h"
#include "io/extent.h"
#include "io/options.h"
#include "io/progress.h"
#include "os/file.h"
#include "os/map.h"
#include "os/new_file.h"

/* A call, from its arguments to what is to be written. */
struct job {
    struct mmview_create_options options;
    struct mmview_dtype *dtype;      /* owned: the one asked for */
    const struct mmview_dtype *item; /* it, or what its sub-arrays are made of */
    struct mmv_layout layout;
    unsigned char *header; /* owned */
    size_t header_length;
    int version;
    uint64_t file_size;
};

static int check_options(struct job *job, const struct mmview_create_options *given,
                         struct mmview_error *err)
{
    struct mmview_create_options *options = &job->options;
    int status;

    *options = (struct mmview_create_options)MMVIEW_CREATE_OPTIONS_INIT;
    status = mmv_options_read(options, sizeof *options,
                              MMV_SIZE_TO(struct mmview_create_options, context), given, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_flags(options->flags,
                                         MMVIEW_WRITE_EXCLUSIVE | MMVIEW_WRITE_SPARSE, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_shape(options->ndim, options->shape, options->order, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_version(options->version, err);
    return status;
}

static void release(struct job *job)
{
    mmview_dtype_unref(job->dtype);
    mmv_free(job->header);
}

/* All that can be found wrong without a look at the disk. */
static int prepare(struct job *job, const struct mmview_create_options *given,
                   struct mmview_error *err)
{
    struct mmv_header_facts facts;
    int status = check_options(job, given, err);

    if (status < 0)
        return status;
    status = mmv_options_take_dtype(job->options.dtype, "float64", &job->dtype, err);
    if (status < 0)
        return status;
    status =
        mmv_extent_of_items(job->dtype, job->options.ndim, job->options.shape,
                            (enum mmview_order)job->options.order, &job->item, &job->layout, err);
    if (status < 0)
        return status;
    facts = (struct mmv_header_facts){
        .dtype = job->item,
        .ndim = job->layout.ndim,
        .shape = job->layout.shape,
        .fortran_order = job->options.order == MMVIEW_ORDER_F,
        .version = job->options.version,
    };
    status = mmv_header_write(&facts, &job->header, &job->header_length, err);
    if (status < 0)
        return status;
    job->version = job->header[6] << 8 | job->header[7];
    return mmv_extent_check(&job->layout, job->header_length, true, &job->file_size, err);
}

/* One item, over and over. */
static int fill(const struct job *job, int fd, struct mmview_error *err)
{
    size_t itemsize = (size_t)job->layout.itemsize, block = (size_t)1 << 17;
    uint64_t total = (uint64_t)job->layout.nbytes, done = 0, told = 0;
    unsigned char *items;
    int status = MMVIEW_OK;

    if (total == 0)
        return MMVIEW_OK;
    block = block > itemsize ? block / itemsize * itemsize : itemsize;
    items = mmv_alloc(block);
    if (!items)
        return mmv_fail_nomem(err);
    for (size_t i = 0; i < block; i += itemsize)
        memcpy(items + i, job->options.fill, itemsize);
    while (status == MMVIEW_OK && done < total) {
        size_t part = total - done < block ? (size_t)(total - done) : block;

        status = mmv_file_write(fd, items, part, job->header_length + done, err);
        done += part;
        if (status == MMVIEW_OK && done - told >= MMV_PROGRESS_STRIDE) {
            told = done;
            status = mmv_progress(job->options.progress, job->options.context, done, total, err);
        }
    }
    mmv_free(items);
    return status;
}

static int write_file(const struct job *job, int fd, struct mmview_error *err)
{
    bool sparse = (job->options.flags & MMVIEW_WRITE_SPARSE) != 0;
    int status = mmv_file_grow(fd, 0, job->file_size, sparse, err);

    if (status == MMVIEW_OK)
        status = mmv_file_write(fd, job->header, job->header_length, 0, err);
    if (status == MMVIEW_OK && job->options.fill)
        status = fill(job, fd, err);
    return status;
}

static int map_file(const struct job *job, int fd, const char *path, struct mmview_array **out,
                    struct mmview_error *err)
{
    struct mmv_map_request request = {
        .fd = fd,
        .mode = MMVIEW_MODE_WPLUS,
        .offset = job->header_length,
        .length = (uint64_t)job->layout.nbytes,
        .file_size = job->file_size,
        .path = path,
    };
    struct mmv_origin origin = {
        .format = MMVIEW_FORMAT_NPY,
        .version = job->version,
        .header_length = job->header_length - (job->version == 0x100 ? 10 : 12),
        .data_offset = job->header_length,
        .data_end = job->file_size,
    };
    struct mmv_map *map;
    int status = mmv_map_file(&request, &map, err);

    if (status < 0)
        return status;
    status = mmv_array_new(map, job->item, &origin, &job->layout, request.offset, true, out, err);
    mmv_map_unref(map);
    return status;
}

static int make_file(const struct job *job, const char *path, struct mmview_array **out,
                     struct mmview_error *err)
{
    struct mmv_new_file file;
    struct mmview_array *array = NULL;
    int status =
        mmv_new_file_open(&file, path, (job->options.flags & MMVIEW_WRITE_EXCLUSIVE) != 0, err);

    if (status < 0)
        return status;
    status = write_file(job, file.fd, err);
    if (status == MMVIEW_OK)
        status = map_file(job, file.fd, path, &array, err);
    if (status < 0) {
        mmv_new_file_abandon(&file);
        return status;
    }
    status = mmv_new_file_commit(&file, NULL, err);
    if (status < 0)
        mmview_array_unref(array);
    else
        *out = array;
    return status;
}

int mmview_create(const char *path, const struct mmview_create_options *options,
                  struct mmview_array **out, struct mmview_error *err)
{
    struct job job = {.dtype = NULL};
    int status;

    if (!path || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = prepare(&job, options, err);
    if (status == MMVIEW_OK)
        status = make_file(&job, path, out, err);
    release(&job);
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/open.h>

#include <mmview/dtype.h>

#include "array/array.h"
#include "io/extent.h"
#include "io/options.h"
#include "os/file.h"
#include "os/map.h"

/* A call, from its arguments to what is to be mapped. */
struct job {
    struct mmview_memmap_options options;
    struct mmview_dtype *dtype;      /* owned: the one asked for */
    const struct mmview_dtype *item; /* it, or what its sub-arrays are made of */
    struct mmv_layout layout;
};

static bool writes_file(const struct job *job)
{
    return job->options.mode == MMVIEW_MODE_RPLUS || job->options.mode == MMVIEW_MODE_WPLUS;
}

static int check_options(const struct mmview_memmap_options *options, struct mmview_error *err)
{
    int status = mmv_options_check_flags(
        options->flags, MMVIEW_OPEN_AT | MMVIEW_OPEN_SPARSE | MMVIEW_OPEN_SCAN, err);

    if (status < 0)
        return status;
    if (options->mode < MMVIEW_MODE_R || options->mode > MMVIEW_MODE_WPLUS)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown mode %d", options->mode);
    if (options->ndim == MMVIEW_SHAPE_FROM_FILE && options->mode == MMVIEW_MODE_WPLUS)
        return mmv_fail(err, MMVIEW_EINVAL, "mode w+ needs a shape");
    status = mmv_options_check_shape(options->ndim == MMVIEW_SHAPE_FROM_FILE ? 0 : options->ndim,
                                     options->shape, options->order, err);
    if (status < 0)
        return status;
    return mmv_options_check_address(options->flags, options->address, err);
}

static int lay_out(struct job *job, int ndim, const mmview_intp *shape, struct mmview_error *err)
{
    return mmv_extent_of_items(job->dtype, ndim, shape, (enum mmview_order)job->options.order,
                               &job->item, &job->layout, err);
}

/* All that can be found wrong without a look at the file. On success the dtype
 * is the caller's to release. */
static int prepare(struct job *job, const struct mmview_memmap_options *given,
                   struct mmview_error *err)
{
    int status;

    job->options = (struct mmview_memmap_options)MMVIEW_MEMMAP_OPTIONS_INIT;
    status = mmv_options_read(&job->options, sizeof job->options,
                              MMV_SIZE_TO(struct mmview_memmap_options, address), given, err);
    if (status == MMVIEW_OK)
        status = check_options(&job->options, err);
    if (status < 0)
        return status;
    status = mmv_options_take_dtype(job->options.dtype, "|u1", &job->dtype, err);
    if (status < 0)
        return status;
    if (job->options.ndim != MMVIEW_SHAPE_FROM_FILE)
        status = lay_out(job, job->options.ndim, job->options.shape, err);
    if (status == MMVIEW_OK && job->options.mode == MMVIEW_MODE_WPLUS) {
        uint64_t size = 0;

        status = mmv_extent_check(&job->layout, job->options.offset, true, &size, err);
    }
    if (status < 0)
        mmview_dtype_unref(job->dtype);
    return status;
}

/* One axis, of all items from the offset to the end of the file. */
static int shape_from_file(struct job *job, uint64_t file_size, struct mmview_error *err)
{
    uint64_t itemsize = (uint64_t)mmview_dtype_itemsize(job->dtype);
    uint64_t offset = job->options.offset;
    uint64_t bytes;
    mmview_intp count;

    if (itemsize == 0)
        return mmv_fail(err, MMVIEW_ESIZE,
                        "the size of a file does not tell how many items of 0 bytes it has");
    if (offset > file_size)
        return mmv_fail_at(err, MMVIEW_ETRUNCATED, file_size,
                           "the data would start at byte %llu, but the file ends at byte %llu",
                           (unsigned long long)offset, (unsigned long long)file_size);
    bytes = file_size - offset;
    if (bytes % itemsize)
        return mmv_fail_at(err, MMVIEW_ESIZE, file_size - bytes % itemsize,
                           "the %llu bytes from byte %llu on are no whole number of items of "
                           "%llu bytes: %llu are left over",
                           (unsigned long long)bytes, (unsigned long long)offset,
                           (unsigned long long)itemsize, (unsigned long long)(bytes % itemsize));
    if (bytes / itemsize > INTPTR_MAX)
        return mmv_fail(err, MMVIEW_EOVERFLOW,
                        "the array is larger than the address space of this machine");
    count = (mmview_intp)(bytes / itemsize);
    return lay_out(job, 1, &count, err);
}

static int map_array(const struct job *job, int fd, uint64_t file_size, const char *path,
                     struct mmview_array **out, struct mmview_error *err)
{
    struct mmv_map_request request = {
        .fd = fd,
        .mode = (enum mmview_mode)job->options.mode,
        .offset = job->options.offset,
        .length = (uint64_t)job->layout.nbytes,
        .file_size = job->options.mode == MMVIEW_MODE_WPLUS ? 0 : file_size,
        .path = path,
        .scan = (job->options.flags & MMVIEW_OPEN_SCAN) != 0,
        .at = (job->options.flags & MMVIEW_OPEN_AT) != 0,
        .address = job->options.address,
    };
    bool sparse = (job->options.flags & MMVIEW_OPEN_SPARSE) != 0;
    struct mmv_origin origin = {.format = MMVIEW_FORMAT_RAW, .data_offset = request.offset};
    struct mmv_map *map;
    struct mmview_array *array;
    int status =
        mmv_extent_check(&job->layout, request.offset, writes_file(job), &request.file_size, err);

    if (status < 0)
        return status;
    origin.data_end = request.offset + request.length;
    status = mmv_map_file(&request, &map, err);
    if (status < 0)
        return status;
    status = mmv_array_new(map, job->item, &origin, &job->layout, request.offset,
                           request.mode != MMVIEW_MODE_R, &array, err);
    mmv_map_unref(map);
    if (status < 0)
        return status;
    /* The file is changed last, when nothing else can fail. A map stays good
     * while its file is emptied and filled with zeros. */
    if (request.mode == MMVIEW_MODE_WPLUS)
        status = mmv_file_renew(fd, file_size, request.file_size, sparse, err);
    else
        status = mmv_file_grow(fd, file_size, request.file_size, sparse, err);
    if (status < 0) {
        mmview_array_unref(array);
        return status;
    }
    *out = array;
    return MMVIEW_OK;
}

static int memmap_file(struct job *job, int fd, uint64_t file_size, const char *path,
                       struct mmview_array **out, struct mmview_error *err)
{
    if (job->options.ndim == MMVIEW_SHAPE_FROM_FILE) {
        int status = shape_from_file(job, file_size, err);

        if (status < 0)
            return status;
    }
    return map_array(job, fd, file_size, path, out, err);
}

int mmview_memmap(const char *path, const struct mmview_memmap_options *options,
                  struct mmview_array **out, struct mmview_error *err)
{
    struct job job;
    uint64_t file_size;
    bool created;
    int fd;
    int status;

    if (!path || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = prepare(&job, options, err);
    if (status < 0)
        return status;
    status =
        mmv_file_open(path, (enum mmview_mode)job.options.mode, &fd, &file_size, &created, err);
    if (status == MMVIEW_OK) {
        status = memmap_file(&job, fd, file_size, path, out, err);
        if (status < 0 && created)
            mmv_file_discard(path, fd);
        else
            mmv_file_close(fd);
    }
    mmview_dtype_unref(job.dtype);
    return status;
}

int mmview_memmap_fd(int fd, const struct mmview_memmap_options *options, struct mmview_array **out,
                     struct mmview_error *err)
{
    struct job job;
    uint64_t file_size;
    int status;

    if (!out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = prepare(&job, options, err);
    if (status < 0)
        return status;
    if (job.options.mode == MMVIEW_MODE_WPLUS)
        status = mmv_fail(err, MMVIEW_EINVAL, "mode w+ needs a path, not a descriptor");
    else
        status = mmv_file_adopt(fd, (enum mmview_mode)job.options.mode, &file_size, err);
    if (status == MMVIEW_OK)
        status = memmap_file(&job, fd, file_size, NULL, out, err);
    mmview_dtype_unref(job.dtype);
    return status;
}

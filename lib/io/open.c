/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/open.h>

#include <mmview/dtype.h>

#include "array/array.h"
#include "io/extent.h"
#include "io/npy.h"
#include "io/options.h"
#include "os/file.h"
#include "os/map.h"

static int read_options(const struct mmview_open_options *given, struct mmview_open_options *known,
                        struct mmview_error *err)
{
    int status;

    *known = (struct mmview_open_options)MMVIEW_OPEN_OPTIONS_INIT;
    status = mmv_options_read(known, sizeof *known,
                              MMV_SIZE_TO(struct mmview_open_options, address), given, err);
    if (status < 0)
        return status;
    status = mmv_options_check_flags(
        known->flags, MMVIEW_OPEN_AT | MMVIEW_OPEN_GROW | MMVIEW_OPEN_SPARSE | MMVIEW_OPEN_SCAN,
        err);
    if (status < 0)
        return status;
    if (known->mode == MMVIEW_MODE_WPLUS)
        return mmv_fail(err, MMVIEW_EINVAL,
                        "mode w+ makes files; an .npy file is opened by r, c "
                        "or r+");
    if (known->mode != MMVIEW_MODE_R && known->mode != MMVIEW_MODE_C &&
        known->mode != MMVIEW_MODE_RPLUS)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown mode %d", known->mode);
    if ((known->flags & MMVIEW_OPEN_GROW) && known->mode != MMVIEW_MODE_RPLUS)
        return mmv_fail(err, MMVIEW_EINVAL, "a file can grow in mode r+ only");
    if (known->max_header == 0)
        known->max_header = MMVIEW_MAX_HEADER;
    return mmv_options_check_address(known->flags, known->address, err);
}

static int map_array(int fd, uint64_t file_size, const char *path, const struct mmv_npy *npy,
                     const struct mmview_open_options *options, struct mmview_array **out,
                     struct mmview_error *err)
{
    struct mmv_map_request request = {
        .fd = fd,
        .mode = (enum mmview_mode)options->mode,
        .offset = npy->origin.data_offset,
        .length = (uint64_t)npy->layout.nbytes,
        .file_size = file_size,
        .path = path,
        .scan = (options->flags & MMVIEW_OPEN_SCAN) != 0,
        .at = (options->flags & MMVIEW_OPEN_AT) != 0,
        .address = options->address,
    };
    struct mmv_map *map = NULL;
    struct mmview_array *array;
    int status =
        mmv_extent_check(&npy->layout, npy->origin.data_offset,
                         (options->flags & MMVIEW_OPEN_GROW) != 0, &request.file_size, err);

    if (status < 0)
        return status;
    status = mmv_map_file(&request, &map, err);
    if (status < 0)
        return status;
    status = mmv_array_new(map, npy->dtype, &npy->origin, &npy->layout, npy->origin.data_offset,
                           options->mode != MMVIEW_MODE_R, &array, err);
    mmv_map_unref(map);
    if (status < 0)
        return status;
    /* Last, so that the file stays as it was if anything else fails. */
    status = mmv_file_grow(fd, file_size, request.file_size,
                           (options->flags & MMVIEW_OPEN_SPARSE) != 0, err);
    if (status < 0) {
        mmview_array_unref(array);
        return status;
    }
    *out = array;
    return MMVIEW_OK;
}

static int open_file(int fd, uint64_t file_size, const char *path,
                     const struct mmview_open_options *options, struct mmview_array **out,
                     struct mmview_error *err)
{
    struct mmv_npy npy = {.dtype = NULL};
    int status = mmv_npy_read_file(fd, &file_size, options->max_header, &npy, err);

    if (status < 0)
        return status;
    status = map_array(fd, file_size, path, &npy, options, out, err);
    mmview_dtype_unref(npy.dtype);
    return status;
}

int mmview_open(const char *path, const struct mmview_open_options *options,
                struct mmview_array **out, struct mmview_error *err)
{
    struct mmview_open_options known;
    uint64_t file_size;
    bool created;
    int fd;
    int status;

    if (!path || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, &known, err);
    if (status < 0)
        return status;
    status = mmv_file_open(path, (enum mmview_mode)known.mode, &fd, &file_size, &created, err);
    if (status < 0)
        return status;
    status = open_file(fd, file_size, path, &known, out, err);
    mmv_file_close(fd);
    return status;
}

int mmview_open_fd(int fd, const struct mmview_open_options *options, struct mmview_array **out,
                   struct mmview_error *err)
{
    struct mmview_open_options known;
    uint64_t file_size;
    int status;

    if (!out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, &known, err);
    if (status < 0)
        return status;
    status = mmv_file_adopt(fd, (enum mmview_mode)known.mode, &file_size, err);
    if (status < 0)
        return status;
    return open_file(fd, file_size, NULL, &known, out, err);
}

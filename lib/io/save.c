/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/save.h"

#include <mmview/write.h>

#include "os/file.h"
#include "os/new_file.h"

/* Where the next bytes go. */
struct end {
    int fd;
    uint64_t at;
};

static int write_at_end(void *context, const void *data, size_t nbytes, struct mmview_error *err)
{
    struct end *end = context;
    int status = mmv_file_write(end->fd, data, nbytes, end->at, err);

    end->at += nbytes;
    return status;
}

static int write_file(struct mmv_saving *saving, int fd, struct mmview_error *err)
{
    struct end end = {fd, 0};
    int status = mmv_file_grow(fd, 0, saving->header_length + saving->total, false, err);

    return status < 0 ? status : mmv_saving_put(saving, write_at_end, &end, err);
}

int mmview_save(const char *path, struct mmview_array *array,
                const struct mmview_save_options *options, struct mmview_error *err)
{
    struct mmv_saving saving;
    struct mmv_new_file file;
    int status;

    if (!path || !array)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status =
        mmv_saving_plan(&saving, array, options, MMVIEW_WRITE_EXCLUSIVE | MMVIEW_WRITE_RAW, err);
    if (status < 0)
        return status;
    status =
        mmv_new_file_open(&file, path, (saving.options.flags & MMVIEW_WRITE_EXCLUSIVE) != 0, err);
    if (status == MMVIEW_OK) {
        status = write_file(&saving, file.fd, err);
        if (status == MMVIEW_OK)
            status = mmv_new_file_commit(&file, NULL, err);
        else
            mmv_new_file_abandon(&file);
    }
    mmv_saving_clear(&saving);
    return status;
}

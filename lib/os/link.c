/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "os/link.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "os/file.h"

void mmv_path_of_fd(int fd, char *path)
{
    snprintf(path, MMV_PATH_OF_FD, "/proc/self/fd/%d", fd);
}

static int copy_of(const char *path, size_t length, char **copy, struct mmview_error *err)
{
    *copy = mmv_alloc(length + 1);
    if (!*copy)
        return mmv_fail_nomem(err);
    memcpy(*copy, path, length);
    (*copy)[length] = '\0';
    return MMVIEW_OK;
}

static int name_of(int fd, char **name, struct mmview_error *err)
{
    char path[PATH_MAX], own[MMV_PATH_OF_FD];
    bool same = false;
    ssize_t length;
    int status;

    mmv_path_of_fd(fd, own);
    length = readlink(own, path, sizeof path);
    if (length < 0 || length == sizeof path)
        return mmv_fail_errno(err, length < 0 ? errno : ENAMETOOLONG,
                              "what it leads to can not be named");
    status = copy_of(path, (size_t)length, name, err);
    if (status == MMVIEW_OK) /* one that was removed has a name that means nothing */
        status = mmv_file_is_named(AT_FDCWD, *name, AT_SYMLINK_NOFOLLOW, fd, &same, err);
    if (status == MMVIEW_OK && !same)
        status = mmv_fail(err, MMVIEW_EBUSY, "leads to a file that is being replaced");
    if (status < 0) {
        mmv_free(*name);
        *name = NULL;
    }
    return status;
}

/* By the kernel, not by realpath(), which would follow links that strangers left in folders
 * like /tmp, too. */
int mmv_link_follow(const char *path, char **real, struct mmview_error *err)
{
    char link;
    int fd, status;

    if (readlink(path, &link, 1) < 0)
        return errno == EINVAL || errno == ENOENT
                   ? copy_of(path, strlen(path), real, err)
                   : mmv_fail_errno(err, errno, "can not be examined");
    fd = mmv_file_openat(AT_FDCWD, path, O_PATH, 0);
    if (fd < 0 && errno == ENOENT)
        return copy_of(path, strlen(path), real, err);
    if (fd < 0)
        return mmv_fail_errno(err, errno, "can not be followed");
    status = name_of(fd, real, err);
    mmv_file_close(fd);
    return status;
}

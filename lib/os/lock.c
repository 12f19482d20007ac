/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "os/lock.h"

#include <errno.h>
#include <sys/file.h>

int mmv_lock(int fd, struct mmview_error *err)
{
    int r;

    do
        r = flock(fd, LOCK_EX | LOCK_NB);
    while (r < 0 && errno == EINTR);
    if (r == 0 || errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL || errno == ENOLCK)
        return MMVIEW_OK;
    if (errno == EWOULDBLOCK)
        return mmv_fail(err, MMVIEW_EBUSY, "another process is writing to it");
    return mmv_fail_errno(err, errno, "can not be locked");
}

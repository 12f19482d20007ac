/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "os/file.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "base/alloc.h"

#define BLOCK ((size_t)1 << 17)

int mmv_file_write(int fd, const void *data, size_t length, uint64_t offset,
                   struct mmview_error *err)
{
    const char *at = data;

    while (length > 0) {
        ssize_t n = pwrite(fd, at, length, (off_t)offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EFAULT) /* the kernel found what would be a SIGBUS here */
            return mmv_fail(err, MMVIEW_ETRUNCATED,
                            "the file has become shorter while it was read");
        if (n <= 0) /* 0 is said by nobody, but would have no end */
            return mmv_fail_errno(err, n < 0 ? errno : EIO, "can not be written to");
        at += n;
        offset += (uint64_t)n;
        length -= (size_t)n;
    }
    return MMVIEW_OK;
}

int mmv_file_sync(int fd, struct mmview_error *err)
{
    int r;

    do
        r = fdatasync(fd);
    while (r < 0 && errno == EINTR);
    /* A file system that has nothing to sync says so. */
    if (r < 0 && errno != EINVAL && errno != EROFS)
        return mmv_fail_errno(err, errno, "can not be written to the disk");
    return MMVIEW_OK;
}

int mmv_file_cut(int fd, uint64_t size, struct mmview_error *err)
{
    int errnum = mmv_file_resize(fd, size);

    return errnum ? mmv_fail_errno(err, errnum, "can not be cut to %llu bytes",
                                   (unsigned long long)size)
                  : MMVIEW_OK;
}

static int copy_by_hand(int from, uint64_t from_offset, int to, uint64_t to_offset, uint64_t length,
                        struct mmview_error *err)
{
    char *block = mmv_alloc(BLOCK);
    int status = block ? MMVIEW_OK : mmv_fail_nomem(err);

    while (status == MMVIEW_OK && length > 0) {
        size_t part = length < BLOCK ? (size_t)length : BLOCK;
        size_t got;

        status = mmv_file_read(from, block, part, from_offset, &got, err);
        if (status == MMVIEW_OK && got < part)
            status = mmv_fail(err, MMVIEW_ETRUNCATED, "has become shorter while it was read");
        if (status == MMVIEW_OK)
            status = mmv_file_write(to, block, part, to_offset, err);
        from_offset += part;
        to_offset += part;
        length -= part;
    }
    mmv_free(block);
    return status;
}

int mmv_file_copy(int from, uint64_t from_offset, int to, uint64_t to_offset, uint64_t length,
                  struct mmview_error *err)
{
    /* The kernel may share the blocks, or copy without us; where it can not, it says
     * so at once or in the middle, and the rest is ours. */
    while (length > 0) {
        off_t in = (off_t)from_offset, out = (off_t)to_offset;
        ssize_t n = copy_file_range(from, &in, to, &out,
                                    length < SSIZE_MAX ? (size_t)length : SSIZE_MAX, 0);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return copy_by_hand(from, from_offset, to, to_offset, length, err);
        from_offset += (uint64_t)n;
        to_offset += (uint64_t)n;
        length -= (uint64_t)n;
    }
    return MMVIEW_OK;
}

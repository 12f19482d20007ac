/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/link.h"

/* O_NONBLOCK is for what turns out to be a FIFO or a terminal; regular files
 * do not know it. */
#define OPEN_FLAGS (O_NOCTTY | O_NONBLOCK)

static bool for_writing(enum mmview_mode mode)
{
    return mode == MMVIEW_MODE_RPLUS || mode == MMVIEW_MODE_WPLUS;
}

static int not_regular(mode_t type, struct mmview_error *err)
{
    switch (type & S_IFMT) {
    case S_IFDIR:
        return mmv_fail(err, MMVIEW_ENOTREG, "is a directory, not a file that can be mapped");
    case S_IFIFO:
        return mmv_fail(err, MMVIEW_ENOTREG,
                        "is a FIFO, which can not be mapped; pipe it to standard input");
    case S_IFSOCK: return mmv_fail(err, MMVIEW_ENOTREG, "is a socket, which can not be mapped");
    case S_IFCHR:
        return mmv_fail(err, MMVIEW_ENOTREG,
                        "is a character device, not a file that can be mapped");
    case S_IFBLK:
        return mmv_fail(err, MMVIEW_ENOTREG, "is a block device, not a file that can be mapped");
    default: return mmv_fail(err, MMVIEW_ENOTREG, "is not a regular file");
    }
}

static int regular_size(int fd, uint64_t *size, struct mmview_error *err)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return mmv_fail_errno(err, errno, "can not be examined");
    if (!S_ISREG(st.st_mode))
        return not_regular(st.st_mode, err);
    *size = (uint64_t)st.st_size;
    return MMVIEW_OK;
}

int mmv_file_openat(int directory, const char *path, int flags, mode_t mode)
{
    int fd;

    do
        fd = openat(directory, path, flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

static int open_retried(const char *path, int flags)
{
    return mmv_file_openat(AT_FDCWD, path, flags | OPEN_FLAGS, 0666);
}

/* A stranger's link can lead to a device that does something when it is opened. So what
 * a link leads to is found first and looked at, and then opened by what was found: the
 * name may lead elsewhere by now. What is not regular is not opened at all. */
static int open_linked(const char *path, int flags)
{
    char found[MMV_PATH_OF_FD];
    int place = open_retried(path, O_PATH), fd, errnum;
    struct stat st;

    if (place < 0 || (fstat(place, &st) == 0 && !S_ISREG(st.st_mode)))
        return place;
    mmv_path_of_fd(place, found);
    fd = open_retried(found, flags);
    errnum = errno;
    mmv_file_close(place);
    errno = errnum;
    /* There may be no /proc, or none for a program that may not be traced. */
    return fd < 0 && (errnum == ENOENT || errnum == EACCES) ? open_retried(path, flags) : fd;
}

/* Strangers make links, but no devices. */
static int open_found(const char *path, int flags)
{
    int fd = open_retried(path, flags | O_NOFOLLOW);

    return fd < 0 && errno == ELOOP ? open_linked(path, flags) : fd;
}

/* Only O_EXCL tells who made a file. It refuses a symbolic link that leads to
 * no file, which open() can follow and make; that file counts as not ours. */
static int open_or_create(const char *path, bool *created)
{
    int fd = open_found(path, O_RDWR);

    if (fd >= 0 || errno != ENOENT)
        return fd;
    fd = open_retried(path, O_RDWR | O_CREAT | O_EXCL);
    if (fd >= 0)
        *created = true;
    else if (errno == EEXIST)
        fd = open_retried(path, O_RDWR | O_CREAT);
    return fd;
}

static int open_failed(const char *path, enum mmview_mode mode, int errnum,
                       struct mmview_error *err)
{
    struct stat st;

    /* Sockets give ENXIO, directories EISDIR when opened for writing. */
    if ((errnum == ENXIO || errnum == EISDIR) && stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return not_regular(st.st_mode, err);
    if (for_writing(mode) && (errnum == EACCES || errnum == EPERM || errnum == EROFS))
        return mmv_fail_errno(err, errnum, "can not be opened for writing");
    return mmv_fail_errno(err, errnum, "can not be opened");
}

int mmv_file_open(const char *path, enum mmview_mode mode, int *fd, uint64_t *size, bool *created,
                  struct mmview_error *err)
{
    bool made = false;
    int opened, status;

    /* Opening a FIFO or a device for writing is felt at its other end, so look
     * first. Reading is the common case and saves the call, but for links. */
    if (for_writing(mode)) {
        struct stat st;

        if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
            return not_regular(st.st_mode, err);
    }
    if (mode == MMVIEW_MODE_WPLUS)
        opened = open_or_create(path, &made);
    else
        opened = open_found(path, for_writing(mode) ? O_RDWR : O_RDONLY);
    if (opened < 0)
        return open_failed(path, mode, errno, err);

    status = regular_size(opened, size, err);
    if (status < 0) {
        mmv_file_close(opened);
        return status;
    }
    *fd = opened;
    *created = made;
    return MMVIEW_OK;
}

int mmv_file_is_named(int directory, const char *name, int flags, int fd, bool *same,
                      struct mmview_error *err)
{
    struct stat ours, there;
    bool found = fstatat(directory, name, &there, flags) == 0;

    if ((!found && errno != ENOENT) || fstat(fd, &ours) < 0)
        return mmv_fail_errno(err, errno, "can not be examined");
    *same = found && there.st_dev == ours.st_dev && there.st_ino == ours.st_ino;
    return MMVIEW_OK;
}

int mmv_file_adopt(int fd, enum mmview_mode mode, uint64_t *size, struct mmview_error *err)
{
    int flags = fcntl(fd, F_GETFL);

    if (flags < 0)
        return mmv_fail_errno(err, errno, "the descriptor can not be used");
    if ((flags & O_PATH) || (flags & O_ACCMODE) == O_WRONLY)
        return mmv_fail_errno(err, EACCES, "the descriptor is not open for reading");
    if (for_writing(mode) && (flags & O_ACCMODE) != O_RDWR)
        return mmv_fail_errno(err, EACCES, "the descriptor is not open for reading and writing");
    return regular_size(fd, size, err);
}

int mmv_file_duplicate(int fd, int *duplicate, struct mmview_error *err)
{
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);

    if (own < 0)
        return mmv_fail_errno(err, errno, "the descriptor can not be duplicated");
    *duplicate = own;
    return MMVIEW_OK;
}

/* Not retried: Linux has released the descriptor even when it says EINTR. */
void mmv_file_close(int fd)
{
    close(fd);
}

void mmv_file_discard(const char *path, int fd)
{
    struct stat ours, there;

    /* The name may mean another file by now. */
    if (fstat(fd, &ours) == 0 && lstat(path, &there) == 0 && ours.st_dev == there.st_dev &&
        ours.st_ino == there.st_ino)
        unlink(path);
    mmv_file_close(fd);
}

int mmv_file_read(int fd, void *buffer, size_t length, uint64_t offset, size_t *got,
                  struct mmview_error *err)
{
    size_t done = 0;

    while (done < length) {
        ssize_t n = pread(fd, (char *)buffer + done, length - done, (off_t)(offset + done));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return mmv_fail_errno(err, errno, "can not be read");
        if (n == 0)
            break;
        done += (size_t)n;
    }
    *got = done;
    return MMVIEW_OK;
}

/* The size now, which another process may have changed since it was asked for. */
static bool size_now(int fd, uint64_t *size)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return false;
    *size = (uint64_t)st.st_size;
    return true;
}

int mmv_file_resize(int fd, uint64_t size)
{
    int r;

    do
        r = ftruncate(fd, (off_t)size);
    while (r < 0 && errno == EINTR);
    return r < 0 ? errno : 0;
}

/* Not every file system can reserve. glibc then writes to every block itself;
 * where the C library does not, a hole must do. */
static int reserve(int fd, uint64_t from, uint64_t to)
{
    int errnum;

    do
        errnum = posix_fallocate(fd, (off_t)from, (off_t)(to - from));
    while (errnum == EINTR);
    return errnum == EOPNOTSUPP ? mmv_file_resize(fd, to) : errnum;
}

static int grow_failed(uint64_t to, int errnum, struct mmview_error *err)
{
    return mmv_fail_errno(err, errnum, "can not be made %llu bytes long", (unsigned long long)to);
}

int mmv_file_grow(int fd, uint64_t from, uint64_t to, bool sparse, struct mmview_error *err)
{
    uint64_t now;
    int errnum;

    if (to <= from)
        return MMVIEW_OK;
    if (!size_now(fd, &now))
        return mmv_fail_errno(err, errno, "can not be examined");
    if (now < from) /* what was read of it is not there any more: zeros are no remedy */
        return mmv_fail_at(err, MMVIEW_ETRUNCATED, now,
                           "the file has become shorter while it was read");
    if (now >= to)
        return MMVIEW_OK;
    errnum = sparse ? mmv_file_resize(fd, to) : reserve(fd, from, to);
    if (errnum) {
        /* A reservation that got half-way has made the file longer. What is past
         * it is somebody else's. */
        if (size_now(fd, &now) && now <= to)
            mmv_file_resize(fd, from);
        return grow_failed(to, errnum, err);
    }
    return MMVIEW_OK;
}

int mmv_file_renew(int fd, uint64_t from, uint64_t to, bool sparse, struct mmview_error *err)
{
    int errnum = 0;

    /* The rehearsal. A reservation starts at the first byte, because the old
     * content may have holes. */
    if (from && !sparse)
        errnum = reserve(fd, 0, to);
    else if (from && to > from)
        errnum = mmv_file_resize(fd, to);
    if (errnum) {
        mmv_file_resize(fd, from);
        return grow_failed(to, errnum, err);
    }
    errnum = mmv_file_resize(fd, 0);
    if (errnum)
        return mmv_fail_errno(err, errnum, "can not be emptied");
    return mmv_file_grow(fd, 0, to, sparse, err);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "os/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "os/file.h"
#include "os/lock.h"

/* The file that a chain of symbolic links leads to; path itself if that is none, or
 * leads nowhere. */
static char *follow(const char *path)
{
    char *real = realpath(path, NULL);
    size_t length = strlen(real ? real : path);
    char *copy = mmv_alloc(length + 1);

    if (copy)
        memcpy(copy, real ? real : path, length + 1);
    free(real);
    return copy;
}

/* Opens the folder, and leaves the name in it. */
static int split(struct mmv_new_file *file, const char *path, struct mmview_error *err)
{
    char *whole = follow(path);
    char *slash;

    if (!whole)
        return mmv_fail_nomem(err);
    slash = strrchr(whole, '/');
    if (slash) {
        char first = slash[1];

        slash[1] = '\0'; /* "/" stays one */
        file->directory = mmv_file_openat(AT_FDCWD, whole, O_RDONLY | O_DIRECTORY);
        slash[1] = first;
        memmove(whole, slash + 1, strlen(slash + 1) + 1);
    } else {
        file->directory = mmv_file_openat(AT_FDCWD, ".", O_RDONLY | O_DIRECTORY);
    }
    file->name = whole;
    if (file->directory < 0)
        return mmv_fail_errno(err, errno, "its folder can not be opened");
    if (*file->name == '\0')
        return mmv_fail_errno(err, EISDIR, "can not be made");
    return MMVIEW_OK;
}

/* A name for the time being: always the same for a file, so that what a killed
 * process may have left is found and replaced. FNV-1a. */
static void name_beside(struct mmv_new_file *file)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (const char *p = file->name; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 0x100000001b3u;
    snprintf(file->beside, sizeof file->beside, ".mmview-%016llx", (unsigned long long)hash);
}

/* The file that will be replaced: nobody else writes to it while we hold it. One
 * that has been replaced itself before we held it is none that we look for. */
static int open_old(struct mmv_new_file *file, struct mmview_error *err)
{
    for (;;) {
        struct stat st;
        bool named;
        int status;

        if (fstatat(file->directory, file->name, &st, 0) < 0)
            return errno == ENOENT ? MMVIEW_OK : mmv_fail_errno(err, errno, "can not be examined");
        if (file->exclusive)
            return mmv_fail_errno(err, EEXIST, "can not be made");
        if (!S_ISREG(st.st_mode))
            return mmv_fail(err, MMVIEW_ENOTREG, "is there already and is no regular file");
        file->old = mmv_file_openat(file->directory, file->name, O_RDONLY | O_NOCTTY);
        if (file->old < 0 && errno != ENOENT)
            return mmv_fail_errno(err, errno, "can not be opened");
        if (file->old < 0)
            continue;
        status = mmv_lock(file->old, err);
        if (status == MMVIEW_OK)
            status = mmv_file_is_named(file->directory, file->name, file->old, &named, err);
        if (status != MMVIEW_OK || named)
            return status;
        mmv_file_close(file->old);
        file->old = -1;
    }
}

/* Whoever writes to a file beside another holds its lock: one that nobody holds was
 * left by a process that was killed. */
static bool clear_abandoned(const struct mmv_new_file *file)
{
    int fd = mmv_file_openat(file->directory, file->beside, O_RDONLY | O_NOFOLLOW);
    bool named = false;
    bool cleared =
        fd >= 0 && mmv_lock(fd, NULL) == MMVIEW_OK &&
        mmv_file_is_named(file->directory, file->beside, fd, &named, NULL) == MMVIEW_OK && named &&
        unlinkat(file->directory, file->beside, 0) == 0;

    if (fd >= 0)
        mmv_file_close(fd);
    return cleared;
}

/* A file beside that is the old file itself, by another name, was left, too, but its lock
 * is ours. */
static bool clear_beside(const struct mmv_new_file *file)
{
    bool same = false;

    if (file->old >= 0 &&
        mmv_file_is_named(file->directory, file->beside, file->old, &same, NULL) == MMVIEW_OK &&
        same)
        return unlinkat(file->directory, file->beside, 0) == 0;
    return clear_abandoned(file);
}

/* Not every file system makes files without a name. */
static bool no_nameless(int errnum)
{
    return errnum == EOPNOTSUPP || errnum == EISDIR || errnum == ENOENT || errnum == EINVAL;
}

static int make_beside(struct mmv_new_file *file)
{
    file->fd = mmv_file_openat(file->directory, file->beside, O_RDWR | O_CREAT | O_EXCL);
    file->named = file->fd >= 0;
    return file->fd;
}

static int open_new(struct mmv_new_file *file, struct mmview_error *err)
{
    file->fd = mmv_file_openat(file->directory, ".", O_TMPFILE | O_RDWR);
    if (file->fd < 0 && no_nameless(errno) && make_beside(file) < 0 && errno == EEXIST) {
        if (!clear_beside(file))
            return mmv_fail(err, MMVIEW_EBUSY, "another process is making it");
        make_beside(file);
    }
    if (file->fd < 0)
        return mmv_fail_errno(err, errno, "no file can be made beside it");
    return mmv_lock(file->fd, err);
}

/* What the mode allows a group that the old file did not belong to: what it allows
 * everybody. */
static mode_t mode_for_others(mode_t mode)
{
    return mode & ~((~mode & S_IRWXO) << 3) & ~(mode_t)S_ISGID;
}

/* The new file is for the old one's readers. Who may not give files away keeps at
 * least the group, and nobody gains rights by it: the mode comes after the owner. */
static int inherit(const struct mmv_new_file *file, struct mmview_error *err)
{
    struct stat old, now;
    mode_t mode;

    if (file->old < 0)
        return MMVIEW_OK;
    if (fstat(file->old, &old) < 0)
        return mmv_fail_errno(err, errno, "can not be examined");
    if (fchown(file->fd, old.st_uid, old.st_gid) < 0)
        (void)!fchown(file->fd, (uid_t)-1, old.st_gid);
    if (fstat(file->fd, &now) < 0)
        return mmv_fail_errno(err, errno, "the file that replaces it can not be examined");
    mode = old.st_mode & 07777;
    if (now.st_uid != old.st_uid)
        mode &= ~(mode_t)S_ISUID;
    if (now.st_gid != old.st_gid)
        mode = mode_for_others(mode);
    if (fchmod(file->fd, mode) < 0)
        return mmv_fail_errno(err, errno, "its mode can not be given to the file that replaces it");
    return MMVIEW_OK;
}

int mmv_new_file_open(struct mmv_new_file *file, const char *path, bool exclusive,
                      struct mmview_error *err)
{
    int status;

    *file = (struct mmv_new_file){.fd = -1, .directory = -1, .old = -1, .exclusive = exclusive};
    status = split(file, path, err);
    if (status == MMVIEW_OK) {
        name_beside(file);
        status = open_old(file, err);
    }
    if (status == MMVIEW_OK)
        status = open_new(file, err);
    if (status == MMVIEW_OK)
        status = inherit(file, err);
    if (status < 0)
        mmv_new_file_abandon(file);
    return status;
}

/* A name for a file that has none. */
static int give_name(const struct mmv_new_file *file, const char *name)
{
    char self[32];

    snprintf(self, sizeof self, "/proc/self/fd/%d", file->fd);
    return linkat(AT_FDCWD, self, file->directory, name, AT_SYMLINK_FOLLOW) < 0 ? errno : 0;
}

/* A name that nothing has: in one step where that can be done, so that it never has two. */
static int rename_to_new(struct mmv_new_file *file)
{
    int at = file->directory;

#ifdef RENAME_NOREPLACE
    if (renameat2(at, file->beside, at, file->name, RENAME_NOREPLACE) == 0) {
        file->named = false;
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
#endif
    return linkat(at, file->beside, at, file->name, 0) < 0 ? errno : 0;
}

static int rename_over(struct mmv_new_file *file)
{
    int errnum = 0;

    if (!file->named) {
        errnum = give_name(file, file->beside);
        if (errnum == EEXIST && clear_beside(file))
            errnum = give_name(file, file->beside);
        file->named = errnum == 0;
    }
    if (errnum == 0 && renameat(file->directory, file->beside, file->directory, file->name) < 0)
        errnum = errno;
    if (errnum == 0)
        file->named = false;
    return errnum;
}

/* Puts it in place. Signals wait: between its two names nothing must end us. */
static int put_in_place(struct mmv_new_file *file)
{
    sigset_t all, before;
    int errnum;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (file->old < 0 && !file->named)
        errnum = give_name(file, file->name);
    else if (file->exclusive)
        errnum = rename_to_new(file);
    else
        errnum = rename_over(file);
    if (errnum == EEXIST && !file->exclusive) /* it has come since we looked */
        errnum = rename_over(file);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return errnum;
}

int mmv_new_file_commit(struct mmv_new_file *file, int *keep, struct mmview_error *err)
{
    int errnum = 0;
    int status = mmv_file_sync(file->fd, err);

    if (status == MMVIEW_OK)
        errnum = put_in_place(file);
    if (errnum)
        status = mmv_fail_errno(err, errnum, "the new file can not be put in its place");
    /* So that the name is there after a power cut, too. Not every file system syncs
     * folders, and nothing could be done any more. */
    if (status == MMVIEW_OK)
        fsync(file->directory);
    if (status == MMVIEW_OK && keep) {
        *keep = file->fd;
        file->fd = -1;
    }
    mmv_new_file_abandon(file);
    return status;
}

void mmv_new_file_abandon(struct mmv_new_file *file)
{
    if (file->named)
        unlinkat(file->directory, file->beside, 0);
    if (file->fd >= 0)
        mmv_file_close(file->fd);
    if (file->old >= 0)
        mmv_file_close(file->old);
    if (file->directory >= 0)
        mmv_file_close(file->directory);
    mmv_free(file->name);
    *file = (struct mmv_new_file){.fd = -1, .directory = -1, .old = -1};
}

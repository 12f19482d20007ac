/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "os/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "os/file.h"
#include "os/link.h"
#include "os/lock.h"
#include "os/rights.h"

/* Nothing that a stranger puts under a name that we use is waited for, or followed. */
#define OPEN_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)

/* Opens the folder, and leaves the name in it. */
static int split(struct mmv_new_file *file, const char *path, struct mmview_error *err)
{
    char *whole = NULL, *slash;
    int status = mmv_link_follow(path, &whole, err);

    if (status < 0)
        return status;
    slash = strrchr(whole, '/');
    if (slash) {
        char first = slash[1];

        slash[1] = '\0'; /* "/" stays one */
        file->directory = mmv_file_openat(AT_FDCWD, whole, O_RDONLY | O_DIRECTORY, 0);
        slash[1] = first;
        memmove(whole, slash + 1, strlen(slash + 1) + 1);
    } else {
        file->directory = mmv_file_openat(AT_FDCWD, ".", O_RDONLY | O_DIRECTORY, 0);
    }
    file->name = whole;
    if (file->directory < 0)
        return mmv_fail_errno(err, errno, "its folder can not be opened");
    if (*file->name == '\0')
        return mmv_fail_errno(err, *path ? EISDIR : ENOENT, "can not be made");
    return MMVIEW_OK;
}

/* FNV-1a */
static uint64_t hash_of(const char *name)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (const char *p = name; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 0x100000001b3u;
    return hash;
}

static void name_beside(struct mmv_new_file *file, uint64_t number)
{
    snprintf(file->beside, sizeof file->beside, ".mmview-%016llx", (unsigned long long)number);
}

static bool is_regular(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/* Takes the lock of what is open by now, if the name still means it. What a name means can
 * change whenever somebody else may write to the folder, so only a descriptor tells. */
static int take_old(struct mmv_new_file *file, bool *taken, struct mmview_error *err)
{
    int status;

    *taken = false;
    if (!is_regular(file->old))
        return MMVIEW_OK;
    status = mmv_lock(file->old, err);
    if (status < 0)
        return status;
    return mmv_file_is_named(file->directory, file->name, AT_SYMLINK_NOFOLLOW, file->old, taken,
                             err);
}

/* The file that will be replaced: nobody else writes to it while we hold it. One
 * that has been replaced itself before we held it is none that we look for. */
static int open_old(struct mmv_new_file *file, struct mmview_error *err)
{
    for (;;) {
        struct stat st;
        bool taken;
        int status;

        if (fstatat(file->directory, file->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
            return errno == ENOENT ? MMVIEW_OK : mmv_fail_errno(err, errno, "can not be examined");
        if (file->exclusive)
            return mmv_fail_errno(err, EEXIST, "can not be made");
        if (S_ISLNK(st.st_mode)) /* it leads nowhere, and is replaced itself */
            return MMVIEW_OK;
        if (!S_ISREG(st.st_mode))
            return mmv_fail(err, MMVIEW_ENOTREG, "is there already and is no regular file");
        file->old = mmv_file_openat(file->directory, file->name, OPEN_FLAGS, 0);
        if (file->old < 0 && errno != ENOENT && errno != ELOOP)
            return mmv_fail_errno(err, errno, "can not be opened");
        if (file->old < 0)
            continue;
        status = take_old(file, &taken, err);
        if (status != MMVIEW_OK || taken)
            return status;
        mmv_file_close(file->old);
        file->old = -1;
    }
}

/* Whoever writes to a file beside another holds its lock: one that nobody holds was
 * left by a process that was killed. */
static bool clear_abandoned(const struct mmv_new_file *file)
{
    int fd = mmv_file_openat(file->directory, file->beside, OPEN_FLAGS, 0);
    bool named = false;
    bool cleared = fd >= 0 && is_regular(fd) && mmv_lock(fd, NULL) == MMVIEW_OK &&
                   mmv_file_is_named(file->directory, file->beside, AT_SYMLINK_NOFOLLOW, fd, &named,
                                     NULL) == MMVIEW_OK &&
                   named && unlinkat(file->directory, file->beside, 0) == 0;

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
        mmv_file_is_named(file->directory, file->beside, AT_SYMLINK_NOFOLLOW, file->old, &same,
                          NULL) == MMVIEW_OK &&
        same)
        return unlinkat(file->directory, file->beside, 0) == 0;
    return clear_abandoned(file);
}

/* Makes room for a file beside. What one of ours is at work with is left to it; what a
 * stranger put there, to be in the way, is gone round. */
static bool find_room(struct mmv_new_file *file)
{
    struct stat st;
    uint64_t chance;

    if (clear_beside(file))
        return true;
    if (fstatat(file->directory, file->beside, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(st.st_mode) && st.st_uid == geteuid())
        return false;
    if (getrandom(&chance, sizeof chance, 0) != sizeof chance)
        return false;
    name_beside(file, chance);
    return true;
}

/* Not every file system makes files without a name. */
static bool no_nameless(int errnum)
{
    return errnum == EOPNOTSUPP || errnum == EISDIR || errnum == ENOENT || errnum == EINVAL;
}

/* One that replaces another is for nobody else before it has the rights of that. */
static int make_beside(struct mmv_new_file *file)
{
    file->fd = mmv_file_openat(file->directory, file->beside, O_RDWR | O_CREAT | O_EXCL,
                               file->old < 0 ? 0666 : 0600);
    file->named = file->fd >= 0;
    return file->fd;
}

/* A file without a name, if it can be given one later. */
static int make_nameless(const struct mmv_new_file *file)
{
    if (access("/proc/self/fd", X_OK) < 0) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return mmv_file_openat(file->directory, ".", O_TMPFILE | O_RDWR, 0666);
}

static int open_new(struct mmv_new_file *file, struct mmview_error *err)
{
    file->fd = make_nameless(file);
    if (file->fd < 0 && no_nameless(errno) && make_beside(file) < 0 && errno == EEXIST) {
        if (!find_room(file))
            return mmv_fail(err, MMVIEW_EBUSY, "another process is making it");
        make_beside(file);
    }
    if (file->fd < 0)
        return mmv_fail_errno(err, errno, "no file can be made beside it");
    return mmv_lock(file->fd, err);
}

int mmv_new_file_open(struct mmv_new_file *file, const char *path, bool exclusive,
                      struct mmview_error *err)
{
    int status;

    *file = (struct mmv_new_file){.fd = -1, .directory = -1, .old = -1, .exclusive = exclusive};
    status = split(file, path, err);
    if (status == MMVIEW_OK) {
        /* Always the same for a file, so that what a killed process may have left is found. */
        name_beside(file, hash_of(file->name));
        status = open_old(file, err);
    }
    if (status == MMVIEW_OK)
        status = open_new(file, err);
    if (status == MMVIEW_OK && file->old >= 0)
        status = mmv_rights_inherit(file->old, file->fd, err);
    if (status < 0)
        mmv_new_file_abandon(file);
    return status;
}

/* A name for a file that has none. */
static int give_name(const struct mmv_new_file *file, const char *name)
{
    char path[MMV_PATH_OF_FD];

    mmv_path_of_fd(file->fd, path);
    return linkat(AT_FDCWD, path, file->directory, name, AT_SYMLINK_FOLLOW) < 0 ? errno : 0;
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
        if (errnum == EEXIST && find_room(file))
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

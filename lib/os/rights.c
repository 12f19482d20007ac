/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "os/rights.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACL          "system.posix_acl_access"
#define LONGEST_LIST 4096 /* bytes, which are 511 entries */

static bool has_none(int errnum)
{
    return errnum == ENODATA || errnum == EOPNOTSUPP || errnum == ENOSYS;
}

/* What the mode allows a group that the old file did not belong to: what it allows
 * everybody. */
static mode_t mode_for_others(mode_t mode)
{
    return mode & ~((~mode & S_IRWXO) << 3);
}

static int change_mode(int fd, mode_t mode, struct mmview_error *err)
{
    /* A folder may have a list for all files that are made in it. */
    if ((fremovexattr(fd, ACL) < 0 && !has_none(errno)) || fchmod(fd, mode) < 0)
        return mmv_fail_errno(err, errno, "its mode can not be given to the file that replaces it");
    return MMVIEW_OK;
}

/* Where there is a list, the mode's bits for the group are its mask, the most that any of
 * its entries allows. Without the list they are nobody's. */
static int inherit_list(int old, int fd, mode_t mode, bool same_owner, bool *has_list,
                        struct mmview_error *err)
{
    char list[LONGEST_LIST];
    ssize_t length = fgetxattr(old, ACL, list, sizeof list);
    int status;

    *has_list = length >= 0 || !has_none(errno);
    if (!*has_list)
        return MMVIEW_OK;
    if (length < 0 && errno != ERANGE)
        return mmv_fail_errno(err, errno, "its access control list can not be read");
    status = change_mode(fd, mode & S_IRWXU, err);
    if (status == MMVIEW_OK && length >= 0 && same_owner)
        (void)!fsetxattr(fd, ACL, list, (size_t)length, 0);
    return status;
}

int mmv_rights_inherit(int old, int fd, struct mmview_error *err)
{
    struct stat before, now;
    bool same_group, has_list;
    mode_t mode;
    int status;

    if (fstat(old, &before) < 0)
        return mmv_fail_errno(err, errno, "can not be examined");
    /* Who may not give files away keeps at least the group. */
    if (fchown(fd, before.st_uid, before.st_gid) < 0)
        (void)!fchown(fd, (uid_t)-1, before.st_gid);
    if (fstat(fd, &now) < 0)
        return mmv_fail_errno(err, errno, "the file that replaces it can not be examined");
    same_group = now.st_gid == before.st_gid;
    mode = before.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
    status = inherit_list(old, fd, mode, same_group && now.st_uid == before.st_uid, &has_list, err);
    if (status < 0 || has_list)
        return status;
    return change_mode(fd, same_group ? mode : mode_for_others(mode), err);
}

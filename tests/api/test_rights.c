/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Who may do what with a file that replaced another: nobody more than with that one. (Names
 * that change meanwhile: tests/faults/strangers.test.) */
#include <mmview.h>
#include <sys/xattr.h>

#include "scratch.h"

#define ACL         "system.posix_acl_access"
#define DEFAULT_ACL "system.posix_acl_default"

/* As in linux/posix_acl_xattr.h, which not everybody has; numbers are little-endian. */
struct entry {
    uint8_t tag[2], perm[2], id[4];
};
struct list {
    uint8_t version[4];
    struct entry entries[5];
};

/* clang-format off */
#define NOBODY {0xff, 0xff, 0xff, 0xff}
/* clang-format on */

/* The owner and the user 1234 may read and write, the group and others nothing. */
static const struct list for_1234 = {
    {2},
    {{{0x01}, {6}, NOBODY},
     {{0x02}, {6}, {0xd2, 0x04}},
     {{0x04}, {0}, NOBODY},
     {{0x10}, {6}, NOBODY},
     {{0x20}, {0}, NOBODY}},
};

static void replace(const char *name)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int status = mmview_create(name, NULL, &array, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    mmview_array_unref(array);
    ck_assert_uint_eq(file_size(name), 136);
}

static unsigned mode_of(const char *name)
{
    struct stat st;

    ck_assert_int_eq(lstat(name, &st), 0);
    ck_assert(S_ISREG(st.st_mode));
    return st.st_mode & 07777;
}

static bool has_lists(const char *name, const char *kind)
{
    if (setxattr(name, kind, &for_1234, sizeof for_1234, 0) == 0)
        return true;
    ck_assert_int_eq(errno, EOPNOTSUPP);
    puts("SKIP: a part: this file system has no access control lists");
    return false;
}

START_TEST(set_id_bits_are_not_inherited)
{
    write_values("file");
    ck_assert_int_eq(chmod("file", 07751), 0);
    replace("file");
    ck_assert_uint_eq(mode_of("file"), 0751);
}
END_TEST

START_TEST(lists_are_inherited)
{
    struct list found;

    write_values("file");
    ck_assert_int_eq(chmod("file", 0600), 0);
    if (!has_lists("file", ACL))
        return;
    ck_assert_uint_eq(mode_of("file"), 0660);
    replace("file");
    ck_assert_uint_eq(mode_of("file"), 0660);
    ck_assert_int_eq(getxattr("file", ACL, &found, sizeof found), sizeof found);
    ck_assert_mem_eq(&found, &for_1234, sizeof found);
}
END_TEST

/* The bits of the group are the list's mask: without the list they would be the group's. */
START_TEST(lists_that_are_too_long_leave_the_owner)
{
    static struct {
        uint8_t version[4];
        struct entry entries[605];
    } many = {.version = {2}};
    size_t n = 0;

    write_values("file");
    if (!has_lists("file", ACL))
        return;
    many.entries[n++] = for_1234.entries[0];
    for (unsigned user = 0; user < 600; user++) {
        many.entries[n] = for_1234.entries[1];
        many.entries[n].id[0] = (uint8_t)user;
        many.entries[n++].id[1] = (uint8_t)(user >> 8);
    }
    for (int i = 2; i < 5; i++)
        many.entries[n++] = for_1234.entries[i];
    if (setxattr("file", ACL, &many, sizeof many.version + n * sizeof *many.entries, 0) < 0) {
        puts("SKIP: a part: this file system has no such long access control lists");
        return;
    }
    replace("file");
    ck_assert_uint_eq(mode_of("file"), 0600);
}
END_TEST

/* What a folder has for new files is not for one that replaces another. */
START_TEST(lists_of_the_folder_are_not)
{
    write_values("file");
    ck_assert_int_eq(chmod("file", 0640), 0);
    if (!has_lists(".", DEFAULT_ACL))
        return;
    replace("file");
    ck_assert_uint_eq(mode_of("file"), 0640);
    ck_assert_int_lt(getxattr("file", ACL, NULL, 0), 0);
    replace("new");
    ck_assert_uint_eq(mode_of("new"), 0660);
    ck_assert_int_gt(getxattr("new", ACL, NULL, 0), 0);
}
END_TEST

START_TEST(links_that_lead_nowhere_give_way)
{
    ck_assert_int_eq(symlink("nowhere", "link"), 0);
    replace("link");
    ck_assert_uint_eq(mode_of("link"), 0644);
    ck_assert_int_lt(access("nowhere", F_OK), 0);
}
END_TEST

START_TEST(chains_of_links_are_followed)
{
    struct stat st;

    write_values("file");
    ck_assert_int_eq(chmod("file", 0604), 0);
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    ck_assert_int_eq(symlink("../file", "folder/link"), 0);
    ck_assert_int_eq(symlink("folder/link", "link"), 0);
    replace("link");
    ck_assert_uint_eq(mode_of("file"), 0604);
    ck_assert_int_eq(lstat("link", &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    ck_assert_int_eq(lstat("folder/link", &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    ck_assert_int_eq(unlink("folder/link"), 0);
    ck_assert_int_eq(rmdir("folder"), 0);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("rights");

    umask(022);
    tcase_add_test(tcase, set_id_bits_are_not_inherited);
    tcase_add_test(tcase, lists_are_inherited);
    tcase_add_test(tcase, lists_that_are_too_long_leave_the_owner);
    tcase_add_test(tcase, lists_of_the_folder_are_not);
    tcase_add_test(tcase, links_that_lead_nowhere_give_way);
    tcase_add_test(tcase, chains_of_links_are_followed);
    return run_suite("rights", tcase);
}

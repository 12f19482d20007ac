/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Archives that are made: what is left when something fails. (What is in them:
 * tests/oracle.) */
#include <mmview.h>

#include "scratch.h"

static struct mmview_npz_writer *create_ok(const char *name)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_npz_writer *writer = NULL;
    int status = mmview_npz_writer_create(name, NULL, &writer, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    return writer;
}

static void add_ok(struct mmview_npz_writer *writer, const char *name, struct mmview_array *array)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = mmview_npz_writer_add(writer, name, SIZE_MAX, array, NULL, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
}

START_TEST(appears_at_the_end)
{
    int descriptors = open_descriptors();
    struct mmview_npz_writer *writer = create_ok("new.npz");
    struct mmview_array *array, *member = NULL;
    struct mmview_npz *npz = NULL;

    write_values("file");
    array = open_ok("file", NULL);
    add_ok(writer, "a.npy", array);
    ck_assert_int_eq(mmview_npz_writer_add_bytes(writer, "b", 1, "xyz", 3, NULL), MMVIEW_OK);
    ck_assert(!exists("new.npz"));
    ck_assert_int_eq(mmview_npz_writer_finish(writer, NULL), MMVIEW_OK);
    mmview_array_unref(array);

    ck_assert_int_eq(mmview_npz_open("new.npz", NULL, &npz, NULL), MMVIEW_OK);
    ck_assert_uint_eq(mmview_npz_count(npz), 2);
    ck_assert_int_eq(mmview_npz_verify(npz, 0, NULL, NULL, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_npz_verify(npz, 1, NULL, NULL, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_npz_member(npz, 0, NULL, &member, NULL), MMVIEW_OK);
    ck_assert_uint_eq(mmview_array_offset(member) % 64, 0);
    ck_assert_int_eq(memcmp(mmview_array_data(member), values, sizeof values), 0);
    mmview_array_unref(member);
    mmview_npz_unref(npz);
    ck_assert_int_eq(open_descriptors(), descriptors);
}
END_TEST

START_TEST(leaves_nothing_behind)
{
    static const char many[200000];
    int descriptors = open_descriptors();
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_npz_writer *writer;
    struct mmview_array *array;

    write_values("file");
    array = open_ok("file", NULL);
    writer = create_ok("new.npz");
    add_ok(writer, "a", array);
    mmview_npz_writer_cancel(writer);
    ck_assert(!exists("new.npz"));

    limit_file_size(100000);
    writer = create_ok("new.npz");
    add_ok(writer, "a", array);
    ck_assert_int_eq(mmview_npz_writer_add_bytes(writer, "b", 1, many, sizeof many, &err),
                     MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EFBIG);
    ck_assert_int_eq(mmview_npz_writer_add_bytes(writer, "c", 1, many, 1, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_writer_finish(writer, NULL), MMVIEW_EINVAL);
    ck_assert(!exists("new.npz"));
    mmview_array_unref(array);
    ck_assert_int_eq(open_descriptors(), descriptors);
    mmview_npz_writer_cancel(NULL);
}
END_TEST

START_TEST(refuses_arguments)
{
    struct mmview_npz_writer_options options = MMVIEW_NPZ_WRITER_OPTIONS_INIT;
    struct mmview_npz_writer *writer = NULL;

    ck_assert_int_eq(mmview_npz_writer_create(NULL, NULL, &writer, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_writer_create("new", NULL, NULL, NULL), MMVIEW_EINVAL);
    options.align = 48;
    ck_assert_int_eq(mmview_npz_writer_create("new", &options, &writer, NULL), MMVIEW_EINVAL);
    options.align = 0;
    options.flags = MMVIEW_WRITE_LIVE;
    ck_assert_int_eq(mmview_npz_writer_create("new", &options, &writer, NULL), MMVIEW_EOPTIONS);
    ck_assert_ptr_null(writer);
    writer = create_ok("new");
    ck_assert_int_eq(mmview_npz_writer_add(writer, "a", 1, NULL, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_writer_add_bytes(writer, NULL, 1, "x", 1, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_writer_add_bytes(writer, "\xff", 1, "x", 1, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_writer_add_bytes(writer, "a\0b", 3, "x", 1, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_writer_finish(writer, NULL), MMVIEW_OK);
    ck_assert_uint_eq(file_size("new"), 22);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("npz_write");

    tcase_add_test(tcase, appears_at_the_end);
    tcase_add_test(tcase, leaves_nothing_behind);
    tcase_add_test(tcase, refuses_arguments);
    return run_suite("npz_write", tcase);
}

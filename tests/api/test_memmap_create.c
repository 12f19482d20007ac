/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Mode w+ of mmview_memmap(): it makes and empties files, and must never do so
 * for nothing. */
#include <mmview.h>

#include <errno.h>

#include "scratch.h"

static const char content[] = "what was in the file before";

static struct mmview_memmap_options want(int ndim, const mmview_intp *shape)
{
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;

    options.mode = MMVIEW_MODE_WPLUS;
    options.ndim = ndim;
    options.shape = shape;
    return options;
}

static struct mmview_array *map_ok(const char *name, const struct mmview_memmap_options *options)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int descriptors = open_descriptors();
    int status = mmview_memmap(name, options, &array, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    ck_assert_int_eq(open_descriptors(), descriptors);
    return array;
}

/* Fails, on a file that is there and on one that is not, and leaves no trace. */
static void fails_without_a_trace(const struct mmview_memmap_options *options, int expected)
{
    static const char *const names[] = {"old", "new"};
    char now[100];

    write_file("old", content, sizeof content);
    for (int i = 0; i < 2; i++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_array *array = NULL;
        int descriptors = open_descriptors();
        int status = mmview_memmap(names[i], options, &array, &err);

        ck_assert_msg(status == expected, "%s: %s, not %s: %s", names[i],
                      mmview_status_name(status), mmview_status_name(expected), err.message);
        ck_assert_ptr_null(array);
        ck_assert_int_eq(open_descriptors(), descriptors);
        ck_assert_int_eq(maps_of(names[i], NULL), 0);
    }
    ck_assert_uint_eq(read_file("old", now, sizeof now), sizeof content);
    ck_assert_int_eq(memcmp(now, content, sizeof content), 0);
    ck_assert(!exists("new"));
}

START_TEST(makes_a_file)
{
    static const mmview_intp shape[] = {300, 100};
    struct mmview_memmap_options options = want(2, shape);
    struct mmview_array *a;
    unsigned char *data;
    struct stat st;

    umask(022);
    options.offset = 5000;
    options.flags = _i ? MMVIEW_OPEN_SPARSE : 0u;
    a = map_ok("new", &options);
    ck_assert_int_eq(mmview_array_mode(a), MMVIEW_MODE_WPLUS);
    ck_assert_int_eq(mmview_array_flags(a), 1281);
    ck_assert_uint_eq(mmview_array_offset(a), 5000);
    ck_assert_uint_eq(mmview_array_file_size(a), 35000);
    ck_assert_uint_eq(mmview_array_trailing_bytes(a), 0);
    ck_assert_uint_eq(file_size("new"), 35000);
    ck_assert_int_eq(stat("new", &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0644);
    if (_i)
        ck_assert_uint_lt(disk_use("new"), 20000);
    else
        ck_assert_uint_ge(disk_use("new"), 35000);
    data = mmview_array_data(a);
    for (size_t i = 0; i < 30000; i++)
        ck_assert_uint_eq(data[i], 0);
    data[29999] = 9;
    ck_assert_int_eq(mmview_array_flush(a, MMVIEW_FLUSH_SYNC, NULL), MMVIEW_OK);
    mmview_array_unref(a);

    options.mode = MMVIEW_MODE_R;
    a = map_ok("new", &options);
    ck_assert_uint_eq(((unsigned char *)mmview_array_data(a))[29999], 9);
    mmview_array_unref(a);
}
END_TEST

/* Shorter or longer than before, nothing of the old content is left, and the
 * map shows the new file. */
START_TEST(empties_a_file)
{
    static const mmview_intp sizes[] = {1, 4, sizeof content, 100, 20000};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct mmview_memmap_options options = want(1, &sizes[i]);
        struct mmview_array *a;
        unsigned char *data, byte;
        size_t size = (size_t)sizes[i];

        options.flags = _i ? MMVIEW_OPEN_SPARSE : 0u;
        write_file("old", content, sizeof content);
        a = map_ok("old", &options);
        ck_assert_uint_eq(file_size("old"), size);
        data = mmview_array_data(a);
        for (size_t k = 0; k < size; k++)
            ck_assert_uint_eq(data[k], 0);
        data[0] = 42;
        ck_assert_uint_eq(read_file("old", &byte, 1), 1);
        ck_assert_uint_eq(byte, 42);
        mmview_array_unref(a);
    }
}
END_TEST

START_TEST(without_data)
{
    static const mmview_intp none[] = {0, 3};
    struct mmview_memmap_options options = want(2, none);
    struct mmview_array *a;

    /* NumPy 2 writes one byte, so that there is something to map. */
    a = map_ok("new", &options);
    ck_assert_uint_eq(file_size("new"), 1);
    ck_assert_int_eq(mmview_array_size(a), 0);
    ck_assert_ptr_nonnull(mmview_array_data(a));
    mmview_array_unref(a);
    options.offset = 4096;
    a = map_ok("new", &options);
    ck_assert_uint_eq(file_size("new"), 4096);
    ck_assert_uint_eq(mmview_array_offset(a), 4096);
    mmview_array_unref(a);
    options.ndim = 0;
    options.offset = 0;
    a = map_ok("new", &options);
    ck_assert_uint_eq(file_size("new"), 1);
    ck_assert_int_eq(mmview_array_size(a), 1);
    mmview_array_unref(a);
}
END_TEST

START_TEST(bad_arguments_destroy_nothing)
{
    static const mmview_intp two[] = {2, 2}, negative[] = {2, -1}, big[] = {INTPTR_MAX, 2};
    struct mmview_memmap_options good = want(2, two), bad;
    struct mmview_dtype *object = NULL;

    ck_assert_int_eq(mmview_dtype_parse("O", 1, 0, &object, NULL), MMVIEW_OK);
    bad = good;
    bad.ndim = MMVIEW_SHAPE_FROM_FILE;
    fails_without_a_trace(&bad, MMVIEW_EINVAL);
    bad = good;
    bad.shape = negative;
    fails_without_a_trace(&bad, MMVIEW_EINVAL);
    bad = good;
    bad.shape = big;
    fails_without_a_trace(&bad, MMVIEW_EOVERFLOW);
    bad = good;
    bad.shape = NULL;
    fails_without_a_trace(&bad, MMVIEW_EINVAL);
    bad = good;
    bad.ndim = 65;
    fails_without_a_trace(&bad, MMVIEW_EINVAL);
    bad = good;
    bad.order = 3;
    fails_without_a_trace(&bad, MMVIEW_EINVAL);
    bad = good;
    bad.flags = 64;
    fails_without_a_trace(&bad, MMVIEW_EOPTIONS);
    bad = good;
    bad.size = 3;
    fails_without_a_trace(&bad, MMVIEW_EOPTIONS);
    bad = good;
    bad.dtype = object;
    fails_without_a_trace(&bad, MMVIEW_EOBJECT);
    bad = good;
    bad.flags = MMVIEW_OPEN_AT;
    bad.address = (void *)(uintptr_t)0x7001;
    fails_without_a_trace(&bad, MMVIEW_EINVAL);
    bad = good;
    bad.offset = INT64_MAX - 3;
    fails_without_a_trace(&bad, MMVIEW_EOVERFLOW);
    bad = good;
    bad.offset = UINT64_MAX;
    fails_without_a_trace(&bad, MMVIEW_EOVERFLOW);
    mmview_dtype_unref(object);
}
END_TEST

/* What fails only when the file is open: an address in use, memory, space. */
START_TEST(late_failures_destroy_nothing)
{
    static const mmview_intp small[] = {100000}, huge[] = {INTPTR_MAX - 4096};
    struct mmview_memmap_options options = want(1, small);
    struct mmview_array *a;

    write_file("other", content, sizeof content);
    a = map_ok("other", &(struct mmview_memmap_options)MMVIEW_MEMMAP_OPTIONS_INIT);
    options.flags = MMVIEW_OPEN_AT;
    options.address = mmview_array_data(a);
    fails_without_a_trace(&options, MMVIEW_ESYSTEM);
    mmview_array_unref(a);

    options = want(1, huge);
    options.flags = _i ? MMVIEW_OPEN_SPARSE : 0u;
    limit_address_space();
    fails_without_a_trace(&options, room_for(INTPTR_MAX - 4096));

    options.shape = small;
    limit_file_size(65536);
    fails_without_a_trace(&options, MMVIEW_ESYSTEM);
    limit_file_size(RLIM_INFINITY);
    mmview_array_unref(map_ok("old", &options)); /* and then it works */
    ck_assert_uint_eq(file_size("old"), 100000);
}
END_TEST

START_TEST(only_regular_files)
{
    static const mmview_intp four[] = {4};
    struct mmview_memmap_options options = want(1, four);
    struct mmview_array *a = NULL;

    ck_assert_int_eq(mmview_memmap(".", &options, &a, NULL), MMVIEW_ENOTREG);
    ck_assert_int_eq(mmview_memmap("/dev/null", &options, &a, NULL), MMVIEW_ENOTREG);
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert_int_eq(mmview_memmap("fifo", &options, &a, NULL), MMVIEW_ENOTREG);
    ck_assert_int_eq(mmview_memmap("nowhere/new", &options, &a, NULL), MMVIEW_ESYSTEM);
    ck_assert_ptr_null(a);
    ck_assert(exists("fifo"));
}
END_TEST

/* A second map of the file sees the stores of the first. */
START_TEST(is_shared)
{
    static const mmview_intp four[] = {4};
    struct mmview_memmap_options options = want(1, four);
    struct mmview_array *writer = map_ok("new", &options);
    struct mmview_array *reader = map_ok("new", NULL);

    ((unsigned char *)mmview_array_data(writer))[2] = 8;
    ck_assert_uint_eq(((unsigned char *)mmview_array_data(reader))[2], 8);
    mmview_array_unref(writer);
    ck_assert_uint_eq(((unsigned char *)mmview_array_data(reader))[2], 8);
    mmview_array_unref(reader);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("memmap_create");

    tcase_add_loop_test(tcase, makes_a_file, 0, 2);
    tcase_add_loop_test(tcase, empties_a_file, 0, 2);
    tcase_add_test(tcase, without_data);
    tcase_add_test(tcase, bad_arguments_destroy_nothing);
    tcase_add_loop_test(tcase, late_failures_destroy_nothing, 0, 2);
    tcase_add_test(tcase, only_regular_files);
    tcase_add_test(tcase, is_shared);
    return run_suite("memmap_create", tcase);
}

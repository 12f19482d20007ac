/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What writes files, with each of its allocations failing in turn: the call says so, the
 * folder is as it was, no descriptor stays open, and the next call does its work. */
#include <mmview.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../suite.h"
#include "base/alloc.h"
#include "made_array.h"

#define DESCR "[('a', '<i4'), ('b', '>f8', (2,)), ('c', 'S3')]"
#define ROW   23

static char folder[32];
static struct mmview_array *rows; /* two, and not next to each other */
static int left;                  /* allocations until one fails */

static int fail_when_none_is_left(size_t size)
{
    (void)size;
    return left-- == 0;
}

/* A .npy file of `count` rows, up to 9, whose header has room for more, or none. */
static void make_file(const char *name, int count, bool room)
{
    char bytes[256 + 9 * ROW];
    char *text = bytes + 10;
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600), used, data;
    ssize_t size;

    memset(bytes, ' ', sizeof bytes);
    used = snprintf(text, 246, "{'descr': " DESCR ", 'fortran_order': False, 'shape': (%d,), }",
                    count);
    text[used] = ' ';
    data = room ? 192 : 10 + used + 1;
    memcpy(bytes, "\x93NUMPY\x01\0", 8);
    bytes[8] = (char)(data - 10);
    bytes[9] = 0;
    bytes[data - 1] = '\n';
    size = data + count * ROW;
    ck_assert_int_eq(write(fd, bytes, (size_t)size), size);
    close(fd);
}

static void setup(void)
{
    strcpy(folder, "/tmp/mmview-nomem-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    make_file("file", 1, true);
    make_file("nine", 9, true);
    make_file("tight", 1, false);
    rows = make_array(DESCR, "(4,)", MMVIEW_ORDER_C, MADE_ODD, NULL, 4 * ROW);
    select_of(&rows, "::2");
}

static void teardown(void)
{
    mmview_array_unref(rows);
    ck_assert_int_eq(unlink("file"), 0);
    ck_assert_int_eq(unlink("nine"), 0);
    ck_assert_int_eq(unlink("tight"), 0);
    unlink("new");
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

static int create(const char *name, struct mmview_error *err)
{
    static const mmview_intp shape[] = {2, 3};
    struct mmview_create_options options = MMVIEW_CREATE_OPTIONS_INIT;
    static const double one = 1;
    struct mmview_array *array = NULL;
    int status;

    options.shape = shape;
    options.ndim = 2;
    options.fill = &one;
    status = mmview_create(name, &options, &array, err);
    ck_assert_int_eq(array != NULL, status == MMVIEW_OK);
    mmview_array_unref(array);
    return status;
}

static int save(const char *name, struct mmview_error *err)
{
    return mmview_save(name, rows, NULL, err);
}

static int save_fortran(const char *name, struct mmview_error *err)
{
    struct mmview_save_options options = MMVIEW_SAVE_OPTIONS_INIT;

    options.order = MMVIEW_ORDER_F;
    options.flags = MMVIEW_WRITE_RAW;
    return mmview_save(name, rows, &options, err);
}

static int stream(const char *name, struct mmview_error *err)
{
    struct mmview_writer_options options = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_writer *writer = NULL;
    int status;

    options.dtype = mmview_array_dtype(rows);
    status = mmview_writer_create(name, &options, &writer, err);
    if (status < 0)
        return status;
    status = mmview_writer_write(writer, rows, err);
    if (status == MMVIEW_OK)
        return mmview_writer_finish(writer, err);
    mmview_writer_cancel(writer);
    return status;
}

static int pack(const char *name, struct mmview_error *err)
{
    struct mmview_npz_writer *writer = NULL;
    int status = mmview_npz_writer_create(name, NULL, &writer, err);

    ck_assert_int_eq(writer != NULL, status == MMVIEW_OK);
    if (status == MMVIEW_OK)
        status = mmview_npz_writer_add(writer, "rows.npy", SIZE_MAX, rows, NULL, err);
    if (status == MMVIEW_OK)
        status = mmview_npz_writer_add_bytes(writer, "text", 4, "abc", 3, err);
    if (status == MMVIEW_OK)
        return mmview_npz_writer_finish(writer, err);
    mmview_npz_writer_cancel(writer);
    return status;
}

static int append(const char *name, struct mmview_error *err)
{
    return mmview_append(name, rows, NULL, err);
}

static int parse(const char *name, struct mmview_error *err)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(rows);
    unsigned char item[ROW];

    (void)name;
    return mmview_item_parse(dtype, "(1, [2.5, 3], b'ab')", SIZE_MAX, item, err);
}

static int parse_long(const char *name, struct mmview_error *err)
{
    struct mmview_dtype *dtype = NULL;
    unsigned char item[4000];
    char text[1010];
    int status, kept = left;

    /* A dtype is not what is to fail here. */
    (void)name;
    mmv_alloc_hook = NULL;
    ck_assert_int_eq(mmview_dtype_parse("U1000", SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    memset(text, 'x', sizeof text);
    text[0] = text[1001] = '\'';
    left = kept;
    mmv_alloc_hook = fail_when_none_is_left;
    status = mmview_item_parse(dtype, text, 1002, item, err);
    mmview_dtype_unref(dtype);
    return status;
}

static const struct {
    const char *what, *file;
    int (*call)(const char *name, struct mmview_error *err);
    int at_least; /* allocations */
} cases[] = {
    {"create", "new", create, 6},
    {"create, replacing", "file", create, 6},
    {"save", "new", save, 3},
    {"save, replacing", "file", save, 3},
    {"save, raw", "new", save_fortran, 2},
    {"a new writer", "new", stream, 5},
    {"a new writer, replacing", "file", stream, 5},
    {"pack", "new", pack, 10},
    {"pack, replacing", "file", pack, 10},
    {"append", "file", append, 6},
    {"append, more digits", "nine", append, 7},
    {"append, replacing", "tight", append, 8},
    {"parse", "new", parse, 1},
    {"parse a long string", "new", parse_long, 2},
};

static int entries(const char *name)
{
    DIR *dir = opendir(name);
    int n = 0;

    ck_assert_ptr_nonnull(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n;
}

/* The file's bytes; -1: there is none. */
static ssize_t read_file(const char *name, char *bytes, size_t room)
{
    int fd = open(name, O_RDONLY);
    ssize_t n = fd < 0 ? -1 : read(fd, bytes, room);

    if (fd >= 0)
        close(fd);
    return n;
}

START_TEST(each_allocation)
{
    int descriptors = entries("/proc/self/fd"), files = entries("."), failures = 0;
    char before[4096], after[4096];
    ssize_t size = read_file(cases[_i].file, before, sizeof before);

    for (;; failures++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        int status;

        left = failures;
        mmv_alloc_hook = fail_when_none_is_left;
        status = cases[_i].call(cases[_i].file, &err);
        mmv_alloc_hook = NULL;
        ck_assert_int_eq(entries("/proc/self/fd"), descriptors);
        if (status == MMVIEW_OK)
            break;
        ck_assert_msg(status == MMVIEW_ENOMEM, "%s, allocation %d: %d, %s", cases[_i].what,
                      failures, status, err.message);
        ck_assert_int_eq(err.status, MMVIEW_ENOMEM);
        ck_assert_int_eq(entries("."), files);
        ck_assert_int_eq(read_file(cases[_i].file, after, sizeof after), size);
        if (size > 0)
            ck_assert_mem_eq(after, before, (size_t)size);
    }
    printf("%s: %d allocations failed\n", cases[_i].what, failures);
    ck_assert_int_ge(failures, cases[_i].at_least);
}
END_TEST

/* Whoever goes on after a member that failed gets an archive without it, or none. */
START_TEST(no_half_member)
{
    bool failed = true;

    for (int failures = 0; failed; failures++) {
        struct mmview_npz_writer *writer = NULL;
        struct mmview_npz *npz = NULL;

        ck_assert_int_eq(mmview_npz_writer_create("new", NULL, &writer, NULL), MMVIEW_OK);
        ck_assert_int_eq(mmview_npz_writer_add(writer, "a", 1, rows, NULL, NULL), MMVIEW_OK);
        left = failures;
        mmv_alloc_hook = fail_when_none_is_left;
        failed = mmview_npz_writer_add(writer, "b", 1, rows, NULL, NULL) < 0;
        mmv_alloc_hook = NULL;
        if (mmview_npz_writer_finish(writer, NULL) < 0) {
            ck_assert(failed);
            ck_assert_int_eq(access("new", F_OK), -1);
            continue;
        }
        ck_assert_int_eq(mmview_npz_open("new", NULL, &npz, NULL), MMVIEW_OK);
        ck_assert_uint_eq(mmview_npz_count(npz), failed ? 1 : 2);
        for (size_t i = 0; i < mmview_npz_count(npz); i++)
            ck_assert_int_eq(mmview_npz_verify(npz, i, NULL, NULL, NULL), MMVIEW_OK);
        mmview_npz_unref(npz);
        ck_assert_int_eq(unlink("new"), 0);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_allocation, 0, COUNT(cases));
    tcase_add_test(tcase, no_half_member);
}

int main(void)
{
    return run_suite("write_nomem", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Every way to an array, with each of its allocations failing in turn: the call
 * says so, and holds and leaves nothing. */
#include <mmview.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../suite.h"
#include "base/alloc.h"

static char folder[32];
static char bytes[6000];
static int released;

/* A struct, so that the dtype takes several allocations, and more text than is
 * read at first. */
static void setup(void)
{
    static const char dict[] = "{'descr': [('a', '<i4'), ('b', '<f8', (2, 3))], "
                               "'fortran_order': False, 'shape': (2,), }";
    int fd;

    strcpy(folder, "/tmp/mmview-nomem-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    memset(bytes, ' ', sizeof bytes);
    memcpy(bytes, "\x93NUMPY\x01\0\x86\x13", 10); /* 4998 bytes of text */
    memcpy(bytes + 10, dict, strlen(dict));
    fd = open("file", O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(write(fd, bytes, sizeof bytes), (ssize_t)sizeof bytes);
    close(fd);
    released = 0;
}

static void teardown(void)
{
    ck_assert_int_eq(unlink("file"), 0);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0); /* so w+ left no file */
}

static void count_release(void *context)
{
    (void)context;
    released++;
}

static int by_path(struct mmview_array **out, struct mmview_error *err)
{
    return mmview_open("file", NULL, out, err);
}

static int by_memory(struct mmview_array **out, struct mmview_error *err)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;

    options.release = count_release;
    return mmview_from_memory(bytes, sizeof bytes, &options, out, err);
}

static int raw(struct mmview_array **out, struct mmview_error *err)
{
    return mmview_memmap("file", NULL, out, err);
}

static int raw_made(struct mmview_array **out, struct mmview_error *err)
{
    static const mmview_intp shape[] = {100};
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    int status;

    options.mode = MMVIEW_MODE_WPLUS;
    options.ndim = 1;
    options.shape = shape;
    status = mmview_memmap("made", &options, out, err);
    if (status == MMVIEW_OK)
        unlink("made");
    return status;
}

static int (*const ways[])(struct mmview_array **, struct mmview_error *) = {by_path, by_memory,
                                                                             raw, raw_made};

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

static int left; /* allocations until one fails */

static int fail_when_none_is_left(size_t size)
{
    (void)size;
    return left-- == 0;
}

START_TEST(each_allocation)
{
    int descriptors = entries("/proc/self/fd");
    int failures = 0;

    for (;; failures++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_array *a = NULL;
        int status;

        left = failures;
        mmv_alloc_hook = fail_when_none_is_left;
        status = ways[_i](&a, &err);
        mmv_alloc_hook = NULL;
        ck_assert_int_eq(entries("/proc/self/fd"), descriptors);
        ck_assert_int_eq(released, 0);
        ck_assert_int_eq(entries("."), 3); /* and "." and ".." */
        if (status == MMVIEW_OK) {
            ck_assert_ptr_nonnull(a);
            mmview_array_unref(a);
            break;
        }
        ck_assert_int_eq(status, MMVIEW_ENOMEM);
        ck_assert_int_eq(err.status, MMVIEW_ENOMEM);
        ck_assert_ptr_null(a);
    }
    ck_assert_int_ge(failures, 3); /* the dtype, the map, the array */
    ck_assert_int_eq(released, ways[_i] == by_memory);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_allocation, 0, (int)(sizeof ways / sizeof *ways));
}

int main(void)
{
    return run_suite("nomem", add_tests);
}

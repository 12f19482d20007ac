/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Copies, with each of their allocations failing in turn: the call says so, holds
 * nothing, and leaves the destination as it was. */
#include <mmview.h>

#include <string.h>

#include "base/alloc.h"

#include "../suite.h"

static unsigned char memory[128 + 12];
static struct mmview_array *array; /* 12 bytes that count from 0 */

static void setup(void)
{
    static const char dict[] = "{'descr': '|S2', 'fortran_order': False, 'shape': (6,)}\n";
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;

    memset(memory, ' ', 128);
    memcpy(memory, "\x93NUMPY\x01\0\x76\0", 10);
    memcpy(memory + 10, dict, sizeof dict - 1);
    memory[127] = '\n';
    for (int i = 0; i < 12; i++)
        memory[128 + i] = (unsigned char)i;
    options.mode = MMVIEW_MODE_RPLUS;
    ck_assert_int_eq(mmview_from_memory(memory, sizeof memory, &options, &array, NULL), MMVIEW_OK);
}

static void teardown(void)
{
    mmview_array_unref(array);
}

static int left; /* allocations until one fails */

static int fail_when_none_is_left(size_t size)
{
    (void)size;
    return left-- == 0;
}

static int to_new(struct mmview_error *err)
{
    struct mmview_array *copy = NULL;
    int status = mmview_copy_new(array, NULL, &copy, err);

    ck_assert_int_eq(status == MMVIEW_OK, copy != NULL);
    mmview_array_unref(copy);
    return status;
}

/* Of so many items that the memory comes from the system. */
static int to_large(struct mmview_error *err)
{
    static const mmview_intp shape[] = {100000, 6};
    struct mmview_array *copy = NULL, *wide;
    int rest = left, status;

    mmv_alloc_hook = NULL;
    ck_assert_int_eq(mmview_view_broadcast(array, shape, 2, &wide, NULL), MMVIEW_OK);
    mmv_alloc_hook = fail_when_none_is_left;
    left = rest;
    status = mmview_copy_new(wide, NULL, &copy, err);
    ck_assert_int_eq(status == MMVIEW_OK, copy != NULL);
    mmview_array_unref(copy);
    mmview_array_unref(wide);
    return status;
}

/* A string of no length of its own is a dtype to make. */
static int to_unsized(struct mmview_error *err)
{
    struct mmview_copy_options options = MMVIEW_COPY_OPTIONS_INIT;
    struct mmview_array *copy = NULL;
    struct mmview_dtype *unsized;
    int rest = left, status;

    mmv_alloc_hook = NULL;
    ck_assert_int_eq(mmview_dtype_parse("S", SIZE_MAX, 0, &unsized, NULL), MMVIEW_OK);
    mmv_alloc_hook = fail_when_none_is_left;
    left = rest;
    options.dtype = unsized;
    status = mmview_copy_new(array, &options, &copy, err);
    ck_assert_int_eq(status == MMVIEW_OK, copy != NULL);
    mmview_array_unref(copy);
    mmview_dtype_unref(unsized);
    return status;
}

/* Overlapping: by way of another copy. */
static int reversed(struct mmview_error *err)
{
    struct mmview_array *backwards;
    int rest = left, status;

    mmv_alloc_hook = NULL;
    ck_assert_int_eq(mmview_view_select(array, "::-1", SIZE_MAX, &backwards, NULL), MMVIEW_OK);
    mmv_alloc_hook = fail_when_none_is_left;
    left = rest;
    status = mmview_copy(array, backwards, MMVIEW_CASTING_NO, err);
    for (int i = 0; i < 12; i++)
        ck_assert_int_eq(memory[128 + i], status < 0 ? i : 2 * (5 - i / 2) + i % 2);
    mmview_array_unref(backwards);
    return status;
}

static const struct {
    int (*copy)(struct mmview_error *err);
    int allocations;
} ways[] = {
    {to_new, 4}, /* the memory, the map, the source, the array */
    {to_large, 3},
    {to_unsized, 5},
    {reversed, 4},
};

START_TEST(each_allocation)
{
    int failures = 0;

    for (;; failures++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        int status;

        left = failures;
        mmv_alloc_hook = fail_when_none_is_left;
        status = ways[_i].copy(&err);
        mmv_alloc_hook = NULL;
        ck_assert_int_eq(err.status, status);
        if (status == MMVIEW_OK)
            break;
        ck_assert_int_eq(status, MMVIEW_ENOMEM);
        ck_assert_str_eq(err.message, "out of memory");
    }
    ck_assert_int_eq(failures, ways[_i].allocations);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_allocation, 0, COUNT(ways));
}

int main(void)
{
    return run_suite("copy_nomem", add_tests);
}

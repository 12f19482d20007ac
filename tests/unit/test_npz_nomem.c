/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Archives, with each allocation failing in turn: the call says so, and holds nothing. */
#include <mmview.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../suite.h"
#include "base/alloc.h"

static const char *archive(void)
{
    static char path[4096];
    const char *top = getenv("top_srcdir");

    snprintf(path, sizeof path, "%s/tests/data/run7.npz", top ? top : ".");
    return path;
}

static int left; /* allocations until one fails */

static int fail_when_none_is_left(size_t size)
{
    (void)size;
    return left-- == 0;
}

/* A call on an archive that is open; what it gives is released. */
static int find(struct mmview_npz *npz, struct mmview_error *err)
{
    size_t index;

    return mmview_npz_find(npz, "mask", SIZE_MAX, &index, err);
}

static int info(struct mmview_npz *npz, struct mmview_error *err)
{
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    int status = mmview_npz_info(npz, 2, &info, err);

    mmview_member_info_clear(&info);
    return status;
}

static int member(struct mmview_npz *npz, size_t index, unsigned flags, struct mmview_error *err)
{
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    struct mmview_array *array = NULL;
    int status;

    options.flags = flags;
    status = mmview_npz_member(npz, index, &options, &array, err);
    mmview_array_unref(array);
    return status;
}

static int stored(struct mmview_npz *npz, struct mmview_error *err)
{
    return member(npz, 0, 0, err);
}

static int inflated(struct mmview_npz *npz, struct mmview_error *err)
{
    return member(npz, 2, MMVIEW_NPZ_INFLATE, err);
}

static int without_data(struct mmview_npz *npz, struct mmview_error *err)
{
    return member(npz, 2, MMVIEW_NPZ_NO_DATA, err);
}

static int verified(struct mmview_npz *npz, struct mmview_error *err)
{
    return mmview_npz_verify(npz, 2, NULL, NULL, err);
}

static int read_some(struct mmview_npz *npz, struct mmview_error *err)
{
    char bytes[1000];
    size_t got;

    return mmview_npz_read(npz, 2, bytes, sizeof bytes, &got, err);
}

static const struct {
    int (*call)(struct mmview_npz *npz, struct mmview_error *err);
    int least; /* allocations that it makes */
} calls[] = {
    {find, 1},         {info, 3},     {stored, 4},    {inflated, 6},
    {without_data, 4}, {verified, 3}, {read_some, 2},
};

START_TEST(opening)
{
    int failures = 0;

    for (;; failures++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_npz *npz = NULL;
        int status;

        left = failures;
        mmv_alloc_hook = fail_when_none_is_left;
        status = mmview_npz_open(archive(), NULL, &npz, &err);
        mmv_alloc_hook = NULL;
        mmview_npz_unref(npz);
        if (status == MMVIEW_OK)
            break;
        ck_assert_int_eq(status, MMVIEW_ENOMEM);
        ck_assert_int_eq(err.status, MMVIEW_ENOMEM);
        ck_assert_ptr_null(npz);
    }
    ck_assert_int_ge(failures, 6); /* itself, the directory, entries, names, places, sorted */
}
END_TEST

START_TEST(each_call)
{
    int failures = 0;

    for (;; failures++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_npz *npz;
        int status;

        ck_assert_int_eq(mmview_npz_open(archive(), NULL, &npz, NULL), MMVIEW_OK);
        left = failures;
        mmv_alloc_hook = fail_when_none_is_left;
        status = calls[_i].call(npz, &err);
        mmv_alloc_hook = NULL;
        mmview_npz_unref(npz);
        if (status == MMVIEW_OK)
            break;
        ck_assert_int_eq(status, MMVIEW_ENOMEM);
        ck_assert_int_eq(err.status, MMVIEW_ENOMEM);
    }
    ck_assert_int_ge(failures, calls[_i].least);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, opening);
    tcase_add_loop_test(tcase, each_call, 0, COUNT(calls));
}

int main(void)
{
    return run_suite("npz_nomem", add_tests);
}

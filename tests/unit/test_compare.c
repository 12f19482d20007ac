/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Comparing, where the public function does not get to: memory that runs out, and the
 * arithmetic below. */
#include <mmview/compare.h>

#include <float.h>
#include <math.h>

#include "../suite.h"
#include "base/alloc.h"
#include "made_array.h"
#include "ops/hypotenuse.h"

static int left; /* allocations until one fails */

static int fail_when_none_is_left(size_t size)
{
    (void)size;
    return left-- == 0;
}

START_TEST(each_allocation)
{
    static const char descr[] =
        "[('a', '<i4'), ('b', [('c', '<f8'), ('d', '|S3')], (2,)), ('e', '>c8'), ('f', '<M8[s]')]";
    struct mmview_array *a = make_array(descr, "(3,)", 0, MADE_ALIGNED, NULL, 3 * 42);
    struct mmview_array *b = make_array(descr, "(3,)", 0, MADE_ODD, NULL, 3 * 42);
    int failures = 0;

    for (;; failures++) {
        struct mmview_comparison found = {.items = 77};
        struct mmview_error err = MMVIEW_ERROR_INIT;
        int status;

        left = failures;
        mmv_alloc_hook = fail_when_none_is_left;
        status = mmview_compare(a, b, NULL, &found, &err);
        mmv_alloc_hook = NULL;
        ck_assert_int_eq(err.status, status);
        if (status == MMVIEW_OK) {
            ck_assert_int_eq(found.items, 3);
            break;
        }
        ck_assert_int_eq(status, MMVIEW_ENOMEM);
        ck_assert_int_eq(found.items, 77);
    }
    ck_assert_int_ge(failures, 14); /* two views of each of six fields, columns, space */
    mmview_array_unref(a);
    mmview_array_unref(b);
}
END_TEST

START_TEST(too_many_dimensions)
{
    struct mmview_comparison found = {.items = 77};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    char shape[3 * MMVIEW_MAXDIMS + 3] = "(";
    struct mmview_array *a;

    for (int i = 0; i < MMVIEW_MAXDIMS; i++)
        strcat(shape, "1,");
    strcat(shape, ")");
    a = make_array("[('x', '|u1', (2,))]", shape, 0, MADE_ALIGNED, NULL, 2);
    ck_assert_int_eq(mmview_compare(a, a, NULL, &found, &err), MMVIEW_EINDEX);
    ck_assert_int_eq(found.items, 77);
    mmview_array_unref(a);
}
END_TEST

START_TEST(hypotenuses)
{
    static const struct {
        long double x, y, z;
    } right_angled[] = {{3, 4, 5},        {-4, 3, 5},      {5, -12, 13},      {20, 21, 29},
                        {0, 0, 0},        {-7, 0, 7},      {0, -7, 7},        {1, 0x1p-60L, 1},
                        {0x1p-70L, 1, 1}, {119, 120, 169}, {4059, 4060, 5741}};
    const long double infinity = (long double)INFINITY, nan = (long double)NAN;
    static const int scales[] = {0, 1000, -1000, 500, -1070, LDBL_MAX_EXP - 20, LDBL_MIN_EXP + 70};

    for (int i = 0; i < COUNT(right_angled); i++)
        for (int j = 0; j < COUNT(scales); j++) {
            long double x = ldexpl(right_angled[i].x, scales[j]);
            long double y = ldexpl(right_angled[i].y, scales[j]);
            long double z = ldexpl(right_angled[i].z, scales[j]);

            ck_assert_ldouble_le(fabsl(mmv_hypotenuse(x, y) - z), 2 * LDBL_EPSILON * z);
        }
    for (int i = 0; i <= 1000; i++) { /* x * x + y * y is z * z */
        long double x = 1, y = i / 1000.0L, z = mmv_hypotenuse(x, y);

        ck_assert_ldouble_le(fabsl(z * z - (x * x + y * y)), 8 * LDBL_EPSILON);
    }
    ck_assert(isinf(mmv_hypotenuse(infinity, nan)));
    ck_assert(isinf(mmv_hypotenuse(nan, -infinity)));
    ck_assert(isnan(mmv_hypotenuse(nan, 1)));
    ck_assert(isnan(mmv_hypotenuse(0, nan)));
    ck_assert(isinf(mmv_hypotenuse(LDBL_MAX, LDBL_MAX)));
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, each_allocation);
    tcase_add_test(tcase, too_many_dimensions);
    tcase_add_test(tcase, hypotenuses);
}

int main(void)
{
    return run_suite("compare", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The loops over doubles, each of the ways this processor has: of the same data they
 * say the same, but for the last bits of sums. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "../suite.h"
#include "ops/sums.h"

#define MOST 2048

/* With room to start anywhere, so that nothing is aligned. */
static double data[MOST + 8];

static uint64_t state;

static double random_number(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(int64_t)state / 9223372036854775808.0;
}

static const size_t counts[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 100, 2047, 2048};

static void fill(double *x, size_t n, double middle)
{
    for (size_t i = 0; i < n; i++)
        x[i] = middle + random_number();
}

static const struct mmv_sums_loops *working(int i)
{
    const struct mmv_sums_loops *loops = mmv_sums_loops[i];

    ck_assert_ptr_nonnull(loops);
    if (!loops->works()) {
        printf("SKIP: this processor does not have %s\n", loops->name);
        return NULL;
    }
    return loops;
}

static int ways(void)
{
    int n = 0;

    while (mmv_sums_loops[n])
        n++;
    return n;
}

START_TEST(sums_are_near)
{
    const struct mmv_sums_loops *loops = working(_i);

    for (int k = 0; loops && k < COUNT(counts); k++)
        for (size_t shift = 0; shift < 4; shift++) {
            size_t n = counts[k];
            double *x = data + shift, rest, off, exact, spread;
            long double sum = 0, size = 0, squares = 0;
            struct mmv_sums all;

            fill(x, n, (double)shift * 1000);
            for (size_t i = 0; i < n; i++) {
                sum += (long double)x[i];
                size += fabsl((long double)x[i]);
                squares += ((long double)x[i] - 0.25L) * ((long double)x[i] - 0.25L);
            }
            loops->all(x, n, &all);
            exact = loops->exact(x, n, &rest);
            spread = loops->spread(x, n, 0.25, &off);
            ck_assert_ldouble_le(fabsl((long double)loops->sum(x, n) - sum), ldexpl(size, -44));
            ck_assert_ldouble_le(fabsl((long double)all.sum - sum), ldexpl(size, -44));
            ck_assert_ldouble_le(fabsl((long double)exact + (long double)rest - sum),
                                 ldexpl(size, -60)); /* what sum itself is good for */
            ck_assert_ldouble_le(fabsl((long double)spread - squares), ldexpl(squares, -44));
            ck_assert_ldouble_le(fabsl((long double)off - (sum - 0.25L * (long double)n)),
                                 ldexpl(size + (long double)n, -44));
        }
}
END_TEST

/* What plain addition loses altogether. */
START_TEST(exact_sums_lose_nothing)
{
    const struct mmv_sums_loops *loops = working(_i);
    double rest, sum;

    for (int k = 0; loops && k < COUNT(counts); k++) {
        size_t n = counts[k];

        for (size_t i = 0; i < n; i++)
            data[i] = i % 3 == 0 ? 1 : i % 3 == 1 ? 0x1p70 : -0x1p70;
        n -= n % 3;
        sum = loops->exact(data, n, &rest);
        ck_assert_double_eq(sum + rest, (double)(n / 3));
    }
}
END_TEST

START_TEST(extremes_and_zeros)
{
    const struct mmv_sums_loops *loops = working(_i);

    for (int k = 0; loops && k < COUNT(counts); k++)
        for (size_t at = 0; at<counts[k]; at += counts[k]> 100 ? 61 : 1) {
            size_t n = counts[k], last = n - 1 - at;
            struct mmv_sums all;

            fill(data, n, 5);
            data[last] = 7;
            data[at] = -0.0;
            loops->all(data, n, &all);
            ck_assert_double_eq(all.min, 0);
            ck_assert_uint_eq(all.zeros, 1);
            if (last != at)
                ck_assert_double_eq(all.max, 7);
            ck_assert_uint_eq(loops->find(data, n, 0), at);
            ck_assert_uint_eq(loops->find(data, n, 8), n);
        }
}
END_TEST

/* A NaN shows in the sum and hides no extreme. */
START_TEST(nan_is_no_extreme)
{
    const struct mmv_sums_loops *loops = working(_i);

    for (size_t at = 1; loops && at < 99; at++) {
        struct mmv_sums all;

        fill(data, 100, 5);
        data[at] = (double)NAN;
        data[at - 1] = -1;
        data[at + 1] = 11;
        loops->all(data, 100, &all);
        ck_assert(isnan(all.sum));
        ck_assert(isnan(loops->sum(data, 100)));
        ck_assert_double_eq(all.min, -1);
        ck_assert_double_eq(all.max, 11);
        ck_assert_uint_eq(loops->find(data, 100, (double)NAN), 100);
    }
}
END_TEST

START_TEST(the_first_that_works)
{
    const struct mmv_sums_loops *chosen = mmv_sums_choose();
    int i = 0;

    while (!mmv_sums_loops[i]->works())
        i++;
    ck_assert_ptr_eq(chosen, mmv_sums_loops[i]);
    ck_assert(mmv_sums_loops[ways() - 1]->works());
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, sums_are_near, 0, ways());
    tcase_add_loop_test(tcase, exact_sums_lose_nothing, 0, ways());
    tcase_add_loop_test(tcase, extremes_and_zeros, 0, ways());
    tcase_add_loop_test(tcase, nan_is_no_extreme, 0, ways());
    tcase_add_test(tcase, the_first_that_works);
}

int main(void)
{
    return run_suite("sums", add_tests);
}

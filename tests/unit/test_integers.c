/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The loops over integers of 64 bits, for any processor and with AVX2: against wider
 * arithmetic, at the ends of what there is. */
#include <stdint.h>
#include <stdio.h>

#ifdef __SIZEOF_INT128__

#include "../suite.h"
#include "ops/integers.h"
#include "ops/vector.h"

__extension__ typedef __int128 wide;

#define MOST 2048

static int64_t data[MOST];
static double doubles[MOST];

static uint64_t state;

static uint64_t random_bits(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return state ^ state >> 31;
}

/* Any number of so many bits, or one that is next to an end. */
static int64_t random_number(void)
{
    uint64_t bits = random_bits();

    if (bits % 16 == 0)
        return INT64_MIN + (int64_t)(bits >> 32 & 1);
    if (bits % 16 == 1)
        return INT64_MAX - (int64_t)(bits >> 32 & 1);
    if (bits % 16 == 2)
        return 0;
    return (int64_t)random_bits() >> (bits >> 8 & 63);
}

static const size_t counts[] = {0, 1, 2, 3, 4, 5, 7, 15, 16, 17, 33, 100, 2047, 2048};

static const struct mmv_integers_loops *const ways[] = {
    &mmv_integers_plain,
#if MMV_AVX2
    &mmv_integers_avx2,
#endif
};

/* NULL if this processor does not have it. */
static const struct mmv_integers_loops *working(int i)
{
    if (i > 0 && !mmv_vector_avx2()) {
        printf("SKIP: this processor does not have AVX2\n");
        return NULL;
    }
    return ways[i];
}

static wide value(int64_t x, int64_t flip)
{
    return flip ? (wide)(uint64_t)x : (wide)x;
}

START_TEST(what_is_there)
{
    const struct mmv_integers_loops *loops = working(_i);

    for (int k = 0; loops && k < 4 * COUNT(counts); k++) {
        int64_t flip = k % 2 ? INT64_MIN : 0;
        size_t n = counts[k / 4];
        wide sum = 0, min = 0, max = 0;
        uint64_t zeros = 0;
        struct mmv_integers all;

        for (size_t i = 0; i < n; i++) {
            wide x;

            data[i] = random_number();
            x = value(data[i], flip);
            min = i == 0 || x < min ? x : min;
            max = i == 0 || x > max ? x : max;
            zeros += x == 0;
            sum += x;
        }
        loops->look(data, n, flip, &all);
        if (n > 0) {
            ck_assert(value(all.min ^ flip, flip) == min);
            ck_assert(value(all.max ^ flip, flip) == max);
        }
        ck_assert_uint_eq(all.zeros, zeros);
        ck_assert((wide)all.low + ((wide)all.high << 32) ==
                  sum - (flip ? 0 : (wide)n * (wide)INT64_MIN));
    }
}
END_TEST

START_TEST(distances_are_the_nearest_doubles)
{
    const struct mmv_integers_loops *loops = working(_i);
    static const int64_t middles[] = {0, 1, -1, 12345678901234567, INT64_MIN / 2, INT64_MAX / 2};

    for (int k = 0; loops && k < COUNT(middles) * COUNT(counts); k++) {
        int64_t middle = middles[k % COUNT(middles)];
        size_t n = counts[k / COUNT(middles)];

        for (size_t i = 0; i < n; i++)
            data[i] = (int64_t)((uint64_t)middle + (uint64_t)random_number());
        loops->distances(data, n, middle, doubles);
        for (size_t i = 0; i < n; i++)
            ck_assert_double_eq(doubles[i],
                                (double)(int64_t)((uint64_t)data[i] - (uint64_t)middle));
    }
}
END_TEST

START_TEST(the_first_that_equals)
{
    const struct mmv_integers_loops *loops = working(_i);

    for (int k = 0; loops && k < COUNT(counts); k++)
        for (size_t at = 0; at<counts[k]; at += counts[k]> 100 ? 61 : 1) {
            size_t n = counts[k];

            for (size_t i = 0; i < n; i++)
                data[i] = i == at || i == n - 1 ? INT64_MIN : INT64_MAX;
            ck_assert_uint_eq(loops->find(data, n, INT64_MIN), at);
            ck_assert_uint_eq(loops->find(data, n, 0), n);
        }
}
END_TEST

START_TEST(as_the_processor_has_it)
{
    bool off = mmv_vector_off;

    mmv_vector_off = true;
    ck_assert_ptr_eq(mmv_integers_choose(), &mmv_integers_plain);
    mmv_vector_off = false;
    ck_assert_ptr_eq(mmv_integers_choose(), ways[mmv_vector_avx2() ? COUNT(ways) - 1 : 0]);
    mmv_vector_off = off;
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, what_is_there, 0, COUNT(ways));
    tcase_add_loop_test(tcase, distances_are_the_nearest_doubles, 0, COUNT(ways));
    tcase_add_loop_test(tcase, the_first_that_equals, 0, COUNT(ways));
    tcase_add_test(tcase, as_the_processor_has_it);
}

int main(void)
{
    return run_suite("integers", add_tests);
}

#else

int main(void)
{
    puts("SKIP: no integers of 128 bits to compare with");
    return 77;
}

#endif

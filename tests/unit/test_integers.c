/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The loops over integers of 64 bits, for any processor and with AVX2, against one
 * number at a time, at the ends of what there is. */
#include <stdint.h>
#include <stdio.h>

#include "../suite.h"
#include "ops/integers.h"
#include "ops/vector.h"

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

static bool is_less(int64_t a, int64_t b, bool is_unsigned)
{
    return is_unsigned ? (uint64_t)a < (uint64_t)b : a < b;
}

/* Sums of 75 bits are compared by what remains of them after a division by 2^64, and by
 * this prime, of which 2^32 is two more than a multiple. */
#define PRIME ((uint64_t)INT32_MAX)

static uint64_t rest_of_halves(uint64_t low, uint64_t high)
{
    return (low % PRIME + high % PRIME * 2) % PRIME;
}

START_TEST(what_is_there)
{
    const struct mmv_integers_loops *loops = working(_i);

    for (int k = 0; loops && k < 4 * COUNT(counts); k++) {
        bool is_unsigned = k % 2 == 1;
        int64_t flip = is_unsigned ? INT64_MIN : 0, min = 0, max = 0;
        size_t n = counts[k / 4];
        uint64_t zeros = 0, sum = 0, rest = 0;
        struct mmv_integers all;

        for (size_t i = 0; i < n; i++) {
            uint64_t positive;

            data[i] = random_number();
            min = i == 0 || is_less(data[i], min, is_unsigned) ? data[i] : min;
            max = i == 0 || is_less(max, data[i], is_unsigned) ? data[i] : max;
            zeros += data[i] == 0;
            positive = (uint64_t)data[i] + (is_unsigned ? 0 : (uint64_t)INT64_MAX + 1);
            sum += positive;
            rest = (rest + positive % PRIME) % PRIME;
        }
        loops->look(data, n, flip, &all);
        if (n > 0) {
            ck_assert_int_eq(all.min ^ flip, min);
            ck_assert_int_eq(all.max ^ flip, max);
        }
        ck_assert_uint_eq(all.zeros, zeros);
        ck_assert_uint_eq(all.low + (all.high << 32), sum);
        ck_assert_uint_eq(rest_of_halves(all.low, all.high), rest);
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
    ck_assert_ptr_eq(mmv_integers_choose(), ways[mmv_vector_avx2() * (COUNT(ways) - 1)]);
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

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Integers of 128 bits, made of two of 64. */
#include <inttypes.h>

#include "../suite.h"
#include "base/wide.h"

static void same(struct mmv_wide a, int64_t high, uint64_t low)
{
    ck_assert_msg(a.high == high && a.low == low, "%" PRId64 ":%016" PRIx64, a.high, a.low);
}

START_TEST(known)
{
    struct mmv_wide a = mmv_wide_of(-1);

    same(a, -1, UINT64_MAX);
    ck_assert(mmv_wide_is_int64(a));
    same(mmv_wide_plus(a, 1), 0, 0);
    same(mmv_wide_plus(a, INT64_MIN), -1, INT64_MAX);
    same(mmv_wide_plus(mmv_wide_of(INT64_MIN), -1), -1, INT64_MAX);
    ck_assert(!mmv_wide_is_int64(mmv_wide_plus(mmv_wide_of(INT64_MIN), -1)));
    ck_assert(mmv_wide_is_int64(mmv_wide_of(INT64_MIN)));
    same(mmv_wide_plus(mmv_wide_of(INT64_MAX), 1), 0, UINT64_C(1) << 63);
    ck_assert(!mmv_wide_is_int64(mmv_wide_plus(mmv_wide_of(INT64_MAX), 1)));
    ck_assert(mmv_wide_equal(a, mmv_wide_of(-1)));
    ck_assert(!mmv_wide_equal(a, mmv_wide_of(1)));
    ck_assert(!mmv_wide_equal(a, (struct mmv_wide){0, UINT64_MAX}));

    /* 10**38, and what is as much less than 0. */
    a = mmv_wide_of(1);
    for (int i = 0; i < 19; i++)
        a = mmv_wide_times(a, 100);
    same(a, INT64_C(5421010862427522170), UINT64_C(687399551400673280));
    ck_assert_uint_eq(mmv_wide_divide(&a, 10), 0);
    same(a, INT64_C(542101086242752217), UINT64_C(68739955140067328));
    a = mmv_wide_times(mmv_wide_of(INT64_MIN), UINT32_MAX);
    same(a, -INT64_C(0x7fffffff) - 1, UINT64_C(1) << 63);
    ck_assert_uint_eq(mmv_wide_divide(&a, 1000), 640);
    same(a, -2147484, UINT64_C(0x5a3d70a3d70a3d70));

    /* Towards the lesser. */
    a = mmv_wide_of(-7);
    ck_assert_uint_eq(mmv_wide_divide(&a, 2), 1);
    same(a, -1, (uint64_t)-4);
    a = mmv_wide_of(-6);
    ck_assert_uint_eq(mmv_wide_divide(&a, 2), 0);
    same(a, -1, (uint64_t)-3);
}
END_TEST

/* a * m + n, divided by m again, is a, and the rest n. */
START_TEST(back_and_forth)
{
    uint64_t state = 88172645463325252;
    uint64_t words[4];

    for (int i = 0; i < 100000; i++) {
        struct mmv_wide a, b;
        uint32_t m, n;

        for (int k = 0; k < 4; k++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            words[k] = state >> (i + 16 * k) % 61;
        }
        m = (uint32_t)words[2] | 1;
        n = (uint32_t)(words[3] % m);
        a = (struct mmv_wide){(int32_t)words[0] >> 1, words[1]};
        b = mmv_wide_plus(mmv_wide_times(a, m), n);
        ck_assert_uint_eq(mmv_wide_divide(&b, m), n);
        same(b, a.high, a.low);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, known);
    tcase_add_test(tcase, back_and_forth);
}

int main(void)
{
    return run_suite("wide", add_tests);
}

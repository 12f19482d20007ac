/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Both versions of the loops that convert numbers give the same bytes, whatever there is to
 * convert; and every float16 comes back as what it was. */
#include "ops/cast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../suite.h"
#include "ops/half.h"
#include "ops/vector.h"

#define MOST  100 /* items */
#define WIDE  32  /* bytes of the widest */
#define GUARD 0xee

static const int sizes[MMV_NUMBERS] = {
    [MMV_B1] = 1,
    [MMV_I1] = 1,
    [MMV_U1] = 1,
    [MMV_I2] = 2,
    [MMV_U2] = 2,
    [MMV_I4] = 4,
    [MMV_U4] = 4,
    [MMV_I8] = 8,
    [MMV_U8] = 8,
    [MMV_F2] = 2,
    [MMV_F4] = 4,
    [MMV_F8] = 8,
    [MMV_FG] = sizeof(long double),
    [MMV_C4] = 8,
    [MMV_C8] = 16,
    [MMV_CG] = 2 * sizeof(long double),
};

static uint64_t seed = 1;

/* Of all sizes: also numbers that are small, or that fit some integer just so. */
static uint64_t dice(void)
{
    seed = seed * 6364136223846793005 + 1442695040888963407;
    return seed >> (seed >> 59);
}

static void fill(enum mmv_number from, unsigned char *items)
{
    static const double edges[] = {0.5,     127.9,        -128.5,        255.5,     32767.5,
                                   65535.9, 2147483647.5, -2147483648.5, 0x1p32,    -0x1p31,
                                   0x1p63,  -0x1p63,      0x1.8p63,      0x1p64,    65519.99,
                                   65520,   0x1p-24,      0x1p-25,       0x1.8p-25, 1e300};

    for (int i = 0; i < MOST * WIDE; i += 8) {
        uint64_t bits = dice() ^ dice() << 32;

        memcpy(items + i, &bits, sizeof bits);
    }
    for (int i = 0; i < MOST; i += 2) {
        double edge = edges[(i / 2) % COUNT(edges)] * (dice() % 2 ? 1 : -1);

        mmv_cast_plain(from, items + i * sizes[from], MMV_F8, &edge, 1);
    }
    /* Bytes that are no part of a number are left as they were. */
    if (from == MMV_FG || from == MMV_CG)
        for (int i = 0; i < MOST * WIDE / 16; i++) {
            double number = (double)(int64_t)dice() / 1000;

            mmv_cast_plain(MMV_FG, items + 16 * i, MMV_F8, &number, 1);
        }
}

START_TEST(same_bytes)
{
    enum mmv_number from = (enum mmv_number)(_i / MMV_NUMBERS);
    enum mmv_number to = (enum mmv_number)(_i % MMV_NUMBERS);
    unsigned char items[MOST * WIDE + 1], one[MOST * WIDE + 1], other[MOST * WIDE + 1];
    bool same = true;

    if (!mmv_vector_avx2())
        return;
    for (size_t count = 0; count <= MOST; count++) {
        fill(from, items + count % 2);
        memset(one, GUARD, sizeof one);
        memset(other, GUARD, sizeof other);
        mmv_cast_plain(to, one + 1, from, items + count % 2, count);
        mmv_cast_avx2(to, other + 1, from, items + count % 2, count);
        same = same && memcmp(one, other, sizeof one) == 0;
        for (size_t i = 1 + count * (size_t)sizes[to]; i < sizeof one; i++)
            same = same && one[i] == GUARD;
    }
    ck_assert(same);
}
END_TEST

START_TEST(halves)
{
    bool same = true;

    for (uint32_t half = 0; half < 65536; half++) {
        float wide = mmv_half_to_float((uint16_t)half);
        uint64_t wider = mmv_half_to_double_bits((uint16_t)half);
        bool nan = (half & 0x7fff) > 0x7c00; /* gets quiet between float and double */

        same = same && mmv_half_of_float(wide) == half &&
               mmv_half_of_double(mmv_double_of_bits(wider)) == half &&
               (nan || mmv_half_of_double((double)wide) == half);
    }
    ck_assert(same);
}
END_TEST

/* Integers that a double does not hold are rounded once, to even. */
static void check_wide(mmv_cast_function *cast, const uint64_t *bits, size_t count)
{
    double of_signed[64], of_unsigned[64];
    int64_t numbers[64];
    bool same = true;

    memcpy(numbers, bits, count * sizeof *bits);
    cast(MMV_F8, of_signed, MMV_I8, bits, count);
    cast(MMV_F8, of_unsigned, MMV_U8, bits, count);
    for (size_t i = 0; i < count; i++) {
        const double is_signed = (double)numbers[i], is_unsigned = (double)bits[i];

        same = same && memcmp(&of_signed[i], &is_signed, sizeof is_signed) == 0 &&
               memcmp(&of_unsigned[i], &is_unsigned, sizeof is_unsigned) == 0;
    }
    ck_assert(same);
}

START_TEST(wide_integers)
{
    uint64_t bits[64] = {0, 1, UINT64_MAX};

    for (int round = 0; round < 4096; round++) {
        for (int i = 3; i < 64; i++) {
            const uint64_t one = (uint64_t)1 << i;

            /* Around powers of two and halves between doubles; then any. */
            bits[i] = round < 64 ? (one << (round & 1)) + (one >> 53) + (uint64_t)(round / 2) - 16
                                 : dice() ^ dice() << 32;
        }
        check_wide(mmv_cast_plain, bits, 64);
        if (mmv_vector_avx2())
            check_wide(mmv_cast_avx2, bits, 61);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, same_bytes, 0, MMV_NUMBERS * MMV_NUMBERS);
    tcase_add_test(tcase, halves);
    tcase_add_test(tcase, wide_integers);
}

int main(void)
{
    if (!mmv_vector_avx2())
        puts("note: no AVX2 here, so there are no two versions to compare");
    return run_suite("copy_casts", add_tests);
}

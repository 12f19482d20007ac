/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_HALF_H
#define MMV_OPS_HALF_H

#include <stdint.h>
#include <string.h>

/* Halves (float16) from and to wider numbers: 1 bit of sign, 5 of exponent, 10 of
 * fraction. Everything is computed and then chosen from, so that compilers make
 * vectors of it. NaNs keep what they can of their bits, quiet or not, as NumPy's
 * do; instructions of a machine would not. */

static inline float mmv_float_of_bits(uint32_t bits)
{
    float number;

    memcpy(&number, &bits, sizeof number);
    return number;
}

static inline uint32_t mmv_bits_of_float(float number)
{
    uint32_t bits;

    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static inline double mmv_double_of_bits(uint64_t bits)
{
    double number;

    memcpy(&number, &bits, sizeof number);
    return number;
}

static inline uint64_t mmv_bits_of_double(double number)
{
    uint64_t bits;

    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* The exponents differ by 127 - 15, and once more as much for infinities and NaNs. A
 * subnormal half is its fraction times 2**-24. */
static inline uint32_t mmv_half_to_float_bits(uint16_t half)
{
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, rest = half & 0x7fff;
    uint32_t moved = (rest << 13) + ((uint32_t)(127 - 15) << 23);
    uint32_t small = mmv_bits_of_float((float)(int32_t)rest * 0x1p-24F);

    moved += rest >= 0x7c00 ? (uint32_t)(127 - 15) << 23 : 0;
    return sign | (rest < 0x0400 ? small : moved);
}

static inline float mmv_half_to_float(uint16_t half)
{
    return mmv_float_of_bits(mmv_half_to_float_bits(half));
}

static inline uint64_t mmv_half_to_double_bits(uint16_t half)
{
    uint64_t sign = (uint64_t)(half & 0x8000) << 48, rest = half & 0x7fff;
    uint64_t moved = (rest << 42) + ((uint64_t)(1023 - 15) << 52);
    uint64_t small = mmv_bits_of_double((double)(int32_t)rest * 0x1p-24);

    moved += rest >= 0x7c00 ? (uint64_t)(1023 - 15) << 52 : 0;
    return sign | (rest < 0x0400 ? small : moved);
}

/* The nearest half, the even one of two. Adding just under one half of the last
 * place that stays, and that place itself, rounds so. For subnormal halves the sum
 * with a number whose last place is 2**-24 does it. */
static inline uint16_t mmv_half_of_float_bits(uint32_t bits)
{
    uint32_t rest = bits & 0x7fffffff;
    uint32_t normal = (rest - ((uint32_t)(127 - 15) << 23) + 0xfff + (rest >> 13 & 1)) >> 13;
    uint32_t small = mmv_bits_of_float(mmv_float_of_bits(rest) + 0.5F) - mmv_bits_of_float(0.5F);
    uint32_t fraction = rest >> 13 & 0x3ff;
    uint32_t nan = 0x7c00 | (fraction ? fraction : 1);
    uint32_t half = rest < (uint32_t)(127 - 14) << 23 ? small : normal;

    half = rest >= 0x477ff000 ? 0x7c00 : half; /* 65520 and up */
    half = rest > 0x7f800000 ? nan : half;
    return (uint16_t)(half | (bits >> 16 & 0x8000));
}

static inline uint16_t mmv_half_of_float(float number)
{
    return mmv_half_of_float_bits(mmv_bits_of_float(number));
}

/* In one step: by way of a float it would be rounded twice. */
static inline uint16_t mmv_half_of_double(double number)
{
    uint64_t bits = mmv_bits_of_double(number), rest = bits & 0x7fffffffffffffff;
    uint64_t normal =
        (rest - ((uint64_t)(1023 - 15) << 52) + 0x1ffffffffff + (rest >> 42 & 1)) >> 42;
    uint64_t small =
        mmv_bits_of_double(mmv_double_of_bits(rest) + 0x1p28) - mmv_bits_of_double(0x1p28);
    uint64_t fraction = rest >> 42 & 0x3ff;
    uint64_t nan = 0x7c00 | (fraction ? fraction : 1);
    uint64_t half = rest < (uint64_t)(1023 - 14) << 52 ? small : normal;

    half = rest >= 0x40effe0000000000 ? 0x7c00 : half;
    half = rest > 0x7ff0000000000000 ? nan : half;
    return (uint16_t)(half | (bits >> 48 & 0x8000));
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_CAST_TO_H
#define MMV_OPS_CAST_TO_H

#include "ops/half.h"

/* Floating-point numbers to integers. C leaves it undefined what a number becomes
 * that does not fit, or a NaN. Here it is what the instructions of x86-64 give, and
 * with them NumPy there: the least int32 or int64; and of a smaller integer what
 * remains of an int32's low bytes. A number that fits a uint is converted as such,
 * a negative one as if it were signed. */

/* What does not fit is replaced by the least number, so that one conversion without
 * a branch does. */
#define FIT(x, low, high) ((x) >= (low) && (x) < (high) ? (x) : (low))

static inline int32_t mmv_i4_of_f4(float x)
{
    return (int32_t)FIT(x, -0x1p31F, 0x1p31F);
}

static inline int32_t mmv_i4_of_f8(double x)
{
    return (int32_t)(x > -0x1p31 - 1 && x < 0x1p31 ? x : -0x1p31);
}

static inline int32_t mmv_i4_of_fg(long double x)
{
    return (int32_t)(x > -0x1p31L - 1 && x < 0x1p31L ? x : -0x1p31L);
}

static inline int64_t mmv_i8_of_f4(float x)
{
    return (int64_t)FIT(x, -0x1p63F, 0x1p63F);
}

static inline int64_t mmv_i8_of_f8(double x)
{
    return (int64_t)FIT(x, -0x1p63, 0x1p63);
}

static inline int64_t mmv_i8_of_fg(long double x)
{
    return (int64_t)(x > -0x1p63L - 1 && x < 0x1p63L ? x : -0x1p63L);
}

/* The upper half of the unsigned numbers is converted as the lower half of the
 * signed ones. NumPy does so for all but the last few uint32 of an array, which may
 * come out otherwise if they are out of range. */
static inline uint32_t mmv_u4_of_f4(float x)
{
    uint32_t top = x >= 0x1p31F ? (uint32_t)1 << 31 : 0;

    return (uint32_t)mmv_i4_of_f4(x >= 0x1p31F ? x - 0x1p31F : x) ^ top;
}

static inline uint32_t mmv_u4_of_f8(double x)
{
    uint32_t top = x >= 0x1p31 ? (uint32_t)1 << 31 : 0;

    return (uint32_t)mmv_i4_of_f8(x >= 0x1p31 ? x - 0x1p31 : x) ^ top;
}

static inline uint64_t mmv_u8_of_f4(float x)
{
    uint64_t top = x >= 0x1p63F ? (uint64_t)1 << 63 : 0;

    return (uint64_t)mmv_i8_of_f4(x >= 0x1p63F ? x - 0x1p63F : x) ^ top;
}

static inline uint64_t mmv_u8_of_f8(double x)
{
    uint64_t top = x >= 0x1p63 ? (uint64_t)1 << 63 : 0;

    return (uint64_t)mmv_i8_of_f8(x >= 0x1p63 ? x - 0x1p63 : x) ^ top;
}

static inline uint64_t mmv_u8_of_fg(long double x)
{
    uint64_t top = x >= 0x1p63L ? (uint64_t)1 << 63 : 0;

    return (uint64_t)mmv_i8_of_fg(x >= 0x1p63L ? x - 0x1p63L : x) ^ top;
}

/* The x87 has instructions for int16, and none for uint32. */
static inline int16_t mmv_i2_of_fg(long double x)
{
    return (int16_t)(x > -0x1p15L - 1 && x < 0x1p15L ? x : -0x1p15L);
}

#undef FIT

/* Integers of 64 bits to double. Each half is put into the mantissa of a double whose
 * exponent gives it its weight; what that adds is taken away again without rounding, so that
 * only the last addition rounds. Vectors can do this, but have no instruction for the whole. */
static inline double mmv_f8_of_halves(uint64_t high, uint64_t low, double added)
{
    return (mmv_double_of_bits(high | 0x4530000000000000) - (0x1p84 + 0x1p52 + added)) +
           mmv_double_of_bits(low | 0x4330000000000000);
}

static inline double mmv_f8_of_u8(uint64_t x)
{
    return mmv_f8_of_halves(x >> 32, x & UINT32_MAX, 0);
}

static inline double mmv_f8_of_i8(int64_t x)
{
    const uint64_t positive = (uint64_t)x ^ (uint64_t)1 << 63;

    return mmv_f8_of_halves(positive >> 32, positive & UINT32_MAX, 0x1p63);
}

#endif

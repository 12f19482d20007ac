/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_FLOAT_BITS_H
#define MMV_OPS_FLOAT_BITS_H

#include <string.h>

#include "ops/digits_exact.h"
#include "ops/half.h"

/* Floating-point numbers taken apart as the integers that they are stored as, so
 * that looking at one raises no floating-point exception. */

enum mmv_float_class { MMV_FINITE, MMV_INF, MMV_NAN };

/* field is the stored exponent, fraction the stored part of the mantissa, of
 * `width` bits; the least number is 2 to the power of `least`. */
static inline struct mmv_binary mmv_binary_of(unsigned field, uint64_t fraction, int width,
                                              int least)
{
    return (struct mmv_binary){
        .mantissa = fraction | (uint64_t)(field > 0) << width,
        .exponent = least + (field > 0 ? (int)field - 1 : 0),
        .dense = fraction == 0 && field > 1,
    };
}

/* Of finite numbers, their signs left out. */
static inline struct mmv_binary mmv_binary_f2(uint16_t bits)
{
    return mmv_binary_of(bits >> 10 & 0x1f, bits & 0x3ff, 10, -24);
}

static inline struct mmv_binary mmv_binary_f4(float number)
{
    uint32_t bits = mmv_bits_of_float(number);

    return mmv_binary_of(bits >> 23 & 0xff, bits & 0x7fffff, 23, -149);
}

static inline struct mmv_binary mmv_binary_f8(double number)
{
    uint64_t bits = mmv_bits_of_double(number);

    return mmv_binary_of(bits >> 52 & 0x7ff, bits & 0xfffffffffffff, 52, -1074);
}

#if LDBL_MANT_DIG == 64
/* x87: the mantissa's first bit is stored, too. What has it 0 where it has to be 1
 * is a number to no instruction of the processor, and NaN here. */
struct mmv_x87 {
    uint64_t mantissa;
    uint16_t field; /* with the sign */
};

static inline struct mmv_x87 mmv_bits_f16(long double number)
{
    struct mmv_x87 bits;

    memcpy(&bits.mantissa, &number, sizeof bits.mantissa);
    memcpy(&bits.field, (const char *)&number + sizeof bits.mantissa, sizeof bits.field);
    return bits;
}

static inline bool mmv_sign_f16(long double number)
{
    return mmv_bits_f16(number).field >> 15;
}

static inline enum mmv_float_class mmv_class_f16(long double number)
{
    struct mmv_x87 bits = mmv_bits_f16(number);
    unsigned field = bits.field & 0x7fffu;

    if (field > 0 && !(bits.mantissa >> 63))
        return MMV_NAN;
    if (field == 0x7fff)
        return bits.mantissa << 1 ? MMV_NAN : MMV_INF;
    return MMV_FINITE;
}

static inline struct mmv_binary mmv_binary_f16(long double number)
{
    struct mmv_x87 bits = mmv_bits_f16(number);
    unsigned field = bits.field & 0x7fffu;

    return (struct mmv_binary){
        .mantissa = bits.mantissa,
        .exponent = -16445 + (field > 0 ? (int)field - 1 : 0),
        .dense = bits.mantissa == 1ull << 63 && field > 1,
    };
}
#elif LDBL_MANT_DIG == 113
static inline mmv_mantissa mmv_bits_f16(long double number)
{
    mmv_mantissa bits;

    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static inline bool mmv_sign_f16(long double number)
{
    return mmv_bits_f16(number) >> 127;
}

static inline enum mmv_float_class mmv_class_f16(long double number)
{
    mmv_mantissa bits = mmv_bits_f16(number);

    if ((bits >> 112 & 0x7fff) != 0x7fff)
        return MMV_FINITE;
    return bits << 16 ? MMV_NAN : MMV_INF;
}

static inline struct mmv_binary mmv_binary_f16(long double number)
{
    mmv_mantissa bits = mmv_bits_f16(number), one = 1;
    mmv_mantissa fraction = bits & ((one << 112) - 1);
    int field = (int)(bits >> 112 & 0x7fff);

    return (struct mmv_binary){
        .mantissa = fraction | (field > 0 ? one << 112 : 0),
        .exponent = -16494 + (field > 0 ? field - 1 : 0),
        .dense = fraction == 0 && field > 1,
    };
}
#elif LDBL_MANT_DIG != DBL_MANT_DIG
#error "long double is neither IEEE's double or quadruple precision nor x87's"
#endif

#endif

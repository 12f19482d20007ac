/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Steele and White's way to the digits of a number, as Burger and Dybvig put it
 * ("Printing Floating-Point Numbers Quickly and Accurately"): the number and the
 * bounds of what reads as it are ratios of integers, and digits come by division. */
#include "ops/digits_exact.h"

#include <string.h>

#include "ops/natural.h"

static int bit_length(mmv_mantissa mantissa)
{
    int bits = 0;

#if LDBL_MANT_DIG == 113
    if (mantissa >> 64) {
        bits = 64;
        mantissa >>= 64;
    }
#endif
    return mantissa ? bits + 64 - __builtin_clzll((unsigned long long)mantissa) : 0;
}

static void set_mantissa(struct mmv_natural *n, mmv_mantissa mantissa)
{
    mmv_natural_set(n, (uint64_t)mantissa);
#if LDBL_MANT_DIG == 113
    struct mmv_natural high;

    mmv_natural_set(&high, (uint64_t)(mantissa >> 64));
    mmv_natural_shift(&high, 64);
    mmv_natural_add(n, &high);
#endif
}

/* 10 to this power is more than the number, or 10 to the next one is. */
static int estimate_power(struct mmv_binary number)
{
    int64_t log2 = bit_length(number.mantissa) - 1 + number.exponent;

    /* log10(2) as a fraction of 2**32: near enough up to powers of 2**20. */
    return (int)(log2 * 1292913986 >> 32) + 1;
}

/* value / scale is the number, below / scale and above / scale how far it is to
 * either bound. */
struct ratio {
    struct mmv_natural value, scale, below, above;
};

static void set_ratio(struct ratio *r, struct mmv_binary number)
{
    int up = number.exponent > 0 ? number.exponent : 0;
    int down = number.exponent < 0 ? -number.exponent : 0;

    /* Fourfold, so that bounds half as near and half way are integers. */
    set_mantissa(&r->value, number.mantissa);
    mmv_natural_shift(&r->value, up + 2);
    mmv_natural_set(&r->scale, 1);
    mmv_natural_shift(&r->scale, down + 2);
    mmv_natural_set(&r->above, 1);
    mmv_natural_shift(&r->above, up + 1);
    mmv_natural_set(&r->below, 1);
    mmv_natural_shift(&r->below, up + (number.dense ? 0 : 1));
}

static void divide_by_power10(struct ratio *r, int power)
{
    if (power > 0) {
        mmv_natural_multiply_power10(&r->scale, power);
    } else {
        mmv_natural_multiply_power10(&r->value, -power);
        mmv_natural_multiply_power10(&r->below, -power);
        mmv_natural_multiply_power10(&r->above, -power);
    }
}

/* Adds one to the last digit; nines carry. */
static void round_up(struct mmv_digits *out)
{
    while (out->count > 0 && out->text[out->count - 1] == '9')
        out->count--;
    if (out->count > 0) {
        out->text[out->count - 1]++;
    } else {
        out->text[out->count++] = '1';
        out->exponent++;
    }
}

static void drop_zeros(struct mmv_digits *out)
{
    while (out->count > 0 && out->text[out->count - 1] == '0')
        out->count--;
    if (out->count == 0) {
        out->text[out->count++] = '0';
        out->exponent = 0;
    }
}

void mmv_digits_exact(struct mmv_binary number, enum mmv_cut cut, int most, struct mmv_digits *out)
{
    struct ratio r;
    bool even = !(number.mantissa & 1), down, up;
    int power = estimate_power(number), last, shift, half;
    unsigned digit;

    /* A number below the last digit is rounded there. */
    if (cut == MMV_CUT_FRACTION && power < 1 - most)
        power = 1 - most;
    set_ratio(&r, number);
    divide_by_power10(&r, power);
    if (mmv_natural_compare(&r.value, &r.scale) >= 0) {
        mmv_natural_multiply(&r.scale, 10);
        power++;
    }
    last = cut == MMV_CUT_NONE ? INT32_MIN : cut == MMV_CUT_FRACTION ? -most : power - most;
    shift = mmv_natural_divisor_shift(&r.scale);
    mmv_natural_shift(&r.value, shift);
    mmv_natural_shift(&r.scale, shift);
    mmv_natural_shift(&r.below, shift);
    mmv_natural_shift(&r.above, shift);

    out->count = 0;
    out->exponent = --power;
    for (;; power--) {
        int low, high;

        mmv_natural_multiply(&r.value, 10);
        mmv_natural_multiply(&r.below, 10);
        mmv_natural_multiply(&r.above, 10);
        digit = mmv_natural_divide(&r.value, &r.scale);
        low = mmv_natural_compare(&r.value, &r.below);
        high = mmv_natural_compare_sum(&r.value, &r.above, &r.scale);
        down = even ? low <= 0 : low < 0;
        up = even ? high >= 0 : high > 0;
        if (power == last || (cut != MMV_CUT_EXACT && (down || up)))
            break;
        out->text[out->count++] = (char)('0' + digit);
    }
    out->text[out->count++] = (char)('0' + digit);
    mmv_natural_multiply(&r.value, 2);
    half = mmv_natural_compare(&r.value, &r.scale);
    if (down == up ? half > 0 || (half == 0 && digit & 1) : up)
        round_up(out);
    drop_zeros(out);
}

int mmv_compare_decimal(struct mmv_binary number, struct mmv_decimal decimal)
{
    struct mmv_natural a, b;

    set_mantissa(&a, number.mantissa);
    mmv_natural_set(&b, decimal.digits);
    mmv_natural_shift(number.exponent > 0 ? &a : &b,
                      number.exponent > 0 ? number.exponent : -number.exponent);
    mmv_natural_multiply_power10(decimal.exponent > 0 ? &b : &a,
                                 decimal.exponent > 0 ? decimal.exponent : -decimal.exponent);
    return mmv_natural_compare(&a, &b);
}

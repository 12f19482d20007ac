/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "ops/digits_exact.h"
#include "ops/float_bits.h"
#include "ops/number_text.h"

static const struct mmv_digits zero = {1, 0, "0"};

static struct mmv_decimal drop_zeros(struct mmv_decimal decimal)
{
    while (decimal.digits > 0 && decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.exponent++;
    }
    return decimal;
}

static void spell(struct mmv_decimal decimal, struct mmv_digits *out)
{
    char text[MMV_I8_TEXT_MOST];

    out->count = (int)(mmv_put_u8(text, decimal.digits) - text);
    out->exponent = decimal.digits ? decimal.exponent + out->count - 1 : 0;
    memcpy(out->text, text, sizeof text);
}

/* Rounds the shortest digits of a number. That is the same as to round the number:
 * what is half way between two results has one digit more than they, and so the
 * shortest and the number lie on the same side of it, or it is the shortest: then
 * only the number knows where to go. */
static void cut_digits(struct mmv_decimal shortest, struct mmv_binary number, enum mmv_cut cut,
                       int most, struct mmv_digits *out)
{
    uint64_t scale = 1, rest;
    int surplus, side;

    shortest = drop_zeros(shortest);
    spell(shortest, out);
    if (cut == MMV_CUT_NONE)
        return;
    surplus = cut == MMV_CUT_FRACTION ? -most - shortest.exponent : out->count - most;
    if (surplus <= 0)
        return;
    if (surplus > out->count) {
        *out = zero;
        return;
    }
    for (int i = 0; i < surplus; i++)
        scale *= 10;
    rest = shortest.digits % scale;
    side = rest < scale / 2 ? -1 : rest > scale / 2;
    shortest.digits /= scale;
    if (side == 0) {
        struct mmv_decimal half = {2 * shortest.digits + 1, shortest.exponent + surplus};

        /* Twice the number, to compare with twice the half. */
        number.exponent++;
        side = mmv_compare_decimal(number, half);
    }
    shortest.digits += side > 0 || (side == 0 && shortest.digits & 1);
    shortest.exponent += surplus;
    spell(drop_zeros(shortest), out);
}

void mmv_digits_cut_f2(uint16_t bits, enum mmv_cut cut, int most, struct mmv_digits *out)
{
    struct mmv_binary number = mmv_binary_f2(bits);

    if (number.mantissa == 0)
        *out = zero;
    else if (cut == MMV_CUT_EXACT)
        mmv_digits_exact(number, cut, most, out);
    else
        cut_digits(mmv_digits_f2(bits), number, cut, most, out);
}

void mmv_digits_cut_f4(float value, enum mmv_cut cut, int most, struct mmv_digits *out)
{
    struct mmv_binary number = mmv_binary_f4(value);

    if (number.mantissa == 0)
        *out = zero;
    else if (cut == MMV_CUT_EXACT && number.dense)
        mmv_digits_exact(number, cut, most, out);
    else if (cut == MMV_CUT_EXACT)
        mmv_digits_cut_f8((double)value, cut, most, out);
    else
        cut_digits(mmv_digits_f4(value), number, cut, most, out);
}

/* Are the shortest digits, and zeros behind them, those of the number itself, as far
 * as DBL_DIG digits? Not where numbers have fewer bits than they might, and where
 * those below are nearer than those above NumPy rounds in its own way. */
static bool is_precise(struct mmv_binary number)
{
    return number.mantissa >> (DBL_MANT_DIG - 1) && !number.dense;
}

void mmv_digits_cut_f8(double value, enum mmv_cut cut, int most, struct mmv_digits *out)
{
    struct mmv_binary number = mmv_binary_f8(value);

    if (number.mantissa == 0)
        *out = zero;
    else if (cut == MMV_CUT_EXACT && (most > DBL_DIG || !is_precise(number)))
        mmv_digits_exact(number, cut, most, out);
    else
        cut_digits(mmv_digits_f8(value), number, cut, most, out);
}

void mmv_digits_cut_f16(long double value, enum mmv_cut cut, int most, struct mmv_digits *out)
{
#if LDBL_MANT_DIG == DBL_MANT_DIG
    mmv_digits_cut_f8((double)value, cut, most, out);
#else
    struct mmv_binary number = mmv_binary_f16(value);

    if (number.mantissa == 0)
        *out = zero;
    else
        mmv_digits_exact(number, cut, most, out);
#endif
}

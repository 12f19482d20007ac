/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_DIGITS_H
#define MMV_OPS_DIGITS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* digits times ten to the power of exponent; digits may end in zeros. */
struct mmv_decimal {
    uint64_t digits;
    int exponent;
};

/* The shortest decimal that reads back as the same number, and of those the
 * nearest to it. The number is finite and not 0; its sign is left out. A half is
 * given by its bits. */
struct mmv_decimal mmv_digits_f8(double number);
struct mmv_decimal mmv_digits_f4(float number);
struct mmv_decimal mmv_digits_f2(uint16_t bits);

/* Digits as text: one, a decimal point in thought, the others, times ten to the
 * power of exponent. The last is not 0, but for the number 0, which is "0" with
 * exponent 0. A long double has most of them: 36, if its mantissa has 113 bits. */
#define MMV_DIGITS_MOST 40
struct mmv_digits {
    int count;
    int exponent;
    char text[MMV_DIGITS_MOST];
};

/* Where digits are cut off. */
enum mmv_cut {
    MMV_CUT_NONE,     /* nowhere: the shortest that reads back */
    MMV_CUT_FRACTION, /* after so many digits of the fraction */
    MMV_CUT_TOTAL,    /* after so many digits in all, at least one */
    MMV_CUT_EXACT,    /* likewise, and not before: though fewer would read back */
};

/* The shortest digits that read back, but no more than `most` of them as `cut`
 * counts: then the exact number is rounded to the nearest, and half way between to
 * the even digit. This is NumPy's Dragon4 with unique=True and a precision, and with
 * MMV_CUT_EXACT also with min_digits; `most` is then at most MMV_DIGITS_MOST. The
 * number is finite; its sign is left out. */
void mmv_digits_cut_f2(uint16_t bits, enum mmv_cut cut, int most, struct mmv_digits *out);
void mmv_digits_cut_f4(float number, enum mmv_cut cut, int most, struct mmv_digits *out);
void mmv_digits_cut_f8(double number, enum mmv_cut cut, int most, struct mmv_digits *out);
void mmv_digits_cut_f16(long double number, enum mmv_cut cut, int most, struct mmv_digits *out);

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_NUMBER_TEXT_H
#define MMV_OPS_NUMBER_TEXT_H

#include <stdint.h>

/* The text of single numbers: what str() and repr() say of a NumPy scalar, which
 * for numbers is the same. Each puts it at `to`, without a NUL, and returns its end.
 * Bytes behind the end, up to the bound, are scratch: the room at `to` has to be
 * that large. */
#define MMV_I8_TEXT_MOST 24
#define MMV_F8_TEXT_MOST 40
#define MMV_F4_TEXT_MOST MMV_F8_TEXT_MOST
#define MMV_F2_TEXT_MOST MMV_F8_TEXT_MOST
/* Of a long double with a mantissa of up to 113 bits. */
#define MMV_F16_TEXT_MOST 64

/* Any number, complex ones included. */
#define MMV_NUMBER_TEXT_MOST (2 * MMV_F16_TEXT_MOST + 3)

char *mmv_put_i8(char *to, int64_t number);
char *mmv_put_u8(char *to, uint64_t number);

/* Shortest digits that read back as the same number of its own type. */
char *mmv_put_f2(char *to, uint16_t bits);
char *mmv_put_f4(char *to, float number);
char *mmv_put_f8(char *to, double number);
char *mmv_put_f16(char *to, long double number);

/* Many of them, with `after` after each, and other words for what is not finite. It is
 * faster than one by one. count is at most MMV_FLOATS_MOST, which take so many bytes. */
#define MMV_FLOATS_MOST      64
#define MMV_FLOATS_TEXT_MOST (MMV_FLOATS_MOST * (MMV_F8_TEXT_MOST + 1))
struct mmv_float_words {
    const char *nan, *inf, *minus_inf;
};
char *mmv_put_f4s(char *to, const float *numbers, int count, const struct mmv_float_words *words,
                  char after);
char *mmv_put_f8s(char *to, const double *numbers, int count, const struct mmv_float_words *words,
                  char after);

/* Twice the bound of their parts, and three. */
char *mmv_put_c8(char *to, float real, float imag);
char *mmv_put_c16(char *to, double real, double imag);
char *mmv_put_c32(char *to, long double real, long double imag);

#endif

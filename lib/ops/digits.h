/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_DIGITS_H
#define MMV_OPS_DIGITS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* digits times ten to the power of exponent; digits is 0 or does not end in a
 * decimal 0. */
struct mmv_decimal {
    uint64_t digits;
    int exponent;
};

/* The shortest decimal that reads back as the same number, and of those the
 * nearest to it. The number is finite and not 0; its sign is left out. */
struct mmv_decimal mmv_digits_f8(double number);
struct mmv_decimal mmv_digits_f4(float number);

#ifdef __cplusplus
}
#endif

#endif

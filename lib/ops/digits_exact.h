/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_DIGITS_EXACT_H
#define MMV_OPS_DIGITS_EXACT_H

#include <float.h>
#include <stdbool.h>

#include "ops/digits.h"

#if LDBL_MANT_DIG == 113
typedef unsigned __int128 mmv_mantissa;
#else
typedef uint64_t mmv_mantissa;
#endif

/* mantissa times 2 to the power of exponent: a floating-point number, whose
 * neighbour above is 2**exponent away. */
struct mmv_binary {
    mmv_mantissa mantissa;
    int exponent;
    bool dense; /* below it they are twice as dense */
};

/* As mmv_digits_cut_f16(), by integers of any length: right for any number, and as
 * slow as they are long. The number is not 0. */
void mmv_digits_exact(struct mmv_binary number, enum mmv_cut cut, int most, struct mmv_digits *out);

/* < 0, 0, > 0 as the number is less than, equal to or more than the decimal. */
int mmv_compare_decimal(struct mmv_binary number, struct mmv_decimal decimal);

#endif

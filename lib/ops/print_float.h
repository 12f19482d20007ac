/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_PRINT_FLOAT_H
#define MMV_OPS_PRINT_FLOAT_H

#include <stdbool.h>

#include "ops/writer.h"

/* A number of any floating-point type. */
struct mmv_real {
    long double value;
    uint16_t half; /* its bits, if it is a half */
};

/* Floating-point numbers that line up at the point: NumPy's FloatingFormat with
 * floatmode 'maxprec'. */
struct mmv_float_format {
    char type;     /* numpy.dtype.char: e, f, d or g */
    bool plus;     /* positive numbers have a sign */
    bool suppress; /* small numbers do not ask for exponents */
    int precision; /* digits after the point, at most; of exponents, when settled, exactly */

    /* What was seen: are there such numbers, and the largest and least of them by
     * absolute value. A number without a sign bit is plain, 0 included. */
    bool plain, minus, nonzero, special, minus_inf;
    struct mmv_real most_plain, most_minus, high, low;
    bool exponent;              /* with these, numbers have exponents */
    int fraction, exp_fraction; /* digits after the point, without exponents and with */

    /* Settled. */
    int left, right; /* characters before and after the point */
    int exp_digits;
};

/* Takes note of a number that will be shown. */
void mmv_float_measure(struct mmv_float_format *format, struct mmv_real number);

/* Decides on the form, once all were measured. */
void mmv_float_settle(struct mmv_float_format *format);

/* Writes a number that was measured. The unit stands before blanks at the end. */
void mmv_float_write(const struct mmv_float_format *format, struct mmv_writer *writer,
                     struct mmv_real number, const char *unit);

#endif

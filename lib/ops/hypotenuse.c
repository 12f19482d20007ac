/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/hypotenuse.h"

#include <math.h>

/* By Newton's method: from a parabola that is wrong by less than 1 %, each step doubles
 * the digits. */
static long double root_of_1_plus(long double x)
{
    double number = 1 + (double)x, guess = 1 + (double)x * (0.5 - 0.0858 * (double)x);
    long double root;

    guess = (guess + number / guess) / 2;
    guess = (guess + number / guess) / 2;
    root = (long double)guess;
    root = (root + (1 + x) / root) / 2;
    return (root + (1 + x) / root) / 2;
}

long double mmv_hypotenuse(long double x, long double y)
{
    long double larger = fabsl(x), smaller = fabsl(y), ratio;

    if (isinf(x) || isinf(y))
        return (long double)INFINITY;
    if (smaller > larger) {
        ratio = larger;
        larger = smaller;
        smaller = ratio;
    }
    if (!(smaller > 0)) /* 0, or NaN */
        return larger + smaller;
    ratio = smaller / larger;
    return larger * root_of_1_plus(ratio * ratio);
}

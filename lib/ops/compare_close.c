/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.isclose(), with every step rounded to the type that NumPy computes it in. A
 * double has more than twice the digits of a float, so that rounding a result twice
 * gives what rounding it once does. */
#include <math.h>

#include "ops/compare.h"
#include "ops/half.h"
#include "ops/hypotenuse.h"

static inline double rounded(double number, enum mmv_precision precision)
{
    switch (precision) {
    case MMV_PRECISION_HALF: return (double)mmv_half_to_float(mmv_half_of_double(number));
    case MMV_PRECISION_SINGLE: return (double)(float)number;
    default: return number;
    }
}

/* A rule whose tolerances are as the types have them. */
struct close {
    enum mmv_precision difference, product, sum;
    bool equal_nan;
    double rtol, atol;
};

static struct close close_of(const struct mmv_compare_rule *rule)
{
    return (struct close){
        .difference = rule->difference,
        .product = rule->product,
        .sum = rule->sum,
        .equal_nan = rule->equal_nan,
        .rtol = rounded(rule->rtol, rule->product),
        .atol = rounded(rule->atol, rule->sum),
    };
}

static inline double tolerance(const struct close *close, double size)
{
    double product = rounded(close->rtol * size, close->product);

    return rounded(close->atol + product, close->sum);
}

/* Keeps what is larger than all before. */
#define LARGEST(largest, difference, i)                     \
    if ((long double)(difference) > found->largest.value) { \
        found->largest.value = (long double)(difference);   \
        found->largest.at = (i);                            \
    }

static inline __attribute__((always_inline)) void
close_doubles(const double *a, const double *b, mmview_intp count, const struct close *close,
              unsigned char *marks, struct mmv_compared *found)
{
    double absolute = 0, relative = 0;
    mmview_intp absolute_at = -1, relative_at = -1;

    for (mmview_intp i = 0; i < count; i++) {
        double x = a[i], y = b[i], size = fabs(y), difference = fabs(x - y);
        double quotient = size > 0 ? difference / size : 0;
        bool a_nan = isnan(x), b_nan = isnan(y), same;

        if (isfinite(x) && isfinite(y))
            same = fabs(rounded(x - y, close->difference)) <= tolerance(close, size);
        else
            same = x == y || (close->equal_nan && a_nan && b_nan);
        marks[i] = !same;
        found->different += !same;
        found->nan += !same && (a_nan || b_nan);
        if (difference > absolute) {
            absolute = difference;
            absolute_at = i;
        }
        if (quotient > relative) {
            relative = quotient;
            relative_at = i;
        }
    }
    found->absolute = (struct mmv_largest){(long double)absolute, absolute_at};
    found->relative = (struct mmv_largest){(long double)relative, relative_at};
}

/* The compiler makes the usual ones of constants. */
static void close_f8(const void *a, const void *b, mmview_intp count,
                     const struct mmv_compare_rule *rule, unsigned char *marks,
                     struct mmv_compared *found)
{
    struct close close = close_of(rule);

    if (close.difference == MMV_PRECISION_DOUBLE && close.product == MMV_PRECISION_DOUBLE) {
        close.difference = close.product = close.sum = MMV_PRECISION_DOUBLE;
        close_doubles(a, b, count, &close, marks, found);
    } else if (close.difference == MMV_PRECISION_SINGLE && close.product == MMV_PRECISION_SINGLE &&
               close.sum == MMV_PRECISION_SINGLE) {
        close.difference = close.product = close.sum = MMV_PRECISION_SINGLE;
        close_doubles(a, b, count, &close, marks, found);
    } else {
        close_doubles(a, b, count, &close, marks, found);
    }
}

static double hypotenuse(double x, double y)
{
    return (double)mmv_hypotenuse((long double)x, (long double)y);
}

/* As NumPy has it; the figures are of all digits. */
static double rounded_hypotenuse(double x, double y, enum mmv_precision precision)
{
    return rounded(hypotenuse(rounded(x, precision), rounded(y, precision)), precision);
}

static void close_c8(const void *a, const void *b, mmview_intp count,
                     const struct mmv_compare_rule *rule, unsigned char *marks,
                     struct mmv_compared *found)
{
    const struct close close = close_of(rule);
    const double *p = a, *q = b;

    for (mmview_intp i = 0; i < count; i++, p += 2, q += 2) {
        bool a_nan = isnan(p[0]) || isnan(p[1]), b_nan = isnan(q[0]) || isnan(q[1]), same;
        double difference = hypotenuse(p[0] - q[0], p[1] - q[1]);
        double size = hypotenuse(q[0], q[1]);

        if (isfinite(p[0]) && isfinite(p[1]) && isfinite(q[0]) && isfinite(q[1]))
            same = (close.difference == MMV_PRECISION_DOUBLE
                        ? difference
                        : rounded_hypotenuse(p[0] - q[0], p[1] - q[1], close.difference)) <=
                   tolerance(&close, rounded(size, rule->size));
        else
            same = (p[0] == q[0] && p[1] == q[1]) || (close.equal_nan && a_nan && b_nan);
        marks[i] = !same;
        found->different += !same;
        found->nan += !same && (a_nan || b_nan);
        if (!a_nan && !b_nan) {
            double quotient = size > 0 ? difference / size : 0;

            LARGEST(absolute, difference, i)
            LARGEST(relative, quotient, i)
        }
    }
}

/* With long doubles: the difference is one, and the tolerance if b is. */
static bool close_long(long double difference, long double size,
                       const struct mmv_compare_rule *rule, const struct close *close)
{
    if (rule->size == MMV_PRECISION_LONG)
        return difference <= (long double)rule->atol + (long double)rule->rtol * size;
    return difference <= (long double)tolerance(close, rounded((double)size, rule->size));
}

static void close_fg(const void *a, const void *b, mmview_intp count,
                     const struct mmv_compare_rule *rule, unsigned char *marks,
                     struct mmv_compared *found)
{
    const struct close close = close_of(rule);
    const long double *p = a, *q = b;

    for (mmview_intp i = 0; i < count; i++) {
        long double x = p[i], y = q[i], size = fabsl(y), difference = fabsl(x - y);
        long double quotient = size > 0 ? difference / size : 0;
        bool a_nan = isnan(x), b_nan = isnan(y), same;

        if (isfinite(x) && isfinite(y))
            same = close_long(difference, size, rule, &close);
        else
            same = x == y || (close.equal_nan && a_nan && b_nan);
        marks[i] = !same;
        found->different += !same;
        found->nan += !same && (a_nan || b_nan);
        LARGEST(absolute, difference, i)
        LARGEST(relative, quotient, i)
    }
}

static void close_cg(const void *a, const void *b, mmview_intp count,
                     const struct mmv_compare_rule *rule, unsigned char *marks,
                     struct mmv_compared *found)
{
    const struct close close = close_of(rule);
    const long double *p = a, *q = b;

    for (mmview_intp i = 0; i < count; i++, p += 2, q += 2) {
        bool a_nan = isnan(p[0]) || isnan(p[1]), b_nan = isnan(q[0]) || isnan(q[1]), same;
        long double difference = mmv_hypotenuse(p[0] - q[0], p[1] - q[1]);
        long double size = mmv_hypotenuse(q[0], q[1]);

        if (isfinite(p[0]) && isfinite(p[1]) && isfinite(q[0]) && isfinite(q[1]))
            same = close_long(difference, size, rule, &close);
        else
            same = (p[0] == q[0] && p[1] == q[1]) || (close.equal_nan && a_nan && b_nan);
        marks[i] = !same;
        found->different += !same;
        found->nan += !same && (a_nan || b_nan);
        if (!a_nan && !b_nan) {
            long double quotient = size > 0 ? difference / size : 0;

            LARGEST(absolute, difference, i)
            LARGEST(relative, quotient, i)
        }
    }
}

mmv_compare_loop *mmv_compare_close(enum mmv_number type)
{
    switch (type) {
    case MMV_F8: return close_f8;
    case MMV_C8: return close_c8;
    case MMV_FG: return close_fg;
    default: return close_cg;
    }
}

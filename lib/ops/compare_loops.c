/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Exact comparison of numbers of one wide type. */
#include <math.h>
#include <string.h>

#include "ops/compare.h"
#include "ops/hypotenuse.h"

/* What a loop finds, in its own type until its end. A difference is not NaN where it
 * is larger than another. */
#define LARGEST(type, largest, difference, i) \
    if ((difference) > (largest)) {           \
        (largest) = (difference);             \
        largest##_at = (i);                   \
    }

#define FOUND(which, largest)                        \
    if (largest##_at >= 0) {                         \
        found->which.value = (long double)(largest); \
        found->which.at = largest##_at;              \
    }

#define INTEGERS(name, type)                                                                     \
    static void name(const void *a, const void *b, mmview_intp count,                            \
                     const struct mmv_compare_rule *rule, unsigned char *marks,                  \
                     struct mmv_compared *found)                                                 \
    {                                                                                            \
        const type *p = a, *q = b;                                                               \
        uint64_t absolute = 0;                                                                   \
        double relative = 0;                                                                     \
        mmview_intp absolute_at = -1, relative_at = -1;                                          \
                                                                                                 \
        (void)rule;                                                                              \
        for (mmview_intp i = 0; i < count; i++) {                                                \
            type x = p[i], y = q[i];                                                             \
            uint64_t difference = x > y ? (uint64_t)x - (uint64_t)y : (uint64_t)y - (uint64_t)x; \
            double size = fabs((double)y), quotient = size > 0 ? (double)difference / size : 0;  \
                                                                                                 \
            marks[i] = difference != 0;                                                          \
            found->different += marks[i];                                                        \
            LARGEST(uint64_t, absolute, difference, i)                                           \
            LARGEST(double, relative, quotient, i)                                               \
        }                                                                                        \
        FOUND(absolute, absolute)                                                                \
        FOUND(relative, relative)                                                                \
    }

INTEGERS(exact_i8, int64_t)
INTEGERS(exact_u8, uint64_t)

#define IS_NAN(x) ((x) != (x))

/* Where b is 0 or infinite there is no relative difference. */
#define FLOATS(name, type, absolute_of)                                         \
    static void name(const void *a, const void *b, mmview_intp count,           \
                     const struct mmv_compare_rule *rule, unsigned char *marks, \
                     struct mmv_compared *found)                                \
    {                                                                           \
        const type *p = a, *q = b;                                              \
        type absolute = 0, relative = 0;                                        \
        mmview_intp absolute_at = -1, relative_at = -1;                         \
                                                                                \
        for (mmview_intp i = 0; i < count; i++) {                               \
            type x = p[i], y = q[i];                                            \
            type difference = absolute_of(x - y), size = absolute_of(y);        \
            type quotient = size > 0 ? difference / size : 0;                   \
            bool nan = IS_NAN(x) || IS_NAN(y);                                  \
                                                                                \
            marks[i] = x != y && !(IS_NAN(x) && IS_NAN(y) && rule->equal_nan);  \
            found->different += marks[i];                                       \
            found->nan += marks[i] && nan;                                      \
            LARGEST(type, absolute, difference, i)                              \
            LARGEST(type, relative, quotient, i)                                \
        }                                                                       \
        FOUND(absolute, absolute)                                               \
        FOUND(relative, relative)                                               \
    }

FLOATS(exact_f8, double, fabs)
FLOATS(exact_fg, long double, fabsl)

/* Most are equal, even where not all are, and a hypotenuse takes its time. */
#define COMPLEX_NUMBERS(name, type)                                                             \
    static void name(const void *a, const void *b, mmview_intp count,                           \
                     const struct mmv_compare_rule *rule, unsigned char *marks,                 \
                     struct mmv_compared *found)                                                \
    {                                                                                           \
        const type *p = a, *q = b;                                                              \
        type absolute = 0, relative = 0;                                                        \
        mmview_intp absolute_at = -1, relative_at = -1;                                         \
                                                                                                \
        for (mmview_intp i = 0; i < count; i++, p += 2, q += 2) {                               \
            bool a_nan = IS_NAN(p[0]) || IS_NAN(p[1]), b_nan = IS_NAN(q[0]) || IS_NAN(q[1]);    \
            type difference, size, quotient;                                                    \
                                                                                                \
            marks[i] = !(p[0] == q[0] && p[1] == q[1]) && !(a_nan && b_nan && rule->equal_nan); \
            if (!marks[i])                                                                      \
                continue;                                                                       \
            found->different++;                                                                 \
            found->nan += a_nan || b_nan;                                                       \
            if (a_nan || b_nan)                                                                 \
                continue;                                                                       \
            difference =                                                                        \
                (type)mmv_hypotenuse((long double)(p[0] - q[0]), (long double)(p[1] - q[1]));   \
            size = (type)mmv_hypotenuse((long double)q[0], (long double)q[1]);                  \
            quotient = size > 0 ? difference / size : 0;                                        \
            LARGEST(type, absolute, difference, i)                                              \
            LARGEST(type, relative, quotient, i)                                                \
        }                                                                                       \
        FOUND(absolute, absolute)                                                               \
        FOUND(relative, relative)                                                               \
    }

COMPLEX_NUMBERS(exact_c8, double)
COMPLEX_NUMBERS(exact_cg, long double)

mmv_compare_loop *mmv_compare_exact(enum mmv_number type)
{
    switch (type) {
    case MMV_I8: return exact_i8;
    case MMV_U8: return exact_u8;
    case MMV_F8: return exact_f8;
    case MMV_FG: return exact_fg;
    case MMV_C8: return exact_c8;
    default: return exact_cg;
    }
}

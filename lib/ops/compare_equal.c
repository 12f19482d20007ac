/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Are two runs of numbers equal, as they lie in memory? Mostly they are, so this is
 * what has to be fast. */
#include <string.h>

#include "ops/compare.h"

/* Integers are equal if their bytes are. Of floats that does not hold for NaN, 0 and
 * -0, and for the padding of long doubles. Vectors, four at a time: a mask of all ones
 * where they are equal. */
#define FLOATS(name, type, mask_type)                                                       \
    static bool name(const type *a, const type *b, mmview_intp count)                       \
    {                                                                                       \
        typedef type vector __attribute__((vector_size(16), aligned(sizeof(type))));        \
        typedef mask_type mask __attribute__((vector_size(16)));                            \
        enum { WIDTH = 16 / (int)sizeof(type) };                                            \
        mmview_intp i = 0;                                                                  \
                                                                                            \
        for (; i + 4 * WIDTH <= count; i += 4 * WIDTH) {                                    \
            const vector *p = (const vector *)(const void *)(a + i);                        \
            const vector *q = (const vector *)(const void *)(b + i);                        \
            mask equal = (p[0] == q[0]) & (p[1] == q[1]) & (p[2] == q[2]) & (p[3] == q[3]); \
            uint64_t halves[2];                                                             \
                                                                                            \
            memcpy(halves, &equal, sizeof halves);                                          \
            if ((halves[0] & halves[1]) != UINT64_MAX)                                      \
                return false;                                                               \
        }                                                                                   \
        for (; i < count; i++)                                                              \
            if (a[i] != b[i])                                                               \
                return false;                                                               \
        return true;                                                                        \
    }

FLOATS(equal_singles, float, int32_t)
FLOATS(equal_doubles, double, int64_t)

static bool equal_halves(const uint16_t *a, const uint16_t *b, mmview_intp count)
{
    uint16_t largest = 0;

    if (memcmp(a, b, (size_t)count * sizeof *a) != 0)
        return false;
    for (mmview_intp i = 0; i < count; i++) {
        uint16_t size = a[i] & 0x7fff;

        largest = size > largest ? size : largest;
    }
    return largest <= 0x7c00; /* infinity; what is larger is NaN */
}

static bool equal_long_doubles(const long double *a, const long double *b, mmview_intp count)
{
    for (mmview_intp i = 0; i < count; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

bool mmv_compare_all_equal(enum mmv_number type, const void *a, const void *b, mmview_intp count)
{
    switch (type) {
    case MMV_B1:
    case MMV_I1:
    case MMV_U1: return memcmp(a, b, (size_t)count) == 0;
    case MMV_I2:
    case MMV_U2: return memcmp(a, b, (size_t)count * 2) == 0;
    case MMV_I4:
    case MMV_U4: return memcmp(a, b, (size_t)count * 4) == 0;
    case MMV_I8:
    case MMV_U8: return memcmp(a, b, (size_t)count * 8) == 0;
    case MMV_F2: return equal_halves(a, b, count);
    case MMV_F4: return equal_singles(a, b, count);
    case MMV_F8: return equal_doubles(a, b, count);
    case MMV_C4: return equal_singles(a, b, 2 * count);
    case MMV_C8: return equal_doubles(a, b, 2 * count);
    case MMV_FG: return equal_long_doubles(a, b, count);
    default: return equal_long_doubles(a, b, 2 * count);
    }
}

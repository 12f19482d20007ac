/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/to_double.h"

#include <limits.h>

#include "ops/half.h"

#define CONVERT(name, type)                                                       \
    static void from_##name(const unsigned char *items, size_t count, double *to) \
    {                                                                             \
        const type *from = (const type *)(const void *)items;                     \
                                                                                  \
        for (size_t i = 0; i < count; i++)                                        \
            to[i] = (double)from[i];                                              \
    }

CONVERT(i1, int8_t)
CONVERT(u1, uint8_t)
CONVERT(i2, int16_t)
CONVERT(u2, uint16_t)
CONVERT(i4, int32_t)
CONVERT(u4, uint32_t)
CONVERT(f4, float)

/* A byte that is not 0 is true, whatever it is. */
static void from_b1(const unsigned char *items, size_t count, double *to)
{
    for (size_t i = 0; i < count; i++) {
        int32_t is_true = items[i] != 0; /* of an int32 vectors make a double */

        to[i] = (double)is_true;
    }
}

static void from_f2(const unsigned char *items, size_t count, double *to)
{
    const uint16_t *from = (const uint16_t *)(const void *)items;

    for (size_t i = 0; i < count; i++)
        to[i] = mmv_double_of_bits(mmv_half_to_double_bits(from[i]));
}

mmv_to_double *mmv_to_double_of(char type)
{
    switch (type) {
    case '?': return from_b1;
    case 'b': return from_i1;
    case 'B': return from_u1;
    case 'h': return from_i2;
    case 'H': return from_u2;
    case 'i': return from_i4;
    case 'I': return from_u4;
#if LONG_MAX == INT32_MAX
    case 'l': return from_i4;
    case 'L': return from_u4;
#endif
    case 'e': return from_f2;
    case 'f': return from_f4;
    default: return NULL;
    }
}

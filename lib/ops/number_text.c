/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/number_text.h"

#include <stdbool.h>

#include "ops/spell.h"

/* Without leading zeros. */
static inline char *put_first8(char *to, uint32_t number)
{
    uint64_t digits = mmv_split8(number);
    int zeros = __builtin_ctzll(digits | 1ull << 56) / 8;

    mmv_store8(to, (digits | MMV_ZEROS) >> 8 * zeros);
    return to + 8 - zeros;
}

#define E8  MMV_E8
#define E16 (E8 * E8)

char *mmv_put_u8(char *to, uint64_t number)
{
    struct mmv_spelt digits;

    if (number < E8)
        return put_first8(to, (uint32_t)number);
    if (number < E16) {
        digits = mmv_spell16((uint32_t)(number / E8), (uint32_t)(number % E8));
        mmv_store8(to, digits.a >> 8 * digits.first);
        mmv_store8(to + 8 - digits.first, digits.b);
        return to + 16 - digits.first;
    }
    to = put_first8(to, (uint32_t)(number / E16));
    number %= E16;
    mmv_store16(to, mmv_spell16((uint32_t)(number / E8), (uint32_t)(number % E8)));
    return to + 16;
}

char *mmv_put_i8(char *to, int64_t number)
{
    bool negative = number < 0;

    *to = '-';
    return mmv_put_u8(to + negative, negative ? 0 - (uint64_t)number : (uint64_t)number);
}

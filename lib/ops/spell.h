/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_SPELL_H
#define MMV_OPS_SPELL_H

#include <stdint.h>
#include <string.h>

#ifdef __x86_64__
#include <emmintrin.h>
#endif

/* Decimal digits of numbers, many at a time. In a word their first byte is the lowest. */

#define MMV_E8    UINT64_C(100000000)
#define MMV_ZEROS 0x3030303030303030u

/* Eight digits of a number below 10**8, a byte each. Halves, quarters and single
 * digits are split off side by side; the products divide by 100 and 10, exactly for
 * numbers this small. */
static inline uint64_t mmv_split8(uint32_t number)
{
    uint64_t high, x = number / 10000 | (uint64_t)(number % 10000) << 32;

    high = x * 10486 >> 20 & 0x0000007f0000007f;
    x = high | (x - 100 * high) << 16;
    high = x * 103 >> 10 & 0x000f000f000f000f;
    return high | (x - 10 * high) << 8;
}

/* The place of the highest bit of a number that is not 0. */
static inline int mmv_highest_bit(uint64_t number)
{
#ifdef __x86_64__
    /* The instruction waits for its result's old value, which may take as long as the text
     * of another number, so it has to be a known one. */
    uint64_t place = 0;

    __asm__("bsr %1, %0" : "+r"(place) : "r"(number) : "cc");
    return (int)place;
#else
    return 63 - __builtin_clzll(number);
#endif
}

static inline void mmv_store8(char *to, uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    memcpy(to, &bytes, sizeof bytes);
}

/* Sixteen digits, as characters. */
struct mmv_spelt {
    uint64_t a, b;
    int first; /* the place of the first that is not 0, at most 15 */
    int count; /* of them up to the last that is not 0 */
};

/* Of two numbers below 10**8. */
static inline struct mmv_spelt mmv_spell16(uint32_t high, uint32_t low)
{
#ifdef __x86_64__
    /* As mmv_split8(), with both at a time. */
    __m128i x = _mm_set_epi64x(low, high), q;
    unsigned zeros;

    q = _mm_srli_epi64(_mm_mul_epu32(x, _mm_set1_epi32((int)0xd1b71759)), 45);
    x = _mm_sub_epi64(x, _mm_mul_epu32(q, _mm_set1_epi32(10000)));
    x = _mm_or_si128(q, _mm_slli_epi64(x, 32));
    q = _mm_srli_epi16(_mm_mulhi_epu16(x, _mm_set1_epi16(5243)), 3);
    x = _mm_sub_epi16(x, _mm_mullo_epi16(q, _mm_set1_epi16(100)));
    x = _mm_or_si128(q, _mm_slli_epi32(x, 16));
    q = _mm_mulhi_epu16(x, _mm_set1_epi16(6554));
    x = _mm_sub_epi16(x, _mm_mullo_epi16(q, _mm_set1_epi16(10)));
    x = _mm_or_si128(q, _mm_slli_epi16(x, 8));
    zeros = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_setzero_si128()));
    x = _mm_or_si128(x, _mm_set1_epi8('0'));
    return (struct mmv_spelt){
        .a = (uint64_t)_mm_cvtsi128_si64(x),
        .b = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(x, x)),
        .first = __builtin_ctz((zeros ^ 0xffff) | 1u << 15),
        .count = 31 - __builtin_clz((zeros ^ 0xffff) << 1 | 1),
    };
#else
    uint64_t a = mmv_split8(high), b = mmv_split8(low), last = b ? b : a;
    int most = b ? 16 : 8;

    return (struct mmv_spelt){
        .a = a | MMV_ZEROS,
        .b = b | MMV_ZEROS,
        .first = (a ? __builtin_ctzll(a) : 64 + __builtin_ctzll(b | 1ull << 56)) / 8,
        .count = last ? most - __builtin_clzll(last) / 8 : 0,
    };
#endif
}

static inline void mmv_store16(char *to, struct mmv_spelt spelt)
{
    mmv_store8(to, spelt.a);
    mmv_store8(to + 8, spelt.b);
}

/* Without the first `drop` of them; 8 to 15. */
static inline struct mmv_spelt mmv_drop_first(struct mmv_spelt spelt, int drop)
{
    return (struct mmv_spelt){.a = spelt.b >> 8 * (drop - 8)};
}

#endif

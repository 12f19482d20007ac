/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/number_text.h"

#include <stdbool.h>
#include <string.h>

#include "ops/digits.h"
#include "ops/float_bits.h"

#ifdef __x86_64__
#include <emmintrin.h>
#endif

/* Eight digits of a number below 10**8, as eight bytes whose first is the lowest of
 * the result. Halves, quarters and single digits are split off side by side; the
 * products divide by 100 and 10, exactly for numbers this small. */
static inline uint64_t split8(uint32_t number)
{
    uint64_t high, x = number / 10000 | (uint64_t)(number % 10000) << 32;

    high = x * 10486 >> 20 & 0x0000007f0000007f;
    x = high | (x - 100 * high) << 16;
    high = x * 103 >> 10 & 0x000f000f000f000f;
    return high | (x - 10 * high) << 8;
}

#define ZEROS 0x3030303030303030u

static inline void store8(char *to, uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    memcpy(to, &bytes, sizeof bytes);
}

static inline char *put8(char *to, uint32_t number)
{
    store8(to, split8(number) | ZEROS);
    return to + 8;
}

/* Without leading zeros. */
static inline char *put_first8(char *to, uint32_t number)
{
    uint64_t digits = split8(number);
    int zeros = __builtin_ctzll(digits | 1ull << 56) / 8;

    store8(to, (digits | ZEROS) >> 8 * zeros);
    return to + 8 - zeros;
}

#define E8  UINT64_C(100000000)
#define E16 UINT64_C(10000000000000000)

char *mmv_put_u8(char *to, uint64_t number)
{
    if (number < E8)
        return put_first8(to, (uint32_t)number);
    if (number < E16) {
        to = put_first8(to, (uint32_t)(number / E8));
    } else {
        to = put_first8(to, (uint32_t)(number / E16));
        to = put8(to, (uint32_t)(number / E8 % E8));
    }
    return put8(to, (uint32_t)(number % E8));
}

char *mmv_put_i8(char *to, int64_t number)
{
    bool negative = number < 0;

    *to = '-';
    return mmv_put_u8(to + negative, negative ? 0 - (uint64_t)number : (uint64_t)number);
}

static const uint64_t powers10[] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
};

/* Digits of a number from 1 to 10**17 - 1. */
static inline int count_digits(uint64_t number)
{
    int least = (64 - __builtin_clzll(number)) * 1233 >> 12;

    return least + (number >= powers10[least]);
}

/* Which numbers have an exponent, and whether whole ones have ".0". */
enum form {
    SCALAR, /* 1e16 and up, below 1e-4; yes */
    PART,   /* of a complex number: the same; no */
    FORCED, /* all; no */
};

static char *put_exponent(char *to, int exponent)
{
    unsigned size = (unsigned)(exponent < 0 ? -exponent : exponent);

    to[0] = 'e';
    to[1] = exponent < 0 ? '-' : '+';
    to[2] = (char)('0' + size / 10);
    if (size >= 100)
        return mmv_put_u8(to + 2, size);
    to[3] = (char)('0' + size % 10);
    return to + 4;
}

/* The sixteen digits behind the first of seventeen, as characters. */
struct tail {
    uint64_t a, b; /* their first byte is the lowest */
};

/* Of two numbers below 10**8. */
static inline struct tail spell_tail(uint32_t high, uint32_t low)
{
#ifdef __x86_64__
    /* As split8(), with both at a time. */
    __m128i x = _mm_set_epi64x(low, high), q;
    struct tail tail;

    q = _mm_srli_epi64(_mm_mul_epu32(x, _mm_set1_epi32((int)0xd1b71759)), 45);
    x = _mm_sub_epi64(x, _mm_mul_epu32(q, _mm_set1_epi32(10000)));
    x = _mm_or_si128(q, _mm_slli_epi64(x, 32));
    q = _mm_srli_epi16(_mm_mulhi_epu16(x, _mm_set1_epi16(5243)), 3);
    x = _mm_sub_epi16(x, _mm_mullo_epi16(q, _mm_set1_epi16(100)));
    x = _mm_or_si128(q, _mm_slli_epi32(x, 16));
    q = _mm_mulhi_epu16(x, _mm_set1_epi16(6554));
    x = _mm_sub_epi16(x, _mm_mullo_epi16(q, _mm_set1_epi16(10)));
    x = _mm_or_si128(q, _mm_slli_epi16(x, 8));
    x = _mm_or_si128(x, _mm_set1_epi8('0'));
    tail.a = (uint64_t)_mm_cvtsi128_si64(x);
    tail.b = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(x, x));
    return tail;
#else
    return (struct tail){split8(high) | ZEROS, split8(low) | ZEROS};
#endif
}

static inline void put_tail(char *to, struct tail tail)
{
    store8(to, tail.a);
    store8(to + 8, tail.b);
}

/* Without the first `drop` of them; 0 to 15. */
static inline struct tail shift_tail(struct tail tail, int drop)
{
    int bits = 8 * (drop & 7);
    uint64_t from_b = bits ? tail.b << (64 - bits) : 0;

    if (drop & 8)
        return (struct tail){tail.b >> bits, 0};
    return (struct tail){tail.a >> bits | from_b, tail.b >> bits};
}

static inline char *put_mem(char *to, const char *text, size_t length)
{
    memcpy(to, text, length);
    return to + length;
}

/* All digits are put in each place where they may be wanted, and what is behind the
 * end is not: there are few branches. */
static inline char *put_decimal(char *to, struct mmv_decimal decimal, enum form form)
{
    int count = count_digits(decimal.digits);
    uint64_t seventeen = decimal.digits * powers10[17 - count];
    struct tail tail = spell_tail((uint32_t)(seventeen / E8 % E8), (uint32_t)(seventeen % E8));
    char first = (char)('0' + seventeen / E16);
    int point = count + decimal.exponent; /* digits before it */

    if (form != FORCED && point >= 1 && point <= 16) {
        int end = count > point ? count : form == SCALAR ? point + 1 : point - 1;

        to[0] = first;
        put_tail(to + 1, tail);
        tail = shift_tail(tail, point - 1);
        to[point] = '.';
        put_tail(to + point + 1, tail);
        return to + end + 1;
    }
    if (form != FORCED && point <= 0 && point > -4) {
        put_mem(to, "0.000", 5);
        to += 2 - point;
        to[0] = first;
        put_tail(to + 1, tail);
        return to + count;
    }
    to[0] = first;
    to[1] = '.';
    put_tail(to + 2, tail);
    return put_exponent(to + count + (count > 1), point - 1);
}

static inline char *put_zero(char *to, enum form form)
{
    return put_mem(to, "0.0", form == SCALAR ? 3 : 1);
}

static inline char *put_whole(char *to, uint64_t number, enum form form)
{
    to = mmv_put_u8(to, number);
    return put_mem(to, ".0", form == SCALAR ? 2 : 0);
}

/* True of numbers that are whole and have all their bits, so that they are their
 * own shortest digits. */
static inline bool is_whole(struct mmv_binary number, int width)
{
    int fraction = -number.exponent;

    return fraction >= 0 && fraction <= width &&
           !(number.mantissa & ((UINT64_C(1) << fraction) - 1));
}

/* Numbers without their signs. */

static inline char *put_f8(char *to, uint64_t bits, enum form form)
{
    struct mmv_binary number;
    double value;

    if (bits >> 52 == 0x7ff)
        return put_mem(to, bits << 12 ? "nan" : "inf", 3);
    if (bits == 0)
        return put_zero(to, form);
    value = mmv_double_of_bits(bits);
    number = mmv_binary_f8(value);
    if (is_whole(number, 52))
        return put_whole(to, (uint64_t)number.mantissa >> -number.exponent, form);
    return put_decimal(to, mmv_digits_f8(value), form);
}

static inline char *put_f4(char *to, uint32_t bits, enum form form)
{
    const uint32_t ten_thousandth = 0x38d1b717; /* the float, a little less */
    struct mmv_binary number;
    float value;

    if (bits >> 23 == 0xff)
        return put_mem(to, bits << 9 ? "nan" : "inf", 3);
    if (bits == 0)
        return put_zero(to, form);
    value = mmv_float_of_bits(bits);
    number = mmv_binary_f4(value);
    if (is_whole(number, 23))
        return put_whole(to, (uint64_t)number.mantissa >> -number.exponent, form);
    return put_decimal(to, mmv_digits_f4(value), bits == ten_thousandth ? FORCED : form);
}

static char *put_f2(char *to, unsigned bits, enum form form)
{
    if (bits >> 10 == 0x1f)
        return put_mem(to, bits & 0x3ff ? "nan" : "inf", 3);
    if (bits == 0)
        return put_zero(to, form);
    return put_decimal(to, mmv_digits_f2((uint16_t)bits), form);
}

/* With the sign of the highest bit, which NaN has not, and '+' where it is asked for. */

static inline char *put_sign(char *to, bool negative, bool plus)
{
    *to = negative ? '-' : '+';
    return to + (negative || plus);
}

static inline char *put_signed_f8(char *to, double number, enum form form, bool plus)
{
    uint64_t bits = mmv_bits_of_double(number), size = bits & INT64_MAX;

    return put_f8(put_sign(to, bits > size && size <= UINT64_C(0x7ff) << 52, plus), size, form);
}

static inline char *put_signed_f4(char *to, float number, enum form form, bool plus)
{
    uint32_t bits = mmv_bits_of_float(number), size = bits & INT32_MAX;

    return put_f4(put_sign(to, bits > size && size <= 0x7f800000, plus), size, form);
}

char *mmv_put_f8(char *to, double number)
{
    return put_signed_f8(to, number, SCALAR, false);
}

char *mmv_put_f4(char *to, float number)
{
    return put_signed_f4(to, number, SCALAR, false);
}

char *mmv_put_f2(char *to, uint16_t bits)
{
    unsigned size = bits & INT16_MAX;

    return put_f2(put_sign(to, bits > size && size <= 0x7c00, false), size, SCALAR);
}

/* A real part of zero is left out, and the parentheses with it; a negative zero is
 * not. */

char *mmv_put_c16(char *to, double real, double imag)
{
    if (mmv_bits_of_double(real) == 0) {
        to = put_signed_f8(to, imag, PART, false);
        *to = 'j';
        return to + 1;
    }
    *to = '(';
    to = put_signed_f8(to + 1, real, PART, false);
    to = put_signed_f8(to, imag, PART, true);
    return put_mem(to, "j)", 2);
}

char *mmv_put_c8(char *to, float real, float imag)
{
    if (mmv_bits_of_float(real) == 0) {
        to = put_signed_f4(to, imag, PART, false);
        *to = 'j';
        return to + 1;
    }
    *to = '(';
    to = put_signed_f4(to + 1, real, PART, false);
    to = put_signed_f4(to, imag, PART, true);
    return put_mem(to, "j)", 2);
}

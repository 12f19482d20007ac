/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The text of floats and doubles, and of complex numbers made of them. */
#include <stdbool.h>
#include <string.h>

#include "ops/digits.h"
#include "ops/float_bits.h"
#include "ops/number_text.h"
#include "ops/spell.h"

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

/* Digits of a number below 10**17; 0 has none. */
static inline int count_digits(uint64_t number)
{
    int least = (mmv_highest_bit(number | 1) + 1) * 1233 >> 12;

    return least + (number >= powers10[least]);
}

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

static inline char *put_mem(char *to, const char *text, size_t length)
{
    memcpy(to, text, length);
    return to + length;
}

/* Seventeen digits of a number, the first of which is not 0, but for the number 0. */
struct seventeen {
    struct mmv_spelt others;
    int point; /* so many are before it */
    char first;
};

static inline struct seventeen spell(struct mmv_decimal decimal)
{
    int given = count_digits(decimal.digits);
    uint64_t number = decimal.digits * powers10[17 - given];
    uint64_t nine = number / MMV_E8, first = nine / MMV_E8;

    return (struct seventeen){
        .others =
            mmv_spell16((uint32_t)(nine - first * MMV_E8), (uint32_t)(number - nine * MMV_E8)),
        .point = given + decimal.exponent,
        .first = (char)('0' + first),
    };
}

/* Where numbers from 1e-4 to 1e8 have their digits and their point, by the digits before
 * it: -3 to 8. Below 1 there are zeros before the first digit. */
static const struct place {
    uint64_t before; /* a mask of the second to ninth digit: those before the point */
    uint64_t point;  /* '.' in its place among them */
    uint8_t first;   /* where the first digit goes */
    uint8_t others;  /* how far behind it the others go that are behind the point */
} places[] = {
    {UINT64_MAX, 0, 5, 1},
    {UINT64_MAX, 0, 4, 1},
    {UINT64_MAX, 0, 3, 1},
    {UINT64_MAX, 0, 2, 1},
    {0, '.', 0, 2},
    {0xff, (uint64_t)'.' << 8, 0, 2},
    {0xffff, (uint64_t)'.' << 16, 0, 2},
    {0xffffff, (uint64_t)'.' << 24, 0, 2},
    {0xffffffff, (uint64_t)'.' << 32, 0, 2},
    {0xffffffffff, (uint64_t)'.' << 40, 0, 2},
    {0xffffffffffff, (uint64_t)'.' << 48, 0, 2},
    {0xffffffffffffff, (uint64_t)'.' << 56, 0, 2},
};

/* Digits are put in each place where they may be wanted, and what is behind the end is
 * not: there are few branches. */
static inline __attribute__((always_inline)) char *
put_spelt(char *to, const struct seventeen *digits, bool exponent)
{
    int count = 1 + digits->others.count, point = digits->point;
    int end = count > point + 1 ? count : point + 1; /* whole numbers have a 0 behind it */

    if (!exponent && point >= -3 && point <= 8) {
        const struct place *place = &places[point + 3];
        uint64_t a = digits->others.a;

        mmv_store8(to, (MMV_ZEROS & ~(uint64_t)0xff00) | (uint64_t)'.' << 8); /* "0.000000" */
        to += place->first;
        to[0] = digits->first;
        mmv_store16(to + place->others, digits->others);
        mmv_store8(to + 1, (a & place->before) | place->point | (a & ~place->before) << 8);
        return to + end + place->others - 1;
    }
    to[0] = digits->first;
    if (!exponent && point > 8 && point <= 16) {
        mmv_store16(to + 1, digits->others);
        to[point] = '.';
        mmv_store16(to + point + 1, mmv_drop_first(digits->others, point - 1));
        return to + end + 1;
    }
    to[1] = '.';
    mmv_store16(to + 2, digits->others);
    return put_exponent(to + count + (count > 1), point - 1);
}

static inline char *put_decimal(char *to, struct mmv_decimal decimal, bool exponent)
{
    struct seventeen digits = spell(decimal);

    return put_spelt(to, &digits, exponent);
}

/* Takes numbers that are 0, or whole and have all their bits, so that they are their own
 * shortest digits. False: this one is not so. */
static inline bool take_whole(struct mmv_binary number, unsigned width, struct mmv_decimal *out)
{
    uint64_t mantissa = (uint64_t)number.mantissa;
    unsigned bits = (unsigned)-number.exponent; /* of the fraction */
    unsigned shift = bits & 63;
    bool zero = mantissa == 0, none = !(mantissa & ((UINT64_C(1) << shift) - 1));

    /* The point is behind the only digit of 0, which is none that counts. */
    *out = (struct mmv_decimal){mantissa >> shift, zero};
    return ((bits <= width) & none) | zero;
}

/* Of numbers without their signs, as bits. */

#define INFINITY_F8 (UINT64_C(0x7ff) << 52)
#define INFINITY_F4 (UINT32_C(0xff) << 23)
#define INFINITY_F2 0x7c00u

/* Digits of those that are finite. */

static inline struct mmv_decimal digits_f8(uint64_t bits)
{
    double value = mmv_double_of_bits(bits);
    struct mmv_decimal whole;

    return take_whole(mmv_binary_f8(value), 52, &whole) ? whole : mmv_digits_f8(value);
}

static inline struct mmv_decimal digits_f4(uint32_t bits)
{
    float value = mmv_float_of_bits(bits);
    struct mmv_decimal whole;

    return take_whole(mmv_binary_f4(value), 23, &whole) ? whole : mmv_digits_f4(value);
}

static inline struct mmv_decimal digits_f2(uint16_t bits)
{
    return bits ? mmv_digits_f2(bits) : (struct mmv_decimal){0, 1};
}

/* The float 1e-4 is a little less than 0.0001. */
static inline bool has_exponent(uint32_t bits)
{
    return bits == 0x38d1b717;
}

static char *put_special(char *to, bool nan)
{
    return put_mem(to, nan ? "nan" : "inf", 3);
}

static inline char *put_f8(char *to, uint64_t bits)
{
    if (bits >= INFINITY_F8)
        return put_special(to, bits > INFINITY_F8);
    return put_decimal(to, digits_f8(bits), false);
}

static inline char *put_f4(char *to, uint32_t bits)
{
    if (bits >= INFINITY_F4)
        return put_special(to, bits > INFINITY_F4);
    return put_decimal(to, digits_f4(bits), has_exponent(bits));
}

/* With the sign of the highest bit, which NaN has not, and '+' where it is asked for. */

static inline char *put_sign(char *to, bool negative, bool plus)
{
    *to = negative ? '-' : '+';
    return to + (negative || plus);
}

static char *put_signed_f8(char *to, double number, bool plus)
{
    uint64_t bits = mmv_bits_of_double(number), size = bits & INT64_MAX;

    return put_f8(put_sign(to, bits > size && size <= INFINITY_F8, plus), size);
}

static char *put_signed_f4(char *to, float number, bool plus)
{
    uint32_t bits = mmv_bits_of_float(number), size = bits & INT32_MAX;

    return put_f4(put_sign(to, bits > size && size <= INFINITY_F4, plus), size);
}

char *mmv_put_f8(char *to, double number)
{
    return put_signed_f8(to, number, false);
}

char *mmv_put_f4(char *to, float number)
{
    return put_signed_f4(to, number, false);
}

char *mmv_put_f2(char *to, uint16_t bits)
{
    unsigned size = bits & INT16_MAX;

    to = put_sign(to, bits > size && size <= INFINITY_F2, false);
    if (size >= INFINITY_F2)
        return put_special(to, size > INFINITY_F2);
    return put_decimal(to, digits_f2((uint16_t)size), false);
}

/* Many at once. The digits of all come before the text of the first: a processor works on
 * as many numbers at a time as fit into what it looks ahead, and more do if less is done
 * with each. */

static const struct mmv_decimal no_digits = {0, 1};

static char *put_word(char *to, bool nan, bool negative, const struct mmv_float_words *words)
{
    const char *word = nan ? words->nan : negative ? words->minus_inf : words->inf;

    return put_mem(to, word, strlen(word));
}

char *mmv_put_f8s(char *to, const double *numbers, int count, const struct mmv_float_words *words,
                  char after)
{
    struct mmv_decimal decimals[MMV_FLOATS_MOST];
    struct seventeen digits[MMV_FLOATS_MOST];

    for (int i = 0; i < count; i++) {
        uint64_t size = mmv_bits_of_double(numbers[i]) & INT64_MAX;

        decimals[i] = size < INFINITY_F8 ? digits_f8(size) : no_digits;
    }
    for (int i = 0; i < count; i++)
        digits[i] = spell(decimals[i]);
    for (int i = 0; i < count; i++) {
        uint64_t bits = mmv_bits_of_double(numbers[i]), size = bits & INT64_MAX;

        if (size < INFINITY_F8)
            to = put_spelt(put_sign(to, bits > size, false), &digits[i], false);
        else
            to = put_word(to, size > INFINITY_F8, bits > size, words);
        *to++ = after;
    }
    return to;
}

char *mmv_put_f4s(char *to, const float *numbers, int count, const struct mmv_float_words *words,
                  char after)
{
    struct mmv_decimal decimals[MMV_FLOATS_MOST];
    struct seventeen digits[MMV_FLOATS_MOST];

    for (int i = 0; i < count; i++) {
        uint32_t size = mmv_bits_of_float(numbers[i]) & INT32_MAX;

        decimals[i] = size < INFINITY_F4 ? digits_f4(size) : no_digits;
    }
    for (int i = 0; i < count; i++)
        digits[i] = spell(decimals[i]);
    for (int i = 0; i < count; i++) {
        uint32_t bits = mmv_bits_of_float(numbers[i]), size = bits & INT32_MAX;

        if (size < INFINITY_F4)
            to = put_spelt(put_sign(to, bits > size, false), &digits[i], has_exponent(size));
        else
            to = put_word(to, size > INFINITY_F4, bits > size, words);
        *to++ = after;
    }
    return to;
}

/* Whole parts of a complex number have no ".0". */
static inline char *drop_zero(char *end)
{
    return end[-1] == '0' && end[-2] == '.' ? end - 2 : end;
}

/* A real part of zero is left out, and the parentheses with it; a negative zero is
 * not. */

char *mmv_put_c16(char *to, double real, double imag)
{
    if (mmv_bits_of_double(real) == 0) {
        to = drop_zero(put_signed_f8(to, imag, false));
        *to = 'j';
        return to + 1;
    }
    *to = '(';
    to = drop_zero(put_signed_f8(to + 1, real, false));
    to = drop_zero(put_signed_f8(to, imag, true));
    return put_mem(to, "j)", 2);
}

char *mmv_put_c8(char *to, float real, float imag)
{
    if (mmv_bits_of_float(real) == 0) {
        to = drop_zero(put_signed_f4(to, imag, false));
        *to = 'j';
        return to + 1;
    }
    *to = '(';
    to = drop_zero(put_signed_f4(to + 1, real, false));
    to = drop_zero(put_signed_f4(to, imag, true));
    return put_mem(to, "j)", 2);
}

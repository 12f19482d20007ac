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

/* Digits of a number from 1 to 10**17 - 1. */
static inline int count_digits(uint64_t number)
{
    int least = (mmv_highest_bit(number) + 1) * 1233 >> 12;

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

static inline char *put_mem(char *to, const char *text, size_t length)
{
    memcpy(to, text, length);
    return to + length;
}

/* Seventeen digits, the first of which is not 0; the last may be. */
struct seventeen {
    char first;
    struct mmv_spelt others;
};

static inline struct seventeen spell17(uint64_t number)
{
    uint64_t nine = number / MMV_E8, first = nine / MMV_E8;

    return (struct seventeen){
        (char)('0' + first),
        mmv_spell16((uint32_t)(nine - first * MMV_E8), (uint32_t)(number - nine * MMV_E8)),
    };
}

/* Puts 1 to 8 digits, a point and the others. All digits are put behind the point, where
 * the first ones are put over. */
static inline void put_around_point(char *to, struct seventeen digits, int point)
{
    int bits = 8 * (point - 1);
    uint64_t before = (UINT64_C(1) << bits) - 1, a = digits.others.a;

    to[0] = digits.first;
    mmv_store16(to + 2, digits.others);
    mmv_store8(to + 1, (a & before) | (uint64_t)'.' << bits | (a & ~before) << 8);
}

/* Digits are put in each place where they may be wanted, and what is behind the end is
 * not: there are few branches. */
static inline char *put_decimal(char *to, struct mmv_decimal decimal, enum form form)
{
    int given = count_digits(decimal.digits);
    struct seventeen digits = spell17(decimal.digits * powers10[17 - given]);
    int count = 1 + digits.others.count;
    int point = given + decimal.exponent; /* digits before it */

    if (form != FORCED && point >= 1 && point <= 16) {
        int end = count > point ? count : form == SCALAR ? point + 1 : point - 1;

        if (point <= 8) {
            put_around_point(to, digits, point);
            return to + end + 1;
        }
        to[0] = digits.first;
        mmv_store16(to + 1, digits.others);
        to[point] = '.';
        mmv_store16(to + point + 1, mmv_drop_first(digits.others, point - 1));
        return to + end + 1;
    }
    if (form != FORCED && point <= 0 && point > -4) {
        put_mem(to, "0.000", 5);
        to += 2 - point;
        to[0] = digits.first;
        mmv_store16(to + 1, digits.others);
        return to + count;
    }
    to[0] = digits.first;
    to[1] = '.';
    mmv_store16(to + 2, digits.others);
    return put_exponent(to + count + (count > 1), point - 1);
}

/* True of numbers that are whole and have all their bits, so that they are their
 * own shortest digits. */
static inline bool is_whole(struct mmv_binary number, int width)
{
    int fraction = -number.exponent;

    return fraction >= 0 && fraction <= width &&
           !(number.mantissa & ((UINT64_C(1) << fraction) - 1));
}

/* Of numbers without their signs, as bits. */

#define INFINITY_F8 (UINT64_C(0x7ff) << 52)
#define INFINITY_F4 (UINT32_C(0xff) << 23)
#define INFINITY_F2 0x7c00u

/* Digits of those that are finite and not 0. */

static inline struct mmv_decimal digits_f8(uint64_t bits)
{
    double value = mmv_double_of_bits(bits);
    struct mmv_binary number = mmv_binary_f8(value);

    if (is_whole(number, 52))
        return (struct mmv_decimal){(uint64_t)number.mantissa >> -number.exponent, 0};
    return mmv_digits_f8(value);
}

static inline struct mmv_decimal digits_f4(uint32_t bits)
{
    float value = mmv_float_of_bits(bits);
    struct mmv_binary number = mmv_binary_f4(value);

    if (is_whole(number, 23))
        return (struct mmv_decimal){(uint64_t)number.mantissa >> -number.exponent, 0};
    return mmv_digits_f4(value);
}

/* The float 1e-4 is a little less than 0.0001. */
static inline enum form form_f4(uint32_t bits, enum form form)
{
    return bits == 0x38d1b717 ? FORCED : form;
}

/* Of 0 and those that are not finite. */
static char *put_special(char *to, bool zero, bool nan, enum form form)
{
    if (zero)
        return put_mem(to, "0.0", form == SCALAR ? 3 : 1);
    return put_mem(to, nan ? "nan" : "inf", 3);
}

static inline char *put_f8(char *to, uint64_t bits, enum form form)
{
    if (bits - 1 >= INFINITY_F8 - 1)
        return put_special(to, bits == 0, bits > INFINITY_F8, form);
    return put_decimal(to, digits_f8(bits), form);
}

static inline char *put_f4(char *to, uint32_t bits, enum form form)
{
    if (bits - 1 >= INFINITY_F4 - 1)
        return put_special(to, bits == 0, bits > INFINITY_F4, form);
    return put_decimal(to, digits_f4(bits), form_f4(bits, form));
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

    return put_f8(put_sign(to, bits > size && size <= INFINITY_F8, plus), size, form);
}

static inline char *put_signed_f4(char *to, float number, enum form form, bool plus)
{
    uint32_t bits = mmv_bits_of_float(number), size = bits & INT32_MAX;

    return put_f4(put_sign(to, bits > size && size <= INFINITY_F4, plus), size, form);
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

    to = put_sign(to, bits > size && size <= INFINITY_F2, false);
    if (size == 0 || size >= INFINITY_F2)
        return put_special(to, size == 0, size > INFINITY_F2, SCALAR);
    return put_decimal(to, mmv_digits_f2((uint16_t)size), SCALAR);
}

/* ---- Many. The digits of all come before the text of the first: a processor works on
 * as many numbers at a time as fit into what it looks ahead, and more do if less is
 * done with each. */

static char *put_unusual(char *to, bool zero, bool nan, bool negative,
                         const struct mmv_float_words *words)
{
    const char *word = nan ? words->nan : negative ? words->minus_inf : words->inf;

    if (zero)
        return put_special(put_sign(to, negative, false), true, false, SCALAR);
    return put_mem(to, word, strlen(word));
}

char *mmv_put_f8s(char *to, const double *numbers, int count, const struct mmv_float_words *words,
                  char after)
{
    struct mmv_decimal digits[MMV_FLOATS_MOST];

    for (int i = 0; i < count; i++) {
        uint64_t size = mmv_bits_of_double(numbers[i]) & INT64_MAX;

        if (size - 1 < INFINITY_F8 - 1)
            digits[i] = digits_f8(size);
    }
    for (int i = 0; i < count; i++) {
        uint64_t bits = mmv_bits_of_double(numbers[i]), size = bits & INT64_MAX;

        if (size - 1 < INFINITY_F8 - 1)
            to = put_decimal(put_sign(to, bits > size, false), digits[i], SCALAR);
        else
            to = put_unusual(to, size == 0, size > INFINITY_F8, bits > size, words);
        *to++ = after;
    }
    return to;
}

char *mmv_put_f4s(char *to, const float *numbers, int count, const struct mmv_float_words *words,
                  char after)
{
    struct mmv_decimal digits[MMV_FLOATS_MOST];

    for (int i = 0; i < count; i++) {
        uint32_t size = mmv_bits_of_float(numbers[i]) & INT32_MAX;

        if (size - 1 < INFINITY_F4 - 1)
            digits[i] = digits_f4(size);
    }
    for (int i = 0; i < count; i++) {
        uint32_t bits = mmv_bits_of_float(numbers[i]), size = bits & INT32_MAX;

        if (size - 1 < INFINITY_F4 - 1)
            to = put_decimal(put_sign(to, bits > size, false), digits[i], form_f4(size, SCALAR));
        else
            to = put_unusual(to, size == 0, size > INFINITY_F4, bits > size, words);
        *to++ = after;
    }
    return to;
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

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/number_parse.h"

#include <errno.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <mmview/dtype.h>

#include "base/alloc.h"
#include "format/scan.h"
#include "ops/half.h"

/* What is shown of a long text. */
#define SHOWN 60

static int refuse(const struct mmview_dtype *dtype, const char *text, size_t length, int status,
                  const char *why, struct mmview_error *err)
{
    char name[40];

    mmview_dtype_name(dtype, name, sizeof name);
    return mmv_fail(err, status, "'%.*s%s' %s %s", length > SHOWN ? SHOWN : (int)length, text,
                    length > SHOWN ? "..." : "", why, name);
}

int mmv_parse_refuse(const struct mmview_dtype *dtype, const char *text, size_t length,
                     struct mmview_error *err)
{
    return refuse(dtype, text, length, MMVIEW_EINVAL, "is no", err);
}

int mmv_parse_too_large(const struct mmview_dtype *dtype, const char *text, size_t length,
                        struct mmview_error *err)
{
    return refuse(dtype, text, length, MMVIEW_EOVERFLOW, "does not fit in", err);
}

static bool is_word(const char *text, size_t length, const char *word)
{
    return length == strlen(word) && memcmp(text, word, length) == 0;
}

int mmv_parse_bool(const char *text, size_t length, void *item, struct mmview_error *err)
{
    static const char *const words[] = {"False", "True", "false", "true", "0", "1"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(text, length, words[i])) {
            *(unsigned char *)item = i & 1;
            return MMVIEW_OK;
        }
    return mmv_fail(err, MMVIEW_EINVAL, "'%.*s' is neither True nor False",
                    length > SHOWN ? SHOWN : (int)length, text);
}

/* The base that a prefix tells, which is passed. */
static unsigned base_of(const char *text, size_t length, size_t *at)
{
    static const struct {
        char letter;
        unsigned base;
    } prefixes[] = {{'x', 16}, {'o', 8}, {'b', 2}};

    if (length - *at > 2 && text[*at] == '0')
        for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
            if ((text[*at + 1] | 0x20) == prefixes[i].letter) {
                *at += 2;
                return prefixes[i].base;
            }
    return 10;
}

/* False if it is no integer. */
static bool read_integer(const char *text, size_t length, bool *negative, uint64_t *magnitude,
                         bool *huge)
{
    size_t at = length > 0 && (text[0] == '-' || text[0] == '+');
    unsigned base;

    *negative = length > 0 && text[0] == '-';
    *magnitude = 0;
    *huge = false;
    base = base_of(text, length, &at);
    if (at == length)
        return false;
    for (; at < length; at++) {
        int digit = mmv_hex_digit((unsigned char)text[at]);

        if (text[at] == '_' && at > 0 && at + 1 < length &&
            mmv_hex_digit((unsigned char)text[at - 1]) >= 0)
            continue;
        if (digit < 0 || (unsigned)digit >= base)
            return false;
        *huge = *huge || __builtin_mul_overflow(*magnitude, base, magnitude) ||
                __builtin_add_overflow(*magnitude, (unsigned)digit, magnitude);
    }
    return text[length - 1] != '_';
}

int mmv_parse_integer(const struct mmview_dtype *dtype, const char *text, size_t length, void *item,
                      struct mmview_error *err)
{
    int bits = 8 * dtype->itemsize;
    uint64_t most = dtype->kind == 'u' ? UINT64_MAX >> (64 - bits) : UINT64_MAX >> (65 - bits);
    bool negative, huge;
    uint64_t magnitude;

    if (!read_integer(text, length, &negative, &magnitude, &huge))
        return mmv_parse_refuse(dtype, text, length, err);
    if (negative && dtype->kind == 'u')
        most = 0;
    else if (negative)
        most++;
    if (huge || magnitude > most)
        return mmv_parse_too_large(dtype, text, length, err);
    if (negative)
        magnitude = 0 - magnitude;
    switch (dtype->itemsize) {
    case 1: memcpy(item, &(uint8_t){(uint8_t)magnitude}, 1); break;
    case 2: memcpy(item, &(uint16_t){(uint16_t)magnitude}, 2); break;
    case 4: memcpy(item, &(uint32_t){(uint32_t)magnitude}, 4); break;
    default: memcpy(item, &magnitude, 8); break;
    }
    return MMVIEW_OK;
}

static size_t pass_digits(const char *text, size_t length, size_t at)
{
    while (at < length && mmv_is_digit((unsigned char)text[at]))
        at++;
    return at;
}

static bool is_name(const char *text, size_t length, const char *name)
{
    if (length < strlen(name))
        return false;
    for (size_t i = 0; name[i]; i++)
        if ((text[i] | 0x20) != name[i])
            return false;
    return true;
}

/* Bytes of the number that a text starts with, its sign included; 0 for none. What C
 * takes besides, as hexadecimal fractions, is none. */
static size_t number_length(const char *text, size_t length, bool *infinite)
{
    static const char *const names[] = {"infinity", "inf", "nan"};
    size_t sign = length > 0 && (text[0] == '-' || text[0] == '+');
    size_t at, digits;

    *infinite = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_name(text + sign, length - sign, names[i])) {
            *infinite = i < 2;
            return sign + strlen(names[i]);
        }
    at = pass_digits(text, length, sign);
    digits = at - sign;
    if (at < length && text[at] == '.') {
        size_t end = pass_digits(text, length, at + 1);

        digits += end - at - 1;
        at = end;
    }
    if (digits == 0)
        return 0;
    if (at < length && (text[at] | 0x20) == 'e') {
        size_t first = at + 1;

        if (first < length && (text[first] == '-' || text[first] == '+'))
            first++;
        if (pass_digits(text, length, first) > first)
            at = pass_digits(text, length, first);
    }
    return at;
}

/* A terminated text of a number to one of `size` bytes. False: it is too large. */
static bool convert(const char *text, size_t size, bool infinite, void *item)
{
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    int saved = errno;
    bool fits = true;

    if (size == 2) {
        double number = strtod_l(text, NULL, c_locale);
        uint16_t half = mmv_half_of_double(number);

        fits = infinite || (half & 0x7fff) != 0x7c00;
        memcpy(item, &half, sizeof half);
    } else if (size == sizeof(float)) {
        float number = strtof_l(text, NULL, c_locale);

        fits = infinite || !isinf(number);
        memcpy(item, &number, sizeof number);
    } else if (size == sizeof(double)) {
        double number = strtod_l(text, NULL, c_locale);

        fits = infinite || !isinf(number);
        memcpy(item, &number, sizeof number);
    } else {
        long double number = strtold_l(text, NULL, c_locale);

        /* The 80 bits of x86 are in more bytes; what the processor leaves in the
         * others is chance, and is not to get into a file. */
        size_t used = LDBL_MANT_DIG == 64 ? 10 : sizeof number;

        fits = infinite || !isinf(number);
        memset(item, 0, size);
        memcpy(item, &number, used);
    }
    errno = saved;
    freelocale(c_locale);
    return fits;
}

/* Reads the number that a text starts with. */
static int read_float(const struct mmview_dtype *dtype, const char *text, size_t length,
                      size_t size, void *item, size_t *used, struct mmview_error *err)
{
    bool infinite, fits;
    char room[128];
    char *copy = room;

    *used = number_length(text, length, &infinite);
    if (*used == 0)
        return mmv_parse_refuse(dtype, text, length, err);
    if (*used >= sizeof room && !(copy = mmv_alloc(*used + 1)))
        return mmv_fail_nomem(err);
    memcpy(copy, text, *used);
    copy[*used] = '\0';
    fits = convert(copy, size, infinite, item);
    if (copy != room)
        mmv_free(copy);
    return fits ? MMVIEW_OK : mmv_parse_too_large(dtype, text, length, err);
}

int mmv_parse_float(const struct mmview_dtype *dtype, const char *text, size_t length, void *item,
                    struct mmview_error *err)
{
    size_t used;
    int status = read_float(dtype, text, length, (size_t)dtype->itemsize, item, &used, err);

    if (status == MMVIEW_OK && used < length)
        return mmv_parse_refuse(dtype, text, length, err);
    return status;
}

int mmv_parse_complex(const struct mmview_dtype *dtype, const char *text, size_t length, void *item,
                      struct mmview_error *err)
{
    size_t half = (size_t)dtype->itemsize / 2, used;
    unsigned char *parts = item;
    const char *at = text;
    size_t left = length;
    int status;

    if (left > 1 && text[0] == '(' && text[left - 1] == ')') {
        at++;
        left -= 2;
    }
    memset(item, 0, 2 * half);
    status = read_float(dtype, at, left, half, parts, &used, err);
    if (status < 0)
        return status;
    if (used == left)
        return MMVIEW_OK;
    if (used + 1 == left && at[used] == 'j') {
        memcpy(parts + half, parts, half);
        memset(parts, 0, half);
        return MMVIEW_OK;
    }
    if (at[used] != '+' && at[used] != '-')
        return mmv_parse_refuse(dtype, text, length, err);
    at += used;
    left -= used;
    status = read_float(dtype, at, left, half, parts + half, &used, err);
    if (status == MMVIEW_OK && (used + 1 != left || at[used] != 'j'))
        return mmv_parse_refuse(dtype, text, length, err);
    return status;
}

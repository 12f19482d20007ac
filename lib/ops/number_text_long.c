/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The text of long doubles: no shortcuts, as they are rare. */
#include "ops/number_text.h"

#include <float.h>
#include <string.h>

#include "ops/digits.h"
#include "ops/float_bits.h"

#if LDBL_MANT_DIG == DBL_MANT_DIG

char *mmv_put_f16(char *to, long double number)
{
    return mmv_put_f8(to, (double)number);
}

char *mmv_put_c32(char *to, long double real, long double imag)
{
    return mmv_put_c16(to, (double)real, (double)imag);
}

#else

static char *put_mem(char *to, const char *text, int length)
{
    memcpy(to, text, (size_t)length);
    return to + length;
}

static char *put_exponent(char *to, int exponent)
{
    *to++ = 'e';
    *to++ = exponent < 0 ? '-' : '+';
    if (exponent > -10 && exponent < 10)
        *to++ = '0';
    return mmv_put_u8(to, (uint64_t)(exponent < 0 ? -exponent : exponent));
}

/* zero is what whole numbers end in. */
static char *put_digits(char *to, const struct mmv_digits *digits, const char *zero)
{
    int count = digits->count, point = digits->exponent + 1, whole;

    if (point <= -4 || point > 16) {
        *to++ = digits->text[0];
        if (count > 1)
            *to++ = '.';
        to = put_mem(to, digits->text + 1, count - 1);
        return put_exponent(to, digits->exponent);
    }
    if (point <= 0) {
        to = put_mem(to, "0.000", 2 - point);
        return put_mem(to, digits->text, count);
    }
    whole = count < point ? count : point;
    to = put_mem(to, digits->text, whole);
    to = put_mem(to, "0000000000000000", point - whole);
    if (count <= point)
        return put_mem(to, zero, (int)strlen(zero));
    *to++ = '.';
    return put_mem(to, digits->text + point, count - point);
}

static char *put_signed(char *to, long double number, const char *zero, bool plus)
{
    enum mmv_float_class class = mmv_class_f16(number);
    struct mmv_digits digits;

    if (class != MMV_NAN && mmv_sign_f16(number))
        *to++ = '-';
    else if (plus)
        *to++ = '+';
    if (class != MMV_FINITE)
        return put_mem(to, class == MMV_NAN ? "nan" : "inf", 3);
    mmv_digits_cut_f16(number, MMV_CUT_NONE, 0, &digits);
    return put_digits(to, &digits, zero);
}

char *mmv_put_f16(char *to, long double number)
{
    return put_signed(to, number, ".0", false);
}

char *mmv_put_c32(char *to, long double real, long double imag)
{
    if (mmv_class_f16(real) == MMV_FINITE && !mmv_sign_f16(real) &&
        mmv_binary_f16(real).mantissa == 0) {
        to = put_signed(to, imag, "", false);
        return put_mem(to, "j", 1);
    }
    *to = '(';
    to = put_signed(to + 1, real, "", false);
    to = put_signed(to, imag, "", true);
    return put_mem(to, "j)", 2);
}

#endif

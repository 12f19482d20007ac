/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/print_float.h"

#include <math.h>

#include "ops/digits.h"

static struct mmv_digits digits_of(const struct mmv_float_format *format, struct mmv_real number,
                                   enum mmv_cut cut, int most)
{
    struct mmv_digits digits;

    switch (format->type) {
    case 'e': mmv_digits_cut_f2(number.half, cut, most, &digits); break;
    case 'f': mmv_digits_cut_f4((float)number.value, cut, most, &digits); break;
    case 'd': mmv_digits_cut_f8((double)number.value, cut, most, &digits); break;
    default: mmv_digits_cut_f16(number.value, cut, most, &digits); break;
    }
    return digits;
}

/* Digits after the point, without an exponent. */
static int fraction_of(const struct mmv_digits *digits)
{
    int fraction = digits->count - 1 - digits->exponent;

    return fraction > 0 ? fraction : 0;
}

/* Digits before the point, of which there is at least one. */
static int integer_of(const struct mmv_digits *digits)
{
    return digits->exponent > 0 ? digits->exponent + 1 : 1;
}

/* Is the largest more than a thousand times the least? NumPy divides in the numbers'
 * own type, and so do we: a half is rounded once more. */
static bool is_wide(const struct mmv_float_format *format)
{
    long double high = format->high.value, low = format->low.value;

    switch (format->type) {
    case 'e': return (float)high / (float)low > 1000.25F; /* to 1000 and a half at least */
    case 'f': return (float)high / (float)low > 1000;
    case 'd': return (double)high / (double)low > 1000;
    default: return high / low > 1000;
    }
}

static void measure_size(struct mmv_float_format *format, struct mmv_real size)
{
    bool new = false;

    if (!format->nonzero || size.value > format->high.value) {
        format->high = size;
        new = true;
    }
    if (!format->nonzero || size.value < format->low.value) {
        format->low = size;
        new = true;
    }
    format->nonzero = true;
    /* Once there is a reason for exponents, others do not take it away. */
    if (new && !format->exponent)
        format->exponent =
            format->high.value >= 1e8L ||
            (!format->suppress && (format->low.value < (long double)0.0001 || is_wide(format)));
}

/* Digits beyond the precision are cut off, and then zeros at the end are not shown:
 * only those that are cut off need to be rounded to know how many are left. */
static void measure_digits(struct mmv_float_format *format, struct mmv_real size)
{
    struct mmv_digits digits = digits_of(format, size, MMV_CUT_NONE, 0), cut;

    if (!format->exponent && format->fraction < format->precision) {
        int fraction = fraction_of(&digits);

        if (fraction > format->precision) {
            cut = digits_of(format, size, MMV_CUT_FRACTION, format->precision);
            fraction = fraction_of(&cut);
        }
        if (fraction > format->fraction)
            format->fraction = fraction;
    }
    if (format->exp_fraction < format->precision) {
        if (digits.count - 1 > format->precision)
            digits = digits_of(format, size, MMV_CUT_TOTAL, format->precision + 1);
        if (digits.count - 1 > format->exp_fraction)
            format->exp_fraction = digits.count - 1;
    }
}

void mmv_float_measure(struct mmv_float_format *format, struct mmv_real number)
{
    struct mmv_real size = {fabsl(number.value), number.half & 0x7fff};
    bool minus = signbit(number.value);
    bool *any = minus ? &format->minus : &format->plain;
    struct mmv_real *most = minus ? &format->most_minus : &format->most_plain;

    if (!isfinite(number.value)) {
        format->special = true;
        format->minus_inf = format->minus_inf || (minus && isinf(number.value));
        return;
    }
    if (!*any || size.value > most->value)
        *most = size;
    *any = true;
    if (size.value > 0) {
        measure_size(format, size);
        if (format->exp_fraction < format->precision ||
            (!format->exponent && format->fraction < format->precision))
            measure_digits(format, size);
    }
}

/* Characters before the point of the widest number of a sign. */
static int left_of(const struct mmv_float_format *format, struct mmv_real most, bool sign)
{
    struct mmv_digits digits = digits_of(format, most, MMV_CUT_FRACTION, format->precision);

    return integer_of(&digits) + sign;
}

static int exp_digits_of(const struct mmv_float_format *format, struct mmv_real size)
{
    struct mmv_digits digits = digits_of(format, size, MMV_CUT_TOTAL, format->precision + 1);
    int exponent = digits.exponent < 0 ? -digits.exponent : digits.exponent;

    return exponent < 100 ? 2 : exponent < 1000 ? 3 : 4;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

void mmv_float_settle(struct mmv_float_format *format)
{
    if (format->exponent) {
        format->exp_digits =
            larger(exp_digits_of(format, format->high), exp_digits_of(format, format->low));
        format->left = format->minus || format->plus ? 2 : 1;
        format->right = format->exp_digits + 2 + format->exp_fraction;
        format->precision = format->exp_fraction;
    } else {
        format->right = format->fraction;
        if (format->plain)
            format->left = left_of(format, format->most_plain, format->plus);
        if (format->minus)
            format->left = larger(format->left, left_of(format, format->most_minus, true));
    }
    if (format->special) {
        int inf = (int)strlen("inf") + (format->plus || format->minus_inf);

        format->left = larger(format->left, inf - (format->right + 1));
    }
}

/* The blanks, if any, before a number with so many characters before the point. */
static void put_left(struct mmv_writer *writer, int room, int used)
{
    if (room > used)
        mmv_writer_fill(writer, ' ', (uint64_t)(room - used));
}

static void put_sign(const struct mmv_float_format *format, struct mmv_writer *writer, bool minus)
{
    if (minus || format->plus)
        mmv_writer_char(writer, minus ? '-' : '+');
}

static void write_special(const struct mmv_float_format *format, struct mmv_writer *writer,
                          long double value)
{
    bool minus = !isnan(value) && value < 0;

    put_left(writer, format->left + format->right + 1, 3 + (minus || format->plus));
    put_sign(format, writer, minus);
    mmv_writer_str(writer, isnan(value) ? "nan" : "inf");
}

static void write_exponent(const struct mmv_float_format *format, struct mmv_writer *writer,
                           struct mmv_real size, bool minus)
{
    struct mmv_digits digits = digits_of(format, size, MMV_CUT_EXACT, format->precision + 1);
    int exponent = digits.exponent < 0 ? -digits.exponent : digits.exponent;
    int power = format->exp_digits == 2 ? 10 : format->exp_digits == 3 ? 100 : 1000;

    put_left(writer, format->left, 1 + (minus || format->plus));
    put_sign(format, writer, minus);
    mmv_writer_char(writer, digits.text[0]);
    mmv_writer_char(writer, '.');
    mmv_writer_mem(writer, digits.text + 1, (size_t)digits.count - 1);
    mmv_writer_fill(writer, '0', (uint64_t)(format->precision + 1 - digits.count));
    mmv_writer_char(writer, 'e');
    mmv_writer_char(writer, digits.exponent < 0 ? '-' : '+');
    for (; power; power /= 10)
        mmv_writer_char(writer, (char)('0' + exponent / power % 10));
}

/* Digits before the point are the number's own, though fewer might read back: the half
 * 65504 is not 65500. What is that coarse is an integer, and as a double it has no
 * digits less. */
static struct mmv_digits positional_digits(const struct mmv_float_format *format,
                                           struct mmv_real size)
{
    struct mmv_digits digits = digits_of(format, size, MMV_CUT_FRACTION, format->precision);

    if (digits.count - 1 < digits.exponent && format->type != 'g')
        mmv_digits_cut_f8((double)size.value, MMV_CUT_FRACTION, format->precision, &digits);
    return digits;
}

/* Returns how many digits there are after the point. */
static int write_positional(const struct mmv_float_format *format, struct mmv_writer *writer,
                            struct mmv_real size, bool minus)
{
    struct mmv_digits digits = positional_digits(format, size);
    int integer = integer_of(&digits), fraction = fraction_of(&digits);
    int before = digits.exponent < 0 ? 0 : integer < digits.count ? integer : digits.count;

    put_left(writer, format->left, integer + (minus || format->plus));
    put_sign(format, writer, minus);
    mmv_writer_mem(writer, digits.text, (size_t)before);
    mmv_writer_fill(writer, '0', (uint64_t)(integer - before));
    mmv_writer_char(writer, '.');
    if (fraction > 0) {
        mmv_writer_fill(writer, '0', (uint64_t)(fraction - (digits.count - before)));
        mmv_writer_mem(writer, digits.text + before, (size_t)(digits.count - before));
    }
    return fraction;
}

void mmv_float_write(const struct mmv_float_format *format, struct mmv_writer *writer,
                     struct mmv_real number, const char *unit)
{
    struct mmv_real size = {fabsl(number.value), number.half & 0x7fff};
    bool minus = signbit(number.value);
    int fraction = format->right;

    if (!isfinite(number.value))
        write_special(format, writer, number.value);
    else if (format->exponent)
        write_exponent(format, writer, size, minus);
    else
        fraction = write_positional(format, writer, size, minus);
    mmv_writer_str(writer, unit);
    mmv_writer_fill(writer, ' ', (uint64_t)(format->right - fraction));
}

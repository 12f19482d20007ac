/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/time_text.h"

#include <string.h>

#include "ops/number_text.h"

#define NAT INT64_MIN

/* What a count of units wraps to that has more than 64 bits: NumPy's way. */
static int64_t wrap_multiply(int64_t count, int64_t factor)
{
    return (int64_t)((uint64_t)count * (uint64_t)factor);
}

static int64_t wrap_add(int64_t count, int64_t term)
{
    return (int64_t)((uint64_t)count + (uint64_t)term);
}

/* Leaves the rest, which is not negative, and returns the quotient. */
static int64_t divide(int64_t *number, int64_t divisor)
{
    int64_t quotient = *number / divisor, rest = *number % divisor;

    *number = rest < 0 ? rest + divisor : rest;
    return quotient - (rest < 0);
}

/* A number that is not negative, in so many digits at least. */
static char *put_padded(char *to, int64_t number, int width)
{
    char text[MMV_I8_TEXT_MOST];
    int length = (int)(mmv_put_i8(text, number) - text);

    for (; width > length; width--)
        *to++ = '0';
    memcpy(to, text, (size_t)length);
    return to + length;
}

/* In four characters at least, the sign counted. */
static char *put_year(char *to, int64_t year)
{
    if (year >= 0)
        return put_padded(to, year, 4);
    if (year < -999)
        return mmv_put_i8(to, year);
    *to = '-';
    return put_padded(to + 1, -year, 3);
}

/* The year of a day that is counted from 1970, and the day of that year. */
static int64_t split_days(int64_t day, int *day_of_year)
{
    const int64_t days400 = 400 * 365 + 97, days100 = 100 * 365 + 24, days4 = 4 * 365 + 1;
    int64_t year = 2000;

    day = wrap_add(day, -(30 * 365 + 7));
    if (day >= 0) {
        year += 400 * (day / days400);
        day %= days400;
    } else {
        year += 400 * (wrap_add(day, 1 - days400) / days400);
        day %= days400;
        if (day < 0)
            day += days400;
    }
    /* The first year of 400 is a leap year, that of the other centuries is not; the
     * first of four is, but not of those four. */
    if (day >= 366) {
        year += 100 * ((day - 1) / days100);
        day = (day - 1) % days100;
        if (day >= 365) {
            year += 4 * ((day + 1) / days4);
            day = (day + 1) % days4;
            if (day >= 366) {
                year += (day - 1) / 365;
                day = (day - 1) % 365;
            }
        }
    }
    *day_of_year = (int)day;
    return year;
}

static char *put_day(char *to, int64_t day)
{
    static const int ends[2][12] = {{31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
                                    {31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366}};
    int of_year, month = 0;
    int64_t year = split_days(day, &of_year);
    const int *end = ends[year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)];

    while (of_year >= end[month])
        month++;
    to = put_year(to, year);
    *to = '-';
    to = put_padded(to + 1, month + 1, 2);
    *to = '-';
    return put_padded(to + 1, of_year - (month ? end[month - 1] : 0) + 1, 2);
}

/* The parts of a day, from hours to what seconds have behind the point; each has a
 * sign before it. */
static char *put_time(char *to, int64_t count, enum mmv_unit unit)
{
    int64_t parts[3] = {0}, per_second = 1, fraction;
    int shown = unit == MMV_UNIT_h ? 1 : unit == MMV_UNIT_m ? 2 : 3;
    int digits = unit > MMV_UNIT_s ? 3 * (int)(unit - MMV_UNIT_s) : 0;

    for (int i = 0; i < digits; i++)
        per_second *= 10;
    fraction = count;
    count = divide(&fraction, per_second);
    for (int i = shown - 1; i >= 0; i--) {
        parts[i] = count;
        count = divide(&parts[i], i > 0 ? 60 : 24);
    }
    to = put_day(to, count);
    for (int i = 0; i < shown; i++) {
        *to = "T::"[i];
        to = put_padded(to + 1, parts[i], 2);
    }
    if (digits == 0)
        return to;
    *to = '.';
    return put_padded(to + 1, fraction, digits);
}

char *mmv_put_datetime(char *to, const struct mmview_dtype *dtype, int64_t value)
{
    enum mmv_unit unit = dtype->unit;
    int64_t count = wrap_multiply(value, dtype->multiple);

    if (value == NAT)
        return stpcpy(to, "NaT");
    switch (unit) {
    case MMV_UNIT_NONE:
    case MMV_UNIT_GENERIC: return mmv_put_i8(to, value);
    case MMV_UNIT_Y:
        count = wrap_add(count, 1970);
        return count == NAT ? stpcpy(to, "NaT") : put_year(to, count);
    case MMV_UNIT_M: {
        int64_t years = divide(&count, 12);

        to = put_year(to, 1970 + years);
        *to = '-';
        return put_padded(to + 1, count + 1, 2);
    }
    case MMV_UNIT_W: return put_day(to, wrap_multiply(count, 7));
    case MMV_UNIT_D: return put_day(to, count);
    default: return put_time(to, count, unit);
    }
}

static const char *const names[] = {
    [MMV_UNIT_Y] = " years",         [MMV_UNIT_M] = " months",
    [MMV_UNIT_W] = " weeks",         [MMV_UNIT_D] = " days",
    [MMV_UNIT_h] = " hours",         [MMV_UNIT_m] = " minutes",
    [MMV_UNIT_s] = " seconds",       [MMV_UNIT_ms] = " milliseconds",
    [MMV_UNIT_us] = " microseconds", [MMV_UNIT_ns] = " nanoseconds",
    [MMV_UNIT_ps] = " picoseconds",  [MMV_UNIT_fs] = " femtoseconds",
    [MMV_UNIT_as] = " attoseconds",  [MMV_UNIT_GENERIC] = " generic time units",
};

char *mmv_put_timedelta(char *to, const struct mmview_dtype *dtype, int64_t value)
{
    if (value == NAT)
        return stpcpy(to, "NaT");
    return stpcpy(mmv_put_i8(to, wrap_multiply(value, dtype->multiple)), names[dtype->unit]);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Texts of datetimes, as ISO 8601 writes them and NumPy reads them, and of
 * timedeltas. */
#include <string.h>

#include <mmview/dtype.h>

#include "format/scan.h"
#include "ops/number_parse.h"
#include "ops/times.h"

/* A place in time by the calendar. */
struct moment {
    int64_t year;
    int month, day, hour, minute, second;
    int64_t attosecond;
};

/* What is left of a text to read. */
struct rest {
    const char *at, *end;
};

static bool pass(struct rest *rest, char c)
{
    if (rest->at == rest->end || *rest->at != c)
        return false;
    rest->at++;
    return true;
}

/* Exactly two digits. */
static bool two_digits(struct rest *rest, int least, int most, int *value)
{
    if (rest->end - rest->at < 2 || !mmv_is_digit((unsigned char)rest->at[0]) ||
        !mmv_is_digit((unsigned char)rest->at[1]))
        return false;
    *value = 10 * (rest->at[0] - '0') + rest->at[1] - '0';
    rest->at += 2;
    return *value >= least && *value <= most;
}

/* Four characters or more, a sign included: NumPy writes -044. */
static bool read_year(struct rest *rest, int64_t *year)
{
    bool negative = rest->at < rest->end && *rest->at == '-';
    const char *first = rest->at;

    if (rest->at < rest->end && (*rest->at == '-' || *rest->at == '+'))
        rest->at++;
    *year = 0;
    for (; rest->at < rest->end && mmv_is_digit((unsigned char)*rest->at); rest->at++)
        if (__builtin_mul_overflow(*year, 10, year) ||
            __builtin_add_overflow(*year, *rest->at - '0', year))
            return false;
    if (negative)
        *year = -*year;
    return rest->at - first >= 4;
}

static bool read_fraction(struct rest *rest, int64_t *attosecond)
{
    int digits = 0;

    for (; rest->at < rest->end && mmv_is_digit((unsigned char)*rest->at); rest->at++, digits++) {
        if (digits == 18)
            return false;
        *attosecond = 10 * *attosecond + *rest->at - '0';
    }
    for (int i = digits; i < 18; i++)
        *attosecond *= 10;
    return digits > 0;
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool read_time(struct rest *rest, struct moment *moment)
{
    if (!two_digits(rest, 0, 23, &moment->hour))
        return false;
    if (!pass(rest, ':'))
        return true;
    if (!two_digits(rest, 0, 59, &moment->minute))
        return false;
    if (!pass(rest, ':'))
        return true;
    if (!two_digits(rest, 0, 59, &moment->second))
        return false;
    return !pass(rest, '.') || read_fraction(rest, &moment->attosecond);
}

static bool read_moment(const char *text, size_t length, struct moment *moment)
{
    struct rest rest = {text, text + length};

    *moment = (struct moment){.month = 1, .day = 1};
    if (!read_year(&rest, &moment->year))
        return false;
    if (pass(&rest, '-')) {
        if (!two_digits(&rest, 1, 12, &moment->month))
            return false;
        if (pass(&rest, '-')) {
            if (!two_digits(&rest, 1, days_in(moment->year, moment->month), &moment->day))
                return false;
            if ((pass(&rest, 'T') || pass(&rest, ' ')) && !read_time(&rest, moment))
                return false;
        }
    }
    pass(&rest, 'Z');
    return rest.at == rest.end;
}

static struct mmv_wide months_of(const struct moment *moment)
{
    struct mmv_wide years = mmv_wide_plus(mmv_wide_of(moment->year), -1970);

    return mmv_wide_plus(mmv_wide_times(years, 12), moment->month - 1);
}

/* Days from 1970-01-01, in the Gregorian calendar at all times. */
static struct mmv_wide days_of(const struct moment *moment)
{
    return mmv_wide_plus(mmv_days_of_month(months_of(moment)), moment->day - 1);
}

/* Counts whole units up to a moment. False: it is between two of them. */
static bool count_units(const struct moment *moment, const struct mmview_dtype *dtype,
                        struct mmv_wide *count)
{
    static const uint32_t per_day[] = {[MMV_UNIT_D] = 1, [MMV_UNIT_h] = 24, [MMV_UNIT_m] = 1440};
    uint32_t seconds = (uint32_t)(3600 * moment->hour + 60 * moment->minute + moment->second), size;
    bool midnight = seconds == 0 && moment->attosecond == 0;
    int64_t attoseconds = 1000000000000000000;

    *count = days_of(moment);
    switch (dtype->unit) {
    case MMV_UNIT_Y:
        *count = mmv_wide_plus(mmv_wide_of(moment->year), -1970);
        return moment->month == 1 && moment->day == 1 && midnight;
    case MMV_UNIT_M: *count = months_of(moment); return moment->day == 1 && midnight;
    case MMV_UNIT_W: return mmv_wide_divide(count, 7) == 0 && midnight;
    case MMV_UNIT_D:
    case MMV_UNIT_h:
    case MMV_UNIT_m:
        size = 86400 / per_day[dtype->unit];
        *count = mmv_wide_plus(mmv_wide_times(*count, per_day[dtype->unit]), seconds / size);
        return seconds % size == 0 && moment->attosecond == 0;
    default:
        *count = mmv_wide_plus(mmv_wide_times(*count, 86400), seconds);
        for (int unit = MMV_UNIT_s; unit < dtype->unit; unit++) {
            /* So far ago, or ahead, that there is no such multiple of the unit: this is
             * one, and too large too. */
            if (count->high > INT32_MAX || count->high < INT32_MIN) {
                *count = (struct mmv_wide){dtype->multiple, 0};
                return true;
            }
            *count = mmv_wide_times(*count, 1000);
            attoseconds /= 1000;
        }
        *count = mmv_wide_plus(*count, moment->attosecond / attoseconds);
        return moment->attosecond % attoseconds == 0;
    }
}

static int refuse_between(const struct mmview_dtype *dtype, const char *text, size_t length,
                          struct mmview_error *err)
{
    char name[40];

    mmview_dtype_name(dtype, name, sizeof name);
    return mmv_fail(err, MMVIEW_EOVERFLOW, "'%.*s' is between two values of %s", (int)length, text,
                    name);
}

/* Groups of units, of which a dtype may count several as one. */
static int take_multiple(const struct mmview_dtype *dtype, const char *text, size_t length,
                         struct mmv_wide units, int64_t *count, struct mmview_error *err)
{
    if (mmv_wide_divide(&units, (uint32_t)dtype->multiple) != 0)
        return refuse_between(dtype, text, length, err);
    if (!mmv_wide_is_int64(units) || (int64_t)units.low == INT64_MIN) /* which is NaT */
        return mmv_parse_too_large(dtype, text, length, err);
    *count = (int64_t)units.low;
    return MMVIEW_OK;
}

static const struct mmview_dtype int64 = {.kind = 'i', .itemsize = 8};

/* A bare count, as NumPy writes timedeltas in arrays. */
static bool read_count(const char *text, size_t length, int64_t *count)
{
    int64_t number;

    if (mmv_parse_integer(&int64, text, length, &number, NULL) < 0 || number == INT64_MIN)
        return false;
    *count = number;
    return true;
}

static int parse_datetime(const struct mmview_dtype *dtype, const char *text, size_t length,
                          int64_t *count, struct mmview_error *err)
{
    struct mmv_wide units;
    struct moment moment;

    if (dtype->unit == MMV_UNIT_GENERIC && read_count(text, length, count))
        return MMVIEW_OK;
    if (dtype->unit == MMV_UNIT_GENERIC || !read_moment(text, length, &moment))
        return mmv_parse_refuse(dtype, text, length, err);
    if (!count_units(&moment, dtype, &units))
        return refuse_between(dtype, text, length, err);
    return take_multiple(dtype, text, length, units, count, err);
}

/* How NumPy calls the units, after a number. */
static const char *const unit_words[] = {
    [MMV_UNIT_Y] = "years",         [MMV_UNIT_M] = "months",
    [MMV_UNIT_W] = "weeks",         [MMV_UNIT_D] = "days",
    [MMV_UNIT_h] = "hours",         [MMV_UNIT_m] = "minutes",
    [MMV_UNIT_s] = "seconds",       [MMV_UNIT_ms] = "milliseconds",
    [MMV_UNIT_us] = "microseconds", [MMV_UNIT_ns] = "nanoseconds",
    [MMV_UNIT_ps] = "picoseconds",  [MMV_UNIT_fs] = "femtoseconds",
    [MMV_UNIT_as] = "attoseconds",  [MMV_UNIT_GENERIC] = "generic time units",
};

/* "75 seconds", where the number counts the unit alone; or a bare number, which counts
 * what the dtype counts. */
static int parse_timedelta(const struct mmview_dtype *dtype, const char *text, size_t length,
                           int64_t *count, struct mmview_error *err)
{
    const char *blank = memchr(text, ' ', length);
    size_t digits = blank ? (size_t)(blank - text) : length;
    const char *word = unit_words[dtype->unit];
    int64_t number;

    if (!read_count(text, digits, &number))
        return mmv_parse_refuse(dtype, text, length, err);
    *count = number;
    if (!blank)
        return MMVIEW_OK;
    if (length - digits - 1 != strlen(word) || memcmp(blank + 1, word, strlen(word)) != 0)
        return mmv_parse_refuse(dtype, text, length, err);
    return take_multiple(dtype, text, length, mmv_wide_of(number), count, err);
}

/* repr() of a scalar: "numpy.datetime64('2026-11-22')", "numpy.timedelta64(3,'25s')".
 * Leaves what is read as any other text. A unit must be the dtype's own. */
static bool strip_repr(const struct mmview_dtype *dtype, const char **text, size_t *length)
{
    const char *call = dtype->kind == 'M' ? "numpy.datetime64(" : "numpy.timedelta64(";
    const char *first, *end, *comma;

    if (*length <= strlen(call) || memcmp(*text, call, strlen(call)) != 0 ||
        (*text)[*length - 1] != ')')
        return true;
    first = *text + strlen(call);
    end = *text + *length - 1;
    comma = memchr(first, ',', (size_t)(end - first));
    if (comma) {
        char unit[32];
        size_t size = (size_t)(end - comma) - 1; /* in quotes, which become brackets */
        static const struct mmv_literal_origin origin = {MMVIEW_EINVAL, "the unit", 0};
        enum mmv_unit found;
        int multiple;

        if (size < 3 || size > sizeof unit || comma[1] != '\'' || end[-1] != '\'')
            return false;
        memcpy(unit, comma + 1, size);
        unit[0] = '[';
        unit[size - 1] = ']';
        if (mmv_datetime_parse(unit, size, &found, &multiple, &origin, NULL) < 0 ||
            found != (enum mmv_unit)dtype->unit || multiple != dtype->multiple)
            return false;
        end = comma;
    }
    if (end - first >= 2 && *first == '\'' && end[-1] == '\'') {
        first++;
        end--;
    }
    *text = first;
    *length = (size_t)(end - first);
    return true;
}

int mmv_parse_time(const struct mmview_dtype *dtype, const char *text, size_t length,
                   int64_t *count, struct mmview_error *err)
{
    if (!strip_repr(dtype, &text, &length))
        return mmv_parse_refuse(dtype, text, length, err);
    if (length == 3 && memcmp(text, "NaT", 3) == 0) {
        *count = INT64_MIN;
        return MMVIEW_OK;
    }
    return dtype->kind == 'M' ? parse_datetime(dtype, text, length, count, err)
                              : parse_timedelta(dtype, text, length, count, err);
}

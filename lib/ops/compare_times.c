/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Datetimes and timedeltas, whatever their units: exactly, where NumPy converts both
 * to the finer unit and wraps, or refuses because that unit is too fine. */
#include <string.h>

#include "base/error.h"
#include "format/dtype.h"
#include "ops/compare.h"
#include "ops/times.h"

#define NAT INT64_MIN

static bool in_months(const struct mmview_dtype *dtype)
{
    return dtype->unit == MMV_UNIT_Y || dtype->unit == MMV_UNIT_M;
}

/* How times of one dtype become numbers that are compared with the other's. */
struct scale {
    enum mmv_unit unit;
    uint32_t multiple; /* of the unit, in one count */
    bool days;         /* counts of months, which become days before the rest */
    uint32_t months[2], divisors[12];
    int parts; /* of divisors */
};

static struct scale scale_of(const struct mmview_dtype *dtype, bool days)
{
    struct scale scale = {.unit = (enum mmv_unit)dtype->unit,
                          .multiple = (uint32_t)dtype->multiple};

    if (days && in_months(dtype)) {
        scale.days = true;
        scale.months[0] = scale.multiple;
        scale.months[1] = scale.unit == MMV_UNIT_Y ? 12 : 1;
        scale.unit = MMV_UNIT_D;
        scale.multiple = 1;
    }
    return scale;
}

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    while (b) {
        uint32_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* As few as there can be: each is a division of each time. */
static void add_divisor(struct scale *scale, uint32_t factor)
{
    int last = scale->parts - 1;

    if (factor <= 1)
        return;
    if (last >= 0 && factor <= UINT32_MAX / scale->divisors[last])
        scale->divisors[last] *= factor;
    else
        scale->divisors[scale->parts++] = factor;
}

/* Times x and y are equal if x * p == y * q, where p and q are how long their counts
 * are, without a common divisor: then q divides x, p divides y, and the quotients are
 * equal. p is made of what the coarser unit is more. */
static void set_divisors(struct scale *coarse, struct scale *fine)
{
    uint32_t rest = fine->multiple, factor = coarse->multiple;

    for (enum mmv_unit unit = coarse->unit;; unit++) {
        uint32_t common = common_divisor(factor, rest);

        rest /= common;
        add_divisor(fine, factor / common);
        if (unit == fine->unit)
            break;
        factor = mmv_times_parts(unit);
    }
    add_divisor(coarse, rest);
}

/* False: it does not divide. */
static bool divide(struct mmv_wide *time, const struct scale *scale)
{
    if (scale->days)
        *time = mmv_days_of_month(
            mmv_wide_times(mmv_wide_times(*time, scale->months[0]), scale->months[1]));
    for (int i = 0; i < scale->parts; i++)
        if (mmv_wide_divide(time, scale->divisors[i]) != 0)
            return false;
    return true;
}

static bool equal_times(int64_t x, const struct scale *a, int64_t y, const struct scale *b)
{
    struct mmv_wide of_x = mmv_wide_of(x), of_y = mmv_wide_of(y);

    return divide(&of_x, a) && divide(&of_y, b) && mmv_wide_equal(of_x, of_y);
}

static int64_t time_at(const unsigned char *times, mmview_intp i)
{
    int64_t time;

    memcpy(&time, times + i * (mmview_intp)sizeof time, sizeof time);
    return time;
}

static bool has_nat(const unsigned char *times, mmview_intp count)
{
    for (mmview_intp i = 0; i < count; i++)
        if (time_at(times, i) == NAT)
            return true;
    return false;
}

/* Generic units have no length: they are what the other's are. */
static bool same_unit(const struct mmview_dtype *a, const struct mmview_dtype *b)
{
    return a->unit == MMV_UNIT_GENERIC || b->unit == MMV_UNIT_GENERIC ||
           (a->unit == b->unit && a->multiple == b->multiple);
}

static bool compare_times(struct mmv_column *column, const unsigned char *a, const unsigned char *b,
                          mmview_intp count, unsigned char *marks, struct mmv_compared *found)
{
    const struct mmview_dtype *a_dtype = column->a->dtype, *b_dtype = column->b->dtype;
    bool same = same_unit(a_dtype, b_dtype);
    bool days = in_months(a_dtype) != in_months(b_dtype);
    struct scale a_scale = scale_of(a_dtype, days), b_scale = scale_of(b_dtype, days);

    if (same && memcmp(a, b, (size_t)count * sizeof(int64_t)) == 0 &&
        (column->rule.equal_nan || !has_nat(a, count)))
        return false;
    if (!same && a_scale.unit <= b_scale.unit)
        set_divisors(&a_scale, &b_scale);
    else if (!same)
        set_divisors(&b_scale, &a_scale);
    for (mmview_intp i = 0; i < count; i++) {
        int64_t x = time_at(a, i), y = time_at(b, i);
        bool equal;

        if (x == NAT || y == NAT)
            equal = x == y && column->rule.equal_nan;
        else if (same)
            equal = x == y;
        else
            equal = equal_times(x, &a_scale, y, &b_scale);
        marks[i] = !equal;
        found->different += !equal;
        found->nan += !equal && (x == NAT || y == NAT);
    }
    return found->different > 0;
}

bool mmv_column_times(struct mmv_column *column)
{
    const struct mmview_dtype *a = column->a->dtype, *b = column->b->dtype;

    column->compare = compare_times;
    if (a->kind != b->kind || (a->kind != 'M' && a->kind != 'm'))
        return false;
    /* How many days a month has, only a date tells. */
    return a->kind == 'M' || same_unit(a, b) || in_months(a) == in_months(b);
}

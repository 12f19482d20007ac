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

/* A time as a count of steps. */
typedef mmv_wide wide;
__extension__ typedef unsigned __int128 unsigned_wide;

/* How long a unit is: months for years and months, attoseconds for the others, of
 * which a week has 79 bits. */
static unsigned_wide length_of(enum mmv_unit unit)
{
    static const uint64_t seconds[] = {
        [MMV_UNIT_W] = 7 * 86400, [MMV_UNIT_D] = 86400, [MMV_UNIT_h] = 3600,
        [MMV_UNIT_m] = 60,        [MMV_UNIT_s] = 1,
    };
    unsigned_wide length = 1;

    if (unit == MMV_UNIT_Y || unit == MMV_UNIT_M)
        return unit == MMV_UNIT_Y ? 12 : 1;
    for (int finer = unit < MMV_UNIT_s ? MMV_UNIT_s : (int)unit; finer < MMV_UNIT_as; finer++)
        length *= 1000;
    return unit < MMV_UNIT_s ? length * seconds[unit] : length;
}

static bool in_months(const struct mmview_dtype *dtype)
{
    return dtype->unit == MMV_UNIT_Y || dtype->unit == MMV_UNIT_M;
}

/* A dtype's times are multiples of a step that long, which is measured in months or
 * attoseconds; with `days`, of days, in which its months are counted first. */
struct steps {
    unsigned_wide length;
    int64_t months; /* of a unit; 0: it is not counted in days */
};

static struct steps steps_of(const struct mmview_dtype *dtype, bool days)
{
    unsigned_wide length = length_of((enum mmv_unit)dtype->unit) * (unsigned)dtype->multiple;

    if (days && in_months(dtype))
        return (struct steps){length_of(MMV_UNIT_D), (int64_t)length};
    return (struct steps){length, 0};
}

static unsigned_wide common_divisor(unsigned_wide a, unsigned_wide b)
{
    while (b) {
        unsigned_wide rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static int64_t time_at(const unsigned char *times, mmview_intp i)
{
    int64_t time;

    memcpy(&time, times + i * (mmview_intp)sizeof time, sizeof time);
    return time;
}

static wide count_of(int64_t time, const struct steps *steps)
{
    return steps->months ? mmv_days_of_month((wide)time * steps->months) : time;
}

/* x * p == y * q for p and q without a common divisor, without a product that may be
 * too large: then q divides x, and p divides y. */
static bool equal_products(wide x, wide p, wide y, wide q)
{
    mmv_assume(p != 0 && q != 0); /* no step has no length */
    return x % q == 0 && y % p == 0 && x / q == y / p;
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
    struct steps a_steps = {1, 0}, b_steps = {1, 0};
    unsigned_wide divisor;

    if (same && memcmp(a, b, (size_t)count * sizeof(int64_t)) == 0 &&
        (column->rule.equal_nan || !has_nat(a, count)))
        return false;
    if (!same) {
        a_steps = steps_of(a_dtype, days);
        b_steps = steps_of(b_dtype, days);
    }
    divisor = common_divisor(a_steps.length, b_steps.length);
    for (mmview_intp i = 0; i < count; i++) {
        int64_t x = time_at(a, i), y = time_at(b, i);
        bool equal;

        if (x == NAT || y == NAT)
            equal = x == y && column->rule.equal_nan;
        else if (same)
            equal = x == y;
        else
            equal = equal_products(count_of(x, &a_steps), (wide)(a_steps.length / divisor),
                                   count_of(y, &b_steps), (wide)(b_steps.length / divisor));
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

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/times.h"

#include <string.h>

uint32_t mmv_times_parts(enum mmv_unit unit)
{
    static const uint16_t parts[] = {
        [MMV_UNIT_Y] = 12,    [MMV_UNIT_M] = 0,     [MMV_UNIT_W] = 7,     [MMV_UNIT_D] = 24,
        [MMV_UNIT_h] = 60,    [MMV_UNIT_m] = 60,    [MMV_UNIT_s] = 1000,  [MMV_UNIT_ms] = 1000,
        [MMV_UNIT_us] = 1000, [MMV_UNIT_ns] = 1000, [MMV_UNIT_ps] = 1000, [MMV_UNIT_fs] = 1000,
    };

    return parts[unit];
}

/* How many of a finer unit make one of a coarser. */
static bool units_in(int coarse, int fine, int64_t *count)
{
    *count = 1;
    for (int unit = coarse; unit < fine; unit++) {
        uint32_t parts = mmv_times_parts((enum mmv_unit)unit);

        if (parts == 0 || __builtin_mul_overflow(*count, parts, count) || *count >= MMV_TIMES_LIMIT)
            return false;
    }
    return true;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

bool mmv_times_factor(const struct mmview_dtype *from, const struct mmview_dtype *to,
                      struct mmv_times_factor *factor)
{
    int64_t up = 1, down = 1, divisor;

    *factor = (struct mmv_times_factor){1, 1, false};
    if (from->unit == MMV_UNIT_GENERIC)
        return true; /* a number takes any unit */
    if (to->unit == MMV_UNIT_GENERIC)
        return false;
    if (from->unit <= to->unit ? !units_in(from->unit, to->unit, &up)
                               : !units_in(to->unit, from->unit, &down))
        return false;
    if (__builtin_mul_overflow(up, (int64_t)from->multiple, &up) ||
        __builtin_mul_overflow(down, (int64_t)to->multiple, &down))
        return false;
    divisor = common_divisor(up, down);
    factor->numerator = up / divisor;
    factor->denominator = down / divisor;
    factor->calendar = from->kind == 'M' && from->unit == MMV_UNIT_M && to->unit == MMV_UNIT_Y;
    return true;
}

static int64_t scale(int64_t time, const struct mmv_times_factor *factor)
{
    uint64_t product = (uint64_t)time * (uint64_t)factor->numerator;

    if (time == INT64_MIN) /* NaT */
        return time;
    if (factor->calendar) /* NumPy rounds down by way of a date, which does not wrap */
        return (int64_t)product / factor->denominator -
               ((int64_t)product % factor->denominator < 0);
    if (time < 0)
        product -= (uint64_t)factor->denominator - 1;
    return (int64_t)product / factor->denominator;
}

void mmv_times_scale(void *dst, const void *src, size_t count,
                     const struct mmv_times_factor *factor)
{
    const unsigned char *from = src;
    unsigned char *to = dst;

    for (size_t i = 0; i < count; i++) {
        int64_t time;

        memcpy(&time, from + i * sizeof time, sizeof time);
        time = scale(time, factor);
        memcpy(to + i * sizeof time, &time, sizeof time);
    }
}

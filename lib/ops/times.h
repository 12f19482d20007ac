/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_TIMES_H
#define MMV_OPS_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"
#include "format/dtype.h"

/* What is as large overflows, to NumPy. */
#define MMV_TIMES_LIMIT ((int64_t)1 << 56)

/* How many of the next finer unit make one: 0 of days for months, which have not as
 * many each. */
uint32_t mmv_times_parts(enum mmv_unit unit);

/* What a count of one dtype's units is to be multiplied with, and then divided by, to
 * count the other's. */
struct mmv_times_factor {
    int64_t numerator, denominator;
    bool calendar; /* of datetimes in months, to years */
};

/* Of two datetimes, or two timedeltas. False if no such numbers are known: they are too
 * large, only one of the units is months or years, or the second is no unit. */
bool mmv_times_factor(const struct mmview_dtype *from, const struct mmview_dtype *to,
                      struct mmv_times_factor *factor);

/* Does the factor change anything? */
static inline bool mmv_times_differ(const struct mmv_times_factor *factor)
{
    return factor->numerator != 1 || factor->denominator != 1;
}

/* Multiplies and divides. Native int64, at any address; in place too. What is too large
 * wraps, as in NumPy, and NaT stays NaT. */
void mmv_times_scale(void *dst, const void *src, size_t count,
                     const struct mmv_times_factor *factor);

/* Days from 1970 to the first of a month, counted from January 1970. Years start in
 * March here, so that a leap day is their last. */
static inline struct mmv_wide mmv_days_of_month(struct mmv_wide month)
{
    struct mmv_wide year = mmv_wide_plus(month, 1970 * 12 - 2), era; /* March of the year 0 */
    int64_t in_year = mmv_wide_divide(&year, 12), of_era, day;

    era = year;
    of_era = mmv_wide_divide(&era, 400);
    day = of_era * 365 + of_era / 4 - of_era / 100 + (153 * in_year + 2) / 5 - 719468;
    return mmv_wide_plus(mmv_wide_times(era, 146097), day);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_TIMES_H
#define MMV_OPS_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format/dtype.h"

/* What is as large overflows, to NumPy. */
#define MMV_TIMES_LIMIT ((int64_t)1 << 56)

/* What a count of one dtype's units is to be multiplied with, and then divided by, to
 * count the other's: both datetimes, or both timedeltas. False if no such numbers are
 * known: they are too large, only one of the units is months or years, or the second is
 * no unit. */
bool mmv_times_factor(const struct mmview_dtype *from, const struct mmview_dtype *to,
                      int64_t *numerator, int64_t *denominator);

/* Does it. Native int64, at any address; in place too. What is too large wraps, as in
 * NumPy, and NaT stays NaT. */
void mmv_times_scale(void *dst, const void *src, size_t count, int64_t numerator,
                     int64_t denominator);

/* No time that a dtype has is too far for it. */
__extension__ typedef __int128 mmv_wide;

/* Days from 1970 to the first of a month, counted from January 1970. Years start in
 * March here, so that a leap day is their last. */
static inline mmv_wide mmv_days_of_month(mmv_wide month)
{
    mmv_wide since = month + 1970 * 12 - 2; /* March of the year 0 */
    mmv_wide year = since / 12 - (since % 12 < 0), in_year = since - year * 12;
    mmv_wide era = year / 400 - (year % 400 < 0), of_era = year - era * 400;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * in_year + 2) / 5 -
           719468;
}

#endif

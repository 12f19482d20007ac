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

#endif

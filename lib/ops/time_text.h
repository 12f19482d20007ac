/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_TIME_TEXT_H
#define MMV_OPS_TIME_TEXT_H

#include "format/dtype.h"

/* The text of datetimes and timedeltas, as ops/number_text.h has it of numbers. */
#define MMV_TIME_TEXT_MOST 64

/* A datetime as ISO 8601 has it, as finely as its unit; "NaT". Of years past what
 * NumPy counts in 64 bits it shows the same wrong ones. Without a unit it has no
 * date, and is shown as an integer. */
char *mmv_put_datetime(char *to, const struct mmview_dtype *dtype, int64_t value);

/* A timedelta with its unit: "3 seconds", or "NaT". */
char *mmv_put_timedelta(char *to, const struct mmview_dtype *dtype, int64_t value);

#endif

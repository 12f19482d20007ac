/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_NUMBER_PARSE_H
#define MMV_OPS_NUMBER_PARSE_H

#include "base/error.h"
#include "format/dtype.h"

/* Texts of single numbers, as Python writes them. Each reads all of a text, and stores
 * the number in native byte order. A number that the type does not have is
 * MMVIEW_EOVERFLOW, what is no number MMVIEW_EINVAL. */

/* i, u: decimal, or with 0x, 0o or 0b. */
int mmv_parse_integer(const struct mmview_dtype *dtype, const char *text, size_t length, void *item,
                      struct mmview_error *err);

/* b: True, False, true, false, 1 or 0. */
int mmv_parse_bool(const char *text, size_t length, void *item, struct mmview_error *err);

/* f: decimal, nan or inf, in any case. */
int mmv_parse_float(const struct mmview_dtype *dtype, const char *text, size_t length, void *item,
                    struct mmview_error *err);

/* c: "(1+2j)", "1+2j", "2j" or a real number. */
int mmv_parse_complex(const struct mmview_dtype *dtype, const char *text, size_t length, void *item,
                      struct mmview_error *err);

/* M, m: to a count of the dtype's units. */
int mmv_parse_time(const struct mmview_dtype *dtype, const char *text, size_t length,
                   int64_t *count, struct mmview_error *err);

/* "'TEXT' is no DTYPE". */
int mmv_parse_refuse(const struct mmview_dtype *dtype, const char *text, size_t length,
                     struct mmview_error *err) __attribute__((cold));

/* "'TEXT' does not fit in DTYPE". */
int mmv_parse_too_large(const struct mmview_dtype *dtype, const char *text, size_t length,
                        struct mmview_error *err) __attribute__((cold));

#endif

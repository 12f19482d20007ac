/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_CAST_H
#define MMV_OPS_CAST_H

#include <stddef.h>

#include "format/number_type.h"

/* Numbers of one type from numbers of another: so many, side by side, native and at
 * any address; the two ranges do not overlap. Two versions of the same loops, of
 * which the second is for processors that have AVX2. */
typedef void mmv_cast_function(enum mmv_number to, void *dst, enum mmv_number from, const void *src,
                               size_t count);

mmv_cast_function mmv_cast_plain;
mmv_cast_function mmv_cast_avx2;

#endif

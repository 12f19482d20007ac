/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_NUMBER_H
#define MMV_OPS_NUMBER_H

#include "format/dtype.h"

/* The numbers there are, whatever letter they go by and in whatever byte order.
 * Datetimes and timedeltas are int64 here: NaT is the least of them, which is also
 * what a NaN becomes. */
enum mmv_number {
    MMV_B1,
    MMV_I1,
    MMV_U1,
    MMV_I2,
    MMV_U2,
    MMV_I4,
    MMV_U4,
    MMV_I8,
    MMV_U8,
    MMV_F2,
    MMV_F4,
    MMV_F8,
    MMV_FG, /* long double, where it is not double */
    MMV_C4, /* complex, by the size of a part */
    MMV_C8,
    MMV_CG,
    MMV_NUMBERS,
    MMV_NO_NUMBER = MMV_NUMBERS
};

/* What a dtype is; MMV_NO_NUMBER for strings, structs and sub-arrays. */
enum mmv_number mmv_number_of(const struct mmview_dtype *dtype);

#endif

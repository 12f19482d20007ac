/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_NUMBER_TYPE_H
#define MMV_FORMAT_NUMBER_TYPE_H

#include "format/dtype.h"

/* The numbers there are, in whatever byte order. Letters that mean the same on this
 * machine are one, as long and long long are. Datetimes and timedeltas are int64 here: NaT
 * is the least of them, which is also what a NaN becomes. */
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

/* What a dtype is, by its letter: its kind and size do not tell what its bits mean.
 * MMV_NO_NUMBER for strings, structs, sub-arrays, and letters that are not known here. */
enum mmv_number mmv_number_of(const struct mmview_dtype *dtype);

/* What asks a dtype for more than its layout begins with this: is the meaning of the bits
 * known, of all fields? MMVIEW_EUNSUPPORTED if not, which says of what. */
int mmv_dtype_check_meaning(const struct mmview_dtype *dtype, struct mmview_error *err);

#endif

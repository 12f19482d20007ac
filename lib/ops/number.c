/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/number.h"

static enum mmv_number integer(enum mmv_number of_one_byte, int itemsize)
{
    int doublings = __builtin_ctz((unsigned)itemsize);

    return (enum mmv_number)((int)of_one_byte + 2 * doublings);
}

static enum mmv_number floating(int itemsize)
{
    switch (itemsize) {
    case 2: return MMV_F2;
    case 4: return MMV_F4;
    case 8: return MMV_F8;
    default: return MMV_FG;
    }
}

enum mmv_number mmv_number_of(const struct mmview_dtype *dtype)
{
    switch (dtype->kind) {
    case 'b': return MMV_B1;
    case 'i': return integer(MMV_I1, dtype->itemsize);
    case 'u': return integer(MMV_U1, dtype->itemsize);
    case 'f': return floating(dtype->itemsize);
    case 'c': return (enum mmv_number)(floating(dtype->itemsize / 2) + (int)MMV_C4 - (int)MMV_F4);
    case 'M':
    case 'm': return MMV_I8;
    default: return MMV_NO_NUMBER;
    }
}

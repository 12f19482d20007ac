/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/number_type.h"

#include <string.h>

#include "base/error.h"

static enum mmv_number integer(enum mmv_number of_one_byte, int itemsize)
{
    int doublings = __builtin_ctz((unsigned)itemsize);

    return (enum mmv_number)((int)of_one_byte + 2 * doublings);
}

enum mmv_number mmv_number_of(const struct mmview_dtype *dtype)
{
    switch (dtype->type) {
    case '?': return MMV_B1;
    case 'b':
    case 'h':
    case 'i':
    case 'l':
    case 'q': return integer(MMV_I1, dtype->itemsize);
    case 'B':
    case 'H':
    case 'I':
    case 'L':
    case 'Q': return integer(MMV_U1, dtype->itemsize);
    case 'e': return MMV_F2;
    case 'f': return MMV_F4;
    case 'd': return MMV_F8;
    case 'g': return sizeof(long double) == sizeof(double) ? MMV_F8 : MMV_FG;
    case 'F': return MMV_C4;
    case 'D': return MMV_C8;
    case 'G': return sizeof(long double) == sizeof(double) ? MMV_C8 : MMV_CG;
    case 'M':
    case 'm': return MMV_I8;
    default: return MMV_NO_NUMBER;
    }
}

int mmv_dtype_check_meaning(const struct mmview_dtype *dtype, struct mmview_error *err)
{
    while (dtype->base)
        dtype = dtype->base;
    for (size_t i = 0; i < dtype->nfields; i++) {
        int status = mmv_dtype_check_meaning(dtype->fields[i].dtype, err);

        if (status < 0)
            return status;
    }
    if (mmv_number_of(dtype) != MMV_NO_NUMBER || memchr("OSUVc", dtype->type, 5))
        return MMVIEW_OK;
    return mmv_fail(err, MMVIEW_EUNSUPPORTED, "what the bits of type '%c' mean is not known",
                    dtype->type);
}

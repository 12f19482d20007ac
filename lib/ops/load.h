/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_LOAD_H
#define MMV_OPS_LOAD_H

#include <string.h>

#include "format/dtype.h"
#include "ops/reader.h"

/* An item that is a number or a time, or such a number's bits. */
union mmv_value {
    unsigned char bytes[2 * sizeof(long double)];
    int8_t i1;
    int16_t i2;
    int32_t i4;
    int64_t i8;
    uint8_t u1;
    uint16_t u2; /* and a half's bits */
    uint32_t u4;
    uint64_t u8;
    float f4[2]; /* real and imaginary part, if it has both */
    double f8[2];
    long double f16[2];
};

/* Loads an item that may lie anywhere and have either byte order. */
static inline void mmv_load_number(union mmv_value *number, const struct mmview_dtype *dtype,
                                   const unsigned char *item)
{
    int size = mmv_reader_swapped(dtype);

    memcpy(number->bytes, item, (size_t)dtype->itemsize);
    if (size == 0)
        return;
    for (int part = 0; part < dtype->itemsize; part += size)
        for (int i = 0; i < size / 2; i++) {
            unsigned char *low = &number->bytes[part + i];
            unsigned char *high = &number->bytes[part + size - 1 - i], byte = *low;

            *low = *high;
            *high = byte;
        }
}

#endif

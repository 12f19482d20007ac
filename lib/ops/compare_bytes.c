/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Strings and bare bytes. */
#include <string.h>

#include "format/dtype.h"
#include "ops/compare.h"

static bool all_zero(const unsigned char *bytes, mmview_intp count)
{
    for (mmview_intp i = 0; i < count; i++)
        if (bytes[i])
            return false;
    return true;
}

/* Are two strings equal but for NULs at the end of one? */
static bool same_text(const unsigned char *a, mmview_intp a_size, const unsigned char *b,
                      mmview_intp b_size)
{
    mmview_intp both = a_size < b_size ? a_size : b_size;

    return memcmp(a, b, (size_t)both) == 0 && all_zero(a + both, a_size - both) &&
           all_zero(b + both, b_size - both);
}

/* The same for characters of 4 bytes of which those of a and of b are in different
 * byte orders. */
static bool same_swapped(const unsigned char *a, mmview_intp a_size, const unsigned char *b,
                         mmview_intp b_size)
{
    mmview_intp both = a_size < b_size ? a_size : b_size;

    for (mmview_intp i = 0; i < both; i += 4) {
        uint32_t x, y;

        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        if (x != __builtin_bswap32(y))
            return false;
    }
    return all_zero(a + both, a_size - both) && all_zero(b + both, b_size - both);
}

static bool compare_bytes(struct mmv_column *column, const unsigned char *a, const unsigned char *b,
                          mmview_intp count, unsigned char *marks, struct mmv_compared *found)
{
    mmview_intp a_size = column->a->itemsize, b_size = column->b->itemsize;
    mmview_intp a_step = column->a_reader.step, b_step = column->b_reader.step;
    bool swapped = column->a->dtype->byteorder != column->b->dtype->byteorder;

    if (!swapped && a_size == b_size && a_step == a_size && b_step == b_size &&
        memcmp(a, b, (size_t)(count * a_size)) == 0)
        return false;
    for (mmview_intp i = 0; i < count; i++, a += a_step, b += b_step) {
        marks[i] =
            !(swapped ? same_swapped(a, a_size, b, b_size) : same_text(a, a_size, b, b_size));
        found->different += marks[i];
    }
    return found->different > 0;
}

bool mmv_column_bytes(struct mmv_column *column)
{
    const struct mmview_dtype *a = column->a->dtype, *b = column->b->dtype;

    column->compare = compare_bytes;
    return a->kind == b->kind &&
           (a->kind == 'S' || a->kind == 'U' || (a->kind == 'V' && a->itemsize == b->itemsize));
}

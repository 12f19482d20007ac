/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The places of differences, and what is there. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "compose.h"
#include "diff.h"
#include "field.h"
#include "report.h"

static void index_of(const mmview_intp *shape, int ndim, mmview_intp item, mmview_intp *index)
{
    for (int i = ndim - 1; i >= 0; i--) {
        index[i] = item % shape[i];
        item /= shape[i];
    }
}

static void print_numbers(FILE *out, const mmview_intp *numbers, int count, const char *between)
{
    putc('[', out);
    for (int i = 0; i < count; i++)
        fprintf(out, "%s%" PRIdPTR, i ? between : "", numbers[i]);
    putc(']', out);
}

void diff_print_index(const struct mmview_array *array, mmview_intp item, const char *between)
{
    mmview_intp index[MMVIEW_MAXDIMS];
    int ndim = mmview_array_ndim(array);

    index_of(mmview_array_shape(array), ndim, item, index);
    print_numbers(stdout, index, ndim, between);
}

/* The field that has a byte of the item. Fields of files do not overlap. */
static size_t field_at(const struct mmview_dtype *dtype, mmview_intp offset)
{
    size_t i = 0;

    for (; i + 1 < mmview_dtype_field_count(dtype); i++) {
        mmview_intp start = mmview_dtype_field_offset(dtype, i);

        if (offset >= start &&
            offset - start < mmview_dtype_itemsize(mmview_dtype_field_dtype(dtype, i)))
            break;
    }
    return i;
}

/* One step from a dtype that is no single element to what is at *offset in it, which
 * then counts from there. NULL: it is one. Writes the step, if there is where to. */
static const struct mmview_dtype *step(const struct mmview_dtype *dtype, mmview_intp *offset,
                                       FILE *out)
{
    const struct mmview_dtype *base = mmview_dtype_base(dtype);
    mmview_intp index[MMVIEW_MAXDIMS];

    if (base) {
        index_of(mmview_dtype_shape(dtype), mmview_dtype_ndim(dtype),
                 *offset / mmview_dtype_itemsize(base), index);
        *offset %= mmview_dtype_itemsize(base);
        if (out)
            print_numbers(out, index, mmview_dtype_ndim(dtype), ", ");
        return base;
    }
    if (mmview_dtype_field_count(dtype) > 0) {
        size_t field = field_at(dtype, *offset), length;
        const char *name = mmview_dtype_field_name(dtype, field, &length);

        *offset -= mmview_dtype_field_offset(dtype, field);
        if (out)
            selection_print_field(out, name, length);
        return mmview_dtype_field_dtype(dtype, field);
    }
    return NULL;
}

char *diff_field(const struct mmview_array *array, const struct mmview_difference *place)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(array);
    mmview_intp offset = place->a_offset;
    struct composition composition;
    FILE *out = compose_begin(&composition);

    while (dtype)
        dtype = step(dtype, &offset, out);
    return compose_end(&composition);
}

char *diff_text(const struct diff *diff, const struct mmview_difference *place, int file)
{
    const struct mmview_array *array = diff->files[file].array;
    const struct mmview_dtype *dtype = mmview_array_dtype(array), *inner;
    const unsigned char *at = mmview_array_data(array);
    mmview_intp offset = file == 0 ? place->a_offset : place->b_offset;
    mmview_intp index[MMVIEW_MAXDIMS];
    int ndim = mmview_array_ndim(array);

    index_of(mmview_array_shape(array), ndim, place->item, index);
    for (int i = 0; i < ndim; i++)
        at += index[i] * mmview_array_strides(array)[i];
    at += offset;
    while ((inner = step(dtype, &offset, NULL)))
        dtype = inner;
    return item_text(dtype, at);
}

char *diff_figure(long double figure)
{
    double number = (double)figure;
    bool is_double = !((long double)number < figure || (long double)number > figure);
    struct mmview_dtype *dtype;
    char *text;

    if (mmview_dtype_parse(is_double ? "d" : "g", SIZE_MAX, 0, &dtype, NULL) < 0)
        report_nomem();
    text = is_double ? item_text(dtype, &number) : item_text(dtype, &figure);
    mmview_dtype_unref(dtype);
    return text;
}

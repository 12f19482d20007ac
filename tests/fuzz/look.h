/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_FUZZ_LOOK_H
#define TESTS_FUZZ_LOOK_H

#include <stdbool.h>

#include "expect.h"

typedef size_t text_function(const struct mmview_dtype *dtype, char *buffer, size_t size);

/* The text that one of the printers makes, which is yours to free. With less
 * room it is the same text, cut and terminated. */
static inline char *printed(text_function *print, const struct mmview_dtype *dtype)
{
    size_t length = print(dtype, NULL, 0), room = length / 2 + 1;
    char *text = malloc(length + 1), *part = malloc(room);

    EXPECT(text && part);
    EXPECT(print(dtype, text, length + 1) == length);
    EXPECT(strlen(text) == length);
    EXPECT(print(dtype, part, room) == length);
    EXPECT(strlen(part) == room - 1 && memcmp(part, text, room - 1) == 0);
    free(part);
    return text;
}

static inline void look_at_dtype(const struct mmview_dtype *dtype, int depth);

static inline void look_at_key(const struct mmview_dtype *dtype, size_t index, const char *key,
                               size_t length)
{
    size_t found = SIZE_MAX;

    if (!key)
        return;
    EXPECT(key[length] == '\0');
    EXPECT(mmview_dtype_field_find(dtype, key, length, &found) == MMVIEW_OK && found == index);
    /* A name can be found by what is before its first NUL, or else there is none. */
    if (strlen(key) == length)
        EXPECT(mmview_dtype_field_find(dtype, key, SIZE_MAX, &found) == MMVIEW_OK &&
               found == index);
}

static inline void look_at_fields(const struct mmview_dtype *dtype, int depth)
{
    size_t count = mmview_dtype_field_count(dtype);
    mmview_intp itemsize = mmview_dtype_itemsize(dtype);

    for (size_t i = 0; i < count; i++) {
        const struct mmview_dtype *field = mmview_dtype_field_dtype(dtype, i);
        mmview_intp offset = mmview_dtype_field_offset(dtype, i);
        size_t length = 0;
        const char *text = mmview_dtype_field_name(dtype, i, &length);

        EXPECT(text && field && offset >= 0 && offset <= itemsize);
        EXPECT(mmview_dtype_itemsize(field) <= itemsize - offset);
        look_at_key(dtype, i, text, length);
        text = mmview_dtype_field_title(dtype, i, &length);
        look_at_key(dtype, i, text, length);
        look_at_dtype(field, depth + 1);
    }
    EXPECT(!mmview_dtype_field_name(dtype, count, NULL));
    EXPECT(!mmview_dtype_field_title(dtype, count, NULL));
    EXPECT(!mmview_dtype_field_dtype(dtype, count));
    EXPECT(mmview_dtype_field_offset(dtype, count) == -1);
}

static inline void look_at_base(const struct mmview_dtype *dtype, int depth)
{
    const struct mmview_dtype *base = mmview_dtype_base(dtype);
    const mmview_intp *shape = mmview_dtype_shape(dtype);
    int ndim = mmview_dtype_ndim(dtype);
    mmview_intp bytes;

    EXPECT(!base == !shape && !base == (ndim == 0));
    if (!base)
        return;
    EXPECT(ndim > 0 && ndim <= MMVIEW_MAXDIMS);
    bytes = mmview_dtype_itemsize(base);
    for (int i = 0; i < ndim; i++) {
        EXPECT(shape[i] >= 0 && shape[i] <= INT32_MAX);
        EXPECT(!__builtin_mul_overflow(bytes, shape[i], &bytes));
    }
    EXPECT(bytes == mmview_dtype_itemsize(dtype));
    EXPECT(mmview_dtype_alignment(dtype) == mmview_dtype_alignment(base));
    look_at_dtype(base, depth + 1);
}

/* Asks a dtype everything there is to ask, and holds the answers against each
 * other. */
static inline void look_at_dtype(const struct mmview_dtype *dtype, int depth)
{
    text_function *const printers[] = {mmview_dtype_name, mmview_dtype_typestr, mmview_dtype_descr,
                                       mmview_dtype_descr_json};
    mmview_intp alignment = mmview_dtype_alignment(dtype);
    int multiple = 0;
    const char *unit = mmview_dtype_unit(dtype, &multiple);
    char kind = mmview_dtype_kind(dtype), order = mmview_dtype_byteorder(dtype);

    EXPECT(mmview_dtype_itemsize(dtype) >= 0 && mmview_dtype_itemsize(dtype) <= INT32_MAX);
    EXPECT(alignment > 0 && (alignment & (alignment - 1)) == 0);
    EXPECT(strchr("biufcmMOSUV", kind) &&
           strchr("?bBhHiIlLqQefdgFDGMmOSUVc", mmview_dtype_char(dtype)));
    EXPECT(mmview_dtype_num(dtype) >= 0 && mmview_dtype_num(dtype) <= 23);
    EXPECT(strchr("=<>|", order));
    EXPECT(!unit == (kind != 'm' && kind != 'M') && (!unit || multiple > 0));
    EXPECT(kind != 'O' || mmview_dtype_hasobject(dtype));
    EXPECT((order != '<' && order != '>') || !mmview_dtype_isnative(dtype));
    EXPECT(!mmview_dtype_isalignedstruct(dtype) || mmview_dtype_isstruct(dtype) ||
           mmview_dtype_isalignedstruct(mmview_dtype_base(dtype)));
    EXPECT(mmview_dtype_isstruct(dtype) || mmview_dtype_field_count(dtype) == 0);
    EXPECT(mmview_dtype_equal(dtype, dtype));
    /* Each level prints all below it: far down that is only slow. */
    for (size_t i = 0; depth < 8 && i < sizeof printers / sizeof *printers; i++)
        free(printed(printers[i], dtype));
    look_at_fields(dtype, depth);
    look_at_base(dtype, depth);
}

/* A field that has the name '' and no fields of its own is printed as gaps are: NumPy, too, would
 * read it back as one. */
static inline bool has_field_like_a_gap(const struct mmview_dtype *dtype)
{
    const struct mmview_dtype *base = mmview_dtype_base(dtype);

    for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++) {
        const struct mmview_dtype *field = mmview_dtype_field_dtype(dtype, i);
        size_t length = 0;

        mmview_dtype_field_name(dtype, i, &length);
        if ((length == 0 && mmview_dtype_kind(field) == 'V' && !mmview_dtype_isstruct(field)) ||
            has_field_like_a_gap(field))
            return true;
    }
    return base && has_field_like_a_gap(base);
}

/* What a dtype from a header prints as its descr is read back as the same, but for such a
 * field, and for a title that is an ellipsis, of which the repr() of Python is no literal. */
static inline void look_at_round_trip(const struct mmview_dtype *dtype)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    char *text = printed(mmview_dtype_descr, dtype), *again;
    struct mmview_dtype *back = NULL;

    if (strstr(text, "Ellipsis") || has_field_like_a_gap(dtype)) {
        free(text);
        return;
    }
    EXPECT(mmview_dtype_parse(text, SIZE_MAX, 0, &back, &err) == MMVIEW_OK);
    again = printed(mmview_dtype_descr, back);
    EXPECT(strcmp(text, again) == 0);
    EXPECT(mmview_dtype_itemsize(back) == mmview_dtype_itemsize(dtype));
    /* Of a sub-array the descr has only the size. */
    EXPECT(mmview_dtype_base(dtype) || mmview_dtype_equal(back, dtype));
    mmview_dtype_unref(back);
    free(again);
    free(text);
}

/* How many items there are in one of a dtype, sub-arrays and fields taken apart. It is a
 * double, as it may be past any integer. */
static inline double count_items(const struct mmview_dtype *dtype)
{
    const struct mmview_dtype *base = mmview_dtype_base(dtype);
    double count = base ? count_items(base) : 1;

    for (int i = 0; i < mmview_dtype_ndim(dtype); i++)
        count *= (double)mmview_dtype_shape(dtype)[i];
    for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++)
        count += count_items(mmview_dtype_field_dtype(dtype, i));
    return count;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "c_type.h"

#include <stdint.h>
#include <string.h>

#include "compose.h"
#include "report.h"

/* Types that a kind and a size name. */
static const struct {
    char kind;
    mmview_intp size;
    const char *name;
} scalars[] = {
    {'b', 1, "bool"},
    {'i', 1, "int8_t"},
    {'i', 2, "int16_t"},
    {'i', 4, "int32_t"},
    {'i', 8, "int64_t"},
    {'u', 1, "uint8_t"},
    {'u', 2, "uint16_t"},
    {'u', 4, "uint32_t"},
    {'u', 8, "uint64_t"},
    {'f', 2, "_Float16"},
    {'f', 4, "float"},
    {'f', 8, "double"},
    {'f', sizeof(long double), "long double"},
    {'c', 8, "float _Complex"},
    {'c', 16, "double _Complex"},
    {'c', 2 * sizeof(long double), "long double _Complex"},
    {'M', 8, "int64_t"},
    {'m', 8, "int64_t"},
};

/* The units of datetimes in words, by what mmview_dtype_unit() says. */
static const struct {
    const char *unit, *words;
} units[] = {
    {"Y", "years"},         {"M", "months"},       {"W", "weeks"},        {"D", "days"},
    {"h", "hours"},         {"m", "minutes"},      {"s", "seconds"},      {"ms", "milliseconds"},
    {"us", "microseconds"}, {"ns", "nanoseconds"}, {"ps", "picoseconds"}, {"fs", "femtoseconds"},
    {"as", "attoseconds"},
};

/* The name of the type, or of what it is an array of: then *length is how many,
 * else -1. */
static const char *name_of(const struct mmview_dtype *item, mmview_intp *length)
{
    mmview_intp size = mmview_dtype_itemsize(item);
    char kind = mmview_dtype_kind(item);

    *length = -1;
    if (mmview_dtype_isstruct(item))
        return "struct";
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
        if (scalars[i].kind == kind && scalars[i].size == size)
            return scalars[i].name;
    *length = kind == 'U' ? size / 4 : size;
    return kind == 'U' ? "char32_t" : kind == 'S' ? "char" : "unsigned char";
}

void c_type_print(FILE *out, const struct mmview_dtype *dtype)
{
    const struct mmview_dtype *item = dtype;
    mmview_intp length;

    while (mmview_dtype_base(item))
        item = mmview_dtype_base(item);
    fputs(name_of(item, &length), out);
    for (item = dtype; item; item = mmview_dtype_base(item))
        for (int i = 0; i < mmview_dtype_ndim(item); i++)
            fprintf(out, "[%jd]", (intmax_t)mmview_dtype_shape(item)[i]);
    if (length >= 0)
        fprintf(out, "[%jd]", (intmax_t)length);
}

char *c_type_text(const struct mmview_dtype *dtype)
{
    struct composition composition;

    c_type_print(compose_begin(&composition), dtype);
    return compose_end(&composition);
}

static void print_time(FILE *out, const struct mmview_dtype *dtype)
{
    int multiple = 1;
    const char *unit = mmview_dtype_unit(dtype, &multiple), *words = NULL;

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].unit, unit) == 0)
            words = units[i].words;
    if (!words)
        fputs("a time without a unit", out);
    else if (multiple == 1)
        fputs(words, out);
    else
        fprintf(out, "units of %d %s", multiple, words);
    if (words && mmview_dtype_kind(dtype) == 'M')
        fputs(" since 1970-01-01", out);
    fputs("; INT64_MIN is NaT, no time", out);
}

static const char *remark(const struct mmview_dtype *dtype)
{
    switch (mmview_dtype_kind(dtype)) {
    case 'b': return "one byte, 0 or 1";
    case 'f': return mmview_dtype_itemsize(dtype) == 2 ? "or its bits, as uint16_t" : NULL;
    case 'S': return "padded with NULs, none after a full one";
    case 'U': return "uint32_t code points, padded with NULs, none after a full one";
    case 'V': return mmview_dtype_isstruct(dtype) ? NULL : "bytes without a known meaning";
    default: return NULL;
    }
}

void c_type_print_remark(FILE *out, const struct mmview_dtype *dtype)
{
    if (mmview_dtype_unit(dtype, NULL)) {
        fputs(" (", out);
        print_time(out, dtype);
        fputs(")", out);
    } else if (remark(dtype)) {
        fprintf(out, " (%s)", remark(dtype));
    }
}

mmview_intp c_type_alignment(const struct mmview_dtype *dtype)
{
    mmview_intp most = 1;

    if (mmview_dtype_base(dtype))
        return c_type_alignment(mmview_dtype_base(dtype));
    if (!mmview_dtype_isstruct(dtype))
        return mmview_dtype_alignment(dtype);
    for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++) {
        mmview_intp one = c_type_alignment(mmview_dtype_field_dtype(dtype, i));

        if (one > most)
            most = one;
    }
    return most;
}

bool c_type_fits(const struct mmview_dtype *dtype)
{
    if (mmview_dtype_base(dtype))
        return c_type_fits(mmview_dtype_base(dtype));
    if (!mmview_dtype_isstruct(dtype))
        return true;
    for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++) {
        const struct mmview_dtype *field = mmview_dtype_field_dtype(dtype, i);

        if (mmview_dtype_field_offset(dtype, i) % c_type_alignment(field) != 0 ||
            !c_type_fits(field))
            return false;
    }
    return mmview_dtype_itemsize(dtype) % c_type_alignment(dtype) == 0;
}

bool c_type_strides_fit(const struct mmview_array *array, mmview_intp alignment)
{
    for (int i = 0; i < mmview_array_ndim(array); i++)
        if (mmview_array_shape(array)[i] > 1 && mmview_array_strides(array)[i] % alignment != 0)
            return false;
    return true;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/text_value.h"

#include <math.h>
#include <string.h>

#include "ops/load.h"
#include "ops/number_text.h"
#include "ops/time_text.h"

static char *put_text(char *to, const char *text)
{
    size_t length = strlen(text);

    memcpy(to, text, length);
    return to + length;
}

struct complex_f4 {
    float real, imag;
};
struct complex_f8 {
    double real, imag;
};
struct complex_f16 {
    long double real, imag;
};

/* ---- Single numbers, as text and as JSON. ---- */

/* Bytes that any of them takes at most. */
#define MOST 192
_Static_assert(2 * MMV_F16_TEXT_MOST + 4 <= MOST, "a complex number fits");
_Static_assert(MMV_FLOATS_TEXT_MOST <= MMV_WRITER_LEAST, "many floats fit");

#define put_bool(to, value, style)     put_text(to, (value) ? "True" : "False")
#define json_bool(to, value, style)    put_text(to, (value) ? "true" : "false")
#define put_signed(to, value, style)   mmv_put_i8(to, value)
#define put_unsigned(to, value, style) mmv_put_u8(to, value)
#define put_f2(to, value, style)       mmv_put_f2(to, value)
#define put_f16(to, value, style)      mmv_put_f16(to, value)
#define put_c4(to, value, style)       mmv_put_c8(to, (value).real, (value).imag)
#define put_c8(to, value, style)       mmv_put_c16(to, (value).real, (value).imag)
#define put_c16(to, value, style)      mmv_put_c32(to, (value).real, (value).imag)

static const struct mmv_float_words plain_words = {"nan", "inf", "-inf"};

/* JSON has no word for what is no number. */
static const struct mmv_float_words *json_words(const struct mmv_value_style *style)
{
    static const struct mmv_float_words nulls = {"null", "null", "null"},
                                        strings = {"\"NaN\"", "\"Infinity\"", "\"-Infinity\""};

    return style->nan_string ? &strings : &nulls;
}

static char *json_special(char *to, bool nan, bool negative, const struct mmv_value_style *style)
{
    const struct mmv_float_words *words = json_words(style);

    return put_text(to, nan ? words->nan : negative ? words->minus_inf : words->inf);
}

static inline char *json_f2(char *to, uint16_t bits, const struct mmv_value_style *style)
{
    if ((bits & 0x7c00) == 0x7c00)
        return json_special(to, bits & 0x3ff, bits >> 15, style);
    return mmv_put_f2(to, bits);
}

#define DEFINE_JSON(name, complex_name, type, complex, put)                                        \
    static inline char *name(char *to, type value, const struct mmv_value_style *style)            \
    {                                                                                              \
        if (!isfinite(value))                                                                      \
            return json_special(to, isnan(value), value < 0, style);                               \
        return put(to, value);                                                                     \
    }                                                                                              \
                                                                                                   \
    static inline char *complex_name(char *to, complex value, const struct mmv_value_style *style) \
    {                                                                                              \
        *to++ = '[';                                                                               \
        to = name(to, value.real, style);                                                          \
        *to++ = ',';                                                                               \
        to = name(to, value.imag, style);                                                          \
        *to++ = ']';                                                                               \
        return to;                                                                                 \
    }

DEFINE_JSON(json_f4, json_c4, float, struct complex_f4, mmv_put_f4)
DEFINE_JSON(json_f8, json_c8, double, struct complex_f8, mmv_put_f8)
DEFINE_JSON(json_f16, json_c16, long double, struct complex_f16, mmv_put_f16)

/* ---- Runs of them. ---- */

#define DEFINE_RUN(name, type, put)                                                  \
    static void name(struct mmv_writer *writer, const struct mmv_value_style *style, \
                     const struct mmview_dtype *dtype, const unsigned char *items,   \
                     mmview_intp count, mmview_intp step, char after)                \
    {                                                                                \
        const type *values = (const type *)(const void *)items;                      \
        char *at = writer->at, *last = writer->end - (MOST + 1);                     \
                                                                                     \
        (void)style;                                                                 \
        (void)dtype;                                                                 \
        (void)step;                                                                  \
        for (mmview_intp i = 0; i < count; i++) {                                    \
            if (at > last) {                                                         \
                writer->at = at;                                                     \
                mmv_writer_flush(writer);                                            \
                at = writer->at;                                                     \
            }                                                                        \
            at = put(at, values[i], style);                                          \
            *at++ = after;                                                           \
        }                                                                            \
        writer->at = at;                                                             \
    }

/* The same, many at a time. */
#define DEFINE_FLOAT_RUN(name, type, put, words)                                     \
    static void name(struct mmv_writer *writer, const struct mmv_value_style *style, \
                     const struct mmview_dtype *dtype, const unsigned char *items,   \
                     mmview_intp count, mmview_intp step, char after)                \
    {                                                                                \
        const type *values = (const type *)(const void *)items;                      \
                                                                                     \
        (void)style;                                                                 \
        (void)dtype;                                                                 \
        (void)step;                                                                  \
        while (count > 0) {                                                          \
            int n = count < MMV_FLOATS_MOST ? (int)count : MMV_FLOATS_MOST;          \
                                                                                     \
            mmv_writer_reserve(writer, MMV_FLOATS_TEXT_MOST);                        \
            writer->at = put(writer->at, values, n, words, after);                   \
            values += n;                                                             \
            count -= n;                                                              \
        }                                                                            \
    }

DEFINE_RUN(run_b1, unsigned char, put_bool)
DEFINE_RUN(run_i1, int8_t, put_signed)
DEFINE_RUN(run_i2, int16_t, put_signed)
DEFINE_RUN(run_i4, int32_t, put_signed)
DEFINE_RUN(run_i8, int64_t, put_signed)
DEFINE_RUN(run_u1, uint8_t, put_unsigned)
DEFINE_RUN(run_u2, uint16_t, put_unsigned)
DEFINE_RUN(run_u4, uint32_t, put_unsigned)
DEFINE_RUN(run_u8, uint64_t, put_unsigned)
DEFINE_RUN(run_f2, uint16_t, put_f2)
DEFINE_FLOAT_RUN(run_f4, float, mmv_put_f4s, &plain_words)
DEFINE_FLOAT_RUN(run_f8, double, mmv_put_f8s, &plain_words)
DEFINE_RUN(run_f16, long double, put_f16)
DEFINE_RUN(run_c4, struct complex_f4, put_c4)
DEFINE_RUN(run_c8, struct complex_f8, put_c8)
DEFINE_RUN(run_c16, struct complex_f16, put_c16)

DEFINE_RUN(run_json_b1, unsigned char, json_bool)
DEFINE_RUN(run_json_f2, uint16_t, json_f2)
DEFINE_FLOAT_RUN(run_json_f4, float, mmv_put_f4s, json_words(style))
DEFINE_FLOAT_RUN(run_json_f8, double, mmv_put_f8s, json_words(style))
DEFINE_RUN(run_json_f16, long double, json_f16)
DEFINE_RUN(run_json_c4, struct complex_f4, json_c4)
DEFINE_RUN(run_json_c8, struct complex_f8, json_c8)
DEFINE_RUN(run_json_c16, struct complex_f16, json_c16)

/* ---- What is not a plain number. ---- */

/* Dates, as ISO 8601; counts of units, which are integers. */
static void run_times(struct mmv_writer *writer, const struct mmv_value_style *style,
                      const struct mmview_dtype *dtype, const unsigned char *items,
                      mmview_intp count, mmview_intp step, char after)
{
    const int64_t *values = (const int64_t *)(const void *)items;
    bool json = style->form == MMV_VALUE_JSON;
    bool counts = dtype->kind == 'm' || dtype->unit == MMV_UNIT_GENERIC;

    (void)step;

    for (mmview_intp i = 0; i < count; i++) {
        bool nat = values[i] == INT64_MIN;
        bool quoted = json && (nat ? style->nan_string : !counts);

        mmv_writer_reserve(writer, MOST);
        if (quoted)
            *writer->at++ = '"';
        if (nat)
            writer->at = put_text(writer->at, json && !quoted ? "null" : "NaT");
        else if (counts)
            writer->at = mmv_put_i8(writer->at, values[i]);
        else
            writer->at = mmv_put_datetime(writer->at, dtype, values[i]);
        if (quoted)
            *writer->at++ = '"';
        *writer->at++ = after;
    }
}

static const struct number_runs {
    char kind;
    size_t itemsize;
    mmv_value_run *plain, *json;
} number_runs[] = {
    {'b', 1, run_b1, run_json_b1},
    {'i', 1, run_i1, run_i1},
    {'i', 2, run_i2, run_i2},
    {'i', 4, run_i4, run_i4},
    {'i', 8, run_i8, run_i8},
    {'u', 1, run_u1, run_u1},
    {'u', 2, run_u2, run_u2},
    {'u', 4, run_u4, run_u4},
    {'u', 8, run_u8, run_u8},
    {'f', 2, run_f2, run_json_f2},
    {'f', 4, run_f4, run_json_f4},
    {'f', 8, run_f8, run_json_f8},
    {'f', sizeof(long double), run_f16, run_json_f16},
    {'c', 8, run_c4, run_json_c4},
    {'c', 16, run_c8, run_json_c8},
    {'c', 2 * sizeof(long double), run_c16, run_json_c16},
    {'M', 8, run_times, run_times},
    {'m', 8, run_times, run_times},
};

mmv_value_run *mmv_value_run_for(const struct mmview_dtype *dtype,
                                 const struct mmv_value_style *style)
{
    for (size_t i = 0; i < sizeof number_runs / sizeof *number_runs; i++) {
        const struct number_runs *runs = &number_runs[i];

        if (runs->kind == dtype->kind && runs->itemsize == (size_t)dtype->itemsize)
            return style->form == MMV_VALUE_JSON ? runs->json : runs->plain;
    }
    switch (dtype->kind) {
    case 'S': return mmv_value_bytes;
    case 'U': return mmv_value_unicode;
    default: return mmv_value_void;
    }
}

void mmv_write_value(struct mmv_writer *writer, const struct mmv_value_style *style,
                     const struct mmview_dtype *dtype, const unsigned char *item, char after)
{
    mmv_value_run *run = mmv_value_run_for(dtype, style);
    union mmv_value number;

    if (!memchr("SUV", dtype->kind, 3)) {
        mmv_load_number(&number, dtype, item);
        item = number.bytes;
    }
    run(writer, style, dtype, item, 1, dtype->itemsize, after);
}

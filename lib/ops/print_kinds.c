/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* How items of each kind are shown so that they line up, but for structs. */
#include "ops/print_cell.h"

#include "ops/half.h"
#include "ops/load.h"
#include "ops/number_text.h"
#include "ops/string_text.h"
#include "ops/time_text.h"

static void put_right(struct mmv_writer *writer, const char *text, int length, int width)
{
    if (width > length)
        mmv_writer_fill(writer, ' ', (uint64_t)(width - length));
    mmv_writer_mem(writer, text, (size_t)length);
}

/* ---- Booleans ---- */

/* One more blank makes both as long, which matters only where there are several. */
static void write_bool(const struct mmv_cell *cell, struct mmv_writer *writer,
                       const unsigned char *item)
{
    mmv_writer_str(writer, *item ? &" True"[cell->scalar] : "False");
}

static const struct mmv_cell_kind bools = {.write = write_bool};

/* ---- Integers ---- */

/* Of kind u: the bits of it. */
static int64_t load_integer(const struct mmview_dtype *dtype, const unsigned char *item)
{
    bool is_signed = dtype->kind != 'u';
    union mmv_value number;

    mmv_load_number(&number, dtype, item);
    switch (dtype->itemsize) {
    case 1: return is_signed ? number.i1 : number.u1;
    case 2: return is_signed ? number.i2 : number.u2;
    case 4: return is_signed ? number.i4 : (int64_t)number.u4;
    default: return number.i8;
    }
}

static int put_integer(const struct mmv_cell *cell, char *to, int64_t value)
{
    char *end = cell->dtype->kind == 'u' ? mmv_put_u8(to, (uint64_t)value) : mmv_put_i8(to, value);

    return (int)(end - to);
}

static bool is_less(const struct mmv_cell *cell, int64_t a, int64_t b)
{
    return cell->dtype->kind == 'u' ? (uint64_t)a < (uint64_t)b : a < b;
}

static void measure_integer(struct mmv_cell *cell, const unsigned char *item)
{
    int64_t value = load_integer(cell->dtype, item);

    if (!cell->as.integer.any || is_less(cell, value, cell->as.integer.low))
        cell->as.integer.low = value;
    if (!cell->as.integer.any || is_less(cell, cell->as.integer.high, value))
        cell->as.integer.high = value;
    cell->as.integer.any = true;
}

static void settle_integer(struct mmv_cell *cell)
{
    char text[MMV_I8_TEXT_MOST];
    int low, high;

    if (!cell->as.integer.any)
        return;
    low = put_integer(cell, text, cell->as.integer.low);
    high = put_integer(cell, text, cell->as.integer.high);
    cell->width = low > high ? low : high;
}

static void write_integer(const struct mmv_cell *cell, struct mmv_writer *writer,
                          const unsigned char *item)
{
    char text[MMV_I8_TEXT_MOST];
    int length = put_integer(cell, text, load_integer(cell->dtype, item));

    put_right(writer, text, length, cell->width);
}

static const struct mmv_cell_kind integers = {measure_integer, settle_integer, write_integer};

/* ---- Times: integers, but for NaT ---- */

static const char nat[] = "'NaT'";

static void measure_time(struct mmv_cell *cell, const unsigned char *item)
{
    if (load_integer(cell->dtype, item) == INT64_MIN)
        cell->as.integer.nat = true;
    else
        measure_integer(cell, item);
}

/* NumPy takes the width of the latest and of the earliest. */
static void settle_time(struct mmv_cell *cell, int (*put)(const struct mmv_cell *, char *, int64_t))
{
    char text[MMV_TIME_TEXT_MOST + 2];
    int low, high;

    if (cell->as.integer.nat)
        cell->width = (int)strlen(nat);
    if (!cell->as.integer.any)
        return;
    low = put(cell, text, cell->as.integer.low);
    high = put(cell, text, cell->as.integer.high);
    if (low > cell->width)
        cell->width = low;
    if (high > cell->width)
        cell->width = high;
}

static void write_time(const struct mmv_cell *cell, struct mmv_writer *writer,
                       const unsigned char *item,
                       int (*put)(const struct mmv_cell *, char *, int64_t))
{
    int64_t value = load_integer(cell->dtype, item);
    char text[MMV_TIME_TEXT_MOST + 2];

    if (value == INT64_MIN)
        put_right(writer, nat, (int)strlen(nat), cell->width);
    else
        put_right(writer, text, put(cell, text, value), cell->width);
}

static int put_datetime(const struct mmv_cell *cell, char *to, int64_t value)
{
    char *at = to;

    *at++ = '\'';
    at = mmv_put_datetime(at, cell->dtype, value);
    *at++ = '\'';
    return (int)(at - to);
}

static void settle_datetime(struct mmv_cell *cell)
{
    settle_time(cell, put_datetime);
}

static void write_datetime(const struct mmv_cell *cell, struct mmv_writer *writer,
                           const unsigned char *item)
{
    write_time(cell, writer, item, put_datetime);
}

static const struct mmv_cell_kind datetimes = {measure_time, settle_datetime, write_datetime};

static void settle_timedelta(struct mmv_cell *cell)
{
    settle_time(cell, put_integer);
}

static void write_timedelta(const struct mmv_cell *cell, struct mmv_writer *writer,
                            const unsigned char *item)
{
    write_time(cell, writer, item, put_integer);
}

static const struct mmv_cell_kind timedeltas = {measure_time, settle_timedelta, write_timedelta};

/* ---- Floating-point numbers ---- */

static struct mmv_real real_of(char type, const union mmv_value *number, int part)
{
    switch (type) {
    case 'e': return (struct mmv_real){(long double)mmv_half_to_float(number->u2), number->u2};
    case 'f': return (struct mmv_real){(long double)number->f4[part], 0};
    case 'd': return (struct mmv_real){(long double)number->f8[part], 0};
    default: return (struct mmv_real){number->f16[part], 0};
    }
}

/* Returns how many parts a number of the dtype has. */
static int load_parts(const struct mmv_cell *cell, const unsigned char *item,
                      struct mmv_real parts[2])
{
    char type = cell->as.parts[0].type;
    union mmv_value number;

    mmv_load_number(&number, cell->dtype, item);
    parts[0] = real_of(type, &number, 0);
    if (cell->dtype->kind != 'c')
        return 1;
    parts[1] = real_of(type, &number, 1);
    return 2;
}

static void measure_float(struct mmv_cell *cell, const unsigned char *item)
{
    struct mmv_real parts[2];
    int count = load_parts(cell, item, parts);

    for (int i = 0; i < count; i++)
        mmv_float_measure(&cell->as.parts[i], parts[i]);
}

static void settle_float(struct mmv_cell *cell)
{
    mmv_float_settle(&cell->as.parts[0]);
    if (cell->dtype->kind == 'c')
        mmv_float_settle(&cell->as.parts[1]);
}

static void write_float(const struct mmv_cell *cell, struct mmv_writer *writer,
                        const unsigned char *item)
{
    struct mmv_real parts[2];
    int count = load_parts(cell, item, parts);

    mmv_float_write(&cell->as.parts[0], writer, parts[0], "");
    if (count > 1)
        mmv_float_write(&cell->as.parts[1], writer, parts[1], "j");
}

static const struct mmv_cell_kind floats = {measure_float, settle_float, write_float};

/* ---- Strings and bytes ---- */

static void write_string(const struct mmv_cell *cell, struct mmv_writer *writer,
                         const unsigned char *item)
{
    switch (cell->dtype->kind) {
    case 'S': mmv_write_bytes(writer, item, (size_t)cell->dtype->itemsize); break;
    case 'U': mmv_write_unicode_repr(writer, cell->dtype, item); break;
    default: mmv_write_void(writer, item, (size_t)cell->dtype->itemsize); break;
    }
}

static const struct mmv_cell_kind strings = {.write = write_string};

/* ---- All of them ---- */

const struct mmv_cell_kind *mmv_cell_kind_of(const struct mmview_dtype *dtype)
{
    switch (dtype->kind) {
    case 'b': return &bools;
    case 'i':
    case 'u': return &integers;
    case 'f':
    case 'c': return &floats;
    case 'M': return &datetimes;
    case 'm': return &timedeltas;
    default: return &strings;
    }
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/item_text.h"

#include <limits.h>

#include "base/strbuf.h"
#include "format/number_type.h"
#include "ops/load.h"
#include "ops/number_text.h"
#include "ops/print_cell.h"
#include "ops/string_text.h"

static int64_t signed_value(const union mmv_value *number, int size)
{
    switch (size) {
    case 1: return number->i1;
    case 2: return number->i2;
    case 4: return number->i4;
    default: return number->i8;
    }
}

static uint64_t unsigned_value(const union mmv_value *number, int size)
{
    switch (size) {
    case 1: return number->u1;
    case 2: return number->u2;
    case 4: return number->u4;
    default: return number->u8;
    }
}

/* An integer or a floating-point number: str() and repr() are the same. */
static char *put_number(char *to, char type, const union mmv_value *number, int size)
{
    switch (type) {
    case 'e': return mmv_put_f2(to, number->u2);
    case 'f': return mmv_put_f4(to, number->f4[0]);
    case 'd': return mmv_put_f8(to, number->f8[0]);
    case 'g': return mmv_put_f16(to, number->f16[0]);
    case 'F': return mmv_put_c8(to, number->f4[0], number->f4[1]);
    case 'D': return mmv_put_c16(to, number->f8[0], number->f8[1]);
    case 'G': return mmv_put_c32(to, number->f16[0], number->f16[1]);
    case 'B':
    case 'H':
    case 'I':
    case 'L':
    case 'Q': return mmv_put_u8(to, unsigned_value(number, size));
    default: return mmv_put_i8(to, signed_value(number, size));
    }
}

static void write_number(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                         const unsigned char *item)
{
    union mmv_value number;

    mmv_load_number(&number, dtype, item);
    mmv_writer_reserve(writer, MMV_NUMBER_TEXT_MOST);
    writer->at = put_number(writer->at, dtype->type, &number, dtype->itemsize);
}

/* The unit, for what does not tell it by itself: 'h', '25s'. */
static void write_unit(struct mmv_writer *writer, const struct mmview_dtype *dtype)
{
    mmv_writer_str(writer, ",'");
    if (dtype->multiple != 1) {
        mmv_writer_reserve(writer, MMV_I8_TEXT_MOST);
        writer->at = mmv_put_i8(writer->at, dtype->multiple);
    }
    mmv_writer_str(writer, mmv_unit_name(dtype->unit));
    mmv_writer_char(writer, '\'');
}

static void write_time(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                       const unsigned char *item, enum mmv_item_style style)
{
    bool is_date = dtype->kind == 'M', generic = dtype->unit == MMV_UNIT_GENERIC;
    bool repr = style == MMV_ITEM_REPR, quoted;
    union mmv_value number;

    mmv_load_number(&number, dtype, item);
    quoted = repr && (number.i8 == INT64_MIN || (is_date && !generic));
    if (repr)
        mmv_writer_str(writer, is_date ? "numpy.datetime64(" : "numpy.timedelta64(");
    if (quoted)
        mmv_writer_char(writer, '\'');
    mmv_writer_reserve(writer, MMV_TIME_TEXT_MOST);
    if (is_date)
        writer->at = mmv_put_datetime(writer->at, dtype, number.i8);
    else if (repr && !quoted) /* the count, in units of several */
        writer->at = mmv_put_i8(writer->at, number.i8);
    else
        writer->at = mmv_put_timedelta(writer->at, dtype, number.i8);
    if (quoted)
        mmv_writer_char(writer, '\'');
    if (!repr)
        return;
    /* A date tells its unit by its length, but for hours: NumPy says those, too. */
    if (!generic && !(is_date && dtype->multiple == 1 && dtype->unit != MMV_UNIT_h))
        write_unit(writer, dtype);
    mmv_writer_char(writer, ')');
}

static void write_void(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                       const unsigned char *item, enum mmv_item_style style)
{
    if (style == MMV_ITEM_REPR)
        mmv_writer_str(writer, "void(");
    mmv_write_void(writer, item, (size_t)dtype->itemsize);
    if (style == MMV_ITEM_REPR)
        mmv_writer_char(writer, ')');
}

/* How many items are shown of a sub-array and of the fields in it: some number past
 * INT_MAX if there are more. Only those without bytes can be so many. */
static int64_t count_shown(const struct mmview_dtype *dtype)
{
    const int64_t most = (int64_t)INT_MAX + 1;
    int64_t count = dtype->base ? count_shown(dtype->base) : 1;

    for (int i = 0; i < dtype->ndim; i++) {
        count *= dtype->shape[i];
        count = count < most ? count : most;
    }
    for (size_t i = 0; i < dtype->nfields; i++) {
        count += count_shown(dtype->fields[i].dtype);
        count = count < most ? count : most;
    }
    return count;
}

int mmv_write_item(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                   const unsigned char *item, enum mmv_item_style style)
{
    switch (dtype->kind) {
    case 'b': mmv_writer_str(writer, *item ? "True" : "False"); return MMVIEW_OK;
    case 'i':
    case 'u':
    case 'f':
    case 'c': write_number(writer, dtype, item); return MMVIEW_OK;
    case 'M':
    case 'm': write_time(writer, dtype, item, style); return MMVIEW_OK;
    case 'S': mmv_write_bytes(writer, item, (size_t)dtype->itemsize); return MMVIEW_OK;
    case 'U':
        if (style == MMV_ITEM_STR)
            mmv_write_unicode(writer, dtype, item);
        else
            mmv_write_unicode_repr(writer, dtype, item);
        return MMVIEW_OK;
    case 'V':
        if (dtype->is_struct || dtype->base)
            return count_shown(dtype) > INT_MAX ? MMVIEW_EUNSUPPORTED
                                                : mmv_cell_write_alone(writer, dtype, item);
        write_void(writer, dtype, item, style);
        return MMVIEW_OK;
    default: return MMVIEW_EUNSUPPORTED;
    }
}

static int put_text(void *context, const char *text, size_t length)
{
    mmv_strbuf_mem(context, text, length);
    return 0;
}

size_t mmview_item_text(const struct mmview_dtype *dtype, const void *item, int style, char *buffer,
                        size_t size)
{
    struct mmv_strbuf text = mmv_strbuf_init(buffer, size);
    char room[MMV_WRITER_LEAST];
    struct mmv_writer writer;

    mmv_writer_start(&writer, room, sizeof room, put_text, &text);
    if ((style != MMVIEW_ITEM_STR && style != MMVIEW_ITEM_REPR) || dtype->has_object ||
        mmv_dtype_check_meaning(dtype, NULL) < 0 ||
        mmv_write_item(&writer, dtype, item, (enum mmv_item_style)style) != MMVIEW_OK) {
        if (size)
            *buffer = '\0';
        return MMVIEW_NO_TEXT;
    }
    mmv_writer_flush(&writer);
    return mmv_strbuf_end(&text);
}

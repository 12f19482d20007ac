/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.dtype's name, str and descr, and what repr(array) says of it. */
#include <string.h>

#include "base/strbuf.h"
#include "format/dtype.h"
#include "format/pyrepr.h"

/* The unit of a datetime, unless it is generic: "[25s]". */
static void put_unit(struct mmv_strbuf *buf, const struct mmview_dtype *dtype)
{
    if (dtype->unit >= MMV_UNIT_GENERIC)
        return;
    mmv_strbuf_char(buf, '[');
    if (dtype->multiple != 1)
        mmv_strbuf_int(buf, dtype->multiple);
    mmv_strbuf_str(buf, mmv_unit_name(dtype->unit));
    mmv_strbuf_char(buf, ']');
}

size_t mmview_dtype_name(const struct mmview_dtype *dtype, char *buffer, size_t size)
{
    struct mmv_strbuf buf = mmv_strbuf_init(buffer, size);
    int64_t bits;

    mmv_strbuf_str(&buf, mmv_dtype_base_name(dtype, &bits));
    if (bits)
        mmv_strbuf_int(&buf, bits);
    put_unit(&buf, dtype);
    return mmv_strbuf_end(&buf);
}

static void put_typestr(struct mmv_strbuf *buf, const struct mmview_dtype *dtype)
{
    int size = dtype->kind == 'U' ? dtype->itemsize / 4 : dtype->itemsize;

    mmv_strbuf_char(buf, dtype->byteorder == '=' ? MMV_NATIVE : dtype->byteorder);
    mmv_strbuf_char(buf, dtype->kind);
    if (dtype->kind != 'O')
        mmv_strbuf_int(buf, size);
    put_unit(buf, dtype);
}

size_t mmview_dtype_typestr(const struct mmview_dtype *dtype, char *buffer, size_t size)
{
    struct mmv_strbuf buf = mmv_strbuf_init(buffer, size);

    put_typestr(&buf, dtype);
    return mmv_strbuf_end(&buf);
}

/* How a language writes the nested tuples and lists of a descr. */
struct style {
    const char *quote;
    const char *separator;
    char open, close;      /* of what is a tuple in Python */
    const char *after_one; /* what a tuple of one item ends with */
    void (*put_str)(struct mmv_strbuf *buf, const char *text, size_t length);
};

static const struct style python = {"'", ", ", '(', ')', ",", mmv_repr_str};
static const struct style json = {"\"", ",", '[', ']', "", mmv_json_str};

/* As str(dtype) has it: types are shorter, and gaps make a dict. */
static const struct style shown = {"'", ", ", '(', ')', ",", mmv_repr_str};

static void put_shape(struct mmv_strbuf *buf, const struct style *style,
                      const struct mmview_dtype *dtype)
{
    mmv_strbuf_char(buf, style->open);
    for (int i = 0; i < dtype->ndim; i++) {
        if (i)
            mmv_strbuf_str(buf, style->separator);
        mmv_strbuf_int(buf, dtype->shape[i]);
    }
    if (dtype->ndim == 1)
        mmv_strbuf_str(buf, style->after_one);
    mmv_strbuf_char(buf, style->close);
}

static void put_title(struct mmv_strbuf *buf, const struct style *style,
                      const struct mmv_field *field)
{
    if (!field->title.data)
        mmv_strbuf_str(buf, style == &json ? "null" : "None");
    else if (field->title_is_str || style == &json)
        style->put_str(buf, field->title.data, field->title.length);
    else
        mmv_strbuf_mem(buf, field->title.data, field->title.length);
}

static void put_name(struct mmv_strbuf *buf, const struct style *style,
                     const struct mmv_field *field)
{
    if (!field->title.data) {
        style->put_str(buf, field->name.data, field->name.length);
        return;
    }
    mmv_strbuf_char(buf, style->open);
    put_title(buf, style, field);
    mmv_strbuf_str(buf, style->separator);
    style->put_str(buf, field->name.data, field->name.length);
    mmv_strbuf_char(buf, style->close);
}

/* Bytes that belong to no field: ('', '|V4'). */
static void put_gap(struct mmv_strbuf *buf, const struct style *style, int bytes)
{
    mmv_strbuf_char(buf, style->open);
    mmv_strbuf_str(buf, style->quote);
    mmv_strbuf_str(buf, style->quote);
    mmv_strbuf_str(buf, style->separator);
    mmv_strbuf_str(buf, style->quote);
    mmv_strbuf_str(buf, "|V");
    mmv_strbuf_int(buf, bytes);
    mmv_strbuf_str(buf, style->quote);
    mmv_strbuf_char(buf, style->close);
}

static void put_descr(struct mmv_strbuf *buf, const struct style *style,
                      const struct mmview_dtype *dtype);

/* A sub-array inside a struct keeps its shape; one that stands alone is
 * written as the void type that NumPy makes of it. */
static void put_field(struct mmv_strbuf *buf, const struct style *style,
                      const struct mmv_field *field)
{
    const struct mmview_dtype *dtype = field->dtype;

    mmv_strbuf_char(buf, style->open);
    put_name(buf, style, field);
    mmv_strbuf_str(buf, style->separator);
    put_descr(buf, style, dtype->base ? dtype->base : dtype);
    if (dtype->base) {
        mmv_strbuf_str(buf, style->separator);
        put_shape(buf, style, dtype);
    }
    mmv_strbuf_char(buf, style->close);
}

static void put_fields(struct mmv_strbuf *buf, const struct style *style,
                       const struct mmview_dtype *dtype)
{
    const char *separator = "";
    int offset = 0;

    mmv_strbuf_char(buf, '[');
    for (size_t i = 0; i < dtype->nfields; i++) {
        const struct mmv_field *field = &dtype->fields[i];

        if (field->offset > offset && style != &shown) {
            mmv_strbuf_str(buf, separator);
            put_gap(buf, style, field->offset - offset);
            separator = style->separator;
        }
        mmv_strbuf_str(buf, separator);
        put_field(buf, style, field);
        separator = style->separator;
        offset = field->offset + field->dtype->itemsize;
    }
    if (dtype->itemsize > offset && style != &shown) {
        mmv_strbuf_str(buf, separator);
        put_gap(buf, style, dtype->itemsize - offset);
    }
    mmv_strbuf_char(buf, ']');
}

/* A list of fields can say what is in order and does not overlap. Some of a
 * struct's fields, by mmview_view_fields(), may come in any order. */
static bool is_in_order(const struct mmview_dtype *dtype)
{
    int offset = 0;

    for (size_t i = 0; i < dtype->nfields; i++) {
        if (dtype->fields[i].offset < offset)
            return false;
        offset = dtype->fields[i].offset + dtype->fields[i].dtype->itemsize;
    }
    return true;
}

static int64_t round_up(int64_t offset, int alignment)
{
    return (offset + alignment - 1) / alignment * alignment;
}

/* Do the fields follow each other, in order and as alignment has them? */
static bool is_packed(const struct mmview_dtype *dtype)
{
    int64_t offset = 0;
    int alignment = 1;

    for (size_t i = 0; i < dtype->nfields; i++) {
        const struct mmv_field *field = &dtype->fields[i];

        if (dtype->aligned_struct) {
            offset = round_up(offset, field->dtype->alignment);
            if (field->dtype->alignment > alignment)
                alignment = field->dtype->alignment;
        }
        if (field->offset != offset)
            return false;
        offset += field->dtype->itemsize;
    }
    return round_up(offset, alignment) == dtype->itemsize;
}

/* A key of the dict below, and what comes before it. */
static void put_key(struct mmv_strbuf *buf, const struct style *style, const char *before,
                    const char *key)
{
    mmv_strbuf_str(buf, before);
    mmv_strbuf_str(buf, style->quote);
    mmv_strbuf_str(buf, key);
    mmv_strbuf_str(buf, style->quote);
    mmv_strbuf_str(buf, style == &json ? ":" : ": ");
}

/* One column of the dict below: something of every field. */
static void put_column(struct mmv_strbuf *buf, const struct style *style,
                       const struct mmview_dtype *dtype, const char *key)
{
    put_key(buf, style, *key == 'n' ? "{" : style->separator, key);
    mmv_strbuf_char(buf, '[');
    for (size_t i = 0; i < dtype->nfields; i++) {
        const struct mmv_field *field = &dtype->fields[i];

        if (i)
            mmv_strbuf_str(buf, style->separator);
        switch (*key) {
        case 'n': style->put_str(buf, field->name.data, field->name.length); break;
        case 'f': put_descr(buf, style, field->dtype); break;
        case 'o': mmv_strbuf_int(buf, field->offset); break;
        default: put_title(buf, style, field); break;
        }
    }
    mmv_strbuf_char(buf, ']');
}

/* The dict of names, formats and offsets that numpy.dtype() takes as well. */
static void put_dict(struct mmv_strbuf *buf, const struct style *style,
                     const struct mmview_dtype *dtype, const char *end)
{
    bool titled = false;

    for (size_t i = 0; i < dtype->nfields; i++)
        titled = titled || dtype->fields[i].title.data;
    put_column(buf, style, dtype, "names");
    put_column(buf, style, dtype, "formats");
    put_column(buf, style, dtype, "offsets");
    if (titled)
        put_column(buf, style, dtype, "titles");
    put_key(buf, style, style->separator, "itemsize");
    mmv_strbuf_int(buf, dtype->itemsize);
    mmv_strbuf_str(buf, end);
}

/* A type without parts: '<f4', and '?' or 'S3' where '|b1' or '|S3' is the typestr. */
static void put_shown(struct mmv_strbuf *buf, const struct mmview_dtype *dtype)
{
    char text[64];

    mmview_dtype_typestr(dtype, text, sizeof text);
    if (dtype->kind == 'b')
        mmv_strbuf_char(buf, '?');
    else if (dtype->itemsize == 0) /* without its 0 */
        mmv_strbuf_mem(buf, text + (*text == '|'), dtype->kind == 'U' ? 2 : 1);
    else
        mmv_strbuf_str(buf, text + (*text == '|'));
}

static void put_descr(struct mmv_strbuf *buf, const struct style *style,
                      const struct mmview_dtype *dtype)
{
    if (dtype->is_struct && !(style == &shown ? is_packed(dtype) : is_in_order(dtype))) {
        put_dict(buf, style, dtype, "}");
    } else if (dtype->is_struct) {
        put_fields(buf, style, dtype);
    } else if (dtype->base) {
        mmv_strbuf_char(buf, style->open);
        put_descr(buf, style, dtype->base);
        mmv_strbuf_str(buf, style->separator);
        put_shape(buf, style, dtype);
        mmv_strbuf_char(buf, style->close);
    } else {
        mmv_strbuf_str(buf, style->quote);
        if (style == &shown)
            put_shown(buf, dtype);
        else
            put_typestr(buf, dtype);
        mmv_strbuf_str(buf, style->quote);
    }
}

static size_t print_descr(const struct mmview_dtype *dtype, const struct style *style, char *buffer,
                          size_t size)
{
    struct mmv_strbuf buf = mmv_strbuf_init(buffer, size);

    if (dtype->base) {
        mmv_strbuf_str(&buf, style->quote);
        put_typestr(&buf, dtype);
        mmv_strbuf_str(&buf, style->quote);
    } else {
        put_descr(&buf, style, dtype);
    }
    return mmv_strbuf_end(&buf);
}

size_t mmview_dtype_descr(const struct mmview_dtype *dtype, char *buffer, size_t size)
{
    return print_descr(dtype, &python, buffer, size);
}

size_t mmview_dtype_descr_json(const struct mmview_dtype *dtype, char *buffer, size_t size)
{
    return print_descr(dtype, &json, buffer, size);
}

size_t mmv_dtype_shown(const struct mmview_dtype *dtype, char *buffer, size_t size)
{
    struct mmv_strbuf buf = mmv_strbuf_init(buffer, size);
    const char *quote;
    char name[64];

    if (dtype->is_struct && dtype->aligned_struct) {
        put_dict(&buf, &shown, dtype, ", 'aligned': True}");
    } else if (dtype->is_struct) {
        put_descr(&buf, &shown, dtype);
    } else if (strchr("SUV", dtype->kind)) {
        mmv_strbuf_char(&buf, '\'');
        put_typestr(&buf, dtype);
        mmv_strbuf_char(&buf, '\'');
    } else {
        mmview_dtype_name(dtype, name, sizeof name);
        quote = strchr(name, '[') ? "'" : ""; /* "float32" is a name in Python */
        mmv_strbuf_str(&buf, quote);
        mmv_strbuf_str(&buf, name);
        mmv_strbuf_str(&buf, quote);
    }
    return mmv_strbuf_end(&buf);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Strings, bytes and names as programs read them. */
#include <string.h>

#include "base/utf8.h"
#include "ops/text_value.h"

#define REPLACEMENT 0xfffdu

/* A character on its way, or what is in the place of one. */
struct character {
    uint32_t code; /* may be a surrogate, or past U+10FFFF */
    bool loose;    /* code is a byte that is no part of a character */
    bool of_bytes; /* of an item that is bytes: to be shown byte by byte */
    char utf8[4];
    size_t length;
};

/* What drives a terminal: the reader may well be one. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

static bool is_surrogate(uint32_t code)
{
    return code >= 0xd800 && code < 0xe000;
}

/* The letter of \n and its like, 0 for a character that has none. */
static char short_escape(uint32_t code)
{
    switch (code) {
    case '\t': return 't';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\\': return '\\';
    default: return 0;
    }
}

/* A backslash, a letter and digits, at most 10 bytes. */
static void put_escape(struct mmv_writer *writer, char letter, uint32_t value, int digits)
{
    mmv_writer_reserve(writer, 16);
    *writer->at++ = '\\';
    *writer->at++ = letter;
    while (digits--)
        *writer->at++ = "0123456789abcdef"[value >> 4 * digits & 0xf];
}

static void put_utf8(struct mmv_writer *writer, const struct character *c)
{
    mmv_writer_mem(writer, c->utf8, c->length);
}

static void put_replacement(struct mmv_writer *writer)
{
    char utf8[4];

    mmv_writer_mem(writer, utf8, mmv_utf8_encode(REPLACEMENT, utf8));
}

/* Python's escapes. */
static void put_in_line(struct mmv_writer *writer, const struct character *c)
{
    if (short_escape(c->code))
        put_escape(writer, short_escape(c->code), 0, 0);
    else if (c->loose)
        put_escape(writer, 'x', c->code, 2);
    else if (is_control(c->code) && c->of_bytes)
        for (size_t i = 0; i < c->length; i++)
            put_escape(writer, 'x', (unsigned char)c->utf8[i], 2);
    else if (is_control(c->code))
        put_escape(writer, 'x', c->code, 2);
    else if (is_surrogate(c->code))
        put_escape(writer, 'u', c->code, 4);
    else if (c->code > 0x10ffff)
        put_escape(writer, 'U', c->code, 8);
    else
        put_utf8(writer, c);
}

/* A loose byte is the low half of a surrogate pair, as Python's surrogateescape has
 * it. Halves that are in the text are not written so: the high ones would make jq
 * refuse all of it. They are Python's escapes, as text. */
static void put_in_json(struct mmv_writer *writer, const struct character *c)
{
    if (short_escape(c->code) || c->code == '"') {
        put_escape(writer, c->code == '"' ? '"' : short_escape(c->code), 0, 0);
    } else if (c->loose) {
        put_escape(writer, 'u', 0xdc00 | c->code, 4);
    } else if (is_control(c->code)) {
        put_escape(writer, 'u', c->code, 4);
    } else if (is_surrogate(c->code)) {
        mmv_writer_char(writer, '\\');
        put_escape(writer, 'u', c->code, 4);
    } else if (c->code > 0x10ffff) {
        mmv_writer_char(writer, '\\');
        put_escape(writer, 'U', c->code, 8);
    } else {
        put_utf8(writer, c);
    }
}

static void put_in_csv(struct mmv_writer *writer, const struct character *c)
{
    if (c->code == '"')
        mmv_writer_char(writer, '"');
    if (c->code > 0x10ffff)
        put_replacement(writer);
    else
        put_utf8(writer, c);
}

typedef void put_character(struct mmv_writer *writer, const struct character *c);

static put_character *const puts_of[] = {
    [MMV_VALUE_LINE] = put_in_line,
    [MMV_VALUE_CSV] = put_in_csv,
    [MMV_VALUE_JSON] = put_in_json,
};

static bool is_special(const struct mmv_value_style *style, uint32_t code)
{
    return code == '"' || code == '\n' || code == '\r' || code == (unsigned char)style->delimiter;
}

bool mmv_csv_is_special(const struct mmv_value_style *style, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (is_special(style, (unsigned char)text[i]))
            return true;
    return false;
}

/* Text that is UTF-8, strictly or with lone surrogates. */
static void put_text(struct mmv_writer *writer, enum mmv_value_form form, const char *text,
                     size_t length, bool of_bytes)
{
    struct character c = {.of_bytes = of_bytes};

    for (size_t i = 0; i < length; i += c.length) {
        c.length = of_bytes ? mmv_utf8_decode(text + i, length - i, &c.code)
                            : mmv_wtf8_decode(text + i, length - i, &c.code);
        c.loose = c.length == 0;
        if (c.loose) {
            c.code = (unsigned char)text[i];
            c.length = 1;
        }
        memcpy(c.utf8, text + i, c.length);
        puts_of[form](writer, &c);
    }
}

void mmv_write_csv_text(struct mmv_writer *writer, const char *text, size_t length)
{
    put_text(writer, MMV_VALUE_CSV, text, length, false);
}

/* Whether a field of CSV is quoted, or a value of JSON. */
static bool is_quoted(const struct mmv_value_style *style, bool special, bool empty)
{
    return style->form == MMV_VALUE_JSON ||
           (style->form == MMV_VALUE_CSV && (special || (empty && style->alone)));
}

static void put_whole(struct mmv_writer *writer, const struct mmv_value_style *style,
                      const char *text, size_t length, bool of_bytes)
{
    bool special =
        style->form == MMV_VALUE_CSV && length > 0 && mmv_csv_is_special(style, text, length);
    bool quoted = is_quoted(style, special, length == 0);

    if (quoted)
        mmv_writer_char(writer, '"');
    if (style->form == MMV_VALUE_CSV && !special)
        mmv_writer_mem(writer, text, length);
    else
        put_text(writer, style->form, text, length, of_bytes);
    if (quoted)
        mmv_writer_char(writer, '"');
}

void mmv_write_name(struct mmv_writer *writer, const struct mmv_value_style *style,
                    const char *text, size_t length)
{
    put_whole(writer, style, text, length, false);
}

void mmv_value_bytes(struct mmv_writer *writer, const struct mmv_value_style *style,
                     const struct mmview_dtype *dtype, const unsigned char *items,
                     mmview_intp count, mmview_intp step, char after)
{
    for (; count > 0; count--, items += step) {
        size_t length = (size_t)dtype->itemsize;

        while (length > 0 && items[length - 1] == 0)
            length--;
        put_whole(writer, style, (const char *)items, length, true);
        mmv_writer_char(writer, after);
    }
}

/* The code of a character of U, as it stands in the item. */
static uint32_t code_at(const unsigned char *item, size_t index, bool swapped)
{
    uint32_t code;

    memcpy(&code, item + index * sizeof code, sizeof code);
    return swapped ? __builtin_bswap32(code) : code;
}

static void put_unicode(struct mmv_writer *writer, const struct mmv_value_style *style,
                        const unsigned char *item, size_t length, bool swapped)
{
    bool special = false, quoted;

    while (length > 0 && code_at(item, length - 1, false) == 0)
        length--;
    if (style->form == MMV_VALUE_CSV)
        for (size_t i = 0; i < length && !special; i++)
            special = is_special(style, code_at(item, i, swapped));
    quoted = is_quoted(style, special, length == 0);
    if (quoted)
        mmv_writer_char(writer, '"');
    for (size_t i = 0; i < length; i++) {
        struct character c = {.code = code_at(item, i, swapped)};

        if (c.code <= 0x10ffff)
            c.length = mmv_utf8_encode(c.code, c.utf8);
        puts_of[style->form](writer, &c);
    }
    if (quoted)
        mmv_writer_char(writer, '"');
}

void mmv_value_unicode(struct mmv_writer *writer, const struct mmv_value_style *style,
                       const struct mmview_dtype *dtype, const unsigned char *items,
                       mmview_intp count, mmview_intp step, char after)
{
    bool swapped = !mmview_dtype_isnative(dtype);

    for (; count > 0; count--, items += step) {
        put_unicode(writer, style, items, (size_t)dtype->itemsize / 4, swapped);
        mmv_writer_char(writer, after);
    }
}

/* Two digits a byte. */
void mmv_value_void(struct mmv_writer *writer, const struct mmv_value_style *style,
                    const struct mmview_dtype *dtype, const unsigned char *items, mmview_intp count,
                    mmview_intp step, char after)
{
    bool quoted = is_quoted(style, false, dtype->itemsize == 0);

    for (; count > 0; count--, items += step) {
        if (quoted)
            mmv_writer_char(writer, '"');
        for (int i = 0; i < dtype->itemsize; i++) {
            mmv_writer_reserve(writer, 2);
            *writer->at++ = "0123456789abcdef"[items[i] >> 4];
            *writer->at++ = "0123456789abcdef"[items[i] & 0xf];
        }
        if (quoted)
            mmv_writer_char(writer, '"');
        mmv_writer_char(writer, after);
    }
}

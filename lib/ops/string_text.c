/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/string_text.h"

#include "base/utf8.h"
#include "format/pyrepr.h"
#include "ops/load.h"

/* A character that is not shown as it is; quotes and backslashes may be. */
static void write_escape(struct mmv_writer *writer, uint32_t code)
{
    struct mmv_strbuf buf;

    mmv_writer_reserve(writer, MMV_REPR_ESCAPE_MOST);
    buf = mmv_strbuf_init(writer->at, MMV_REPR_ESCAPE_MOST);
    mmv_repr_escape(&buf, code);
    writer->at += buf.length;
}

void mmv_write_bytes(struct mmv_writer *writer, const unsigned char *bytes, size_t size)
{
    unsigned char quote;

    while (size > 0 && bytes[size - 1] == 0)
        size--;
    quote = memchr(bytes, '\'', size) && !memchr(bytes, '"', size) ? '"' : '\'';
    mmv_writer_char(writer, 'b');
    mmv_writer_char(writer, (char)quote);
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] < 0x20 || bytes[i] >= 0x7f) {
            write_escape(writer, bytes[i]);
            continue;
        }
        if (bytes[i] == '\\' || bytes[i] == quote)
            mmv_writer_char(writer, '\\');
        mmv_writer_char(writer, (char)bytes[i]);
    }
    mmv_writer_char(writer, (char)quote);
}

/* The characters of an item, and how many there are up to the padding. */
struct unicode {
    const unsigned char *item;
    size_t length;
    bool swapped;
};

static uint32_t code_at(const struct unicode *text, size_t index)
{
    uint32_t code;

    memcpy(&code, text->item + 4 * index, sizeof code);
    return text->swapped ? __builtin_bswap32(code) : code;
}

static struct unicode open_unicode(const struct mmview_dtype *dtype, const unsigned char *item)
{
    struct unicode text = {item, (size_t)dtype->itemsize / 4, !mmview_dtype_isnative(dtype)};

    while (text.length > 0 && code_at(&text, text.length - 1) == 0)
        text.length--;
    return text;
}

static void write_code(struct mmv_writer *writer, uint32_t code)
{
    mmv_writer_reserve(writer, 4);
    writer->at += mmv_utf8_encode(code, writer->at);
}

static bool is_character(uint32_t code)
{
    return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

void mmv_write_unicode(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                       const unsigned char *item)
{
    struct unicode text = open_unicode(dtype, item);

    for (size_t i = 0; i < text.length; i++) {
        uint32_t code = code_at(&text, i);

        if (is_character(code))
            write_code(writer, code);
        else
            write_escape(writer, code);
    }
}

static bool has_code(const struct unicode *text, uint32_t code)
{
    for (size_t i = 0; i < text->length; i++)
        if (code_at(text, i) == code)
            return true;
    return false;
}

void mmv_write_unicode_repr(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                            const unsigned char *item)
{
    struct unicode text = open_unicode(dtype, item);
    char quote = has_code(&text, '\'') && !has_code(&text, '"') ? '"' : '\'';

    mmv_writer_char(writer, quote);
    for (size_t i = 0; i < text.length; i++) {
        uint32_t code = code_at(&text, i);

        if (!is_character(code) || !mmv_isprintable(code)) {
            write_escape(writer, code);
            continue;
        }
        if (code == '\\' || code == (unsigned char)quote)
            mmv_writer_char(writer, '\\');
        write_code(writer, code);
    }
    mmv_writer_char(writer, quote);
}

void mmv_write_void(struct mmv_writer *writer, const unsigned char *bytes, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";

    mmv_writer_str(writer, "b'");
    for (size_t i = 0; i < size; i++) {
        mmv_writer_reserve(writer, 4);
        writer->at[0] = '\\';
        writer->at[1] = 'x';
        writer->at[2] = digits[bytes[i] >> 4];
        writer->at[3] = digits[bytes[i] & 0xf];
        writer->at += 4;
    }
    mmv_writer_char(writer, '\'');
}

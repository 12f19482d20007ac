/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "text.h"

#include <inttypes.h>
#include <stdbool.h>

size_t text_decode(const char *text, size_t length, uint32_t *code)
{
    const unsigned char *s = (const unsigned char *)text;
    uint32_t c, least;
    size_t n;

    if (length == 0)
        return 0;
    c = s[0];
    if (c < 0x80) {
        *code = c;
        return 1;
    }
    if (c >= 0xc0 && c < 0xe0) {
        n = 2;
        c &= 0x1f;
        least = 0x80;
    } else if (c >= 0xe0 && c < 0xf0) {
        n = 3;
        c &= 0x0f;
        least = 0x800;
    } else if (c >= 0xf0 && c < 0xf8) {
        n = 4;
        c &= 0x07;
        least = 0x10000;
    } else {
        return 0;
    }
    if (n > length)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3fu);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return 0;
    *code = c;
    return n;
}

static bool is_obeyed(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || /* control characters */
           (c >= 0x200e && c <= 0x200f) ||        /* and what turns the order */
           (c >= 0x2028 && c <= 0x202e) ||        /* of the text around it */
           (c >= 0x2066 && c <= 0x2069) || c == 0x061c;
}

void text_show(FILE *out, const char *text, size_t length)
{
    size_t i = 0;

    while (i < length) {
        uint32_t code;
        size_t n = text_decode(text + i, length - i, &code);

        if (n == 0 || is_obeyed(code))
            putc('?', out);
        else
            fwrite(text + i, 1, n, out);
        i += n ? n : 1;
    }
}

/* What a terminal would obey, as Python's repr() has it. */
static void put_escaped(FILE *out, uint32_t c)
{
    if (c == '\r')
        fputs("\\r", out);
    else
        fprintf(out, c < 0x100 ? "\\x%02" PRIx32 : "\\u%04" PRIx32, c);
}

size_t text_show_lines(FILE *out, const char *text, size_t length)
{
    size_t i = 0;

    while (i < length) {
        uint32_t c;
        size_t n = text_decode(text + i, length - i, &c);

        if (n == 0 && length - i < 4)
            break;
        if (n == 0)
            putc('?', out);
        else if (is_obeyed(c) && c != '\n' && c != '\t')
            put_escaped(out, c);
        else
            fwrite(text + i, 1, n, out);
        i += n ? n : 1;
    }
    return i;
}

static size_t columns(uint32_t c)
{
    static const struct {
        uint32_t first, last;
        size_t columns;
    } odd[] = {
        {0x0300, 0x036f, 0},   {0x1100, 0x115f, 2}, {0x200b, 0x200d, 0}, {0x20d0, 0x20f0, 0},
        {0x2e80, 0xa4cf, 2},   {0xac00, 0xd7a3, 2}, {0xf900, 0xfaff, 2}, {0xfe00, 0xfe0f, 0},
        {0xfe30, 0xfe6f, 2},   {0xff01, 0xff60, 2}, {0xffe0, 0xffe6, 2}, {0x1f300, 0x1faff, 2},
        {0x20000, 0x3fffd, 2},
    };

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (c >= odd[i].first && c <= odd[i].last)
            return odd[i].columns;
    return 1;
}

size_t text_width(const char *text, size_t length)
{
    size_t width = 0;

    for (size_t i = 0; i < length;) {
        uint32_t code;
        size_t n = text_decode(text + i, length - i, &code);

        width += n && !is_obeyed(code) ? columns(code) : 1;
        i += n ? n : 1;
    }
    return width;
}

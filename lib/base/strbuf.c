/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "base/strbuf.h"

#include <string.h>

void mmv_strbuf_mem(struct mmv_strbuf *buf, const char *text, size_t length)
{
    if (buf->length < buf->size) {
        size_t room = buf->size - buf->length;

        memcpy(buf->data + buf->length, text, length < room ? length : room);
    }
    buf->length += length;
}

void mmv_strbuf_char(struct mmv_strbuf *buf, char c)
{
    mmv_strbuf_mem(buf, &c, 1);
}

void mmv_strbuf_str(struct mmv_strbuf *buf, const char *text)
{
    mmv_strbuf_mem(buf, text, strlen(text));
}

void mmv_strbuf_int(struct mmv_strbuf *buf, int64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        mmv_strbuf_char(buf, '-');
    mmv_strbuf_mem(buf, digits + at, sizeof digits - at);
}

size_t mmv_strbuf_end(struct mmv_strbuf *buf)
{
    if (buf->size)
        buf->data[buf->length < buf->size ? buf->length : buf->size - 1] = '\0';
    return buf->length;
}

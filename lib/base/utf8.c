/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "base/utf8.h"

#include "base/printable_table.h"

static size_t decode(const unsigned char *s, size_t length, uint32_t *code)
{
    uint32_t c, least;
    size_t n;

    if (length == 0)
        return 0;
    if (s[0] < 0x80) {
        *code = s[0];
        return 1;
    }
    if (s[0] >= 0xc2 && s[0] <= 0xdf) {
        n = 2;
        c = s[0] & 0x1fu;
        least = 0x80;
    } else if (s[0] >= 0xe0 && s[0] <= 0xef) {
        n = 3;
        c = s[0] & 0x0fu;
        least = 0x800;
    } else if (s[0] >= 0xf0 && s[0] <= 0xf4) {
        n = 4;
        c = s[0] & 0x07u;
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
    if (c < least || c > 0x10ffff)
        return 0;
    *code = c;
    return n;
}

size_t mmv_utf8_decode(const char *text, size_t length, uint32_t *code)
{
    uint32_t c;
    size_t n = decode((const unsigned char *)text, length, &c);

    if (n == 0 || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *code = c;
    return n;
}

size_t mmv_wtf8_decode(const char *text, size_t length, uint32_t *code)
{
    return decode((const unsigned char *)text, length, code);
}

size_t mmv_utf8_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

size_t mmv_utf8_count(const char *text, size_t length, size_t *bad)
{
    size_t count = 0;

    for (size_t i = 0; i < length; count++) {
        uint32_t code;
        size_t n = mmv_utf8_decode(text + i, length - i, &code);

        if (n == 0) {
            *bad = i;
            return SIZE_MAX;
        }
        i += n;
    }
    return count;
}

bool mmv_isprintable(uint32_t code)
{
    size_t low = 0, high = sizeof unprintable / sizeof *unprintable;

    if (code >= 0x20 && code < 0x7f)
        return true;
    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (code < unprintable[mid].first)
            high = mid;
        else if (code > unprintable[mid].last)
            low = mid + 1;
        else
            return false;
    }
    return true;
}

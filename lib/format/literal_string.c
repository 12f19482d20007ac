/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "base/utf8.h"
#include "format/scan.h"

struct prefix {
    size_t length;
    bool raw;
    bool bytes;
};

/* Reads the prefix of a string. False if what comes next is no string; f is
 * no prefix here, since an f-string is no literal. */
static bool read_prefix(const struct mmv_scan *scan, struct prefix *prefix)
{
    bool unicode = false;

    *prefix = (struct prefix){0, false, false};
    for (;; prefix->length++) {
        int c = mmv_scan_peek(scan, prefix->length);

        if (c == '\'' || c == '"')
            return true;
        if ((c == 'b' || c == 'B') && !prefix->bytes && !unicode)
            prefix->bytes = true;
        else if ((c == 'r' || c == 'R') && !prefix->raw && !unicode)
            prefix->raw = true;
        else if ((c == 'u' || c == 'U') && prefix->length == 0)
            unicode = true;
        else
            return false;
    }
}

bool mmv_scan_at_string(const struct mmv_scan *scan)
{
    struct prefix prefix;

    return read_prefix(scan, &prefix);
}

/* There is always room: see mmv_literal_parse(). */
static void put_byte(struct mmv_scan *scan, char c)
{
    scan->literal->text[scan->literal->text_used++] = c;
}

static void put(struct mmv_scan *scan, bool bytes, uint32_t code)
{
    if (bytes)
        put_byte(scan, (char)code);
    else
        scan->literal->text_used +=
            mmv_utf8_encode(code, scan->literal->text + scan->literal->text_used);
}

/* \xHH, \uHHHH, \UHHHHHHHH: at is behind the letter. */
static int hex_escape(struct mmv_scan *scan, size_t begin, unsigned count, uint32_t *code)
{
    *code = 0;
    for (unsigned i = 0; i < count; i++) {
        int digit = mmv_hex_digit(mmv_scan_peek(scan, 0));

        if (digit < 0)
            return mmv_scan_fail(scan, begin, "an escape sequence is cut short");
        *code = *code << 4 | (uint32_t)digit;
        scan->at++;
    }
    if (*code > 0x10ffff)
        return mmv_scan_fail(scan, begin, "an escape sequence past U+10FFFF");
    return MMVIEW_OK;
}

/* \N{NAME}: at is behind the N. */
static int name_escape(struct mmv_scan *scan, size_t begin, uint32_t *code)
{
    const char *name = scan->source + scan->at + 1;
    const char *end;

    if (mmv_scan_peek(scan, 0) != '{' || !(end = memchr(name, '}', scan->length - scan->at - 1)))
        return mmv_scan_fail(scan, begin, "\\N without a {name}");
    switch (mmv_charname_find(&scan->names, name, (size_t)(end - name), code)) {
    case MMV_CHARNAME_OK: break;
    case MMV_CHARNAME_UNKNOWN:
        return mmv_scan_fail(scan, begin, "\\N{...} names no known character");
    case MMV_CHARNAME_NOTABLE:
        return mmv_fail_at(scan->err, MMVIEW_EUNSUPPORTED, scan->origin->offset + begin,
                           "%s: \\N{...} needs libunistring, which is not there",
                           scan->origin->what);
    }
    scan->at += (size_t)(end - name) + 2;
    return MMVIEW_OK;
}

/* \o, \oo or \ooo: at is at the first digit. In bytes the ninth bit is lost. */
static uint32_t octal_escape(struct mmv_scan *scan)
{
    uint32_t code = 0;

    for (unsigned i = 0; i < 3; i++) {
        int c = mmv_scan_peek(scan, 0);

        if (c < '0' || c > '7')
            break;
        code = code << 3 | (uint32_t)(c - '0');
        scan->at++;
    }
    return code;
}

/* An escape sequence: at is at its backslash. */
static int escape(struct mmv_scan *scan, bool bytes)
{
    static const char letters[] = "\\'\"abfnrtv";
    static const char meanings[] = "\\'\"\a\b\f\n\r\t\v";
    size_t begin = scan->at++;
    size_t line_end = mmv_scan_newline(scan, 0);
    int c = mmv_scan_peek(scan, 0);
    const char *letter;
    uint32_t code;
    int rc = MMVIEW_OK;

    if (line_end) {
        scan->at += line_end;
        return MMVIEW_OK;
    }
    if (c >= '0' && c <= '7') {
        put(scan, bytes, octal_escape(scan));
        return MMVIEW_OK;
    }
    if (c > 0 && (letter = strchr(letters, c))) {
        scan->at++;
        put(scan, bytes, (unsigned char)meanings[letter - letters]);
        return MMVIEW_OK;
    }
    if (c != 'x' && (bytes || (c != 'u' && c != 'U' && c != 'N'))) {
        put(scan, bytes, '\\'); /* the character after it is read as itself */
        return MMVIEW_OK;
    }
    scan->at++;
    if (c == 'N')
        rc = name_escape(scan, begin, &code);
    else
        rc = hex_escape(scan, begin, c == 'x' ? 2 : c == 'u' ? 4 : 8, &code);
    if (rc < 0)
        return rc;
    put(scan, bytes, code);
    return MMVIEW_OK;
}

/* One character that stands for itself. */
static int plain(struct mmv_scan *scan, bool bytes)
{
    int c = mmv_scan_peek(scan, 0);

    if (c >= 0x80 && bytes)
        return mmv_scan_fail(scan, scan->at, "bytes may hold ASCII characters only");
    scan->at++;
    if (c >= 0x80 && (scan->flags & MMV_LITERAL_LATIN1))
        put(scan, false, (uint32_t)c);
    else
        put_byte(scan, (char)c);
    return MMVIEW_OK;
}

/* Characters that stand for themselves whatever the string is: nearly all. */
static void ordinary(struct mmv_scan *scan)
{
    const char *source = scan->source;
    char *text = scan->literal->text + scan->literal->text_used;
    size_t begin = scan->at, at = begin;

    for (; at < scan->length; at++) {
        unsigned char c = (unsigned char)source[at];

        if (c < 0x20 || c >= 0x7f || c == '\'' || c == '"' || c == '\\')
            break;
        *text++ = (char)c;
    }
    scan->literal->text_used += at - begin;
    scan->at = at;
}

/* One quoted string: at is at its prefix. */
static int one_string(struct mmv_scan *scan, const struct prefix *prefix)
{
    size_t begin = scan->at;
    int quote, rc;
    size_t quotes = 1;

    scan->at += prefix->length;
    quote = mmv_scan_peek(scan, 0);
    if (mmv_scan_peek(scan, 1) == quote && mmv_scan_peek(scan, 2) == quote)
        quotes = 3;
    scan->at += quotes;
    for (;;) {
        size_t line_end;
        int c;

        ordinary(scan);
        c = mmv_scan_peek(scan, 0);
        line_end = mmv_scan_newline(scan, 0);
        if (c < 0 || (line_end && quotes == 1))
            return mmv_scan_fail(scan, begin, "a string without its end");
        if (c == quote &&
            (quotes == 1 || (mmv_scan_peek(scan, 1) == quote && mmv_scan_peek(scan, 2) == quote))) {
            scan->at += quotes;
            return MMVIEW_OK;
        }
        if (line_end) {
            scan->at += line_end;
            put_byte(scan, '\n');
            continue;
        }
        if (c == '\\' && prefix->raw) {
            /* The backslash stays, and so does a quote or line end after it. */
            put_byte(scan, '\\');
            scan->at++;
            line_end = mmv_scan_newline(scan, 0);
            if (line_end) {
                scan->at += line_end;
                put_byte(scan, '\n');
                continue;
            }
            if (mmv_scan_peek(scan, 0) < 0)
                continue;
            rc = plain(scan, prefix->bytes);
        } else if (c == '\\') {
            rc = escape(scan, prefix->bytes);
        } else {
            rc = plain(scan, prefix->bytes);
        }
        if (rc < 0)
            return rc;
    }
}

int mmv_scan_string(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    struct prefix prefix;
    size_t start = scan->literal->text_used;
    int rc;

    read_prefix(scan, &prefix);
    node->type = prefix.bytes ? MMV_BYTES : MMV_STR;
    do {
        if (prefix.bytes != (node->type == MMV_BYTES))
            return mmv_scan_fail(scan, scan->at, "bytes next to a string");
        rc = one_string(scan, &prefix);
        if (rc < 0)
            return rc;
        rc = mmv_scan_space(scan);
        if (rc < 0)
            return rc;
    } while (read_prefix(scan, &prefix));
    node->u.text.data = scan->literal->text + start;
    node->u.text.length = scan->literal->text_used - start;
    return MMVIEW_OK;
}

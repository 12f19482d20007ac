/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_SCAN_H
#define MMV_FORMAT_SCAN_H

#include "format/charname.h"
#include "format/literal.h"

/* The state of one parse: literal.c drives it, literal_lines.c and literal_value.c are the
 * grammar, literal_number.c and literal_string.c read their tokens from it. */
struct mmv_scan {
    const char *source;
    size_t length;
    size_t at;
    unsigned depth; /* open brackets: inside them newlines do not count */
    unsigned flags;
    struct mmv_literal *literal;
    struct mmv_charnames names; /* for \N{...}: opened when first met */
    const struct mmv_literal_origin *origin;
    struct mmview_error *err;
};

/* The byte at the scan's place plus ahead; -1 behind the end. */
static inline int mmv_scan_peek(const struct mmv_scan *scan, size_t ahead)
{
    return scan->at + ahead < scan->length ? (unsigned char)scan->source[scan->at + ahead] : -1;
}

/* Locale-free classes of ASCII; false for -1 and for bytes past 0x7f. */
static inline bool mmv_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* What may be in a name. Bytes past 0x7f are taken for letters: no literal
 * goes on with one, so nothing hangs on which of them Python thinks are. */
static inline bool mmv_is_word(int c)
{
    return mmv_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c >= 0x80;
}

/* The value of a hexadecimal digit, or -1. */
static inline int mmv_hex_digit(int c)
{
    if (mmv_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The bytes of a line end at the scan's place plus ahead: 0, 1 or 2. */
size_t mmv_scan_newline(const struct mmv_scan *scan, size_t ahead);

/* Passes what is left of the line, but not its end. */
void mmv_scan_comment(struct mmv_scan *scan);

/* Passes blanks, comments and continued lines; newlines too, inside brackets. */
int mmv_scan_space(struct mmv_scan *scan);

int mmv_scan_fail(struct mmv_scan *scan, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4), cold));

/* Blames the byte that is next, or that there is none. */
int mmv_scan_unexpected(struct mmv_scan *scan);

/* Passes the lines before the value. */
int mmv_scan_lines_before(struct mmv_scan *scan);

/* Passes what may come after the value: blanks, comments, empty lines. */
int mmv_scan_lines_after(struct mmv_scan *scan);

/* Reads a whole value, and the space behind it. */
int mmv_scan_value(struct mmv_scan *scan, struct mmv_literal_node *node);

/* Adds *node to the tree; *index is where it went. */
int mmv_literal_add(struct mmv_scan *scan, const struct mmv_literal_node *node, uint32_t *index);

/* Reads a number: digits are next, or a point and a digit. */
int mmv_scan_number(struct mmv_scan *scan, struct mmv_literal_node *node);

/* True if a string, with its prefix if it has one, is next. */
bool mmv_scan_at_string(const struct mmv_scan *scan);

/* Reads a string, and those that follow it and so are part of it. */
int mmv_scan_string(struct mmv_scan *scan, struct mmv_literal_node *node);

#define mmv_scan_fail(...) mmv_negative(mmv_scan_fail(__VA_ARGS__))

#endif

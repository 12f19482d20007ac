/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/scan.h"

/* Python refuses to convert longer decimal numbers: sys.int_info. Zeros alone
 * are none to convert. */
#define MAX_DIGITS 4300

static bool is_digit_of(int c, unsigned base)
{
    int value = mmv_hex_digit(c);

    return value >= 0 && (unsigned)value < base;
}

/* Passes digits of base with single underscores between them, and adds them
 * to *node when it is not NULL. Returns how many there were. */
static size_t digits(struct mmv_scan *scan, unsigned base, struct mmv_literal_node *node)
{
    size_t count = 0;

    for (;;) {
        int c = mmv_scan_peek(scan, 0);

        if (c == '_' && count && is_digit_of(mmv_scan_peek(scan, 1), base)) {
            scan->at++;
            c = mmv_scan_peek(scan, 0);
        }
        if (!is_digit_of(c, base))
            return count;
        scan->at++;
        count++;
        if (node && (__builtin_mul_overflow(node->u.magnitude, base, &node->u.magnitude) ||
                     __builtin_add_overflow(node->u.magnitude, (unsigned)mmv_hex_digit(c),
                                            &node->u.magnitude)))
            node->huge = true;
    }
}

/* Passes the e of an exponent and its digits, if that is what comes next. */
static bool exponent(struct mmv_scan *scan)
{
    int c = mmv_scan_peek(scan, 0);
    int sign = mmv_scan_peek(scan, 1);
    size_t skip = sign == '+' || sign == '-' ? 2 : 1;

    if ((c != 'e' && c != 'E') || !mmv_is_digit(mmv_scan_peek(scan, skip)))
        return false;
    scan->at += skip;
    digits(scan, 10, NULL);
    return true;
}

/* 0x, 0o or 0b and digits. */
static int prefixed(struct mmv_scan *scan, struct mmv_literal_node *node, unsigned base)
{
    scan->at += 2;
    if (mmv_scan_peek(scan, 0) == '_' && is_digit_of(mmv_scan_peek(scan, 1), base))
        scan->at++;
    if (!digits(scan, base, node))
        return mmv_scan_fail(scan, scan->at, "a number without digits");
    return MMVIEW_OK;
}

/* A decimal integer, a float, or an imaginary number. */
static int decimal(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    size_t begin = scan->at;
    bool leading_zero = mmv_scan_peek(scan, 0) == '0';
    size_t count = digits(scan, 10, node);

    if (mmv_scan_peek(scan, 0) == '.') {
        node->type = MMV_FLOAT;
        scan->at++;
        digits(scan, 10, NULL);
    }
    if (exponent(scan))
        node->type = MMV_FLOAT;
    if (mmv_scan_peek(scan, 0) == 'j' || mmv_scan_peek(scan, 0) == 'J') {
        node->type = MMV_COMPLEX;
        scan->at++;
    }
    if (node->type != MMV_INT)
        return MMVIEW_OK;
    if (leading_zero && (node->u.magnitude || node->huge))
        return mmv_scan_fail(scan, begin, "a number may not start with a 0");
    if (count > MAX_DIGITS && !leading_zero)
        return mmv_scan_fail(scan, begin, "a number of %zu digits is too long", count);
    return MMVIEW_OK;
}

/* Python 2 wrote long integers as 2L. NumPy drops every NAME token that is
 * just L and comes after a NUMBER token or after such an L. */
static void drop_long_suffix(struct mmv_scan *scan)
{
    for (;;) {
        size_t ahead = 0;

        for (;;) {
            int c = mmv_scan_peek(scan, ahead);
            size_t line_end = c == '\\' ? mmv_scan_newline(scan, ahead + 1) : 0;

            /* The filter's lines end with LF: a lone CR goes on with none. */
            if (line_end == 1 && mmv_scan_peek(scan, ahead + 1) == '\r')
                line_end = 0;
            if (c == ' ' || c == '\t' || c == '\f')
                ahead++;
            else if (line_end)
                ahead += 1 + line_end;
            else
                break;
        }
        if (mmv_scan_peek(scan, ahead) != 'L' || mmv_is_word(mmv_scan_peek(scan, ahead + 1)))
            return;
        scan->at += ahead + 1;
    }
}

int mmv_scan_number(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    static const struct {
        char lower, upper;
        unsigned base;
    } prefixes[] = {{'x', 'X', 16}, {'o', 'O', 8}, {'b', 'B', 2}};
    unsigned base = 0;
    int rc;

    node->type = MMV_INT;
    node->u.magnitude = 0;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        int c = mmv_scan_peek(scan, 1);

        if (mmv_scan_peek(scan, 0) == '0' && (c == prefixes[i].lower || c == prefixes[i].upper))
            base = prefixes[i].base;
    }
    rc = base ? prefixed(scan, node, base) : decimal(scan, node);
    if (rc < 0)
        return rc;
    if (scan->flags & MMV_LITERAL_PYTHON2)
        drop_long_suffix(scan);
    if (mmv_is_word(mmv_scan_peek(scan, 0)) || mmv_scan_peek(scan, 0) == '.')
        return mmv_scan_fail(scan, scan->at, "a number goes on with '%c'",
                             mmv_scan_peek(scan, 0) < 0x80 ? mmv_scan_peek(scan, 0) : '?');
    return MMVIEW_OK;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/scan.h"

#include <stdarg.h>
#include <stdio.h>

/* Here the function, not the macro around it. */
#undef mmv_scan_fail

int mmv_scan_fail(struct mmv_scan *scan, size_t at, const char *format, ...)
{
    char reason[128];
    va_list ap;

    va_start(ap, format);
    vsnprintf(reason, sizeof reason, format, ap);
    va_end(ap);
    return mmv_fail_at(scan->err, scan->origin->status, scan->origin->offset + at,
                       "%s can not be parsed: %s, at byte %llu", scan->origin->what, reason,
                       (unsigned long long)scan->origin->offset + at);
}

size_t mmv_scan_newline(const struct mmv_scan *scan, size_t ahead)
{
    switch (mmv_scan_peek(scan, ahead)) {
    case '\n': return 1;
    case '\r': return mmv_scan_peek(scan, ahead + 1) == '\n' ? 2 : 1;
    default: return 0;
    }
}

void mmv_scan_comment(struct mmv_scan *scan)
{
    while (scan->at < scan->length && !mmv_scan_newline(scan, 0))
        scan->at++;
}

/* A backslash, which only a line end may follow, and something after that. */
static int continued_line(struct mmv_scan *scan)
{
    size_t line_end = mmv_scan_newline(scan, 1);

    if (!line_end || scan->at + 1 + line_end == scan->length)
        return mmv_scan_fail(scan, scan->at, "a stray backslash");
    scan->at += 1 + line_end;
    return MMVIEW_OK;
}

int mmv_scan_space(struct mmv_scan *scan)
{
    for (;;) {
        size_t at = scan->at, line_end;
        int c, rc;

        /* Half of a header is padding. */
        while (at < scan->length && scan->source[at] == ' ')
            at++;
        scan->at = at;
        c = mmv_scan_peek(scan, 0);
        line_end = scan->depth ? mmv_scan_newline(scan, 0) : 0;
        if (c == '\t' || c == '\f') {
            scan->at++;
        } else if (line_end) {
            scan->at += line_end;
        } else if (c == '#') {
            mmv_scan_comment(scan);
        } else if (c == '\\') {
            rc = continued_line(scan);
            if (rc < 0)
                return rc;
        } else {
            return MMVIEW_OK;
        }
    }
}

int mmv_scan_unexpected(struct mmv_scan *scan)
{
    int c = mmv_scan_peek(scan, 0);

    if (c < 0)
        return mmv_scan_fail(scan, scan->at, "it ends too early");
    if (c < 0x20 || c >= 0x7f)
        return mmv_scan_fail(scan, scan->at, "unexpected byte 0x%02x", c);
    return mmv_scan_fail(scan, scan->at, "unexpected '%c'", c);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The lines around a value, where Python minds how far they are indented. */
#include "format/scan.h"

/* Passes the blanks a line starts with and returns how far it is indented.
 * literal_eval() strips the blanks of the source's start. A form feed sets
 * Python's column back; NumPy's filter turns it into a space before that. Of a
 * line that goes on after a backslash the first blanks count, and to the filter
 * the last. */
static size_t indentation(struct mmv_scan *scan, bool first_line)
{
    bool filtered = scan->flags & MMV_LITERAL_PYTHON2;
    bool stripped = first_line;
    size_t column = 0, continued = 0;
    size_t line_end;

    for (;; scan->at++) {
        switch (mmv_scan_peek(scan, 0)) {
        case ' ':
        case '\t': column += !stripped; break;
        case '\f':
            column = filtered && !stripped ? column + 1 : 0;
            stripped = stripped && filtered;
            break;
        case '\\':
            line_end = mmv_scan_newline(scan, 1);
            if (!line_end || scan->at + 1 + line_end == scan->length)
                return continued ? continued : column; /* mmv_scan_space() will refuse it */
            continued = continued || filtered ? continued : column;
            column = filtered ? 0 : column;
            stripped = false;
            scan->at += line_end;
            break;
        default: return continued ? continued : column;
        }
    }
}

int mmv_scan_lines_before(struct mmv_scan *scan)
{
    for (bool first_line = true;; first_line = false) {
        size_t column = indentation(scan, first_line);
        size_t line_end;

        if (mmv_scan_peek(scan, 0) == '#')
            mmv_scan_comment(scan);
        line_end = mmv_scan_newline(scan, 0);
        if (!line_end && column)
            return mmv_scan_fail(scan, scan->at, "unexpected indent");
        if (!line_end)
            return mmv_scan_space(scan);
        scan->at += line_end;
    }
}

/* To Python a last line of nothing but blanks is an indented one, unless NumPy's
 * filter has gone over it, to which a lone CR ends no line. */
int mmv_scan_lines_after(struct mmv_scan *scan)
{
    bool filtered = scan->flags & MMV_LITERAL_PYTHON2;

    for (bool first_line = true;; first_line = false) {
        bool mended = first_line || (filtered && scan->source[scan->at - 1] == '\n');
        size_t column = mended ? 0 : indentation(scan, false);
        size_t line_end;
        int rc;

        if (column && scan->at == scan->length)
            return mmv_scan_fail(scan, scan->at, "unexpected indent");
        rc = mmv_scan_space(scan);
        if (rc < 0)
            return rc;
        if (scan->at == scan->length)
            return MMVIEW_OK;
        line_end = mmv_scan_newline(scan, 0);
        if (!line_end)
            return mmv_scan_unexpected(scan);
        scan->at += line_end;
    }
}

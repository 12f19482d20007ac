/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/print_line.h"

void mmv_line_put(struct mmv_line *line, const char *text, size_t length, uint64_t width)
{
    size_t inked = length;

    while (inked > 0 && text[inked - 1] == ' ')
        inked--;
    if (inked > 0) {
        mmv_writer_fill(line->out, ' ', line->pending);
        mmv_writer_mem(line->out, text, inked);
        line->pending = 0;
    }
    line->pending += length - inked;
    line->column += width;
}

void mmv_line_break(struct mmv_line *line, int empty, uint64_t indent)
{
    mmv_writer_fill(line->out, '\n', (uint64_t)empty + 1);
    line->column = line->pending = indent;
}

uint64_t mmv_line_width(const char *text, size_t length)
{
    uint64_t width = 0;

    for (size_t i = 0; i < length; i++)
        width += (text[i] & 0xc0) != 0x80;
    return width;
}

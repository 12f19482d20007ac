/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_PRINT_LINE_H
#define MMV_OPS_PRINT_LINE_H

#include "ops/writer.h"

/* The lines of a printed array. Blanks are held back until something follows, since
 * a line that is wrapped ends without them. */
struct mmv_line {
    struct mmv_writer *out;
    uint64_t column;  /* characters in this line, the held back ones included */
    uint64_t pending; /* blanks that are held back */
};

/* Text, and how many characters it has. */
void mmv_line_put(struct mmv_line *line, const char *text, size_t length, uint64_t width);

/* ASCII. */
static inline void mmv_line_str(struct mmv_line *line, const char *text)
{
    mmv_line_put(line, text, strlen(text), strlen(text));
}

/* Ends the line, leaves some empty, and starts one with so many blanks. */
void mmv_line_break(struct mmv_line *line, int empty, uint64_t indent);

/* Characters in UTF-8 of which we know that it is. */
uint64_t mmv_line_width(const char *text, size_t length);

#endif

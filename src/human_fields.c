/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdlib.h>
#include <string.h>

#include "c_type.h"
#include "field.h"
#include "human.h"
#include "text.h"

/* So many lines, and names so wide, a person can still take in. */
#define MOST_LINES 20
#define MOST_WIDTH 32

struct table {
    FILE *out;
    bool measure;     /* only find the widths */
    size_t line;      /* lines so far, those that are cut included */
    int names, types; /* widths of these columns */
};

static const struct mmview_dtype *innermost(const struct mmview_dtype *dtype)
{
    while (mmview_dtype_base(dtype))
        dtype = mmview_dtype_base(dtype);
    return dtype;
}

/* An unnamed field has an empty name. */
static const char *shown_name(const struct mmview_dtype *dtype, size_t index, size_t *length)
{
    const char *name = mmview_dtype_field_name(dtype, index, length);

    if (*length > 0)
        return name;
    *length = 2;
    return "''";
}

static void widen(int *column, size_t width)
{
    if (width > MOST_WIDTH)
        width = MOST_WIDTH;
    if (*column < (int)width)
        *column = (int)width;
}

static void pad(FILE *out, int column, size_t width)
{
    fprintf(out, "%*s  ", (size_t)column > width ? column - (int)width : 0, "");
}

/* One line: offset, size, name (indented if nested), item type, C type. */
static void put_line(struct table *table, const struct mmview_dtype *dtype, const char *name,
                     size_t length, mmview_intp offset, int depth)
{
    size_t width = 2 * (size_t)depth + text_width(name, length);
    char *typestr = dtype_text(mmview_dtype_typestr, innermost(dtype));

    if (table->measure) {
        widen(&table->names, width);
        widen(&table->types, strlen(typestr));
    } else {
        fprintf(table->out, "    %7" PRIdPTR " %7" PRIdPTR "  %*s", offset,
                mmview_dtype_itemsize(dtype), 2 * depth, "");
        text_show(table->out, name, length);
        pad(table->out, table->names, width);
        fputs(typestr, table->out);
        pad(table->out, table->types, strlen(typestr));
        c_type_print(table->out, dtype);
        putc('\n', table->out);
    }
    free(typestr);
}

static void put_fields(struct table *table, const struct mmview_dtype *dtype, mmview_intp start,
                       int depth)
{
    for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++) {
        const struct mmview_dtype *field = mmview_dtype_field_dtype(dtype, i);
        mmview_intp offset = start + mmview_dtype_field_offset(dtype, i);
        size_t length;
        const char *name = shown_name(dtype, i, &length);

        if (table->line++ < MOST_LINES)
            put_line(table, field, name, length, offset, depth);
        put_fields(table, innermost(field), offset, depth + 1);
    }
}

void human_print_fields(FILE *out, const struct mmview_dtype *dtype)
{
    struct table table = {out, true, 0, 4, 5};

    put_fields(&table, dtype, 0, 0);
    if (table.line == 0)
        return;
    fprintf(out, "  fields:\n    %7s %7s  %-*s  %-*s  %s\n", "offset", "bytes", table.names, "name",
            table.types, "dtype", "C type");
    table.measure = false;
    table.line = 0;
    put_fields(&table, dtype, 0, 0);
    if (table.line > MOST_LINES)
        fprintf(out, "    ... %zu more; --json shows all\n", table.line - MOST_LINES);
}

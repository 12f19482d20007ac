/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "member_table.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "compose.h"
#include "report.h"
#include "text.h"

const char *member_method(const struct mmview_member_info *info, char text[METHOD_ROOM])
{
    switch (info->method) {
    case MMVIEW_NPZ_STORED: return "stored";
    case MMVIEW_NPZ_DEFLATED: return "deflated";
    default: snprintf(text, METHOD_ROOM, "method %d", info->method); return text;
    }
}

double member_ratio(const struct mmview_member_info *info)
{
    return info->plain_size ? (double)info->packed_size / (double)info->plain_size : 1;
}

static bool is_right_aligned(size_t column)
{
    return column == COLUMN_SIZE || column == COLUMN_RATIO || column == COLUMN_OFFSET;
}

static char **add_row(struct member_table *table)
{
    if (table->rows == table->room) {
        size_t room = table->room ? 2 * table->room : 64;
        char **grown = realloc(table->cells, room * COLUMN_COUNT * sizeof *grown);

        if (!grown)
            report_nomem();
        table->cells = grown;
        table->room = room;
    }
    return table->cells + COLUMN_COUNT * table->rows++;
}

static char *cell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *cell(const char *format, ...)
{
    char *text;
    va_list ap;
    int length;

    va_start(ap, format);
    length = vasprintf(&text, format, ap);
    va_end(ap);
    if (length < 0)
        report_nomem();
    return text;
}

/* As Python shows a tuple. */
static char *shape_cell(const struct mmview_member_info *info)
{
    struct composition composition;
    FILE *out = compose_begin(&composition);

    putc('(', out);
    for (int i = 0; i < info->ndim; i++)
        fprintf(out, i ? ", %" PRIdPTR : "%" PRIdPTR, info->shape[i]);
    fputs(info->ndim == 1 ? ",)" : ")", out);
    return compose_end(&composition);
}

static char *mapped_cell(const struct mmview_member_info *info)
{
    if (info->mappable)
        return cell(info->aligned ? "aligned" : "unaligned");
    if (info->reason.status == MMVIEW_ECOMPRESSED)
        return cell("no");
    return cell("no: %s", info->reason.message);
}

/* No row is padded to more than this for the sake of another one: a name can have 65,535
 * characters, and an archive a row in every 76 bytes. What is wider pushes its own row. */
#define WIDEST 64

static void measure(struct member_table *table, char **row)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        size_t width = text_width(row[i], strlen(row[i]));

        if (width > table->widths[i])
            table->widths[i] = width < WIDEST ? width : WIDEST;
    }
}

void member_table_begin(struct member_table *table)
{
    static const char *const titles[COLUMN_COUNT] = {"name", "dtype", "shape",  "order", "method",
                                                     "size", "ratio", "offset", "mapped"};
    char **row;

    *table = (struct member_table){.rows = 0};
    row = add_row(table);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        row[i] = cell("%s", titles[i]);
    measure(table, row);
}

void member_table_add(struct member_table *table, const char *name,
                      const struct mmview_member_info *info)
{
    char method[METHOD_ROOM], **row = add_row(table);

    row[COLUMN_NAME] = cell("%s", name);
    row[COLUMN_DTYPE] = info->dtype ? dtype_text(mmview_dtype_name, info->dtype) : cell("%s", "-");
    row[COLUMN_SHAPE] = info->dtype ? shape_cell(info) : cell("%s", "-");
    row[COLUMN_ORDER] = cell("%s", info->dtype ? order_text((enum mmview_order)info->order) : "-");
    row[COLUMN_METHOD] = cell("%s", member_method(info, method));
    row[COLUMN_SIZE] = cell("%" PRIu64, info->plain_size);
    row[COLUMN_RATIO] = cell("%.3f", member_ratio(info));
    row[COLUMN_OFFSET] =
        info->offset == MMVIEW_NO_OFFSET ? cell("%s", "-") : cell("%" PRIu64, info->offset);
    row[COLUMN_MAPPED] = mapped_cell(info);
    measure(table, row);
}

static void print_row(const struct member_table *table, char **row)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        size_t length = strlen(row[i]);
        size_t width = text_width(row[i], length);
        int pad = width < table->widths[i] ? (int)(table->widths[i] - width) : 0;

        if (is_right_aligned(i))
            printf("%*s", pad, "");
        text_show(stdout, row[i], length);
        if (i + 1 < COLUMN_COUNT)
            printf("%*s", is_right_aligned(i) ? 2 : pad + 2, "");
    }
    putchar('\n');
}

void member_table_print(struct member_table *table)
{
    for (size_t row = 0; row < table->rows; row++)
        print_row(table, table->cells + COLUMN_COUNT * row);
    for (size_t i = 0; i < table->rows * COLUMN_COUNT; i++)
        free(table->cells[i]);
    free(table->cells);
    *table = (struct member_table){.rows = 0};
}

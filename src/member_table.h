/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MEMBER_TABLE_H
#define MEMBER_TABLE_H

#include <stddef.h>

#include <mmview.h>

/* What `mmview ls` shows to people: a line a member, in columns as wide as what is in
 * them. */

enum member_column {
    COLUMN_NAME,
    COLUMN_DTYPE,
    COLUMN_SHAPE,
    COLUMN_ORDER,
    COLUMN_METHOD,
    COLUMN_SIZE,
    COLUMN_RATIO,
    COLUMN_OFFSET,
    COLUMN_MAPPED,
    COLUMN_COUNT
};

struct member_table {
    char **cells; /* COLUMN_COUNT a row */
    size_t rows, room;
    size_t widths[COLUMN_COUNT];
};

/* A line for what the columns are. */
void member_table_begin(struct member_table *table);

void member_table_add(struct member_table *table, const char *name,
                      const struct mmview_member_info *info);

/* Prints and clears it. */
void member_table_print(struct member_table *table);

/* "stored", "deflated" or "method 12". */
#define METHOD_ROOM 24
const char *member_method(const struct mmview_member_info *info, char text[METHOD_ROOM]);

/* Bytes in the archive by bytes unpacked. */
double member_ratio(const struct mmview_member_info *info);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef LEAVES_H
#define LEAVES_H

#include <stdbool.h>
#include <stddef.h>

#include <mmview.h>

/* The columns of a table: what an item consists of, when fields of structs and
 * sub-arrays are taken apart to the last. */

struct leaf {
    const struct mmview_dtype *dtype; /* borrowed */
    mmview_intp offset;               /* in the item */
    char *name;                       /* of the column: "hit.x", "pos.0"; "" for all of an item */
    size_t name_length;
};

struct leaves {
    struct leaf *list;
    size_t count;
    bool escaped; /* a backslash in a string is an escape */
};

void leaves_all(struct leaves *leaves, const struct mmview_dtype *dtype);

/* The item as one. */
void leaves_one(struct leaves *leaves, const struct mmview_dtype *dtype);

void leaves_clear(struct leaves *leaves);

/* Reads a leaf's text into the item. False: err tells why not. */
bool leaves_parse(const struct leaves *leaves, size_t index, const char *text, size_t length,
                  char *item, struct mmview_error *err);

/* Is a text the name of a leaf, as a line above a table has them? */
bool leaves_is_name(const struct leaves *leaves, size_t index, const char *text, size_t length);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef CTYPES_LIST_H
#define CTYPES_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <mmview.h>

/* Shape or strides as an array of a type of Python's ctypes, and how Python and
 * JSON write that. */

struct ctypes_list {
    enum mmview_ctype type;
    int count;
    char name[64]; /* "c_long_Array_2", or "" for None, which 0 dimensions give */
    max_align_t values[MMVIEW_MAXDIMS];
};

/* What converts: mmview_ctypes_shape_as() or mmview_ctypes_strides_as(). */
typedef int ctypes_converter(const struct mmview_ctypes *view, enum mmview_ctype type, void *out,
                             size_t n, struct mmview_error *err);

/* Whether a list can be of this type: one of integers, floats or truths. */
bool ctypes_list_may_be(enum mmview_ctype type);

/* Fills a list. Returns what the converter does. */
int ctypes_list_fill(struct ctypes_list *list, const struct mmview_ctypes *view,
                     enum mmview_ctype type, ctypes_converter *convert, struct mmview_error *err);

/* "c_long_Array_2(3, 4)", or "None". */
void ctypes_list_print(FILE *out, const struct ctypes_list *list);

/* "[3,4]", or "null". */
void ctypes_list_print_json(FILE *out, const struct ctypes_list *list);

#endif

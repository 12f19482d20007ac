/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef SELECTION_H
#define SELECTION_H

#include <stdbool.h>
#include <stdio.h>

#include <mmview.h>

/* What -s and -T make of every array: views of it, from left to right in the
 * order given. */

struct selection {
    const char **steps; /* the text of a -s, or NULL for a -T */
    size_t count;
};

/* Adds a -s INDEX, or with NULL a -T. The text is borrowed. */
void selection_add(struct selection *selection, const char *index);

/* Replaces the array by the view of it. False: there is none; the reason is for
 * the array's FILE, and the array is as it was. */
bool selection_apply(const struct selection *selection, struct mmview_array **array,
                     struct mmview_error *err);

/* As Python writes it after the array's name: "[1:3]['x'].T". For people. */
void selection_print(FILE *out, const struct selection *selection);

/* A field likewise, "['x']": what -s takes. */
void selection_print_field(FILE *out, const char *name, size_t length);

void selection_clear(struct selection *selection);

#endif

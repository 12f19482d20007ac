/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef DIFF_H
#define DIFF_H

#include "target.h"

/* What `mmview diff` found of two files, and how it is told. */
struct diff {
    struct target files[2];
    struct mmview_comparison found;
    const struct mmview_difference *differences; /* found.told of them */
    bool same;                                   /* as the exit status says */
};

/* For people, nothing if there is no difference; and as a line of JSON. */
void diff_print(const struct diff *diff);
void diff_print_json(const struct diff *diff);

/* Where a number, string or time is: its item's index, as "[1, 2]", with what is to
 * be between two numbers; and its place in the item, as "['x'][0]", or "" if it is the
 * item, allocated. */
void diff_print_index(const struct mmview_array *array, mmview_intp item, const char *between);
char *diff_field(const struct mmview_array *array, const struct mmview_difference *place);

/* What is there in the first file (0) or the second (1), as NumPy's repr(), allocated. */
char *diff_text(const struct diff *diff, const struct mmview_difference *place, int file);

/* The text of a figure: "0.5", "1e-05", "inf"; allocated. */
char *diff_figure(long double figure);

#endif

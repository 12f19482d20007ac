/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef C_TYPE_H
#define C_TYPE_H

#include <stdbool.h>
#include <stdio.h>

#include <mmview.h>

/* The C type that holds an item: "double", "char[5]", "int16_t[2][3]". Structs
 * are just "struct". The item's byte order is not looked at. */
void c_type_print(FILE *out, const struct mmview_dtype *dtype);

/* The same, allocated. */
char *c_type_text(const struct mmview_dtype *dtype);

/* What the C type alone does not say, as " (words)", or nothing. */
void c_type_print_remark(FILE *out, const struct mmview_dtype *dtype);

/* The alignment that a C compiler gives the type: as NumPy's, but that of a
 * struct is the largest of its fields'. */
mmview_intp c_type_alignment(const struct mmview_dtype *dtype);

/* Whether everything inside a struct is where C could put it: at a multiple of
 * its alignment, and the size is one too. */
bool c_type_fits(const struct mmview_dtype *dtype);

/* Whether every step from one item to another is a multiple of the alignment. */
bool c_type_strides_fit(const struct mmview_array *array, mmview_intp alignment);

#endif

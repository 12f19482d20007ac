/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_TO_DOUBLE_H
#define MMV_OPS_TO_DOUBLE_H

#include <stddef.h>

/* Makes doubles of items that lie one after another, aligned, in native byte
 * order. */
typedef void mmv_to_double(const unsigned char *items, size_t count, double *to);

/* The one for a type's letter: of booleans, integers and floats whose numbers are
 * all doubles too. NULL for other types, and for 'd', which are doubles already. */
mmv_to_double *mmv_to_double_of(char type);

#endif

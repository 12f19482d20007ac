/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef OUT_CTYPES_H
#define OUT_CTYPES_H

#include "target.h"

/* Writes the ctypes view of an array to standard output, after so many others, with
 * shape and strides as arrays of the type. False: it can not be written, and that
 * was reported instead. */
typedef bool ctypes_writer(const struct target *target, enum mmview_ctype type, size_t shown);

/* As Python shows it; as a line of JSON. */
ctypes_writer out_ctypes_human, out_ctypes_json;

/* Instead of it, source that declares what an item is, with a comment on where the
 * items are. */
ctypes_writer out_declaration_c, out_declaration_python;

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_EXPORT_CTYPE_H
#define MMV_EXPORT_CTYPE_H

#include <stdbool.h>

#include <mmview/ctypes.h>
#include <mmview/dtype.h>

/* What items a C type can point at. */
enum mmv_ctype_kind {
    MMV_CTYPE_BOOL,
    MMV_CTYPE_SIGNED,
    MMV_CTYPE_UNSIGNED,
    MMV_CTYPE_FLOAT,
    MMV_CTYPE_COMPLEX,
    MMV_CTYPE_CHAR,
    MMV_CTYPE_WCHAR,
    MMV_CTYPE_VOID_P,
    MMV_CTYPE_HALF,
};

struct mmv_ctype {
    const char *name;   /* its own name in Python's ctypes, where it has one */
    const char *python; /* what the class of that name calls itself */
    enum mmv_ctype_kind kind;
    unsigned char size;
    unsigned char alignment;
};

/* NULL for what is no enum mmview_ctype. */
const struct mmv_ctype *mmv_ctype(enum mmview_ctype type);

/* Would a pointer to the type point at what the items are? */
bool mmv_ctype_fits(const struct mmv_ctype *ctype, const struct mmview_dtype *dtype);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_DTYPE_H
#define MMV_FORMAT_DTYPE_H

#include <stdbool.h>

#include <mmview/dtype.h>

#include "base/refcount.h"
#include "format/literal.h"

/* The byte orders of this machine, and of the others. */
#define MMV_NATIVE  (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? '<' : '>')
#define MMV_FOREIGN (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? '>' : '<')

/* Units of datetimes, from coarse to fine, in NumPy's order. */
enum mmv_unit {
    MMV_UNIT_Y,
    MMV_UNIT_M,
    MMV_UNIT_W,
    MMV_UNIT_D,
    MMV_UNIT_h,
    MMV_UNIT_m,
    MMV_UNIT_s,
    MMV_UNIT_ms,
    MMV_UNIT_us,
    MMV_UNIT_ns,
    MMV_UNIT_ps,
    MMV_UNIT_fs,
    MMV_UNIT_as,
    MMV_UNIT_GENERIC,
    MMV_UNIT_NONE, /* not a datetime */
};

/* Characters that something owns: terminated, and NULs may be in them. */
struct mmv_text {
    const char *data;
    size_t length;
};

struct mmv_field {
    struct mmv_text name;
    struct mmv_text title; /* data NULL: none. If not title_is_str, its repr() */
    bool title_is_str;
    char *title_store; /* in a list under construction: what title is freed by */
    int offset;
    struct mmview_dtype *dtype;
};

/* A name or string title, and the field it leads to. */
struct mmv_key {
    struct mmv_text text;
    size_t field;
};

struct mmview_dtype {
    mmv_refcount refs;
    char kind;
    char type; /* numpy.dtype.char */
    char byteorder;
    unsigned char num;
    bool has_object;
    bool aligned_struct;
    bool is_struct;
    unsigned char unit; /* enum mmv_unit */
    int multiple;       /* of the unit */
    int itemsize;
    int alignment;

    /* A sub-array: base is owned, and shape is in the same allocation. */
    struct mmview_dtype *base;
    int ndim;
    mmview_intp *shape;

    /* A struct: owned with all that is in it, in the same allocation but for
     * the fields' dtypes. keys is sorted. */
    size_t nfields;
    struct mmv_field *fields;
    size_t nkeys;
    struct mmv_key *keys;
};

/* What numpy.dtype(text) makes of a string. An error's offset is within text. */
int mmv_dtype_from_string(const char *text, size_t length, unsigned flags,
                          struct mmview_dtype **out, const struct mmv_literal_origin *origin,
                          struct mmview_error *err);

/* What numpy.lib.format.descr_to_dtype() makes of a literal; with
 * MMVIEW_DTYPE_ALIGN in flags, numpy.dtype(literal, align=True). */
int mmv_dtype_from_literal(const struct mmv_literal *literal, const struct mmv_literal_node *node,
                           unsigned flags, struct mmview_dtype **out,
                           const struct mmv_literal_origin *origin, struct mmview_error *err);

/* What numpy.dtype((base, value)) makes of an int or of a tuple or list of
 * ints: a sub-array, or base with a size. Takes over base, also on failure. */
int mmv_dtype_from_pair(struct mmview_dtype *base, const struct mmv_literal *literal,
                        const struct mmv_literal_node *value, struct mmview_dtype **out,
                        const struct mmv_literal_origin *origin, struct mmview_error *err);

/* A type by its letter (numpy.dtype.char) or its number; NULL out of memory,
 * *known then true. order is '<', '>' or '='. */
struct mmview_dtype *mmv_dtype_new_letter(char letter, char order, bool *known);
struct mmview_dtype *mmv_dtype_new_num(int num, char order, bool *known);

/* S, U or V of so many bytes; for U a multiple of 4. */
struct mmview_dtype *mmv_dtype_new_flexible(char letter, char order, int itemsize);

/* M or m. */
struct mmview_dtype *mmv_dtype_new_datetime(char letter, char order, enum mmv_unit unit,
                                            int multiple);

/* A sub-array of base, which it takes over; NULL out of memory, base then
 * still the caller's. The caller has checked the size. */
struct mmview_dtype *mmv_dtype_new_subarray(struct mmview_dtype *base, int ndim,
                                            const mmview_intp *shape, int itemsize);

/* A struct of nfields fields, whose texts it copies and whose dtypes it takes
 * over, also on failure. MMVIEW_ENOTFOUND if a name or title is there twice:
 * *twice is then the field that repeats it. */
int mmv_dtype_new_struct(const struct mmv_field *fields, size_t nfields, int itemsize,
                         int alignment, bool aligned, struct mmview_dtype **out, size_t *twice);

/* The letter of a kind and size in bytes, as 'f', 8: 'd'; 0 for none. */
char mmv_dtype_letter(char kind, int itemsize);

/* The letter that a NumPy alias stands for, as "float64": 'd'; 0 for none. */
char mmv_dtype_alias(const char *text, size_t length);

/* What repr(array) shows of it behind "dtype=". As mmview_dtype_name(). */
size_t mmv_dtype_shown(const struct mmview_dtype *dtype, char *buffer, size_t size);

/* "bool", "int", ...: the name without the bits; bits is 0 for a name that
 * has none. */
const char *mmv_dtype_base_name(const struct mmview_dtype *dtype, int64_t *bits);

/* Reads what is between the brackets of a datetime, the brackets included;
 * nothing at all is the generic unit. */
int mmv_datetime_parse(const char *text, size_t length, enum mmv_unit *unit, int *multiple,
                       const struct mmv_literal_origin *origin, struct mmview_error *err);

/* "ns" and so on; NULL for MMV_UNIT_NONE. */
const char *mmv_unit_name(enum mmv_unit unit);

#endif

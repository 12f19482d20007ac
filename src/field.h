/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "target.h"

/* What can be told of an array, as named values: the keys of --json, the
 * variables of --sh and the fields of -f are this one table. */

enum value_type {
    VALUE_NULL,   /* there is none */
    VALUE_TEXT,   /* text */
    VALUE_JSON,   /* text that is JSON already */
    VALUE_NUMBER, /* number */
    VALUE_BOOL,   /* number, 0 or 1 */
    VALUE_LIST,   /* list, count long */
    VALUE_FLAGS,  /* number: enum mmview_flags */
};

struct value {
    enum value_type type;
    const char *text;
    uint64_t number;
    const mmview_intp *list;
    int count;
    void *owned;     /* what value_clear() frees */
    char buffer[24]; /* what a short text lies in */
};

enum field_id {
    FIELD_FILE,
    FIELD_MEMBER,
    FIELD_FORMAT,
    FIELD_VERSION,
    FIELD_HEADER_LENGTH,
    FIELD_DATA_OFFSET,
    FIELD_DESCR,
    FIELD_TYPESTR,
    FIELD_DTYPE,
    FIELD_ITEMSIZE,
    FIELD_ALIGNMENT,
    FIELD_BYTEORDER,
    FIELD_NATIVE,
    FIELD_CTYPE,
    FIELD_KIND,
    FIELD_NDIM,
    FIELD_SHAPE,
    FIELD_STRIDES,
    FIELD_ORDER,
    FIELD_SIZE,
    FIELD_NBYTES,
    FIELD_OFFSET,
    FIELD_ADDRESS,
    FIELD_MODE,
    FIELD_FLAGS,
    FIELD_FLAGS_NUM,
    FIELD_FILE_SIZE,
    FIELD_TRAILING_BYTES,
    FIELD_COUNT, /* the keys end here, in the order of the output */

    FIELD_FLAG,            /* one flag */
    FIELD_ADDRESS_DECIMAL, /* for `addr --decimal`; no key */
    FIELD_PID,             /* of the process that has the address; a key of `hold --json` */
};

struct field {
    const char *key;
    enum field_id id;
    int flag; /* FIELD_FLAG: its bit */
};

/* All keys, by their id. */
extern const struct field field_table[FIELD_COUNT];

/* The flags by name, which are fields too. Ends with a NULL key. */
extern const struct field field_flags[];

/* A field by its key or a flag by its name; NULL if there is none. */
const struct field *field_find(const char *name, size_t length);

/* Its value, to be cleared. json: if it has a JSON form of its own, that. */
void field_get(const struct field *field, const struct target *target, bool json,
               struct value *value);
void value_clear(struct value *value);

/* As -f shows it: a list as "3 4", the names of the flags that are set, 1 or
 * 0 for yes or no, nothing for what there is not. */
void value_print(FILE *out, const struct value *value);

/* The same as text, allocated. */
char *field_text(const struct field *field, const struct target *target);

/* What a printer such as mmview_dtype_name() prints, allocated. */
char *dtype_text(size_t (*print)(const struct mmview_dtype *, char *, size_t),
                 const struct mmview_dtype *dtype);

/* mmview_item_text() as repr() has it, allocated. */
char *item_text(const struct mmview_dtype *dtype, const void *item);

/* "r" or "c"; "C" or "F". */
const char *mode_text(int mode);
const char *order_text(enum mmview_order order);

/* All of them by name, for --help. */
extern const char field_help[];

#endif

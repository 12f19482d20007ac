/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_TEXT_VALUE_H
#define MMV_OPS_TEXT_VALUE_H

#include <stdbool.h>

#include "format/dtype.h"
#include "ops/writer.h"

/* Single values as programs read them: what the forms for machines share. */

enum mmv_value_form {
    MMV_VALUE_LINE, /* alone on a line: what would break it is escaped, as "\n" */
    MMV_VALUE_CSV,  /* quoted if it must be, as RFC 4180 has it */
    MMV_VALUE_JSON,
};

struct mmv_value_style {
    enum mmv_value_form form;
    char delimiter;  /* CSV: between the fields of a row */
    bool alone;      /* CSV: rows have one field, so an empty one shows only if quoted */
    bool nan_string; /* JSON: what is no number is a string, not null */
};

/* Bytes of a buffer for a reader of such values, on the stack. */
#define MMV_VALUE_ROOM ((size_t)16 << 10)

/* Writes values that lie `step` bytes apart, with `after` after each; the last
 * `after` is writer->at[-1], for the caller to replace. Numbers and times come as
 * struct mmv_reader hands them out. */
typedef void mmv_value_run(struct mmv_writer *writer, const struct mmv_value_style *style,
                           const struct mmview_dtype *dtype, const unsigned char *items,
                           mmview_intp count, mmview_intp step, char after);

/* The one for a dtype that is neither a sub-array nor a struct. */
mmv_value_run *mmv_value_run_for(const struct mmview_dtype *dtype,
                                 const struct mmv_value_style *style);

/* Writes one value, from any address and in any byte order, and `after`. */
void mmv_write_value(struct mmv_writer *writer, const struct mmv_value_style *style,
                     const struct mmview_dtype *dtype, const unsigned char *item, char after);

/* Of S, U and V. */
mmv_value_run mmv_value_bytes, mmv_value_unicode, mmv_value_void;

/* A text of ours, the name of a field, as such a value, but without `after`: UTF-8,
 * with lone surrogates as three bytes each. */
void mmv_write_name(struct mmv_writer *writer, const struct mmv_value_style *style,
                    const char *text, size_t length);

/* CSV: whether the text makes its field one that is quoted, and the text inside
 * of it. */
bool mmv_csv_is_special(const struct mmv_value_style *style, const char *text, size_t length);
void mmv_write_csv_text(struct mmv_writer *writer, const char *text, size_t length);

#endif

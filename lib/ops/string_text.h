/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_STRING_TEXT_H
#define MMV_OPS_STRING_TEXT_H

#include "format/dtype.h"
#include "ops/writer.h"

/* The text of strings, of whatever length; what pads them at the end is not shown. */

/* Kind S: repr() of the bytes. */
void mmv_write_bytes(struct mmv_writer *writer, const unsigned char *bytes, size_t size);

/* Kind U: the characters, as UTF-8. A surrogate, which UTF-8 has not, is written as
 * \ud800, and what is past U+10FFFF, which Python has not, as \U00110000. */
void mmv_write_unicode(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                       const unsigned char *item);

/* Kind U: repr() of the string. What is past U+10FFFF is written as above. */
void mmv_write_unicode_repr(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                            const unsigned char *item);

/* Kind V without fields: b'\x61\xFF', whatever the bytes are. */
void mmv_write_void(struct mmv_writer *writer, const unsigned char *bytes, size_t size);

#endif

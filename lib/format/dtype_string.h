/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_DTYPE_STRING_H
#define MMV_FORMAT_DTYPE_STRING_H

#include "format/dtype.h"

/* What the two sorts of dtype string share: dtype_string.c and dtype_comma.c. */

static inline bool mmv_is_byteorder(char c)
{
    return c == '<' || c == '>' || c == '=' || c == '|';
}

int mmv_dtype_not_understood(const char *text, size_t length,
                             const struct mmv_literal_origin *origin, struct mmview_error *err);

/* Anything but a comma string, with its order taken off. ordered says that
 * one was written: aliases do not have any. */
int mmv_dtype_from_plain(const char *text, size_t length, char order, bool ordered,
                         struct mmview_dtype **out, const struct mmv_literal_origin *origin,
                         struct mmview_error *err);

bool mmv_dtype_is_comma_string(const char *text, size_t length);

/* flags: MMVIEW_DTYPE_ALIGN. */
int mmv_dtype_from_comma_string(const char *text, size_t length, unsigned flags,
                                struct mmview_dtype **out, const struct mmv_literal_origin *origin,
                                struct mmview_error *err);

#endif

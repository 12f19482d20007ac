/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_ITEM_PARSE_H
#define MMV_OPS_ITEM_PARSE_H

#include "base/error.h"
#include "format/dtype.h"

/* Reads a text of one item, as mmview_item_parse() says, into the item's bytes, at any
 * alignment and in the dtype's byte order. On failure they may be anything. */
int mmv_item_parse(const struct mmview_dtype *dtype, const char *text, size_t length,
                   unsigned char *item, struct mmview_error *err);

#endif

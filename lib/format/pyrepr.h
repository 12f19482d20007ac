/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_PYREPR_H
#define MMV_FORMAT_PYREPR_H

#include "base/strbuf.h"
#include "format/literal.h"

/* repr() of a str, given as UTF-8 with lone surrogates as three bytes. */
void mmv_repr_str(struct mmv_strbuf *buf, const char *text, size_t length);

/* What stands there for a character or byte that can not be printed: \n, \x00,
 * \ud800, \U0010ffff. */
#define MMV_REPR_ESCAPE_MOST 10
void mmv_repr_escape(struct mmv_strbuf *buf, uint32_t code);

/* The str as a JSON string: what is no character there is escaped. */
void mmv_json_str(struct mmv_strbuf *buf, const char *text, size_t length);

/* repr() of a whole literal. False if it holds what has no repr here: floats,
 * complex numbers, integers past 64 bits, sets of several items (their order
 * is chance) and dicts of several (a key may be there twice). */
bool mmv_repr_literal(struct mmv_strbuf *buf, const struct mmv_literal *literal,
                      const struct mmv_literal_node *node);

#endif

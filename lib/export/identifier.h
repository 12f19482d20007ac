/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_EXPORT_IDENTIFIER_H
#define MMV_EXPORT_IDENTIFIER_H

#include <stdbool.h>

#include "base/strbuf.h"

/* Can the text be the name of anything in C and C++? */
bool mmv_is_c_name(const char *text, size_t length);

/* Can it be the name of a class in Python? */
bool mmv_is_python_name(const char *text, size_t length);

/* A name made of what of the text can be in one, and of index. Texts of different
 * indices never get the same name, nor that of a text that is a name itself. */
void mmv_put_made_name(struct mmv_strbuf *buf, const char *text, size_t length, size_t index);

/* The text if it is a name in C; else the one that is made of it. */
void mmv_put_c_name(struct mmv_strbuf *buf, const char *text, size_t length, size_t index);

#endif

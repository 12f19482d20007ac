/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Text from outside: names of files and fields, which may be any bytes. */

/* Bytes of the first character of strict UTF-8, 1 to 4; 0 if there is none. */
size_t text_decode(const char *text, size_t length, uint32_t *code);

/* Writes text for people: what is no character, and what a terminal would
 * obey, is a '?'. */
void text_show(FILE *out, const char *text, size_t length);

/* Writes text that may be of several lines, and returns how many bytes of it: all but up
 * to 3 at the end that may be the start of a character. Newlines and tabs stay; what else
 * a terminal would obey is escaped, as \x1b or \u202e. */
size_t text_show_lines(FILE *out, const char *text, size_t length);

/* Columns of a terminal that text_show() fills: wide characters two, combining
 * ones none. About right is enough; wcwidth() would need a locale. */
size_t text_width(const char *text, size_t length);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_UTF8_H
#define MMV_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Strict UTF-8: no overlongs, no surrogates, nothing past U+10FFFF. Returns
 * the bytes of the first character of text, 1 to 4, or 0 if there is none. */
size_t mmv_utf8_decode(const char *text, size_t length, uint32_t *code);

/* As mmv_utf8_decode, but lone surrogates pass: a Python str may hold them, so
 * ours may, as the three bytes that UTF-8 would give them. */
size_t mmv_wtf8_decode(const char *text, size_t length, uint32_t *code);

/* Writes the 1 to 4 bytes of a code point up to U+10FFFF, surrogates included. */
size_t mmv_utf8_encode(uint32_t code, char out[4]);

/* Characters in text, or SIZE_MAX if it is not strict UTF-8; then *bad is the
 * byte where it goes wrong. */
size_t mmv_utf8_count(const char *text, size_t length, size_t *bad);

/* str.isprintable() of one character, as of Unicode 14 (Python 3.11): what
 * repr() shows as it is. */
bool mmv_isprintable(uint32_t code);

#endif

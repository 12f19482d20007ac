/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_ZIP_NAME_H
#define MMV_FORMAT_ZIP_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* The most bytes of UTF-8 that a byte of a name turns into. */
#define MMV_ZIP_NAME_GROWTH ((size_t)3)

/* The name of a member, which is in UTF-8 or in the characters of MS-DOS, as UTF-8.
 * Returns its length, or SIZE_MAX if it is no name: not the UTF-8 that it should be,
 * or with a NUL, where some programs end a name and others do not. */
size_t mmv_zip_name(const char *name, size_t length, bool is_utf8, char *out);

#endif

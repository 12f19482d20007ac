/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/text.h  Values as text. */
#ifndef MMVIEW_TEXT_H
#define MMVIEW_TEXT_H

#include <mmview/dtype.h>

MMVIEW_BEGIN_DECLS

/** What mmview_item_text() writes. Since 0.1. */
enum mmview_item_style {
    MMVIEW_ITEM_STR = 0, /**< str(item): "abc", "3 seconds" */
    MMVIEW_ITEM_REPR = 1 /**< repr(item): "'abc'", "numpy.timedelta64(3,'s')" */
};

/** What mmview_item_text() returns when there is no text. Since 0.1. */
#define MMVIEW_NO_TEXT ((size_t)-1)

/**
 * The text of one item, as NumPy 1.24 shows its scalars. Floating-point numbers
 * have the fewest digits that read back as the same number.
 *
 * The text is UTF-8. A str may hold what UTF-8 or Python has not: surrogates are
 * written as "\ud800", characters past U+10FFFF as "\U00110000". A datetime that
 * has no unit, and is not NaT, is written as an integer; NumPy refuses it.
 *
 * @param dtype   what the item is
 * @param item    its bytes, at any alignment, mmview_dtype_itemsize() of them
 * @param style   enum mmview_item_style; numbers have the same text in both
 * @param buffer  gets up to @p size bytes, the terminating NUL included, as
 *                snprintf() does it; may be NULL if @p size is 0. A character
 *                may be cut.
 * @return the length of the whole text without the NUL; MMVIEW_NO_TEXT, and an
 *         empty buffer, for an unknown style, if there is a Python object in
 *         the dtype, or if memory is short, which only structs and sub-arrays
 *         take. Since 0.1.
 */
MMVIEW_API size_t mmview_item_text(const struct mmview_dtype *dtype, const void *item, int style,
                                   char *buffer, size_t size);

/**
 * Reads the text of one item, as mmview_item_text() writes it, and what a person
 * would type for it:
 *
 * - numbers: decimal, integers also 0x1f, 0o17, 0b1 and 1_000; nan and inf; complex
 *   numbers as (1+2j), 1+2j, 2j;
 * - booleans: True, False, true, false, 1, 0;
 * - S and U: the text itself, or a Python literal of it in quotes; V: a bytes
 *   literal; shorter ones are filled up with NULs;
 * - datetimes in ISO 8601 (2026-11-22T10:30), timedeltas as "3 seconds", in the
 *   dtype's own unit, or as a bare count; NaT;
 * - structs as (a, b), (a,), (), sub-arrays as [x, y]; what is S or U in them is
 *   quoted.
 *
 * Nothing is cut, wrapped or rounded but to the nearest floating-point number: what
 * the dtype does not have is an error.
 *
 * @param text    UTF-8, need not be terminated
 * @param length  bytes of text; SIZE_MAX: it is terminated
 * @param item    gets mmview_dtype_itemsize() bytes, at any alignment, in the
 *                dtype's byte order; untouched on failure
 * @return MMVIEW_OK; MMVIEW_EINVAL for a text that is no such item;
 *         MMVIEW_EOVERFLOW for one that does not fit; MMVIEW_EOBJECT;
 *         MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_item_parse(const struct mmview_dtype *dtype, const char *text, size_t length,
                                 void *item, struct mmview_error *err);

MMVIEW_END_DECLS

#endif

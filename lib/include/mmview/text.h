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

MMVIEW_END_DECLS

#endif

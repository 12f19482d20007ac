/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/text.h
 * The values of an array as text.
 */
#ifndef MMVIEW_TEXT_H
#define MMVIEW_TEXT_H

#include <mmview/array.h>

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
 *         the dtype, if memory is short, which only structs and sub-arrays
 *         take, or if there are more than INT_MAX of them in the item, which
 *         have no bytes then. Since 0.1.
 */
MMVIEW_API size_t mmview_item_text(const struct mmview_dtype *dtype, const void *item, int style,
                                   char *buffer, size_t size);

/**
 * Reads the text of one item, as mmview_item_text() writes it, and what a person
 * would type for it. (Of floating-point numbers in structs NumPy, and so
 * mmview_item_text(), shows but 8 digits.)
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

/**
 * Takes text, piece by piece: @p length bytes, not terminated. It is UTF-8, but for
 * what tables (CSV, TSV) write as it is: bytes, and halves of surrogate pairs. A
 * piece may end in the midst of a character.
 * @return 0, or anything else to end the writing: it then returns
 *         MMVIEW_ECANCELED. Since 0.1.
 */
typedef int mmview_sink(void *context, const char *text, size_t length);

/** What mmview_write_text() writes. Since 0.1. */
enum mmview_text_form {
    MMVIEW_TEXT_STR = 0,   /**< str(array): what Python's print shows */
    MMVIEW_TEXT_REPR = 1,  /**< repr(array): what Python's prompt shows */
    MMVIEW_TEXT_LINES = 2, /**< a value a line */
    MMVIEW_TEXT_CSV = 3,   /**< a table, with commas */
    MMVIEW_TEXT_TSV = 4,   /**< a table, with tabs */
    MMVIEW_TEXT_JSON = 5,  /**< nested lists on one line; structs are objects */
    MMVIEW_TEXT_JSONL = 6  /**< a line of JSON for each item of the first axis */
};

/** Flags of mmview_text_options, or-ed. Those of a member tell that it counts though
 *  it is 0. INDEX and NAN_STRING are for the forms they name, the others for STR
 *  and REPR. Since 0.1. */
enum mmview_text_flags {
    MMVIEW_TEXT_SUPPRESS = 1,   /**< small numbers do not ask for exponents: suppress=True */
    MMVIEW_TEXT_THRESHOLD = 2,  /**< a threshold of 0 is meant */
    MMVIEW_TEXT_EDGEITEMS = 4,  /**< 0 edgeitems are meant */
    MMVIEW_TEXT_LINEWIDTH = 8,  /**< a linewidth of 0 is meant */
    MMVIEW_TEXT_PRECISION = 16, /**< a precision of 0 is meant */
    MMVIEW_TEXT_INDEX = 32,     /**< LINES: the indices of the value before it, and tabs */
    MMVIEW_TEXT_NAN_STRING = 64 /**< JSON, JSONL: NaN, infinities and NaT as strings, not null */
};

/** How mmview_write_text() writes: numpy.printoptions. Since 0.1. */
struct mmview_text_options {
    size_t size;           /**< set by MMVIEW_TEXT_OPTIONS_INIT */
    int form;              /**< enum mmview_text_form */
    unsigned flags;        /**< enum mmview_text_flags */
    mmview_intp threshold; /**< arrays of more items are summarised; -1: none is; 0: 1000 */
    mmview_intp edgeitems; /**< items at either end of a summarised axis; 0: 3 */
    mmview_intp linewidth; /**< characters of a line; 0: 75 */
    mmview_intp precision; /**< most digits after a number's point; 0: 8 */
};

/** Initial value of a struct mmview_text_options: NumPy's defaults. */
#define MMVIEW_TEXT_OPTIONS_INIT                                           \
    {                                                                      \
        sizeof(struct mmview_text_options), MMVIEW_TEXT_STR, 0, 0, 0, 0, 0 \
    }

/**
 * Writes an array as NumPy prints it, without a newline at the end, or in a form
 * for programs, which is lines: mmview-dump(1) specifies them.
 *
 * Of a summarised array only the items that are shown are read. Of any other
 * all are read; for STR and REPR twice: NumPy makes columns as wide as the widest
 * item.
 * Memory stays the same however large the array is.
 *
 * Where NumPy fails, something is written all the same: characters of kind U
 * past U+10FFFF as '\UXXXXXXXX', and datetimes without a unit as integers.
 * @param options  NULL: the defaults
 * @return MMVIEW_OK; MMVIEW_ECANCELED if the sink ended it; MMVIEW_EINVAL for
 *         an unknown form or an option below 0; MMVIEW_EOPTIONS; MMVIEW_ENOMEM.
 *         Since 0.1.
 */
MMVIEW_API int mmview_write_text(const struct mmview_array *array,
                                 const struct mmview_text_options *options, mmview_sink *sink,
                                 void *context, struct mmview_error *err);

MMVIEW_END_DECLS

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/dtype.h  numpy.dtype: what one item of an array is. */
#ifndef MMVIEW_DTYPE_H
#define MMVIEW_DTYPE_H

#include <mmview/error.h>

MMVIEW_BEGIN_DECLS

/** How mmview_dtype_parse() reads its text. Flags, or-ed. Since 0.1. */
enum mmview_dtype_flags {
    /** A struct is laid out as the C compiler does it: numpy.dtype(align=True).
     *  Unnamed fields are then called f0, f1, ... */
    MMVIEW_DTYPE_ALIGN = 1
};

/**
 * Makes a dtype from text, as numpy.dtype() and a header's descr spell it:
 * "<f8", "float32", "i4,f8", "M8[ns]", "(2,3)f4", "('<i2', (3,))",
 * "[('x', '<f4'), ('y', '>i2', (2,))]".
 * A text that starts with a bracket or a quote is read as a Python literal,
 * any other as the string itself; "(2,3)f4" is a string all the same.
 *
 * @param text    UTF-8, need not be terminated
 * @param length  bytes of text; SIZE_MAX: it is terminated
 * @param flags   enum mmview_dtype_flags
 * @param out     the new dtype, yours to mmview_dtype_unref()
 * @return MMVIEW_OK, MMVIEW_EDTYPE, MMVIEW_EUNSUPPORTED, MMVIEW_EINVAL for an
 *         unknown flag, MMVIEW_ENOMEM. The error's offset counts in text.
 * Objects ('O') are a dtype here; nothing with them in it can be mapped.
 * Since 0.1.
 */
MMVIEW_API int mmview_dtype_parse(const char *text, size_t length, unsigned flags,
                                  struct mmview_dtype **out, struct mmview_error *err);

/** Takes another reference. Returns @p dtype. Since 0.1. */
MMVIEW_API struct mmview_dtype *mmview_dtype_ref(const struct mmview_dtype *dtype);

/** Gives a reference back; the last one frees it. NULL is fine. Since 0.1. */
MMVIEW_API void mmview_dtype_unref(struct mmview_dtype *dtype);

/**
 * numpy.dtype.newbyteorder(): the same dtype in another byte order, with its
 * fields and its base.
 * @param order  '<' little-endian, '>' big-endian, '=' this machine's, 'S' each
 *               number in the other than its own, '|' as it is
 * @param out    yours to mmview_dtype_unref()
 * @return MMVIEW_OK; MMVIEW_EINVAL for another order; MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_dtype_newbyteorder(const struct mmview_dtype *dtype, char order,
                                         struct mmview_dtype **out, struct mmview_error *err);

/** Kind: one of b i u f c m M O S U V, as numpy.dtype.kind. Since 0.1. */
MMVIEW_API char mmview_dtype_kind(const struct mmview_dtype *dtype);

/** The type's own letter, as numpy.dtype.char: ? b B h H i I l L q Q e f d g
 *  F D G M m O S U V c. Since 0.1. */
MMVIEW_API char mmview_dtype_char(const struct mmview_dtype *dtype);

/** NumPy's type number, as numpy.dtype.num. Since 0.1. */
MMVIEW_API int mmview_dtype_num(const struct mmview_dtype *dtype);

/** '=' this machine's byte order, '<' or '>' the other one, '|' where order
 *  means nothing; as numpy.dtype.byteorder. Since 0.1. */
MMVIEW_API char mmview_dtype_byteorder(const struct mmview_dtype *dtype);

/** Bytes of one item, 0 to INT_MAX. Since 0.1. */
MMVIEW_API mmview_intp mmview_dtype_itemsize(const struct mmview_dtype *dtype);

/** Bytes that an item's address should be a multiple of. Structs have 1
 *  unless made with MMVIEW_DTYPE_ALIGN. Since 0.1. */
MMVIEW_API mmview_intp mmview_dtype_alignment(const struct mmview_dtype *dtype);

/** 1 if the item, its fields and its base are in this machine's byte order,
 *  else 0. Since 0.1. */
MMVIEW_API int mmview_dtype_isnative(const struct mmview_dtype *dtype);

/** 1 if there is a Python object anywhere in it, else 0. Since 0.1. */
MMVIEW_API int mmview_dtype_hasobject(const struct mmview_dtype *dtype);

/** 1 if made with MMVIEW_DTYPE_ALIGN and a struct, or a sub-array of such, else
 *  0. Since 0.1. */
MMVIEW_API int mmview_dtype_isalignedstruct(const struct mmview_dtype *dtype);

/** 1 if @p a and @p b describe the same bytes in the same way: numpy's ==.
 *  Titles, field names and offsets count. Since 0.1. */
MMVIEW_API int mmview_dtype_equal(const struct mmview_dtype *a, const struct mmview_dtype *b);

/**
 * numpy.dtype.name: "float64", "bytes24", "datetime64[ns]", "void96".
 * Writes up to @p size bytes, the terminating NUL included, and returns the
 * length of the whole text without the NUL, as snprintf() does; @p buffer may
 * be NULL if @p size is 0. Since 0.1.
 */
MMVIEW_API size_t mmview_dtype_name(const struct mmview_dtype *dtype, char *buffer, size_t size);

/** numpy.dtype.str: "<f8", "|S3", ">M8[25s]", "|V12". As mmview_dtype_name().
 *  Since 0.1. */
MMVIEW_API size_t mmview_dtype_typestr(const struct mmview_dtype *dtype, char *buffer, size_t size);

/** The descr that NumPy would write into a header, as Python shows it:
 *  "'<f8'", "[('a', '<i4'), ('', '|V4')]". As mmview_dtype_name().
 *  Since 0.1. */
MMVIEW_API size_t mmview_dtype_descr(const struct mmview_dtype *dtype, char *buffer, size_t size);

/** descr as JSON: "\"<f8\"", "[[\"a\",\"<i4\"],[\"\",\"|V4\"]]"; lists stand
 *  for tuples. Lone surrogates in a name, which some readers of JSON refuse, are
 *  Python's escapes as text: "\"\\\\ud800\"". As mmview_dtype_descr(). Since 0.1. */
MMVIEW_API size_t mmview_dtype_descr_json(const struct mmview_dtype *dtype, char *buffer,
                                          size_t size);

/** Unit of a datetime or timedelta: "ns", "generic", ...; NULL for any other
 *  kind. Static. @p multiple, unless NULL, gets the count of units: 25 for
 *  M8[25s]. Since 0.1. */
MMVIEW_API const char *mmview_dtype_unit(const struct mmview_dtype *dtype, int *multiple);

/** The item type of a sub-array dtype, or NULL; borrowed. Since 0.1. */
MMVIEW_API const struct mmview_dtype *mmview_dtype_base(const struct mmview_dtype *dtype);

/** Dimensions of a sub-array dtype; 0 for any other. Since 0.1. */
MMVIEW_API int mmview_dtype_ndim(const struct mmview_dtype *dtype);

/** Shape of a sub-array dtype, mmview_dtype_ndim() long; borrowed. NULL for any
 *  other. Since 0.1. */
MMVIEW_API const mmview_intp *mmview_dtype_shape(const struct mmview_dtype *dtype);

/** 1 if it is a struct, one without fields included, else 0. Since 0.1. */
MMVIEW_API int mmview_dtype_isstruct(const struct mmview_dtype *dtype);

/** How many named fields; 0 for what is no struct. Since 0.1. */
MMVIEW_API size_t mmview_dtype_field_count(const struct mmview_dtype *dtype);

/**
 * Name of field @p index, terminated UTF-8; borrowed. A name may hold NUL
 * bytes (then @p length tells) and lone surrogates (as their three bytes).
 * NULL if there is no such field. @p length may be NULL. Since 0.1.
 */
MMVIEW_API const char *mmview_dtype_field_name(const struct mmview_dtype *dtype, size_t index,
                                               size_t *length);

/** Title of field @p index, or NULL if it has none or one that is no string.
 *  As mmview_dtype_field_name(). Since 0.1. */
MMVIEW_API const char *mmview_dtype_field_title(const struct mmview_dtype *dtype, size_t index,
                                                size_t *length);

/** Byte offset of field @p index in the item; -1 if there is no such field.
 *  Since 0.1. */
MMVIEW_API mmview_intp mmview_dtype_field_offset(const struct mmview_dtype *dtype, size_t index);

/** Dtype of field @p index, borrowed; NULL if there is no such field.
 *  Since 0.1. */
MMVIEW_API const struct mmview_dtype *mmview_dtype_field_dtype(const struct mmview_dtype *dtype,
                                                               size_t index);

/**
 * Looks a field up by name or title.
 * @param length  bytes of name; SIZE_MAX: it is terminated
 * @param index   gets the field's index
 * @return MMVIEW_OK or MMVIEW_ENOTFOUND. Since 0.1.
 */
MMVIEW_API int mmview_dtype_field_find(const struct mmview_dtype *dtype, const char *name,
                                       size_t length, size_t *index);

MMVIEW_END_DECLS

#endif

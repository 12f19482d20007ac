/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/ctypes.h
 * The ctypes view: numpy.ndarray.ctypes, name for name.
 *
 *     struct mmview_ctypes view;
 *     mmview_ctypes_init(&view, array);
 *     const double *p = mmview_ctypes_const_data_as(&view, MMVIEW_CTYPE_DOUBLE, &err);
 *     if (p)
 *         total(p, view.shape, view.strides);
 *     mmview_ctypes_clear(&view);
 *
 * <mmview/typed.h> has macros that need not be told the type twice.
 */
#ifndef MMVIEW_CTYPES_H
#define MMVIEW_CTYPES_H

#include <mmview/error.h>

MMVIEW_BEGIN_DECLS

/** The C types that Python's ctypes has names for: c_bool, c_byte, ... The
 *  complex ones are Python 3.14's; the last has no name there. Since 0.1. */
enum mmview_ctype {
    MMVIEW_CTYPE_BOOL = 1,   /**< bool */
    MMVIEW_CTYPE_BYTE = 2,   /**< signed char */
    MMVIEW_CTYPE_UBYTE = 3,  /**< unsigned char */
    MMVIEW_CTYPE_SHORT = 4,  /**< short */
    MMVIEW_CTYPE_USHORT = 5, /**< unsigned short */
    MMVIEW_CTYPE_INT = 6,    /**< int */
    MMVIEW_CTYPE_UINT = 7,   /**< unsigned int */
    MMVIEW_CTYPE_LONG = 8,   /**< long */
    MMVIEW_CTYPE_ULONG = 9,  /**< unsigned long */
    MMVIEW_CTYPE_LONGLONG = 10,
    MMVIEW_CTYPE_ULONGLONG = 11,
    MMVIEW_CTYPE_SIZE_T = 12,
    MMVIEW_CTYPE_SSIZE_T = 13,
    MMVIEW_CTYPE_INT8 = 14,
    MMVIEW_CTYPE_UINT8 = 15,
    MMVIEW_CTYPE_INT16 = 16,
    MMVIEW_CTYPE_UINT16 = 17,
    MMVIEW_CTYPE_INT32 = 18,
    MMVIEW_CTYPE_UINT32 = 19,
    MMVIEW_CTYPE_INT64 = 20,
    MMVIEW_CTYPE_UINT64 = 21,
    MMVIEW_CTYPE_FLOAT = 22,
    MMVIEW_CTYPE_DOUBLE = 23,
    MMVIEW_CTYPE_LONGDOUBLE = 24,
    MMVIEW_CTYPE_CHAR = 25,   /**< char, of text and of bytes, not of numbers */
    MMVIEW_CTYPE_WCHAR = 26,  /**< wchar_t */
    MMVIEW_CTYPE_VOID_P = 27, /**< void *: whatever the items are */
    MMVIEW_CTYPE_FLOAT_COMPLEX = 28,
    MMVIEW_CTYPE_DOUBLE_COMPLEX = 29,
    MMVIEW_CTYPE_LONGDOUBLE_COMPLEX = 30,
    MMVIEW_CTYPE_HALF = 31 /**< uint16_t: the bits of a float16 */
};

/** What Python's ctypes calls a type on this platform, where several names are
 *  one class: "c_long" for MMVIEW_CTYPE_INT64 where long has 64 bits. Static;
 *  NULL for what is no enum mmview_ctype. Since 0.1. */
MMVIEW_API const char *mmview_ctype_name(enum mmview_ctype type);

/** Bytes of a type; 0 for what is no enum mmview_ctype. Since 0.1. */
MMVIEW_API size_t mmview_ctype_size(enum mmview_ctype type);

/**
 * Finds a type by its own name in Python's ctypes: "c_double", "c_int64". The
 * half, which has none there, is "c_half".
 * @param length  bytes of name; SIZE_MAX: it is terminated
 * @return MMVIEW_OK, MMVIEW_ENOTFOUND. Since 0.1.
 */
MMVIEW_API int mmview_ctype_find(const char *name, size_t length, enum mmview_ctype *out);

/** The type that a mmview_intp is: numpy.core._internal._getintp_ctype(), the
 *  type of ctypes.shape and ctypes.strides. Since 0.1. */
MMVIEW_API enum mmview_ctype mmview_intp_ctype(void);

/**
 * What numpy.ndarray.ctypes holds, and the reference that keeps it valid: the
 * array, and so the map, lives until mmview_ctypes_clear(), whatever happens
 * to every other reference. Since 0.1.
 */
struct mmview_ctypes {
    void *data;                 /**< address of the first element */
    int ndim;                   /**< length of shape and strides */
    const mmview_intp *shape;   /**< items along each axis; NULL for 0 dimensions, as
                                     None in NumPy */
    const mmview_intp *strides; /**< bytes between items; NULL for 0 dimensions */
    struct mmview_array *owner; /**< the reference held; NULL once cleared */
};

/** Initial value of a struct mmview_ctypes that holds nothing. */
#define MMVIEW_CTYPES_INIT        \
    {                             \
        NULL, 0, NULL, NULL, NULL \
    }

/** Fills @p view from @p array and takes a reference. What @p view held before
 *  is not looked at: clear it first. Since 0.1. */
MMVIEW_API void mmview_ctypes_init(struct mmview_ctypes *view, struct mmview_array *array);

/** Gives the reference back and makes @p view as MMVIEW_CTYPES_INIT does.
 *  Clearing twice is fine. Since 0.1. */
MMVIEW_API void mmview_ctypes_clear(struct mmview_ctypes *view);

/**
 * ctypes.data_as(POINTER(type)), checked: the address, to read and write items
 * through a pointer of this type, or NULL with the reason. It lives as long as
 * the view. The items of an array with strides are as far apart as those say.
 *
 * A type fits the dtype that has the same kind and size. Besides,
 * - c_char and c_ubyte fit bytes (S, V) of any length, c_ubyte also bool, whose
 *   bytes may be other than 0 and 1;
 * - signed 64-bit integers fit datetimes and timedeltas;
 * - c_wchar and 32-bit integers fit the characters of U, if they are as long;
 * - c_void_p fits everything, and neither byte order nor alignment matter.
 *
 * Reasons, in this order: MMVIEW_EINVAL (no such type, a view that holds
 * nothing), MMVIEW_ETYPE, MMVIEW_EBYTEORDER, MMVIEW_EALIGNMENT,
 * MMVIEW_EREADONLY. Since 0.1.
 */
MMVIEW_API void *mmview_ctypes_data_as(const struct mmview_ctypes *view, enum mmview_ctype type,
                                       struct mmview_error *err);

/** As mmview_ctypes_data_as(), to read only: never MMVIEW_EREADONLY.
 *  Since 0.1. */
MMVIEW_API const void *mmview_ctypes_const_data_as(const struct mmview_ctypes *view,
                                                   enum mmview_ctype type,
                                                   struct mmview_error *err);

/**
 * The address, to read and write items as structs, as those that
 * mmview_export_declaration() declares, or NULL with the reason: the items have
 * another size than the struct, are not where one may be, or are read-only. The
 * fields are not looked at: mmview_require() does that.
 *
 * @param size       sizeof the struct
 * @param alignment  _Alignof the struct: NumPy's flag ALIGNED does not tell
 * Reasons, in this order: MMVIEW_EINVAL, MMVIEW_ETYPE, MMVIEW_EALIGNMENT,
 * MMVIEW_EREADONLY. Since 0.1.
 */
MMVIEW_API void *mmview_ctypes_records_as(const struct mmview_ctypes *view, size_t size,
                                          size_t alignment, struct mmview_error *err);

/** As mmview_ctypes_records_as(), to read only: never MMVIEW_EREADONLY.
 *  Since 0.1. */
MMVIEW_API const void *mmview_ctypes_const_records_as(const struct mmview_ctypes *view, size_t size,
                                                      size_t alignment, struct mmview_error *err);

/** ctypes._as_parameter_: the address, whatever is there. Nothing is checked:
 *  write only if MMVIEW_WRITEABLE. Since 0.1. */
MMVIEW_API void *mmview_ctypes_as_parameter(const struct mmview_ctypes *view);

/**
 * ctypes.shape_as(type): the shape as an array of another type.
 *
 * An integer that the type can not hold is an error, where NumPy cuts it off.
 * Floats are converted, and rounded where they must be; c_bool is whether the
 * number is not 0; c_char is a byte from 0 to 255; c_void_p an address.
 *
 * @param out  gets view->ndim values; nothing, also of c_wchar, for 0 dimensions
 * @param n    how many there is room for at out, in values
 * @return MMVIEW_OK; MMVIEW_EOVERFLOW; MMVIEW_ETYPE for c_wchar and the half;
 *         MMVIEW_EINVAL for too little room or no such type. Since 0.1.
 */
MMVIEW_API int mmview_ctypes_shape_as(const struct mmview_ctypes *view, enum mmview_ctype type,
                                      void *out, size_t n, struct mmview_error *err);

/** ctypes.strides_as(type). As mmview_ctypes_shape_as(). Since 0.1. */
MMVIEW_API int mmview_ctypes_strides_as(const struct mmview_ctypes *view, enum mmview_ctype type,
                                        void *out, size_t n, struct mmview_error *err);

/**
 * The name of Python's type of shape_as(type) and strides_as(type):
 * "c_long_Array_2"; "" for 0 dimensions, where they are None, and for what is
 * no enum mmview_ctype. As mmview_dtype_name(). Since 0.1.
 */
MMVIEW_API size_t mmview_ctypes_type_name(const struct mmview_ctypes *view, enum mmview_ctype type,
                                          char *buffer, size_t size);

/**
 * Address of an item, or with fewer indices than dimensions of the first item
 * of a part, as of a[i]. Unchecked: an index outside of its axis is an address
 * outside of the array, and so is any index of an empty array. As fast as
 * arithmetic by hand where n is a constant. MMVIEW_AT() is shorter.
 * Since 0.1.
 */
static inline void *mmview_ctypes_at(const struct mmview_ctypes *view, size_t n,
                                     const mmview_intp *index)
{
    char *item = (char *)view->data;
    size_t i;

    for (i = 0; i < n; i++)
        item += index[i] * view->strides[i];
    return item;
}

/**
 * As mmview_ctypes_at(), checked as a[i, j, ...] is in Python: an index may be
 * negative, counted from the end, and NULL tells of one that is out of bounds
 * or too many: MMVIEW_EINDEX. Type and alignment of the item are not looked at.
 * Since 0.1.
 */
MMVIEW_API void *mmview_ctypes_item(const struct mmview_ctypes *view, size_t n,
                                    const mmview_intp *index, struct mmview_error *err);

MMVIEW_END_DECLS

#endif

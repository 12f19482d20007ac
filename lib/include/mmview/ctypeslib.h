/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/ctypeslib.h  numpy.ctypeslib: what an array must be
 *  like, and its dtype in other languages. */
#ifndef MMVIEW_CTYPESLIB_H
#define MMVIEW_CTYPESLIB_H

#include <mmview/array.h>

MMVIEW_BEGIN_DECLS

/** ndim of a struct mmview_requirement that any array meets. */
#define MMVIEW_ANY_NDIM (-1)

/**
 * What an array must be like: the arguments of numpy.ctypeslib.ndpointer().
 * Start it with MMVIEW_REQUIREMENT_INIT, which every array meets. Since 0.1.
 */
struct mmview_requirement {
    size_t size;                      /**< sizeof(struct mmview_requirement) */
    const struct mmview_dtype *dtype; /**< NULL: any */
    const mmview_intp *shape;         /**< ndim long, a negative length: any; NULL: any */
    int ndim;                         /**< MMVIEW_ANY_NDIM: any */
    int flags;                        /**< enum mmview_flags, or-ed: all of them */
};

/** Initial value of a struct mmview_requirement. */
#define MMVIEW_REQUIREMENT_INIT                                           \
    {                                                                     \
        sizeof(struct mmview_requirement), NULL, NULL, MMVIEW_ANY_NDIM, 0 \
    }

/**
 * Is an array as a function needs it? The check of an argument whose type is
 * numpy.ctypeslib.ndpointer(dtype, ndim, shape, flags). Demands are looked at
 * in this order, and the error says which is not met and by what.
 *
 * @return MMVIEW_OK;
 *         MMVIEW_ETYPE, another dtype; MMVIEW_EBYTEORDER if it is only the other
 *         byte order;
 *         MMVIEW_EDIMS, another number of dimensions or another shape;
 *         MMVIEW_ELAYOUT, flags C_CONTIGUOUS, F_CONTIGUOUS, and OWNDATA and
 *         WRITEBACKIFCOPY, which no array here has; MMVIEW_EALIGNMENT, ALIGNED;
 *         MMVIEW_EREADONLY, WRITEABLE;
 *         MMVIEW_EINVAL, MMVIEW_EOPTIONS for a requirement that is none.
 *         Since 0.1.
 */
MMVIEW_API int mmview_require(const struct mmview_array *array,
                              const struct mmview_requirement *want, struct mmview_error *err);

/**
 * Reads names of flags, separated by commas, in any case, blanks around them:
 * "C_CONTIGUOUS", "c,a,w". The names are those that ndpointer() takes,
 * C C_CONTIGUOUS CONTIGUOUS F F_CONTIGUOUS FORTRAN A ALIGNED W WRITEABLE
 * O OWNDATA X WRITEBACKIFCOPY, and B BEHAVED CA CARRAY FA FARRAY.
 * @param length  bytes of text; SIZE_MAX: it is terminated
 * @param out     enum mmview_flags, or-ed
 * @return MMVIEW_OK; MMVIEW_EINVAL, the error's offset counts in text. Since 0.1.
 */
MMVIEW_API int mmview_flags_parse(const char *text, size_t length, int *out,
                                  struct mmview_error *err);

/** What mmview_export_declaration() writes. Since 0.1. */
enum mmview_language {
    MMVIEW_LANGUAGE_C = 0,     /**< C11 and C++11 */
    MMVIEW_LANGUAGE_PYTHON = 1 /**< Python 3's ctypes */
};

/**
 * Writes the source of a type that an item of this dtype is: a program that
 * includes it may cast the address of an array to a pointer to it. It is
 * numpy.ctypeslib.as_ctypes_type() as text, and more: every dtype without
 * Python objects has a declaration.
 *
 * In C it is `struct name` for a struct, else a typedef. Assertions make sure
 * of its size and of the offset of every field; it is packed only if it must
 * be. What is in the other byte order is an array of unsigned char, so that
 * nobody takes it for a number; so is V. S is an array of char, U of uint32_t;
 * datetimes are int64_t, a bool is uint8_t, a float16 the uint16_t of its bits.
 * Fields of no bytes are left out. A field whose name can not be one in C has
 * its letters and digits, underscores for all else, and its index: "a b" is
 * a_b_0_. No two fields get the same name.
 *
 * In Python `name` is a class equal to the one that NumPy makes, where it makes
 * one; names stay, but for those that Python keeps to itself.
 *
 * @param language  an enum mmview_language
 * @param name      of the type: an identifier of the language, terminated
 * @param buffer    may be NULL if size is 0; unspecified after a failure
 * @return the length of the whole text without the terminating NUL, as
 *         snprintf() does; or MMVIEW_EINVAL, MMVIEW_EOBJECT, MMVIEW_ENOMEM,
 *         MMVIEW_ETYPE if fields overlap. Since 0.1.
 */
MMVIEW_API mmview_intp mmview_export_declaration(const struct mmview_dtype *dtype, int language,
                                                 const char *name, char *buffer, size_t size,
                                                 struct mmview_error *err);

MMVIEW_END_DECLS

#endif

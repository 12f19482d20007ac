/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/ctypeslib.h  numpy.ctypeslib: what an array must be like. */
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

MMVIEW_END_DECLS

#endif

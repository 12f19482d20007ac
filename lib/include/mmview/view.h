/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/view.h
 * Other looks at the same bytes: indexing, transposing, reshaping, fields.
 *
 * Nothing here copies elements. A view is an array of its own: it holds the
 * map and a dtype, not the array it was made of, which may go first. Every
 * function takes an array that stays the caller's, and delivers a view that
 * is the caller's to mmview_array_unref(). The rules, and the wording of the
 * errors, are NumPy's.
 */
#ifndef MMVIEW_VIEW_H
#define MMVIEW_VIEW_H

#include <mmview/array.h>

MMVIEW_BEGIN_DECLS

/** What one item of an index is. Since 0.1. */
enum mmview_index_kind {
    MMVIEW_INDEX_INT = 0,     /**< start: one place on an axis, which goes away */
    MMVIEW_INDEX_SLICE = 1,   /**< start:stop:step */
    MMVIEW_INDEX_NEWAXIS = 2, /**< None: a new axis of length 1 */
    MMVIEW_INDEX_ELLIPSIS = 3 /**< as many whole axes as are not spoken of */
};

/** Which parts of a slice are given. Flags, or-ed. Since 0.1. */
enum mmview_index_given { MMVIEW_INDEX_START = 1, MMVIEW_INDEX_STOP = 2, MMVIEW_INDEX_STEP = 4 };

/** One item of a basic index. Since 0.1. */
struct mmview_index {
    int kind;          /**< enum mmview_index_kind */
    int given;         /**< enum mmview_index_given, for a slice */
    mmview_intp start; /**< negative: counted from the end */
    mmview_intp stop;  /**< likewise */
    mmview_intp step;  /**< not 0 */
};

/**
 * a[items]: basic indexing. As many ints as there are axes give an array of
 * 0 dimensions, not a scalar.
 * @param items  count long; may be NULL if count is 0
 * @return MMVIEW_OK; MMVIEW_EINDEX; MMVIEW_EINVAL for a kind or part that does
 *         not exist; MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_view_index(struct mmview_array *array, const struct mmview_index *items,
                                 size_t count, struct mmview_array **out, struct mmview_error *err);

/**
 * a[text], text being what stands between the brackets in Python: a basic
 * index ("1:3, ::-1, ..., None, 0"), the name of a field in quotes ("'x'"),
 * or a list of such names ("['x', 'y']").
 * @param length  bytes of text; SIZE_MAX: it is terminated
 * @return as mmview_view_index() and mmview_view_field(); MMVIEW_EINDEX for
 *         text that is no such index, its offset in err. Since 0.1.
 */
MMVIEW_API int mmview_view_select(struct mmview_array *array, const char *text, size_t length,
                                  struct mmview_array **out, struct mmview_error *err);

/**
 * a[..., start:stop:step, ...] on one axis.
 * @param axis   negative: counted from the last
 * @param given  enum mmview_index_given
 * @return MMVIEW_OK, MMVIEW_EAXIS, MMVIEW_EINDEX, MMVIEW_EINVAL, MMVIEW_ENOMEM.
 *         Since 0.1.
 */
MMVIEW_API int mmview_view_slice(struct mmview_array *array, int axis, int given, mmview_intp start,
                                 mmview_intp stop, mmview_intp step, struct mmview_array **out,
                                 struct mmview_error *err);

/**
 * a.transpose(axes): the axes in another order.
 * @param axes   naxes long; NULL, with naxes 0: the order turned round, as a.T
 * @param naxes  as many as there are dimensions
 * @return MMVIEW_OK, MMVIEW_EAXIS, MMVIEW_EINVAL, MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_view_transpose(struct mmview_array *array, const int *axes, int naxes,
                                     struct mmview_array **out, struct mmview_error *err);

/** a.swapaxes(axis1, axis2). As mmview_view_transpose(). Since 0.1. */
MMVIEW_API int mmview_view_swapaxes(struct mmview_array *array, int axis1, int axis2,
                                    struct mmview_array **out, struct mmview_error *err);

/**
 * a.reshape(shape, order), where no element need be moved for it.
 * @param shape  ndim long; one length may be negative: the one that fits
 * @param order  enum mmview_order, MMVIEW_ORDER_A included
 * @return MMVIEW_OK; MMVIEW_ENEEDSCOPY where NumPy would copy; MMVIEW_ERESHAPE
 *         for another number of items; MMVIEW_EINVAL; MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_view_reshape(struct mmview_array *array, const mmview_intp *shape, int ndim,
                                   int order, struct mmview_array **out, struct mmview_error *err);

/** numpy.expand_dims(a, axis): a new axis of length 1 before `axis`, which may
 *  be negative: counted from the last of the result. As
 *  mmview_view_transpose(); MMVIEW_ERESHAPE if there are MMVIEW_MAXDIMS
 *  dimensions already. Since 0.1. */
MMVIEW_API int mmview_view_expand_dims(struct mmview_array *array, int axis,
                                       struct mmview_array **out, struct mmview_error *err);

/** mmview_view_squeeze(): every axis of length 1. */
#define MMVIEW_ALL_AXES INT32_MIN

/** a.squeeze(axis): without an axis of length 1, or all of them with
 *  MMVIEW_ALL_AXES. As mmview_view_transpose(); MMVIEW_EAXIS also for an axis
 *  of another length. Since 0.1. */
MMVIEW_API int mmview_view_squeeze(struct mmview_array *array, int axis, struct mmview_array **out,
                                   struct mmview_error *err);

/** a.diagonal(offset, axis1, axis2), read-only. As mmview_view_transpose();
 *  MMVIEW_EAXIS also for fewer than two dimensions. Since 0.1. */
MMVIEW_API int mmview_view_diagonal(struct mmview_array *array, mmview_intp offset, int axis1,
                                    int axis2, struct mmview_array **out, struct mmview_error *err);

/**
 * numpy.broadcast_to(a, shape): axes of length 1, and new ones before the
 * first, stand for any length. Read-only.
 * @return MMVIEW_OK, MMVIEW_ERESHAPE, MMVIEW_EOVERFLOW, MMVIEW_EINVAL,
 *         MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_view_broadcast(struct mmview_array *array, const mmview_intp *shape, int ndim,
                                     struct mmview_array **out, struct mmview_error *err);

/**
 * a['name']: one field of a structured array, by its name or title. The
 * dimensions of a sub-array are added to the shape.
 * @param length  bytes of name; SIZE_MAX: it is terminated
 * @return MMVIEW_OK; MMVIEW_ENOTFOUND; MMVIEW_EINDEX if it has no fields, or
 *         for too many dimensions; MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_view_field(struct mmview_array *array, const char *name, size_t length,
                                 struct mmview_array **out, struct mmview_error *err);

/**
 * a[['name', 'name']]: some fields, by their names (not titles), in the order
 * given. Item size and offsets stay.
 * @param names    count long
 * @param lengths  bytes of each name; NULL: they are terminated
 * @return as mmview_view_field(); MMVIEW_EINVAL for a name given twice.
 *         Since 0.1.
 */
MMVIEW_API int mmview_view_fields(struct mmview_array *array, const char *const *names,
                                  const size_t *lengths, size_t count, struct mmview_array **out,
                                  struct mmview_error *err);

/**
 * a.view(dtype): the same bytes as items of another dtype. Where the item
 * size differs the last axis gets longer or shorter.
 * @return MMVIEW_OK; MMVIEW_ETYPE where the sizes do not go together;
 *         MMVIEW_EOBJECT; MMVIEW_EINDEX for too many dimensions;
 *         MMVIEW_EOVERFLOW; MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_view_dtype(struct mmview_array *array, const struct mmview_dtype *dtype,
                                 struct mmview_array **out, struct mmview_error *err);

/** a.real: the real parts of complex numbers; real numbers are their own.
 *  MMVIEW_ETYPE for what is no number. Since 0.1. */
MMVIEW_API int mmview_view_real(struct mmview_array *array, struct mmview_array **out,
                                struct mmview_error *err);

/** a.imag: the imaginary parts of complex numbers. MMVIEW_ENEEDSCOPY for real
 *  ones, whose zeros are not in the file; else as mmview_view_real().
 *  Since 0.1. */
MMVIEW_API int mmview_view_imag(struct mmview_array *array, struct mmview_array **out,
                                struct mmview_error *err);

MMVIEW_END_DECLS

#endif

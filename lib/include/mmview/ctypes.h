/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/ctypes.h  The ctypes view: numpy.ndarray.ctypes. */
#ifndef MMVIEW_CTYPES_H
#define MMVIEW_CTYPES_H

#include <mmview/error.h>

MMVIEW_BEGIN_DECLS

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

MMVIEW_END_DECLS

#endif

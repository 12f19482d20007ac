/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/types.h  What every other header of libmmview builds on. */
#ifndef MMVIEW_TYPES_H
#define MMVIEW_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define MMVIEW_BEGIN_DECLS extern "C" {
#define MMVIEW_END_DECLS   }
#else
#define MMVIEW_BEGIN_DECLS
#define MMVIEW_END_DECLS
#endif

#if defined __GNUC__ && !defined MMVIEW_NO_VISIBILITY
#define MMVIEW_API __attribute__((visibility("default")))
#else
#define MMVIEW_API
#endif

/** NumPy's intp: the signed integer that shapes, strides and offsets inside
 *  an array are counted in. As wide as a pointer. Since 0.1. */
typedef intptr_t mmview_intp;

/** The most dimensions an array may have, as in NumPy 2. Since 0.1. */
#define MMVIEW_MAXDIMS 64

/** A mapped array: data, shape, strides, dtype, flags. Opaque, immutable,
 *  reference counted: see <mmview/array.h>. */
struct mmview_array;

/** What one item of an array is. Opaque, immutable, reference counted: see
 *  <mmview/dtype.h>. */
struct mmview_dtype;

/** Memory order of an array, as NumPy's order='C' and order='F'. Since 0.1. */
enum mmview_order {
    MMVIEW_ORDER_C = 0, /**< the last axis varies fastest */
    MMVIEW_ORDER_F = 1, /**< the first axis varies fastest */
    MMVIEW_ORDER_A = 2, /**< of mmview_view_reshape() and mmview_copy_new(): F for an array
                             that is F_CONTIGUOUS and not C_CONTIGUOUS, else C */
    MMVIEW_ORDER_K = 3  /**< of mmview_copy_new() and mmview_save(): as the
                              array's items lie */
};

/** Is told how far a long call has got.
 *  @param context  as given
 *  @param done     bytes that are done
 *  @param total    bytes there are to do
 *  @return 0 to go on; else the call ends with MMVIEW_ECANCELED. Since 0.1. */
typedef int mmview_progress(void *context, uint64_t done, uint64_t total);

#endif

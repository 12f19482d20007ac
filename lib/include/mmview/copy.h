/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/copy.h
 * Copies of elements, to another layout, byte order or dtype: numpy.copyto and
 * numpy.ndarray.astype.
 */
#ifndef MMVIEW_COPY_H
#define MMVIEW_COPY_H

#include <mmview/array.h>

MMVIEW_BEGIN_DECLS

/** What a conversion may change, from nothing to everything: NumPy's casting.
 *  Since 0.1. */
enum mmview_casting {
    MMVIEW_CASTING_NO = 0,        /**< nothing */
    MMVIEW_CASTING_EQUIV = 1,     /**< the byte order, and where the fields of a struct lie */
    MMVIEW_CASTING_SAFE = 2,      /**< what keeps every value; the names of fields */
    MMVIEW_CASTING_SAME_KIND = 3, /**< also what loses digits or length: float64 to float32 */
    MMVIEW_CASTING_UNSAFE = 4     /**< anything that is supported */
};

/**
 * May items of one dtype become items of another? numpy.can_cast(), for what
 * mmview_copy() converts:
 *
 * - booleans, integers, floating-point and complex numbers, datetimes and
 *   timedeltas, each to each; but between years or months and finer units none
 *   of datetimes and timedeltas;
 * - S to S, U to U and V to V of any length: a shorter one needs
 *   MMVIEW_CASTING_SAME_KIND;
 * - structs of as many fields, the first to the first and so on, and sub-arrays
 *   of equal shape, by what they consist of.
 *
 * Of any other pair the answer is no: NumPy would make strings of numbers and
 * read numbers in strings, for example.
 *
 * @param casting  enum mmview_casting
 * @return 1 or 0; 0 also for a casting that does not exist. Since 0.1.
 */
MMVIEW_API int mmview_can_cast(const struct mmview_dtype *from, const struct mmview_dtype *to,
                               int casting);

/**
 * dst[...] = src: numpy.copyto(dst, src, casting). The elements of @p src,
 * broadcast to the shape of @p dst, converted to its dtype.
 *
 * The rules are NumPy's. Floating-point numbers lose their fraction on the way to
 * integers; one that is then too large gives what the conversions of x86-64 give,
 * on any machine: see mmview_copy(3). Complex numbers lose their imaginary
 * part on the way to real ones. Gaps between the fields of a struct stay as they
 * are.
 *
 * The arrays may lie in the same memory, in any way: then the elements are
 * copied as they were before the call, by way of memory for all of them where
 * that is needed. Two maps of one file are not the same memory, and must not
 * overlap there.
 *
 * @param dst      must be MMVIEW_WRITEABLE
 * @param casting  enum mmview_casting; NumPy's own default is
 *                 MMVIEW_CASTING_SAME_KIND
 * @return MMVIEW_OK; MMVIEW_EREADONLY; MMVIEW_ETYPE if the casting does not allow
 *         it; MMVIEW_EUNSUPPORTED for a conversion that there is none of;
 *         MMVIEW_ERESHAPE if the shapes do not go together; MMVIEW_EINVAL;
 *         MMVIEW_ENOMEM. On failure no element is changed. Since 0.1.
 */
MMVIEW_API int mmview_copy(struct mmview_array *dst, const struct mmview_array *src, int casting,
                           struct mmview_error *err);

/**
 * What a new array is to be like: the arguments of numpy.ndarray.astype. Start it
 * with MMVIEW_COPY_OPTIONS_INIT; NULL stands for that. Since 0.1.
 */
struct mmview_copy_options {
    size_t size;                      /**< sizeof(struct mmview_copy_options) */
    const struct mmview_dtype *dtype; /**< NULL: as it is. S, U or V without a length
                                           takes that of src */
    int order;                        /**< enum mmview_order: C, F, A, or K */
    int casting;                      /**< enum mmview_casting */
};

/** Initial value of a struct mmview_copy_options: in C order, and any conversion
 *  that is of the same kind. */
#define MMVIEW_COPY_OPTIONS_INIT                       \
    {                                                  \
        sizeof(struct mmview_copy_options), NULL, 0, 3 \
    }

/**
 * A copy in memory of its own, which may be written to: numpy.ndarray.astype().
 * It holds nothing of @p src. It is not in any file: its mode is MMVIEW_MODE_C,
 * its format MMVIEW_FORMAT_RAW, its filename NULL. Gaps between the fields of a
 * struct are zeros.
 *
 * @param options  may be NULL
 * @param out      the new array, yours to mmview_array_unref()
 * @return as mmview_copy(); MMVIEW_EOPTIONS; MMVIEW_EOBJECT; MMVIEW_EOVERFLOW for
 *         more bytes than can be counted. Since 0.1.
 */
MMVIEW_API int mmview_copy_new(const struct mmview_array *src,
                               const struct mmview_copy_options *options, struct mmview_array **out,
                               struct mmview_error *err);

MMVIEW_END_DECLS

#endif

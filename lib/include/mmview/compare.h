/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/compare.h
 * Do two arrays hold the same? numpy.array_equal() and numpy.allclose(), and
 * what differs, where, and by how much.
 */
#ifndef MMVIEW_COMPARE_H
#define MMVIEW_COMPARE_H

#include <mmview/array.h>

MMVIEW_BEGIN_DECLS

/** When two numbers are the same. Flags, or-ed. Since 0.1. */
enum mmview_compare_flags {
    /** If |a - b| <= atol + rtol * |b|, as numpy.isclose() finds it: computed in the
     *  types that NumPy 1.24 computes in, and infinities equal only themselves.
     *  Without it numbers are the same if they are equal. What is no number is
     *  compared as without. */
    MMVIEW_COMPARE_CLOSE = 1,
    /** NaN is the same as NaN, and NaT as NaT. A complex number is NaN if one of its
     *  parts is. */
    MMVIEW_COMPARE_EQUAL_NAN = 2
};

/** A place where two arrays differ. Since 0.1. */
struct mmview_difference {
    mmview_intp item;     /**< of the arrays, counted with the last axis fastest; -1: none */
    mmview_intp a_offset; /**< bytes from the start of a's item to what differs: 0, unless
                               it is a field of a struct, or an element of a sub-array */
    mmview_intp b_offset; /**< the same in b's item */
};

/** How to compare. Start it with MMVIEW_COMPARE_OPTIONS_INIT; NULL stands for that.
 *  Since 0.1. */
struct mmview_compare_options {
    size_t size;                           /**< sizeof(struct mmview_compare_options) */
    unsigned flags;                        /**< enum mmview_compare_flags */
    unsigned room;                         /**< how many `differences` there is room for */
    double rtol;                           /**< with MMVIEW_COMPARE_CLOSE; not negative */
    double atol;                           /**< likewise */
    struct mmview_difference *differences; /**< gets the first of them, an item each; may be
                                                NULL if room is 0 */
};

/** Initial value of a struct mmview_compare_options: numpy.array_equal(). */
#define MMVIEW_COMPARE_OPTIONS_INIT                             \
    {                                                           \
        sizeof(struct mmview_compare_options), 0, 0, 0, 0, NULL \
    }

/** Whether all items are the same. Since 0.1. */
enum mmview_values {
    MMVIEW_VALUES_INCOMPARABLE = -1, /**< they can not be compared: another shape, or dtypes
                                          that nothing is equal in, as numbers and strings */
    MMVIEW_VALUES_DIFFERENT = 0,     /**< some are not */
    MMVIEW_VALUES_SAME = 1           /**< all are, or there are none */
};

/** What mmview_compare() finds. Since 0.1. */
struct mmview_comparison {
    int same_dtype;        /**< 1 or 0: mmview_dtype_equal() */
    int same_shape;        /**< 1 or 0 */
    int same_order;        /**< 1 or 0: mmview_array_order() */
    int values;            /**< enum mmview_values */
    mmview_intp items;     /**< how many were compared */
    mmview_intp different; /**< of these, how many are not the same */
    mmview_intp nan;       /**< how many different numbers or times have a NaN or NaT on one
                                side or both; of a struct every number counts */
    mmview_intp told;      /**< how many differences were put in the options' `differences` */
    /** The largest |a - b| of numbers, those that are the same as they are close
     *  included; 0 if there is none. Rounded, if integers are longer than a long
     *  double's digits. */
    long double absolute;
    /** The largest |a - b| / |b|, likewise; where b is 0 there is none. */
    long double relative;
    struct mmview_difference absolute_at; /**< where the largest absolute difference is first */
    struct mmview_difference relative_at; /**< where the largest relative one is first */
};

/**
 * Compares two arrays, item by item.
 *
 * Only values count: not dtypes, as long as there are numbers on both sides, not
 * byte order, not how the items lie in memory. Numbers are compared exactly, also an
 * int64 with a float64 or a uint64, which NumPy converts to float64 first, so that
 * it finds 2^53 and 2^53 + 1 equal. With MMVIEW_COMPARE_CLOSE they are converted
 * as NumPy does. Strings are equal if they are so without the NULs at their end;
 * times of different units if they are the same time. Structs are compared
 * field by field: they must have fields of the same names in the same order.
 *
 * The shapes must be equal: nothing is broadcast. Memory is read once, in the order
 * of the items.
 *
 * @param a,b      b is what rtol is relative to
 * @param options  may be NULL
 * @param out      what was found; its fields that do not apply are 0
 * @return MMVIEW_OK, whatever was found; MMVIEW_EINVAL for a tolerance that is
 *         negative, NaN, or given without MMVIEW_COMPARE_CLOSE; MMVIEW_EINDEX for
 *         sub-arrays that have too many dimensions together with the array;
 *         MMVIEW_EOPTIONS; MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_compare(const struct mmview_array *a, const struct mmview_array *b,
                              const struct mmview_compare_options *options,
                              struct mmview_comparison *out, struct mmview_error *err);

MMVIEW_END_DECLS

#endif

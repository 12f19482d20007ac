/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_COMPARE_H
#define MMV_OPS_COMPARE_H

#include <mmview/compare.h>

#include "base/error.h"
#include "ops/cast.h"
#include "ops/reader.h"

/* So many elements are compared at a time; their marks, and what they are converted
 * to, stay in the cache. */
#define MMV_COMPARE_MOST ((mmview_intp)1024)

/* Of what NumPy computes with: the bytes of a float type, 16 for a long double. */
enum mmv_precision {
    MMV_PRECISION_HALF = 2,
    MMV_PRECISION_SINGLE = 4,
    MMV_PRECISION_DOUBLE = 8,
    MMV_PRECISION_LONG = 16
};

/* When two numbers are the same. */
struct mmv_compare_rule {
    bool close;
    bool equal_nan;
    double rtol, atol;
    /* The types that NumPy has a - b in, then |b|, rtol * |b|, and the sum of that and
     * atol. */
    enum mmv_precision difference, size, product, sum;
};

/* The largest of what a comparison found in some elements; `at` is one of them, -1 if
 * there is none. */
struct mmv_largest {
    long double value;
    mmview_intp at;
};

/* What was found in some elements, of which at least one is not the same. */
struct mmv_compared {
    mmview_intp different, nan;
    struct mmv_largest absolute, relative;
};

/* Two runs of elements of one type, native and aligned: compares them, and marks each
 * that is not the same with 1, each other with 0. */
typedef void mmv_compare_loop(const void *a, const void *b, mmview_intp count,
                              const struct mmv_compare_rule *rule, unsigned char *marks,
                              struct mmv_compared *found);

/* By what types of numbers they are: the loops for int64, uint64, double, long double
 * and complex numbers of these. Exactly; and as numpy.isclose(), where there are no
 * integers. */
mmv_compare_loop *mmv_compare_exact(enum mmv_number type);
mmv_compare_loop *mmv_compare_close(enum mmv_number type);

/* For numbers of two types without a third that has all values of both: int64 or
 * uint64 with the other, or with a complex long double. */
void mmv_compare_mixed(const void *a, enum mmv_number a_type, const void *b, enum mmv_number b_type,
                       mmview_intp count, unsigned char *marks, struct mmv_compared *found);

/* Are all numbers of two runs equal, and none of them a NaN? Two runs of one type,
 * native and aligned. */
bool mmv_compare_all_equal(enum mmv_number type, const void *a, const void *b, mmview_intp count);

/* Two arrays of elements that are compared with each other: the arrays themselves, or
 * a field of both, in which an item may have several elements. */
struct mmv_column {
    struct mmview_array *a, *b; /* owned */
    mmview_intp parts;          /* elements of an item; 0 if they have no bytes */
    int outer;                  /* axes that are the items'; the others are those of sub-arrays */
    mmview_intp a_offset, b_offset; /* of the first element in its item */

    /* Marks the elements of two runs as a loop does. Returns false, without marks, if
     * all are equal. */
    bool (*compare)(struct mmv_column *column, const unsigned char *a, const unsigned char *b,
                    mmview_intp count, unsigned char *marks, struct mmv_compared *found);
    struct mmv_compare_rule rule;

    /* Numbers: their types, and what they are converted to; in between b is converted
     * to what NumPy converts it to first. */
    enum mmv_number a_type, b_type, a_wide, b_wide, b_between;
    unsigned char *converted[3]; /* room for MMV_COMPARE_MOST of each, shared */

    struct mmv_reader a_reader, b_reader;
};

/* How the elements of a column are compared, from their dtypes. False: they can not
 * be. */
bool mmv_column_numbers(struct mmv_column *column);
bool mmv_column_times(struct mmv_column *column);
bool mmv_column_bytes(struct mmv_column *column);

/* All columns of two arrays of equal shape. */
struct mmv_columns {
    struct mmv_column *list;
    size_t count, room;
};

/* *comparable is false if some can not be compared. What there is, is to be freed also
 * on failure. */
int mmv_columns_of(struct mmv_columns *columns, const struct mmview_array *a,
                   const struct mmview_array *b, const struct mmv_compare_rule *rule,
                   bool *comparable, struct mmview_error *err);
void mmv_columns_free(struct mmv_columns *columns);

#endif

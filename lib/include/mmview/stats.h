/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/stats.h
 * Statistics of arrays of numbers, in one pass: extremes, sum, mean, deviation.
 *
 * They are plain values: what several calls found of parts of an array, in
 * other threads, processes or on other machines of the same kind, one call puts
 * together.
 */
#ifndef MMVIEW_STATS_H
#define MMVIEW_STATS_H

#include <mmview/array.h>

MMVIEW_BEGIN_DECLS

/** What to find out. Flags, or-ed. Since 0.1. */
enum mmview_stats_what {
    MMVIEW_STATS_EXTREMES = 1, /**< min, max, argmin, argmax */
    MMVIEW_STATS_SUM = 2,      /**< sum, and with it the mean */
    MMVIEW_STATS_SPREAD = 4,   /**< spread, and with it variance and deviation; sum too */
    MMVIEW_STATS_ZEROS = 8,    /**< zeros */
    MMVIEW_STATS_ALL = 15
};

/** How. Flags, or-ed. Since 0.1. */
enum mmview_stats_flags {
    MMVIEW_STATS_EXACT = 1 /**< sums of floats with what each addition rounds off */
};

/** What to find out, and of which part of an array. Start it with
 *  MMVIEW_STATS_OPTIONS_INIT; NULL stands for that. Since 0.1. */
struct mmview_stats_options {
    size_t size;    /**< sizeof(struct mmview_stats_options) */
    unsigned flags; /**< enum mmview_stats_flags */
    unsigned what;  /**< enum mmview_stats_what; 0: all that the dtype has */
    uint64_t part;  /**< which part, 0 to parts - 1 */
    uint64_t parts; /**< how many parts of about equal length the items, in C order,
                         are cut into; 0: not at all */
};

/** Initial value of a struct mmview_stats_options. */
#define MMVIEW_STATS_OPTIONS_INIT                       \
    {                                                   \
        sizeof(struct mmview_stats_options), 0, 0, 0, 0 \
    }

/** An item of an array. The dtype says which member it is: `u` for kinds b and
 *  u, `i` for i, m and M, `g` for types g and G, `f` for the other floats and
 *  complex numbers, whose imaginary part is the second. Since 0.1. */
union mmview_number {
    int64_t i;
    uint64_t u;
    double f[2];
    long double g[2];
};

/**
 * What was found of some items. A struct of zeros is what is found of none:
 * MMVIEW_STATS_INIT.
 *
 * NaN and NaT are counted, and else left out: min is numpy.nanmin(), sum is
 * nansum() and so on. numpy.min() and the others give NaN if `nan` is not 0,
 * else the same as these.
 *
 * Complex numbers are ordered by their real, then by their imaginary parts,
 * and are NaN or infinite if one of the parts is. Where there are two members,
 * the second is that of the imaginary parts. Since 0.1.
 */
struct mmview_statistics {
    char kind;          /**< of the dtype; 0: no items yet */
    char type;          /**< its letter, mmview_dtype_char() */
    uint16_t reserved;  /**< zero */
    uint32_t what;      /**< enum mmview_stats_what: what is here */
    uint64_t count;     /**< items, NaN included */
    uint64_t nan;       /**< of these NaN or NaT */
    uint64_t inf;       /**< infinities of both signs */
    uint64_t zeros;     /**< items that equal 0; for b, that are false */
    mmview_intp argmin; /**< place of the first item that equals min, in C order, counted from
                             the array's first item; -1: there is none */
    mmview_intp argmax; /**< likewise */
    uint64_t sum_low;   /**< kinds b, i, u, m: the exact sum is sum_high * 2^64 + sum_low */
    int64_t sum_high;   /**< see sum_low */
    union mmview_number min, max;
    long double sum[2];         /**< the sum; that of integers is rounded */
    long double sum_rest[2];    /**< what the sum lacks: sum + sum_rest is nearer to it */
    long double center[2];      /**< about the mean: see spread */
    long double center_rest[2]; /**< likewise, to be added to it */
    long double spread;         /**< sum of the squares of the distances from the mean */
};

/** Initial value of a struct mmview_statistics. */
#define MMVIEW_STATS_INIT                                                                 \
    {                                                                                     \
        0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, {0}, {0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0 \
    }

/**
 * Looks at all items of an array of numbers, booleans or times, or at those of
 * a part of it. Memory is read once, in the order in which it lies.
 *
 * Integers are summed exactly, in 128 bits. Floats of 16 to 64 bits are added
 * as doubles in blocks of 2048, and the sums of blocks without loss, so that
 * the error of a sum is at most 2^-44 times the sum of the absolute values,
 * for any number of items; with MMVIEW_STATS_EXACT at most 2^-53 times the sum
 * itself and 2^-90 times the sum of the absolute values. A sum that is larger
 * than a double can be is still found. Datetimes (M) have extremes only, and
 * timedeltas (m) no spread.
 *
 * @param out  what was found
 * @return MMVIEW_OK; MMVIEW_ETYPE for strings and structs, whose fields may be
 *         looked at one by one; MMVIEW_EINVAL, MMVIEW_EOPTIONS; MMVIEW_ENOMEM.
 *         Since 0.1.
 */
MMVIEW_API int mmview_stats(const struct mmview_array *array,
                            const struct mmview_stats_options *options,
                            struct mmview_statistics *out, struct mmview_error *err);

/**
 * Looks at lanes of an array: numpy.sum(a, axis) and so on. There is a lane for
 * each item of the array without that axis, in C order; argmin and argmax count
 * along the axis. Any number of them may be asked for at a time.
 *
 * @param axis     negative: counted from the last
 * @param first    the first lane
 * @param count    how many lanes
 * @param options  the whole of each lane: no parts
 * @param out      count long; unspecified after MMVIEW_ENOMEM
 * @return as mmview_stats(); MMVIEW_EAXIS; MMVIEW_EINDEX for lanes that there
 *         are not. Since 0.1.
 */
MMVIEW_API int mmview_stats_lanes(const struct mmview_array *array, int axis, mmview_intp first,
                                  mmview_intp count, const struct mmview_stats_options *options,
                                  struct mmview_statistics *out, struct mmview_error *err);

/**
 * Puts together what was found of two sets of items: *into becomes that of both.
 * `what` becomes what both have. In any order of the parts integers and counts
 * are the same as if found in one go; sums of floats and the spread are so
 * within their bounds.
 * @return MMVIEW_OK; MMVIEW_ETYPE if the dtypes are not the same; MMVIEW_EOVERFLOW
 *         for more items than can be counted. Since 0.1.
 */
MMVIEW_API int mmview_stats_merge(struct mmview_statistics *into,
                                  const struct mmview_statistics *from, struct mmview_error *err);

/** The mean, of the real parts (part 0) or the imaginary ones (part 1): the sum
 *  divided by the number of items that are no NaN. NaN without such items, or
 *  without a sum. Since 0.1. */
MMVIEW_API long double mmview_stats_mean(const struct mmview_statistics *stats, int part);

/** The variance, numpy.var(a, ddof=ddof): spread / (items that are no NaN - ddof).
 *  NaN without a spread, and if the divisor is not above 0. Since 0.1. */
MMVIEW_API long double mmview_stats_var(const struct mmview_statistics *stats, double ddof);

/** The standard deviation: its square root. Since 0.1. */
MMVIEW_API long double mmview_stats_std(const struct mmview_statistics *stats, double ddof);

/** How mmview_histogram() finds the first and the last edge. Flags. Since 0.1. */
enum mmview_histogram_flags {
    MMVIEW_HISTOGRAM_RANGE = 1 /**< they are low and high; else the extremes of the array */
};

/** The arguments of numpy.histogram(). Start it with MMVIEW_HISTOGRAM_OPTIONS_INIT;
 *  NULL stands for that. Since 0.1. */
struct mmview_histogram_options {
    size_t size;    /**< sizeof(struct mmview_histogram_options) */
    uint64_t flags; /**< enum mmview_histogram_flags */
    uint64_t bins;  /**< how many, of equal width */
    double low;     /**< the first edge, with MMVIEW_HISTOGRAM_RANGE */
    double high;    /**< the last edge, likewise */
    uint64_t part;  /**< as in struct mmview_stats_options; only with a range, as each */
    uint64_t parts; /**< part has extremes of its own */
};

/** Initial value of a struct mmview_histogram_options: 10 bins, as in NumPy. */
#define MMVIEW_HISTOGRAM_OPTIONS_INIT                              \
    {                                                              \
        sizeof(struct mmview_histogram_options), 0, 10, 0, 0, 0, 0 \
    }

/**
 * Counts items in bins of equal width: numpy.histogram(a, bins, range), with the
 * same counts and edges to the last bit. A bin has its lower edge, and the last one
 * its upper edge too. NaN is in no bin, and in no one's way. Without a range the
 * array is read twice, first for its extremes.
 *
 * @param counts  bins long
 * @param edges   bins + 1 long
 * @return MMVIEW_OK; MMVIEW_ETYPE for complex numbers, long doubles, times, strings
 *         and structs; MMVIEW_EINVAL for no bins, for a range that is none or not
 *         finite, and for extremes that are not; MMVIEW_EOPTIONS; MMVIEW_ENOMEM, and
 *         both are unspecified then. Since 0.1.
 */
MMVIEW_API int mmview_histogram(const struct mmview_array *array,
                                const struct mmview_histogram_options *options, uint64_t *counts,
                                double *edges, struct mmview_error *err);

MMVIEW_END_DECLS

#endif

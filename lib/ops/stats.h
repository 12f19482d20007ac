/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_STATS_H
#define MMV_OPS_STATS_H

#include <stdbool.h>

#include <mmview/stats.h>

#include "array/array.h"
#include "ops/integers.h"
#include "ops/reader.h"
#include "ops/sums.h"
#include "ops/to_double.h"

/* Statistics are found block by block, MMV_SUMS_MOST items at a time, which are
 * contiguous, aligned and native. A block is looked at several times while it is
 * in the cache, and what was found merged with what was found before. */

struct mmv_stats_work;

/* What there is to do with items of a type. */
struct mmv_stats_type {
    /* What is in a block: all but the places of its extremes. *found is
     * MMVIEW_STATS_INIT with kind, type and what. */
    void (*look)(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                 struct mmview_statistics *found);

    /* Where the first item is that equals a number, in the block that was looked at
     * last, from an item on; its count if there is none. */
    size_t (*find)(const struct mmv_stats_work *work, size_t from,
                   const union mmview_number *number);

    /* The item there. */
    union mmview_number (*get)(const struct mmv_stats_work *work, size_t index);
};

/* What goes along from block to block. It is large: on the heap. */
struct mmv_stats_work {
    const struct mmv_stats_type *type;
    const struct mmv_sums_loops *loops;
    const struct mmv_integers_loops *integers;
    mmv_to_double *convert;
    unsigned what, flags;
    char kind, letter;

    /* The block that was looked at last, as it came, or as doubles. */
    const unsigned char *items;
    const double *x;
    size_t count;

    void *allocated; /* where it starts, before it is aligned */
    _Alignas(MMV_READER_ALIGN) unsigned char buffer[MMV_READER_BLOCK]; /* to read into */
    _Alignas(64) double converted[MMV_SUMS_MOST];
    _Alignas(64) double parts[2][MMV_SUMS_MOST]; /* what of it is no NaN */
    _Alignas(64) long double wide[MMV_SUMS_MOST];
};

/* The types: of what is a double too; integers of 64 bits; complex numbers whose
 * parts are doubles; long doubles, and complex numbers of them. */
extern const struct mmv_stats_type mmv_stats_double, mmv_stats_integer, mmv_stats_complex,
    mmv_stats_long;

/* Gets ready for items of a dtype. What it makes goes to mmv_stats_end(), which takes
 * NULL too. */
int mmv_stats_begin(struct mmv_stats_work **out, const struct mmview_dtype *dtype,
                    const struct mmview_stats_options *options, struct mmview_error *err);
void mmv_stats_end(struct mmv_stats_work *work);

/* Reads the options of a caller, and checks them. */
int mmv_stats_options(struct mmview_stats_options *known,
                      const struct mmview_stats_options *options, struct mmview_error *err);

/* Is there such a part? */
int mmv_stats_check_part(uint64_t part, uint64_t parts, struct mmview_error *err);

/* Goes to a part of as many items as the reader has, in C order, and returns the
 * place of the first. */
mmview_intp mmv_stats_seek(struct mmv_reader *reader, mmview_intp size, uint64_t part,
                           uint64_t parts);

/* What is found of no items. */
void mmv_stats_start(struct mmview_statistics *stats, const struct mmv_stats_work *work);

/* Adds a block, whose first item has this place in C order and whose others follow
 * it. Not before blocks of lower places. */
void mmv_stats_add(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                   mmview_intp place, struct mmview_statistics *stats);

/* Looks at a block and adds it, but for the places of its extremes. */
void mmv_stats_look(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                    struct mmview_statistics *found, struct mmview_statistics *stats);

/* Sets what of integers follows from their exact sum. */
void mmv_stats_finish(struct mmview_statistics *stats);

/* For what a loop over doubles can not do, for it overflows: sum, center and
 * spread of part 0 or 1, of work->wide. */
void mmv_stats_moments(const struct mmv_stats_work *work, size_t count, int part,
                       struct mmview_statistics *found);

/* The same of doubles: by the loops, or if those overflow, as above. sum is what the
 * loop found before. */
void mmv_stats_double_moments(struct mmv_stats_work *work, const double *x, size_t count,
                              double sum, int part, struct mmview_statistics *found);

/* Counts, sums and moments of from, which has some items, are put to those of into.
 * Not the extremes. */
void mmv_stats_combine(struct mmview_statistics *into, const struct mmview_statistics *from);

/* Whether numbers of a kind and type are in order. */
bool mmv_stats_less(char kind, char type, const union mmview_number *a,
                    const union mmview_number *b);

static inline bool mmv_finite(double x)
{
    return x - x == 0;
}

static inline bool mmv_finite_long(long double x)
{
    return x - x == 0;
}

/* *a += x, where *rest gathers what the addition rounds off; an infinite sum rounds
 * off nothing. */
static inline void mmv_add_long(long double *a, long double *rest, long double x)
{
    long double sum = *a + x, part = sum - *a;

    if (mmv_finite_long(sum))
        *rest += (*a - (sum - part)) + (x - part);
    else
        *rest = 0;
    *a = sum;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include <string.h>

/* Integers of 64 bits, and times, which are such: the lowest of them is NaT. */

#define NAT INT64_MIN

/* The sum, exact: that of the numbers less INT64_MIN is put together of its halves, and as
 * many INT64_MIN, which are halves of 2^64, are added if it is that of signed numbers. */
static void set_sum(const struct mmv_integers *all, size_t count, bool is_signed,
                    struct mmview_statistics *found)
{
    uint64_t low = all->low + (all->high << 32);
    uint64_t high = (all->high >> 32) + (low < all->low);

    if (is_signed) {
        uint64_t odd = (uint64_t)(count & 1) << 63;

        high -= count / 2 + (low < odd);
        low -= odd;
    }
    found->sum_low = low;
    found->sum_high = (int64_t)high;
}

/* The distances from the middle between the extremes are what the spread is made of: they
 * are doubles with less loss than the numbers. */
static void set_spread(struct mmv_stats_work *work, const int64_t *x, size_t count,
                       struct mmview_statistics *found)
{
    double *distances = work->parts[0];
    uint64_t range = (uint64_t)found->max.i - (uint64_t)found->min.i;
    /* Rounded up, so that the distance of the greatest is an int64, too. */
    uint64_t middle = (uint64_t)found->min.i + range / 2 + range % 2;
    struct mmview_statistics of_distances;

    memset(&of_distances, 0, sizeof of_distances);
    work->integers->distances(x, count, (int64_t)middle, distances);
    mmv_stats_double_moments(work, distances, count, work->loops->sum(distances, count), 0,
                             &of_distances);
    found->center[0] = work->kind == 'u' ? (long double)middle : (long double)(int64_t)middle;
    found->center_rest[0] = of_distances.center[0] + of_distances.center_rest[0];
    found->spread = of_distances.spread;
}

static size_t find(const struct mmv_stats_work *work, size_t from,
                   const union mmview_number *number)
{
    const int64_t *x = (const int64_t *)(const void *)work->items;

    return from + work->integers->find(x + from, work->count - from, number->i);
}

static union mmview_number get(const struct mmv_stats_work *work, size_t index)
{
    union mmview_number number;

    memset(&number, 0, sizeof number);
    number.i = ((const int64_t *)(const void *)work->items)[index];
    return number;
}

static size_t leave_out_nat(const int64_t *x, size_t count, int64_t *to)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        to[n] = x[i];
        n += x[i] != NAT;
    }
    return n;
}

static void look(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                 struct mmview_statistics *found)
{
    const int64_t *x = (const int64_t *)(const void *)items;
    bool is_time = work->kind == 'M' || work->kind == 'm';
    int64_t flip = work->kind == 'u' ? INT64_MIN : 0;
    struct mmv_integers all;

    found->count = count;
    if (is_time && work->integers->find(x, count, NAT) < count) {
        /* The space of the doubles is free, and as long. */
        int64_t *times = (int64_t *)(void *)work->converted;
        size_t n = leave_out_nat(x, count, times);

        found->nan = count - n;
        x = times;
        count = n;
    }
    if (count == 0)
        return;
    work->integers->look(x, count, flip, &all);
    found->min.i = all.min ^ flip;
    found->max.i = all.max ^ flip;
    found->zeros = all.zeros;
    if (work->what & MMVIEW_STATS_SUM)
        set_sum(&all, count, flip == 0, found);
    if (work->what & MMVIEW_STATS_SPREAD)
        set_spread(work, x, count, found);
}

const struct mmv_stats_type mmv_stats_integer = {look, find, get};

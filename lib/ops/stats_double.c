/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include <string.h>

/* Items that are doubles, or have become so without loss. Of integers of up to 32
 * bits even the sum of a block is exact. */

/* The numbers without the NaN among them. */
static size_t leave_out_nan(const double *x, size_t count, double *to)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        to[n] = x[i];
        n += x[i] == x[i];
    }
    return n;
}

static size_t count_infinities(const double *x, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        n += x[i] - x[i] != 0;
    return n;
}

static void overflow_moments(struct mmv_stats_work *work, const double *x, size_t count, int part,
                             struct mmview_statistics *found)
{
    for (size_t i = 0; i < count; i++)
        work->wide[i] = (long double)x[i];
    mmv_stats_moments(work, count, part, found);
}

void mmv_stats_double_moments(struct mmv_stats_work *work, const double *x, size_t count,
                              double sum, int part, struct mmview_statistics *found)
{
    double rest = 0, center, spread, off;

    if (!mmv_finite(sum)) {
        overflow_moments(work, x, count, part, found);
        return;
    }
    if (work->flags & MMVIEW_STATS_EXACT)
        sum = work->loops->exact(x, count, &rest);
    if (work->what & MMVIEW_STATS_SPREAD) {
        center = sum / (double)count;
        spread = work->loops->spread(x, count, center, &off);
        if (!mmv_finite(spread)) {
            overflow_moments(work, x, count, part, found);
            return;
        }
        /* The center is not quite the mean: off / count away from it. */
        found->center[part] = (long double)center;
        found->center_rest[part] = (long double)(off / (double)count);
        found->spread += (long double)(spread - off / (double)count * off);
    }
    found->sum[part] = (long double)sum;
    found->sum_rest[part] = (long double)rest;
}

static union mmview_number as_number(char kind, double x)
{
    union mmview_number number;

    memset(&number, 0, sizeof number);
    if (kind == 'f')
        number.f[0] = x;
    else if (kind == 'i')
        number.i = (int64_t)x;
    else
        number.u = (uint64_t)x;
    return number;
}

static double as_double(char kind, const union mmview_number *number)
{
    return kind == 'f' ? number->f[0] : kind == 'i' ? (double)number->i : (double)number->u;
}

static void look(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                 struct mmview_statistics *found)
{
    const double *x = (const double *)(const void *)items;
    bool only_sum = !(work->what & (MMVIEW_STATS_EXTREMES | MMVIEW_STATS_ZEROS));
    struct mmv_sums sums = {0, 0, 0, 0};

    if (work->convert) {
        work->convert(items, count, work->converted);
        x = work->converted;
    }
    work->x = x;
    found->count = count;

    /* NaN and infinities make the sum one, so in most blocks nobody looks for them. */
    if (only_sum)
        sums.sum = work->loops->sum(x, count);
    else
        work->loops->all(x, count, &sums);
    if (!mmv_finite(sums.sum)) {
        size_t numbers = leave_out_nan(x, count, work->parts[0]);

        found->nan = count - numbers;
        x = work->parts[0];
        count = numbers;
        if (count == 0)
            return;
        work->loops->all(x, count, &sums);
        if (!mmv_finite(sums.sum))
            found->inf = count_infinities(x, count);
    }
    found->min = as_number(work->kind, sums.min);
    found->max = as_number(work->kind, sums.max);
    found->zeros = sums.zeros;
    if (!(work->what & MMVIEW_STATS_SUM))
        return;
    mmv_stats_double_moments(work, x, count, sums.sum, 0, found);
    if (work->kind != 'f') {
        int64_t sum = (int64_t)sums.sum;

        found->sum_low = (uint64_t)sum;
        found->sum_high = sum < 0 ? -1 : 0;
    }
}

static size_t find(const struct mmv_stats_work *work, size_t from,
                   const union mmview_number *number)
{
    return from +
           work->loops->find(work->x + from, work->count - from, as_double(work->kind, number));
}

static union mmview_number get(const struct mmv_stats_work *work, size_t index)
{
    return as_number(work->kind, work->x[index]);
}

const struct mmv_stats_type mmv_stats_double = {look, find, get};

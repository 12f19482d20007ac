/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include <string.h>

/* Long doubles, and complex numbers of them, one after another: no processor has
 * vectors of them. Sums of them are always exact ones. */

void mmv_stats_moments(const struct mmv_stats_work *work, size_t count, int part,
                       struct mmview_statistics *found)
{
    const long double *x = work->wide;
    long double sum = 0, rest = 0, center, off = 0, spread = 0;

    for (size_t i = 0; i < count; i++) {
        const long double more = sum + x[i], added = more - sum;

        rest += (sum - (more - added)) + (x[i] - added);
        sum = more;
    }
    if (!mmv_finite_long(sum)) /* which rounds off nothing */
        rest = 0;
    found->sum[part] = sum;
    found->sum_rest[part] = rest;
    if (!(work->what & MMVIEW_STATS_SPREAD))
        return;
    center = sum / (long double)count;
    for (size_t i = 0; i < count; i++) {
        const long double distance = x[i] - center;

        off += distance;
        spread += distance * distance;
    }
    found->center[part] = center;
    found->center_rest[part] = off / (long double)count;
    found->spread += spread;
    if (mmv_finite_long(found->spread))
        found->spread -= off / (long double)count * off;
}

/* Parts of an item: 1, or 2 if it is complex. */
static size_t parts_of(const struct mmv_stats_work *work)
{
    return work->letter == 'G' ? 2 : 1;
}

static const long double *item(const struct mmv_stats_work *work, size_t index)
{
    return (const long double *)(const void *)work->items + parts_of(work) * index;
}

static long double imag(const struct mmv_stats_work *work, const long double *x)
{
    return work->letter == 'G' ? x[1] : 0;
}

static bool is_less(const struct mmv_stats_work *work, const long double *a, const long double *b)
{
    return a[0] < b[0] || (a[0] == b[0] && imag(work, a) < imag(work, b));
}

static bool is_nan(const struct mmv_stats_work *work, const long double *x)
{
    return x[0] != x[0] || imag(work, x) != imag(work, x);
}

static bool is_finite(const struct mmv_stats_work *work, const long double *x)
{
    return mmv_finite_long(x[0]) && mmv_finite_long(imag(work, x));
}

static union mmview_number get(const struct mmv_stats_work *work, size_t index)
{
    union mmview_number number;

    memset(&number, 0, sizeof number);
    number.g[0] = item(work, index)[0];
    number.g[1] = imag(work, item(work, index));
    return number;
}

static void look(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                 struct mmview_statistics *found)
{
    size_t min = count, max = count, n = 0;

    (void)items; /* work has them */
    found->count = count;
    for (size_t i = 0; i < count; i++) {
        const long double *x = item(work, i);

        if (is_nan(work, x)) {
            found->nan++;
            continue;
        }
        found->inf += !is_finite(work, x);
        found->zeros += x[0] == 0 && imag(work, x) == 0;
        if (min == count || is_less(work, x, item(work, min)))
            min = i;
        if (max == count || is_less(work, item(work, max), x))
            max = i;
    }
    if (found->nan == count)
        return;
    found->min = get(work, min);
    found->max = get(work, max);
    if (!(work->what & MMVIEW_STATS_SUM))
        return;
    for (size_t part = 0; part < parts_of(work); part++, n = 0) {
        for (size_t i = 0; i < count; i++) {
            work->wide[n] = item(work, i)[part];
            n += !is_nan(work, item(work, i));
        }
        mmv_stats_moments(work, n, (int)part, found);
    }
}

static size_t find(const struct mmv_stats_work *work, size_t from,
                   const union mmview_number *number)
{
    while (from < work->count &&
           !(item(work, from)[0] == number->g[0] && imag(work, item(work, from)) == number->g[1]))
        from++;
    return from;
}

const struct mmv_stats_type mmv_stats_long = {look, find, get};

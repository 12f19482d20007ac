/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include <string.h>

#include "base/checked.h"
#include "base/error.h"

bool mmv_stats_less(char kind, char type, const union mmview_number *a,
                    const union mmview_number *b)
{
    switch (kind) {
    case 'b':
    case 'u': return a->u < b->u;
    case 'f':
    case 'c':
        if (type == 'g' || type == 'G')
            return a->g[0] < b->g[0] || (a->g[0] == b->g[0] && a->g[1] < b->g[1]);
        return a->f[0] < b->f[0] || (a->f[0] == b->f[0] && a->f[1] < b->f[1]);
    default: return a->i < b->i;
    }
}

/* Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing
 * sample variances, 1979. The mean goes along in two numbers, so that the distance
 * of two that are near each other is not lost. */
static void combine_centers(struct mmview_statistics *into, const struct mmview_statistics *from,
                            int part, long double n, long double m)
{
    long double distance = (from->center[part] - into->center[part]) +
                           (from->center_rest[part] - into->center_rest[part]);
    long double center = into->center[part], rest = into->center_rest[part];

    /* What lies farther apart than a long double tells has an infinite spread, or has one
     * already; a center that was moved there would make it NaN for all that follows. */
    if (!mmv_finite_long(distance)) {
        if (distance == distance)
            into->spread += distance * distance;
        return;
    }
    into->spread += distance * distance * (n * (m / (n + m)));
    mmv_add_long(&center, &rest, distance * (m / (n + m)));
    into->center[part] = center;
    into->center_rest[part] = rest;
}

void mmv_stats_combine(struct mmview_statistics *into, const struct mmview_statistics *from)
{
    uint64_t n = into->count - into->nan, m = from->count - from->nan;
    int parts = into->kind == 'c' ? 2 : 1;

    into->count += from->count;
    into->nan += from->nan;
    into->inf += from->inf;
    into->zeros += from->zeros;
    if (m == 0)
        return;
    if (into->what & MMVIEW_STATS_SUM) {
        uint64_t carry = __builtin_add_overflow(into->sum_low, from->sum_low, &into->sum_low);

        into->sum_high = (int64_t)((uint64_t)into->sum_high + (uint64_t)from->sum_high + carry);
        for (int part = 0; part < parts; part++) {
            mmv_add_long(&into->sum[part], &into->sum_rest[part], from->sum[part]);
            if (mmv_finite_long(into->sum[part]))
                into->sum_rest[part] += from->sum_rest[part];
        }
    }
    if (!(into->what & MMVIEW_STATS_SPREAD))
        return;
    into->spread += from->spread;
    for (int part = 0; part < parts; part++)
        if (n == 0) {
            into->center[part] = from->center[part];
            into->center_rest[part] = from->center_rest[part];
        } else {
            combine_centers(into, from, part, (long double)n, (long double)m);
        }
}

void mmv_stats_finish(struct mmview_statistics *stats)
{
    uint64_t low = stats->sum_low, high = (uint64_t)stats->sum_high;
    bool negative = stats->sum_high < 0;

    if (stats->kind == 'f' || stats->kind == 'c')
        return;
    if (negative) {
        low = -low;
        high = ~high + (low == 0);
    }
    stats->sum[0] = (long double)high * 18446744073709551616.0L;
    stats->sum_rest[0] = 0;
    mmv_add_long(&stats->sum[0], &stats->sum_rest[0], (long double)low);
    if (negative) {
        stats->sum[0] = -stats->sum[0];
        stats->sum_rest[0] = -stats->sum_rest[0];
    }
}

/* Takes the other's extreme if it is beyond ours, or equal and comes before. */
static void merge_extreme(const struct mmview_statistics *stats, union mmview_number *ours,
                          mmview_intp *place, const union mmview_number *other,
                          mmview_intp other_place, bool is_min)
{
    const union mmview_number *a = is_min ? other : ours, *b = is_min ? ours : other;

    if (other_place < 0)
        return;
    if (*place >= 0 && !mmv_stats_less(stats->kind, stats->type, a, b) &&
        (mmv_stats_less(stats->kind, stats->type, b, a) || *place <= other_place))
        return;
    *ours = *other;
    *place = other_place;
}

int mmview_stats_merge(struct mmview_statistics *into, const struct mmview_statistics *from,
                       struct mmview_error *err)
{
    uint64_t count;

    if (!into || !from)
        return mmv_fail(err, MMVIEW_EINVAL, "no statistics to merge");
    if (from->kind == 0)
        return MMVIEW_OK;
    if (into->kind == 0) {
        *into = *from;
        return MMVIEW_OK;
    }
    if (into->kind != from->kind || into->type != from->type)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "statistics of items of type '%c' and of type '%c' do not merge",
                        into->type, from->type);
    if (!mmv_add_u64(into->count, from->count, &count))
        return mmv_fail(err, MMVIEW_EOVERFLOW, "more items than can be counted");

    into->what &= from->what;
    mmv_stats_combine(into, from);
    merge_extreme(into, &into->min, &into->argmin, &from->min, from->argmin, true);
    merge_extreme(into, &into->max, &into->argmax, &from->max, from->argmax, false);
    mmv_stats_finish(into);
    return MMVIEW_OK;
}

static long double not_a_number(void)
{
    return (long double)__builtin_nan("");
}

long double mmview_stats_mean(const struct mmview_statistics *stats, int part)
{
    uint64_t count = stats->count - stats->nan;

    if (part < 0 || part > 1 || count == 0 || !(stats->what & MMVIEW_STATS_SUM))
        return not_a_number();
    return stats->sum[part] / (long double)count + stats->sum_rest[part] / (long double)count;
}

long double mmview_stats_var(const struct mmview_statistics *stats, double ddof)
{
    long double divisor = (long double)(stats->count - stats->nan) - (long double)ddof;

    if (stats->count == stats->nan || !(divisor > 0) || !(stats->what & MMVIEW_STATS_SPREAD))
        return not_a_number();
    return stats->spread / divisor;
}

/* By Newton's method, from a number whose half of an exponent is right; a library of
 * mathematics for this one function would take every program longer to load. */
static long double square_root(long double x)
{
    int exponent;
    long double root, fraction;

    if (!(x > 0) || !mmv_finite_long(x))
        return x;
    fraction = __builtin_frexpl(x, &exponent);
    if (exponent % 2 != 0) {
        fraction *= 2;
        exponent--;
    }
    root = (1 + fraction) / 2;
    for (int i = 0; i < 7; i++)
        root = (root + fraction / root) / 2;
    return __builtin_ldexpl(root, exponent / 2);
}

long double mmview_stats_std(const struct mmview_statistics *stats, double ddof)
{
    return square_root(mmview_stats_var(stats, ddof));
}

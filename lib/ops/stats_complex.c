/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include <string.h>

/* Complex numbers whose parts are floats or doubles. Each part is looked at by
 * itself, but for the order, which is that of the real parts first. */

/* The item there. */
static void get_parts(const struct mmv_stats_work *work, size_t index, double *real, double *imag)
{
    if (work->letter == 'F') {
        const float *x = (const float *)(const void *)work->items + 2 * index;

        *real = (double)x[0];
        *imag = (double)x[1];
    } else {
        const double *x = (const double *)(const void *)work->items + 2 * index;

        *real = x[0];
        *imag = x[1];
    }
}

/* The parts of all items go to work->parts. */
static void take_apart(struct mmv_stats_work *work, size_t count)
{
    double *real = work->parts[0], *imag = work->parts[1];

    if (work->letter == 'F') {
        const float *x = (const float *)(const void *)work->items;

        for (size_t i = 0; i < count; i++) {
            real[i] = (double)x[2 * i];
            imag[i] = (double)x[2 * i + 1];
        }
    } else {
        const double *x = (const double *)(const void *)work->items;

        for (size_t i = 0; i < count; i++) {
            real[i] = x[2 * i];
            imag[i] = x[2 * i + 1];
        }
    }
}

/* Those without NaN stay there. Returns how many. */
static size_t leave_out_nan(struct mmv_stats_work *work, size_t count)
{
    double *real = work->parts[0], *imag = work->parts[1];
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const double x = real[i], y = imag[i];

        real[n] = x;
        imag[n] = y;
        n += (size_t)(x == x) & (size_t)(y == y);
    }
    return n;
}

static size_t count_infinities(const struct mmv_stats_work *work, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        n += !(mmv_finite(work->parts[0][i]) && mmv_finite(work->parts[1][i]));
    return n;
}

static size_t count_zeros(const struct mmv_stats_work *work, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        n += work->parts[0][i] == 0 && work->parts[1][i] == 0;
    return n;
}

/* Of the items whose real part is an extreme, the one of which the other is, too. */
static union mmview_number extreme(const struct mmv_stats_work *work, size_t count,
                                   double real_extreme, bool is_min)
{
    const double *real = work->parts[0], *imag = work->parts[1];
    size_t at = work->loops->find(real, count, real_extreme);
    union mmview_number number;

    for (size_t i = at + 1; i < count; i++)
        if (real[i] == real_extreme && (is_min ? imag[i] < imag[at] : imag[i] > imag[at]))
            at = i;
    memset(&number, 0, sizeof number);
    number.f[0] = real[at];
    number.f[1] = imag[at];
    return number;
}

static void look(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                 struct mmview_statistics *found)
{
    struct mmv_sums all[2];

    (void)items; /* work has them */
    found->count = count;
    take_apart(work, count);
    for (int part = 0; part < 2; part++)
        work->loops->all(work->parts[part], count, &all[part]);
    /* NaN and infinities make the sum one, so in most blocks nobody looks for them. */
    if (!mmv_finite(all[0].sum) || !mmv_finite(all[1].sum)) {
        count = leave_out_nan(work, count);
        found->nan = found->count - count;
        if (count == 0)
            return;
        for (int part = 0; part < 2; part++)
            work->loops->all(work->parts[part], count, &all[part]);
        if (!mmv_finite(all[0].sum) || !mmv_finite(all[1].sum))
            found->inf = count_infinities(work, count);
    }
    if (all[0].zeros > 0 && all[1].zeros > 0)
        found->zeros = count_zeros(work, count);
    if (work->what & MMVIEW_STATS_EXTREMES) {
        found->min = extreme(work, count, all[0].min, true);
        found->max = extreme(work, count, all[0].max, false);
    }
    if (work->what & MMVIEW_STATS_SUM)
        for (int part = 0; part < 2; part++)
            mmv_stats_double_moments(work, work->parts[part], count, all[part].sum, part, found);
}

static size_t find(const struct mmv_stats_work *work, size_t from,
                   const union mmview_number *number)
{
    for (; from < work->count; from++) {
        double real, imag;

        get_parts(work, from, &real, &imag);
        if (real == number->f[0] && imag == number->f[1])
            break;
    }
    return from;
}

static union mmview_number get(const struct mmv_stats_work *work, size_t index)
{
    union mmview_number number;

    memset(&number, 0, sizeof number);
    get_parts(work, index, &number.f[0], &number.f[1]);
    return number;
}

const struct mmv_stats_type mmv_stats_complex = {look, find, get};

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include <string.h>

/* Complex numbers whose parts are floats or doubles. Each part is looked at by
 * itself, but for the order, which is that of the real parts first. */

static bool is_less(double a_real, double a_imag, double b_real, double b_imag)
{
    return a_real < b_real || (a_real == b_real && a_imag < b_imag);
}

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

/* Those without NaN go to work->parts. Returns how many. */
static size_t take_apart(struct mmv_stats_work *work, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        double real, imag;

        get_parts(work, i, &real, &imag);
        work->parts[0][n] = real;
        work->parts[1][n] = imag;
        n += real == real && imag == imag;
    }
    return n;
}

static void look_in_order(const struct mmv_stats_work *work, size_t count,
                          struct mmview_statistics *found)
{
    const double *real = work->parts[0], *imag = work->parts[1];
    size_t min = 0, max = 0;

    for (size_t i = 0; i < count; i++) {
        if (is_less(real[i], imag[i], real[min], imag[min]))
            min = i;
        if (is_less(real[max], imag[max], real[i], imag[i]))
            max = i;
        found->zeros += real[i] == 0 && imag[i] == 0;
    }
    found->min.f[0] = real[min];
    found->min.f[1] = imag[min];
    found->max.f[0] = real[max];
    found->max.f[1] = imag[max];
}

static size_t count_infinities(const struct mmv_stats_work *work, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        n += !mmv_finite(work->parts[0][i]) || !mmv_finite(work->parts[1][i]);
    return n;
}

static void look(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                 struct mmview_statistics *found)
{
    double sums[2];

    (void)items; /* work has them */
    found->count = count;
    count = take_apart(work, count);
    found->nan = found->count - count;
    if (count == 0)
        return;
    if (work->what & (MMVIEW_STATS_EXTREMES | MMVIEW_STATS_ZEROS))
        look_in_order(work, count, found);
    for (int part = 0; part < 2; part++)
        sums[part] = work->loops->sum(work->parts[part], count);
    if (!mmv_finite(sums[0]) || !mmv_finite(sums[1]))
        found->inf = count_infinities(work, count);
    if (work->what & MMVIEW_STATS_SUM)
        for (int part = 0; part < 2; part++)
            mmv_stats_double_moments(work, work->parts[part], count, sums[part], part, found);
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

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/stats.h>

#include <string.h>

#include "base/error.h"
#include "base/options.h"
#include "format/dtype.h"
#include "ops/half.h"
#include "ops/reading_order.h"
#include "ops/stats.h"

/* numpy.histogram() computes with numbers of the array's own precision, and rounds
 * where that rounds; integers become doubles. Sums, differences and products of
 * doubles are rounded to fewer digits just as those of the shorter numbers would be. */

enum precision { HALF, SINGLE, DOUBLE };

struct histogram {
    const struct mmview_array *array;
    struct mmview_histogram_options options;
    enum precision precision;
    double first, last; /* edges */
    double width;       /* between them; integers are subtracted before they are rounded */
    double *edges;
    uint64_t *counts;
};

static double rounded(enum precision precision, double x)
{
    switch (precision) {
    case HALF: return mmv_double_of_bits(mmv_half_to_double_bits(mmv_half_of_double(x)));
    case SINGLE: return (double)(float)x;
    default: return x;
    }
}

static double magnitude(double x)
{
    return x < 0 ? -x : x;
}

static bool has_numbers(const struct mmview_dtype *dtype)
{
    return dtype->kind == 'b' || dtype->kind == 'i' || dtype->kind == 'u' ||
           (dtype->kind == 'f' && dtype->type != 'g');
}

static int set_range(struct histogram *h, struct mmview_error *err)
{
    double low = h->options.low, high = h->options.high;

    if (!mmv_finite(low) || !mmv_finite(high))
        return mmv_fail(err, MMVIEW_EINVAL, "the range of the histogram is not finite");
    if (low > high)
        return mmv_fail(err, MMVIEW_EINVAL,
                        "the range of the histogram ends before it starts: %g is less than %g",
                        high, low);
    h->first = low;
    h->last = high;
    h->width = high - low;
    /* Edges that the items' type does not have, NumPy takes a wider type for. */
    low = magnitude(low);
    high = magnitude(high);
    high = low > high ? low : high;
    if (h->precision == HALF && high > 65504)
        h->precision = SINGLE;
    if (h->precision == SINGLE && high > 0x1.fffffep127)
        h->precision = DOUBLE;
    return MMVIEW_OK;
}

static int find_range(struct histogram *h, struct mmview_error *err)
{
    struct mmview_stats_options options = MMVIEW_STATS_OPTIONS_INIT;
    struct mmview_statistics stats;
    int status;

    options.what = MMVIEW_STATS_EXTREMES;
    status = mmview_stats(h->array, &options, &stats, err);
    if (status < 0)
        return status;
    if (stats.argmin < 0) {
        h->first = 0;
        h->last = h->width = 1;
    } else if (stats.kind == 'f') {
        h->first = stats.min.f[0];
        h->last = stats.max.f[0];
        h->width = rounded(h->precision, h->last - h->first);
        if (stats.inf > 0)
            return mmv_fail(err, MMVIEW_EINVAL,
                            "%ju items are infinite: the histogram needs a range",
                            (uintmax_t)stats.inf);
    } else if (stats.kind == 'i') {
        h->first = (double)stats.min.i;
        h->last = (double)stats.max.i;
        h->width = (double)((uint64_t)stats.max.i - (uint64_t)stats.min.i);
    } else {
        h->first = (double)stats.min.u;
        h->last = (double)stats.max.u;
        h->width = (double)(stats.max.u - stats.min.u);
    }
    return MMVIEW_OK;
}

/* As numpy.linspace() does it. */
static int set_edges(struct histogram *h, struct mmview_error *err)
{
    double bins = (double)h->options.bins, distance, step;

    if (h->width == 0) {
        h->first -= 0.5;
        h->last += 0.5;
        h->width = h->last - h->first;
    }
    distance = h->last - h->first;
    if (!mmv_finite(distance) || !mmv_finite(h->width))
        return mmv_fail(err, MMVIEW_EINVAL, "from %g to %g it is too far for a histogram", h->first,
                        h->last);
    step = distance / bins;
    for (uint64_t i = 0; i < h->options.bins; i++) {
        double x = (double)i;

        /* Unless the steps are too small to be numbers. */
        h->edges[i] =
            rounded(h->precision, (step != 0 ? x * step : x / bins * distance) + h->first);
    }
    h->edges[h->options.bins] = rounded(h->precision, h->last);
    return MMVIEW_OK;
}

static void count(const struct histogram *h, const double *x, size_t n)
{
    enum precision precision = h->precision;
    uint64_t bins = h->options.bins;
    const double *edges = h->edges;
    double first = rounded(precision, h->first), last = rounded(precision, h->last);
    double scale = rounded(precision, (double)bins / h->width);

    for (size_t i = 0; i < n; i++) {
        double place;
        uint64_t bin;

        if (!(x[i] >= first && x[i] <= last))
            continue;
        place = rounded(precision, rounded(precision, x[i] - first) * scale);
        bin = place < (double)bins ? (uint64_t)place : bins - 1;
        /* 0 times infinity: bins that are narrower than the least number. */
        if (place != place)
            for (bin = 0; bin < bins - 1 && x[i] >= edges[bin + 1];)
                bin++;
        /* It may be one off where rounding was not in its favour. */
        if (x[i] < edges[bin] && bin > 0)
            bin--;
        if (bin < bins - 1 && x[i] >= edges[bin + 1])
            bin++;
        h->counts[bin]++;
    }
}

/* Integers of 64 bits do not have doubles for all. */
static void convert(const struct mmv_stats_work *work, const unsigned char *items, size_t n,
                    double *to)
{
    if (work->convert)
        work->convert(items, n, to);
    else if (work->kind == 'i')
        for (size_t i = 0; i < n; i++)
            to[i] = (double)((const int64_t *)(const void *)items)[i];
    else if (work->kind == 'u')
        for (size_t i = 0; i < n; i++)
            to[i] = (double)((const uint64_t *)(const void *)items)[i];
    else
        memcpy(to, items, n * sizeof *to);
}

static int read_items(const struct histogram *h, struct mmv_stats_work *work,
                      struct mmview_error *err)
{
    struct mmv_reading_order order = {.array = NULL};
    struct mmv_reader reader;
    const unsigned char *items;
    mmview_intp run;
    int status = h->options.parts > 0 ? MMVIEW_OK : mmv_reading_order(&order, h->array, err);

    if (status < 0)
        return status;
    mmv_reader_start(&reader, order.array ? order.array : h->array, work->buffer,
                     sizeof work->buffer);
    if (h->options.parts > 0)
        mmv_stats_seek(&reader, h->array->size, h->options.part, h->options.parts);
    memset(h->counts, 0, (size_t)h->options.bins * sizeof *h->counts);
    while ((run = mmv_reader_next(&reader, &items)) > 0)
        while (run > 0) {
            size_t n = run < (mmview_intp)MMV_SUMS_MOST ? (size_t)run : MMV_SUMS_MOST;

            convert(work, items, n, work->converted);
            count(h, work->converted, n);
            items += (mmview_intp)n * reader.itemsize;
            run -= (mmview_intp)n;
        }
    mmview_array_unref(order.array);
    return MMVIEW_OK;
}

int mmview_histogram(const struct mmview_array *array,
                     const struct mmview_histogram_options *options, uint64_t *counts,
                     double *edges, struct mmview_error *err)
{
    const struct mmview_stats_options all = MMVIEW_STATS_OPTIONS_INIT;
    struct histogram h = {
        .array = array,
        .options = MMVIEW_HISTOGRAM_OPTIONS_INIT,
        .edges = edges,
        .counts = counts,
    };
    struct mmv_stats_work *work = NULL;
    int status;

    if (!array || !counts || !edges)
        return mmv_fail(err, MMVIEW_EINVAL, "no array, or nowhere to put its histogram");
    status = mmv_options_read(&h.options, sizeof h.options,
                              MMV_SIZE_TO(struct mmview_histogram_options, parts), options, err);
    if (status < 0)
        return status;
    if (h.options.flags & ~(uint64_t)MMVIEW_HISTOGRAM_RANGE)
        return mmv_fail(err, MMVIEW_EOPTIONS, "unknown flags of a histogram");
    if (h.options.bins == 0 || h.options.bins > SIZE_MAX / sizeof *counts - 1)
        return mmv_fail(err, MMVIEW_EINVAL, "a histogram does not have %ju bins",
                        (uintmax_t)h.options.bins);
    if (h.options.parts > 0 && !(h.options.flags & MMVIEW_HISTOGRAM_RANGE))
        return mmv_fail(err, MMVIEW_EINVAL, "the histogram of a part needs a range");
    if (!has_numbers(array->dtype))
        return mmv_fail(err, MMVIEW_ETYPE,
                        "there are histograms of booleans, integers and floats only, of up to 64"
                        " bits");
    h.precision = array->dtype->type == 'e' ? HALF : array->dtype->type == 'f' ? SINGLE : DOUBLE;
    status = mmv_stats_check_part(h.options.part, h.options.parts, err);
    if (status == MMVIEW_OK)
        status =
            h.options.flags & MMVIEW_HISTOGRAM_RANGE ? set_range(&h, err) : find_range(&h, err);
    if (status == MMVIEW_OK)
        status = mmv_stats_begin(&work, array->dtype, &all, err);
    if (status == MMVIEW_OK)
        status = set_edges(&h, err);
    if (status == MMVIEW_OK)
        status = read_items(&h, work, err);
    mmv_stats_end(work);
    return status;
}

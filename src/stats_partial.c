/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "report.h"
#include "stats.h"

/* A partial result is a line of JSON whose keys come in one order, as they are
 * written here, with nothing between. Numbers that are not whole are strings of
 * hexadecimal digits, so that none is lost. A line is read as it was written or
 * not at all. */

static void put_longs(const char *key, const long double *numbers, int count)
{
    printf(",\"%s\":[", key);
    for (int i = 0; i < count; i++)
        printf(i ? ",\"%La\"" : "\"%La\"", numbers[i]);
    putchar(']');
}

/* The member that the kind has, in a form that both have. */
static void put_extreme(const char *key, const struct mmview_statistics *stats,
                        const union mmview_number *number)
{
    long double parts[2] = {(long double)number->f[0], (long double)number->f[1]};

    if (stats->kind != 'f' && stats->kind != 'c')
        printf(",\"%s\":%" PRIu64, key, number->u); /* the bits of negative ones, too */
    else
        put_longs(key, stats->type == 'g' || stats->type == 'G' ? number->g : parts, 2);
}

void stats_write_partial(const struct finding *finding, const struct stats_part *part)
{
    const struct mmview_statistics *stats = &finding->stats;
    const struct histogram *histogram = finding->histogram;
    char *dtype = dtype_text(mmview_dtype_typestr, finding->dtype);

    fputs("{\"mmview_partial\":1,\"file\":", stdout);
    json_put_string(finding->file);
    fputs(",\"selection\":", stdout);
    json_put_string(finding->selection);
    fputs(",\"field\":", stdout);
    json_put_text(finding->field ? finding->field : "", finding->field_length);
    printf(",\"dtype\":\"%s\",\"shape\":[", dtype);
    free(dtype);
    for (int i = 0; i < finding->ndim; i++)
        printf(i ? ",%" PRIdPTR : "%" PRIdPTR, finding->shape[i]);
    printf("],\"part\":%" PRIu64 ",\"parts\":%" PRIu64, part->part, part->parts);
    printf(",\"what\":%" PRIu32 ",\"count\":%" PRIu64 ",\"nan\":%" PRIu64 ",\"inf\":%" PRIu64
           ",\"zeros\":%" PRIu64 ",\"argmin\":%" PRIdPTR ",\"argmax\":%" PRIdPTR,
           stats->what, stats->count, stats->nan, stats->inf, stats->zeros, stats->argmin,
           stats->argmax);
    put_extreme("min", stats, &stats->min);
    put_extreme("max", stats, &stats->max);
    printf(",\"sum_low\":%" PRIu64 ",\"sum_high\":%" PRId64, stats->sum_low, stats->sum_high);
    put_longs("sum", stats->sum, 2);
    put_longs("sum_rest", stats->sum_rest, 2);
    put_longs("center", stats->center, 2);
    put_longs("center_rest", stats->center_rest, 2);
    put_longs("spread", &stats->spread, 1);
    if (histogram) {
        long double range[2] = {(long double)histogram->low, (long double)histogram->high};

        put_longs("range", range, 2);
        fputs(",\"edges\":[", stdout);
        for (size_t i = 0; i <= histogram->bins; i++)
            printf(i ? ",\"%a\"" : "\"%a\"", histogram->edges[i]);
        fputs("],\"counts\":[", stdout);
        for (size_t i = 0; i < histogram->bins; i++)
            printf(i ? ",%" PRIu64 : "%" PRIu64, histogram->counts[i]);
        putchar(']');
    }
    fputs("}\n", stdout);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "compose.h"
#include "report.h"
#include "stats.h"
#include "text.h"

static void put_double(double x)
{
    struct finding edge = {.stats = {.kind = 'f', .type = 'd', .count = 1}};

    edge.stats.min.f[0] = x;
    stats_put(stdout, &edge, "min", true);
}

/* Nearly always 0 or 1, and shown so; else with all digits. */
static void put_ddof(double ddof)
{
    if (fabs(ddof) < 1e9 && !(fabs(ddof - (double)(int64_t)ddof) > 0))
        printf("%.0f", ddof);
    else
        put_double(ddof);
}

static void put_histogram(const struct histogram *histogram)
{
    fputs(",\"histogram\":{\"counts\":[", stdout);
    for (size_t i = 0; i < histogram->bins; i++)
        printf(i ? ",%" PRIu64 : "%" PRIu64, histogram->counts[i]);
    fputs("],\"edges\":[", stdout);
    for (size_t i = 0; i <= histogram->bins; i++) {
        if (i > 0)
            putchar(',');
        put_double(histogram->edges[i]);
    }
    fputs("]}", stdout);
}

void stats_json(const struct finding *finding)
{
    char *dtype = dtype_text(mmview_dtype_typestr, finding->dtype);

    fputs("{\"file\":", stdout);
    json_put_string(finding->file);
    fputs(",\"field\":", stdout);
    if (finding->field)
        json_put_text(finding->field, finding->field_length);
    else
        fputs("null", stdout);
    printf(",\"dtype\":\"%s\",\"shape\":[", dtype);
    free(dtype);
    for (int i = 0; i < finding->ndim; i++)
        printf(i ? ",%" PRIdPTR : "%" PRIdPTR, finding->shape[i]);
    putchar(']');
    if (finding->axis >= 0) {
        printf(",\"axis\":%d,\"index\":[", finding->axis);
        for (int i = 0; i + 1 < finding->ndim; i++)
            printf(i ? ",%" PRIdPTR : "%" PRIdPTR, finding->index[i]);
        putchar(']');
    }
    for (const char *const *key = stats_keys; *key; key++) {
        printf(",\"%s\":", *key);
        stats_put(stdout, finding, *key, true);
    }
    fputs(",\"ddof\":", stdout);
    put_ddof(finding->ddof);
    if (finding->histogram)
        put_histogram(finding->histogram);
    fputs("}\n", stdout);
}

static void put_headline(const struct finding *finding)
{
    char *name = dtype_text(mmview_dtype_name, finding->dtype);

    text_show(stdout, finding->file, strlen(finding->file));
    text_show(stdout, finding->selection, strlen(finding->selection));
    fputs(": ", stdout);
    for (int i = 0; i < finding->ndim; i++)
        printf("%" PRIdPTR "%s", finding->shape[i], i + 1 < finding->ndim ? " x " : " ");
    puts(name);
    free(name);
}

/* An axis of the histogram, with a bar for each bin. */
static void put_bars(const struct histogram *histogram)
{
    static const char bar[] = "########################################";
    uint64_t most = 1;

    for (size_t i = 0; i < histogram->bins; i++)
        if (histogram->counts[i] > most)
            most = histogram->counts[i];
    puts("  histogram:");
    for (size_t i = 0; i < histogram->bins; i++) {
        double share = (double)histogram->counts[i] / (double)most;

        int length = (int)(share * (double)(sizeof bar - 1) + 0.5);

        printf("    %12.6g to %-12.6g %12" PRIu64 "%s%.*s\n", histogram->edges[i],
               histogram->edges[i + 1], histogram->counts[i], length > 0 ? " " : "", length, bar);
    }
}

/* [1, 2]: a lane is a line of few words. */
static void put_lane(const struct finding *finding)
{
    static const char *const keys[] = {"min", "max", "mean", "std", "nan"};

    if (finding->first) {
        put_headline(finding);
        printf("  %-16s", "lane");
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            printf(" %20s", keys[i]);
        putchar('\n');
    }
    for (int i = 0, width = 0; i < finding->ndim; i++) {
        if (i + 1 == finding->ndim)
            printf("%*s", width < 16 ? 16 - width : 0, "");
        else
            width += printf(i ? ", %" PRIdPTR : "  %" PRIdPTR, finding->index[i]) - (i ? 0 : 2);
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct composition composition;
        char *text;

        stats_put(compose_begin(&composition), finding, keys[i], false);
        text = compose_end(&composition);
        printf(" %20s", *text ? text : "-");
        free(text);
    }
    putchar('\n');
}

void stats_human(const struct finding *finding)
{
    if (finding->axis >= 0) {
        put_lane(finding);
        return;
    }
    put_headline(finding);
    for (const char *const *key = stats_keys; *key; key++) {
        struct composition composition;
        char *text;

        stats_put(compose_begin(&composition), finding, *key, false);
        text = compose_end(&composition);
        if (*text)
            printf("  %-8s %s\n", *key, text);
        free(text);
    }
    if (finding->histogram)
        put_bars(finding->histogram);
}

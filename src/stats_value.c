/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "stats.h"

#include <inttypes.h>
#include <string.h>

#include "report.h"

const char *const stats_keys[] = {
    "count", "nan", "inf", "zeros", "min", "argmin", "max", "argmax", "sum", "mean", "std", NULL,
};

/* The text of a number of a type, as NumPy shows it, or as it is in JSON, where
 * there is no NaN and infinity. */
static void put_item(FILE *out, const char *dtype_text, const void *number, bool json)
{
    struct mmview_dtype *dtype;
    char text[128];

    if (mmview_dtype_parse(dtype_text, SIZE_MAX, 0, &dtype, NULL) < 0)
        report_nomem();
    mmview_item_text(dtype, number, MMVIEW_ITEM_STR, text, sizeof text);
    mmview_dtype_unref(dtype);
    if (json && strpbrk(text, "n")) /* nan, inf */
        strcpy(text, "null");
    fputs(text, out);
}

static bool is_long(const struct mmview_statistics *stats)
{
    return stats->type == 'g' || stats->type == 'G';
}

/* A number that is derived: a double, or a long double if the items are such. */
static void put_number(FILE *out, const struct mmview_statistics *stats, long double number,
                       bool json)
{
    double narrow = (double)number;

    if (is_long(stats))
        put_item(out, "g", &number, json);
    else
        put_item(out, "d", &narrow, json);
}

/* A complex number, or the first part alone if the items are none. */
static void put_parts(FILE *out, const struct mmview_statistics *stats, const long double *parts,
                      bool json)
{
    if (stats->kind != 'c') {
        put_number(out, stats, parts[0], json);
    } else if (json) {
        putc('[', out);
        put_number(out, stats, parts[0], true);
        putc(',', out);
        put_number(out, stats, parts[1], true);
        putc(']', out);
    } else if (is_long(stats)) {
        put_item(out, "G", parts, false);
    } else {
        double narrow[2] = {(double)parts[0], (double)parts[1]};

        put_item(out, "D", narrow, false);
    }
}

/* A time in its unit. */
static void put_time(FILE *out, const struct mmview_dtype *dtype, int64_t time, bool json)
{
    struct mmview_dtype *native;
    char text[128];

    if (mmview_dtype_newbyteorder(dtype, '=', &native, NULL) < 0)
        report_nomem();
    mmview_item_text(native, &time, MMVIEW_ITEM_STR, text, sizeof text);
    mmview_dtype_unref(native);
    fprintf(out, json ? "\"%s\"" : "%s", text);
}

static void put_extreme(FILE *out, const struct finding *finding, const union mmview_number *number,
                        bool json)
{
    const struct mmview_statistics *stats = &finding->stats;
    long double parts[2] = {(long double)number->f[0], (long double)number->f[1]};
    float narrow[2] = {(float)number->f[0], (float)number->f[1]};

    switch (stats->kind) {
    case 'b':
        fputs(json ? (number->u ? "true" : "false") : (number->u ? "True" : "False"), out);
        break;
    case 'u': fprintf(out, "%" PRIu64, number->u); break;
    case 'i': fprintf(out, "%" PRId64, number->i); break;
    case 'M': put_time(out, finding->dtype, number->i, json); break;
    case 'm':
        if (json)
            fprintf(out, "%" PRId64, number->i);
        else
            put_time(out, finding->dtype, number->i, false);
        break;
    default:
        if (is_long(stats))
            put_parts(out, stats, number->g, json);
        else if (stats->type == 'e' || stats->type == 'f')
            put_item(out, "f", narrow, json);
        else if (stats->type == 'F' && !json)
            put_item(out, "F", narrow, false);
        else if (stats->type == 'F') {
            putc('[', out);
            put_item(out, "f", &narrow[0], true);
            putc(',', out);
            put_item(out, "f", &narrow[1], true);
            putc(']', out);
        } else
            put_parts(out, stats, parts, json);
        break;
    }
}

/* 128 bits, in decimal. */
static void put_wide(FILE *out, uint64_t high, uint64_t low)
{
    char digits[40], *at = digits + sizeof digits - 1;

    *at = '\0';
    do { /* by long division, 32 bits at a time */
        uint64_t parts[4] = {high >> 32, high & UINT32_MAX, low >> 32, low & UINT32_MAX}, rest = 0;

        for (int i = 0; i < 4; i++) {
            uint64_t part = rest << 32 | parts[i];

            parts[i] = part / 10;
            rest = part % 10;
        }
        *--at = (char)('0' + rest);
        high = parts[0] << 32 | parts[1];
        low = parts[2] << 32 | parts[3];
    } while (high || low);
    fputs(at, out);
}

static void put_sum(FILE *out, const struct mmview_statistics *stats, bool json)
{
    uint64_t low = stats->sum_low, high = (uint64_t)stats->sum_high;
    long double sums[2] = {stats->sum[0] + stats->sum_rest[0], stats->sum[1] + stats->sum_rest[1]};

    if (stats->kind == 'f' || stats->kind == 'c') {
        put_parts(out, stats, sums, json);
        return;
    }
    if (stats->sum_high < 0) {
        putc('-', out);
        low = -low;
        high = ~high + (low == 0);
    }
    put_wide(out, high, low);
}

static bool is_there(const struct mmview_statistics *stats, const char *key)
{
    bool items = stats->count > stats->nan;

    if (strcmp(key, "count") == 0)
        return true;
    if (!memchr("biufcmM", stats->kind, 7))
        return false;
    if (strstr(key, "min") || strstr(key, "max"))
        return stats->argmin >= 0;
    if (strcmp(key, "zeros") == 0)
        return stats->what & MMVIEW_STATS_ZEROS;
    if (strcmp(key, "sum") == 0)
        return stats->what & MMVIEW_STATS_SUM;
    if (strcmp(key, "mean") == 0)
        return items && stats->what & MMVIEW_STATS_SUM;
    if (strcmp(key, "std") == 0)
        return items && stats->what & MMVIEW_STATS_SPREAD;
    return true;
}

void stats_put(FILE *out, const struct finding *finding, const char *key, bool json)
{
    const struct mmview_statistics *stats = &finding->stats;
    long double means[2] = {mmview_stats_mean(stats, 0), mmview_stats_mean(stats, 1)};

    if (!is_there(stats, key)) {
        if (json)
            fputs("null", out);
    } else if (strcmp(key, "count") == 0) {
        fprintf(out, "%" PRIu64, stats->count);
    } else if (strcmp(key, "nan") == 0) {
        fprintf(out, "%" PRIu64, stats->nan);
    } else if (strcmp(key, "inf") == 0) {
        fprintf(out, "%" PRIu64, stats->inf);
    } else if (strcmp(key, "zeros") == 0) {
        fprintf(out, "%" PRIu64, stats->zeros);
    } else if (strcmp(key, "min") == 0) {
        put_extreme(out, finding, &stats->min, json);
    } else if (strcmp(key, "max") == 0) {
        put_extreme(out, finding, &stats->max, json);
    } else if (strcmp(key, "argmin") == 0) {
        fprintf(out, "%" PRIdPTR, stats->argmin);
    } else if (strcmp(key, "argmax") == 0) {
        fprintf(out, "%" PRIdPTR, stats->argmax);
    } else if (strcmp(key, "sum") == 0) {
        put_sum(out, stats, json);
    } else if (strcmp(key, "mean") == 0) {
        put_parts(out, stats, means, json);
    } else {
        put_number(out, stats, mmview_stats_std(stats, finding->ddof), json);
    }
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "stats_record.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

/* Lines as stats_partial.c writes them, from anyone: each function moves *at behind
 * what it takes, or returns false. */

static bool take(char **at, const char *text)
{
    size_t length = strlen(text);

    if (strncmp(*at, text, length) != 0)
        return false;
    *at += length;
    return true;
}

static bool take_key(char **at, const char *key)
{
    return take(at, "\"") && take(at, key) && take(at, "\":");
}

static bool take_u64(char **at, uint64_t *number)
{
    char *end;

    if (**at < '0' || **at > '9')
        return false;
    errno = 0;
    *number = strtoumax(*at, &end, 10);
    *at = end;
    return errno == 0;
}

static bool take_i64(char **at, int64_t *number)
{
    bool negative = take(at, "-");
    uint64_t size;

    if (!take_u64(at, &size) || size > (uint64_t)INT64_MAX + negative)
        return false;
    *number = (int64_t)(negative ? -size : size);
    return true;
}

static bool take_number(char **at, const char *key, uint64_t *number)
{
    return take(at, ",") && take_key(at, key) && take_u64(at, number);
}

static bool take_long(char **at, long double *number)
{
    size_t length = strspn(*at + (**at == '"'), "-+0123456789abcdefinpx.");
    char *end;

    if (!take(at, "\"") || length == 0 || (*at)[length] != '"')
        return false;
    *number = strtold(*at, &end);
    if (end != *at + length)
        return false;
    *at = end + 1;
    return true;
}

static bool take_longs(char **at, const char *key, long double *numbers, int count)
{
    if (!take(at, ",") || !take_key(at, key) || !take(at, "["))
        return false;
    for (int i = 0; i < count; i++)
        if ((i > 0 && !take(at, ",")) || !take_long(at, &numbers[i]))
            return false;
    return take(at, "]");
}

static bool take_extreme(char **at, const char *key, const struct mmview_statistics *stats,
                         union mmview_number *number)
{
    long double parts[2];

    if (stats->kind != 'f' && stats->kind != 'c')
        return take_number(at, key, &number->u);
    if (!take_longs(at, key, parts, 2))
        return false;
    for (int i = 0; i < 2; i++)
        if (stats->type == 'g' || stats->type == 'G')
            number->g[i] = parts[i];
        else
            number->f[i] = (double)parts[i];
    return true;
}

/* A string as json_put_text() writes it, unescaped in place: *text is in the line. */
static bool take_text(char **at, char **text, size_t *length)
{
    char *from = *at, *to;

    if (*from++ != '"')
        return false;
    *text = to = from;
    while (*from != '"') {
        char digits[5] = "";
        unsigned long code;

        if (*from == '\0')
            return false;
        if (*from != '\\') {
            *to++ = *from++;
            continue;
        }
        from++;
        switch (*from++) {
        case '"': *to++ = '"'; break;
        case '\\': *to++ = '\\'; break;
        case 'n': *to++ = '\n'; break;
        case 't': *to++ = '\t'; break;
        case 'u': /* of control characters */
            if (strspn(from, "0123456789abcdef") < 4)
                return false;
            memcpy(digits, from, 4);
            code = strtoul(digits, NULL, 16);
            if (code > 0x9f)
                return false;
            if (code >= 0x80)
                *to++ = (char)0xc2;
            *to++ = (char)code;
            from += 4;
            break;
        default: return false;
        }
    }
    *to = '\0';
    *length = (size_t)(to - *text);
    *at = from + 1;
    return true;
}

/* The same of json_put_string(): there is no NUL in it. */
static bool take_string(char **at, char **text)
{
    size_t length;

    return take_text(at, text, &length) && strlen(*text) == length;
}

static bool take_shape(char **at, struct stats_record *record)
{
    uint64_t length;

    if (!take(at, ",") || !take_key(at, "shape") || !take(at, "["))
        return false;
    while (!take(at, "]")) {
        if (record->ndim == MMVIEW_MAXDIMS || (record->ndim > 0 && !take(at, ",")) ||
            !take_u64(at, &length) || length > INTPTR_MAX)
            return false;
        record->shape[record->ndim++] = (mmview_intp)length;
    }
    return true;
}

static bool take_names(char **at, struct stats_record *record)
{
    char *dtype;
    bool taken = take(at, "{") && take_key(at, "mmview_partial") && take(at, "1,") &&
                 take_key(at, "file") && take_string(at, &record->file) && take(at, ",") &&
                 take_key(at, "selection") && take_string(at, &record->selection) &&
                 take(at, ",") && take_key(at, "field") &&
                 take_text(at, &record->field, &record->field_length) && take(at, ",") &&
                 take_key(at, "dtype") && take_string(at, &dtype);

    return taken && mmview_dtype_parse(dtype, SIZE_MAX, 0, &record->dtype, NULL) == MMVIEW_OK;
}

static bool take_stats(char **at, struct mmview_statistics *stats)
{
    uint64_t what;
    int64_t argmin, argmax;

    if (!take_number(at, "what", &what) || what > MMVIEW_STATS_ALL ||
        !take_number(at, "count", &stats->count) || !take_number(at, "nan", &stats->nan) ||
        !take_number(at, "inf", &stats->inf) || !take_number(at, "zeros", &stats->zeros) ||
        !take(at, ",") || !take_key(at, "argmin") || !take_i64(at, &argmin) || !take(at, ",") ||
        !take_key(at, "argmax") || !take_i64(at, &argmax) ||
        !take_extreme(at, "min", stats, &stats->min) ||
        !take_extreme(at, "max", stats, &stats->max))
        return false;
    stats->what = (uint32_t)what;
    stats->argmin = (mmview_intp)argmin;
    stats->argmax = (mmview_intp)argmax;
    return take_number(at, "sum_low", &stats->sum_low) && take(at, ",") &&
           take_key(at, "sum_high") && take_i64(at, &stats->sum_high) &&
           take_longs(at, "sum", stats->sum, 2) && take_longs(at, "sum_rest", stats->sum_rest, 2) &&
           take_longs(at, "center", stats->center, 2) &&
           take_longs(at, "center_rest", stats->center_rest, 2) &&
           take_longs(at, "spread", &stats->spread, 1);
}

/* Edges and counts, each at least two characters, so that there are no more of them
 * than the line is long. */
static bool take_histogram(char **at, struct histogram *histogram)
{
    size_t most = strlen(*at) / 2 + 1;
    long double range[2], edge;

    if (!take_longs(at, "range", range, 2) || !take(at, ",") || !take_key(at, "edges") ||
        !take(at, "["))
        return false;
    histogram->low = (double)range[0];
    histogram->high = (double)range[1];
    histogram->edges = calloc(most, sizeof *histogram->edges);
    histogram->counts = calloc(most, sizeof *histogram->counts);
    if (!histogram->edges || !histogram->counts)
        report_nomem();
    for (size_t i = 0; !take(at, "]"); i++) {
        if ((i > 0 && !take(at, ",")) || !take_long(at, &edge))
            return false;
        histogram->edges[i] = (double)edge;
        histogram->bins = i;
    }
    if (histogram->bins == 0 || !take(at, ",") || !take_key(at, "counts") || !take(at, "["))
        return false;
    for (size_t i = 0; i < histogram->bins; i++)
        if ((i > 0 && !take(at, ",")) || !take_u64(at, &histogram->counts[i]))
            return false;
    return take(at, "]");
}

/* How many items the part has to have; false if there are more than can be. */
static bool size_of_part(const struct stats_record *record, uint64_t *size)
{
    mmview_intp whole = 1;
    uint64_t each, more;

    for (int i = 0; i < record->ndim; i++)
        if (__builtin_mul_overflow(whole, record->shape[i], &whole))
            return false;
    each = (uint64_t)whole / record->parts;
    more = (uint64_t)whole % record->parts;
    *size = each + (record->part <= more);
    return record->stats.argmin < whole && record->stats.argmax < whole;
}

static bool is_sound(const struct stats_record *record)
{
    const struct mmview_statistics *stats = &record->stats;
    bool is_number = memchr("biufcmM", stats->kind, 7) != NULL;
    uint64_t size;

    return record->part >= 1 && record->part <= record->parts && size_of_part(record, &size) &&
           stats->count == size && stats->nan <= size && stats->inf <= size &&
           stats->zeros <= size && stats->argmin >= -1 && stats->argmax >= -1 &&
           (is_number || stats->what == 0);
}

bool stats_record_read(struct stats_record *record, char *line)
{
    char *at = line;

    memset(record, 0, sizeof *record);
    record->line = line;
    if (!take_names(&at, record) || !take_shape(&at, record) ||
        !take_number(&at, "part", &record->part) || !take_number(&at, "parts", &record->parts))
        return false;
    record->stats.kind = mmview_dtype_kind(record->dtype);
    record->stats.type = mmview_dtype_char(record->dtype);
    return take_stats(&at, &record->stats) &&
           (take(&at, "}") || (take_histogram(&at, &record->histogram) && take(&at, "}"))) &&
           *at == '\0' && is_sound(record);
}

void stats_record_clear(struct stats_record *record)
{
    mmview_dtype_unref(record->dtype);
    free(record->histogram.edges);
    free(record->histogram.counts);
    free(record->line);
}

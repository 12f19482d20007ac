/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "stats_record.h"

struct records {
    struct stats_record *list;
    size_t count, room;
};

static struct stats_record *add_record(struct records *records)
{
    if (records->count == records->room) {
        size_t room = records->room ? 2 * records->room : 16;
        struct stats_record *grown = reallocarray(records->list, room, sizeof *grown);

        if (!grown)
            report_nomem();
        records->list = grown;
        records->room = room;
    }
    return &records->list[records->count++];
}

static void read_file(struct records *records, const char *name)
{
    bool is_stdin = strcmp(name, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(name, "r");
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t length;

    if (!file) {
        report(name, "%s", strerror(errno));
        return;
    }
    errno = 0;
    while ((length = getline(&line, &room, file)) >= 0) {
        struct stats_record *record = add_record(records);

        number++;
        *record = (struct stats_record){.line = line};
        if (length > 0 && line[length - 1] == '\n')
            line[--length] = '\0';
        if (strlen(line) != (size_t)length || !stats_record_read(record, line)) {
            report(name, "line %zu is no partial result of mmview stats", number);
            stats_record_clear(record);
            records->count--;
        } else {
            record->from = name;
        }
        line = NULL; /* the record's now */
        room = 0;
        errno = 0;
    }
    free(line);
    if (ferror(file))
        report(name, "%s", strerror(errno));
    else if (number == 0)
        report(name, "there is no partial result in it");
    if (!is_stdin)
        fclose(file);
}

static bool is_same_array(const struct stats_record *a, const struct stats_record *b)
{
    return strcmp(a->file, b->file) == 0 && strcmp(a->selection, b->selection) == 0 &&
           a->field_length == b->field_length && memcmp(a->field, b->field, a->field_length) == 0;
}

/* Why two parts can not be of one array; NULL if they can. */
static const char *mismatch(const struct stats_record *a, const struct stats_record *b)
{
    const struct histogram *x = &a->histogram, *y = &b->histogram;

    if (!mmview_dtype_equal(a->dtype, b->dtype))
        return "its parts do not have the same dtype";
    if (a->ndim != b->ndim || memcmp(a->shape, b->shape, (size_t)a->ndim * sizeof *a->shape) != 0)
        return "its parts do not have the same shape";
    if (a->parts != b->parts)
        return "it was not cut into as many parts each time";
    if (a->stats.what != b->stats.what)
        return "not the same was asked of its parts";
    if (x->bins != y->bins || x->low != y->low || x->high != y->high ||
        (x->bins > 0 && memcmp(x->edges, y->edges, (x->bins + 1) * sizeof *x->edges) != 0))
        return "its parts do not have the same bins";
    return NULL;
}

/* The parts of an array in their order, or NULL, and what is wrong was reported. */
static struct stats_record **collect(struct records *records, struct stats_record *first)
{
    struct stats_record *end = records->list + records->count, **parts;
    size_t found = 0;
    const char *reason = NULL;

    for (struct stats_record *record = first; record < end; record++)
        if (!record->merged && is_same_array(record, first)) {
            record->merged = true;
            found++;
            if (!reason)
                reason = mismatch(first, record);
        }
    if (reason) {
        report(first->file, "%s", reason);
        return NULL;
    }
    /* More parts than there are lines need not be looked for one by one. */
    parts = calloc(found + 1, sizeof *parts);
    if (!parts)
        report_nomem();
    for (struct stats_record *record = first; record < end; record++) {
        struct stats_record **place;

        if (!is_same_array(record, first) || record->part > found)
            continue;
        place = &parts[record->part - 1];
        if (*place) {
            report(first->file, "part %" PRIu64 " of %" PRIu64 " is there twice", record->part,
                   record->parts);
            free(parts);
            return NULL;
        }
        *place = record;
    }
    for (size_t i = 0; i < first->parts; i++)
        if (!parts[i]) {
            report(first->file, "part %zu of %" PRIu64 " is missing", i + 1, first->parts);
            free(parts);
            return NULL;
        }
    return parts;
}

static void merge_parts(struct stats_record **parts, double ddof, stats_writer *write)
{
    struct stats_record *whole = parts[0];
    struct finding finding = {
        .file = whole->file,
        .selection = whole->selection,
        .field = whole->field_length > 0 ? whole->field : NULL,
        .field_length = whole->field_length,
        .dtype = whole->dtype,
        .ndim = whole->ndim,
        .shape = whole->shape,
        .axis = -1,
        .ddof = ddof,
        .histogram = whole->histogram.bins > 0 ? &whole->histogram : NULL,
    };
    struct mmview_error err = MMVIEW_ERROR_INIT;

    for (uint64_t i = 1; i < whole->parts; i++) {
        if (mmview_stats_merge(&whole->stats, &parts[i]->stats, &err) < 0) {
            report(whole->file, "%s", err.message);
            return;
        }
        for (size_t k = 0; k < whole->histogram.bins; k++)
            whole->histogram.counts[k] += parts[i]->histogram.counts[k];
    }
    finding.stats = whole->stats;
    write(&finding);
}

int stats_merge(char **files, double ddof, stats_writer *write)
{
    struct records records = {NULL, 0, 0};

    for (; *files; files++)
        read_file(&records, *files);
    for (size_t i = 0; i < records.count; i++) {
        struct stats_record **parts;

        if (records.list[i].merged)
            continue;
        parts = collect(&records, &records.list[i]);
        if (parts)
            merge_parts(parts, ddof, write);
        free(parts);
        if (!report_output_fine())
            break;
    }
    for (size_t i = 0; i < records.count; i++)
        stats_record_clear(&records.list[i]);
    free(records.list);
    return STATUS_FINE;
}

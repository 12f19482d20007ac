/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "stats_find.h"

#include <stdlib.h>
#include <string.h>

#include "compose.h"
#include "guard.h"
#include "report.h"

/* So many lanes are looked at at a time. */
#define SOME_LANES ((mmview_intp)4096)

/* A FILE that is looked at. */
struct finder {
    const struct stats_wanted *wanted;
    const struct target *of;
    char *selection;
    bool first; /* of its lanes */
};

static void tell(struct finder *finder, struct finding *finding)
{
    finding->file = finder->of->name;
    finding->ddof = finder->wanted->ddof;
    finding->first = finder->first;
    if (finder->wanted->partial)
        stats_write_partial(finding, &finder->wanted->part);
    else
        finder->wanted->write(finding);
    finder->first = false;
}

/* The place of a lane. */
static void unravel(mmview_intp lane, const struct finding *finding, mmview_intp *index)
{
    for (int i = finding->ndim - 1, k = finding->ndim - 2; i >= 0; i--)
        if (i != finding->axis) {
            index[k--] = lane % finding->shape[i];
            lane /= finding->shape[i];
        }
}

static int look_at_lanes(struct finder *finder, const struct mmview_array *array,
                         struct finding *finding, struct mmview_error *err)
{
    mmview_intp index[MMVIEW_MAXDIMS], lanes = 1, count;
    struct mmview_statistics *found;
    int axis = finder->wanted->axis, status = MMVIEW_OK;

    axis += axis < 0 ? finding->ndim : 0;
    for (int i = 0; i < finding->ndim; i++)
        if (i != axis && __builtin_mul_overflow(lanes, finding->shape[i], &lanes))
            lanes = 0; /* of items without bytes, which are refused */
    finder->first = true;
    finding->axis = axis;
    finding->index = index;
    found = calloc((size_t)(lanes < SOME_LANES ? lanes + 1 : SOME_LANES), sizeof *found);
    if (!found)
        report_nomem();
    /* Once at least, so that an axis that is not there is refused. */
    for (mmview_intp first = 0; first == 0 || first < lanes; first += count + !count) {
        count = lanes - first < SOME_LANES ? lanes - first : SOME_LANES;
        status = mmview_stats_lanes(array, finder->wanted->axis, first, count,
                                    &finder->wanted->options, found, err);
        if (status < 0 || !guard_intact(finder->of))
            break;
        for (mmview_intp i = 0; i < count && report_output_fine(); i++) {
            unravel(first + i, finding, index);
            finding->stats = found[i];
            tell(finder, finding);
        }
    }
    free(found);
    finding->index = NULL;
    return status;
}

static int look_at_whole(struct finder *finder, const struct mmview_array *array,
                         struct finding *finding, struct mmview_error *err)
{
    struct mmview_histogram_options how = MMVIEW_HISTOGRAM_OPTIONS_INIT;
    const struct histogram *histogram = &finder->wanted->histogram;
    int status = mmview_stats(array, &finder->wanted->options, &finding->stats, err);

    if (status == MMVIEW_OK && histogram->bins > 0) {
        how.flags = histogram->ranged ? MMVIEW_HISTOGRAM_RANGE : 0;
        how.bins = histogram->bins;
        how.low = histogram->low;
        how.high = histogram->high;
        how.part = finder->wanted->options.part;
        how.parts = finder->wanted->options.parts;
        status = mmview_histogram(array, &how, histogram->counts, histogram->edges, err);
        finding->histogram = status == MMVIEW_OK ? histogram : NULL;
        /* A field that can not have one does not keep the others from it. */
        if (status == MMVIEW_ETYPE && finding->field) {
            mmview_error_clear(err);
            status = MMVIEW_OK;
        }
    }
    if (status == MMVIEW_OK && guard_intact(finder->of))
        tell(finder, finding);
    return status;
}

/* Strings have a count, but no lanes and no bins. A struct's are passed over for those. */
static bool is_counted_only(const struct finder *finder, const struct finding *finding)
{
    bool numbers_wanted = finder->wanted->by_axis || finder->wanted->histogram.bins > 0;

    return strchr("SUV", mmview_dtype_kind(finding->dtype)) && (finding->field || !numbers_wanted);
}

/* Of what is no number there is but the count. */
static void count_items(struct finder *finder, const struct mmview_array *array,
                        struct finding *finding)
{
    uint64_t size = (uint64_t)mmview_array_size(array), parts = finder->wanted->part.parts;

    finding->stats.kind = mmview_dtype_kind(finding->dtype);
    finding->stats.type = mmview_dtype_char(finding->dtype);
    finding->stats.argmin = finding->stats.argmax = -1;
    finding->stats.count =
        parts ? size / parts + (finder->wanted->part.part <= size % parts) : size;
    if (!finder->wanted->by_axis)
        tell(finder, finding);
}

/* The name of a field with those of the structs that it is in; text NULL: the top. */
struct path {
    const char *text;
    size_t length;
};

static bool look_at(struct finder *finder, struct mmview_array *array, struct path path,
                    const char *selection);

/* One of the fields of a struct, whose own name is path. */
static bool look_at_field(struct finder *finder, struct mmview_array *array, struct path path,
                          const char *selection, size_t i)
{
    size_t length, before = path.text ? path.length + 1 : 0;
    const char *name = mmview_dtype_field_name(mmview_array_dtype(array), i, &length);
    char *whole = malloc(before + length + 1), *inner;
    struct composition composition;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *field;
    bool fine;

    if (!whole)
        report_nomem();
    if (path.text) {
        memcpy(whole, path.text, path.length);
        whole[path.length] = '.';
    }
    memcpy(whole + before, name, length);
    fputs(selection, compose_begin(&composition));
    selection_print_field(composition.out, name, length);
    inner = compose_end(&composition);
    if (mmview_view_field(array, name, length, &field, &err) < 0) {
        target_report(finder->of, &err);
        fine = false;
    } else {
        fine = look_at(finder, field, (struct path){whole, before + length}, inner);
        mmview_array_unref(field);
    }
    free(inner);
    free(whole);
    return fine;
}

/* An array, field by field if its items are structs. False: one can not be looked at, and
 * why was reported. */
static bool look_at(struct finder *finder, struct mmview_array *array, struct path path,
                    const char *selection)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(array);
    struct finding finding = {
        .selection = selection,
        .field = path.text,
        .field_length = path.length,
        .dtype = dtype,
        .ndim = mmview_array_ndim(array),
        .shape = mmview_array_shape(array),
        .axis = -1,
    };
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status;

    if (mmview_dtype_isstruct(dtype)) {
        for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++)
            if (!look_at_field(finder, array, path, selection, i) || !report_output_fine() ||
                !guard_intact(finder->of))
                return false;
        return true;
    }
    if (is_counted_only(finder, &finding)) {
        count_items(finder, array, &finding);
        return true;
    }
    status = finder->wanted->by_axis ? look_at_lanes(finder, array, &finding, &err)
                                     : look_at_whole(finder, array, &finding, &err);
    if (status < 0)
        target_report(finder->of, &err);
    return status == MMVIEW_OK;
}

static int look_at_target(void *context)
{
    struct finder *finder = context;

    look_at(finder, finder->of->array, (struct path){NULL, 0}, finder->selection);
    return STATUS_FINE;
}

void stats_find(const struct stats_wanted *wanted, const char *file)
{
    struct finder finder = {.wanted = wanted};
    struct composition composition;
    struct target target;

    if (!target_open(&target, &wanted->target, file))
        return;
    selection_print(compose_begin(&composition), &wanted->target.selection);
    finder.selection = compose_end(&composition);
    finder.of = &target;
    guard_targets(&target, 1, look_at_target, &finder);
    free(finder.selection);
    target_close(&target);
}

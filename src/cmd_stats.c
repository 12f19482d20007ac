/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compose.h"
#include "guard.h"
#include "report.h"
#include "sandbox.h"
#include "stats.h"
#include "target.h"

enum {
    OPT_AXIS = OPT_OWN,
    OPT_BINS,
    OPT_DDOF,
    OPT_EXACT,
    OPT_MERGE,
    OPT_PART,
    OPT_PARTIAL,
    OPT_RANGE,
};

static const struct option options[] = {
    {"axis", required_argument, NULL, OPT_AXIS},
    {"bins", required_argument, NULL, OPT_BINS},
    {"ddof", required_argument, NULL, OPT_DDOF},
    {"exact", no_argument, NULL, OPT_EXACT},
    {"json", no_argument, NULL, OPT_JSON},
    {"merge", no_argument, NULL, OPT_MERGE},
    {"part", required_argument, NULL, OPT_PART},
    {"partial", no_argument, NULL, OPT_PARTIAL},
    {"range", required_argument, NULL, OPT_RANGE},
    TARGET_OPTIONS,
    TARGET_RAW_OPTIONS,
    {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

/* So many lanes are looked at at a time. */
#define SOME_LANES ((mmview_intp)4096)

#define MOST_BINS ((uint64_t)1 << 24)

struct stats {
    struct target_options target;
    struct stats_part part; /* parts 0: the whole */
    stats_writer *write;
    struct mmview_stats_options options;
    struct histogram histogram;
    double ddof;
    bool by_axis, json, merge, partial;
    int axis;

    /* Of the file that is looked at. */
    const struct target *of;
    char *selection;
    bool first; /* of its lanes */
};

/* ---- Options. */

/* A finite number, and nothing else. */
static bool read_double(const char *text, char end, double *number, const char **rest)
{
    char *stop;

    if (strspn(text, "+-0123456789.") == 0)
        return false;
    *number = strtod(text, &stop);
    *rest = stop + 1;
    return stop > text && *stop == end && isfinite(*number);
}

static int set_axis(struct stats *stats, const char *text)
{
    bool negative = *text == '-';
    uint64_t axis;

    if (!options_number(text + negative, &axis) || axis > MMVIEW_MAXDIMS)
        return report_usage(&command_stats, "--axis '%s': not an axis, as 0 or -1", text);
    stats->by_axis = true;
    stats->axis = negative ? -(int)axis : (int)axis;
    return STATUS_FINE;
}

static int set_bins(struct stats *stats, const char *text)
{
    uint64_t bins;

    if (!options_number(text, &bins) || bins == 0 || bins > MOST_BINS)
        return report_usage(&command_stats, "--bins '%s': not a number of bins, 1 to %ju", text,
                            (uintmax_t)MOST_BINS);
    stats->histogram.bins = (size_t)bins;
    return STATUS_FINE;
}

static int set_range(struct stats *stats, const char *text)
{
    const char *rest;

    if (!read_double(text, ',', &stats->histogram.low, &rest) ||
        !read_double(rest, '\0', &stats->histogram.high, &rest) ||
        stats->histogram.low > stats->histogram.high)
        return report_usage(&command_stats, "--range '%s': not a range, as -1,1", text);
    stats->histogram.ranged = true;
    return STATUS_FINE;
}

static int set_part(struct stats *stats, const char *text)
{
    char part[24];
    size_t length = strcspn(text, "/");

    if (length < sizeof part && text[length] == '/') {
        memcpy(part, text, length);
        part[length] = '\0';
        if (options_number(part, &stats->part.part) &&
            options_number(text + length + 1, &stats->part.parts) && stats->part.part >= 1 &&
            stats->part.part <= stats->part.parts) {
            stats->options.part = stats->part.part - 1;
            stats->options.parts = stats->part.parts;
            return STATUS_FINE;
        }
    }
    return report_usage(&command_stats, "--part '%s': not a part of some, 1/4 to 4/4", text);
}

static int set_option(struct stats *stats, int option, const char *argument)
{
    const char *rest;

    switch (option) {
    case OPT_AXIS: return set_axis(stats, argument);
    case OPT_BINS: return set_bins(stats, argument);
    case OPT_EXACT: stats->options.flags |= MMVIEW_STATS_EXACT; return STATUS_FINE;
    case OPT_JSON: stats->json = true; return STATUS_FINE;
    case OPT_MERGE: stats->merge = true; return STATUS_FINE;
    case OPT_PART: return set_part(stats, argument);
    case OPT_PARTIAL: stats->partial = true; return STATUS_FINE;
    case OPT_RANGE: return set_range(stats, argument);
    case OPT_DDOF:
        if (!read_double(argument, '\0', &stats->ddof, &rest))
            return report_usage(&command_stats, "--ddof '%s': not a number", argument);
        return STATUS_FINE;
    default: return target_option(&stats->target, &command_stats, option, argument);
    }
}

/* What does not go together. */
static int check_options(const struct stats *stats, int files)
{
    bool ranged = stats->histogram.ranged;

    if (files == 0)
        return report_usage(&command_stats, "no FILE");
    if (ranged && stats->histogram.bins == 0)
        return report_usage(&command_stats, "--range goes with --bins");
    if (stats->partial != (stats->part.parts > 0))
        return report_usage(&command_stats, "--part and --partial go together");
    if (stats->partial && stats->histogram.bins > 0 && !ranged)
        return report_usage(&command_stats, "the bins of parts need a --range");
    if (stats->by_axis && (stats->partial || stats->histogram.bins > 0))
        return report_usage(&command_stats, "--axis goes with neither --part nor --bins");
    if (stats->merge && (stats->partial || stats->by_axis || stats->histogram.bins > 0))
        return report_usage(&command_stats,
                            "--merge takes what was asked for with the parts, and no --axis,"
                            " --bins, --part");
    return STATUS_FINE;
}

static int read_options(struct stats *stats, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_stats, argc, argv, ":h" TARGET_LETTERS, options,
                                  &status)) != OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        status = set_option(stats, option, optarg);
        if (status != STATUS_FINE)
            return status;
    }
    stats->write = stats->json ? stats_json : stats_human;
    status = check_options(stats, argc - optind);
    return status == STATUS_FINE ? OPTIONS_DONE : status;
}

/* ---- Arrays. */

static void tell(struct stats *stats, struct finding *finding)
{
    finding->file = stats->of->name;
    finding->selection = stats->selection;
    finding->ddof = stats->ddof;
    finding->first = stats->first;
    if (stats->partial)
        stats_write_partial(finding, &stats->part);
    else
        stats->write(finding);
    stats->first = false;
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

static int look_at_lanes(struct stats *stats, const struct mmview_array *array,
                         struct finding *finding, struct mmview_error *err)
{
    mmview_intp index[MMVIEW_MAXDIMS], lanes = 1, count;
    struct mmview_statistics *found;
    int axis = stats->axis, status = MMVIEW_OK;

    axis += axis < 0 ? finding->ndim : 0;
    for (int i = 0; i < finding->ndim; i++)
        if (i != axis && __builtin_mul_overflow(lanes, finding->shape[i], &lanes))
            lanes = 0; /* of items without bytes, which are refused */
    stats->first = true;
    finding->axis = axis;
    finding->index = index;
    found = calloc((size_t)(lanes < SOME_LANES ? lanes + 1 : SOME_LANES), sizeof *found);
    if (!found)
        report_nomem();
    /* Once at least, so that an axis that is not there is refused. */
    for (mmview_intp first = 0; first == 0 || first < lanes; first += count + !count) {
        count = lanes - first < SOME_LANES ? lanes - first : SOME_LANES;
        status = mmview_stats_lanes(array, stats->axis, first, count, &stats->options, found, err);
        if (status < 0 || !guard_intact(stats->of))
            break;
        for (mmview_intp i = 0; i < count && report_output_fine(); i++) {
            unravel(first + i, finding, index);
            finding->stats = found[i];
            tell(stats, finding);
        }
    }
    free(found);
    finding->index = NULL;
    return status;
}

static int look_at_whole(struct stats *stats, const struct mmview_array *array,
                         struct finding *finding, struct mmview_error *err)
{
    struct mmview_histogram_options how = MMVIEW_HISTOGRAM_OPTIONS_INIT;
    struct histogram *histogram = &stats->histogram;
    int status = mmview_stats(array, &stats->options, &finding->stats, err);

    if (status == MMVIEW_OK && histogram->bins > 0) {
        how.flags = histogram->ranged ? MMVIEW_HISTOGRAM_RANGE : 0;
        how.bins = histogram->bins;
        how.low = histogram->low;
        how.high = histogram->high;
        how.part = stats->options.part;
        how.parts = stats->options.parts;
        status = mmview_histogram(array, &how, histogram->counts, histogram->edges, err);
        finding->histogram = status == MMVIEW_OK ? histogram : NULL;
        /* A field that can not have one does not keep the others from it. */
        if (status == MMVIEW_ETYPE && finding->field) {
            mmview_error_clear(err);
            status = MMVIEW_OK;
        }
    }
    if (status == MMVIEW_OK && guard_intact(stats->of))
        tell(stats, finding);
    return status;
}

/* Strings have a count, but no lanes and no bins. A struct's are passed over for those. */
static bool is_counted_only(const struct stats *stats, const struct finding *finding)
{
    bool numbers_wanted = stats->by_axis || stats->histogram.bins > 0;

    return strchr("SUV", mmview_dtype_kind(finding->dtype)) && (finding->field || !numbers_wanted);
}

/* Of what is no number there is but the count. */
static void count_items(struct stats *stats, const struct mmview_array *array,
                        struct finding *finding)
{
    uint64_t size = (uint64_t)mmview_array_size(array), parts = stats->part.parts;

    finding->stats.kind = mmview_dtype_kind(finding->dtype);
    finding->stats.type = mmview_dtype_char(finding->dtype);
    finding->stats.argmin = finding->stats.argmax = -1;
    finding->stats.count = parts ? size / parts + (stats->part.part <= size % parts) : size;
    if (!stats->by_axis)
        tell(stats, finding);
}

/* An array, field by field if its items are structs. path is the name so far, NULL at
 * the top. False: one can not be looked at, and why was reported. */
static bool look_at(struct stats *stats, struct mmview_array *array, const char *path)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(array);
    struct finding finding = {
        .field = path,
        .dtype = dtype,
        .ndim = mmview_array_ndim(array),
        .shape = mmview_array_shape(array),
        .axis = -1,
    };
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status;

    if (!mmview_dtype_isstruct(dtype)) {
        if (is_counted_only(stats, &finding)) {
            count_items(stats, array, &finding);
            return true;
        }
        status = stats->by_axis ? look_at_lanes(stats, array, &finding, &err)
                                : look_at_whole(stats, array, &finding, &err);
        if (status == MMVIEW_OK)
            return true;
        target_report(stats->of, &err);
        return false;
    }
    for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++) {
        size_t length, before = path ? strlen(path) + 1 : 0;
        const char *name = mmview_dtype_field_name(dtype, i, &length);
        char *whole = malloc(before + length + 1);
        struct mmview_array *field;
        bool fine;

        if (!whole)
            report_nomem();
        if (path)
            sprintf(whole, "%s.", path);
        memcpy(whole + before, name, length + 1);
        if (mmview_view_field(array, name, length, &field, &err) < 0) {
            target_report(stats->of, &err);
            free(whole);
            return false;
        }
        fine = look_at(stats, field, whole);
        mmview_array_unref(field);
        free(whole);
        if (!fine || !report_output_fine() || !guard_intact(stats->of))
            return false;
    }
    return true;
}

static int look_at_target(void *context)
{
    struct stats *stats = context;

    look_at(stats, stats->of->array, NULL);
    return STATUS_FINE;
}

static void look_at_file(struct stats *stats, const char *name)
{
    struct composition composition;
    struct target target;

    if (!target_open(&target, &stats->target, name))
        return;
    selection_print(compose_begin(&composition), &stats->target.selection);
    stats->selection = compose_end(&composition);
    stats->of = &target;
    guard_targets(&target, 1, look_at_target, stats);
    free(stats->selection);
    stats->of = NULL;
    target_close(&target);
}

static int find(struct stats *stats, int argc, char **argv)
{
    int status = read_options(stats, argc, argv);

    if (status != OPTIONS_DONE)
        return status;
    sandbox_enter();
    if (stats->merge)
        return stats_merge(argv + optind, stats->ddof, stats->write);
    if (stats->histogram.bins > 0) {
        stats->histogram.counts = calloc(stats->histogram.bins, sizeof *stats->histogram.counts);
        stats->histogram.edges = calloc(stats->histogram.bins + 1, sizeof *stats->histogram.edges);
        if (!stats->histogram.counts || !stats->histogram.edges)
            report_nomem();
    }
    for (int i = optind; i < argc && report_output_fine(); i++)
        look_at_file(stats, argv[i]);
    return STATUS_FINE;
}

static int run(int argc, char **argv)
{
    struct stats stats = {
        .target = TARGET_OPTIONS_INIT,
        .options = MMVIEW_STATS_OPTIONS_INIT,
    };
    int status;

    stats.target.deflated = TARGET_INFLATES;
    status = find(&stats, argc, argv);

    free(stats.histogram.counts);
    free(stats.histogram.edges);
    target_options_clear(&stats.target);
    return status;
}

const struct command command_stats = {
    .name = "stats",
    .synopsis = "[OPTION]... FILE...",
    .summary = "minimum, maximum, sum, mean, deviation, in one pass",
    .help =
        {
            "Finds how many numbers each FILE holds, how many of them are NaN, infinite and\n"
            "zero, the least and the greatest and where they are, sum, mean and standard\n"
            "deviation. NaN are counted, and else left out. Of structs each field. FILE - is\n"
            "standard input.\n"
            "\n"
            "      --axis=N             of each lane along an axis; -1 is the last\n"
            "      --ddof=N             divide by the count less N for the deviation (0)\n"
            "      --exact              sum with what each addition rounds off\n"
            "      --bins=N             count the items in N bins of equal width too\n"
            "      --range=LOW,HIGH     from LOW to HIGH (the least and the greatest)\n"
            "      --json               an object of JSON a line\n"
            "  -h, --help               show this\n"
            "\n"
            "Parts, which other processes or machines may look at:\n"
            "      --part=K/N           the Kth part of N alone, 1/4 to 4/4\n"
            "      --partial            print what --merge reads\n"
            "      --merge              FILEs are what all parts printed: merge that\n"
            "\n"
            "Input:\n",
            target_help,
            target_raw_help,
            "      --offset=N, --skip=N the byte of the file where the data starts (0)\n",
        },
    .run = run,
};

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "sandbox.h"
#include "stats_find.h"

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

#define MOST_BINS ((uint64_t)1 << 24)

struct stats {
    struct stats_wanted wanted;
    bool merge; /* the FILEs are partial results */
};

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

static int set_axis(struct stats_wanted *wanted, const char *text)
{
    bool negative = *text == '-';
    uint64_t axis;

    if (!options_number(text + negative, &axis) || axis > MMVIEW_MAXDIMS)
        return report_usage(&command_stats, "--axis '%s': not an axis, as 0 or -1", text);
    wanted->by_axis = true;
    wanted->axis = negative ? -(int)axis : (int)axis;
    return STATUS_FINE;
}

static int set_bins(struct stats_wanted *wanted, const char *text)
{
    uint64_t bins;

    if (!options_number(text, &bins) || bins == 0 || bins > MOST_BINS)
        return report_usage(&command_stats, "--bins '%s': not a number of bins, 1 to %ju", text,
                            (uintmax_t)MOST_BINS);
    wanted->histogram.bins = (size_t)bins;
    return STATUS_FINE;
}

static int set_range(struct stats_wanted *wanted, const char *text)
{
    const char *rest;

    if (!read_double(text, ',', &wanted->histogram.low, &rest) ||
        !read_double(rest, '\0', &wanted->histogram.high, &rest) ||
        wanted->histogram.low > wanted->histogram.high)
        return report_usage(&command_stats, "--range '%s': not a range, as -1,1", text);
    wanted->histogram.ranged = true;
    return STATUS_FINE;
}

static int set_part(struct stats_wanted *wanted, const char *text)
{
    char part[24];
    size_t length = strcspn(text, "/");

    if (length < sizeof part && text[length] == '/') {
        memcpy(part, text, length);
        part[length] = '\0';
        if (options_number(part, &wanted->part.part) &&
            options_number(text + length + 1, &wanted->part.parts) && wanted->part.part >= 1 &&
            wanted->part.part <= wanted->part.parts) {
            wanted->options.part = wanted->part.part - 1;
            wanted->options.parts = wanted->part.parts;
            return STATUS_FINE;
        }
    }
    return report_usage(&command_stats, "--part '%s': not a part of some, 1/4 to 4/4", text);
}

static int set_option(struct stats *stats, int option, const char *argument)
{
    struct stats_wanted *wanted = &stats->wanted;
    const char *rest;

    switch (option) {
    case OPT_AXIS: return set_axis(wanted, argument);
    case OPT_BINS: return set_bins(wanted, argument);
    case OPT_EXACT: wanted->options.flags |= MMVIEW_STATS_EXACT; return STATUS_FINE;
    case OPT_JSON: wanted->write = stats_json; return STATUS_FINE;
    case OPT_MERGE: stats->merge = true; return STATUS_FINE;
    case OPT_PART: return set_part(wanted, argument);
    case OPT_PARTIAL: wanted->partial = true; return STATUS_FINE;
    case OPT_RANGE: return set_range(wanted, argument);
    case OPT_DDOF:
        if (!read_double(argument, '\0', &wanted->ddof, &rest))
            return report_usage(&command_stats, "--ddof '%s': not a number", argument);
        return STATUS_FINE;
    default: return target_option(&wanted->target, &command_stats, option, argument);
    }
}

/* What does not go together. */
static int check_options(const struct stats *stats, int files)
{
    const struct stats_wanted *wanted = &stats->wanted;
    bool ranged = wanted->histogram.ranged, binned = wanted->histogram.bins > 0;

    if (files == 0)
        return report_usage(&command_stats, "no FILE");
    if (ranged && !binned)
        return report_usage(&command_stats, "--range goes with --bins");
    if (wanted->partial != (wanted->part.parts > 0))
        return report_usage(&command_stats, "--part and --partial go together");
    if (wanted->partial && binned && !ranged)
        return report_usage(&command_stats, "the bins of parts need a --range");
    if (wanted->by_axis && (wanted->partial || binned))
        return report_usage(&command_stats, "--axis goes with neither --part nor --bins");
    if (stats->merge && (wanted->partial || wanted->by_axis || binned))
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
    status = check_options(stats, argc - optind);
    return status == STATUS_FINE ? OPTIONS_DONE : status;
}

static int find(struct stats *stats, int argc, char **argv)
{
    struct stats_wanted *wanted = &stats->wanted;
    struct histogram *histogram = &wanted->histogram;
    int status = read_options(stats, argc, argv);

    if (status != OPTIONS_DONE)
        return status;
    sandbox_enter();
    if (stats->merge)
        return stats_merge(argv + optind, wanted->ddof, wanted->write);
    if (histogram->bins > 0) {
        histogram->counts = calloc(histogram->bins, sizeof *histogram->counts);
        histogram->edges = calloc(histogram->bins + 1, sizeof *histogram->edges);
        if (!histogram->counts || !histogram->edges)
            report_nomem();
    }
    for (int i = optind; i < argc && report_output_fine(); i++)
        stats_find(wanted, argv[i]);
    return STATUS_FINE;
}

static int run(int argc, char **argv)
{
    struct stats stats = {
        .wanted.target = TARGET_OPTIONS_INIT,
        .wanted.options = MMVIEW_STATS_OPTIONS_INIT,
        .wanted.write = stats_human,
    };
    int status;

    stats.wanted.target.deflated = TARGET_INFLATES;
    stats.wanted.target.scan = true;
    status = find(&stats, argc, argv);

    free(stats.wanted.histogram.counts);
    free(stats.wanted.histogram.edges);
    target_options_clear(&stats.wanted.target);
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

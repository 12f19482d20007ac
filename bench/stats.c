/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <mmview.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Goals 8 and 9: statistics of doubles, in the library against calls of NumPy that
 * find the same, and `mmview stats FILE` as a whole process. */

#define LIBRARY_ITEMS 10000000u
#define SMALL_ITEMS   1000000u
#define LARGE_ITEMS   100000000u
#define SMOKE_ITEMS   1000u

static const char python_stats[] =
    "import sys, numpy; a = numpy.load(sys.argv[1], mmap_mode='r'); "
    "print(repr(float(a.min())), repr(float(a.max())), repr(float(a.sum())), "
    "repr(float(a.mean())), repr(float(a.std())), int(numpy.isnan(a).sum()))";

/* What all sides find: min, max, sum, mean, deviation, NaN. */
#define FACTS 6

struct subject {
    struct mmview_array *array;
    struct mmview_stats_options options;
};

/* A file of one axis whose items are all over the place: sorted ones would be the
 * worst case for who looks for the greatest. */
static void write_items(const char *path, unsigned items)
{
    static double block[65536];
    FILE *file;
    uint32_t state = 1;

    bench_write_npy(path, 1, items);
    file = fopen(path, "r+b");
    if (!file || fseek(file, BENCH_NPY_OFFSET, SEEK_SET) != 0)
        bench_die("%s: can not be written", path);
    for (unsigned at = 0, n; at < items; at += n) {
        n = items - at < 65536 ? items - at : 65536;
        for (unsigned i = 0; i < n; i++) {
            state = state * 1664525 + 1013904223;
            block[i] = (double)state / 4294967296.0 + 1;
        }
        if (fwrite(block, sizeof *block, n, file) != n)
            bench_die("%s: can not be written", path);
    }
    if (fclose(file) != 0)
        bench_die("%s: can not be written", path);
}

static double find(void *subject, unsigned count)
{
    const struct subject *s = subject;
    struct mmview_statistics stats;
    uint64_t before = bench_clock();

    while (count--)
        if (mmview_stats(s->array, &s->options, &stats, NULL) < 0)
            bench_die("mmview_stats failed");
    return (double)(bench_clock() - before);
}

/* Sums differ in their last digits. */
static void check_facts(const char *who, const double *facts, const char *text)
{
    char *end;

    for (int i = 0; i < FACTS; i++, text = end) {
        double fact = strtod(text, &end);

        if (end == text || !(fabs(fact - facts[i]) <= 1e-9 * fabs(facts[i])))
            bench_die("%s: the answers differ: fact %d is not %.17g in: %s", who, i, facts[i],
                      text);
    }
}

static void find_facts(const char *path, double facts[FACTS])
{
    struct mmview_statistics stats;
    struct mmview_array *array;

    if (mmview_open(path, NULL, &array, NULL) < 0 || mmview_stats(array, NULL, &stats, NULL) < 0)
        bench_die("%s: mmview_stats failed", path);
    facts[0] = stats.min.f[0];
    facts[1] = stats.max.f[0];
    facts[2] = (double)stats.sum[0];
    facts[3] = (double)mmview_stats_mean(&stats, 0);
    facts[4] = (double)mmview_stats_std(&stats, 0);
    facts[5] = (double)stats.nan;
    mmview_array_unref(array);
}

static void against_numpy(const char *path, const char *python)
{
    static const struct {
        const char *goal, *name, *task;
        unsigned what;
    } calls[] = {
        {"8.sum", "a.sum()", "sum_of", MMVIEW_STATS_SUM},
        {"8.three", "a.min(), a.max(), a.sum()", "three_of",
         MMVIEW_STATS_SUM | MMVIEW_STATS_EXTREMES},
        {"8.six", "and a.mean(), a.std(), isnan(a).sum()", "six_of",
         MMVIEW_STATS_SUM | MMVIEW_STATS_EXTREMES | MMVIEW_STATS_SPREAD},
    };
    const char *srcdir = bench_given("srcdir");
    char script[4096], answer[4096];
    struct subject subject = {NULL, MMVIEW_STATS_OPTIONS_INIT};
    struct partner *partner;
    double facts[FACTS];

    if (!python) {
        for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
            bench_skip(calls[i].goal, "NumPy: not found by configure");
        return;
    }
    snprintf(script, sizeof script, "%s/bench/numpy_partner.py", srcdir ? srcdir : ".");
    partner = partner_start((const char *[]){python, script, NULL});
    find_facts(path, facts);
    partner_ask(partner, answer, sizeof answer, "numbers\tsix_of\t%s", path);
    check_facts("NumPy", facts, answer);
    if (mmview_open(path, NULL, &subject.array, NULL) < 0)
        bench_die("%s: can not be opened", path);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct partner_task task = {partner, calls[i].task, path};
        struct bench_pairs pairs;

        subject.options.what = calls[i].what;
        pairs = bench_compare((struct bench_side){find, &subject, 1},
                              (struct bench_side){partner_work, &task, 1});
        bench_row(calls[i].goal, calls[i].name, &pairs, 0);
    }
    mmview_array_unref(subject.array);
    partner_stop(partner);
}

/* What `mmview stats --json` says of a key. */
static double json_fact(const char *json, const char *key)
{
    char quoted[32];
    const char *at;

    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    at = strstr(json, quoted);
    return at ? strtod(at + strlen(quoted), NULL) : (double)NAN;
}

static void check_command(const char *library, const char *mmview, const char *path)
{
    static const char *const keys[] = {"min", "max", "sum", "mean", "std", "nan"};
    char json[4096], text[512] = "";
    double facts[FACTS];

    child_output((const char *[]){library, mmview, "stats", "--json", path, NULL}, json,
                 sizeof json);
    for (int i = 0; i < FACTS; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%.17g ",
                 json_fact(json, keys[i]));
    find_facts(path, facts);
    check_facts("mmview stats", facts, text);
}

static void against_python(const char *goal, const char **ours, const char *python,
                           const char *path)
{
    const char *argv[] = {python, "-c", python_stats, path, NULL};
    struct bench_pairs pairs;
    double facts[FACTS];
    char text[4096];

    if (!python) {
        bench_skip(goal, "NumPy: not found by configure");
        return;
    }
    find_facts(path, facts);
    child_output(argv, text, sizeof text);
    check_facts("Python", facts, text);
    pairs = bench_compare((struct bench_side){child_work, ours, 1},
                          (struct bench_side){child_work, argv, 1});
    bench_row(goal, "python3 -c 'a.min(), ...'", &pairs, 0);
}

static void against_cat(const char **ours, const char *path)
{
    char *cat = child_find("cat");
    const char *argv[] = {cat, path, NULL};
    struct bench_pairs pairs;

    if (!cat)
        bench_die("there is no cat");
    pairs = bench_compare((struct bench_side){child_work, ours, 1},
                          (struct bench_side){child_work, argv, 1});
    bench_row("9.cat", "cat FILE", &pairs, pairs.peer);
    free(cat);
}

int main(int argc, char **argv)
{
    const char *folder = bench_begin(argc, argv), *python = bench_given("PYTHON_NUMPY");
    const char *mmview = bench_given("MMVIEW");
    char *path = bench_path(folder, "stats.npy"), *preload = child_preload();
    const char *ours[] = {preload, mmview, "stats", path, NULL};
    bool smoke = bench_smoke();

    if (!mmview)
        bench_die("MMVIEW is not set");

    write_items(path, smoke ? SMOKE_ITEMS : LIBRARY_ITEMS);
    against_numpy(path, python);
    write_items(path, smoke ? SMOKE_ITEMS : SMALL_ITEMS);
    check_command(preload, mmview, path);
    against_python("9.python_1e6", ours, python, path);
    write_items(path, smoke ? SMOKE_ITEMS : LARGE_ITEMS);
    against_python("9.python_1e8", ours, python, path);
    against_cat(ours, path);
    remove(path);
    free(preload);
    free(path);
    return 0;
}

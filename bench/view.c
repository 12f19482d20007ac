/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <mmview.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Goal 11: elements through the ctypes view against a bare pointer, and views
 * and the ctypes view itself against NumPy's. */

#define ROWS    1000u
#define COLUMNS 1000u

/* How often the quick things are done before the clock is read again. */
#define COUNT 20000

struct subject {
    const char *path;
    struct mmview_array *array;
    struct mmview_ctypes view;
};

/* The sums keep the loops from being taken out, and are the answers. */
static volatile double kept;

static double add_view(const struct subject *subject)
{
    const struct mmview_ctypes *view = &subject->view;
    double sum = 0;

    for (mmview_intp i = 0; i < view->shape[0]; i++)
        for (mmview_intp j = 0; j < view->shape[1]; j++)
            sum += *MMVIEW_AT(const double, view, i, j);
    return sum;
}

static double add_raw(const struct subject *subject)
{
    const double *p = mmview_array_data(subject->array);
    mmview_intp rows = subject->view.shape[0], columns = subject->view.shape[1];
    double sum = 0;

    for (mmview_intp i = 0; i < rows; i++)
        for (mmview_intp j = 0; j < columns; j++)
            sum += p[i * columns + j];
    return sum;
}

static double run_elements(void *subject, unsigned count)
{
    uint64_t before = bench_clock();

    while (count--)
        kept = add_view(subject);
    return (double)(bench_clock() - before);
}

static double run_raw(void *subject, unsigned count)
{
    uint64_t before = bench_clock();

    while (count--)
        kept = add_raw(subject);
    return (double)(bench_clock() - before);
}

/* a[10:900, ::2] */
static struct mmview_array *slice(const struct subject *subject)
{
    static const struct mmview_index index[] = {
        {MMVIEW_INDEX_SLICE, MMVIEW_INDEX_START | MMVIEW_INDEX_STOP, 10, 900, 0},
        {MMVIEW_INDEX_SLICE, MMVIEW_INDEX_STEP, 0, 0, 2},
    };
    struct mmview_array *view;

    if (mmview_view_index(subject->array, index, 2, &view, NULL) < 0)
        bench_die("mmview_view_index failed");
    return view;
}

static double run_slice(void *subject, unsigned count)
{
    uint64_t before = bench_clock();

    while (count--)
        mmview_array_unref(slice(subject));
    return (double)(bench_clock() - before);
}

/* data, shape and strides, as a caller takes them. */
static double run_ctypes(void *context, unsigned count)
{
    struct subject *subject = context;
    uint64_t before = bench_clock();

    while (count--) {
        struct mmview_ctypes view;

        mmview_ctypes_init(&view, subject->array);
        kept = (double)((uintptr_t)view.data & 1) + (double)(view.shape[0] + view.strides[0]);
        mmview_ctypes_clear(&view);
    }
    return (double)(bench_clock() - before);
}

static void against_raw(struct subject *subject)
{
    const struct bench_side ours = {run_elements, subject, 1}, raw = {run_raw, subject, 1};
    struct bench_pairs pairs;

    if (add_view(subject) != add_raw(subject))
        bench_die("the answers differ: the sums of the elements");
    pairs = bench_compare(ours, raw);
    bench_row("11.element", "p[i * columns + j]", &pairs, pairs.peer);
}

/* In the words of numpy_partner.py's show_view(). */
static void show_slice(const struct subject *subject, char *text, size_t size)
{
    struct mmview_array *array = slice(subject);
    struct subject sliced = {NULL, array, MMVIEW_CTYPES_INIT};

    mmview_ctypes_init(&sliced.view, array);
    snprintf(text, size, "shape %jd,%jd strides %jd,%jd sum %.1f", (intmax_t)sliced.view.shape[0],
             (intmax_t)sliced.view.shape[1], (intmax_t)sliced.view.strides[0],
             (intmax_t)sliced.view.strides[1], add_view(&sliced));
    mmview_ctypes_clear(&sliced.view);
    mmview_array_unref(array);
}

static void against_numpy(struct subject *subject)
{
    static const struct {
        const char *goal, *task, *peer;
        double (*work)(void *, unsigned);
        unsigned times; /* what NumPy does once in the time of so many of ours */
    } rows[] = {
        {"11.slice_ndarray", "slice_ndarray", "ndarray[10:900, ::2]", run_slice, 10},
        {"11.slice_memmap", "slice_memmap", "memmap[10:900, ::2]", run_slice, 50},
        {"11.ctypes", "ctypes", ".ctypes, its data, shape, strides", run_ctypes, 100},
    };
    const char *argv[] = {getenv("PYTHON_NUMPY"), getenv("NUMPY_PARTNER"), NULL};
    struct partner *partner;
    char theirs[256], facts[256];

    if (!argv[0] || !*argv[0]) {
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            bench_skip(rows[i].goal, "NumPy: not found by configure");
        return;
    }
    partner = partner_start(argv);
    show_slice(subject, facts, sizeof facts);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct partner_task task = {partner, rows[i].task, subject->path};
        const struct bench_side ours = {rows[i].work, subject, COUNT};
        const struct bench_side peer = {partner_work, &task, COUNT / rows[i].times};
        struct bench_pairs pairs;

        if (rows[i].work == run_slice) {
            partner_ask(partner, theirs, sizeof theirs, "show\t%s\t%s", rows[i].task,
                        subject->path);
            if (strcmp(theirs, facts) != 0)
                bench_die("the answers differ:\n  mmview: %s\n  NumPy: %s", facts, theirs);
        }
        pairs = bench_compare(ours, peer);
        bench_row(rows[i].goal, rows[i].peer, &pairs, 0);
    }
    partner_stop(partner);
}

int main(int argc, char **argv)
{
    char *path = bench_path(bench_begin(argc, argv), "view.npy");
    struct subject subject = {path, NULL, MMVIEW_CTYPES_INIT};
    struct mmview_error err = MMVIEW_ERROR_INIT;

    bench_write_npy(path, ROWS, COLUMNS);
    if (mmview_open(path, NULL, &subject.array, &err) < 0)
        bench_die("%s: %s", path, err.message);
    mmview_ctypes_init(&subject.view, subject.array);
    against_raw(&subject);
    against_numpy(&subject);
    mmview_ctypes_clear(&subject.view);
    mmview_array_unref(subject.array);
    free(path);
    return 0;
}

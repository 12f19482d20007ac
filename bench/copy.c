/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <mmview.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Goals 5, 6 and 7: copies between arrays in memory, whose layout or dtype changes, against
 * numpy.copyto. NumPy has as much memory of its own, with the same numbers in it. */

#define PERMUTED      "64,72,80,96"
#define PERMUTED_LESS "32,36,40,48"

struct subject {
    const char *goal;
    const char *shape, *from, *to; /* of the source, its dtype, that of the copy */
    const char *view;              /* axes as "3,2,1,0", or an index as "[::2]", or "" */
    unsigned count;                /* copies between looks at the clock */
    unsigned faster;               /* ours, roughly */
};

static const struct subject subjects[] = {
    {"5.transpose_8192", "8192,8192", "<f8", "<f8", "1,0", 1, 1},
    {"5.transpose_8000", "8000,8000", "<f8", "<f8", "1,0", 1, 1},
    {"6.reversed", PERMUTED, "<f4", "<f4", "3,2,1,0", 1, 1},
    {"6.halves", PERMUTED, "<f4", "<f4", "2,3,0,1", 1, 1},
    {"7.f8_to_f4", "16777216", "<f8", "<f4", "", 1, 1},
    {"7.f4_to_f8", "16777216", "<f4", "<f8", "", 1, 1},
    {"7.i4_to_f8", "16777216", "<i4", "<f8", "", 1, 1},
    {"7.u1_to_f4", "16777216", "|u1", "<f4", "", 1, 1},
    {"7.swap_f8", "16777216", ">f8", "<f8", "", 1, 1},
    {"7.every_second", "16777216", "<f8", "<f8", "[::2]", 1, 1},
    {"7.swapped_i2_to_f4", "16777216", ">i2", "<f4", "", 1, 1},
    {"7.swap_in_cache", "16384", ">f4", "<f4", "", 2000, 4},
};

/* What a subject is in a word that bench/numpy_partner.py understands. */
static const char *argument(const struct subject *subject, const char *view)
{
    static char text[128];
    const char *shape = subject->shape;

    if (bench_smoke())
        shape = strchr(shape, ',') ? (strchr(view, '3') ? "3,4,5,6" : "30,40") : "100";
    snprintf(text, sizeof text, "%s %s %s %s", shape, subject->from, subject->to, view);
    return text;
}

struct arrays {
    struct mmview_array *src, *dst;
};

/* Memory for an array: the copy of one item that fills any shape. */
static struct mmview_array *fresh(const char *folder, const mmview_intp *shape, int ndim,
                                  const char *dtype)
{
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *one, *all, *array;
    struct mmview_dtype *type;
    char *path = bench_path(folder, "item");

    bench_write_raw(path, 1, 8);
    options.ndim = 0;
    if (mmview_dtype_parse(dtype, SIZE_MAX, 0, &type, &err) < 0)
        bench_die("%s: %s", dtype, err.message);
    options.dtype = type;
    if (mmview_memmap(path, &options, &one, &err) < 0 ||
        mmview_view_broadcast(one, shape, ndim, &all, &err) < 0 ||
        mmview_copy_new(all, NULL, &array, &err) < 0)
        bench_die("%s: %s", dtype, err.message);
    mmview_dtype_unref(type);
    mmview_array_unref(one);
    mmview_array_unref(all);
    free(path);
    return array;
}

static int read_numbers(const char *text, mmview_intp *numbers)
{
    int count = 0;

    for (char *end; *text; text = *end ? end + 1 : end)
        numbers[count++] = (mmview_intp)strtol(text, &end, 10);
    return count;
}

/* Items 0, 1, ... 99, 0, 1, ... byte by byte: no function that is measured helps. */
static void fill(struct mmview_array *array, const char *dtype)
{
    unsigned char *item = mmview_array_data(array);
    size_t size = (size_t)mmview_array_itemsize(array);
    unsigned char bytes[100][8] = {{0}};

    for (int i = 0; i < 100; i++) {
        double f8 = i;
        float f4 = (float)i;
        int32_t i4 = i;
        unsigned char native[8] = {0};

        if (dtype[1] == 'f')
            memcpy(native, size == 8 ? (void *)&f8 : (void *)&f4, size);
        else
            memcpy(native, &i4, size);
        for (size_t j = 0; j < size; j++)
            bytes[i][j] = native[dtype[0] == '>' ? size - 1 - j : j];
    }
    for (mmview_intp i = 0; i < mmview_array_size(array); i++, item += size)
        memcpy(item, bytes[i % 100], size);
}

static struct arrays make_arrays(const char *folder, const char *argument_text)
{
    char shape_text[64], from[8], to[8], view[64] = "";
    mmview_intp shape[4], axes[4];
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *whole;
    struct arrays arrays;
    int order[4], count, status;

    sscanf(argument_text, "%63s %7s %7s %63s", shape_text, from, to, view);
    whole = fresh(folder, shape, read_numbers(shape_text, shape), from);
    fill(whole, from);
    if (view[0] == '[') {
        status = mmview_view_select(whole, view + 1, strlen(view) - 2, &arrays.src, &err);
    } else if (view[0]) {
        count = read_numbers(view, axes);
        for (int i = 0; i < count; i++)
            order[i] = (int)axes[i];
        status = mmview_view_transpose(whole, order, count, &arrays.src, &err);
    } else {
        status = MMVIEW_OK;
        arrays.src = mmview_array_ref(whole);
    }
    if (status < 0)
        bench_die("%s: %s", argument_text, err.message);
    mmview_array_unref(whole);
    arrays.dst = fresh(folder, mmview_array_shape(arrays.src), mmview_array_ndim(arrays.src), to);
    return arrays;
}

static double run_copy(void *context, unsigned count)
{
    const struct arrays *arrays = context;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    uint64_t before = bench_clock();

    while (count--)
        if (mmview_copy(arrays->dst, arrays->src, MMVIEW_CASTING_UNSAFE, &err) < 0)
            bench_die("%s", err.message);
    return (double)(bench_clock() - before);
}

/* What the copy holds, each 4 bytes of it in their place: as numpy_partner.py's show(). */
static void show_copy(const struct arrays *arrays, char *text, size_t size)
{
    const unsigned char *bytes = mmview_array_data(arrays->dst);
    size_t words = (size_t)mmview_array_nbytes(arrays->dst) / 4;
    uint64_t sum = 0;

    for (size_t i = 0; i < words; i++) {
        uint32_t word;

        memcpy(&word, bytes + 4 * i, sizeof word);
        sum += word * (uint64_t)(i + 1);
    }
    snprintf(text, size, "%zu words add up to %llu", words, (unsigned long long)sum);
}

static struct bench_pairs compare(struct partner *partner, const char *folder,
                                  const struct subject *subject, const char *view)
{
    const char *what = argument(subject, view);
    struct arrays arrays = make_arrays(folder, what);
    struct partner_task task = {partner, "copy", what};
    const struct bench_side ours = {run_copy, &arrays, subject->count};
    const struct bench_side peer = {partner_work, &task,
                                    (subject->count + subject->faster - 1) / subject->faster};
    struct bench_pairs pairs;
    char mine[80], theirs[256];

    run_copy(&arrays, 1);
    show_copy(&arrays, mine, sizeof mine);
    partner_ask(partner, theirs, sizeof theirs, "show\tcopy\t%s", what);
    if (strcmp(mine, theirs) != 0)
        bench_die("%s: the answers differ:\n  mmview: %s\n  NumPy: %s", what, mine, theirs);
    pairs = bench_compare(ours, peer);
    mmview_array_unref(arrays.src);
    mmview_array_unref(arrays.dst);
    return pairs;
}

/* Of all orders of four axes the one that is the least faster. */
static void compare_orders(struct partner *partner, const char *folder)
{
    static const struct subject subject = {"6.slowest", PERMUTED_LESS, "<f4", "<f4", NULL, 1, 1};
    struct bench_pairs slowest = {0};
    char slowest_order[16] = "";

    for (int code = 0; code < 256; code++) {
        int axes[4] = {code >> 6, code >> 4 & 3, code >> 2 & 3, code & 3};
        struct bench_pairs pairs;
        char order[16];

        if ((1 << axes[0] | 1 << axes[1] | 1 << axes[2] | 1 << axes[3]) != 15)
            continue;
        snprintf(order, sizeof order, "%d,%d,%d,%d", axes[0], axes[1], axes[2], axes[3]);
        pairs = compare(partner, folder, &subject, order);
        if (pairs.ratio > slowest.ratio) {
            slowest = pairs;
            memcpy(slowest_order, order, sizeof order);
        }
    }
    /* The worst of so many had bad luck too: its median says how it was measured, not how
     * fast it is. So that one is measured anew. */
    slowest = compare(partner, folder, &subject, slowest_order);
    bench_note("slowest order of four axes", "%s", slowest_order);
    bench_row(subject.goal, "numpy.copyto", &slowest, 0);
}

int main(int argc, char **argv)
{
    const char *folder = bench_begin(argc, argv);
    const char *command[] = {getenv("PYTHON_NUMPY"), getenv("NUMPY_PARTNER"), NULL};
    struct partner *partner;

    if (!command[0] || !*command[0]) {
        for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
            bench_skip(subjects[i].goal, "NumPy: not found by configure");
        bench_skip("6.slowest", "NumPy: not found by configure");
        return 0;
    }
    partner = partner_start(command);
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        struct bench_pairs pairs = compare(partner, folder, &subjects[i], subjects[i].view);

        bench_row(subjects[i].goal, "numpy.copyto", &pairs, 0);
    }
    compare_orders(partner, folder);
    partner_stop(partner);
    return 0;
}

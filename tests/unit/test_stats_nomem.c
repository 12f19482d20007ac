/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Statistics, with each of their allocations failing in turn: the call says so,
 * holds nothing, and leaves what it was to set. */
#include <mmview.h>

#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"

#include "../suite.h"

/* 3 x 4 of '<f8', 0 to 11. */
static struct mmview_array *table(void)
{
    static const char dict[] = "{'descr': 'f8', 'fortran_order': False, 'shape': (3, 4)}\n";
    static unsigned char memory[128 + 96];
    struct mmview_array *array = NULL;

    memset(memory, ' ', 128);
    memcpy(memory, "\x93NUMPY\x01\0\x76\0", 10);
    memcpy(memory + 10, dict, sizeof dict - 1);
    memory[127] = '\n';
    for (int i = 0; i < 12; i++) {
        double x = i;

        memcpy(memory + 128 + 8 * i, &x, sizeof x);
    }
    ck_assert_int_eq(mmview_from_memory(memory, sizeof memory, NULL, &array, NULL), MMVIEW_OK);
    return array;
}

static int allowed, held;

static int refuse_later(size_t size)
{
    (void)size;
    return allowed-- <= 0;
}

static int whole(const struct mmview_array *a, struct mmview_statistics *out,
                 struct mmview_error *err)
{
    return mmview_stats(a, NULL, out, err);
}

static int lanes(const struct mmview_array *a, struct mmview_statistics *out,
                 struct mmview_error *err)
{
    return mmview_stats_lanes(a, 0, 0, 1, NULL, out, err);
}

static int histogram(const struct mmview_array *a, struct mmview_statistics *out,
                     struct mmview_error *err)
{
    uint64_t counts[10];
    double edges[11];

    (void)out;
    return mmview_histogram(a, NULL, counts, edges, err);
}

static const struct {
    int (*call)(const struct mmview_array *a, struct mmview_statistics *out,
                struct mmview_error *err);
    bool transposed, keeps; /* out, when it fails */
    int allocations;
} cases[] = {
    {whole, false, true, 1}, {whole, true, true, 2},      {lanes, false, false, 2},
    {lanes, true, false, 1}, {histogram, false, true, 2}, {histogram, true, true, 4},
};

START_TEST(each_allocation_fails)
{
    struct mmview_array *a = table(), *view = NULL;
    struct mmview_statistics stats, untouched;
    int status;

    if (cases[_i].transposed) {
        ck_assert_int_eq(mmview_view_transpose(a, NULL, 0, &view, NULL), MMVIEW_OK);
        mmview_array_unref(a);
        a = view;
    }
    memset(&untouched, 0x5a, sizeof untouched);
    for (held = 0;; held++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;

        stats = untouched;
        allowed = held;
        mmv_alloc_hook = refuse_later;
        status = cases[_i].call(a, &stats, &err);
        mmv_alloc_hook = NULL;
        ck_assert_int_eq(err.status, status);
        if (status == MMVIEW_OK)
            break;
        ck_assert_int_eq(status, MMVIEW_ENOMEM);
        if (cases[_i].keeps)
            ck_assert_mem_eq(&stats, &untouched, sizeof stats);
    }
    ck_assert_int_eq(held, cases[_i].allocations);
    mmview_array_unref(a);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, each_allocation_fails, 0, COUNT(cases));
}

int main(void)
{
    return run_suite("stats_nomem", add_tests);
}

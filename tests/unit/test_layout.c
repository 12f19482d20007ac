/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The arithmetic of shapes, strides and flags. The expected numbers are what
 * NumPy 1.24 answers, unless a comment says otherwise. */
#include "array/layout.h"

#include <stdlib.h>

#include "../suite.h"

#define BOTH (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS)
#define MAX  INTPTR_MAX
#define C    MMVIEW_ORDER_C
#define F    MMVIEW_ORDER_F

/* What is past the address space, NumPy may still count where that is small. */
#if INTPTR_MAX < INT64_MAX
#define PAST MMV_LAYOUT_NO_SPACE
#else
#define PAST MMV_LAYOUT_TOO_BIG
#endif

struct fresh_case {
    int ndim;
    mmview_intp shape[4];
    mmview_intp itemsize;
    enum mmview_order order;
    mmview_intp strides[4];
    int contiguity;
    mmview_intp size;
};

static const struct fresh_case fresh_cases[] = {
    /* No axis or one: both. */
    {0, {0}, 4, C, {0}, BOTH, 1},
    {0, {0}, 0, F, {0}, BOTH, 1},
    {1, {17}, 4, C, {4}, BOTH, 17},
    {1, {17}, 4, F, {4}, BOTH, 17},
    {1, {1}, 8, C, {8}, BOTH, 1},
    {1, {0}, 8, C, {8}, BOTH, 0},
    /* Two that are not 1: the order's own bit. */
    {2, {2, 3}, 4, C, {12, 4}, MMVIEW_C_CONTIGUOUS, 6},
    {2, {2, 3}, 4, F, {4, 8}, MMVIEW_F_CONTIGUOUS, 6},
    {3, {2, 2, 3}, 4, C, {24, 12, 4}, MMVIEW_C_CONTIGUOUS, 12},
    {3, {2, 2, 3}, 4, F, {4, 8, 16}, MMVIEW_F_CONTIGUOUS, 12},
    {4, {1, 2, 2, 3}, 2, F, {2, 2, 4, 8}, MMVIEW_F_CONTIGUOUS, 12},
    /* Axes of 1 do not count. */
    {2, {4, 1}, 4, C, {4, 4}, BOTH, 4},
    {2, {4, 1}, 4, F, {4, 16}, BOTH, 4},
    {2, {1, 12}, 4, C, {48, 4}, BOTH, 12},
    {2, {1, 12}, 4, F, {4, 4}, BOTH, 12},
    {3, {1, 1, 1}, 8, C, {8, 8, 8}, BOTH, 1},
    {3, {3, 1, 2}, 1, C, {2, 2, 1}, MMVIEW_C_CONTIGUOUS, 6},
    {3, {3, 1, 2}, 1, F, {1, 3, 3}, MMVIEW_F_CONTIGUOUS, 6},
    /* A 0 anywhere: both, and strides as if it were 1. */
    {2, {0, 4}, 4, C, {16, 4}, BOTH, 0},
    {2, {0, 4}, 4, F, {4, 4}, BOTH, 0},
    {2, {0, 3}, 1, C, {3, 1}, BOTH, 0},
    {3, {3, 0, 5}, 8, C, {40, 40, 8}, BOTH, 0},
    {3, {3, 0, 5}, 8, F, {8, 24, 24}, BOTH, 0},
    {2, {0, 0}, 4, C, {4, 4}, BOTH, 0},
    /* Items of 0 bytes: any shape, strides of 0, one bit when fresh. */
    {2, {2, 3}, 0, C, {0, 0}, MMVIEW_C_CONTIGUOUS, 6},
    {2, {2, 3}, 0, F, {0, 0}, MMVIEW_F_CONTIGUOUS, 6},
    {2, {MAX, MAX}, 0, C, {0, 0}, MMVIEW_C_CONTIGUOUS, MAX},
    {3, {MAX, MAX, 0}, 0, C, {0, 0, 0}, BOTH, 0},
    {1, {MAX}, 0, C, {0}, BOTH, MAX},
    /* The largest that fit. */
    {1, {MAX}, 1, C, {1}, BOTH, MAX},
    {1, {MAX / 4}, 4, C, {4}, BOTH, MAX / 4},
    {2, {0, MAX / 4}, 4, C, {MAX / 4 * 4, 4}, BOTH, 0},
    {2, {MAX / 4, 0}, 4, C, {4, 4}, BOTH, 0},
    {2, {MAX / 4, 0}, 4, F, {4, MAX / 4 * 4}, BOTH, 0},
};

START_TEST(fresh)
{
    const struct fresh_case *c = &fresh_cases[_i];
    struct mmv_layout layout;

    ck_assert_int_eq(mmv_layout_init(&layout, c->ndim, c->shape, c->itemsize, c->order),
                     MMV_LAYOUT_OK);
    ck_assert_int_eq(layout.ndim, c->ndim);
    ck_assert_int_eq(layout.order, (int)c->order);
    ck_assert_int_eq(layout.itemsize, c->itemsize);
    ck_assert_int_eq(layout.size, c->size);
    ck_assert_int_eq(layout.nbytes, c->itemsize ? c->size * c->itemsize : 0);
    ck_assert_int_eq(layout.contiguity, c->contiguity);
    for (int i = 0; i < c->ndim; i++) {
        ck_assert_int_eq(layout.shape[i], c->shape[i]);
        ck_assert_int_eq(layout.strides[i], c->strides[i]);
    }
}
END_TEST

struct fault_case {
    int ndim;
    mmview_intp shape[4];
    mmview_intp itemsize;
    enum mmv_layout_fault fault;
};

static const struct fault_case fault_cases[] = {
    {1, {-1}, 4, MMV_LAYOUT_NEGATIVE},
    {1, {INTPTR_MIN}, 4, MMV_LAYOUT_NEGATIVE},
    {2, {-2, -3}, 1, MMV_LAYOUT_NEGATIVE},
    {2, {-1, 0}, 1, MMV_LAYOUT_NEGATIVE},
    {2, {0, -1}, 1, MMV_LAYOUT_NEGATIVE},
    {2, {3, -1}, 0, MMV_LAYOUT_NEGATIVE},
    {1, {MAX / 4 + 1}, 4, PAST},
    {1, {MAX}, 2, PAST},
    {2, {MAX, 2}, 1, PAST},
    {2, {MAX / 2 + 1, 2}, 1, PAST},
    /* 0 counts as 1, before the large one and after it. */
    {2, {0, MAX / 4 + 1}, 4, PAST},
    {2, {MAX / 4 + 1, 0}, 4, PAST},
    {3, {MAX / 2, 0, 3}, 1, PAST},
    /* A product that would wrap to a small number. */
    {4, {MAX / 2 + 1, 4, 1, 1}, 1, PAST},
    {2,
     {(mmview_intp)1 << (sizeof(mmview_intp) * 4), (mmview_intp)1 << (sizeof(mmview_intp) * 4)},
     1,
     PAST},
    /* Past 64 bits too. */
    {4, {MAX, MAX, MAX, MAX}, 8, MMV_LAYOUT_TOO_BIG},
};

START_TEST(fault)
{
    const struct fault_case *c = &fault_cases[_i];
    struct mmv_layout layout;

    ck_assert_int_eq(mmv_layout_init(&layout, c->ndim, c->shape, c->itemsize, C), c->fault);
    ck_assert_int_eq(mmv_layout_init(&layout, c->ndim, c->shape, c->itemsize, F), c->fault);
}
END_TEST

START_TEST(most_dimensions)
{
    mmview_intp shape[MMVIEW_MAXDIMS];
    struct mmv_layout layout;

    for (int i = 0; i < MMVIEW_MAXDIMS; i++)
        shape[i] = i % 16 == 3 ? 2 : 1;
    ck_assert_int_eq(mmv_layout_init(&layout, MMVIEW_MAXDIMS, shape, 2, C), MMV_LAYOUT_OK);
    ck_assert_int_eq(layout.size, 16);
    ck_assert_int_eq(layout.strides[0], 32);
    ck_assert_int_eq(layout.strides[3], 16);
    ck_assert_int_eq(layout.strides[51], 2);
    ck_assert_int_eq(layout.strides[63], 2);
    ck_assert_int_eq(layout.contiguity, MMVIEW_C_CONTIGUOUS);

    for (int i = 0; i < MMVIEW_MAXDIMS; i++)
        shape[i] = 2;
    ck_assert_int_eq(mmv_layout_init(&layout, MMVIEW_MAXDIMS, shape, 1, C), MMV_LAYOUT_TOO_BIG);
}
END_TEST

/* Steps an index through a shape, in C or F order; false after the last. */
static bool next_index(mmview_intp *index, int ndim, const mmview_intp *shape,
                       enum mmview_order order)
{
    for (int i = 0; i < ndim; i++) {
        int axis = order == F ? i : ndim - 1 - i;

        if (++index[axis] < shape[axis])
            return true;
        index[axis] = 0;
    }
    return false;
}

/* Is the n-th item, in that order, the n-th in memory? */
static bool runs_in_order(int ndim, const mmview_intp *shape, const mmview_intp *strides,
                          mmview_intp itemsize, enum mmview_order order)
{
    mmview_intp index[4] = {0};
    mmview_intp expected = 0;

    do {
        mmview_intp at = 0;

        for (int i = 0; i < ndim; i++)
            at += index[i] * strides[i];
        if (at != expected)
            return false;
        expected += itemsize;
    } while (next_index(index, ndim, shape, order));
    return true;
}

/* The flags against what they mean, for every small shape. */
START_TEST(meaning)
{
    int shapes = 0;

    for (int code = 0; code < 3 * 3 * 3 * 3; code++)
        for (int ndim = 0; ndim <= 4; ndim++)
            for (int order = C; order <= F; order++) {
                mmview_intp shape[4] = {code % 3 + 1, code / 3 % 3 + 1, code / 9 % 3 + 1,
                                        code / 27 + 1};
                struct mmv_layout l;
                struct mmv_measure same;
                bool c_runs, f_runs;

                ck_assert_int_eq(mmv_layout_init(&l, ndim, shape, 3, (enum mmview_order)order),
                                 MMV_LAYOUT_OK);
                c_runs = runs_in_order(ndim, l.shape, l.strides, 3, C);
                f_runs = runs_in_order(ndim, l.shape, l.strides, 3, F);
                ck_assert_int_eq(l.contiguity, (c_runs ? MMVIEW_C_CONTIGUOUS : 0) |
                                                   (f_runs ? MMVIEW_F_CONTIGUOUS : 0));
                /* Fresh and view agree where nothing is 0. */
                ck_assert_int_eq(mmv_layout_measure(ndim, l.shape, l.strides, 3, &same),
                                 MMV_LAYOUT_OK);
                ck_assert_int_eq(same.contiguity, l.contiguity);
                ck_assert_int_eq(same.size, l.size);
                ck_assert_int_eq(same.nbytes, l.nbytes);
                ck_assert_int_eq(same.below, 0);
                ck_assert_int_eq(same.above, l.nbytes);
                shapes++;
            }
    ck_assert_int_eq(shapes, 810);
}
END_TEST

struct view_case {
    int ndim;
    mmview_intp shape[4];
    mmview_intp strides[4];
    mmview_intp itemsize;
    int contiguity;
};

static const struct view_case view_cases[] = {
    {0, {0}, {0}, 4, BOTH},
    {1, {17}, {4}, 4, BOTH},
    {1, {9}, {8}, 4, 0},       /* a[::2] */
    {1, {17}, {-4}, 4, 0},     /* a[::-1] */
    {1, {1}, {-400}, 4, BOTH}, /* a[5::-100] */
    {2, {2, 3}, {12, 4}, 4, MMVIEW_C_CONTIGUOUS},
    {2, {3, 2}, {4, 12}, 4, MMVIEW_F_CONTIGUOUS}, /* its transpose */
    {2, {2, 2}, {12, 4}, 4, 0},                   /* a[:, :2] */
    {2, {1, 3}, {999, 4}, 4, BOTH},               /* a row: its own stride is never used */
    {2, {3, 1}, {4, -7}, 4, BOTH},
    {2, {2, 1}, {12, 4}, 4, 0},          /* a column */
    {3, {1, 17, 1}, {0, 4, 0}, 4, BOTH}, /* a[None, :, None] */
    {3, {2, 3, 4}, {4, 8, 24}, 4, MMVIEW_F_CONTIGUOUS},
    {3, {2, 3, 4}, {48, 4, 12}, 4, 0},
    {2, {3, 17}, {0, 4}, 4, 0}, /* broadcast_to(a, (3, 17)) */
    /* Empty: both, whatever the strides. */
    {1, {0}, {-999}, 4, BOTH},
    {3, {2, 0, 3}, {7, 7, 7}, 4, BOTH},
    {3, {2, 3, 0}, {7, 7, 7}, 4, BOTH},
    /* Items of 0 bytes: both, where a fresh array has one bit. */
    {2, {2, 3}, {0, 0}, 0, BOTH},
    {2, {MAX, MAX}, {0, 0}, 0, BOTH},
};

START_TEST(view)
{
    const struct view_case *c = &view_cases[_i];
    struct mmv_measure measure;

    ck_assert_int_eq(mmv_layout_measure(c->ndim, c->shape, c->strides, c->itemsize, &measure),
                     MMV_LAYOUT_OK);
    ck_assert_int_eq(measure.contiguity, c->contiguity);
}
END_TEST

START_TEST(alignment)
{
    static const mmview_intp shape[] = {3, 4}, strides[] = {16, 4};
    static const mmview_intp odd_strides[] = {15, 4}, row[] = {1, 4}, empty[] = {3, 0};

    ck_assert(mmv_layout_aligned(2, shape, strides, 4096, 4));
    ck_assert(!mmv_layout_aligned(2, shape, strides, 4097, 4));
    ck_assert(!mmv_layout_aligned(2, shape, strides, 4098, 4));
    ck_assert(mmv_layout_aligned(2, shape, strides, 4098, 2));
    ck_assert(mmv_layout_aligned(2, shape, strides, 4097, 1));
    /* Strides count as addresses do. */
    ck_assert(!mmv_layout_aligned(2, shape, strides, 4096, 8));
    ck_assert(!mmv_layout_aligned(2, shape, odd_strides, 4096, 4));
    /* But not those of axes that are never stepped along. */
    ck_assert(mmv_layout_aligned(2, row, odd_strides, 4096, 4));
    ck_assert(!mmv_layout_aligned(2, row, odd_strides, 4097, 4));
    /* An empty array is aligned anywhere. */
    ck_assert(mmv_layout_aligned(2, empty, odd_strides, 4097, 16));
    ck_assert(mmv_layout_aligned(0, NULL, NULL, 4096, 16));
    ck_assert(!mmv_layout_aligned(0, NULL, NULL, 4104, 16));
}
END_TEST

static const struct span_case {
    int ndim;
    mmview_intp shape[3];
    mmview_intp strides[3];
    mmview_intp itemsize;
    mmview_intp below, above;
    uintptr_t steps;
} span_cases[] = {
    {0, {0}, {0}, 8, 0, 8, 0},
    {2, {3, 4}, {16, 4}, 4, 0, 48, 16 | 4},
    {2, {3, 4}, {1000, 4}, 4, 0, 2016, 1000 | 4},
    {2, {3, 4}, {-16, 4}, 4, 32, 16, (uintptr_t)-16 | 4},
    {2, {3, 4}, {-16, -4}, 4, 44, 4, (uintptr_t)-16 | (uintptr_t)-4},
    /* An axis of length 1 is not stepped along, an empty array has nowhere to go. */
    {2, {1, 4}, {15, 4}, 4, 0, 16, 4},
    {2, {3, 0}, {MAX, 4}, 4, 0, 0, (uintptr_t)MAX},
    {2, {3, 0}, {-16, 4}, 4, 0, 0, (uintptr_t)-16},
    /* As far as can be counted, and a byte more. */
    {1, {2}, {MAX - 4}, 4, 0, MAX, MAX - 4},
    {1, {2}, {MAX - 3}, 4, 0, MAX, MAX - 3},
    {1, {2}, {-MAX}, 4, MAX, 4, (uintptr_t)-MAX},
    {1, {2}, {INTPTR_MIN}, 4, 0, MAX, (uintptr_t)INTPTR_MIN},
    {1, {3}, {MAX}, 4, 0, MAX, (uintptr_t)MAX},
    /* What did not fit does not come to fit again. */
    {3, {2, 2, 2}, {MAX, -4, 4}, 4, 4, MAX, UINTPTR_MAX},
    {3, {3, 2, 2}, {MAX, 0, -4}, 4, 4, MAX, UINTPTR_MAX},
    {3, {2, 3, 2}, {-MAX, MAX, 8}, 4, MAX, MAX, UINTPTR_MAX},
};

START_TEST(span)
{
    const struct span_case *c = &span_cases[_i];
    mmview_intp below = 7, above = 7;
    struct mmv_measure measure;

    ck_assert_int_eq(mmv_layout_measure(c->ndim, c->shape, c->strides, c->itemsize, &measure),
                     MMV_LAYOUT_OK);
    ck_assert_int_eq(measure.below, c->below);
    ck_assert_int_eq(measure.above, c->above);
    ck_assert_uint_eq(measure.steps, c->steps);

    ck_assert_int_eq(mmv_layout_span(c->ndim, c->shape, c->strides, c->itemsize, &below, &above),
                     c->above != MAX);
    ck_assert_int_eq(below, c->above != MAX ? c->below : 7);
    ck_assert_int_eq(above, c->above != MAX ? c->above : 7);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, fresh, 0, (int)(sizeof fresh_cases / sizeof *fresh_cases));
    tcase_add_loop_test(tcase, fault, 0, (int)(sizeof fault_cases / sizeof *fault_cases));
    tcase_add_loop_test(tcase, view, 0, (int)(sizeof view_cases / sizeof *view_cases));
    tcase_add_test(tcase, most_dimensions);
    tcase_add_test(tcase, meaning);
    tcase_add_test(tcase, alignment);
    tcase_add_loop_test(tcase, span, 0, COUNT(span_cases));
}

int main(void)
{
    return run_suite("layout", add_tests);
}

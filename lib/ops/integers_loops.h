/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The loops of integers.h, as the table INTEGERS: included once for each kind of
 * processor, and optimized for it. Unsigned arithmetic, which wraps. */
#include "ops/cast_to.h"
#include "ops/integers.h"

#define TOP ((uint64_t)1 << 63)

static void look(const int64_t *x, size_t n, int64_t flip, struct mmv_integers *out)
{
    struct mmv_integers all = {.min = INT64_MAX, .max = INT64_MIN};

    for (size_t i = 0; i < n; i++) {
        const int64_t number = x[i] ^ flip;
        const uint64_t positive = (uint64_t)number ^ TOP;

        all.min = number < all.min ? number : all.min;
        all.max = number > all.max ? number : all.max;
        all.zeros += x[i] == 0;
        all.low += positive & UINT32_MAX;
        all.high += positive >> 32;
    }
    *out = all;
}

static void distances(const int64_t *x, size_t n, int64_t middle, double *to)
{
    for (size_t i = 0; i < n; i++)
        to[i] = mmv_f8_of_i8((int64_t)((uint64_t)x[i] - (uint64_t)middle));
}

/* Some at a time, without a branch for each. */
static size_t find(const int64_t *x, size_t n, int64_t number)
{
    size_t from = 0;

    for (; n - from >= 16; from += 16) {
        uint64_t found = 0;

        for (size_t i = 0; i < 16; i++)
            found |= x[from + i] == number;
        if (found)
            break;
    }
    while (from < n && x[from] != number)
        from++;
    return from;
}

const struct mmv_integers_loops INTEGERS = {look, distances, find};

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include <string.h>

/* Integers of 64 bits, and times, which are such: the lowest of them is NaT. */

#define NAT INT64_MIN

/* The sum of a block, exact: halves of 32 bits do not overflow in it. */
struct halves {
    uint64_t low;
    int64_t high;
};

static void set_sum(const struct halves *sum, struct mmview_statistics *found)
{
    uint64_t high = (uint64_t)sum->high;

    found->sum_low = sum->low + (high << 32);
    found->sum_high = (sum->high >> 32) + (found->sum_low < sum->low);
}

/* The distances from the least number, which is near them all, are what the spread
 * is made of: they are doubles with less loss than the numbers. */
static void set_spread(struct mmv_stats_work *work, size_t count, long double least,
                       struct mmview_statistics *found)
{
    struct mmview_statistics distances;

    memset(&distances, 0, sizeof distances);
    mmv_stats_double_moments(work, work->parts[0], count, work->loops->sum(work->parts[0], count),
                             0, &distances);
    found->center[0] = least;
    found->center_rest[0] = distances.center[0] + distances.center_rest[0];
    found->spread = distances.spread;
}

#define NUMBERS(type, member, name)                                                        \
    static void name##_look(struct mmv_stats_work *work, const type *x, size_t count,      \
                            struct mmview_statistics *found)                               \
    {                                                                                      \
        type min = x[0], max = x[0];                                                       \
        struct halves sum = {0, 0};                                                        \
        size_t zeros = 0;                                                                  \
                                                                                           \
        for (size_t i = 0; i < count; i++) {                                               \
            min = x[i] < min ? x[i] : min;                                                 \
            max = x[i] > max ? x[i] : max;                                                 \
            zeros += x[i] == 0;                                                            \
        }                                                                                  \
        found->min.member = min;                                                           \
        found->max.member = max;                                                           \
        found->zeros = zeros;                                                              \
        if (work->what & MMVIEW_STATS_SUM) {                                               \
            for (size_t i = 0; i < count; i++) {                                           \
                sum.low += (uint32_t)x[i];                                                 \
                sum.high += (int64_t)(x[i] >> 32);                                         \
            }                                                                              \
            set_sum(&sum, found);                                                          \
        }                                                                                  \
        if (work->what & MMVIEW_STATS_SPREAD) {                                            \
            uint64_t range = (uint64_t)max - (uint64_t)min;                                \
                                                                                           \
            /* Of signed numbers a processor makes doubles with one instruction. */        \
            if (range <= INT64_MAX)                                                        \
                for (size_t i = 0; i < count; i++)                                         \
                    work->parts[0][i] = (double)(int64_t)((uint64_t)x[i] - (uint64_t)min); \
            else                                                                           \
                for (size_t i = 0; i < count; i++)                                         \
                    work->parts[0][i] = (double)((uint64_t)x[i] - (uint64_t)min);          \
            set_spread(work, count, (long double)min, found);                              \
        }                                                                                  \
    }                                                                                      \
                                                                                           \
    static size_t name##_find(const struct mmv_stats_work *work, size_t from,              \
                              const union mmview_number *number)                           \
    {                                                                                      \
        const type *x = (const type *)(const void *)work->items;                           \
                                                                                           \
        while (from < work->count && x[from] != number->member)                            \
            from++;                                                                        \
        return from;                                                                       \
    }                                                                                      \
                                                                                           \
    static union mmview_number name##_get(const struct mmv_stats_work *work, size_t index) \
    {                                                                                      \
        union mmview_number number;                                                        \
                                                                                           \
        memset(&number, 0, sizeof number);                                                 \
        number.member = ((const type *)(const void *)work->items)[index];                  \
        return number;                                                                     \
    }

NUMBERS(int64_t, i, signed)
NUMBERS(uint64_t, u, unsigned)

static size_t leave_out_nat(const int64_t *x, size_t count, int64_t *to)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        to[n] = x[i];
        n += x[i] != NAT;
    }
    return n;
}

static void look(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                 struct mmview_statistics *found)
{
    const int64_t *x = (const int64_t *)(const void *)items;

    found->count = count;
    if (work->kind != 'i') {
        /* The space of the doubles is free, and as long. */
        int64_t *times = (int64_t *)(void *)work->converted;
        size_t n = leave_out_nat(x, count, times);

        found->nan = count - n;
        x = times;
        count = n;
    }
    if (count > 0)
        signed_look(work, x, count, found);
}

static void look_unsigned(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                          struct mmview_statistics *found)
{
    found->count = count;
    unsigned_look(work, (const uint64_t *)(const void *)items, count, found);
}

const struct mmv_stats_type mmv_stats_integer = {look, signed_find, signed_get};
const struct mmv_stats_type mmv_stats_unsigned = {look_unsigned, unsigned_find, unsigned_get};

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_WIDE_H
#define MMV_BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

/* An integer of 128 bits, as no machine of 32 bits has one: high * 2**64 + low. There
 * is what calendars take, and nothing more. */
struct mmv_wide {
    int64_t high;
    uint64_t low;
};

static inline struct mmv_wide mmv_wide_of(int64_t number)
{
    return (struct mmv_wide){number < 0 ? -1 : 0, (uint64_t)number};
}

/* Both want to be right only if the result has 128 bits. */

static inline struct mmv_wide mmv_wide_plus(struct mmv_wide a, int64_t number)
{
    struct mmv_wide b = mmv_wide_of(number);
    uint64_t low = a.low + b.low;

    return (struct mmv_wide){a.high + b.high + (low < a.low), low};
}

static inline struct mmv_wide mmv_wide_times(struct mmv_wide a, uint32_t factor)
{
    uint64_t least = (a.low & UINT32_MAX) * factor;
    uint64_t middle = (a.low >> 32) * factor + (least >> 32);

    return (struct mmv_wide){a.high * factor + (int64_t)(middle >> 32),
                             middle << 32 | (least & UINT32_MAX)};
}

/* Leaves the quotient, towards the lesser, and returns the rest, which is no less
 * than 0. */
static inline uint32_t mmv_wide_divide(struct mmv_wide *a, uint32_t divisor)
{
    int64_t high = a->high / divisor, rest = a->high % divisor;
    uint64_t middle, least;

    if (a->high == 0 && a->low <= UINT32_MAX) { /* what most are */
        uint32_t low = (uint32_t)a->low;

        a->low = low / divisor;
        return low % divisor;
    }
    if (rest < 0) {
        rest += divisor;
        high--;
    }
    middle = (uint64_t)rest << 32 | a->low >> 32;
    least = (middle % divisor) << 32 | (a->low & UINT32_MAX);
    *a = (struct mmv_wide){high, (middle / divisor) << 32 | least / divisor};
    return (uint32_t)(least % divisor);
}

static inline bool mmv_wide_equal(struct mmv_wide a, struct mmv_wide b)
{
    return a.high == b.high && a.low == b.low;
}

/* False: it is more than 64 bits can be. */
static inline bool mmv_wide_is_int64(struct mmv_wide a)
{
    return a.high == (a.low > INT64_MAX ? -1 : 0);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_INTEGERS_H
#define MMV_OPS_INTEGERS_H

#include <stddef.h>
#include <stdint.h>

/* Loops over integers of 64 bits, at most 2^32 of them: two versions of the same, of
 * which the second is for processors that have AVX2. Signed ones are taken as they are;
 * of unsigned ones the highest bit is turned round first, which keeps their order: that
 * is what `flip` says, INT64_MIN or 0. */

struct mmv_integers {
    int64_t min, max; /* of the numbers with the bit turned round */
    uint64_t zeros;   /* of those as they came */

    /* The sums of the lower and the upper halves of 32 bits of the numbers less
     * INT64_MIN, which are not negative. */
    uint64_t low, high;
};

struct mmv_integers_loops {
    void (*look)(const int64_t *x, size_t n, int64_t flip, struct mmv_integers *out);

    /* The distances of the numbers from a middle, which must be 63 bits at most, as the
     * nearest doubles. */
    void (*distances)(const int64_t *x, size_t n, int64_t middle, double *to);

    /* Where a number is first; n if nowhere. */
    size_t (*find)(const int64_t *x, size_t n, int64_t number);
};

extern const struct mmv_integers_loops mmv_integers_plain, mmv_integers_avx2;

/* The faster one that works on this processor. */
const struct mmv_integers_loops *mmv_integers_choose(void);

#endif

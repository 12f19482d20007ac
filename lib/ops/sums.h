/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_SUMS_H
#define MMV_OPS_SUMS_H

#include <stdbool.h>
#include <stddef.h>

/* Loops over doubles that lie one after another, few enough to stay in the cache
 * from one loop to the next: MMV_SUMS_MOST. The bounds that are promised of sums
 * rest on that number, and on 8 sums at least being kept side by side. */
#define MMV_SUMS_MOST ((size_t)2048)

/* What one loop finds. NaN and infinities show in the sum, which is not finite
 * then; the rest are those of the numbers that are no NaN. */
struct mmv_sums {
    double sum;
    double min, max; /* infinities the wrong way round if there are no numbers */
    size_t zeros;
};

/* The same loops in several ways. Their sums differ in the last bits. */
struct mmv_sums_loops {
    const char *name;
    bool (*works)(void); /* on this processor */

    double (*sum)(const double *x, size_t n);
    void (*all)(const double *x, size_t n, struct mmv_sums *out);

    /* The sum, and in *rest what its additions rounded off. */
    double (*exact)(const double *x, size_t n, double *rest);

    /* The sum of the squares of the distances from the center, and in *rest that of
     * the distances. */
    double (*spread)(const double *x, size_t n, double center, double *rest);

    /* Where a number is first; n if nowhere. */
    size_t (*find)(const double *x, size_t n, double number);
};

/* All there are, the fastest first; the last works everywhere. Ends with NULL. */
extern const struct mmv_sums_loops *const mmv_sums_loops[];

/* The fastest that works. */
const struct mmv_sums_loops *mmv_sums_choose(void);

/* *a += x, where *rest gathers what the addition rounds off. */
static inline void mmv_add_rest(double *a, double *rest, double x)
{
    double sum = *a + x, part = sum - *a;

    *rest += (*a - (sum - part)) + (x - part);
    *a = sum;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_NATURAL_H
#define MMV_OPS_NATURAL_H

#include <stdint.h>

/* Natural numbers as large as it takes to write any floating-point number, or ten
 * times it, as a ratio of two: the least long double of 113 bits is 1/2**16494, and
 * times 10**4966 it is what its digits are read off. No allocation, so nothing that
 * fails; the callers see to it that no number gets larger. */
#define MMV_NATURAL_WORDS 530

struct mmv_natural {
    int count;                         /* words in use; the last of them is not 0 */
    uint32_t words[MMV_NATURAL_WORDS]; /* the least significant first */
};

void mmv_natural_set(struct mmv_natural *n, uint64_t value);
void mmv_natural_shift(struct mmv_natural *n, int bits); /* to the left */
void mmv_natural_add(struct mmv_natural *n, const struct mmv_natural *term);
void mmv_natural_multiply(struct mmv_natural *n, uint32_t factor);
void mmv_natural_multiply_power10(struct mmv_natural *n, int power);

/* < 0, 0, > 0 as a is less than, equal to or more than b; or a + c than b. */
int mmv_natural_compare(const struct mmv_natural *a, const struct mmv_natural *b);
int mmv_natural_compare_sum(const struct mmv_natural *a, const struct mmv_natural *c,
                            const struct mmv_natural *b);

/* The bits by which to shift a divisor, and what it divides, for the next. */
int mmv_natural_divisor_shift(const struct mmv_natural *divisor);

/* Leaves the rest of n / divisor in n and returns the quotient, which is less than
 * 10. The divisor has been shifted. */
unsigned mmv_natural_divide(struct mmv_natural *n, const struct mmv_natural *divisor);

#endif

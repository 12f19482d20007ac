/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/natural.h"

#include <stddef.h>
#include <string.h>

static void put_carry(struct mmv_natural *n, uint32_t carry)
{
    if (carry)
        n->words[n->count++] = carry;
}

static void drop_zeros(struct mmv_natural *n)
{
    while (n->count > 0 && n->words[n->count - 1] == 0)
        n->count--;
}

void mmv_natural_set(struct mmv_natural *n, uint64_t value)
{
    n->count = 2;
    n->words[0] = (uint32_t)value;
    n->words[1] = (uint32_t)(value >> 32);
    drop_zeros(n);
}

void mmv_natural_shift(struct mmv_natural *n, int bits)
{
    int words = bits / 32;

    if (n->count == 0)
        return;
    if (words > 0) {
        memmove(n->words + words, n->words, (size_t)n->count * sizeof *n->words);
        memset(n->words, 0, (size_t)words * sizeof *n->words);
        n->count += words;
    }
    if (bits % 32)
        mmv_natural_multiply(n, 1u << bits % 32);
}

void mmv_natural_add(struct mmv_natural *n, const struct mmv_natural *term)
{
    uint64_t sum = 0;

    for (int i = 0; i < n->count || i < term->count; i++) {
        sum += i < n->count ? n->words[i] : 0;
        sum += i < term->count ? term->words[i] : 0;
        n->words[i] = (uint32_t)sum;
        sum >>= 32;
    }
    if (n->count < term->count)
        n->count = term->count;
    put_carry(n, (uint32_t)sum);
}

void mmv_natural_multiply(struct mmv_natural *n, uint32_t factor)
{
    uint64_t product = 0;

    for (int i = 0; i < n->count; i++) {
        product += (uint64_t)n->words[i] * factor;
        n->words[i] = (uint32_t)product;
        product >>= 32;
    }
    put_carry(n, (uint32_t)product);
}

void mmv_natural_multiply_power10(struct mmv_natural *n, int power)
{
    static const uint32_t powers5[] = {1,     5,      25,      125,     625,      3125,     15625,
                                       78125, 390625, 1953125, 9765625, 48828125, 244140625};
    const uint32_t power5_13 = 1220703125; /* the largest of 32 bits */

    for (int left = power; left > 0; left -= 13)
        mmv_natural_multiply(n, left < 13 ? powers5[left] : power5_13);
    mmv_natural_shift(n, power);
}

int mmv_natural_compare(const struct mmv_natural *a, const struct mmv_natural *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (int i = a->count - 1; i >= 0; i--)
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

int mmv_natural_compare_sum(const struct mmv_natural *a, const struct mmv_natural *c,
                            const struct mmv_natural *b)
{
    struct mmv_natural sum;

    memcpy(&sum, a, offsetof(struct mmv_natural, words) + (size_t)a->count * sizeof *a->words);
    mmv_natural_add(&sum, c);
    return mmv_natural_compare(&sum, b);
}

/* To where the highest word has 28 bits: ten times it still is one word, and an
 * estimate of a quotient from the highest words is at most one too small. */
int mmv_natural_divisor_shift(const struct mmv_natural *divisor)
{
    int bits = 32 - __builtin_clz(divisor->words[divisor->count - 1]);

    return bits <= 28 ? 28 - bits : 28 + 32 - bits;
}

static void subtract(struct mmv_natural *n, const struct mmv_natural *divisor, uint32_t times)
{
    uint64_t product = 0;
    int64_t difference = 0;

    for (int i = 0; i < divisor->count; i++) {
        product += (uint64_t)divisor->words[i] * times;
        difference += (int64_t)n->words[i] - (int64_t)(uint32_t)product;
        n->words[i] = (uint32_t)difference;
        difference >>= 32;
        product >>= 32;
    }
    drop_zeros(n);
}

unsigned mmv_natural_divide(struct mmv_natural *n, const struct mmv_natural *divisor)
{
    unsigned quotient;

    if (n->count < divisor->count)
        return 0;
    quotient = n->words[n->count - 1] / (divisor->words[divisor->count - 1] + 1);
    if (quotient > 0)
        subtract(n, divisor, quotient);
    if (mmv_natural_compare(n, divisor) >= 0) {
        subtract(n, divisor, 1);
        quotient++;
    }
    return quotient;
}

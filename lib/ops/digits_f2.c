/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/digits.h"

#include <stdbool.h>

/* Halves are counted in units of 2**-25, half the least of them: all of them and
 * all bounds between them are integers then, of 41 bits. */
#define UNIT_BITS 25

struct mmv_decimal mmv_digits_f2(uint16_t bits)
{
    unsigned field = bits >> 10 & 0x1f, fraction = bits & 0x3ff;
    int shift = field ? (int)field : 1;
    uint64_t value = (uint64_t)(fraction | (field ? 0x400u : 0)) << shift;
    /* What lies half way to the neighbours reads as the number itself if that is
     * even. Below a power of two they are twice as dense. */
    uint64_t above = 1ull << (shift - 1);
    uint64_t below = fraction == 0 && field > 1 ? above / 2 : above;
    uint64_t even = !(fraction & 1);
    uint64_t step = 10000ull << UNIT_BITS;
    int exponent = 4;

    for (;; exponent--) {
        uint64_t digits = value / step, rest = value % step;
        bool down = digits > 0 && rest < below + even;
        bool up = step - rest < above + even;

        if (down && up) { /* the nearer of the two, the even one half way */
            down = 2 * rest < step || (2 * rest == step && !(digits & 1));
            up = !down;
        }
        if (down || up)
            return (struct mmv_decimal){digits + up, exponent};
        if (exponent > 0) {
            step /= 10;
        } else {
            value *= 10;
            above *= 10;
            below *= 10;
            /* Still exact: the bounds are compared with <, even adds to both. */
        }
    }
}

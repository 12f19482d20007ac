/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_NUMBER_H
#define MMV_FORMAT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* C's strtol() in base 10, on text that need not be terminated and in no
 * locale: blanks, a sign, digits. Returns the bytes used, 0 if there is no
 * number; one that does not fit is cut to the nearest that does. */
static inline size_t mmv_strtol(const char *text, size_t length, int64_t *value)
{
    size_t at = 0, first;
    bool negative, cut = false;
    int64_t sum = 0;

    while (at < length && (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')))
        at++;
    negative = at < length && text[at] == '-';
    if (at < length && (text[at] == '-' || text[at] == '+'))
        at++;
    for (first = at; at < length && text[at] >= '0' && text[at] <= '9'; at++) {
        int64_t digit = text[at] - '0';

        cut = cut || __builtin_mul_overflow(sum, 10, &sum) ||
              __builtin_add_overflow(sum, negative ? -digit : digit, &sum);
    }
    if (at == first)
        return 0;
    if (cut)
        sum = negative ? INT64_MIN : INT64_MAX;
    *value = sum;
    return at;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_CHECKED_H
#define MMV_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mmview/types.h>

/* Arithmetic on numbers that a stranger chose. Each returns false, with
 * *result untouched, when the exact result does not fit. */

static inline bool mmv_add_intp(mmview_intp a, mmview_intp b, mmview_intp *result)
{
    mmview_intp r;

    if (__builtin_add_overflow(a, b, &r))
        return false;
    *result = r;
    return true;
}

static inline bool mmv_sub_intp(mmview_intp a, mmview_intp b, mmview_intp *result)
{
    mmview_intp r;

    if (__builtin_sub_overflow(a, b, &r))
        return false;
    *result = r;
    return true;
}

static inline bool mmv_mul_intp(mmview_intp a, mmview_intp b, mmview_intp *result)
{
    mmview_intp r;

    if (__builtin_mul_overflow(a, b, &r))
        return false;
    *result = r;
    return true;
}

static inline bool mmv_add_u64(uint64_t a, uint64_t b, uint64_t *result)
{
    uint64_t r;

    if (__builtin_add_overflow(a, b, &r))
        return false;
    *result = r;
    return true;
}

static inline bool mmv_mul_int(int a, int b, int *result)
{
    int r;

    if (__builtin_mul_overflow(a, b, &r))
        return false;
    *result = r;
    return true;
}

static inline bool mmv_add_int(int a, int b, int *result)
{
    int r;

    if (__builtin_add_overflow(a, b, &r))
        return false;
    *result = r;
    return true;
}

static inline bool mmv_add_size(size_t a, size_t b, size_t *result)
{
    size_t r;

    if (__builtin_add_overflow(a, b, &r))
        return false;
    *result = r;
    return true;
}

static inline bool mmv_mul_size(size_t a, size_t b, size_t *result)
{
    size_t r;

    if (__builtin_mul_overflow(a, b, &r))
        return false;
    *result = r;
    return true;
}

#endif

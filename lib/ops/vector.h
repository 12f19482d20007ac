/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_VECTOR_H
#define MMV_OPS_VECTOR_H

#include <stdbool.h>

/* Loops are compiled twice: for any processor, and in files named *_avx2.c for
 * those that have AVX2, which is asked at run time. */
#if defined __x86_64__ && defined __GNUC__
#define MMV_AVX2 1
#else
#define MMV_AVX2 0
#endif

/* Tests only: as if the processor had no AVX2. */
extern bool mmv_vector_off;

static inline bool mmv_vector_avx2(void)
{
#if MMV_AVX2
    return !mmv_vector_off && __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

#endif

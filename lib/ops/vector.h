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

/* The compilers' own way asks the processor whenever the library is loaded, also by a
 * program that computes nothing. A virtual machine is left for each of these questions,
 * which takes longer than to open a file; the C library's loader has asked them. */
#if MMV_AVX2 && defined HAVE_CPU_FEATURE_ACTIVE
#include <sys/platform/x86.h>
#define MMV_HAS_AVX2() CPU_FEATURE_ACTIVE(AVX2)
#define MMV_HAS_FMA()  CPU_FEATURE_ACTIVE(FMA)
#elif MMV_AVX2
#define MMV_HAS_AVX2() __builtin_cpu_supports("avx2")
#define MMV_HAS_FMA()  __builtin_cpu_supports("fma")
#else
#define MMV_HAS_AVX2() false
#define MMV_HAS_FMA()  false
#endif

/* Tests only: as if the processor had no AVX2. */
extern bool mmv_vector_off;

static inline bool mmv_vector_avx2(void)
{
    return !mmv_vector_off && MMV_HAS_AVX2();
}

static inline bool mmv_vector_fma(void)
{
    return mmv_vector_avx2() && MMV_HAS_FMA();
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdint.h>
#include <string.h>

#include "ops/vector.h"

#if !defined __clang__
#pragma GCC optimize("O3")
#endif

#define INTEGERS mmv_integers_plain
#include "ops/integers_loops.h"

const struct mmv_integers_loops *mmv_integers_choose(void)
{
#if MMV_AVX2
    return mmv_vector_avx2() ? &mmv_integers_avx2 : &mmv_integers_plain;
#else
    return &mmv_integers_plain;
#endif
}

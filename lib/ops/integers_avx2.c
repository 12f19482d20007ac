/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/vector.h"

#if MMV_AVX2
#include <stdint.h>
#include <string.h>

#if defined __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC optimize("O3")
#pragma GCC target("avx2")
#endif

#define INTEGERS mmv_integers_avx2
#include "ops/integers_loops.h"

#if defined __clang__
#pragma clang attribute pop
#endif
#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/vector.h"

#if MMV_AVX2
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#include <mmview/types.h>

#if defined __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC optimize("O3")
#pragma GCC target("avx2")
#endif

#define MOVE               mmv_move_avx2
#define VECTOR             32
#define STREAM(to, vector) _mm256_stream_si256((__m256i *)(void *)(to), (__m256i)(vector))
#define FENCE()            _mm_sfence()
#include "ops/move_loops.h"

#if defined __clang__
#pragma clang attribute pop
#endif
#endif

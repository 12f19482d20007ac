/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdint.h>
#if defined __x86_64__
#include <emmintrin.h>
#endif
#include <string.h>

#include <mmview/types.h>

#if !defined __clang__
#pragma GCC optimize("O3")
#endif

#define MOVE   mmv_move_plain
#define VECTOR 16
#if defined __x86_64__
#define STREAM(to, vector) _mm_stream_si128((__m128i *)(void *)(to), (__m128i)(vector))
#define FENCE()            _mm_sfence()
#else
#define STREAM(to, vector) (*(__typeof__(vector) *)(to) = (vector))
#define FENCE()            ((void)0)
#endif
#include "ops/move_loops.h"

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdint.h>
#include <string.h>

#include <mmview/dtype.h>

#if !defined __clang__
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#define CAST mmv_cast_plain
#include "ops/cast_loops.h"

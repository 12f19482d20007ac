/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdint.h>
#include <string.h>

#include <mmview/types.h>

#if !defined __clang__
#pragma GCC optimize("O3")
#endif

#define MOVE mmv_move_plain
#include "ops/move_loops.h"

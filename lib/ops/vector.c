/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/vector.h"

bool mmv_vector_off;

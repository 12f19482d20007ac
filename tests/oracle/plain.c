/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* libmmview as it is where the processor has no AVX2: what test_copies.py asks, too. */
#include "ops/vector.h"

__attribute__((constructor)) static void without_vectors(void)
{
    mmv_vector_off = true;
}

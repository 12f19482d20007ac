/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_ALLOC_H
#define MMV_BASE_ALLOC_H

#include <stddef.h>

/* Every allocation of the library goes through these three, so that a test
 * can make any one of them fail. */
void *mmv_alloc(size_t size) __attribute__((malloc, alloc_size(1)));
void *mmv_realloc(void *old, size_t size) __attribute__((alloc_size(2)));
void mmv_free(void *p);

/* Tests only: called before each allocation; non-zero makes it fail. */
extern int (*mmv_alloc_hook)(size_t size);

#endif

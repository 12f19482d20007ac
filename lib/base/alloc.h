/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_ALLOC_H
#define MMV_BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* Tests only: called before each allocation; non-zero makes it fail. */
extern int (*mmv_alloc_hook)(size_t size);

/* Asks the hook; sets errno as malloc() does. */
bool mmv_alloc_refused(size_t size);

/* Every allocation of the library goes through these three, so that a test
 * can make any one of them fail. */
static inline __attribute__((malloc, alloc_size(1))) void *mmv_alloc(size_t size)
{
    if (mmv_alloc_hook && mmv_alloc_refused(size))
        return NULL;
    return malloc(size ? size : 1);
}

void *mmv_realloc(void *old, size_t size) __attribute__((alloc_size(2)));

static inline void mmv_free(void *p)
{
    free(p);
}

#endif

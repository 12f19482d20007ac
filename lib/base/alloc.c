/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "base/alloc.h"

#include <errno.h>

int (*mmv_alloc_hook)(size_t size);

bool mmv_alloc_refused(size_t size)
{
    if (!mmv_alloc_hook(size))
        return false;
    errno = ENOMEM;
    return true;
}

void *mmv_realloc(void *old, size_t size)
{
    if (mmv_alloc_hook && mmv_alloc_refused(size))
        return NULL;
    return realloc(old, size ? size : 1);
}

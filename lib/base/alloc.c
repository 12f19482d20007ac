/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "base/alloc.h"

#include <errno.h>
#include <stdlib.h>

int (*mmv_alloc_hook)(size_t size);

static int refused(size_t size)
{
    if (!mmv_alloc_hook || !mmv_alloc_hook(size))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *mmv_alloc(size_t size)
{
    return refused(size) ? NULL : malloc(size ? size : 1);
}

void *mmv_realloc(void *old, size_t size)
{
    return refused(size) ? NULL : realloc(old, size ? size : 1);
}

void mmv_free(void *p)
{
    free(p);
}

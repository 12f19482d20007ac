/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/progress.h"

#include "base/error.h"

int mmv_progress(int (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                 uint64_t done, uint64_t total, struct mmview_error *err)
{
    if (progress && progress(context, done, total) != 0)
        return mmv_fail(err, MMVIEW_ECANCELED, "ended by the caller after %llu of %llu bytes",
                        (unsigned long long)done, (unsigned long long)total);
    return MMVIEW_OK;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "guard.h"

#include "report.h"

/* As many as a command reads at once. */
#define MOST 2

int guard_targets(const struct target *targets, size_t count, int (*look)(void *context),
                  void *context)
{
    struct mmview_array *arrays[MOST];
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status;

    for (size_t i = 0; i < count; i++)
        arrays[i] = targets[i].array;
    status = mmview_guard(arrays, count, look, context, &err);
    if (err.status == MMVIEW_OK)
        return status;
    if (err.status != MMVIEW_ETRUNCATED) {
        target_report(&targets[0], &err);
        return STATUS_ERROR;
    }
    for (size_t i = 0; i < count; i++)
        if (!guard_intact(&targets[i]))
            target_report(&targets[i], &err);
    return STATUS_ERROR;
}

bool guard_intact(const struct target *target)
{
    return mmview_guard_check(target->array, NULL) == MMVIEW_OK;
}

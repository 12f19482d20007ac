/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/guard.h>

#include <signal.h>

#include "array/array.h"
#include "os/guard.h"

static int begin_all(struct mmview_array *const *arrays, size_t count, size_t *begun,
                     struct mmview_error *err)
{
    for (*begun = 0; *begun < count; ++*begun) {
        int status = mmv_guard_begin(arrays[*begun]->source->map, err);

        if (status < 0)
            return status;
        mmview_array_ref(arrays[*begun]);
    }
    return MMVIEW_OK;
}

/* The bytes at the end of an array may be missing without a signal. */
static void look(const struct mmview_array *array)
{
    if (array->nbytes > 0)
        mmv_guard_look(array->source->map, array->source->origin.data_end);
}

/* Returns the status of the first that lost something. */
static int end_all(struct mmview_array *const *arrays, size_t count, struct mmview_error *err)
{
    int status = MMVIEW_OK;

    for (size_t i = 0; i < count; i++) {
        struct mmv_map *map = arrays[i]->source->map;

        look(arrays[i]);
        mmv_guard_end(map);
        if (status == MMVIEW_OK)
            status = mmv_guard_check(map, err);
        mmview_array_unref(arrays[i]);
    }
    return status;
}

int mmview_guard(struct mmview_array *const *arrays, size_t count, int (*call)(void *context),
                 void *context, struct mmview_error *err)
{
    bool had_error = err && err->status != MMVIEW_OK;
    struct mmview_error why = MMVIEW_ERROR_INIT;
    sigset_t bus, before;
    size_t begun;
    int result, status = begin_all(arrays, count, &begun, err);

    if (status < 0) {
        end_all(arrays, begun, NULL);
        return status;
    }
    /* The kernel ends a program that has it blocked. */
    sigemptyset(&bus);
    sigaddset(&bus, SIGBUS);
    pthread_sigmask(SIG_UNBLOCK, &bus, &before);
    result = call(context);
    if (sigismember(&before, SIGBUS) == 1)
        pthread_sigmask(SIG_BLOCK, &bus, NULL);

    status = end_all(arrays, count, &why);
    if (status == MMVIEW_OK)
        return result;
    /* Whatever the function says went wrong, it was this. */
    if (err && !had_error)
        *err = why;
    return status;
}

int mmview_guard_check(const struct mmview_array *array, struct mmview_error *err)
{
    look(array);
    return mmv_guard_check(array->source->map, err);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_REFCOUNT_H
#define MMV_BASE_REFCOUNT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef HAVE_SYS_SINGLE_THREADED_H
#include <sys/single_threaded.h>
#define MMV_SINGLE_THREADED __libc_single_threaded
#else
#define MMV_SINGLE_THREADED false
#endif

/* How many hold an object. Counting is most of what a small view costs, and a
 * locked instruction most of the counting: it is left out while the process
 * has one thread, and where the count tells that nobody else has a reference. */
typedef atomic_size_t mmv_refcount;

static inline void mmv_refcount_init(mmv_refcount *count)
{
    atomic_init(count, 1);
}

static inline void mmv_refcount_up(mmv_refcount *count)
{
    if (MMV_SINGLE_THREADED)
        atomic_store_explicit(count, atomic_load_explicit(count, memory_order_relaxed) + 1,
                              memory_order_relaxed);
    else
        atomic_fetch_add_explicit(count, 1, memory_order_relaxed);
}

/* True if that was the last reference: what every thread did to the object comes
 * before its end. */
static inline bool mmv_refcount_down(mmv_refcount *count)
{
    size_t before = atomic_load_explicit(count, memory_order_acquire);

    if (before == 1)
        return true;
    if (!MMV_SINGLE_THREADED)
        return atomic_fetch_sub_explicit(count, 1, memory_order_acq_rel) == 1;
    atomic_store_explicit(count, before - 1, memory_order_relaxed);
    return false;
}

#endif

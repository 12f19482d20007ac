/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef AT_ONCE_H
#define AT_ONCE_H

#include "scratch.h"

/* Threads that do the same at once. */

#include <pthread.h>
#include <stdatomic.h>

#define THREADS 6

static pthread_barrier_t start;
static atomic_int wrong;

/* A failed check of Check must not end a thread. */
#define RIGHT(condition)  \
    do {                  \
        if (!(condition)) \
            wrong++;      \
    } while (0)

/* Each gets its number, an int, and waits at start: so the first calls are made at once, which
 * find out what the processor has and open other libraries. */
static inline void all_at_once(void *(*run)(void *))
{
    pthread_t threads[THREADS];
    int numbers[THREADS];

    wrong = 0;
    ck_assert_int_eq(pthread_barrier_init(&start, NULL, THREADS), 0);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, run, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    pthread_barrier_destroy(&start);
    ck_assert_int_eq(wrong, 0);
}

#endif

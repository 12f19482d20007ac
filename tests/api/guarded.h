/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef GUARDED_H
#define GUARDED_H

#include "scratch.h"

/* A file of pages that can be lost, and what is done with it in a guard. */

#define PAGES 16

static size_t page;
static struct mmview_error err;

static inline uint64_t length_of(size_t pages)
{
    return pages * page;
}

/* So many pages of ones, of which the header is in the first. */
static inline void make(const char *name, size_t pages)
{
    size_t size = pages * page - 128;
    unsigned char *data = malloc(size);
    char dict[128];

    ck_assert_ptr_nonnull(data);
    memset(data, 1, size);
    snprintf(dict, sizeof dict, "{'descr': '|u1', 'fortran_order': False, 'shape': (%zu,), }",
             size);
    write_npy(name, dict, data, size);
    free(data);
}

/* A file of PAGES pages, mapped. */
static inline struct mmview_array *open_a(enum mmview_mode mode)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;

    options.mode = (int)mode;
    mmview_error_clear(&err);
    make("a.npy", PAGES);
    return open_ok("a.npy", &options);
}

static inline int sum_of(const struct mmview_array *array)
{
    const volatile unsigned char *data = mmview_array_data(array);
    mmview_intp step = mmview_array_strides(array)[0];
    int sum = 0;

    for (mmview_intp i = 0; i < mmview_array_size(array); i++)
        sum += data[i * step];
    return sum;
}

struct work {
    struct mmview_array *array;
    const char *cut; /* this file to that size before it is read */
    uint64_t to;
    int times, sum, check;
};

static inline int work(void *context)
{
    struct work *work = context;

    work->times++;
    if (work->cut)
        stretch(work->cut, work->to);
    work->sum = sum_of(work->array);
    work->check = mmview_guard_check(work->array, NULL);
    return 7;
}

static inline int guarded(struct work *w)
{
    return mmview_guard(&w->array, 1, work, w, &err);
}

static inline void is_truncated(int status, uint64_t offset)
{
    ck_assert_int_eq(status, MMVIEW_ETRUNCATED);
    ck_assert_int_eq(err.status, MMVIEW_ETRUNCATED);
    ck_assert_str_eq(err.message, "the file has become shorter while it was read");
    ck_assert_uint_eq(err.offset, offset);
}

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static inline void *action_of_sigbus(void)
{
    struct sigaction now;

    ck_assert_int_eq(sigaction(SIGBUS, NULL, &now), 0);
    return now.sa_flags & SA_SIGINFO ? (void *)(uintptr_t)now.sa_sigaction
                                     : (void *)(uintptr_t)now.sa_handler;
}

#endif

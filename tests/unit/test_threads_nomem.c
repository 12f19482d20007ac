/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Threads that run out of memory at any moment: each call fails by itself, and what others hold
 * stays. */
#include "../api/at_once.h"

#include "base/alloc.h"

#define ROUNDS 200

static atomic_uint allocations;
static atomic_int fine, failed;
static struct mmview_array *shared;

/* Now and then, whoever asks. */
static int refuse(size_t size)
{
    (void)size;
    return allocations++ % 29 == 28;
}

static int is_right(const struct mmview_array *copy)
{
    const double *items = mmview_array_data(copy);

    return items[0] == values[4] && items[3] == values[2];
}

static int count_text(void *context, const char *text, size_t length)
{
    (void)text;
    *(size_t *)context += length;
    return 0;
}

/* With each step that is taken the next one can fail. */
static int take_steps(struct mmview_array **opened, struct mmview_array **view,
                      struct mmview_array **copy, struct mmview_error *err)
{
    struct mmview_statistics stats = MMVIEW_STATS_INIT;
    size_t length = 0;
    int status = mmview_open("a.npy", NULL, opened, err);

    if (status == MMVIEW_OK)
        status = mmview_view_select(shared, "::-1, 1:", SIZE_MAX, view, err);
    if (status == MMVIEW_OK)
        status = mmview_copy_new(*view, NULL, copy, err);
    if (status == MMVIEW_OK)
        RIGHT(is_right(*copy));
    if (status == MMVIEW_OK)
        status = mmview_write_text(*copy, NULL, count_text, &length, err);
    if (status == MMVIEW_OK)
        status = mmview_stats(*view, NULL, &stats, err);
    return status;
}

static void *run_out(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_array *opened = NULL, *view = NULL, *copy = NULL;
        int status = take_steps(&opened, &view, &copy, &err);

        RIGHT(status == err.status);
        RIGHT(status == MMVIEW_OK || status == MMVIEW_ENOMEM);
        fine += status == MMVIEW_OK;
        failed += status == MMVIEW_ENOMEM;
        RIGHT(memcmp(mmview_array_data(shared), values, sizeof values) == 0);
        mmview_array_unref(copy);
        mmview_array_unref(view);
        mmview_array_unref(opened);
    }
    return NULL;
}

START_TEST(now_and_then)
{
    int descriptors;

    write_values("a.npy");
    shared = open_ok("a.npy", NULL);
    descriptors = open_descriptors();
    mmv_alloc_hook = refuse;
    all_at_once(run_out);
    mmv_alloc_hook = NULL;
    ck_assert_int_gt(fine, 0);
    ck_assert_int_gt(failed, 0);
    ck_assert_int_eq(fine + failed, THREADS * ROUNDS);
    ck_assert_int_eq(open_descriptors(), descriptors);
    ck_assert_int_eq(maps_of("a.npy", NULL), 1);
    mmview_array_unref(shared);
    ck_assert_int_eq(maps_of("a.npy", NULL), 0);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("threads_nomem");

    tcase_add_test(tcase, now_and_then);
    return run_suite("threads_nomem", tcase);
}

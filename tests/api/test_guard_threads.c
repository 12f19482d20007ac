/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What mmview_guard(3) promises of threads. */
#include "at_once.h"
#include "guarded.h"

static void *work_in_thread(void *context)
{
    work(context);
    return NULL;
}

static int start_threads(void *context)
{
    struct work *w = context, ws[4] = {*w, *w, *w, *w};
    pthread_t threads[4];

    stretch("a.npy", length_of(2));
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work_in_thread, &ws[i]), 0);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    w->sum = ws[0].sum + ws[3].sum;
    return 0;
}

START_TEST(threads_of_the_function)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R)};

    is_truncated(mmview_guard(&w.array, 1, start_threads, &w, &err), length_of(2));
    ck_assert_int_eq(w.sum, 2 * ((int)length_of(2) - 128));
    mmview_array_unref(w.array);
}
END_TEST

struct runner {
    struct work work;
    char name[24];
    int status[20];
    uint64_t offset;
};

/* Its own file, which is cut in every other round, and one that all have. */
static void *run_guards(void *context)
{
    struct runner *runner = context;
    struct mmview_array *shared = runner->work.array;

    for (int i = 0; i < COUNT(runner->status); i++) {
        struct mmview_error why = MMVIEW_ERROR_INIT;
        struct mmview_array *arrays[2] = {shared, NULL};
        struct work w = {.cut = i % 2 ? runner->name : NULL, .to = length_of(1)};

        make(runner->name, 3);
        if (mmview_open(runner->name, NULL, &arrays[1], NULL) < 0)
            return NULL;
        w.array = arrays[1];
        runner->status[i] = mmview_guard(arrays, 2, work, &w, &why);
        runner->offset = why.offset;
        mmview_array_unref(arrays[1]);
    }
    return runner;
}

START_TEST(threads_with_guards)
{
    struct mmview_array *shared = open_a(MMVIEW_MODE_R);
    struct runner runners[4];
    pthread_t threads[4];
    void *before = action_of_sigbus();

    for (int i = 0; i < 4; i++) {
        runners[i] = (struct runner){.work = {.array = shared}};
        snprintf(runners[i].name, sizeof runners[i].name, "t%d.npy", i);
        ck_assert_int_eq(pthread_create(&threads[i], NULL, run_guards, &runners[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *result;

        ck_assert_int_eq(pthread_join(threads[i], &result), 0);
        ck_assert_ptr_eq(result, &runners[i]);
        for (int k = 0; k < COUNT(runners[i].status); k++)
            ck_assert_int_eq(runners[i].status[k], k % 2 ? MMVIEW_ETRUNCATED : 7);
        ck_assert_uint_eq(runners[i].offset, length_of(1));
    }
    ck_assert_ptr_eq(action_of_sigbus(), before);
    ck_assert_int_eq(mmview_guard_check(shared, NULL), MMVIEW_OK);
    mmview_array_unref(shared);
}
END_TEST

/* ---- One map, which all have. */

static struct mmview_array *of_all;

/* Nobody reads before the file was cut, and nobody's guard ends before all have read. */
static int read_together(void *context)
{
    struct work *w = context;

    pthread_barrier_wait(&start);
    if (w->cut)
        stretch(w->cut, w->to);
    pthread_barrier_wait(&start);
    w->sum = sum_of(w->array);
    pthread_barrier_wait(&start);
    return 7;
}

/* All guards of a map fail, of whichever view of it; who has none finds zeros. */
static void *guard_together(void *number)
{
    int i = *(int *)number;
    struct mmview_error why = MMVIEW_ERROR_INIT;
    struct work w = {.cut = i == 0 ? "a.npy" : NULL, .to = length_of(3)};
    int ones = (int)length_of(3) - 128;
    int status = mmview_view_select(of_all, i % 2 ? "::-1" : "1:", SIZE_MAX, &w.array, NULL);

    RIGHT(status == MMVIEW_OK);
    pthread_barrier_wait(&start);
    if (i == THREADS - 1) {
        RIGHT(read_together(&w) == 7);
    } else {
        RIGHT(mmview_guard(&w.array, 1, read_together, &w, &why) == MMVIEW_ETRUNCATED);
        RIGHT(why.offset == length_of(3));
    }
    RIGHT(w.sum == (i % 2 ? ones : ones - 1));
    RIGHT(mmview_guard_check(of_all, NULL) == MMVIEW_ETRUNCATED);
    mmview_array_unref(w.array);
    return NULL;
}

START_TEST(threads_with_one_map)
{
    void *before = action_of_sigbus();

    of_all = open_a(MMVIEW_MODE_R);
    all_at_once(guard_together);
    ck_assert_ptr_eq(action_of_sigbus(), before);
    mmview_array_unref(of_all);
    ck_assert_int_eq(maps_of("a.npy", NULL), 0);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("guard_threads");

    page = (size_t)sysconf(_SC_PAGESIZE);
    tcase_add_test(tcase, threads_of_the_function);
    tcase_add_test(tcase, threads_with_guards);
    tcase_add_test(tcase, threads_with_one_map);
    return run_suite("guard_threads", tcase);
}

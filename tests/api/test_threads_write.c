/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Threads that write: to a file that is one's at a time, and to one that all want. What
 * processes do to each other is in tests/faults/stress.test. */
#include "at_once.h"

#define ROUNDS 40

static const mmview_intp two[] = {2};
static struct mmview_writer *writer;
static atomic_int done;

/* Ones, twos, ... */
static struct mmview_array *array_of(double value)
{
    static _Thread_local unsigned char bytes[128 + sizeof values];
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    double items[6];

    for (int i = 0; i < 6; i++)
        items[i] = value;
    memset(bytes, ' ', 128);
    memcpy(bytes, "\x93NUMPY\x01\0\x76", 10);
    memcpy(bytes + 10, "{'descr': '=f8', 'fortran_order': False, 'shape': (3, 2), }", 59);
    bytes[127] = '\n';
    memcpy(bytes + 128, items, sizeof items);
    if (mmview_from_memory(bytes, sizeof bytes, NULL, &array, &err) < 0)
        wrong++;
    return array;
}

/* Readers see one of the files as a whole, writers that somebody else is at it. */
static void *save_and_read(void *number)
{
    struct mmview_array *mine = array_of(*(int *)number);

    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        struct mmview_array *found = NULL;
        int status = mmview_save("a.npy", mine, NULL, NULL);
        const double *items;

        RIGHT(status == MMVIEW_OK || status == MMVIEW_EBUSY);
        done += status == MMVIEW_OK;
        status = mmview_open("a.npy", NULL, &found, NULL);
        RIGHT(status == MMVIEW_OK);
        if (status < 0)
            break;
        items = mmview_array_data(found);
        for (int k = 1; k < 6; k++)
            RIGHT(items[k] == items[0]);
        RIGHT(items[0] >= 0 && items[0] < THREADS);
        mmview_array_unref(found);
    }
    mmview_array_unref(mine);
    return NULL;
}

START_TEST(all_save_a_file)
{
    int descriptors = open_descriptors();
    struct mmview_array *first = array_of(0);

    /* Before, or the first who reads might find none. */
    ck_assert_int_eq(mmview_save("a.npy", first, NULL, NULL), MMVIEW_OK);
    mmview_array_unref(first);
    done = 0;
    all_at_once(save_and_read);
    ck_assert_int_ge(done, 1);
    ck_assert_int_eq(open_descriptors(), descriptors);
    ck_assert_int_eq(unlink("a.npy"), 0); /* and then the folder is empty, see scratch_leave() */
}
END_TEST

/* A row that was taken is in the file, whoever is refused in the meantime. */
static void *append_rows(void *number)
{
    struct mmview_array *mine = array_of(*(int *)number);

    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        int status = mmview_append("a.npy", mine, NULL, NULL);

        RIGHT(status == MMVIEW_OK || status == MMVIEW_EBUSY);
        done += status == MMVIEW_OK;
    }
    mmview_array_unref(mine);
    return NULL;
}

START_TEST(all_append_to_a_file)
{
    struct mmview_array *array = array_of(0);
    const double *items;

    ck_assert_int_eq(mmview_save("a.npy", array, NULL, NULL), MMVIEW_OK);
    mmview_array_unref(array);
    done = 1;
    all_at_once(append_rows);
    array = open_ok("a.npy", NULL);
    ck_assert_int_gt(done, 1);
    ck_assert_int_eq(mmview_array_shape(array)[0], 3 * done);
    items = mmview_array_data(array);
    for (int i = 0; i < 6 * done; i++)
        ck_assert(items[i] == items[i / 6 * 6]);
    mmview_array_unref(array);
}
END_TEST

/* Each in its turn. */
static void *put_a_row(void *number)
{
    int i = *(int *)number;
    double row[2] = {i, -i};

    pthread_barrier_wait(&start);
    for (int turn = 0; turn < THREADS; turn++) {
        if (turn == i) {
            RIGHT(mmview_writer_put(writer, row, sizeof row, NULL) == MMVIEW_OK);
            RIGHT(mmview_writer_rows(writer) == i + 1);
            if (i == THREADS - 1)
                RIGHT(mmview_writer_finish(writer, NULL) == MMVIEW_OK);
        }
        pthread_barrier_wait(&start);
    }
    return NULL;
}

START_TEST(one_writer_after_the_other)
{
    struct mmview_writer_options options = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_array *array;

    options.row_shape = two;
    options.row_ndim = 1;
    ck_assert_int_eq(mmview_writer_create("a.npy", &options, &writer, NULL), MMVIEW_OK);
    all_at_once(put_a_row);
    array = open_ok("a.npy", NULL);
    ck_assert_int_eq(mmview_array_shape(array)[0], THREADS);
    for (int i = 0; i < THREADS; i++)
        ck_assert(((const double *)mmview_array_data(array))[2 * i + 1] == -i);
    mmview_array_unref(array);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("threads_write");

    tcase_add_test(tcase, all_save_a_file);
    tcase_add_test(tcase, all_append_to_a_file);
    tcase_add_test(tcase, one_writer_after_the_other);
    return run_suite("threads_write", tcase);
}

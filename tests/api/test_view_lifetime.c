/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What a view holds: the map and a dtype, not the array it was made of. */
#include <pthread.h>
#include <stdatomic.h>

#include "views.h"

#define DEPTH 5

static unsigned char memory[128 + 48];
static atomic_int released;

static void count_release(void *context)
{
    ++*(atomic_int *)context;
}

/* 4 x 3 structs of two int16, which count from 0; released counts. */
static struct mmview_array *start(void)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    static const char dict[] = "{'descr': [('x', '<i2'), ('y', '<i2')], 'fortran_order': False, "
                               "'shape': (4, 3)}";
    struct mmview_array *array = NULL;

    memset(memory, ' ', 128);
    memcpy(memory, "\x93NUMPY\x01\0\x76\0", 10);
    memcpy(memory + 10, dict, sizeof dict - 1);
    memory[127] = '\n';
    for (unsigned char i = 0; i < 24; i++)
        memory[128 + 2 * i] = i;
    released = 0;
    options.release = count_release;
    options.context = &released;
    ck_assert_int_eq(mmview_from_memory(memory, sizeof memory, &options, &array, NULL), MMVIEW_OK);
    return array;
}

/* The int16 at a place of two axes. */
static int at(const struct mmview_array *array, mmview_intp i, mmview_intp j)
{
    const mmview_intp *strides = mmview_array_strides(array);
    const unsigned char *p = mmview_array_data(array);

    p += i * strides[0] + j * strides[1];
    return p[0] | p[1] << 8;
}

/* An array and the views of views of it: each has a dtype or a layout of its own. */
static void make(struct mmview_array *a[DEPTH])
{
    a[0] = start();
    ck_assert_int_eq(mmview_view_select(a[0], "::-1", SIZE_MAX, &a[1], NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_transpose(a[1], NULL, 0, &a[2], NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_select(a[2], "['y']", SIZE_MAX, &a[3], NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_field(a[3], "y", SIZE_MAX, &a[4], NULL), MMVIEW_OK);
}

static void look(struct mmview_array *const a[DEPTH])
{
    static const char *const looks[DEPTH] = {
        "4,3 | 12,4 | 128 | [('x', '<i2'), ('y', '<i2')] | CA",
        "4,3 | -12,4 | 164 | [('x', '<i2'), ('y', '<i2')] | A",
        "3,4 | 4,-12 | 164 | [('x', '<i2'), ('y', '<i2')] | A",
        "3,4 | 4,-12 | 164 | [('', '|V2'), ('y', '<i2')] | A",
        "3,4 | 4,-12 | 166 | '<i2' | A",
    };

    for (int i = 0; i < DEPTH; i++)
        if (a[i]) {
            ck_assert_str_eq(look_of(a[i]), looks[i]);
            /* Its own first byte's place, and the file's facts. */
            ck_assert_ptr_eq(mmview_array_data(a[i]), memory + mmview_array_offset(a[i]));
            ck_assert_uint_eq(mmview_array_data_offset(a[i]), 128);
            ck_assert_uint_eq(mmview_array_file_size(a[i]), sizeof memory);
            ck_assert_int_eq(mmview_array_order(a[i]), MMVIEW_ORDER_C);
            ck_assert_int_eq(mmview_array_format(a[i]), MMVIEW_FORMAT_NPY);
        }
    if (a[4]) {
        ck_assert_int_eq(at(a[4], 0, 0), 19);
        ck_assert_int_eq(at(a[4], 2, 0), 23);
        ck_assert_int_eq(at(a[4], 0, 3), 1);
    }
}

/* Whoever goes first, the others can be read; the last one gives the memory back. */
START_TEST(every_order_of_dropping)
{
    const int orders = 5 * 4 * 3 * 2;

    for (int order = 0; order < orders; order++) {
        struct mmview_array *a[DEPTH];
        int digits = order;

        make(a);
        for (int left = DEPTH; left > 0; left--) {
            int nth = digits % left, which = 0;

            digits /= left;
            while (!a[which] || nth-- > 0)
                which++;
            look(a);
            ck_assert_int_eq(released, 0);
            mmview_array_unref(a[which]);
            a[which] = NULL;
        }
        ck_assert_int_eq(released, 1);
    }
}
END_TEST

/* A view's dtype, too, is one's own to keep. */
START_TEST(dtype_outlives_the_view)
{
    struct mmview_array *a[DEPTH];
    struct mmview_dtype *dtype;
    char text[64];

    make(a);
    dtype = mmview_dtype_ref(mmview_array_dtype(a[3]));
    for (int i = 0; i < DEPTH; i++)
        mmview_array_unref(a[i]);
    ck_assert_int_eq(released, 1);
    mmview_dtype_descr(dtype, text, sizeof text);
    ck_assert_str_eq(text, "[('', '|V2'), ('y', '<i2')]");
    mmview_dtype_unref(dtype);
}
END_TEST

/* What a failed call had taken, it has given back. */
START_TEST(failures_hold_nothing)
{
    static const char *const names[] = {"x", "x"};
    static const mmview_intp five[] = {5}, eight[] = {8};
    struct mmview_array *a = start(), *columns = NULL;
    struct mmview_dtype *dtype = NULL;

    ck_assert_int_eq(mmview_dtype_parse("V5", SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_select(a, ":, 1:", SIZE_MAX, &columns, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_select(a, "9", SIZE_MAX, &v, NULL), MMVIEW_EINDEX);
    ck_assert_int_eq(mmview_view_select(a, "['x', 'z']", SIZE_MAX, &v, NULL), MMVIEW_ENOTFOUND);
    ck_assert_int_eq(mmview_view_fields(a, names, NULL, 2, &v, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_view_dtype(a, dtype, &v, NULL), MMVIEW_ETYPE);
    ck_assert_int_eq(mmview_view_reshape(a, five, 1, MMVIEW_ORDER_C, &v, NULL), MMVIEW_ERESHAPE);
    ck_assert_int_eq(mmview_view_reshape(columns, eight, 1, MMVIEW_ORDER_C, &v, NULL),
                     MMVIEW_ENEEDSCOPY);
    ck_assert_int_eq(mmview_view_real(a, &v, NULL), MMVIEW_ETYPE);
    mmview_dtype_unref(dtype);
    mmview_array_unref(columns);
    ck_assert_int_eq(released, 0);
    mmview_array_unref(a);
    ck_assert_int_eq(released, 1);
}
END_TEST

/* ---- Two threads take views of one array, and drop each other's. */

#define ROUNDS 20000

static _Atomic(struct mmview_array *) handed;
static atomic_int wrong;

static void *take_and_drop(void *argument)
{
    struct mmview_array *a = argument;

    for (int i = 0; i < ROUNDS; i++) {
        struct mmview_array *row = NULL, *field = NULL, *picked = NULL;

        if (mmview_view_select(a, "::-1, 1:", SIZE_MAX, &row, NULL) < 0 ||
            mmview_view_select(row, "['y']", SIZE_MAX, &picked, NULL) < 0 ||
            mmview_view_field(picked, "y", SIZE_MAX, &field, NULL) < 0) {
            wrong++;
            continue;
        }
        mmview_array_unref(row);
        mmview_array_unref(picked);
        if (at(field, 0, 0) != 21 || at(field, 3, 1) != 5)
            wrong++;
        /* The other one's is read and dropped here, and this one there. */
        field = atomic_exchange(&handed, field);
        if (field && at(field, 1, 1) != 17)
            wrong++;
        mmview_array_unref(field);
    }
    mmview_array_unref(a);
    return NULL;
}

START_TEST(two_threads)
{
    struct mmview_array *a = start();
    pthread_t threads[2];

    handed = NULL;
    wrong = 0;
    for (int i = 0; i < COUNT(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, take_and_drop, mmview_array_ref(a)), 0);
    mmview_array_unref(a); /* which of the threads lets go last, nobody knows */
    for (int i = 0; i < COUNT(threads); i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    ck_assert_int_eq(wrong, 0);
    ck_assert_int_eq(released, 0); /* one is still handed over */
    mmview_array_unref(handed);
    ck_assert_int_eq(released, 1);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("view_lifetime");

    tcase_add_test(tcase, every_order_of_dropping);
    tcase_add_test(tcase, dtype_outlives_the_view);
    tcase_add_test(tcase, failures_hold_nothing);
    tcase_add_test(tcase, two_threads);
    return run_suite("view_lifetime", tcase);
}

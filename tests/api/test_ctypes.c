/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* struct mmview_ctypes: what numpy.ndarray.ctypes shows, and what it holds. */
#include <mmview.h>

#include "scratch.h"

START_TEST(shows_the_array)
{
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *a;

    write_values("v.npy");
    a = open_ok("v.npy", NULL);
    mmview_ctypes_init(&view, a);
    ck_assert_ptr_eq(view.data, mmview_array_data(a));
    ck_assert_int_eq(view.ndim, 2);
    ck_assert_int_eq(view.shape[0], 2);
    ck_assert_int_eq(view.shape[1], 3);
    ck_assert_int_eq(view.strides[0], 24);
    ck_assert_int_eq(view.strides[1], 8);
    ck_assert_ptr_eq(view.owner, a);
    mmview_ctypes_clear(&view);
    mmview_array_unref(a);
}
END_TEST

/* NumPy's (a + b).ctypes dangles; this one can not. */
START_TEST(keeps_the_array)
{
    struct mmview_ctypes first = MMVIEW_CTYPES_INIT, second = MMVIEW_CTYPES_INIT;
    struct mmview_array *a;

    write_values("v.npy");
    a = open_ok("v.npy", NULL);
    mmview_ctypes_init(&first, a);
    mmview_ctypes_init(&second, a);
    mmview_array_unref(a);
    mmview_ctypes_clear(&first);
    ck_assert_int_eq(maps_of("v.npy", NULL), 1);
    ck_assert(((const double *)second.data)[5] == values[5]);
    ck_assert_int_eq(second.shape[1], 3);
    mmview_ctypes_clear(&second);
    ck_assert_int_eq(maps_of("v.npy", NULL), 0);
}
END_TEST

/* A view of a view of an array: whoever goes first, the last one left can read. */
START_TEST(outlives_every_parent)
{
    /* Each order in which the four references are given back. */
    for (int order = 0; order < 24; order++) {
        struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
        struct mmview_array *a[3];
        int left[4] = {0, 1, 2, 3}, digits = order;

        write_values("v.npy");
        a[0] = open_ok("v.npy", NULL);
        ck_assert_int_eq(mmview_view_select(a[0], "::-1", SIZE_MAX, &a[1], NULL), MMVIEW_OK);
        ck_assert_int_eq(mmview_view_select(a[1], ":, 1:", SIZE_MAX, &a[2], NULL), MMVIEW_OK);
        mmview_ctypes_init(&view, a[2]);

        for (int n = 4; n > 0; n--) {
            int which = digits % n, gone = left[which];

            digits /= n;
            left[which] = left[n - 1];
            if (view.owner)
                ck_assert(*MMVIEW_AT(const double, &view, 1, 0) == values[1]);
            if (gone == 3)
                mmview_ctypes_clear(&view);
            else
                mmview_array_unref(a[gone]);
            ck_assert_int_eq(maps_of("v.npy", NULL), n > 1);
        }
    }
}
END_TEST

START_TEST(is_empty_once_cleared)
{
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *a;

    mmview_ctypes_clear(&view); /* of nothing */
    write_values("v.npy");
    a = open_ok("v.npy", NULL);
    mmview_ctypes_init(&view, a);
    mmview_ctypes_clear(&view);
    ck_assert_ptr_null(view.data);
    ck_assert_int_eq(view.ndim, 0);
    ck_assert_ptr_null(view.shape);
    ck_assert_ptr_null(view.strides);
    ck_assert_ptr_null(view.owner);
    mmview_ctypes_clear(&view);
    ck_assert_int_eq(mmview_array_ndim(a), 2); /* the caller's own reference is left */
    mmview_array_unref(a);
}
END_TEST

/* ctypes.shape is None for an array without dimensions. */
START_TEST(zero_dimensions)
{
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *a;

    write_npy("z.npy", "{'descr': 'f8', 'fortran_order': False, 'shape': (), }", values, 8);
    a = open_ok("z.npy", NULL);
    mmview_ctypes_init(&view, a);
    mmview_array_unref(a);
    ck_assert_int_eq(view.ndim, 0);
    ck_assert_ptr_null(view.shape);
    ck_assert_ptr_null(view.strides);
    ck_assert(*(const double *)view.data == values[0]);
    mmview_ctypes_clear(&view);
}
END_TEST

START_TEST(empty_array)
{
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *a;

    write_npy("e.npy", "{'descr': 'f8', 'fortran_order': False, 'shape': (0, 3), }", NULL, 0);
    a = open_ok("e.npy", NULL);
    mmview_ctypes_init(&view, a);
    mmview_array_unref(a);
    ck_assert_ptr_nonnull(view.data);
    ck_assert_int_eq(view.shape[0], 0);
    ck_assert_int_eq(view.strides[0], 24);
    mmview_ctypes_clear(&view);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("ctypes");

    tcase_add_test(tcase, shows_the_array);
    tcase_add_test(tcase, keeps_the_array);
    tcase_add_test(tcase, outlives_every_parent);
    tcase_add_test(tcase, is_empty_once_cleared);
    tcase_add_test(tcase, zero_dimensions);
    tcase_add_test(tcase, empty_array);
    return run_suite("ctypes", tcase);
}

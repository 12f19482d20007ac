/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The arithmetic of views where the public functions do not get to easily. What
 * they do get to is in tests/api and tests/oracle. */
#include "array/view.h"

#include <limits.h>
#include <string.h>

#include "../suite.h"

#define MAX INTPTR_MAX
#define C   MMVIEW_C_CONTIGUOUS
#define F   MMVIEW_F_CONTIGUOUS

static const struct {
    int ndim;
    mmview_intp shape[3], strides[3];
    mmview_intp itemsize;
    bool fits;
    mmview_intp size, nbytes;
    int contiguity;
} layouts[] = {
    {0, {0}, {0}, 4, true, 1, 4, C | F},
    {2, {2, 3}, {12, 4}, 4, true, 6, 24, C},
    {2, {2, 3}, {4, 8}, 4, true, 6, 24, F},
    {2, {2, 3}, {24, 4}, 4, true, 6, 24, 0},
    {2, {2, 3}, {-12, 4}, 4, true, 6, 24, 0},
    {1, {MAX}, {0}, 1, true, MAX, MAX, 0},
    {1, {MAX}, {0}, 2, false, 0, 0, 0},
    {1, {MAX / 2}, {0}, 2, true, MAX / 2, MAX - 1, 0},
    /* A length of 0 makes it empty, but does not make room. */
    {2, {0, MAX}, {0, 1}, 1, true, 0, 0, C | F},
    {2, {MAX, 0}, {0, 1}, 2, false, 0, 0, 0},
    {3, {MAX, 0, 2}, {0, 1, 0}, 1, false, 0, 0, 0},
    {3, {0, MAX / 2, 2}, {0, 1, 0}, 1, true, 0, 0, C | F},
    /* Items without bytes always do. */
    {2, {MAX, MAX}, {0, 0}, 0, true, MAX, 0, C | F},
    {3, {MAX, MAX, 0}, {0, 0, 0}, 0, true, 0, 0, C | F},
    {2, {MAX, MAX}, {8, 0}, 0, true, MAX, 0, 0},
    {2, {1, 2}, {MAX, INTPTR_MIN}, 8, true, 2, 16, 0},
    {2, {1, 2}, {MAX, 8}, 8, true, 2, 16, C | F},
};

START_TEST(strided_layouts)
{
    struct mmv_measure measure;
    enum mmv_layout_fault fault = mmv_layout_measure(
        layouts[_i].ndim, layouts[_i].shape, layouts[_i].strides, layouts[_i].itemsize, &measure);

    ck_assert_int_eq(fault == MMV_LAYOUT_OK, layouts[_i].fits);
    if (fault)
        return;
    ck_assert_int_eq(measure.size, layouts[_i].size);
    ck_assert_int_eq(measure.nbytes, layouts[_i].nbytes);
    ck_assert_int_eq(measure.contiguity, layouts[_i].contiguity);
}
END_TEST

START_TEST(wrapping)
{
    ck_assert_int_eq(mmv_wrap_add(MAX, 1), INTPTR_MIN);
    ck_assert_int_eq(mmv_wrap_add(INTPTR_MIN, -1), MAX);
    ck_assert_int_eq(mmv_wrap_add(-3, 2), -1);
    ck_assert_int_eq(mmv_wrap_mul(MAX, 8), -8);
    ck_assert_int_eq(mmv_wrap_mul(INTPTR_MIN, -1), INTPTR_MIN);
    ck_assert_int_eq(mmv_wrap_mul(-3, 2), -6);
}
END_TEST

START_TEST(axes)
{
    static const struct {
        int axis, ndim, found;
    } good[] = {{0, 1, 0}, {-1, 1, 0}, {63, 64, 63}, {-64, 64, 0}, {1, 65, 1}},
      bad[] = {{0, 0, 0},   {-1, 0, 0},      {1, 1, 0},      {-2, 1, 0},
               {64, 64, 0}, {INT_MAX, 3, 0}, {INT_MIN, 3, 0}};

    for (int i = 0; i < COUNT(good); i++) {
        int axis = -99;

        ck_assert_int_eq(mmv_view_axis("", good[i].axis, good[i].ndim, &axis, NULL), MMVIEW_OK);
        ck_assert_int_eq(axis, good[i].found);
    }
    for (int i = 0; i < COUNT(bad); i++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        int axis = -99;

        ck_assert_int_eq(mmv_view_axis("axis2: ", bad[i].axis, bad[i].ndim, &axis, &err),
                         MMVIEW_EAXIS);
        ck_assert_int_eq(axis, -99);
        ck_assert_int_eq(strncmp(err.message, "axis2: axis ", 12), 0);
    }
}
END_TEST

START_TEST(shape_texts)
{
    mmview_intp shape[MMVIEW_MAXDIMS];
    char last[5] = "";

    shape[0] = 3;
    shape[1] = -1;
    shape[2] = 0;
    ck_assert_str_eq(mmv_shape_text(shape, 0).text, "()");
    ck_assert_str_eq(mmv_shape_text(shape, 1).text, "(3,)");
    ck_assert_str_eq(mmv_shape_text(shape, 3).text, "(3,newaxis,0)");
    shape[0] = INTPTR_MIN;
    ck_assert_str_eq(mmv_shape_text(shape, 1).text, "(newaxis,)");

    /* As long as there is room for, and a digit more: 64 lengths of one digit are
     * 129 characters, and so 30 of them may have two. */
    for (int i = 0; i < MMVIEW_MAXDIMS; i++)
        shape[i] = i < 30 ? 10 : 1;
    ck_assert_uint_eq(strlen(mmv_shape_text(shape, MMVIEW_MAXDIMS).text), 159);
    memcpy(last, mmv_shape_text(shape, MMVIEW_MAXDIMS).text + 155, 4);
    ck_assert_str_eq(last, "1,1)");
    shape[0] = 100;
    ck_assert_uint_eq(strlen(mmv_shape_text(shape, MMVIEW_MAXDIMS).text), 159);
    memcpy(last, mmv_shape_text(shape, MMVIEW_MAXDIMS).text + 155, 4);
    ck_assert_str_eq(last, "...)");
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, strided_layouts, 0, COUNT(layouts));
    tcase_add_test(tcase, wrapping);
    tcase_add_test(tcase, axes);
    tcase_add_test(tcase, shape_texts);
}

int main(void)
{
    return run_suite("view", add_tests);
}

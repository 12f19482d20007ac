/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Views that put axes in another order, add them, take them away or repeat
 * them; mmview_view_reshape() has a suite of its own. */
#include "views.h"

START_TEST(transpose)
{
    static const int axes[] = {2, 0, 1}, negative[] = {-1, -3, -2}, same[] = {0, 1, 2};
    static const int twice[] = {0, 1, -3}, past[] = {0, 1, 3}, before[] = {-4, 1, 2};
    struct mmview_array *a = array_of("'<f4'", "(2, 3, 4)", MMVIEW_ORDER_C, 96);

    MAKES("4,3,2 | 4,16,48 | 128 | '<f4' | FAW", mmview_view_transpose(a, NULL, 0, &v, &err));
    MAKES("4,2,3 | 4,48,16 | 128 | '<f4' | AW", mmview_view_transpose(a, axes, 3, &v, &err));
    MAKES("4,2,3 | 4,48,16 | 128 | '<f4' | AW", mmview_view_transpose(a, negative, 3, &v, &err));
    MAKES("2,3,4 | 48,16,4 | 128 | '<f4' | CAW", mmview_view_transpose(a, same, 3, &v, &err));
    FAILS(MMVIEW_EAXIS, "axes don't match array", mmview_view_transpose(a, axes, 2, &v, &err));
    FAILS(MMVIEW_EAXIS, "axes don't match array", mmview_view_transpose(a, axes, 0, &v, &err));
    FAILS(MMVIEW_EAXIS, "repeated axis in transpose", mmview_view_transpose(a, twice, 3, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis 3 is out of bounds for array of dimension 3",
          mmview_view_transpose(a, past, 3, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis -4 is out of bounds for array of dimension 3",
          mmview_view_transpose(a, before, 3, &v, &err));
    FAILS(MMVIEW_EINVAL, "axes that are not there", mmview_view_transpose(a, NULL, 3, &v, &err));
    FAILS(MMVIEW_EINVAL, "axes that are not there", mmview_view_transpose(a, axes, -1, &v, &err));
    mmview_array_unref(a);

    a = array_of("'<f4'", "()", MMVIEW_ORDER_C, 4);
    MAKES(" |  | 128 | '<f4' | CFAW", mmview_view_transpose(a, NULL, 0, &v, &err));
    MAKES(" |  | 128 | '<f4' | CFAW", mmview_view_transpose(a, axes, 0, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(swapaxes)
{
    struct mmview_array *a = array_of("'<f4'", "(2, 3, 4)", MMVIEW_ORDER_C, 96);

    MAKES("4,3,2 | 4,16,48 | 128 | '<f4' | FAW", mmview_view_swapaxes(a, 0, 2, &v, &err));
    MAKES("2,4,3 | 48,4,16 | 128 | '<f4' | AW", mmview_view_swapaxes(a, -1, -2, &v, &err));
    MAKES("2,3,4 | 48,16,4 | 128 | '<f4' | CAW", mmview_view_swapaxes(a, 1, -2, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis1: axis 3 is out of bounds for array of dimension 3",
          mmview_view_swapaxes(a, 3, 9, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis2: axis -4 is out of bounds for array of dimension 3",
          mmview_view_swapaxes(a, 0, -4, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(expand_dims)
{
    struct mmview_array *a = array_of("'<f4'", "(2, 3)", MMVIEW_ORDER_C, 24);

    MAKES("1,2,3 | 24,12,4 | 128 | '<f4' | CAW", mmview_view_expand_dims(a, 0, &v, &err));
    MAKES("2,1,3 | 12,12,4 | 128 | '<f4' | CAW", mmview_view_expand_dims(a, 1, &v, &err));
    MAKES("2,3,1 | 12,4,4 | 128 | '<f4' | CAW", mmview_view_expand_dims(a, -1, &v, &err));
    MAKES("1,2,3 | 24,12,4 | 128 | '<f4' | CAW", mmview_view_expand_dims(a, -3, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis 3 is out of bounds for array of dimension 3",
          mmview_view_expand_dims(a, 3, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis -4 is out of bounds for array of dimension 3",
          mmview_view_expand_dims(a, -4, &v, &err));
    mmview_array_unref(a);

    a = array_of("'|u1'", ones(MMVIEW_MAXDIMS), MMVIEW_ORDER_C, 1);
    FAILS(MMVIEW_ERESHAPE, "maximum supported dimension for an ndarray is 64, found 65",
          mmview_view_expand_dims(a, MMVIEW_MAXDIMS, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(squeeze)
{
    struct mmview_array *a = array_of("'<f4'", "(1, 3, 1, 2)", MMVIEW_ORDER_C, 24);

    MAKES("3,2 | 8,4 | 128 | '<f4' | CAW", mmview_view_squeeze(a, MMVIEW_ALL_AXES, &v, &err));
    MAKES("3,1,2 | 8,8,4 | 128 | '<f4' | CAW", mmview_view_squeeze(a, 0, &v, &err));
    MAKES("1,3,2 | 24,8,4 | 128 | '<f4' | CAW", mmview_view_squeeze(a, -2, &v, &err));
    FAILS(MMVIEW_EAXIS, "cannot select an axis to squeeze out which has size not equal to one",
          mmview_view_squeeze(a, 1, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis 4 is out of bounds for array of dimension 4",
          mmview_view_squeeze(a, 4, &v, &err));
    mmview_array_unref(a);

    a = array_of("'<f4'", ones(MMVIEW_MAXDIMS), MMVIEW_ORDER_C, 4);
    KEEPS(" |  | 256 | '<f4' | CFAW", mmview_view_squeeze(a, MMVIEW_ALL_AXES, &v, &err));
    become(&a);
    MAKES(" |  | 256 | '<f4' | CFAW", mmview_view_squeeze(a, MMVIEW_ALL_AXES, &v, &err));
    /* NumPy lets these two pass, and no other. */
    MAKES(" |  | 256 | '<f4' | CFAW", mmview_view_squeeze(a, 0, &v, &err));
    MAKES(" |  | 256 | '<f4' | CFAW", mmview_view_squeeze(a, -1, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis 1 is out of bounds for array of dimension 0",
          mmview_view_squeeze(a, 1, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(diagonal)
{
    struct mmview_array *a = array_of("'<i2'", "(3, 4, 5)", MMVIEW_ORDER_C, 120);

    /* Never writable. */
    MAKES("5,3 | 2,50 | 128 | '<i2' | A", mmview_view_diagonal(a, 0, 0, 1, &v, &err));
    MAKES("5,3 | 2,50 | 138 | '<i2' | A", mmview_view_diagonal(a, 1, 0, 1, &v, &err));
    MAKES("5,1 | 2,50 | 158 | '<i2' | CFA", mmview_view_diagonal(a, 3, 0, 1, &v, &err));
    MAKES("5,2 | 2,50 | 168 | '<i2' | A", mmview_view_diagonal(a, -1, 0, 1, &v, &err));
    MAKES("5,2 | 2,50 | 168 | '<i2' | A", mmview_view_diagonal(a, 1, 1, 0, &v, &err));
    MAKES("3,4 | 40,12 | 128 | '<i2' | A", mmview_view_diagonal(a, 0, -1, -2, &v, &err));
    /* Just behind the last item, and further. */
    MAKES("5,0 | 2,50 | 168 | '<i2' | CFA", mmview_view_diagonal(a, 4, 0, 1, &v, &err));
    MAKES("5,0 | 2,50 | 248 | '<i2' | CFA", mmview_view_diagonal(a, -3, 0, 1, &v, &err));
    MAKES("5,0 | 2,50 | 128 | '<i2' | CFA", mmview_view_diagonal(a, 5, 0, 1, &v, &err));
    MAKES("5,0 | 2,50 | 128 | '<i2' | CFA", mmview_view_diagonal(a, INTPTR_MAX, 0, 1, &v, &err));
    MAKES("5,0 | 2,50 | 128 | '<i2' | CFA", mmview_view_diagonal(a, INTPTR_MIN, 0, 1, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis1 and axis2 cannot be the same",
          mmview_view_diagonal(a, 0, 1, -2, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis1: axis 3 is out of bounds for array of dimension 3",
          mmview_view_diagonal(a, 0, 3, 9, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis2: axis -4 is out of bounds for array of dimension 3",
          mmview_view_diagonal(a, 0, 0, -4, &v, &err));
    mmview_array_unref(a);

    a = array_of("'<i2'", "(3,)", MMVIEW_ORDER_C, 6);
    FAILS(MMVIEW_EAXIS, "diag requires an array of at least two dimensions",
          mmview_view_diagonal(a, 0, 0, 0, &v, &err));
    mmview_array_unref(a);
}
END_TEST

/* Strides whose sum does not fit: one item has no next. */
START_TEST(diagonal_of_wrapped_strides)
{
    struct mmview_array *a = array_of("'<i8'", "(2, 2)", MMVIEW_ORDER_C, 32);

    KEEPS("1,1 | " MOST_LESS_15 "," MOST_LESS_7 " | 128 | '<i8' | CFAW",
          mmview_view_select(a, "::" SIXTEENTH_LESS_1 ", ::" EIGHTH_LESS_1, SIZE_MAX, &v, &err));
    become(&a);
    MAKES("1 | -24 | 128 | '<i8' | CFA", mmview_view_diagonal(a, 0, 0, 1, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(broadcast)
{
    static const mmview_intp whole[] = {2, 5, 4, 3}, none[] = {0, 4, 3}, wrong[] = {5, 4, 2};
    static const mmview_intp huge[] = {INTPTR_MAX, 2, 4, 3}, bytes[] = {INTPTR_MAX / 12, 4, 3};
    static const mmview_intp negative[] = {2, -1, 3};
    struct mmview_array *a = array_of("'<i4'", "(1, 4, 3)", MMVIEW_ORDER_C, 48);
    mmview_intp many[MMVIEW_MAXDIMS + 1];

    /* Never writable. */
    MAKES("2,5,4,3 | 0,0,12,4 | 128 | '<i4' | A", mmview_view_broadcast(a, whole, 4, &v, &err));
    MAKES("0,4,3 | 0,12,4 | 128 | '<i4' | CFA", mmview_view_broadcast(a, none, 3, &v, &err));
    /* The axis of length 1 stands still, were it to stay as it is. */
    MAKES("1,4,3 | 0,12,4 | 128 | '<i4' | CA",
          mmview_view_broadcast(a, mmview_array_shape(a), 3, &v, &err));
    FAILS(MMVIEW_ERESHAPE,
          "operands could not be broadcast together with remapped shapes [original->remapped]: "
          "(1,4,3)  and requested shape (5,4,2)",
          mmview_view_broadcast(a, wrong, 3, &v, &err));
    FAILS(MMVIEW_ERESHAPE,
          "operands could not be broadcast together with remapped shapes [original->remapped]: "
          "(1,4,3)  and requested shape (5,4)",
          mmview_view_broadcast(a, wrong, 2, &v, &err));
    FAILS(MMVIEW_ERESHAPE, "all elements of broadcast shape must be non-negative",
          mmview_view_broadcast(a, negative, 3, &v, &err));
    FAILS(MMVIEW_ERESHAPE, "cannot broadcast a non-scalar to a scalar array",
          mmview_view_broadcast(a, NULL, 0, &v, &err));
    FAILS(MMVIEW_EOVERFLOW, "the view has more items than can be counted",
          mmview_view_broadcast(a, huge, 4, &v, &err));
    FAILS(MMVIEW_EOVERFLOW, "the view has more bytes than can be counted",
          mmview_view_broadcast(a, bytes, 3, &v, &err));
    for (int i = 0; i < COUNT(many); i++)
        many[i] = i < MMVIEW_MAXDIMS - 1 ? 1 : i == MMVIEW_MAXDIMS - 1 ? 4 : 3;
    FAILS(MMVIEW_ERESHAPE, "maximum supported dimension for an ndarray is 64, found 65",
          mmview_view_broadcast(a, many, COUNT(many), &v, &err));
    prepare();
    ck_assert_int_eq(mmview_view_broadcast(a, many + 1, MMVIEW_MAXDIMS, &v, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_array_ndim(v), MMVIEW_MAXDIMS);
    mmview_array_unref(v);
    FAILS(MMVIEW_EINVAL, "no shape", mmview_view_broadcast(a, NULL, 3, &v, &err));
    FAILS(MMVIEW_EINVAL, "no shape", mmview_view_broadcast(a, whole, -1, &v, &err));
    mmview_array_unref(a);
}
END_TEST

#define PART (INTPTR_MAX > INT32_MAX ? 7 : 1) /* the other is prime */

/* More bytes than are mapped, all of them the same few. */
START_TEST(broadcast_to_all_there_is)
{
    static const mmview_intp shape[] = {INTPTR_MAX}, back[] = {PART, INTPTR_MAX / PART};
    struct mmview_array *a = array_of("'|u1'", "()", MMVIEW_ORDER_C, 1);

    KEEPS(MOST " | 0 | 128 | '|u1' | A", mmview_view_broadcast(a, shape, 1, &v, &err));
    become(&a);
    ck_assert_int_eq(mmview_array_nbytes(a), INTPTR_MAX);
    MAKES(" |  | 128 | '|u1' | CFA", mmview_view_select(a, MOST_LESS_1, SIZE_MAX, &v, &err));
    MAKES(HALF " | 0 | 128 | '|u1' | A", mmview_view_select(a, "::-2", SIZE_MAX, &v, &err));
    MAKES(WORD("7,1317624576693539401", "1,2147483647") " | 0,0 | 128 | '|u1' | A",
          mmview_view_reshape(a, back, 2, MMVIEW_ORDER_F, &v, &err));
    MAKES("1," MOST " | 0,0 | 128 | '|u1' | A", mmview_view_expand_dims(a, 0, &v, &err));
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("view_axes");

    tcase_add_test(tcase, transpose);
    tcase_add_test(tcase, swapaxes);
    tcase_add_test(tcase, expand_dims);
    tcase_add_test(tcase, squeeze);
    tcase_add_test(tcase, diagonal);
    tcase_add_test(tcase, diagonal_of_wrapped_strides);
    tcase_add_test(tcase, broadcast);
    tcase_add_test(tcase, broadcast_to_all_there_is);
    return run_suite("view_axes", tcase);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_view_reshape(): what needs no copy, and that the rest is told. */
#include "views.h"

#define C MMVIEW_ORDER_C
#define F MMVIEW_ORDER_F
#define A MMVIEW_ORDER_A

/* Of an array of 4 x 3 x 2 int16, C or F, indexed first: the shape asked for, and
 * what NumPy makes of it; NULL where it copies. */
static const struct {
    int stored;
    const char *index;
    int ndim;
    mmview_intp shape[5];
    int order;
    const char *look;
} cases[] = {
    /* Without gaps: fresh strides. */
    {C, "...", 1, {24}, C, "24 | 2 | 128 | '<i2' | CFAW"},
    {C, "...", 2, {6, 4}, C, "6,4 | 8,2 | 128 | '<i2' | CAW"},
    {C, "...", 4, {2, 2, 3, 2}, C, "2,2,3,2 | 24,12,4,2 | 128 | '<i2' | CAW"},
    {C, "...", 3, {3, -1, 2}, C, "3,4,2 | 16,4,2 | 128 | '<i2' | CAW"},
    {C, "...", 1, {INTPTR_MIN}, C, "24 | 2 | 128 | '<i2' | CFAW"},
    {F, "...", 2, {6, 4}, F, "6,4 | 2,12 | 128 | '<i2' | FAW"},
    {F, "...", 1, {-1}, F, "24 | 2 | 128 | '<i2' | CFAW"},
    /* The other order: what lies together may be divided, not joined. */
    {C, "...", 1, {24}, F, NULL},
    {F, "...", 1, {24}, C, NULL},
    {C, "...", 4, {2, 2, 3, 2}, F, "2,2,3,2 | 12,24,4,2 | 128 | '<i2' | AW"},
    {F, "...", 4, {4, 3, 1, 2}, C, "4,3,1,2 | 2,8,48,24 | 128 | '<i2' | FAW"},
    {F, "...", 4, {2, 2, 3, 2}, C, "2,2,3,2 | 4,2,8,24 | 128 | '<i2' | AW"},
    {F, "...", 2, {12, 2}, C, NULL},
    /* A: F only for what is F and not C. */
    {F, "...", 2, {12, 2}, A, "12,2 | 2,24 | 128 | '<i2' | FAW"},
    {C, "...", 2, {12, 2}, A, "12,2 | 4,2 | 128 | '<i2' | CAW"},
    {C, "0, 0", 2, {2, 1}, A, "2,1 | 2,2 | 128 | '<i2' | CFAW"},
    {F, "::2", 2, {6, 2}, A, NULL},
    /* With gaps. */
    {C, "::2", 2, {2, 6}, C, "2,6 | 24,2 | 128 | '<i2' | AW"},
    {C, "::2", 2, {4, 3}, C, NULL},
    {C, "::2", 1, {12}, C, NULL},
    {C, ":, ::2", 3, {2, 2, 4}, C, NULL},
    {C, ":, ::2", 4, {2, 2, 2, 2}, C, "2,2,2,2 | 24,12,8,2 | 128 | '<i2' | AW"},
    {C, ":, :, 0", 1, {12}, C, "12 | 4 | 128 | '<i2' | AW"},
    {C, ":, :, 0", 2, {6, 2}, C, "6,2 | 8,4 | 128 | '<i2' | AW"},
    {C, "::-1", 2, {4, 6}, C, "4,6 | -12,2 | 164 | '<i2' | AW"},
    {C, "::-1, ::-1, ::-1", 1, {24}, C, "24 | -2 | 174 | '<i2' | AW"},
    {C, "::-1, ::-1, ::-1", 2, {3, 8}, C, "3,8 | -16,-2 | 174 | '<i2' | AW"},
    /* Axes of length 1 go, and come anywhere; at the end with the last stride. */
    {C, ":, None, 0", 3, {2, 2, 2}, C, "2,2,2 | 24,12,2 | 128 | '<i2' | AW"},
    {C, "::2, None, 0, None", 5, {1, 2, 1, 2, 1}, C, "1,2,1,2,1 | 48,24,4,2,2 | 128 | '<i2' | AW"},
    {C, "::2, 0", 5, {1, 1, 2, 2, 1}, F, "1,1,2,2,1 | 24,24,24,2,4 | 128 | '<i2' | AW"},
    {C, "::2, 0", 3, {2, 1, 2}, C, "2,1,2 | 24,4,2 | 128 | '<i2' | AW"},
    /* The same shape is the same view, whatever the order. */
    {C, "::2, ::2, 0", 2, {2, 2}, F, "2,2 | 24,8 | 128 | '<i2' | AW"},
    {C, "::3, ::-2", 3, {2, 2, 2}, C, "2,2,2 | 36,-8,2 | 136 | '<i2' | AW"},
    /* One item, and none. */
    {C, "1, 1, 1", 0, {0}, C, " |  | 146 | '<i2' | CFAW"},
    {C, "1, 1, 1", 3, {1, 1, 1}, F, "1,1,1 | 2,2,2 | 146 | '<i2' | CFAW"},
    {C, "1, 1, 1", 2, {1, -1}, C, "1,1 | 2,2 | 146 | '<i2' | CFAW"},
    {C, "1:2, 1, 1", 0, {0}, F, " |  | 146 | '<i2' | CFAW"},
    {C, ":0, ::2", 2, {0, 7}, C, "0,7 | 14,2 | 128 | '<i2' | CFAW"},
    {C, ":0, ::2", 2, {5, -1}, F, "5,0 | 2,10 | 128 | '<i2' | CFAW"},
    {C, ":0, ::2", 1, {-1}, C, "0 | 2 | 128 | '<i2' | CFAW"},
};

START_TEST(reshape)
{
    struct mmview_array *a = array_of("'<i2'", "(4, 3, 2)", cases[_i].stored, 48);

    prepare();
    ck_assert_int_eq(mmview_view_select(a, cases[_i].index, SIZE_MAX, &v, &err), MMVIEW_OK);
    become(&a);
    if (cases[_i].look) {
        MAKES(cases[_i].look,
              mmview_view_reshape(a, cases[_i].shape, cases[_i].ndim, cases[_i].order, &v, &err));
    } else {
        prepare();
        ck_assert_int_eq(
            mmview_view_reshape(a, cases[_i].shape, cases[_i].ndim, cases[_i].order, &v, &err),
            MMVIEW_ENEEDSCOPY);
        ck_assert_int_eq(err.status, MMVIEW_ENEEDSCOPY);
        ck_assert_ptr_nonnull(strstr(err.message, "needs a copy"));
        ck_assert_ptr_null(v);
    }
    mmview_array_unref(a);
}
END_TEST

static const struct {
    const char *shape;
    size_t bytes;
    int ndim;
    mmview_intp wanted[3];
    int status;
    const char *words;
} bad_shapes[] = {
    {"(17,)", 17, 2, {4, 4}, MMVIEW_ERESHAPE, "cannot reshape array of size 17 into shape (4,4)"},
    {"(17,)", 17, 1, {18}, MMVIEW_ERESHAPE, "cannot reshape array of size 17 into shape (18,)"},
    {"(17,)", 17, 0, {0}, MMVIEW_ERESHAPE, "cannot reshape array of size 17 into shape ()"},
    {"(17,)",
     17,
     2,
     {3, -1},
     MMVIEW_ERESHAPE,
     "cannot reshape array of size 17 into shape (3,newaxis)"},
    /* NumPy leaves out the first of these. */
    {"(17,)",
     17,
     2,
     {-9, 3},
     MMVIEW_ERESHAPE,
     "cannot reshape array of size 17 into shape (newaxis,3)"},
    {"(17,)",
     17,
     2,
     {0, -1},
     MMVIEW_ERESHAPE,
     "cannot reshape array of size 17 into shape (0,newaxis)"},
    {"(17,)", 17, 2, {-1, -2}, MMVIEW_ERESHAPE, "can only specify one unknown dimension"},
    {"(16,)",
     16,
     2,
     {INTPTR_MAX / 4 + 1, 16},
     MMVIEW_ERESHAPE,
     "cannot reshape array of size 16 into shape (" QUARTER ",16)"},
    {"(0,)",
     0,
     2,
     {0, -1},
     MMVIEW_ERESHAPE,
     "cannot reshape array of size 0 into shape (0,newaxis)"},
    {"(0,)",
     0,
     3,
     {INTPTR_MAX, INTPTR_MAX, 0},
     MMVIEW_ERESHAPE,
     "cannot reshape array of size 0 into shape (" MOST "," MOST ",0)"},
    {"(0,)",
     0,
     3,
     {0, INTPTR_MAX, INTPTR_MAX},
     MMVIEW_EOVERFLOW,
     "the view has more bytes than can be counted"},
};

START_TEST(other_shapes)
{
    struct mmview_array *a = array_of("'|u1'", bad_shapes[_i].shape, C, bad_shapes[_i].bytes);

    FAILS(bad_shapes[_i].status, bad_shapes[_i].words,
          mmview_view_reshape(a, bad_shapes[_i].wanted, bad_shapes[_i].ndim, C, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(arguments)
{
    static const char no_shape[] = "no shape, or an order that can not be reshaped to";
    struct mmview_array *a = array_of("'|u1'", "(17,)", C, 17);
    mmview_intp shape[MMVIEW_MAXDIMS + 1];

    for (int i = 0; i < COUNT(shape); i++)
        shape[i] = i ? 1 : 17;
    FAILS(MMVIEW_ERESHAPE, "maximum supported dimension for an ndarray is 64, found 65",
          mmview_view_reshape(a, shape, MMVIEW_MAXDIMS + 1, C, &v, &err));
    FAILS(MMVIEW_EINVAL, no_shape, mmview_view_reshape(a, shape, 1, 3, &v, &err));
    FAILS(MMVIEW_EINVAL, no_shape, mmview_view_reshape(a, shape, 1, -1, &v, &err));
    FAILS(MMVIEW_EINVAL, no_shape, mmview_view_reshape(a, shape, -1, C, &v, &err));
    FAILS(MMVIEW_EINVAL, no_shape, mmview_view_reshape(a, NULL, 1, C, &v, &err));
    prepare();
    ck_assert_int_eq(mmview_view_reshape(a, shape, MMVIEW_MAXDIMS, F, &v, &err), MMVIEW_OK);
    become(&a);
    MAKES("17 | 1 | 128 | '|u1' | CFAW", mmview_view_reshape(a, shape, 1, F, &v, &err));
    mmview_array_unref(a);

    a = array_of("'|u1'", "()", C, 1);
    MAKES(" |  | 128 | '|u1' | CFAW", mmview_view_reshape(a, NULL, 0, C, &v, &err));
    mmview_array_unref(a);
}
END_TEST

/* A shape that is too long for its message is cut where one can see it. */
START_TEST(long_shapes)
{
    struct mmview_array *a = array_of("'|u1'", "(17,)", C, 17);
    mmview_intp shape[MMVIEW_MAXDIMS];
    size_t length;

    for (int i = 0; i < COUNT(shape); i++)
        shape[i] = INTPTR_MAX;
    prepare();
    ck_assert_int_eq(mmview_view_reshape(a, shape, COUNT(shape), C, &v, &err), MMVIEW_ERESHAPE);
    length = strlen(err.message);
    ck_assert_uint_gt(length, 100);
    ck_assert_str_eq(err.message + length - 4, "...)");
    prepare();
    ck_assert_int_eq(mmview_view_broadcast(a, shape, COUNT(shape), &v, &err), MMVIEW_ERESHAPE);
    length = strlen(err.message);
    ck_assert_str_eq(err.message + length - 4, "...)");
    mmview_array_unref(a);
}
END_TEST

/* Items without bytes. */
START_TEST(nothing_to_move)
{
    static const mmview_intp swapped[] = {3, 4}, halves[] = {INTPTR_MAX, INTPTR_MAX};
    static const mmview_intp one[] = {-1};
    struct mmview_array *a = array_of("'|V0'", "(4, 3)", C, 0);

    /* NumPy takes strides of 0 for both orders, unless they are fresh. */
    MAKES("3,4 | 0,0 | 128 | '|V0' | CAW", mmview_view_reshape(a, swapped, 2, C, &v, &err));
    MAKES("3,4 | 0,0 | 128 | '|V0' | CFAW", mmview_view_reshape(a, swapped, 2, F, &v, &err));
    mmview_array_unref(a);

    a = array_of("'|V0'", "(" MOST ", " MOST ")", C, 0);
    MAKES(MOST "," MOST " | 0,0 | 128 | '|V0' | CFAW",
          mmview_view_reshape(a, halves, 2, F, &v, &err));
    FAILS(MMVIEW_EOVERFLOW, "the array has more items than can be counted",
          mmview_view_reshape(a, one, 1, C, &v, &err));
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("view_reshape");

    tcase_add_loop_test(tcase, reshape, 0, COUNT(cases));
    tcase_add_loop_test(tcase, other_shapes, 0, COUNT(bad_shapes));
    tcase_add_test(tcase, arguments);
    tcase_add_test(tcase, long_shapes);
    tcase_add_test(tcase, nothing_to_move);
    return run_suite("view_reshape", tcase);
}

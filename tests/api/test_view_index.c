/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_view_select(), mmview_view_index() and mmview_view_slice(). */
#include "views.h"

/* Of an array of 3 x 4 int16: text, and what it makes. What is expected is what
 * NumPy answers. */
static const struct {
    const char *text, *look;
} indices[] = {
    {"0", "4 | 2 | 128 | '<i2' | CFAW"},
    {"-1", "4 | 2 | 144 | '<i2' | CFAW"},
    {"1, 2", " |  | 140 | '<i2' | CFAW"},
    {"-3,-4", " |  | 128 | '<i2' | CFAW"},
    {"...", "3,4 | 8,2 | 128 | '<i2' | CAW"},
    {"()", "3,4 | 8,2 | 128 | '<i2' | CAW"},
    {":", "3,4 | 8,2 | 128 | '<i2' | CAW"},
    {"::", "3,4 | 8,2 | 128 | '<i2' | CAW"},
    {":, 1:3", "3,2 | 8,2 | 130 | '<i2' | AW"},
    {"..., 1:3", "3,2 | 8,2 | 130 | '<i2' | AW"},
    {"..., 1", "3 | 8 | 130 | '<i2' | AW"},
    {"1, ...", "4 | 2 | 136 | '<i2' | CFAW"},
    {"1, ..., 2", " |  | 140 | '<i2' | CFAW"},
    {"::-1", "3,4 | -8,2 | 144 | '<i2' | AW"},
    {"::-1, ::-1", "3,4 | -8,-2 | 150 | '<i2' | AW"},
    {"::2, ::3", "2,2 | 16,6 | 128 | '<i2' | AW"},
    {"::-2, ::-3", "2,2 | -16,-6 | 150 | '<i2' | AW"},
    {"-2:, :-1", "2,3 | 8,2 | 136 | '<i2' | AW"},
    {"5:, :", "0,4 | 8,2 | 128 | '<i2' | CFAW"},
    {"2:1", "0,4 | 8,2 | 128 | '<i2' | CFAW"},
    {"-99:99:99", "1,4 | 792,2 | 128 | '<i2' | CFAW"},
    {"99:-99:-99", "1,4 | -792,2 | 144 | '<i2' | CFAW"},
    {"None", "1,3,4 | 0,8,2 | 128 | '<i2' | CAW"},
    {"..., None", "3,4,1 | 8,2,0 | 128 | '<i2' | CAW"},
    {"None, 0, None, 1, newaxis", "1,1,1 | 0,0,0 | 130 | '<i2' | CFAW"},
    {"np.newaxis, Ellipsis, 0", "1,3 | 0,8 | 128 | '<i2' | AW"},
    {"None:None:None, None:-1", "3,3 | 8,2 | 128 | '<i2' | AW"},
    /* Numbers as Python writes them, cut to the axis where slices are cut. */
    {"0x1, 0b11", " |  | 142 | '<i2' | CFAW"},
    {"+1, -0o2", " |  | 140 | '<i2' | CFAW"},
    {":1_0", "3,4 | 8,2 | 128 | '<i2' | CAW"},
    {"-999999999999999999999999:999999999999999999999999", "3,4 | 8,2 | 128 | '<i2' | CAW"},
    {"::9223372036854775807", "1,4 | -8,2 | 128 | '<i2' | CFAW"},
    {"::-9223372036854775808", "1,4 | 8,2 | 144 | '<i2' | CFAW"},
    {"::99999999999999999999999", "1,4 | -8,2 | 128 | '<i2' | CFAW"},
    /* Blanks, and the comma of a tuple. */
    {"\t1 ,\n2\r\n", " |  | 140 | '<i2' | CFAW"},
    {"1,", "4 | 2 | 136 | '<i2' | CFAW"},
    {" 1 : 2 : 1 , ", "1,4 | 8,2 | 136 | '<i2' | CFAW"},
};

START_TEST(select_items)
{
    struct mmview_array *a = array_of("'<i2'", "(3, 4)", MMVIEW_ORDER_C, 24);

    MAKES(indices[_i].look, mmview_view_select(a, indices[_i].text, SIZE_MAX, &v, &err));
    mmview_array_unref(a);
}
END_TEST

static const char not_valid[] = "only integers, slices (`:`), ellipsis (`...`) and None are valid "
                                "indices";

/* Text, the byte that is wrong, and what is said: not_valid if NULL. */
static const struct {
    const char *text;
    uint64_t offset;
    const char *reason;
} bad_texts[] = {
    {"", 0, "it is empty"},
    {" \n", 2, "it is empty"},
    {",", 0, NULL},
    {"1,,2", 2, NULL},
    {"1.5", 0, NULL},
    {"1j", 0, NULL},
    {"True", 0, NULL},
    {"x", 0, NULL},
    {"1, x", 3, NULL},
    {"1+1", 0, NULL},
    {"--1", 0, NULL},
    {"0_1", 0, NULL},
    {"01", 0, NULL},
    {"( )", 0, NULL},
    {"(1, 2)", 0, NULL},
    {"1, [2]", 3, NULL},
    {"1, 'x'", 3, NULL},
    {"{}", 0, NULL},
    {"1:x", 2, NULL},
    {"1:2:x", 4, NULL},
    {"1:2:3:4", 5, "something unexpected"},
    {"1 2", 2, "something unexpected"},
    {"None None", 5, "something unexpected"},
    {"Nonesuch", 4, "something unexpected"},
    {"...1", 3, "something unexpected"},
    {"....", 3, "something unexpected"},
    {"1 # one", 2, "something unexpected"},
    {"1#", 1, "something unexpected"},
    {"1:2 3", 4, "something unexpected"},
    {"1 2:3", 2, "a slice without its colon"},
    {"()()", 2, NULL},
    {"(), 1", 2, NULL},
    {"9223372036854775808", 0, "an integer that is too large for any axis"},
    {"0, -9223372036854775809", 3, "an integer that is too large for any axis"},
    {"0, 99999999999999999999999999", 3, "an integer that is too large for any axis"},
    {"\xc3\xa9", 0, NULL},
    {"['x', 1]", 6, "a list may hold names of fields only"},
    {"[0, 1]", 1, "a list may hold names of fields only"},
    {"[]", 0, "a list without names"},
};

START_TEST(select_other_text)
{
    struct mmview_array *a = array_of("'<i2'", "(3, 4)", MMVIEW_ORDER_C, 24);
    char words[200];

    snprintf(words, sizeof words, "the index '%s': %s", bad_texts[_i].text,
             bad_texts[_i].reason ? bad_texts[_i].reason : not_valid);
    for (char *p = words; *p; p++)
        if (*p == '\n')
            *p = '?';
    FAILS(MMVIEW_EINDEX, words, mmview_view_select(a, bad_texts[_i].text, SIZE_MAX, &v, &err));
    ck_assert_uint_eq(err.offset, bad_texts[_i].offset);
    mmview_array_unref(a);
}
END_TEST

START_TEST(select_bytes)
{
    struct mmview_array *a = array_of("'<i2'", "(3, 4)", MMVIEW_ORDER_C, 24);
    char many[400];

    /* The length decides, not a NUL. */
    MAKES("4 | 2 | 136 | '<i2' | CFAW", mmview_view_select(a, "1, 2", 1, &v, &err));
    FAILS(MMVIEW_EINDEX, "the index is not text", mmview_view_select(a, "1\0", 2, &v, &err));
    FAILS(MMVIEW_EINDEX, "the index is not text",
          mmview_view_select(a, "\xff\xfe", SIZE_MAX, &v, &err));
    FAILS(MMVIEW_EINDEX, "the index is not text",
          mmview_view_select(a, "'\xc3'", SIZE_MAX, &v, &err));

    FAILS(MMVIEW_EINDEX, "the index can not be parsed: unexpected ',', at byte 3",
          mmview_view_select(a, "'x', 1", SIZE_MAX, &v, &err));
    ck_assert_uint_eq(err.offset, 3);
    FAILS(MMVIEW_EINDEX, "the array has no fields: a name is no index for it",
          mmview_view_select(a, "'x'", SIZE_MAX, &v, &err));

    /* As many items as can mean something, and more. */
    memset(many, 0, sizeof many);
    for (int i = 0; i < 129; i++)
        strcat(many, "0,");
    FAILS(MMVIEW_EINDEX, "too many indices for array: array is 2-dimensional, but 129 were indexed",
          mmview_view_select(a, many, SIZE_MAX, &v, &err));
    strcat(many, "0");
    prepare();
    ck_assert_int_eq(mmview_view_select(a, many, SIZE_MAX, &v, &err), MMVIEW_EINDEX);
    ck_assert_ptr_nonnull(strstr(err.message, "too many indices for any array"));
    mmview_array_unref(a);
}
END_TEST

#define INT(place)                                 \
    {                                              \
        .kind = MMVIEW_INDEX_INT, .start = (place) \
    }
#define SLICE(...)                              \
    {                                           \
        .kind = MMVIEW_INDEX_SLICE, __VA_ARGS__ \
    }

START_TEST(index_items)
{
    static const struct mmview_index items[] = {
        SLICE(.given = MMVIEW_INDEX_STEP, .step = -1, .start = 99, .stop = 99), /* not given */
        {.kind = MMVIEW_INDEX_NEWAXIS},
        {.kind = MMVIEW_INDEX_ELLIPSIS},
        INT(-1),
    };
    static const struct mmview_index ends[] = {
        SLICE(.given = MMVIEW_INDEX_START, .start = 1),
        SLICE(.given = MMVIEW_INDEX_STOP | MMVIEW_INDEX_STEP, .stop = INTPTR_MIN,
              .step = INTPTR_MIN),
        SLICE(.given = MMVIEW_INDEX_START | MMVIEW_INDEX_STOP, .start = INTPTR_MIN,
              .stop = INTPTR_MAX),
    };
    struct mmview_array *a = array_of("'|u1'", "(2, 3, 4)", MMVIEW_ORDER_F, 24);

    MAKES("2,3,4 | 1,2,6 | 128 | '|u1' | FAW", mmview_view_index(a, NULL, 0, &v, &err));
    MAKES("2,1,3 | -1,0,2 | 147 | '|u1' | AW", mmview_view_index(a, items, 4, &v, &err));
    MAKES("1,1,4 | 1,2,6 | 133 | '|u1' | AW", mmview_view_index(a, ends, 3, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(index_errors)
{
    static const struct mmview_index far[] = {INT(2)}, before[] = {INT(INTPTR_MIN)};
    static const struct mmview_index last[] = {INT(0), INT(0), INT(-5)};
    static const struct mmview_index four[4] = {INT(0)};
    static const struct mmview_index no_step[] = {SLICE(.given = MMVIEW_INDEX_STEP)};
    static const struct mmview_index ellipses[] = {
        {.kind = MMVIEW_INDEX_ELLIPSIS}, INT(9), {.kind = MMVIEW_INDEX_ELLIPSIS}};
    static const struct mmview_index kind[] = {{.kind = 4}}, negative[] = {{.kind = -1}};
    static const struct mmview_index part[] = {SLICE(.given = 8)};
    struct mmview_array *a = array_of("'|u1'", "(2, 3, 4)", MMVIEW_ORDER_C, 24);

    FAILS(MMVIEW_EINDEX, "index 2 is out of bounds for axis 0 with size 2",
          mmview_view_index(a, far, 1, &v, &err));
    FAILS(MMVIEW_EINDEX, "index -" MOST_MORE_1 " is out of bounds for axis 0 with size 2",
          mmview_view_index(a, before, 1, &v, &err));
    FAILS(MMVIEW_EINDEX, "index -5 is out of bounds for axis 2 with size 4",
          mmview_view_index(a, last, 3, &v, &err));
    FAILS(MMVIEW_EINDEX, "too many indices for array: array is 3-dimensional, but 4 were indexed",
          mmview_view_index(a, four, 4, &v, &err));
    FAILS(MMVIEW_EINDEX, "slice step cannot be zero", mmview_view_index(a, no_step, 1, &v, &err));
    FAILS(MMVIEW_EINDEX, "an index can only have a single ellipsis ('...')",
          mmview_view_index(a, ellipses, 3, &v, &err));
    FAILS(MMVIEW_EINVAL, "an index of unknown kind 4", mmview_view_index(a, kind, 1, &v, &err));
    FAILS(MMVIEW_EINVAL, "an index of unknown kind -1",
          mmview_view_index(a, negative, 1, &v, &err));
    FAILS(MMVIEW_EINVAL, "a slice with unknown parts", mmview_view_index(a, part, 1, &v, &err));
    /* And nobody has to ask why. */
    ck_assert_int_eq(mmview_view_index(a, far, 1, &v, NULL), MMVIEW_EINDEX);
    mmview_array_unref(a);
}
END_TEST

START_TEST(index_dimensions)
{
    struct mmview_index items[MMVIEW_MAXDIMS + 1];
    struct mmview_array *a = array_of("'|u1'", "()", MMVIEW_ORDER_C, 1);

    for (int i = 0; i < COUNT(items); i++)
        items[i] = (struct mmview_index){.kind = MMVIEW_INDEX_NEWAXIS};
    FAILS(MMVIEW_EINDEX,
          "number of dimensions must be within [0, 64], indexing result would have 65",
          mmview_view_index(a, items, MMVIEW_MAXDIMS + 1, &v, &err));
    prepare();
    ck_assert_int_eq(mmview_view_index(a, items, MMVIEW_MAXDIMS, &v, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_array_ndim(v), MMVIEW_MAXDIMS);
    for (int i = 0; i < MMVIEW_MAXDIMS; i++) {
        ck_assert_int_eq(mmview_array_shape(v)[i], 1);
        ck_assert_int_eq(mmview_array_strides(v)[i], 0);
    }
    become(&a);
    FAILS(MMVIEW_EINDEX,
          "number of dimensions must be within [0, 64], indexing result would have 65",
          mmview_view_index(a, items, 1, &v, &err));

    /* An axis that goes makes room for one. */
    items[0] = (struct mmview_index){.kind = MMVIEW_INDEX_INT};
    prepare();
    ck_assert_int_eq(mmview_view_index(a, items, 2, &v, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_array_ndim(v), MMVIEW_MAXDIMS);
    become(&a);
    for (int i = 0; i < COUNT(items); i++)
        items[i] = (struct mmview_index){.kind = MMVIEW_INDEX_INT, .start = -(i % 2)};
    MAKES(" |  | 128 | '|u1' | CFAW", mmview_view_index(a, items, MMVIEW_MAXDIMS, &v, &err));
    FAILS(MMVIEW_EINDEX, "too many indices for array: array is 64-dimensional, but 65 were indexed",
          mmview_view_index(a, items, MMVIEW_MAXDIMS + 1, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(slice_one_axis)
{
    struct mmview_array *a = array_of("'|u1'", "(2, 3, 4)", MMVIEW_ORDER_C, 24);
    const int all = MMVIEW_INDEX_START | MMVIEW_INDEX_STOP | MMVIEW_INDEX_STEP;

    MAKES("2,3,4 | 12,4,1 | 128 | '|u1' | CAW", mmview_view_slice(a, 0, 0, 9, 9, 9, &v, &err));
    MAKES("1,3,4 | 12,4,1 | 140 | '|u1' | CAW",
          mmview_view_slice(a, 0, MMVIEW_INDEX_START, 1, 0, 0, &v, &err));
    MAKES("2,3,2 | 12,4,-2 | 131 | '|u1' | AW", mmview_view_slice(a, 2, all, -1, -5, -2, &v, &err));
    MAKES("2,2,4 | 12,4,1 | 128 | '|u1' | AW",
          mmview_view_slice(a, -2, MMVIEW_INDEX_STOP, 0, -1, 0, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis 3 is out of bounds for array of dimension 3",
          mmview_view_slice(a, 3, 0, 0, 0, 0, &v, &err));
    FAILS(MMVIEW_EAXIS, "axis -4 is out of bounds for array of dimension 3",
          mmview_view_slice(a, -4, 0, 0, 0, 0, &v, &err));
    FAILS(MMVIEW_EINDEX, "slice step cannot be zero",
          mmview_view_slice(a, 0, MMVIEW_INDEX_STEP, 0, 0, 0, &v, &err));
    FAILS(MMVIEW_EINVAL, "a slice with unknown parts",
          mmview_view_slice(a, 0, -1, 0, 0, 0, &v, &err));
    mmview_array_unref(a);
}
END_TEST

/* A stride that wraps is kept, as in NumPy, and what is made of it stays sane. */
START_TEST(wrapped_strides)
{
    static const mmview_intp three[] = {3}, split[] = {1, 1, 1};
    struct mmview_array *a = array_of("'<i8'", "(5,)", MMVIEW_ORDER_C, 40);

    KEEPS("1 | -8 | 128 | '<i8' | CFAW", mmview_view_select(a, "::" MOST, SIZE_MAX, &v, &err));
    become(&a);
    MAKES("1 | -8 | 128 | '<i8' | CFAW", mmview_view_select(a, ":1", SIZE_MAX, &v, &err));
    KEEPS("1 | " MOST_LESS_7 " | 128 | '<i8' | CFAW",
          mmview_view_select(a, "::-" EIGHTH_LESS_1, SIZE_MAX, &v, &err));
    become(&a);
    MAKES(" |  | 128 | '<i8' | CFAW", mmview_view_select(a, "0", SIZE_MAX, &v, &err));
    MAKES("1 | -" MOST_LESS_7 " | 128 | '<i8' | CFAW",
          mmview_view_select(a, "::-1", SIZE_MAX, &v, &err));
    MAKES("1,1,1 | 8,8,8 | 128 | '<i8' | CFAW",
          mmview_view_reshape(a, split, 3, MMVIEW_ORDER_C, &v, &err));
    MAKES("3 | 0 | 128 | '<i8' | A", mmview_view_broadcast(a, three, 1, &v, &err));
    mmview_array_unref(a);
}
END_TEST

/* Nothing can be read of it, so it may be wherever the index says. */
START_TEST(empty_beyond_the_map)
{
    static const mmview_intp shape[] = {3, 0, 1};
    struct mmview_array *a = array_of("'|u1'", "(0, " HALF ")", MMVIEW_ORDER_C, 0);

    KEEPS("0 | " HALF " | " HALF_MORE_127 " | '|u1' | CFAW",
          mmview_view_select(a, ":, -1", SIZE_MAX, &v, &err));
    ck_assert_int_eq(mmview_array_flush(v, MMVIEW_FLUSH_SYNC, &err), MMVIEW_OK);
    for (int advice = MMVIEW_ADVICE_NORMAL; advice <= MMVIEW_ADVICE_DONTNEED; advice++)
        ck_assert_int_eq(mmview_array_advise(v, (enum mmview_advice)advice, &err), MMVIEW_OK);
    become(&a);
    KEEPS("3,0,1 | 1,1,1 | " HALF_MORE_127 " | '|u1' | CFAW",
          mmview_view_reshape(a, shape, 3, MMVIEW_ORDER_C, &v, &err));
    become(&a);
    MAKES("0,1 | 1,1 | " HALF_MORE_129 " | '|u1' | CFAW",
          mmview_view_select(a, "-1", SIZE_MAX, &v, &err));
    FAILS(MMVIEW_EINDEX, "index 0 is out of bounds for axis 1 with size 0",
          mmview_view_select(a, "0, 0", SIZE_MAX, &v, &err));
    mmview_array_unref(a);
}
END_TEST

/* Items without bytes may be more than there are addresses. */
START_TEST(items_without_bytes)
{
    struct mmview_array *a = array_of("'|V0'", "(" MOST ", " MOST ")", MMVIEW_ORDER_C, 0);

    ck_assert_int_eq(mmview_array_size(a), INTPTR_MAX);
    MAKES(MOST " | 0 | 128 | '|V0' | CFAW", mmview_view_select(a, MOST_LESS_1, SIZE_MAX, &v, &err));
    MAKES(HALF ",1 | 0,0 | 128 | '|V0' | CFAW",
          mmview_view_select(a, "::2, ::-" MOST, SIZE_MAX, &v, &err));
    FAILS(MMVIEW_EINDEX, "index " MOST " is out of bounds for axis 1 with size " MOST,
          mmview_view_select(a, "0, " MOST, SIZE_MAX, &v, &err));
    MAKES(" |  | 128 | '|V0' | CFAW", mmview_view_select(a, "-" MOST ", 0", SIZE_MAX, &v, &err));
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("view_index");

    tcase_add_loop_test(tcase, select_items, 0, COUNT(indices));
    tcase_add_loop_test(tcase, select_other_text, 0, COUNT(bad_texts));
    tcase_add_test(tcase, select_bytes);
    tcase_add_test(tcase, index_items);
    tcase_add_test(tcase, index_errors);
    tcase_add_test(tcase, index_dimensions);
    tcase_add_test(tcase, slice_one_axis);
    tcase_add_test(tcase, wrapped_strides);
    tcase_add_test(tcase, empty_beyond_the_map);
    tcase_add_test(tcase, items_without_bytes);
    return run_suite("view_index", tcase);
}

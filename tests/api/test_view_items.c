/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Views of the same bytes as other items: fields, dtypes, parts of numbers. */
#include "views.h"

/* 0 a: 4 bytes, 4 pad: 2, 6 c: 2 x 3 doubles, 54 d, titled: 4, of x and y, 58. */
static const char fields[] = "[('a', '<i4'), ('', '|V2'), ('c', '<f8', (2, 3)), "
                             "(('Title', 'd'), [('x', '<i2'), ('y', '>u2')]), ('z', '|V0')]";

START_TEST(field)
{
    struct mmview_array *a = array_of(fields, "(3, 2)", MMVIEW_ORDER_C, 348);
    const unsigned long long start = mmview_array_offset(a);

    ck_assert_uint_eq(start, 256);
    MAKES("3,2 | 116,58 | 256 | '<i4' | W", mmview_view_field(a, "a", SIZE_MAX, &v, &err));
    MAKES("3,2 | 116,58 | 256 | '<i4' | W", mmview_view_field(a, "abc", 1, &v, &err));
    /* A sub-array adds its dimensions. */
    MAKES("3,2,2,3 | 116,58,24,8 | 262 | '<f8' | W", mmview_view_field(a, "c", SIZE_MAX, &v, &err));
    MAKES("3,2 | 116,58 | 310 | [('x', '<i2'), ('y', '>u2')] | AW",
          mmview_view_field(a, "d", SIZE_MAX, &v, &err));
    MAKES("3,2 | 116,58 | 314 | '|V0' | AW", mmview_view_field(a, "z", SIZE_MAX, &v, &err));
    MAKES("3,2,2,3 | 116,58,24,8 | 262 | '<f8' | W",
          mmview_view_select(a, " \"c\" ", SIZE_MAX, &v, &err));
    /* By its title, and on. */
    KEEPS("3,2 | 116,58 | 310 | [('x', '<i2'), ('y', '>u2')] | AW",
          mmview_view_field(a, "Title", SIZE_MAX, &v, &err));
    become(&a);
    MAKES("3,2 | 116,58 | 312 | '>u2' | AW", mmview_view_select(a, "'\\x79'", SIZE_MAX, &v, &err));
    FAILS(MMVIEW_ENOTFOUND, "no field of name a", mmview_view_field(a, "a", SIZE_MAX, &v, &err));
    FAILS(MMVIEW_ENOTFOUND, "no field of name ", mmview_view_field(a, "x", 0, &v, &err));
    FAILS(MMVIEW_ENOTFOUND, "no field of name ?\xc3\xa9",
          mmview_view_field(a, "\x01\xc3\xa9", SIZE_MAX, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(no_fields)
{
    static const char *const names[] = {"x"};
    static const char words[] = "the array has no fields: a name is no index for it";
    struct mmview_array *a = array_of("'<i4'", "(3,)", MMVIEW_ORDER_C, 12);

    FAILS(MMVIEW_EINDEX, words, mmview_view_field(a, "x", SIZE_MAX, &v, &err));
    FAILS(MMVIEW_EINDEX, words, mmview_view_fields(a, names, NULL, 1, &v, &err));
    FAILS(MMVIEW_EINDEX, words, mmview_view_select(a, "['x', 'y']", SIZE_MAX, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(some_fields)
{
    static const char *const back[] = {"d", "a"}, *const forth[] = {"a..", "cd"};
    static const char *const twice[] = {"a", "d", "a"}, *const title[] = {"a", "Title"};
    static const char *const none[] = {"a", "b"};
    static const size_t one_each[] = {1, 1};
    struct mmview_array *a = array_of(fields, "(3, 2)", MMVIEW_ORDER_C, 348);

    MAKES("3,2 | 116,58 | 256 | {'names': ['d', 'a'], 'formats': [[('x', '<i2'), ('y', '>u2')], "
          "'<i4'], 'offsets': [54, 0], 'titles': ['Title', None], 'itemsize': 58} | CAW",
          mmview_view_fields(a, back, NULL, 2, &v, &err));
    MAKES("3,2 | 116,58 | 256 | [('a', '<i4'), ('', '|V2'), ('c', '<f8', (2, 3)), ('', '|V4')] | "
          "CAW",
          mmview_view_fields(a, forth, one_each, 2, &v, &err));
    KEEPS("3,2 | 116,58 | 256 | [('', '|V6'), ('c', '<f8', (2, 3)), ('', '|V4')] | CAW",
          mmview_view_select(a, "['c',]", SIZE_MAX, &v, &err));
    become(&a);
    MAKES("3,2,2,3 | 116,58,24,8 | 262 | '<f8' | W", mmview_view_field(a, "c", SIZE_MAX, &v, &err));
    FAILS(MMVIEW_ENOTFOUND, "no field of name a", mmview_view_fields(a, none, NULL, 1, &v, &err));
    mmview_array_unref(a);

    a = array_of(fields, "(3, 2)", MMVIEW_ORDER_C, 348);
    FAILS(MMVIEW_EINVAL, "duplicate field of name 'a'",
          mmview_view_fields(a, twice, NULL, 3, &v, &err));
    FAILS(MMVIEW_ENOTFOUND, "no field of name b", mmview_view_fields(a, none, NULL, 2, &v, &err));
    FAILS(MMVIEW_ENOTFOUND, "cannot use field titles in multi-field index",
          mmview_view_fields(a, title, NULL, 2, &v, &err));
    /* No name is a dtype without fields, whose items are as large. */
    MAKES("3,2 | 116,58 | 256 | [('', '|V58')] | CAW",
          mmview_view_fields(a, NULL, NULL, 0, &v, &err));
    FAILS(MMVIEW_ENOMEM, "out of memory", mmview_view_fields(a, back, NULL, SIZE_MAX, &v, &err));
    mmview_array_unref(a);
}
END_TEST

/* Items with two dimensions of their own, in an array of 62 and in one of 63. */
START_TEST(too_many_dimensions)
{
    struct mmview_array *a = array_of("[('m', '|u1', (1, 1))]", ones(62), MMVIEW_ORDER_C, 1);
    struct mmview_dtype *dtype = NULL;

    prepare();
    ck_assert_int_eq(mmview_view_field(a, "m", SIZE_MAX, &v, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_array_ndim(v), 64);
    mmview_array_unref(v);
    mmview_array_unref(a);
    a = array_of("[('m', '|u1', (1, 1))]", ones(63), MMVIEW_ORDER_C, 1);
    FAILS(MMVIEW_EINDEX, "number of dimensions must be within [0, 64]",
          mmview_view_field(a, "m", SIZE_MAX, &v, &err));
    ck_assert_int_eq(mmview_dtype_parse("('|u1', (1, 1))", SIZE_MAX, 0, &dtype, &err), MMVIEW_OK);
    FAILS(MMVIEW_EINDEX, "number of dimensions must be within [0, 64]",
          mmview_view_dtype(a, dtype, &v, &err));
    mmview_dtype_unref(dtype);
    mmview_array_unref(a);
}
END_TEST

static const char smaller[] = "When changing to a smaller dtype, its size must be a divisor of the "
                              "size of original dtype";
static const char larger[] = "When changing to a larger dtype, its size must be a divisor of the "
                             "total size in bytes of the last axis of the array.";
static const char gaps[] = "To change to a dtype of a different size, the last axis must be "
                           "contiguous";
static const char subarray[] = "Changing the dtype to a subarray type is only supported if the "
                               "total itemsize is unchanged";
static const char scalar[] =
    "Changing the dtype of a 0d array is only supported if the itemsize is "
    "unchanged";

/* Of an array of 3 x 4 int32, indexed first: a dtype, and the view; or the words. */
static const struct {
    const char *index, *dtype, *look;
    int status;
} dtypes[] = {
    {"...", "<f4", "3,4 | 16,4 | 128 | '<f4' | CAW", 0},
    {"...", ">u4", "3,4 | 16,4 | 128 | '>u4' | CAW", 0},
    {"::-1, ::2", "S4", "3,2 | -16,8 | 160 | '|S4' | AW", 0},
    {"0, 0", "V4", " |  | 128 | '|V4' | CFAW", 0},
    {"...", "V", "3,4 | 16,4 | 128 | '|V4' | CAW", 0},
    {"...", "u1", "3,16 | 16,1 | 128 | '|u1' | CAW", 0},
    {"...", "<i8", "3,2 | 16,8 | 128 | '<i8' | CAW", 0},
    {"...", "<c16", "3,1 | 16,16 | 128 | '<c16' | CFAW", 0},
    {":, 1:", "<i2", "3,6 | 16,2 | 132 | '<i2' | AW", 0},
    {":, 1:3", "<f8", "3,1 | 16,8 | 132 | '<f8' | " DOUBLE_ALIGNED_4 "W", 0},
    {":, 1:2", "<i2", "3,2 | 16,2 | 132 | '<i2' | AW", 0},
    {"0:0, ::2", "<i2", "0,4 | 16,2 | 128 | '<i2' | CFAW", 0},
    {":, 0:0", "<i8", "3,0 | 16,8 | 128 | '<i8' | CFAW", 0},
    {"...", "('<i2', (2,))", "3,4,2 | 16,4,2 | 128 | '<i2' | CAW", 0},
    {"...", "(('|u1', (2,)), (2,))", "3,4,2,2 | 16,4,2,1 | 128 | '|u1' | CAW", 0},
    {"...", "('|u1', (0, 3))", "3,4,0,3 | 16,4,3,1 | 128 | '|u1' | CFAW", 0},
    {"...", "[('p', '<i2'), ('q', 'u1', (2,))]",
     "3,4 | 16,4 | 128 | [('p', '<i2'), ('q', '|u1', (2,))] | CAW", 0},
    {"...", "V3", smaller, MMVIEW_ETYPE},
    {"...", "S", smaller, MMVIEW_ETYPE},
    {"...", "S0", smaller, MMVIEW_ETYPE},
    {"...", "V5", larger, MMVIEW_ETYPE},
    {"...", "V32", larger, MMVIEW_ETYPE},
    {":, 1:", "<i8", larger, MMVIEW_ETYPE},
    {":, 1:2", "<i8", larger, MMVIEW_ETYPE},
    {":, ::2", "<i2", gaps, MMVIEW_ETYPE},
    {":, ::-1", "<i8", gaps, MMVIEW_ETYPE},
    {"..., None", "<i8", larger, MMVIEW_ETYPE},
    {"0, 0", "<i2", scalar, MMVIEW_ETYPE},
    {"0, 0", "<i8", scalar, MMVIEW_ETYPE},
    {"...", "('<i2', (3,))", subarray, MMVIEW_ETYPE},
    {"...", "('<i2', (1,))", subarray, MMVIEW_ETYPE},
    {"...", "O", "Cannot change data-type for object array.", MMVIEW_EOBJECT},
    {"...", "[('p', 'O')]", "Cannot change data-type for object array.", MMVIEW_EOBJECT},
};

START_TEST(other_dtype)
{
    struct mmview_array *a = array_of("'<i4'", "(3, 4)", MMVIEW_ORDER_C, 48);
    struct mmview_dtype *dtype = NULL;

    prepare();
    ck_assert_int_eq(mmview_dtype_parse(dtypes[_i].dtype, SIZE_MAX, 0, &dtype, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_select(a, dtypes[_i].index, SIZE_MAX, &v, &err), MMVIEW_OK);
    become(&a);
    if (dtypes[_i].status) {
        FAILS(dtypes[_i].status, dtypes[_i].look, mmview_view_dtype(a, dtype, &v, &err));
        mmview_dtype_unref(dtype);
    } else {
        KEEPS(dtypes[_i].look, mmview_view_dtype(a, dtype, &v, &err));
        mmview_dtype_unref(dtype); /* the view has it */
        ck_assert_str_eq(look_of(v), dtypes[_i].look);
        mmview_array_unref(v);
    }
    mmview_array_unref(a);
}
END_TEST

START_TEST(dtype_of_huge_shapes)
{
    struct mmview_array *a = array_of("'|V0'", "(2, " MOST ")", MMVIEW_ORDER_C, 0);
    struct mmview_dtype *bytes = NULL, *pairs = NULL;

    ck_assert_int_eq(mmview_dtype_parse("u1", SIZE_MAX, 0, &bytes, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_dtype_parse("u2", SIZE_MAX, 0, &pairs, NULL), MMVIEW_OK);
    /* There are no bytes to make items of. */
    MAKES("2,0 | 0,1 | 128 | '|u1' | CFAW", mmview_view_dtype(a, bytes, &v, &err));
    mmview_array_unref(a);

    a = array_of("'<u2'", "(0, " HALF_LESS_1 ")", MMVIEW_ORDER_C, 0);
    MAKES("0," MOST_LESS_1 " | " MOST_LESS_1 ",1 | 128 | '|u1' | CFAW",
          mmview_view_dtype(a, bytes, &v, &err));
    mmview_array_unref(a);
    /* As many bytes as before, which are none; but NumPy would have no more of it. */
    a = array_of("'|u1'", "(" MOST ", 0)", MMVIEW_ORDER_C, 0);
    FAILS(MMVIEW_EOVERFLOW, "the view has more bytes than can be counted",
          mmview_view_dtype(a, pairs, &v, &err));
    mmview_array_unref(a);
    mmview_dtype_unref(bytes);
    mmview_dtype_unref(pairs);
}
END_TEST

START_TEST(parts)
{
    struct mmview_array *a = array_of("'<c16'", "(2, 3)", MMVIEW_ORDER_F, 96);

    MAKES("2,3 | 16,32 | 128 | '<f8' | AW", mmview_view_real(a, &v, &err));
    MAKES("2,3 | 16,32 | 136 | '<f8' | AW", mmview_view_imag(a, &v, &err));
    mmview_array_unref(a);
    a = array_of("'>c8'", "(2,)", MMVIEW_ORDER_C, 16);
    MAKES("2 | 8 | 128 | '>f4' | AW", mmview_view_real(a, &v, &err));
    MAKES("2 | 8 | 132 | '>f4' | AW", mmview_view_imag(a, &v, &err));
    mmview_array_unref(a);
    a = array_of("'>i8'", "(2,)", MMVIEW_ORDER_C, 16);
    MAKES("2 | 8 | 128 | '>i8' | CFAW", mmview_view_real(a, &v, &err));
    FAILS(MMVIEW_ENEEDSCOPY, "real numbers have no imaginary parts in the file",
          mmview_view_imag(a, &v, &err));
    mmview_array_unref(a);
}
END_TEST

START_TEST(no_parts)
{
    static const char *const descrs[] = {"'|S8'",    "'<U2'",    "'|V8'",
                                         "'<M8[s]'", "'<m8[s]'", "[('a', '<c8')]"};
    static const char words[] = "the items are no numbers: they have no parts";
    struct mmview_array *a = array_of(descrs[_i], "(2,)", MMVIEW_ORDER_C, 16);

    FAILS(MMVIEW_ETYPE, words, mmview_view_real(a, &v, &err));
    FAILS(MMVIEW_ETYPE, words, mmview_view_imag(a, &v, &err));
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("view_items");

    tcase_add_test(tcase, field);
    tcase_add_test(tcase, no_fields);
    tcase_add_test(tcase, some_fields);
    tcase_add_test(tcase, too_many_dimensions);
    tcase_add_loop_test(tcase, other_dtype, 0, COUNT(dtypes));
    tcase_add_test(tcase, dtype_of_huge_shapes);
    tcase_add_test(tcase, parts);
    tcase_add_loop_test(tcase, no_parts, 0, 6);
    return run_suite("view_items", tcase);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Dtypes through the public header: what a text may be, what a dtype tells of
 * itself, and what it prints. */
#include <mmview.h>

#include "../dtype_show.h"
#include "../words.h"

/* A text is a string, unless it starts as a Python literal does. */
static const struct {
    const char *text;
    const char *shown; /* as show_dtype() writes it */
} texts[] = {
    {"f8", "'" OWN "f8'"},
    {"float64", "'" OWN "f8'"},
    {"i1,S2", "[('f0', '|i1'), ('f1', '|S2')]"},
    {"2i1", "'|i1' (2,)"},
    {"M8[ns]", "'" OWN "M8[ns]'"},
    {"(2,3)i1", "'|i1' (2, 3)"},
    {"()i1", "'|i1'"},
    {"(2,)i1,(3,)S1", "[('f0', '|i1', (2,)), ('f1', '|S1', (3,))]"},
    {"('|i1', (2, 3))", "'|i1' (2, 3)"},
    {"( '|i1' , 2 ) # a comment", "'|i1' (2,)"},
    {"[('a', '|i1'), ('b', '|S2', (3,))]", "[('a', '|i1'), ('b', '|S2', (3,))]"},
    {"[]", "[]"},
    {"'|i1'", "'|i1'"},
    {"\"|i1\"", "'|i1'"},
    {"'i1,S2'", "[('f0', '|i1'), ('f1', '|S2')]"},
    {"[('\xc3\xa9', '|i1')]", "[('\xc3\xa9', '|i1')]"},
};

START_TEST(parses)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    size_t length = strlen(texts[_i].text);
    struct mmview_dtype *dtype = NULL;
    char *copy = malloc(length), shown[200];

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, texts[_i].text, length); /* not terminated */
    ck_assert_int_eq(mmview_dtype_parse(copy, length, 0, &dtype, &err), MMVIEW_OK);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    free(copy);
    show_dtype(dtype, shown, sizeof shown);
    ck_assert_str_eq(shown, texts[_i].shown);
    mmview_dtype_unref(dtype);

    dtype = parsed(texts[_i].text, 0);
    show_dtype(dtype, shown, sizeof shown);
    ck_assert_str_eq(shown, texts[_i].shown);
    mmview_dtype_unref(dtype);
    ck_assert_int_eq(mmview_dtype_parse(texts[_i].text, length, 0, &dtype, NULL), MMVIEW_OK);
    mmview_dtype_unref(dtype);
}
END_TEST

static const struct {
    const char *text;
    size_t length;
    unsigned flags;
    int status;
    uint64_t offset;
} refusals[] = {
    {"", 0, 0, MMVIEW_EDTYPE, 0},
    {"x9", SIZE_MAX, 0, MMVIEW_EDTYPE, 0},
    {"f8", 1, 2, MMVIEW_EINVAL, MMVIEW_NO_OFFSET},
    {"f8", 2, ~0u, MMVIEW_EINVAL, MMVIEW_NO_OFFSET},
    {"f8\0", 3, 0, MMVIEW_EDTYPE, 0},
    {"f\xff", 2, 0, MMVIEW_EDTYPE, 1},
    {"\xed\xa0\x80", 3, 0, MMVIEW_EDTYPE, 0},
    {"['\xc0\x80']", SIZE_MAX, 0, MMVIEW_EDTYPE, 2},
    {"f8,x9", SIZE_MAX, 0, MMVIEW_EDTYPE, 3},
    {"[('a', 'f8'), ('b', 'x9')]", SIZE_MAX, 0, MMVIEW_EDTYPE, 20},
    {"[('a', 'f8')", SIZE_MAX, 0, MMVIEW_EDTYPE, 12},
    {"[('a', 'f8')]", 5, 0, MMVIEW_EDTYPE, 5},
    {"[('a', 'f8')]\0", 14, 0, MMVIEW_EDTYPE, 0},
    {"(2,3)", SIZE_MAX, 0, MMVIEW_EDTYPE, 1},
    {"(2,3)x9", SIZE_MAX, 0, MMVIEW_EDTYPE, 5},
    {"('i4', 'f4')", SIZE_MAX, 0, MMVIEW_EUNSUPPORTED, 7},
    {"{'names': ['a'], 'formats': ['i4']}", SIZE_MAX, 0, MMVIEW_EUNSUPPORTED, 0},
    {"M8[D/0]", SIZE_MAX, 0, MMVIEW_EUNSUPPORTED, 0},
    {"[('a', 'i4'), ('a', 'i4')]", SIZE_MAX, 0, MMVIEW_EDTYPE, 0},
    {" f8", SIZE_MAX, 0, MMVIEW_EDTYPE, 0},
};

START_TEST(refuses)
{
    static char elsewhere;
    struct mmview_dtype *untouched = (void *)&elsewhere, *dtype = untouched;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmview_dtype_parse(refusals[_i].text, refusals[_i].length, refusals[_i].flags,
                                        &dtype, &err),
                     refusals[_i].status);
    ck_assert_int_eq(err.status, refusals[_i].status);
    ck_assert_msg(err.offset == refusals[_i].offset, "%s: %d: %s", refusals[_i].text,
                  (int)err.offset, err.message);
    ck_assert_uint_gt(strlen(err.message), 0);
    ck_assert_int_eq(mmview_dtype_parse(refusals[_i].text, refusals[_i].length, refusals[_i].flags,
                                        &dtype, NULL),
                     refusals[_i].status);
    ck_assert_ptr_eq(dtype, untouched);
}
END_TEST

/* What each printer makes of a dtype. */
static const struct {
    const char *text, *name, *typestr, *descr, *json;
} printed[] = {
    {"?", "bool", "|b1", "'|b1'", "\"|b1\""},
    {"i1", "int8", "|i1", "'|i1'", "\"|i1\""},
    {OWN "u4", "uint32", OWN "u4", "'" OWN "u4'", "\"" OWN "u4\""},
    {OTHER "f8", "float64", OTHER "f8", "'" OTHER "f8'", "\"" OTHER "f8\""},
    {OTHER "c8", "complex64", OTHER "c8", "'" OTHER "c8'", "\"" OTHER "c8\""},
    {"S", "bytes", "|S0", "'|S0'", "\"|S0\""},
    {"S3", "bytes24", "|S3", "'|S3'", "\"|S3\""},
    {OTHER "U3", "str96", OTHER "U3", "'" OTHER "U3'", "\"" OTHER "U3\""},
    {"V", "void", "|V0", "'|V0'", "\"|V0\""},
    {"V12", "void96", "|V12", "'|V12'", "\"|V12\""},
    {"S2147483647", "bytes17179869176", "|S2147483647", "'|S2147483647'", "\"|S2147483647\""},
    {"O", "object", "|O", "'|O'", "\"|O\""},
    {OTHER "M8", "datetime64", OTHER "M8", "'" OTHER "M8'", "\"" OTHER "M8\""},
    {OTHER "M8[25s]", "datetime64[25s]", OTHER "M8[25s]", "'" OTHER "M8[25s]'",
     "\"" OTHER "M8[25s]\""},
    {OWN "m8[ns]", "timedelta64[ns]", OWN "m8[ns]", "'" OWN "m8[ns]'", "\"" OWN "m8[ns]\""},
    {"(2,3)u1", "void48", "|V6", "'|V6'", "\"|V6\""},
    {"[]", "void", "|V0", "[]", "[]"},
    {"[('a', '|i1'), ('', '|V3'), ('b', '" OTHER "f4', (2,))]", "void96", "|V12",
     "[('a', '|i1'), ('', '|V3'), ('b', '" OTHER "f4', (2,))]",
     "[[\"a\",\"|i1\"],[\"\",\"|V3\"],[\"b\",\"" OTHER "f4\",[2]]]"},
    {"[('a', '|i1', (2, 3))]", "void48", "|V6", "[('a', '|i1', (2, 3))]",
     "[[\"a\",\"|i1\",[2,3]]]"},
    {"[(('t', 'a'), [('b', '|S1')])]", "void8", "|V1", "[(('t', 'a'), [('b', '|S1')])]",
     "[[[\"t\",\"a\"],[[\"b\",\"|S1\"]]]]"},
    {"[((5, 'a'), '|i1')]", "void8", "|V1", "[((5, 'a'), '|i1')]", "[[[\"5\",\"a\"],\"|i1\"]]"},
    {"[('a', (('|i1', (2,)), (3,)))]", "void48", "|V6", "[('a', ('|i1', (2,)), (3,))]",
     "[[\"a\",[\"|i1\",[2]],[3]]]"},
    {"[('\"\\'\\n\\u00e9\\ud800', '|i1')]", "void8", "|V1", "[('\"\\'\\n\xc3\xa9\\ud800', '|i1')]",
     "[[\"\\\"'\\u000a\xc3\xa9\\\\ud800\",\"|i1\"]]"},
};

/* snprintf()'s contract: for every size a prefix, terminated, nothing behind
 * it, and always the whole length. */
static void check_printer(printer *print, const struct mmview_dtype *dtype, const char *expected)
{
    size_t length = strlen(expected);
    char *buffer = malloc(length + 3);

    ck_assert_ptr_nonnull(buffer);
    ck_assert_uint_eq(print(dtype, NULL, 0), length);
    for (size_t size = 1; size <= length + 2; size++) {
        size_t kept = size <= length ? size - 1 : length;

        memset(buffer, '#', length + 3);
        ck_assert_uint_eq(print(dtype, buffer, size), length);
        ck_assert_mem_eq(buffer, expected, kept);
        ck_assert_int_eq(buffer[kept], '\0');
        ck_assert_int_eq(buffer[kept + 1 < size ? kept + 1 : size], '#');
    }
    free(buffer);
}

START_TEST(prints)
{
    struct mmview_dtype *dtype = parsed(printed[_i].text, 0), *again;

    check_printer(mmview_dtype_name, dtype, printed[_i].name);
    check_printer(mmview_dtype_typestr, dtype, printed[_i].typestr);
    check_printer(mmview_dtype_descr, dtype, printed[_i].descr);
    check_printer(mmview_dtype_descr_json, dtype, printed[_i].json);
    /* A descr is read back as the same dtype, but that of a sub-array. */
    if (!mmview_dtype_base(dtype)) {
        again = parsed(printed[_i].descr, 0);
        ck_assert(mmview_dtype_equal(dtype, again));
        mmview_dtype_unref(again);
    }
    mmview_dtype_unref(dtype);
}
END_TEST

START_TEST(scalar)
{
    struct mmview_dtype *dtype = parsed(OTHER "i2", 0);
    size_t index = 99, length = 99;
    int multiple = 99;

    ck_assert_int_eq(mmview_dtype_kind(dtype), 'i');
    ck_assert_int_eq(mmview_dtype_char(dtype), 'h');
    ck_assert_int_eq(mmview_dtype_num(dtype), 3);
    ck_assert_int_eq(mmview_dtype_byteorder(dtype), *OTHER);
    ck_assert_int_eq(mmview_dtype_itemsize(dtype), 2);
    ck_assert_int_eq(mmview_dtype_alignment(dtype), 2);
    ck_assert_int_eq(mmview_dtype_isnative(dtype), 0);
    ck_assert_int_eq(mmview_dtype_hasobject(dtype), 0);
    ck_assert_int_eq(mmview_dtype_isalignedstruct(dtype), 0);

    /* Nothing of what it is not. */
    ck_assert_ptr_null(mmview_dtype_unit(dtype, &multiple));
    ck_assert_int_eq(multiple, 99);
    ck_assert_ptr_null(mmview_dtype_base(dtype));
    ck_assert_int_eq(mmview_dtype_ndim(dtype), 0);
    ck_assert_ptr_null(mmview_dtype_shape(dtype));
    ck_assert_int_eq(mmview_dtype_isstruct(dtype), 0);
    ck_assert_uint_eq(mmview_dtype_field_count(dtype), 0);
    ck_assert_ptr_null(mmview_dtype_field_name(dtype, 0, &length));
    ck_assert_ptr_null(mmview_dtype_field_title(dtype, 0, &length));
    ck_assert_int_eq(mmview_dtype_field_offset(dtype, 0), -1);
    ck_assert_ptr_null(mmview_dtype_field_dtype(dtype, 0));
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "a", SIZE_MAX, &index), MMVIEW_ENOTFOUND);
    ck_assert_uint_eq(index, 99);
    ck_assert_uint_eq(length, 99);
    mmview_dtype_unref(dtype);
}
END_TEST

START_TEST(datetime)
{
    static const struct {
        const char *text, *unit;
        int multiple;
    } cases[] = {{"M", "generic", 1},  {"datetime64", "generic", 1}, {"M8", "generic", 1},
                 {"M8[ns]", "ns", 1},  {"m8[25s]", "s", 25},         {"m8", "generic", 1},
                 {"M8[D/24]", "h", 1}, {"M8[\xce\xbcs]", "us", 1}};

    for (int i = 0; i < COUNT(cases); i++) {
        struct mmview_dtype *dtype = parsed(cases[i].text, 0);
        int multiple = 99;

        ck_assert_str_eq(mmview_dtype_unit(dtype, &multiple), cases[i].unit);
        ck_assert_int_eq(multiple, cases[i].multiple);
        ck_assert_str_eq(mmview_dtype_unit(dtype, NULL), cases[i].unit);
        mmview_dtype_unref(dtype);
    }
}
END_TEST

START_TEST(subarray)
{
    struct mmview_dtype *dtype = parsed("('" OTHER "i2', (2, 3))", 0);
    const struct mmview_dtype *base = mmview_dtype_base(dtype);

    ck_assert_int_eq(mmview_dtype_kind(dtype), 'V');
    ck_assert_int_eq(mmview_dtype_byteorder(dtype), '|');
    ck_assert_int_eq(mmview_dtype_isnative(dtype), 0); /* its base is not */
    ck_assert_int_eq(mmview_dtype_itemsize(dtype), 12);
    ck_assert_int_eq(mmview_dtype_alignment(dtype), 2);
    ck_assert_int_eq(mmview_dtype_isstruct(dtype), 0);
    ck_assert_int_eq(mmview_dtype_ndim(dtype), 2);
    ck_assert_int_eq(mmview_dtype_shape(dtype)[0], 2);
    ck_assert_int_eq(mmview_dtype_shape(dtype)[1], 3);
    ck_assert_str_eq(text_of(mmview_dtype_typestr, base), OTHER "i2");
    ck_assert_ptr_null(mmview_dtype_base(base));
    mmview_dtype_unref(dtype);
}
END_TEST

START_TEST(fields)
{
    struct mmview_dtype *dtype = parsed("[('a', '|i1'), ('', '|V3'), (('Title', 'b'), '" OTHER
                                        "f4', (2,)), ((5, 'c\\0d'), '|O')]",
                                        0);
    size_t index = 99, length = 99;

    ck_assert_int_eq(mmview_dtype_isstruct(dtype), 1);
    ck_assert_int_eq(mmview_dtype_isalignedstruct(dtype), 0);
    ck_assert_int_eq(mmview_dtype_alignment(dtype), 1);
    ck_assert_int_eq(mmview_dtype_isnative(dtype), 0);
    ck_assert_int_eq(mmview_dtype_hasobject(dtype), 1);
    ck_assert_uint_eq(mmview_dtype_field_count(dtype), 3);

    ck_assert_str_eq(mmview_dtype_field_name(dtype, 0, &length), "a");
    ck_assert_uint_eq(length, 1);
    ck_assert_str_eq(mmview_dtype_field_name(dtype, 1, NULL), "b");
    ck_assert_mem_eq(mmview_dtype_field_name(dtype, 2, &length), "c\0d", 4);
    ck_assert_uint_eq(length, 3);
    ck_assert_ptr_null(mmview_dtype_field_title(dtype, 0, NULL));
    ck_assert_str_eq(mmview_dtype_field_title(dtype, 1, &length), "Title");
    ck_assert_uint_eq(length, 5);
    ck_assert_ptr_null(mmview_dtype_field_title(dtype, 2, NULL)); /* it is no string */

    ck_assert_int_eq(mmview_dtype_field_offset(dtype, 0), 0);
    ck_assert_int_eq(mmview_dtype_field_offset(dtype, 1), 4);
    ck_assert_int_eq(mmview_dtype_field_offset(dtype, 2), 12);
    ck_assert_int_eq(mmview_dtype_kind(mmview_dtype_field_dtype(dtype, 0)), 'i');
    ck_assert_int_eq(mmview_dtype_ndim(mmview_dtype_field_dtype(dtype, 1)), 1);
    ck_assert_int_eq(mmview_dtype_kind(mmview_dtype_field_dtype(dtype, 2)), 'O');

    /* By name, by title, by part of a longer text. */
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "b", SIZE_MAX, &index), MMVIEW_OK);
    ck_assert_uint_eq(index, 1);
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "abc", 1, &index), MMVIEW_OK);
    ck_assert_uint_eq(index, 0);
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "Title", SIZE_MAX, &index), MMVIEW_OK);
    ck_assert_uint_eq(index, 1);
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "c\0d", 3, &index), MMVIEW_OK);
    ck_assert_uint_eq(index, 2);
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "c", SIZE_MAX, &index), MMVIEW_ENOTFOUND);
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "5", SIZE_MAX, &index), MMVIEW_ENOTFOUND);
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "", SIZE_MAX, &index), MMVIEW_ENOTFOUND);
    ck_assert_uint_eq(index, 2);

    /* Past the last. */
    for (size_t past = 3; past; past = past == 3 ? SIZE_MAX : 0) {
        ck_assert_ptr_null(mmview_dtype_field_name(dtype, past, NULL));
        ck_assert_ptr_null(mmview_dtype_field_title(dtype, past, NULL));
        ck_assert_ptr_null(mmview_dtype_field_dtype(dtype, past));
        ck_assert_int_eq(mmview_dtype_field_offset(dtype, past), -1);
    }
    mmview_dtype_unref(dtype);
}
END_TEST

START_TEST(aligned)
{
    static const char text[] = "[('a', '|i1'), ('', '" OWN "i4'), ('c', '|i1')]";
    struct mmview_dtype *packed = parsed(text, 0), *dtype = parsed(text, MMVIEW_DTYPE_ALIGN);
    struct mmview_dtype *same;

    ck_assert_int_eq(mmview_dtype_itemsize(packed), 6);
    ck_assert_int_eq(mmview_dtype_alignment(packed), 1);
    ck_assert_int_eq(mmview_dtype_isalignedstruct(packed), 0);
    ck_assert_str_eq(mmview_dtype_field_name(packed, 1, NULL), "");

    ck_assert_int_eq(mmview_dtype_itemsize(dtype), 12);
    ck_assert_int_eq(mmview_dtype_alignment(dtype), 4);
    ck_assert_int_eq(mmview_dtype_isalignedstruct(dtype), 1);
    ck_assert_str_eq(mmview_dtype_field_name(dtype, 1, NULL), "f1");
    ck_assert_int_eq(mmview_dtype_field_offset(dtype, 1), 4);
    ck_assert_int_eq(mmview_dtype_field_offset(dtype, 2), 8);
    ck_assert(!mmview_dtype_equal(packed, dtype));

    /* What counts for equality is where things are, not why. */
    same = parsed(text_of(mmview_dtype_descr, dtype), 0);
    ck_assert_int_eq(mmview_dtype_isalignedstruct(same), 0);
    ck_assert(mmview_dtype_equal(same, dtype));
    mmview_dtype_unref(same);
    mmview_dtype_unref(dtype);
    mmview_dtype_unref(packed);
}
END_TEST

/* A reference keeps a dtype, and what is in it, without the rest. */
START_TEST(null_arguments)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype;

    ck_assert_int_eq(mmview_dtype_parse(NULL, SIZE_MAX, 0, &dtype, &err), MMVIEW_EINVAL);
    mmview_error_clear(&err);
    ck_assert_int_eq(mmview_dtype_parse("f8", 2, 0, NULL, &err), MMVIEW_EINVAL);
}
END_TEST

START_TEST(references)
{
    struct mmview_dtype *dtype = parsed("[('a', [('b', '|S7')])]", 0), *field, *inner;

    ck_assert_ptr_eq(mmview_dtype_ref(dtype), dtype);
    mmview_dtype_unref(dtype);
    field = mmview_dtype_ref(mmview_dtype_field_dtype(dtype, 0));
    mmview_dtype_unref(dtype);
    ck_assert_str_eq(text_of(mmview_dtype_descr, field), "[('b', '|S7')]");
    inner = mmview_dtype_ref(mmview_dtype_field_dtype(field, 0));
    mmview_dtype_unref(field);
    ck_assert_str_eq(text_of(mmview_dtype_typestr, inner), "|S7");
    mmview_dtype_unref(inner);
    mmview_dtype_unref(NULL);
}
END_TEST

/* A dtype, an order, and the dtype of that order. */
static const struct {
    const char *text;
    char order;
    const char *shown;
} orders[] = {
    {OWN "f8", 'S', "'" OTHER "f8'"},
    {OTHER "f8", 'S', "'" OWN "f8'"},
    {OTHER "c16", '=', "'" OWN "c16'"},
    {OTHER "i2", '|', "'" OTHER "i2'"},
    {OTHER "i2", '<', "'<i2'"},
    {OTHER "i2", '>', "'>i2'"},
    {OWN "i2", '<', "'<i2'"},
    {OWN "i2", '>', "'>i2'"},
    {"i1", '>', "'|i1'"},
    {"?", 'S', "'|b1'"},
    {"S5", '>', "'|S5'"},
    {"V5", 'S', "'|V5'"},
    {"<U5", '>', "'>U5'"},
    {"<M8[25s]", '>', "'>M8[25s]'"},
    {"<m8", '>', "'>m8'"},
    {"<g", '>', "'>" LONG_DOUBLE "'"},
    {"('<i2', (2, 3))", '>', "'>i2' (2, 3)"},
    {"[]", '>', "[]"},
    {"[(('t', 'a'), '<i2'), ('', '|V3'), ((5, 'b'), [('c', '>U2'), ('d', 'S1')], (2,))]", 'S',
     "[(('t', 'a'), '>i2'), ('', '|V3'), ((5, 'b'), [('c', '<U2'), ('d', '|S1')], (2,))]"},
};

START_TEST(newbyteorder)
{
    struct mmview_dtype *dtype = parsed(orders[_i].text, 0), *other = NULL;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    char shown[200];

    ck_assert_int_eq(mmview_dtype_newbyteorder(dtype, orders[_i].order, &other, &err), MMVIEW_OK);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_int_eq(mmview_dtype_itemsize(other), mmview_dtype_itemsize(dtype));
    mmview_dtype_unref(dtype);
    show_dtype(other, shown, sizeof shown);
    ck_assert_str_eq(shown, orders[_i].shown);
    mmview_dtype_unref(other);
}
END_TEST

START_TEST(newbyteorder_aligned)
{
    struct mmview_dtype *dtype = parsed("[('a', 'i1'), ('b', '" OWN "f8')]", MMVIEW_DTYPE_ALIGN);
    struct mmview_dtype *other = NULL;

    ck_assert_int_eq(mmview_dtype_newbyteorder(dtype, 'S', &other, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_dtype_isalignedstruct(other), 1);
    ck_assert_int_eq(mmview_dtype_alignment(other), mmview_dtype_alignment(dtype));
    ck_assert_int_eq(mmview_dtype_field_offset(other, 1), mmview_dtype_field_offset(dtype, 1));
    mmview_dtype_unref(dtype);
    mmview_dtype_unref(other);
}
END_TEST

START_TEST(newbyteorder_refuses)
{
    struct mmview_dtype *dtype = parsed("f8", 0), *untouched = dtype, *out = untouched;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmview_dtype_newbyteorder(dtype, "!\0xs"[_i], &out, &err), MMVIEW_EINVAL);
    ck_assert_int_eq(err.status, MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_dtype_newbyteorder(dtype, '!', &out, NULL), MMVIEW_EINVAL);
    ck_assert_ptr_eq(out, untouched);
    mmview_dtype_unref(dtype);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, newbyteorder, 0, COUNT(orders));
    tcase_add_test(tcase, newbyteorder_aligned);
    tcase_add_loop_test(tcase, newbyteorder_refuses, 0, 4);
    tcase_add_loop_test(tcase, parses, 0, COUNT(texts));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refusals));
    tcase_add_loop_test(tcase, prints, 0, COUNT(printed));
    tcase_add_test(tcase, scalar);
    tcase_add_test(tcase, datetime);
    tcase_add_test(tcase, subarray);
    tcase_add_test(tcase, fields);
    tcase_add_test(tcase, aligned);
    tcase_add_test(tcase, null_arguments);
    tcase_add_test(tcase, references);
}

int main(void)
{
    return run_suite("dtype", add_tests);
}

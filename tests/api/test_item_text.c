/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The text of single items, through the public header: each kind, what NumPy can
 * not say, and the contract on the buffer. Masses: tests/oracle/test_text_items.py. */
#include <mmview.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../suite.h"

static struct mmview_dtype *dtype_of(const char *text)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;

    ck_assert_msg(mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, &err) == MMVIEW_OK, "%s: %s", text,
                  err.message);
    return dtype;
}

static const struct {
    const char *dtype, *bytes, *str, *repr;
} cases[] = {
    {"?", "\2", "True", "True"},
    {"?", "\0", "False", "False"},
    {"i1", "\x80", "-128", "-128"},
    {">u2", "\1\2", "258", "258"},
    {"<i4", "\xff\xff\xff\xff", "-1", "-1"},
    {">i8", "\x80\0\0\0\0\0\0\0", "-9223372036854775808", "-9223372036854775808"},
    {"<u8", "\xff\xff\xff\xff\xff\xff\xff\xff", "18446744073709551615", "18446744073709551615"},
    {">f2", "\x2e\x66", "0.1", "0.1"},
    {"<f4", "\xcd\xcc\xcc\x3d", "0.1", "0.1"},
    {">f8", "\xbf\xf8\0\0\0\0\0\0", "-1.5", "-1.5"},
    {"<c8", "\0\0\x80\x3f\0\0\0\xc0", "(1-2j)", "(1-2j)"},
    {">c16", "\0\0\0\0\0\0\0\0\x40\0\0\0\0\0\0\0", "2j", "2j"},

    {"S4", "ab\0\0", "b'ab'", "b'ab'"},
    {"S4", "a\0b\0", "b'a\\x00b'", "b'a\\x00b'"},
    {"S4", "'\n\\\xff", "b\"'\\n\\\\\\xff\"", "b\"'\\n\\\\\\xff\""},
    {"S2", "'\"", "b'\\'\"'", "b'\\'\"'"},
    {"c", "x", "b'x'", "b'x'"},
    {"S0", "", "b''", "b''"},
    {">U2", "\0\0\0\xe9\0\0\0\0", "\xc3\xa9", "'\xc3\xa9'"},
    {"<U3", "'\0\0\0\\\0\0\0\n\0\0\0", "'\\\n", "\"'\\\\\\n\""},
    {"<U1", "\0\xd8\0\0", "\\ud800", "'\\ud800'"},
    {"<U1", "\0\0\x11\0", "\\U00110000", "'\\U00110000'"},
    {"<U1", "\xff\xff\xff\xff", "\\Uffffffff", "'\\Uffffffff'"},
    {"<U1", "\xad\0\0\0", "\xc2\xad", "'\\xad'"},
    {"U0", "", "", "''"},
    {"V2", "a\xff", "b'\\x61\\xFF'", "void(b'\\x61\\xFF')"},
    {"V0", "", "b''", "void(b'')"},

    {"<M8[D]", "\1\0\0\0\0\0\0\0", "1970-01-02", "numpy.datetime64('1970-01-02')"},
    {">M8[h]", "\0\0\0\0\0\0\0\1", "1970-01-01T01", "numpy.datetime64('1970-01-01T01','h')"},
    {"<M8[25ms]", "\1\0\0\0\0\0\0\0", "1970-01-01T00:00:00.025",
     "numpy.datetime64('1970-01-01T00:00:00.025','25ms')"},
    {"<M8[Y]", "\0\0\0\0\0\0\0\x80", "NaT", "numpy.datetime64('NaT')"},
    {"<M8[3W]", "\0\0\0\0\0\0\0\x80", "NaT", "numpy.datetime64('NaT','3W')"},
    {"<M8[Y]", "\x4d\xf8\xff\xff\xff\xff\xff\xff", "-001", "numpy.datetime64('-001')"},
    {"<M8[as]", "\xff\xff\xff\xff\xff\xff\xff\xff", "1969-12-31T23:59:59.999999999999999999",
     "numpy.datetime64('1969-12-31T23:59:59.999999999999999999')"},
    {"<M8", "\5\0\0\0\0\0\0\0", "5", "numpy.datetime64(5)"}, /* NumPy refuses it */
    {"<M8", "\0\0\0\0\0\0\0\x80", "NaT", "numpy.datetime64('NaT')"},
    {"<m8[3s]", "\2\0\0\0\0\0\0\0", "6 seconds", "numpy.timedelta64(2,'3s')"},
    {"<m8[us]", "\2\0\0\0\0\0\0\0", "2 microseconds", "numpy.timedelta64(2,'us')"},
    {"<m8", "\2\0\0\0\0\0\0\0", "2 generic time units", "numpy.timedelta64(2)"},
    {"<m8[W]", "\0\0\0\0\0\0\0\x80", "NaT", "numpy.timedelta64('NaT','W')"},
    {"<m8", "\0\0\0\0\0\0\0\x80", "NaT", "numpy.timedelta64('NaT')"},

    /* Structs show their members as arrays show items. */
    {"[('a', '>i2'), ('b', '<f8')]", "\0\7\0\0\0\0\0\0\x04\x40", "(7, 2.5)", "(7, 2.5)"},
    {"[('a', '?')]", "\1", "(True,)", "(True,)"},
    {"[]", "", "()", "()"},
    {"[('a', '<f4', (2,)), ('b', 'S2')]", "\0\0\x80\x3f\0\0\x10\xc1'", "([ 1., -9.], b\"'\")",
     "([ 1., -9.], b\"'\")"},
    {"[('a', [('b', 'i1', (2, 2)), ('c', '<M8[D]')])]", "\1\2\x7f\x80\1\0\0\0\0\0\0\0",
     "(([[   1,    2], [ 127, -128]], '1970-01-02'),)",
     "(([[   1,    2], [ 127, -128]], '1970-01-02'),)"},
    {"[('a', '<m8[s]'), ('b', 'V1'), ('c', '<U1')]", "\3\0\0\0\0\0\0\0\xff'\0\0",
     "(3, b'\\xFF', \"'\")", "(3, b'\\xFF', \"'\")"},
    {"('<u2', (0, 2))", "", "[]", "[]"},
    {"('<u2', (2, 1))", "\1\0\2\0", "[[1], [2]]", "[[1], [2]]"},
};

/* The item ends where its memory does, and so a sanitizer sees what is read of it. */
static void check_text(const struct mmview_dtype *dtype, const char *bytes, int style,
                       const char *expected)
{
    size_t itemsize = (size_t)mmview_dtype_itemsize(dtype), length = strlen(expected);
    char *item = malloc(itemsize + 1), text[200];

    ck_assert_ptr_nonnull(item);
    memcpy(item + 1, bytes, itemsize); /* unaligned */
    ck_assert_uint_eq(mmview_item_text(dtype, item + 1, style, NULL, 0), length);
    for (size_t size = 1; size <= length + 2; size++) {
        memset(text, '#', sizeof text);
        ck_assert_uint_eq(mmview_item_text(dtype, item + 1, style, text, size), length);
        ck_assert_uint_eq(strlen(text), size <= length ? size - 1 : length);
        ck_assert_msg(memcmp(text, expected, strlen(text)) == 0, "%s, not %s", text, expected);
        ck_assert_int_eq(text[size], '#');
    }
    free(item);
}

START_TEST(kinds)
{
    struct mmview_dtype *dtype = dtype_of(cases[_i].dtype);

    check_text(dtype, cases[_i].bytes, MMVIEW_ITEM_STR, cases[_i].str);
    check_text(dtype, cases[_i].bytes, MMVIEW_ITEM_REPR, cases[_i].repr);
    mmview_dtype_unref(dtype);
}
END_TEST

/* An item longer than any buffer of ours. */
START_TEST(long_string)
{
    struct mmview_dtype *dtype = dtype_of("S100000");
    char *item = malloc(100000), *text = malloc(100004);

    ck_assert_ptr_nonnull(item);
    ck_assert_ptr_nonnull(text);
    memset(item, 'x', 100000);
    ck_assert_uint_eq(mmview_item_text(dtype, item, MMVIEW_ITEM_STR, text, 100004), 100003);
    ck_assert_int_eq(memcmp(text, "b'x", 3), 0);
    ck_assert_int_eq(memcmp(text + 2, item, 100000), 0);
    ck_assert_str_eq(text + 100001, "x'");
    free(item);
    free(text);
    mmview_dtype_unref(dtype);
}
END_TEST

START_TEST(no_text)
{
    struct mmview_dtype *number = dtype_of("<f8"), *object = dtype_of("O"),
                        *inside = dtype_of("[('a', 'O', (2,))]");
    char text[4] = "abc";
    double one = 1;

    ck_assert_uint_eq(mmview_item_text(number, &one, 2, text, sizeof text), MMVIEW_NO_TEXT);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(mmview_item_text(number, &one, -1, NULL, 0), MMVIEW_NO_TEXT);
    ck_assert_uint_eq(mmview_item_text(object, &one, MMVIEW_ITEM_STR, text, sizeof text),
                      MMVIEW_NO_TEXT);
    ck_assert_uint_eq(mmview_item_text(inside, &one, MMVIEW_ITEM_STR, text, sizeof text),
                      MMVIEW_NO_TEXT);
    mmview_dtype_unref(number);
    mmview_dtype_unref(object);
    mmview_dtype_unref(inside);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, kinds, 0, COUNT(cases));
    tcase_add_test(tcase, long_string);
    tcase_add_test(tcase, no_text);
}

int main(void)
{
    return run_suite("item_text", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Texts as Python and as JSON write them, and repr() of literals. */
#include "format/pyrepr.h"

#include "literal_show.h"

static const struct {
    const char *text;
    size_t length;
    const char *python, *json;
} texts[] = {
    {"", 0, "''", "\"\""},
    {"abc", 3, "'abc'", "\"abc\""},

    /* Python takes the quote that needs no escape. */
    {"it's", 4, "\"it's\"", "\"it's\""},
    {"\"a\"", 3, "'\"a\"'", "\"\\\"a\\\"\""},
    {"'\"", 2, "'\\'\"'", "\"'\\\"\""},
    {"a\\b", 3, "'a\\\\b'", "\"a\\\\b\""},

    /* What can not be shown. */
    {"\t\n\r", 3, "'\\t\\n\\r'", "\"\\u0009\\u000a\\u000d\""},
    {"\0\x01\x1f\x7f", 4, "'\\x00\\x01\\x1f\\x7f'", "\"\\u0000\\u0001\\u001f\\u007f\""},
    {"a\0b", 3, "'a\\x00b'", "\"a\\u0000b\""},
    {"\x08\x0c/", 3, "'\\x08\\x0c/'", "\"\\u0008\\u000c/\""},
    {"\xc2\x80\xc2\xa0\xc2\xad", 6, "'\\x80\\xa0\\xad'", "\"\\u0080\xc2\xa0\xc2\xad\""},
    {"\xe2\x80\xa8\xef\xbb\xbf", 6, "'\\u2028\\ufeff'", "\"\xe2\x80\xa8\xef\xbb\xbf\""},
    {"\xf4\x8f\xbf\xbf", 4, "'\\U0010ffff'", "\"\xf4\x8f\xbf\xbf\""},

    /* What can. */
    {"\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80", 9, "'\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80'",
     "\"\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80\""},

    /* Lone surrogates, and a pair of them, which to Python are two characters. */
    {"\xed\xa0\x80x", 4, "'\\ud800x'", "\"\\\\ud800x\""},
    {"\xed\xa0\xbd\xed\xb8\x80", 6, "'\\ud83d\\ude00'", "\"\\\\ud83d\\\\ude00\""},

    /* Bytes that are no text at all. */
    {"a\xff\xc3", 3, "'a\\xff\\xc3'", "\"a\\ufffd\\ufffd\""},
};

START_TEST(strings)
{
    char python[100], json[100];
    struct mmv_strbuf buf = mmv_strbuf_init(python, sizeof python);

    mmv_repr_str(&buf, texts[_i].text, texts[_i].length);
    ck_assert_uint_eq(mmv_strbuf_end(&buf), strlen(texts[_i].python));
    ck_assert_str_eq(python, texts[_i].python);
    buf = mmv_strbuf_init(json, sizeof json);
    mmv_json_str(&buf, texts[_i].text, texts[_i].length);
    ck_assert_uint_eq(mmv_strbuf_end(&buf), strlen(texts[_i].json));
    ck_assert_str_eq(json, texts[_i].json);
}
END_TEST

static const struct {
    const char *source, *repr; /* NULL: has none here */
} literals[] = {
    {"None", "None"},
    {"True", "True"},
    {"False", "False"},
    {"...", "Ellipsis"},
    {"-0x10", "-16"},
    {"9223372036854775807", "9223372036854775807"},
    {"-9223372036854775807", "-9223372036854775807"},
    {"9223372036854775808", NULL},
    {"18446744073709551616", NULL},
    {"1.5", NULL},
    {"1j", NULL},
    {"1+2j", NULL},
    {"\"a'b\"", "\"a'b\""},
    {"'\\u00e9\\n'", "'\xc3\xa9\\n'"},
    {"b'a\\x00\\xff\\n\\\\'", "b'a\\x00\\xff\\n\\\\'"},
    {"b\"it's\"", "b\"it's\""},
    {"b'\"it\\'s\"'", "b'\"it\\'s\"'"},
    {"()", "()"},
    {"(1,)", "(1,)"},
    {"( 1,2 , )", "(1, 2)"},
    {"[]", "[]"},
    {"[1,[2,(3,)]]", "[1, [2, (3,)]]"},
    {"[1,2.5]", NULL},
    {"{}", "{}"},
    {"{1:(2,)}", "{1: (2,)}"},
    {"{1:2,3:4}", NULL},
    {"set()", "set()"},
    {"{1}", "{1}"},
    {"{1,2}", NULL},
    {"{1:1.5}", NULL},
    {"({1},{2:[]})", "({1}, {2: []})"},
};

START_TEST(whole)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_literal parsed;
    char text[100], *copy;
    struct mmv_strbuf buf = mmv_strbuf_init(text, sizeof text);
    bool done;

    ck_assert_int_eq(
        parse_exactly(&parsed, literals[_i].source, strlen(literals[_i].source), UTF8, &copy, &err),
        MMVIEW_OK);
    done = mmv_repr_literal(&buf, &parsed, mmv_literal_root(&parsed));
    mmv_strbuf_end(&buf);
    ck_assert_int_eq(done, literals[_i].repr != NULL);
    if (done)
        ck_assert_str_eq(text, literals[_i].repr);
    mmv_literal_free(&parsed);
    free(copy);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, strings, 0, COUNT(texts));
    tcase_add_loop_test(tcase, whole, 0, COUNT(literals));
}

int main(void)
{
    return run_suite("pyrepr", add_tests);
}

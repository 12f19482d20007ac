/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The strings of a Python literal: quotes, prefixes, escapes, concatenation,
 * line ends, and the two encodings a source may have. */
#include "literal_show.h"

static const struct accepted accepted[] = {
    /* Quotes. */
    {UTF8, "''", "''"},
    {UTF8, "\"\"", "''"},
    {UTF8, "'a'", "'a'"},
    {UTF8, "\"a\"", "'a'"},
    {UTF8, "'\"'", "'\"'"},
    {UTF8, "\"'\"", "'\\x27'"},
    {UTF8, "''''''", "''"},
    {UTF8, "\"\"\"\"\"\"", "''"},
    {UTF8, "'''a'''", "'a'"},
    {UTF8, "'''a'b''c'''", "'a\\x27b\\x27\\x27c'"},
    {UTF8, "''''a'''", "'\\x27a'"},
    {UTF8, "\"\"\"a\"b'''c\"\"\"", "'a\"b\\x27\\x27\\x27c'"},
    {UTF8, "'#'", "'#'"},
    {UTF8, "'\t\x01\x7f'", "'\\x09\\x01\\x7f'"}, /* inside, control bytes may be */

    /* Prefixes. */
    {UTF8, "u'a'", "'a'"},
    {UTF8, "U'a'", "'a'"},
    {UTF8, "b'a'", "b'a'"},
    {UTF8, "B'a'", "b'a'"},
    {UTF8, "r'a'", "'a'"},
    {UTF8, "R'a'", "'a'"},
    {UTF8, "br'a'", "b'a'"},
    {UTF8, "Br'a'", "b'a'"},
    {UTF8, "bR'a'", "b'a'"},
    {UTF8, "rb'a'", "b'a'"},
    {UTF8, "RB'a'", "b'a'"},
    {UTF8, "u'''a'''", "'a'"},
    {UTF8, "rb\"\"\"a\"\"\"", "b'a'"},

    /* Escapes. */
    {UTF8, "'\\\\'", "'\\x5c'"},
    {UTF8, "'\\''", "'\\x27'"},
    {UTF8, "'\\\"'", "'\"'"},
    {UTF8, "'\\a\\b\\f\\n\\r\\t\\v'", "'\\x07\\x08\\x0c\\x0a\\x0d\\x09\\x0b'"},
    {UTF8, "'a\\\nb'", "'ab'"},
    {UTF8, "'a\\\r\nb'", "'ab'"},
    {UTF8, "'a\\\rb'", "'ab'"},
    {UTF8, "'\\0'", "'\\x00'"},
    {UTF8, "'\\7\\07\\007'", "'\\x07\\x07\\x07'"},
    {UTF8, "'\\101\\1011'", "'AA1'"},
    {UTF8, "'\\08'", "'\\x008'"},
    {UTF8, "'\\377'", "'\\xc3\\xbf'"},
    {UTF8, "'\\400'", "'\\xc4\\x80'"},
    {UTF8, "'\\777'", "'\\xc7\\xbf'"},
    {UTF8, "'\\x41\\x4a\\x4A'", "'AJJ'"},
    {UTF8, "'\\x00'", "'\\x00'"},
    {UTF8, "'\\xff'", "'\\xc3\\xbf'"},
    {UTF8, "'\\x411'", "'A1'"},
    {UTF8, "'\\u0041\\u00e9\\uFFFF'", "'A\\xc3\\xa9\\xef\\xbf\\xbf'"},
    {UTF8, "'\\ud800'", "'\\xed\\xa0\\x80'"},
    {UTF8, "'\\udfff'", "'\\xed\\xbf\\xbf'"},
    {UTF8, "'\\ud83d\\ude00'", "'\\xed\\xa0\\xbd\\xed\\xb8\\x80'"}, /* two, not the one */
    {UTF8, "'\\U0001F600'", "'\\xf0\\x9f\\x98\\x80'"},
    {UTF8, "'\\U0010FFFF'", "'\\xf4\\x8f\\xbf\\xbf'"},
    {UTF8, "'\\U00000041'", "'A'"},
    {UTF8, "'\\q\\8\\ \\('", "'\\x5cq\\x5c8\\x5c \\x5c('"}, /* unknown: the backslash stays */
    {UTF8, "'\\X41\\e\\s'", "'\\x5cX41\\x5ce\\x5cs'"},
    {UTF8, "'\\\xc3\xa9'", "'\\x5c\\xc3\\xa9'"},
    {LATIN1, "'\\\xe9'", "'\\x5c\\xc3\\xa9'"},

    /* In bytes. */
    {UTF8, "b'\\x41\\xff\\101\\n'", "b'A\\xffA\\x0a'"},
    {UTF8, "b'\\400\\777'", "b'\\x00\\xff'"},
    {UTF8, "b'\\u0041\\U00000041\\N{x}'", "b'\\x5cu0041\\x5cU00000041\\x5cN{x}'"},
    {UTF8, "b'\\u'", "b'\\x5cu'"},

    /* Raw. */
    {UTF8, "r'\\n\\x4\\u\\N'", "'\\x5cn\\x5cx4\\x5cu\\x5cN'"},
    {UTF8, "r'\\''", "'\\x5c\\x27'"},
    {UTF8, "r'\\\"'", "'\\x5c\"'"},
    {UTF8, "r'\\\\'", "'\\x5c\\x5c'"},
    {UTF8, "r'a\\\nb'", "'a\\x5c\\x0ab'"},
    {UTF8, "r'a\\\r\nb'", "'a\\x5c\\x0ab'"},
    {UTF8, "rb'\\xff'", "b'\\x5cxff'"},
    {UTF8, "r'\\\xc3\xa9'", "'\\x5c\\xc3\\xa9'"},
    {UTF8, "r'''a\\'''b'''", "'a\\x5c\\x27\\x27\\x27b'"},

    /* Line ends in three quotes are all a newline. */
    {UTF8, "'''a\nb'''", "'a\\x0ab'"},
    {UTF8, "'''a\r\nb\rc\n\rd'''", "'a\\x0ab\\x0ac\\x0a\\x0ad'"},
    {UTF8, "'''\\\n'''", "''"},
    {UTF8, "b'''a\r\nb'''", "b'a\\x0ab'"},

    /* Strings next to one another are one. */
    {UTF8, "'a''b'", "'ab'"},
    {UTF8, "'a' 'b'", "'ab'"},
    {UTF8, "'a' \"b\" '''c'''", "'abc'"},
    {UTF8, "'' ''", "''"},
    {UTF8, "'a' u'b' r'\\n'", "'ab\\x5cn'"},
    {UTF8, "b'a' rb'\\n' B'c'", "b'a\\x5cnc'"},
    {UTF8, "('a'\n'b' # c\n 'd')", "'abd'"},
    {UTF8, "'a'\\\n'b'", "'ab'"},
    {UTF8, "['a' 'b', 'c']", "['ab','c']"},
    {UTF8, "{'a' 'b':'c' 'd'}", "{'ab':'cd'}"},

    /* The source's encoding. */
    {UTF8, "'\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80'",
     "'\\xc3\\xa9\\xe6\\x97\\xa5\\xf0\\x9f\\x98\\x80'"},
    {LATIN1, "'\xc3\xa9'", "'\\xc3\\x83\\xc2\\xa9'"}, /* two characters, not one */
    {LATIN1, "'\x80\xff'", "'\\xc2\\x80\\xc3\\xbf'"},
    {LATIN1, "r'''\xe9'''", "'\\xc3\\xa9'"},
    {PYTHON2, "'\xe9 2L'", "'\\xc3\\xa9 2L'"}, /* no filter inside strings */

#ifdef HAVE_LIBUNISTRING
    {UTF8, "'\\N{DIGIT ONE}'", "'1'"},
    {UTF8, "'\\N{digit one}\\N{DIGIT TWO}'", "'12'"},
    {UTF8, "'a\\N{LATIN SMALL LETTER E WITH ACUTE}b'", "'a\\xc3\\xa9b'"},
    {UTF8, "'\\N{GRINNING FACE}'", "'\\xf0\\x9f\\x98\\x80'"},
    {UTF8, "'\\N{HYPHEN-MINUS}'", "'-'"},
    {UTF8, "'\\N{latin small letter a with macron}'", "'\\xc4\\x81'"},
#endif
};

START_TEST(accepts)
{
    check_accepted(&accepted[_i]);
}
END_TEST

static const struct refused refused[] = {
    /* Without an end: told where the string starts. */
    {UTF8, "'", 0},
    {UTF8, "'a", 0},
    {UTF8, "['a, 1]", 1},
    {UTF8, "'a\"", 0},
    {UTF8, "'''a''", 0},
    {UTF8, "'''a\"\"\"", 0},
    {UTF8, "'''a''''", 7},
    {UTF8, "'\\'", 0},
    {UTF8, "r'\\'", 0},
    {UTF8, "'a' 'b", 4},
    {UTF8, "b'", 0},
    {UTF8, "'\\", 0},
    {UTF8, "r'\\", 0},

    /* A line end in one quote. */
    {UTF8, "'a\nb'", 0},
    {UTF8, "'a\r\nb'", 0},
    {UTF8, "['x', 'a\rb']", 6},
    {UTF8, "r'a\nb'", 0},
    {UTF8, "b'a\nb'", 0},

    /* Prefixes that are none. */
    {UTF8, "f'a'", 0},
    {UTF8, "F'a'", 0},
    {UTF8, "rf'a'", 0},
    {UTF8, "ur'a'", 0},
    {UTF8, "ru'a'", 0},
    {UTF8, "ub'a'", 0},
    {UTF8, "bu'a'", 0},
    {UTF8, "bb'a'", 0},
    {UTF8, "rr'a'", 0},
    {UTF8, "brb'a'", 0},
    {UTF8, "uu'a'", 0},
    {UTF8, "b 'a'", 0},
    {UTF8, "x'a'", 0},
    {UTF8, "'a'f'b'", 3},
    {UTF8, "'a' x'b'", 4},

    /* Escapes: told where their backslash is. */
    {UTF8, "'\\x'", 1},
    {UTF8, "'ab\\x4'", 3},
    {UTF8, "'\\xg0'", 1},
    {UTF8, "b'\\x4'", 2},
    {UTF8, "'\\u004'", 1},
    {UTF8, "'\\u 041'", 1},
    {UTF8, "'\\U0001F60'", 1},
    {UTF8, "'\\U00110000'", 1},
    {UTF8, "'\\UFFFFFFFF'", 1},
    {UTF8, "'\\x4", 1},
    {UTF8, "'\\N'", 1},
    {UTF8, "'\\N{'", 1},
    {UTF8, "'\\NDIGIT ONE'", 1},
    {UTF8, "'\\N{}'", 1},
    {UTF8, "'\\N{DIGIT_ONE}'", 1},
    {UTF8, "'\\N{\xc3\xa9}'", 1},
#ifdef HAVE_LIBUNISTRING
    {UTF8, "'ab\\N{NO SUCH CHARACTER}'", 3},
#endif

    /* Bytes are ASCII, and do not go with a str. */
    {UTF8, "b'\xc3\xa9'", 2},
    {LATIN1, "b'a\xe9'", 3},
    {UTF8, "rb'\\\xc3\xa9'", 4},
    {UTF8, "'a' b'b'", 4},
    {UTF8, "b'a' 'b'", 5},
    {UTF8, "b'a' 'b' b'c'", 5},
    {UTF8, "'a'1", 3},
    {UTF8, "1'a'", 1},
    {UTF8, "'a'.b", 3},
    {UTF8, "'a'%1", 3},
};

START_TEST(refuses)
{
    check_refused(&refused[_i]);
}
END_TEST

/* Characters double in size from Latin-1 to UTF-8: nothing may run over, and
 * all must be there. */
START_TEST(long_latin1)
{
    size_t count = (size_t)_i;
    char *source = malloc(count + 3), *shown = malloc(8 * count + 3), *p = shown;

    ck_assert(source && shown);
    memset(source, 0xe9, count + 2);
    source[0] = source[count + 1] = '\'';
    source[count + 2] = '\0';
    p = stpcpy(p, "'");
    for (size_t i = 0; i < count; i++)
        p = stpcpy(p, "\\xc3\\xa9");
    stpcpy(p, "'");
    check_shown(LATIN1, source, count + 2, shown);
    free(shown);
    free(source);
}
END_TEST

#ifndef HAVE_LIBUNISTRING
/* Without the names, one that may well be right is not called wrong. */
START_TEST(no_names)
{
    static const char source[] = "['a', 'b\\N{DIGIT ONE}']";
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_literal literal;
    char *copy;

    ck_assert_int_eq(parse_exactly(&literal, source, strlen(source), UTF8, &copy, &err),
                     MMVIEW_EUNSUPPORTED);
    ck_assert_uint_eq(err.offset, TEST_OFFSET + 8);
    free(copy);
}
END_TEST
#endif

START_TEST(is_str)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_literal literal;
    const struct mmv_literal_node *node;
    char *copy;

    ck_assert_int_eq(
        parse_exactly(&literal, "['des' 'cr', b'descr', 'descr\\0']", 33, UTF8, &copy, &err),
        MMVIEW_OK);
    node = mmv_literal_first(&literal, mmv_literal_root(&literal));
    ck_assert(mmv_literal_is_str(node, "descr"));
    ck_assert(!mmv_literal_is_str(node, "desc"));
    ck_assert(!mmv_literal_is_str(node, "descr2"));
    node = mmv_literal_next(&literal, node);
    ck_assert(!mmv_literal_is_str(node, "descr"));
    node = mmv_literal_next(&literal, node);
    ck_assert(!mmv_literal_is_str(node, "descr"));
    ck_assert_ptr_null(mmv_literal_next(&literal, node));
    mmv_literal_free(&literal);
    free(copy);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, accepts, 0, COUNT(accepted));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
    /* Around the size that needs no allocation, and far past it. */
    tcase_add_loop_test(tcase, long_latin1, 250, 260);
    tcase_add_loop_test(tcase, long_latin1, 5000, 5001);
#ifndef HAVE_LIBUNISTRING
    tcase_add_test(tcase, no_names);
#endif
    tcase_add_test(tcase, is_str);
}

int main(void)
{
    return run_suite("literal_string", add_tests);
}

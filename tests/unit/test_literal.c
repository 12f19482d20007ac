/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The Python literal: containers, names, blanks and lines, nesting. What is
 * accepted and refused here is what ast.literal_eval() accepts and refuses,
 * with PYTHON2 after NumPy's filter. */
#include "literal_show.h"

static const struct accepted accepted[] = {
    /* Names. */
    {UTF8, "None", "None"},
    {UTF8, "True", "True"},
    {UTF8, "False", "False"},
    {UTF8, "...", "..."},
    {UTF8, "[None,True,False,...]", "[None,True,False,...]"},

    /* Tuples, and parentheses that are none. */
    {UTF8, "()", "()"},
    {UTF8, "( )", "()"},
    {UTF8, "(1,)", "(1,)"},
    {UTF8, "(1)", "1"},
    {UTF8, "((1))", "1"},
    {UTF8, "((1),)", "(1,)"},
    {UTF8, "((1,))", "(1,)"},
    {UTF8, "((1,),)", "((1,),)"},
    {UTF8, "(())", "()"},
    {UTF8, "(1,2)", "(1,2)"},
    {UTF8, "(1,2,)", "(1,2)"},
    {UTF8, "( 1 , 2 , )", "(1,2)"},
    {UTF8, "(('a','b'),('c'))", "(('a','b'),'c')"},

    /* Lists. */
    {UTF8, "[]", "[]"},
    {UTF8, "[ ]", "[]"},
    {UTF8, "[1]", "[1]"},
    {UTF8, "[1,]", "[1]"},
    {UTF8, "[ 1 , [2,[]] ]", "[1,[2,[]]]"},

    /* Dicts, which keep every entry, and sets. */
    {UTF8, "{}", "{}"},
    {UTF8, "{ }", "{}"},
    {UTF8, "{1:2}", "{1:2}"},
    {UTF8, "{1:2,}", "{1:2}"},
    {UTF8, "{ 'a' : 1 , 'b' : (2,) , }", "{'a':1,'b':(2,)}"},
    {UTF8, "{'a':1,'a':2}", "{'a':1,'a':2}"},
    {UTF8, "{1:{2:{3:4}}}", "{1:{2:{3:4}}}"},
    {UTF8, "{1}", "{1}"},
    {UTF8, "{1,}", "{1}"},
    {UTF8, "{1,2,1}", "{1,2,1}"},
    {UTF8, "set()", "set()"},
    {UTF8, "set ( )", "set()"},
    {UTF8, "[set(\n)]", "[set()]"},

    /* What can be a key. */
    {UTF8, "{None:1,True:2,...:3,1.5:4,2j:5,b'x':6,'y':7,():8}",
     "{None:1,True:2,...:3,float:4,complex:5,b'x':6,'y':7,():8}"},
    {UTF8, "{(1,(2,('a',))):[]}", "{(1,(2,('a',))):[]}"},
    {UTF8, "{(1,2),3}", "{(1,2),3}"},

    /* Inside brackets anything that is not seen may stand between. */
    {UTF8, "[ 1\t,\f2\r,\n3\r\n]", "[1,2,3]"},
    {UTF8, "[#one\n1,#two]\n2#\n]", "[1,2]"},
    {UTF8, "[1,#a\r2,#b\r\n3]", "[1,2,3]"},
    {UTF8, "[1\\\n,\\\r\n2\\\r]", "[1,2]"},
    {UTF8, "{\n\n\n 'a'\n   :\n 1\n}", "{'a':1}"},
    {UTF8, "[1, # \xc3\xa9 \x01 ' \" [ \\\n2]", "[1,2]"},
    {LATIN1, "[1, # \xe9\n2]", "[1,2]"},

    /* Before the value: blanks are stripped, blank lines and comments passed. */
    {UTF8, " 1", "1"},
    {UTF8, " \t \t1", "1"},
    {UTF8, "\n1", "1"},
    {UTF8, "\r1", "1"},
    {UTF8, "\r\n\n\r1", "1"},
    {UTF8, " \n\t\n1", "1"},
    {UTF8, "#c\n1", "1"},
    {UTF8, " #c\n  #d\n\n1", "1"},
    {UTF8, "\f1", "1"},
    {UTF8, "\n\f1", "1"},
    {UTF8, "\n \t\f1", "1"}, /* a form feed starts the line anew */
    {PYTHON2, " \f 1", "1"},
    {UTF8, "\\\n1", "1"},
    {UTF8, " \\\n1", "1"},
    {UTF8, "\\\n\n1", "1"},
    {UTF8, "\\\r\n\\\r1", "1"},
    {PYTHON2, "\n \\\n1", "1"},

    /* After it: blanks, comments, empty lines. */
    {UTF8, "1 \t\f", "1"},
    {UTF8, "1\n", "1"},
    {UTF8, "1\r\n\r\n\n", "1"},
    {UTF8, "1#c", "1"},
    {UTF8, "1 # c\n", "1"},
    {UTF8, "1\n#c", "1"},
    {UTF8, "1\n  #c", "1"},
    {UTF8, "1\n  \n\t\n", "1"},
    {UTF8, "1\\\n ", "1"},
    {UTF8, "1\\\n\n", "1"},
    {UTF8, "1\n\f", "1"},
    {PYTHON2, "1\n  ", "1"}, /* the filter ends the last line */
    {PYTHON2, "1\r\n\t", "1"},

    /* As NumPy writes it. */
    {PYTHON2, "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }        \n",
     "{'descr':'<f8','fortran_order':False,'shape':(3,4)}"},
};

START_TEST(accepts)
{
    check_accepted(&accepted[_i]);
}
END_TEST

static const struct refused refused[] = {
    /* Nothing, or something unfinished: told at the end. */
    {UTF8, "", 0},
    {UTF8, "  ", 2},
    {UTF8, "\n", 1},
    {UTF8, "#c", 2},
    {UTF8, "(", 1},
    {UTF8, "(1", 2},
    {UTF8, "(1,", 3},
    {UTF8, "[", 1},
    {UTF8, "[1, ", 4},
    {UTF8, "{", 1},
    {UTF8, "{1", 2},
    {UTF8, "{1:", 3},
    {UTF8, "{1:2", 4},
    {UTF8, "{1:2,", 5},
    {UTF8, "{1,", 3},
    {UTF8, "set(", 4},
    {UTF8, "[1 #]", 5},

    /* Commas. */
    {UTF8, "(,)", 1},
    {UTF8, "[,]", 1},
    {UTF8, "{,}", 1},
    {UTF8, "(,1)", 1},
    {UTF8, "(1,,)", 3},
    {UTF8, "(1,,2)", 3},
    {UTF8, "[1,,]", 3},
    {UTF8, "{1,,}", 3},
    {UTF8, "{1:2,,}", 5},
    {UTF8, "(1 2)", 3},
    {UTF8, "[1 2]", 3},
    {UTF8, "{1 2}", 3},
    {UTF8, "{1:2 3:4}", 5},

    /* Colons. */
    {UTF8, "{:1}", 1},
    {UTF8, "{1:}", 3},
    {UTF8, "{1:2,3}", 6},
    {UTF8, "{1,2:3}", 4},
    {UTF8, "{1::2}", 3},
    {UTF8, "[1:2]", 2},

    /* Brackets that do not match. */
    {UTF8, ")", 0},
    {UTF8, "(]", 1},
    {UTF8, "[)", 1},
    {UTF8, "{1]", 2},
    {UTF8, "(1}", 2},
    {UTF8, "())", 2},

    /* What can not be a key: told where it starts. */
    {UTF8, "{[]:1}", 1},
    {UTF8, "{1:2, {}:1}", 6},
    {UTF8, "{{1}:1}", 1},
    {UTF8, "{set()}", 1},
    {UTF8, "{(1,(2,[])):1}", 1},
    {UTF8, "{ ([]) }", 3}, /* a list in parentheses is a list */

    /* Names that are no literals, calls, operators. */
    {UTF8, "none", 0},
    {UTF8, "TRUE", 0},
    {UTF8, "Nones", 0},
    {UTF8, "True_", 0},
    {UTF8, "Ellipsis", 0},
    {UTF8, "inf", 0},
    {UTF8, "L", 0},
    {UTF8, "[1, a]", 4},
    {UTF8, "set", 3},
    {UTF8, "set[]", 3},
    {UTF8, "set(1)", 4},
    {UTF8, "set(())", 4},
    {UTF8, "dict()", 0},
    {UTF8, "True()", 4},
    {UTF8, "None.x", 4},
    {UTF8, "not 1", 0},
    {UTF8, "~1", 0},
    {UTF8, "1*2", 1},
    {UTF8, "1 if 1 else 2", 2},
    {UTF8, "(1)(2)", 3},
    {UTF8, "[1][0]", 3},
    {UTF8, "{**{}}", 1},
    {UTF8, "[*()]", 1},
    {UTF8, "..", 0},
    {UTF8, "....", 3},

    /* What is no text of Python. */
    {UTF8, "\x01", 0},
    {UTF8, "[\x0b]", 1},
    {UTF8, "1\x1f", 1},
    {UTF8, "1\x7f", 1},
    {UTF8, "1\xc2\xa0", 1}, /* a no-break space */
    {LATIN1, "1\xa0", 1},
    {UTF8,
     "\xef\xbb\xbf"
     "1",
     0}, /* a byte order mark */
    {UTF8, "\xc3\xa9", 0},
    {UTF8, "$", 0},
    {UTF8, "1?", 1},

    /* Lines before the value, and indentation. */
    {UTF8, "\n 1", 2},
    {UTF8, "\r\n\t1", 3},
    {UTF8, "#c\n 1", 4},
    {UTF8, "\n  \n 1", 5},
    {UTF8, "\f 1", 2},
    {UTF8, " \f 1", 3},
    {UTF8, "\\\n 1", 3},
    {UTF8, "\n \\\n1", 4},
    {PYTHON2, "\n\f1", 2}, /* the filter makes it a space */
    {PYTHON2, "\\\n 1", 3},

    /* Something after the value. */
    {UTF8, "1,", 1},
    {UTF8, "(1,2),", 5},
    {UTF8, "1 2", 2},
    {UTF8, "1\n2", 2},
    {UTF8, "1;", 1},
    {UTF8, "1:2", 1},
    {UTF8, "{}{}", 2},
    {UTF8, "'a'\n'b'", 4},
    {UTF8, "1\n ", 3},
    {UTF8, "1\n\n\t\t", 5},
    {UTF8, "1\r\n \f ", 6},
    {UTF8, "1\n \\\n", 3},

    /* A backslash that continues nothing. */
    {UTF8, "\\", 0},
    {UTF8, "1\\", 1},
    {UTF8, "1\\\n", 1},
    {UTF8, "1 \\\r\n", 2},
    {UTF8, "1\\ \n", 1},
    {UTF8, "[1,\\2]", 3},
    {UTF8, "[1\\", 2},
};

START_TEST(refuses)
{
    check_refused(&refused[_i]);
}
END_TEST

/* 200 brackets in one another are the most. */
static char *nested(const char *open, const char *inside, const char *close, int depth)
{
    size_t each = strlen(open) + strlen(close);
    char *text = malloc((size_t)depth * each + strlen(inside) + 1), *p = text;

    ck_assert_ptr_nonnull(text);
    for (int i = 0; i < depth; i++)
        p = stpcpy(p, open);
    p = stpcpy(p, inside);
    for (int i = 0; i < depth; i++)
        p = stpcpy(p, close);
    return text;
}

static const struct {
    const char *open, *inside, *close;
    const char *shown_open, *shown_inside, *shown_close;
    int brackets; /* inside */
    size_t last;  /* where the innermost of those is */
} nestings[] = {
    {"(", "1", ")", "", "1", "", 0, 0},
    {"(", "1", ",)", "(", "1", ",)", 0, 0},
    {"[", "", "]", "[", "", "]", 0, 0},
    {"{1:", "2", "}", "{1:", "2", "}", 0, 0},
    {"{1:", "[(set())]", "}", "{1:", "[set()]", "}", 3, 5},
};

START_TEST(depth)
{
    const char *open = nestings[_i].open, *inside = nestings[_i].inside;
    const char *close = nestings[_i].close;
    int most = 200 - nestings[_i].brackets;
    char *text = nested(open, inside, close, most);
    char *shown =
        nested(nestings[_i].shown_open, nestings[_i].shown_inside, nestings[_i].shown_close, most);
    size_t at = (size_t)most * strlen(open);

    check_shown(UTF8, text, strlen(text), shown);
    free(shown);
    free(text);

    if (nestings[_i].brackets)
        at += strlen(open) + nestings[_i].last;
    text = nested(open, inside, close, most + 1);
    check_refused_bytes(UTF8, text, strlen(text), at);
    free(text);
}
END_TEST

/* Far more than fits where a literal keeps its first nodes and characters. */
START_TEST(many_items)
{
    enum { ITEMS = 3000, ROOM = 24 * ITEMS };
    char *source = malloc(ROOM), *shown = malloc(ROOM);
    char *p = source, *q = shown;

    ck_assert(source && shown);
    p = stpcpy(p, "[");
    q = stpcpy(q, "[");
    for (int i = 0; i < ITEMS; i++) {
        p += sprintf(p, "( 'k%d' , %d)%s", i, i, i < ITEMS - 1 ? "," : "");
        q += sprintf(q, "('k%d',%d)%s", i, i, i < ITEMS - 1 ? "," : "");
    }
    stpcpy(p, "]");
    stpcpy(q, "]");
    check_shown(UTF8, source, strlen(source), shown);
    /* And with the last bracket missing, what was taken is given back. */
    check_refused_bytes(UTF8, source, strlen(source) - 1, strlen(source) - 1);
    free(shown);
    free(source);
}
END_TEST

/* More than its 32-bit offsets can tell: refused before a byte of it is read. */
START_TEST(too_long)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EDTYPE, "the test", 0};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_literal literal;

    ck_assert_int_eq(mmv_literal_parse(&literal, "1", SIZE_MAX, UTF8, &origin, &err),
                     MMVIEW_EDTYPE);
    ck_assert_uint_eq(err.offset, 0);
    ck_assert_str_eq(err.message, "the test can not be parsed: it is too long, at byte 0");
}
END_TEST

/* Errors point at nodes later, so where each begins must be known. */
START_TEST(begins)
{
    static const char source[] = " { 'ab' : ( - 7, [ ]) , 'c' 'd' : (5) }";
    static const uint32_t items[] = {3, 10, 24, 35};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_literal literal;
    const struct mmv_literal_node *node;
    char *copy;
    int i = 0;

    ck_assert_int_eq(parse_exactly(&literal, source, strlen(source), UTF8, &copy, &err), MMVIEW_OK);
    node = mmv_literal_root(&literal);
    ck_assert_uint_eq(node->begin, 1);
    for (node = mmv_literal_first(&literal, node); node; node = mmv_literal_next(&literal, node))
        ck_assert_uint_eq(node->begin, items[i++]);
    ck_assert_int_eq(i, COUNT(items));
    node = mmv_literal_first(&literal, mmv_literal_root(&literal));
    node = mmv_literal_first(&literal, mmv_literal_next(&literal, node));
    ck_assert_uint_eq(node->begin, 12);
    ck_assert(node->is_signed && node->negative);
    ck_assert_uint_eq(mmv_literal_next(&literal, node)->begin, 17);
    mmv_literal_free(&literal);
    free(copy);
}
END_TEST

static const struct {
    const char *source, *name;
} types[] = {
    {"None", "None"},   {"True", "True"},  {"False", "False"},  {"...", "Ellipsis"},
    {"1", "an int"},    {"1.", "a float"}, {"1j", "a complex"}, {"''", "a str"},
    {"b''", "bytes"},   {"()", "a tuple"}, {"[]", "a list"},    {"{}", "a dict"},
    {"set()", "a set"},
};

START_TEST(type_names)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_literal literal;
    char *copy;

    ck_assert_int_eq(
        parse_exactly(&literal, types[_i].source, strlen(types[_i].source), UTF8, &copy, &err),
        MMVIEW_OK);
    ck_assert_str_eq(mmv_literal_type_name(mmv_literal_root(&literal)), types[_i].name);
    ck_assert(!mmv_literal_is_str(mmv_literal_root(&literal), "x"));
    mmv_literal_free(&literal);
    free(copy);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, accepts, 0, COUNT(accepted));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
    tcase_add_loop_test(tcase, depth, 0, COUNT(nestings));
    tcase_add_test(tcase, many_items);
    tcase_add_test(tcase, too_long);
    tcase_add_test(tcase, begins);
    tcase_add_loop_test(tcase, type_names, 0, COUNT(types));
}

int main(void)
{
    return run_suite("literal", add_tests);
}

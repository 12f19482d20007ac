/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Dtypes that are literals: pairs, lists of fields, padding, titles, nesting,
 * and the layout that the C compiler would choose. */
#include <limits.h>

#include "../dtype_show.h"
#include "format/dtype.h"

#define TEST_OFFSET 500
#define ALIGN       ((unsigned)MMVIEW_DTYPE_ALIGN)

#define I2 "'" OWN "i2'"
#define I4 "'" OWN "i4'"
#define F8 "'" OWN "f8'"

static int from_literal(const char *text, unsigned flags, struct mmview_dtype **out,
                        struct mmview_error *err)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EDESCR, "the test", TEST_OFFSET};
    struct mmv_literal literal;
    int rc = mmv_literal_parse(&literal, text, strlen(text), 0, &origin, err);

    ck_assert_msg(rc == MMVIEW_OK, "%s: %s", text, err->message);
    rc = mmv_dtype_from_literal(&literal, mmv_literal_root(&literal), flags, out, &origin, err);
    mmv_literal_free(&literal); /* nothing of the dtype points into it */
    return rc;
}

static const struct {
    unsigned flags;
    const char *text;
    const char *shown; /* as show_dtype() writes it */
    int itemsize, alignment;
} accepted[] = {
    /* A string, as text of its own. */
    {0, "'|i1'", "'|i1'", 1, 1},
    {0, "'i1,S2'", "[('f0', '|i1'), ('f1', '|S2')]", 3, 1},
    {0, "'2i1'", "'|i1' (2,)", 2, 1},

    /* Pairs: a shape around a type. Whatever else is there is not looked at. */
    {0, "('|i1', (2, 3))", "'|i1' (2, 3)", 6, 1},
    {0, "('|i1', [2, 3])", "'|i1' (2, 3)", 6, 1},
    {0, "('|i1', 2)", "'|i1' (2,)", 2, 1},
    {0, "('|i1', (2,), 5, None)", "'|i1' (2,)", 2, 1},
    {0, "(" I4 ", (2, 3))", I4 " (2, 3)", 24, 4},
    {0, "('|i1', (1,))", "'|i1' (1,)", 1, 1},
    {0, "('|i1', (0,))", "'|i1' (0,)", 0, 1},
    {0, "('|i1', 0)", "'|i1' (0,)", 0, 1},
    {0, "('|i1', (0x10, +1))", "'|i1' (16, 1)", 16, 1},
    {0, "('|i1', 1)", "'|i1'", 1, 1}, /* as NumPy 1.24; NumPy 2 makes it (1,) */
    {0, "('|i1', ())", "'|i1'", 1, 1},
    {0, "(('|i1', (2,)), (3,))", "'|i1' (2,) (3,)", 6, 1},
    {0, "('2i1', (3,))", "'|i1' (2,) (3,)", 6, 1},
    {0, "([('a', '|i1')], (3,))", "[('a', '|i1')] (3,)", 3, 1},
    {0, "([], (3,))", "[] (3,)", 0, 1},

    /* A type without a size, and its size. */
    {0, "('S', 5)", "'|S5'", 5, 1},
    {0, "('V', 5)", "'|V5'", 5, 1},
    {0, "('" OTHER "U', 5)", "'" OTHER "U5'", 20, 4},
    {0, "('S', 0)", "'|S0'", 0, 1},
    {0, "('S0', 5)", "'|S5'", 5, 1},
    {0, "('S1', 5)", "'|S1' (5,)", 5, 1},

    /* Fields. */
    {0, "[]", "[]", 0, 1},
    {0, "[('a', '|i1')]", "[('a', '|i1')]", 1, 1},
    {0, "[('a', " I2 "), ('b', " F8 ")]", "[('a', " I2 "), ('b', " F8 ")]", 10, 1},
    {0, "[['a', '|i1'], ('b', '|S2', 3)]", "[('a', '|i1'), ('b', '|S2', (3,))]", 7, 1},
    {0, "[('a', '|i1', (2, 3))]", "[('a', '|i1', (2, 3))]", 6, 1},
    {0, "[('a', '|i1', [2])]", "[('a', '|i1', (2,))]", 2, 1},
    {0, "[('a', '|i1', 1)]", "[('a', '|i1')]", 1, 1},
    {0, "[('a', '|i1', ())]", "[('a', '|i1')]", 1, 1},
    {0, "[('a', ('|i1', (2,)))]", "[('a', '|i1', (2,))]", 2, 1},
    {0, "[('a', ('|i1', (2,)), (3,))]", "[('a', ('|i1', (2,)), (3,))]", 6, 1},
    {0, "[('a', 'S', 5)]", "[('a', '|S5')]", 5, 1},
    {0, "['ab', 'cB']", "[('a', '|i1'), ('c', '|u1')]", 2, 1},
    {0, "['\\u00e9b']", "[('\xc3\xa9', '|i1')]", 1, 1},
    {0, "[('a', '|V0'), ('b', '|i1')]", "[('a', '|V0'), ('b', '|i1')]", 1, 1},
    {0, "[('a b\\n\\'', '|i1')]", "[(\"a b\\n'\", '|i1')]", 1, 1},

    /* Gaps: void without a name, and sub-arrays without one. */
    {0, "[('a', '|i1'), ('', '|V3'), ('b', '|i1')]", "[('a', '|i1'), ('', '|V3'), ('b', '|i1')]", 5,
     1},
    {0, "[('', '|V2'), ('', '|V1'), ('b', '|i1')]", "[('', '|V3'), ('b', '|i1')]", 4, 1},
    {0, "[('b', '|i1'), ('', '|V2')]", "[('b', '|i1'), ('', '|V2')]", 3, 1},
    {0, "[('', '|V2')]", "[('', '|V2')]", 2, 1},
    {0, "[('', '|V0')]", "[]", 0, 1},
    {0, "[('', 'V', 3), ('b', '|i1')]", "[('', '|V3'), ('b', '|i1')]", 4, 1},
    {0, "[('', " I4 ", (2,)), ('b', '|i1')]", "[('', '|V8'), ('b', '|i1')]", 9, 1},
    {0, "[('', '2i1')]", "[('', '|V2')]", 2, 1},
    {0, "[('', [('x', '|i1')], (2,))]", "[('', '|V2')]", 2, 1},

    /* What else has no name keeps it. */
    {0, "[('', '|i1')]", "[('', '|i1')]", 1, 1},
    {0, "[('', [('x', '|V2')])]", "[('', [('x', '|V2')])]", 2, 1},
    {0, "[('', [])]", "[('', [])]", 0, 1},
    {0, "[('', '|V2'), ('', '|i1')]", "[('', '|V2'), ('', '|i1')]", 3, 1},

    /* Titles. */
    {0, "[(('t', 'a'), '|i1')]", "[(('t', 'a'), '|i1')]", 1, 1},
    {0, "[(('t', 'a'), '|i1', (2,))]", "[(('t', 'a'), '|i1', (2,))]", 2, 1},
    {0, "[(('', 'a'), '|i1')]", "[(('', 'a'), '|i1')]", 1, 1},
    {0, "[(('t', ''), '|i1')]", "[(('t', ''), '|i1')]", 1, 1},
    {0, "[(('t', ''), '|V2')]", "[(('t', ''), '|V2')]", 2, 1}, /* no gap */
    {0, "[((None, 'a'), '|i1')]", "[('a', '|i1')]", 1, 1},
    {0, "[((5, 'a'), '|i1')]", "[((5, 'a'), '|i1')]", 1, 1},
    {0, "[((b'x\\xff', 'a'), '|i1')]", "[((b'x\\xff', 'a'), '|i1')]", 1, 1},
    {0, "[(((1, 'u'), 'a'), '|i1')]", "[(((1, 'u'), 'a'), '|i1')]", 1, 1},
    {0, "[(('it\\'s', 'a'), '|i1')]", "[((\"it's\", 'a'), '|i1')]", 1, 1},

    /* Nesting. */
    {0, "[('a', [('b', [('c', '|i1')])])]", "[('a', [('b', [('c', '|i1')])])]", 1, 1},
    {0, "[('a', [('b', '|i1'), ('', '|V1')], (2,)), ('c', '|S2')]",
     "[('a', [('b', '|i1'), ('', '|V1')], (2,)), ('c', '|S2')]", 6, 1},
    {0, "[('a', 'i1,S2')]", "[('a', [('f0', '|i1'), ('f1', '|S2')])]", 3, 1},
    {0, "[('a', '|O')]", "[('a', '|O')]", sizeof(void *), 1},

    /* The C compiler's layout. */
    {ALIGN, "[]", "[]", 0, 1},
    {ALIGN, "[('a', '|i1'), ('b', " I4 ")]", "[('a', '|i1'), ('', '|V3'), ('b', " I4 ")]", 8, 4},
    {ALIGN, "[('a', " I4 "), ('b', '|i1')]", "[('a', " I4 "), ('b', '|i1'), ('', '|V3')]", 8, 4},
    {ALIGN, "[('a', '|S3'), ('b', " I2 ", (3,)), ('c', '|i1')]",
     "[('a', '|S3'), ('', '|V1'), ('b', " I2 ", (3,)), ('c', '|i1'), ('', '|V1')]", 12, 2},
    {ALIGN, "[('a', '|i1'), ('b', [('c', '|i1'), ('d', " I2 ")])]",
     "[('a', '|i1'), ('', '|V1'), ('b', [('c', '|i1'), ('', '|V1'), ('d', " I2 ")])]", 6, 2},
    {ALIGN, "'i1,i2'", "[('f0', '|i1'), ('', '|V1'), ('f1', " I2 ")]", 4, 2},
    {ALIGN, "([('a', '|i1'), ('b', " I2 ")], (2,))",
     "[('a', '|i1'), ('', '|V1'), ('b', " I2 ")] (2,)", 8, 2},
    {ALIGN, "'|i1'", "'|i1'", 1, 1},
    /* numpy.dtype() leaves no field without a name, and so no gaps. */
    {ALIGN, "[('', '|i1'), ('', '|V2'), ('b', '|i1')]",
     "[('f0', '|i1'), ('f1', '|V2'), ('b', '|i1')]", 4, 1},
    {ALIGN, "[(('t', 'a'), '|i1'), (('', 'b'), '|i1')]",
     "[(('t', 'a'), '|i1'), (('', 'b'), '|i1')]", 2, 1},
};

START_TEST(accepts)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;
    char shown[300];

    ck_assert_msg(from_literal(accepted[_i].text, accepted[_i].flags, &dtype, &err) == MMVIEW_OK,
                  "%s: %s", accepted[_i].text, err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    show_dtype(dtype, shown, sizeof shown);
    ck_assert_str_eq(shown, accepted[_i].shown);
    ck_assert_int_eq(mmview_dtype_itemsize(dtype), accepted[_i].itemsize);
    ck_assert_int_eq(mmview_dtype_alignment(dtype), accepted[_i].alignment);
    mmview_dtype_unref(dtype);
}
END_TEST

static const struct {
    unsigned flags;
    const char *text;
    int status;
    size_t at;
} refused[] = {
    /* What is no dtype. */
    {0, "None", MMVIEW_EDESCR, 0},
    {0, "True", MMVIEW_EDESCR, 0},
    {0, "4", MMVIEW_EDESCR, 0},
    {0, "4.5", MMVIEW_EDESCR, 0},
    {0, "...", MMVIEW_EDESCR, 0},
    {0, "b'i4'", MMVIEW_EDESCR, 0},
    {0, "''", MMVIEW_EDESCR, 0},
    {0, "'x'", MMVIEW_EDESCR, 0},
    {0, "[('a', 'i4'), ('b', 'x')]", MMVIEW_EDESCR, 20},
    {0, "[('a', [('b', 4)])]", MMVIEW_EDESCR, 14},
    {0, "{'names': ['a'], 'formats': ['i4']}", MMVIEW_EUNSUPPORTED, 0},
    {0, "{'a': ('i4', 0)}", MMVIEW_EUNSUPPORTED, 0},
    {0, "[('a', {'i4'})]", MMVIEW_EUNSUPPORTED, 7},

    /* Pairs. */
    {0, "()", MMVIEW_EDESCR, 0},
    {0, "('i4',)", MMVIEW_EDESCR, 0},
    {0, "('x', (2,))", MMVIEW_EDESCR, 1},
    {0, "('i4', -1)", MMVIEW_EDESCR, 7},
    {0, "('i4', (2, -1))", MMVIEW_EDESCR, 11},
    {0, "('i4', True)", MMVIEW_EDESCR, 7},
    {0, "('i4', 2.0)", MMVIEW_EDESCR, 7},
    {0, "('i4', (2, 2.0))", MMVIEW_EDESCR, 11},
    {0, "('i4', (True,))", MMVIEW_EDESCR, 8},
    {0, "('i4', (2, '3'))", MMVIEW_EDESCR, 11},
    {0, "('i4', (2, None))", MMVIEW_EDESCR, 11},
    {0, "('i4', ((2,),))", MMVIEW_EDESCR, 8},
    {0, "('i4', 2147483648)", MMVIEW_EDESCR, 7},
    {0, "('i4', (0, 99999999999999999999))", MMVIEW_EDESCR, 11},
    {0, "('S', (5,))", MMVIEW_EDESCR, 6},
    {0, "('S', -1)", MMVIEW_EDESCR, 6},
    {0, "('S', [5])", MMVIEW_EDESCR, 6},
    {0, "('U', 536870912)", MMVIEW_EDESCR, 6},
    {0, "('V', ())", MMVIEW_EDESCR, 6},

    /* Pairs of two types: NumPy takes some. */
    {0, "('i4', 'f4')", MMVIEW_EUNSUPPORTED, 7},
    {0, "('i4', '2')", MMVIEW_EUNSUPPORTED, 7},
    {0, "('i4', None)", MMVIEW_EUNSUPPORTED, 7},
    {0, "('i4', {})", MMVIEW_EUNSUPPORTED, 7},
    {0, "('i4', [])", MMVIEW_EUNSUPPORTED, 7},
    {0, "('i4', [('a', 'i4')])", MMVIEW_EUNSUPPORTED, 7},
    {0, "('V', [['a', 'i4']])", MMVIEW_EUNSUPPORTED, 6},
    {0, "('i4', ['ai'])", MMVIEW_EUNSUPPORTED, 7},
    {0, "(('i4', (0,)), (2,))", MMVIEW_EUNSUPPORTED, 15},

    /* Fields. */
    {0, "['a']", MMVIEW_EDESCR, 1},
    {0, "['']", MMVIEW_EDESCR, 1},
    {0, "['abcd']", MMVIEW_EDESCR, 1},
    {0, "['ax']", MMVIEW_EDESCR, 1},
    {0, "['ai2']", MMVIEW_EUNSUPPORTED, 1},
    {0, "[4]", MMVIEW_EDESCR, 1},
    {0, "[None]", MMVIEW_EDESCR, 1},
    {0, "[()]", MMVIEW_EDESCR, 1},
    {0, "[('a',)]", MMVIEW_EDESCR, 1},
    {0, "[('a', 'i4', 2, 3)]", MMVIEW_EDESCR, 1},
    {0, "[{'a': 'i4'}]", MMVIEW_EUNSUPPORTED, 1},
    {0, "[b'ai']", MMVIEW_EUNSUPPORTED, 1},
    {0, "[(4, 'i4')]", MMVIEW_EDESCR, 2},
    {0, "[(None, 'i4')]", MMVIEW_EDESCR, 2},
    {0, "[(b'a', 'i4')]", MMVIEW_EDESCR, 2},
    {0, "[(['t', 'a'], 'i4')]", MMVIEW_EDESCR, 2},
    {0, "[('a', 'i4', 'x')]", MMVIEW_EUNSUPPORTED, 13},
    {0, "[('a', 'i4', (-1,))]", MMVIEW_EDESCR, 14},

    /* Titles. */
    {0, "[(('t',), 'i4')]", MMVIEW_EDESCR, 2},
    {0, "[((), 'i4')]", MMVIEW_EDESCR, 2},
    {0, "[(('t', 'a', 'b'), 'i4')]", MMVIEW_EDESCR, 2},
    {0, "[(('t', 4), 'i4')]", MMVIEW_EDESCR, 8},
    {0, "[(('t', None), 'i4')]", MMVIEW_EDESCR, 8},
    {0, "[((1.5, 'a'), 'i4')]", MMVIEW_EUNSUPPORTED, 3},

    /* Names and titles that are there twice: told where the list starts. */
    {0, "[('a', 'i4'), ('a', 'i4')]", MMVIEW_EDESCR, 0},
    {0, "[('', 'i4'), ('', 'i4')]", MMVIEW_EDESCR, 0},
    {0, "[(('t', 'a'), 'i4'), (('t', 'b'), 'i4')]", MMVIEW_EDESCR, 0},
    {0, "[(('t', 'a'), 'i4'), ('t', 'i4')]", MMVIEW_EDESCR, 0},
    {0, "[('t', 'i4'), (('t', 'a'), 'i4')]", MMVIEW_EDESCR, 0},
    {0, "[(('a', 'a'), 'i4')]", MMVIEW_EDESCR, 0},
    {0, "[('x', [('a', 'i4'), ('a', 'i4')])]", MMVIEW_EDESCR, 7},
    {ALIGN, "[('f1', 'i4'), ('', 'i4')]", MMVIEW_EDESCR, 0},
    {ALIGN, "[(('t', ''), 'i4')]", MMVIEW_EDESCR, 0}, /* called by its title, which is there */
    {ALIGN, "[((5, ''), 'i4')]", MMVIEW_EDESCR, 6},
    {ALIGN, "[(('', ''), 'i4')]", MMVIEW_EDESCR, 7},
    {ALIGN, "[(((1,), ''), 'i4')]", MMVIEW_EDESCR, 9},
};

START_TEST(refuses)
{
    static char elsewhere;
    struct mmview_dtype *untouched = (void *)&elsewhere, *dtype = untouched;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    const char *text = refused[_i].text;

    ck_assert_msg(from_literal(text, refused[_i].flags, &dtype, &err) == refused[_i].status,
                  "%s: %s", text, err.message);
    ck_assert_int_eq(err.status, refused[_i].status);
    ck_assert_msg(err.offset == TEST_OFFSET + refused[_i].at, "%s: at %d, not %zu: %s", text,
                  (int)(err.offset - TEST_OFFSET), refused[_i].at, err.message);
    ck_assert_mem_eq(err.message, "the test", 8);
    ck_assert_ptr_eq(dtype, untouched);
}
END_TEST

/* What mmview_dtype_field_find() does with the keys of a struct. */
START_TEST(keys)
{
    static const char text[] = "[('b', 'i4'), (('t', 'a'), 'i4'), ((7, 'c'), 'i4'), ('', 'i4'), "
                               "('\\u00e9', 'i4'), ('x\\0y', 'i4'), ('\\ud800', 'i4')]";
    static const struct {
        const char *key;
        size_t length, field;
    } found[] = {{"b", 1, 0}, {"t", 1, 1},        {"a", 1, 1},    {"c", 1, 2},
                 {"", 0, 3},  {"\xc3\xa9", 2, 4}, {"x\0y", 3, 5}, {"\xed\xa0\x80", 3, 6}};
    static const char *const missing[] = {"7", "B", "bb", "x", "d", "\xe9", " "};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;
    size_t field;

    ck_assert_int_eq(from_literal(text, 0, &dtype, &err), MMVIEW_OK);
    for (int i = 0; i < COUNT(found); i++) {
        field = 99;
        ck_assert_int_eq(mmview_dtype_field_find(dtype, found[i].key, found[i].length, &field),
                         MMVIEW_OK);
        ck_assert_uint_eq(field, found[i].field);
    }
    field = 99;
    for (int i = 0; i < COUNT(missing); i++)
        ck_assert_int_eq(mmview_dtype_field_find(dtype, missing[i], SIZE_MAX, &field),
                         MMVIEW_ENOTFOUND);
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "x\0z", 3, &field), MMVIEW_ENOTFOUND);
    ck_assert_uint_eq(field, 99);
    mmview_dtype_unref(dtype);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, accepts, 0, COUNT(accepted));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
    tcase_add_test(tcase, keys);
}

int main(void)
{
    return run_suite("dtype_literal", add_tests);
}

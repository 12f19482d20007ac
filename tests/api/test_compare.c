/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What mmview_compare() finds and tells; that it finds what NumPy does is in
 * tests/oracle/test_diff.py. */
#include <mmview.h>

#include <math.h>

#include "scratch.h"

#define A_NAN    ((double)NAN)
#define INFINITE ((double)INFINITY)

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* Native bytes of the numbers given, as a file. */
static struct mmview_array *made(const char *name, const char *dtype, const char *shape,
                                 const void *data, size_t size)
{
    char dict[400];

    snprintf(dict, sizeof dict, "{'descr': %s, 'fortran_order': False, 'shape': %s, }", dtype,
             shape);
    write_npy_at(name, dict, 512, data, size);
    return open_ok(name, NULL);
}

static struct mmview_comparison compare(struct mmview_array *a, struct mmview_array *b,
                                        const struct mmview_compare_options *options)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_comparison found;
    int status = mmview_compare(a, b, options, &found, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s", err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    return found;
}

/* And gives the arrays back. */
static struct mmview_comparison compare_once(struct mmview_array *a, struct mmview_array *b,
                                             const struct mmview_compare_options *options)
{
    struct mmview_comparison found = compare(a, b, options);

    mmview_array_unref(a);
    mmview_array_unref(b);
    return found;
}

START_TEST(same)
{
    struct mmview_comparison found;
    struct mmview_array *a;

    write_values("a");
    a = open_ok("a", NULL);
    found = compare(a, a, NULL);
    mmview_array_unref(a);
    ck_assert_int_eq(found.same_dtype, 1);
    ck_assert_int_eq(found.same_shape, 1);
    ck_assert_int_eq(found.same_order, 1);
    ck_assert_int_eq(found.values, MMVIEW_VALUES_SAME);
    ck_assert_int_eq(found.items, 6);
    ck_assert_int_eq(found.different, 0);
    ck_assert_int_eq(found.nan, 0);
    ck_assert_int_eq(found.told, 0);
    ck_assert_ldouble_eq(found.absolute, 0);
    ck_assert_ldouble_eq(found.relative, 0);
    ck_assert_int_eq(found.absolute_at.item, -1);
    ck_assert_int_eq(found.relative_at.item, -1);
}
END_TEST

static const double left[8] = {1, 2, A_NAN, A_NAN, 5, 6, INFINITE, 0},
                    right[8] = {1, 2.5, A_NAN, 4, 5, 9, INFINITE, -2};

START_TEST(differences)
{
    struct mmview_compare_options options = MMVIEW_COMPARE_OPTIONS_INIT;
    struct mmview_array *a = made("a", "'f8'", "(2, 4)", left, sizeof left);
    struct mmview_array *b = made("b", "'f8'", "(2, 4)", right, sizeof right);
    struct mmview_difference places[9];
    struct mmview_comparison found;

    memset(places, 0x5a, sizeof places);
    options.room = 3;
    options.differences = places;
    found = compare(a, b, &options);
    ck_assert_int_eq(found.values, MMVIEW_VALUES_DIFFERENT);
    ck_assert_int_eq(found.items, 8);
    ck_assert_int_eq(found.different, 5);
    ck_assert_int_eq(found.nan, 2);
    ck_assert_int_eq(found.told, 3);
    ck_assert_int_eq(places[0].item, 1);
    ck_assert_int_eq(places[1].item, 2);
    ck_assert_int_eq(places[2].item, 3);
    ck_assert_int_eq(places[2].a_offset, 0);
    ck_assert_int_eq(places[3].item, (mmview_intp)(UINTPTR_MAX / 0xff * 0x5a));
    ck_assert_ldouble_eq(found.absolute, 3);
    ck_assert_int_eq(found.absolute_at.item, 5);
    ck_assert_ldouble_eq(found.relative, 1);
    ck_assert_int_eq(found.relative_at.item, 7);

    options.flags = MMVIEW_COMPARE_EQUAL_NAN;
    options.room = 9;
    found = compare(a, b, &options);
    ck_assert_int_eq(found.different, 4);
    ck_assert_int_eq(found.nan, 1);
    ck_assert_int_eq(found.told, 4);
    ck_assert_int_eq(places[1].item, 3);

    options.flags |= MMVIEW_COMPARE_CLOSE;
    options.atol = 0.5;
    options.rtol = 0.25; /* 9: 0.5 + 2.25; 2: 0.5 + 0.5 */
    found = compare_once(a, b, &options);
    ck_assert_int_eq(found.different, 3);
    ck_assert_int_eq(places[0].item, 3);
    ck_assert_int_eq(places[1].item, 5);
    ck_assert_int_eq(places[2].item, 7);
    ck_assert_ldouble_eq(found.absolute, 3);
    ck_assert_int_eq(found.absolute_at.item, 5);
}
END_TEST

/* The largest of all, also of those that are the same as they are close. */
START_TEST(close_figures)
{
    struct mmview_compare_options options = MMVIEW_COMPARE_OPTIONS_INIT;
    struct mmview_comparison found;

    options.flags = MMVIEW_COMPARE_CLOSE;
    options.atol = 100;
    found = compare_once(made("a", "'f8'", "(2,)", left, 16), made("b", "'f8'", "(2,)", right, 16),
                         &options);
    ck_assert_int_eq(found.values, MMVIEW_VALUES_SAME);
    ck_assert_ldouble_eq(found.absolute, 0.5L);
    ck_assert_int_eq(found.absolute_at.item, 1);
    ck_assert(found.relative == (long double)(0.5 / 2.5));
}
END_TEST

/* Numbers are equal if they are so, whatever NumPy makes of them first. */
START_TEST(exact_numbers)
{
    static const int64_t odd[] = {9007199254740993, -1, INT64_MAX};
    static const double even[] = {9007199254740992, -1, 0x1p63};
    static const uint64_t above[] = {9007199254740993, UINT64_MAX, INT64_MAX};
    struct mmview_comparison found;

    found = compare_once(made("a", "'i8'", "(3,)", odd, sizeof odd),
                         made("b", "'f8'", "(3,)", even, sizeof even), NULL);
    ck_assert_int_eq(found.same_dtype, 0);
    ck_assert_int_eq(found.different, 2);
    ck_assert_int_eq(found.values, MMVIEW_VALUES_DIFFERENT);
    found = compare_once(made("a", "'i8'", "(3,)", odd, sizeof odd),
                         made("b", "'u8'", "(3,)", above, sizeof above), NULL);
    ck_assert_int_eq(found.different, 1);
    ck_assert_ldouble_eq(found.absolute, 0x1p64L);
    ck_assert_int_eq(found.absolute_at.item, 1);
    found = compare_once(made("a", "'u8'", "(3,)", above, sizeof above),
                         made("b", "'f8'", "(3,)", even, sizeof even), NULL);
    ck_assert_int_eq(found.different, 3);
    found = compare_once(made("a", "'i8'", "(1,)", &odd[2], 8),
                         made("b", "'i8'", "(1,)", &odd[1], 8), NULL);
    ck_assert_ldouble_eq(found.absolute, 0x1p63L); /* would not fit an int64 */
}
END_TEST

/* A pair of arrays of one item each. */
static const struct {
    const char *a_type, *a, *b_type, *b;
    size_t a_size, b_size;
    int values;
} pairs[] = {
    {"'|b1'", "\1", "'|b1'", "\2", 1, 1, 1},
    {"'|b1'", "\2", "'|i1'", "\1", 1, 1, 1},
    {"'|i1'", "\377", "'|u1'", "\377", 1, 1, 0},
    {"'<i2'", "\1\2", "'>i2'", "\2\1", 2, 2, 1},
    {"'|S3'", "ab\0", "'|S5'", "ab\0\0\0", 3, 5, 1},
    {"'|S5'", "ab\0\0c", "'|S2'", "ab", 5, 2, 0},
    {"'|S0'", "", "'|S2'", "\0\0", 0, 2, 1},
    {"'|S0'", "", "'|S2'", "\0x", 0, 2, 0},
    {"'<U1'", "x\0\0\0", "'>U2'", "\0\0\0x\0\0\0\0", 4, 8, 1},
    {"'<U1'", "x\0\0\0", "'>U2'", "\0\0\0x\0\0\0x", 4, 8, 0},
    {"'<U1'", "x\0\0\0", "'|S1'", "x", 4, 1, -1},
    {"'|V2'", "ab", "'|V2'", "ab", 2, 2, 1},
    {"'|V2'", "a\0", "'|V1'", "a", 2, 1, -1},
    {"'|V1'", "a", "'|S1'", "a", 1, 1, -1},
    {"'|S1'", "1", "'|i1'", "1", 1, 1, -1},
    {"'<M8[s]'", "\0\0\0\0\0\0\0", "'<m8[s]'", "\0\0\0\0\0\0\0", 8, 8, -1},
    {"'<m8[s]'", "\0\0\0\0\0\0\0", "'<i8'", "\0\0\0\0\0\0\0", 8, 8, -1},
    {"'<m8[Y]'", "\0\0\0\0\0\0\0", "'<m8[D]'", "\0\0\0\0\0\0\0", 8, 8, -1},
    {"'<m8[Y]'", "\2\0\0\0\0\0\0", "'<m8[6M]'", "\4\0\0\0\0\0\0", 8, 8, 1},
    {"'<M8[Y]'", "\2\0\0\0\0\0\0", "'<M8[D]'", "\332\2\0\0\0\0\0", 8, 8, 1}, /* 730 */
    {"'<M8[Y]'", "\2\0\0\0\0\0\0", "'<M8[D]'", "\333\2\0\0\0\0\0", 8, 8, 0},
    {"'<M8[M]'", "\376\377\377\377\377\377\377\377", "'>M8[D]'", "\377\377\377\377\377\377\377\303",
     8, 8, 1}, /* 1969-11-01: -61 */
    {"'<M8[W]'", "\377\377\377\377\377\377\377\177", "'<M8[as]'",
     "\377\377\377\377\377\377\377\177", 8, 8, 0}, /* NumPy refuses, or wraps */
    /* Year 1970 + 2 * 10**18, and days that 64 bits do not count. */
    {"'<M8[2000000Y]'", "\000\020\245\324\350\000\000\000", "'<M8[1000D]'",
     "\000\120\300\272\074\064\043\012", 8, 8, 1},
    {"'<M8[2000000Y]'", "\000\020\245\324\350\000\000\000", "'<M8[1000D]'",
     "\001\120\300\272\074\064\043\012", 8, 8, 0},
    {"'<m8[7W]'", "\005\000\000\000\000\000\000\000", "'<m8[49s]'",
     "\200\227\006\000\000\000\000\000", 8, 8, 1},
    {"'<m8[7W]'", "\005\000\000\000\000\000\000\000", "'<m8[49s]'",
     "\177\227\006\000\000\000\000\000", 8, 8, 0},
    {"'<m8[6D]'", "\001\000\000\200\377\377\377\377", "'<m8[2147483647as]'",
     "\001\000\000\000\000\000\000\200", 8, 8, 0},
    {"'<m8[s]'", "\0\0\0\0\0\0\0\200", "'<m8[s]'", "\0\0\0\0\0\0\0\200", 8, 8, 0}, /* NaT */
    {"[('x', 'u1')]", "a", "[('x', 'u1')]", "a", 1, 1, 1},
    {"[('x', 'u1')]", "a", "[('x', '<u2')]", "a\0", 1, 2, 1},
    {"[('x', 'u1')]", "a", "[('y', 'u1')]", "a", 1, 1, -1},
    {"[('x', 'u1')]", "a", "[('xy', 'u1')]", "a", 1, 1, -1},
    {"[('x', 'u1')]", "a", "'|u1'", "a", 1, 1, -1},
    {"[('x', 'u1')]", "a", "[('x', 'u1'), ('y', 'V0')]", "a", 1, 1, -1},
    {"[('x', 'u1'), ('y', 'u1')]", "ab", "[('x', 'u1'), ('', 'V2'), ('y', 'S1')]", "a00b", 2, 4,
     -1},
    {"[('x', 'u1'), ('y', 'u1')]", "ab", "[('x', 'u1'), ('', 'V2'), ('y', 'u1')]", "a00b", 2, 4, 1},
    {"[('x', 'u1', (2,))]", "ab", "[('x', 'u1', (2, 1))]", "ab", 2, 2, -1},
    {"[('x', 'u1', (2,))]", "ab", "[('x', 'i1', (2,))]", "ab", 2, 2, 1},
    {"[]", "", "[]", "", 0, 0, 1},
    {"[('z', [('q', 'V0')], (40000, 50000))]", "", "[('z', [('q', 'V0')], (40000, 50000))]", "", 0,
     0, 1},
};

START_TEST(pairs_of_dtypes)
{
    struct mmview_array *a = made("a", pairs[_i].a_type, "(1,)", pairs[_i].a, pairs[_i].a_size);
    struct mmview_array *b = made("b", pairs[_i].b_type, "(1,)", pairs[_i].b, pairs[_i].b_size);
    struct mmview_compare_options options = MMVIEW_COMPARE_OPTIONS_INIT;
    struct mmview_comparison found = compare(a, b, &options);

    ck_assert_int_eq(found.values, pairs[_i].values);
    ck_assert_int_eq(found.same_dtype,
                     mmview_dtype_equal(mmview_array_dtype(a), mmview_array_dtype(b)));
    ck_assert_int_eq(found.items, pairs[_i].values >= 0);
    options.flags = MMVIEW_COMPARE_CLOSE; /* what is no number is compared as without */
    ck_assert_int_eq(compare(b, a, &options).values, pairs[_i].values);
    mmview_array_unref(a);
    mmview_array_unref(b);
}
END_TEST

START_TEST(nat)
{
    static const int64_t times[] = {INT64_MIN, 1, INT64_MIN}, others[] = {INT64_MIN, 1, 5};
    struct mmview_compare_options options = MMVIEW_COMPARE_OPTIONS_INIT;
    struct mmview_array *a = made("a", "'M8[s]'", "(3,)", times, sizeof times);
    struct mmview_array *b = made("b", "'M8[s]'", "(3,)", others, sizeof others);

    ck_assert_int_eq(compare(a, b, NULL).different, 2);
    ck_assert_int_eq(compare(a, b, NULL).nan, 2);
    ck_assert_int_eq(compare(a, a, NULL).different, 2);
    options.flags = MMVIEW_COMPARE_EQUAL_NAN;
    ck_assert_int_eq(compare(a, b, &options).different, 1);
    ck_assert_int_eq(compare(a, a, &options).different, 0);
    mmview_array_unref(a);
    mmview_array_unref(b);
}
END_TEST

/* Which field, and which element of a sub-array. */
START_TEST(fields)
{
    static const char type[] = "[('n', 'u1'), ('p', [('q', 'u1'), ('r', 'u1', (2, 2))], (2,))]";
    struct mmview_compare_options options = MMVIEW_COMPARE_OPTIONS_INIT;
    unsigned char a[4 * 11], b[4 * 11];
    struct mmview_difference places[4];
    struct mmview_comparison found;

    for (size_t i = 0; i < sizeof a; i++)
        a[i] = b[i] = (unsigned char)(i + 1);
    b[0 * 11 + 10] = 100; /* p[1].r[1, 1] */
    b[2 * 11 + 6] = 7;    /* p[1].q, which is 29 */
    b[2 * 11 + 4] = 0;    /* p[0].r[1, 0], which comes before q in memory, but not as a field */
    b[3 * 11] = 200;      /* n */
    options.room = 4;
    options.differences = places;
    found = compare_once(made("a", type, "(4,)", a, sizeof a), made("b", type, "(4,)", b, sizeof b),
                         &options);
    ck_assert_int_eq(found.different, 3);
    ck_assert_int_eq(found.told, 3);
    ck_assert_int_eq(places[0].item, 0);
    ck_assert_int_eq(places[0].a_offset, 10);
    ck_assert_int_eq(places[0].b_offset, 10);
    ck_assert_int_eq(places[1].item, 2);
    ck_assert_int_eq(places[1].a_offset, 6);
    ck_assert_int_eq(places[2].item, 3);
    ck_assert_int_eq(places[2].a_offset, 0);
    ck_assert_ldouble_eq(found.absolute, 166);
    ck_assert_int_eq(found.absolute_at.item, 3);
    ck_assert_int_eq(found.absolute_at.b_offset, 0);
}
END_TEST

/* A field of which no item has an element, before one that differs. */
START_TEST(field_without_elements)
{
    static const char type[] = "[('n', 'u1', (0, 2)), ('p', 'u1')]";
    struct mmview_comparison found =
        compare_once(made("a", type, "(3,)", "abc", 3), made("b", type, "(3,)", "abd", 3), NULL);

    ck_assert_int_eq(found.items, 3);
    ck_assert_int_eq(found.different, 1);
    ck_assert_ldouble_eq(found.absolute, 1);
    ck_assert_int_eq(found.absolute_at.item, 2);
}
END_TEST

/* Of two that are equally large, the first item's, whatever its field. */
START_TEST(first_of_the_largest)
{
    static const unsigned char a[] = {0, 5, 5, 0}, b[] = {0, 0, 0, 0};
    struct mmview_comparison found =
        compare_once(made("a", "[('x', 'u1'), ('y', 'u1')]", "(2,)", a, sizeof a),
                     made("b", "[('x', 'u1'), ('y', 'u1')]", "(2,)", b, sizeof b), NULL);

    ck_assert_ldouble_eq(found.absolute, 5);
    ck_assert_int_eq(found.absolute_at.item, 0);
    ck_assert_int_eq(found.absolute_at.a_offset, 1);
    ck_assert_int_eq(found.relative_at.item, -1);
}
END_TEST

/* More items than a chunk, a buffer or a run has, in two layouts. */
START_TEST(many)
{
    enum { ROWS = 300, COLUMNS = 250 };
    struct mmview_compare_options options = MMVIEW_COMPARE_OPTIONS_INIT;
    static int32_t across[ROWS * COLUMNS], down[ROWS * COLUMNS];
    static struct mmview_difference places[20];
    struct mmview_array *a, *b, *turned;
    struct mmview_comparison found;

    for (int i = 0; i < ROWS * COLUMNS; i++) {
        across[i] = i;
        down[i % COLUMNS * ROWS + i / COLUMNS] = i + (i % 7919 == 7918);
    }
    a = made("a", "'i4'", "(300, 250)", across, sizeof across);
    b = made("b", "'i4'", "(250, 300)", down, sizeof down);
    ck_assert_int_eq(mmview_view_transpose(b, NULL, 0, &turned, NULL), MMVIEW_OK);
    options.room = 20;
    options.differences = places;
    found = compare(a, turned, &options);
    ck_assert_int_eq(found.items, ROWS * COLUMNS);
    ck_assert_int_eq(found.different, ROWS * COLUMNS / 7919);
    ck_assert_int_eq(found.told, ROWS * COLUMNS / 7919);
    for (int i = 0; i < found.told; i++)
        ck_assert_int_eq(places[i].item, i * 7919 + 7918);
    ck_assert_int_eq(compare(a, b, &options).values, MMVIEW_VALUES_INCOMPARABLE);
    ck_assert_int_eq(compare(a, b, &options).same_shape, 0);
    mmview_array_unref(a);
    mmview_array_unref(b);
    mmview_array_unref(turned);
}
END_TEST

START_TEST(nothing_to_compare)
{
    struct mmview_array *a = made("a", "'|V0'", "(" MOST ",)", NULL, 0);
    struct mmview_array *b = made("b", "'f8'", "(0, 3)", NULL, 0);
    struct mmview_array *c = made("c", "'f8'", "(3, 0)", NULL, 0);

    ck_assert_int_eq(compare(a, a, NULL).values, MMVIEW_VALUES_SAME);
    ck_assert_int_eq(compare(a, a, NULL).items, INTPTR_MAX);
    ck_assert_int_eq(compare(b, b, NULL).values, MMVIEW_VALUES_SAME);
    ck_assert_int_eq(compare(b, b, NULL).items, 0);
    ck_assert_int_eq(compare(b, c, NULL).values, MMVIEW_VALUES_INCOMPARABLE);
    mmview_array_unref(a);
    mmview_array_unref(b);
    mmview_array_unref(c);
}
END_TEST

START_TEST(orders)
{
    static const char dict[] = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }";
    struct mmview_comparison found;

    write_npy("f", dict, "abcd", 4);
    found = compare_once(made("c", "'|u1'", "(2, 2)", "acbd", 4), open_ok("f", NULL), NULL);
    ck_assert_int_eq(found.same_order, 0);
    ck_assert_int_eq(found.same_dtype, 1);
    ck_assert_int_eq(found.values, MMVIEW_VALUES_SAME);
}
END_TEST

START_TEST(bad_options)
{
    static const struct mmview_compare_options bad[] = {
        {sizeof *bad, 4, 0, 0, 0, NULL},     {sizeof *bad, 1, 0, -1, 0, NULL},
        {sizeof *bad, 1, 0, 0, -0.5, NULL},  {sizeof *bad, 1, 0, A_NAN, 0, NULL},
        {sizeof *bad, 1, 0, 0, A_NAN, NULL}, {sizeof *bad, 0, 0, 0, 1, NULL},
        {sizeof *bad, 2, 0, 1, 0, NULL},     {sizeof *bad, 0, 1, 0, 0, NULL},
        {sizeof *bad - 1, 0, 0, 0, 0, NULL},
    };
    struct mmview_array *a;

    write_values("a");
    a = open_ok("a", NULL);
    for (int i = 0; i < COUNT(bad); i++) {
        int expected = i == 0 || i == COUNT(bad) - 1 ? MMVIEW_EOPTIONS : MMVIEW_EINVAL;
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_comparison found = {.items = 77};

        ck_assert_int_eq(mmview_compare(a, a, &bad[i], &found, &err), expected);
        ck_assert_int_eq(err.status, expected);
        ck_assert_str_ne(err.message, "");
        ck_assert_int_eq(found.items, 77);
    }
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("compare");

    tcase_add_test(tcase, same);
    tcase_add_test(tcase, differences);
    tcase_add_test(tcase, close_figures);
    tcase_add_test(tcase, exact_numbers);
    tcase_add_loop_test(tcase, pairs_of_dtypes, 0, COUNT(pairs));
    tcase_add_test(tcase, nat);
    tcase_add_test(tcase, fields);
    tcase_add_test(tcase, field_without_elements);
    tcase_add_test(tcase, first_of_the_largest);
    tcase_add_test(tcase, many);
    tcase_add_test(tcase, nothing_to_compare);
    tcase_add_test(tcase, orders);
    tcase_add_test(tcase, bad_options);
    return run_suite("compare", tcase);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Large dtypes and the largest: many fields, many levels, sizes up to INT_MAX;
 * and when two are the same. */
#include <limits.h>

#include "../dtype_show.h"
#include "format/dtype.h"

#define ALIGN ((unsigned)MMVIEW_DTYPE_ALIGN)

/* "[('f0', '|i1'), ('f1', '|i1'), ...]"; yours. */
static char *many_fields(int count)
{
    char *text = malloc((size_t)count * 24 + 3), *p = text;

    ck_assert_ptr_nonnull(text);
    p = stpcpy(p, "[");
    for (int i = 0; i < count; i++)
        p += sprintf(p, "%s('f%d', '|i1')", i ? ", " : "", i);
    stpcpy(p, "]");
    return text;
}

START_TEST(four_thousand_fields)
{
    enum { FIELDS = 4000 };
    char *text = many_fields(FIELDS), *descr = malloc(strlen(text) + 1), name[16];
    struct mmview_dtype *dtype = parsed(text, 0);
    size_t index, length;

    ck_assert_uint_eq(mmview_dtype_field_count(dtype), FIELDS);
    ck_assert_int_eq(mmview_dtype_itemsize(dtype), FIELDS);
    for (int i = 0; i < FIELDS; i++) {
        bool right;

        snprintf(name, sizeof name, "f%d", i);
        right = mmview_dtype_field_find(dtype, name, SIZE_MAX, &index) == MMVIEW_OK;
        right = right && index == (size_t)i && mmview_dtype_field_offset(dtype, index) == i;
        right = right && strcmp(mmview_dtype_field_name(dtype, index, &length), name) == 0;
        ck_assert_msg(right && length == strlen(name), "field %d", i);
    }
    ck_assert_int_eq(mmview_dtype_field_find(dtype, "f4000", SIZE_MAX, &index), MMVIEW_ENOTFOUND);
    ck_assert_uint_eq(mmview_dtype_descr(dtype, descr, strlen(text) + 1), strlen(text));
    ck_assert_str_eq(descr, text);
    mmview_dtype_unref(dtype);
    free(descr);
    free(text);
}
END_TEST

/* The name that is there twice is told, however far apart the two are. */
START_TEST(twice_among_many)
{
    enum { FIELDS = 4000 };
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;
    char *text = many_fields(FIELDS);
    char *last = strstr(text, "'f3999'");

    ck_assert_ptr_nonnull(last);
    memcpy(last, "'f0'   ", 7);
    ck_assert_int_eq(mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, &err), MMVIEW_EDTYPE);
    ck_assert_ptr_null(dtype);
    ck_assert_ptr_nonnull(strstr(err.message, "field 3999, 'f0'"));
    free(text);
}
END_TEST

/* open and close, so many times around inside; yours. */
static char *nested(const char *open, const char *inside, const char *close, int levels)
{
    size_t each = strlen(open) + strlen(close);
    char *text = malloc((size_t)levels * each + strlen(inside) + 1), *p = text;

    ck_assert_ptr_nonnull(text);
    for (int i = 0; i < levels; i++)
        p = stpcpy(p, open);
    p = stpcpy(p, inside);
    for (int i = 0; i < levels; i++)
        p = stpcpy(p, close);
    return text;
}

/* As deep as brackets may be. */
START_TEST(hundred_levels)
{
    char *text = nested("[('a', ", "'|i1'", ")]", 100), *descr = malloc(strlen(text) + 1);
    struct mmview_dtype *dtype = parsed(text, 0), *same = parsed(text, 0);
    const struct mmview_dtype *level = dtype;
    int levels = 0;

    for (; mmview_dtype_isstruct(level); level = mmview_dtype_field_dtype(level, 0))
        levels++;
    ck_assert_int_eq(levels, 100);
    ck_assert_int_eq(mmview_dtype_kind(level), 'i');
    ck_assert(mmview_dtype_equal(dtype, same));
    ck_assert(mmview_dtype_isnative(dtype) && !mmview_dtype_hasobject(dtype));
    ck_assert_uint_eq(mmview_dtype_descr(dtype, descr, strlen(text) + 1), strlen(text));
    ck_assert_str_eq(descr, text);
    mmview_dtype_unref(same);
    mmview_dtype_unref(dtype);
    free(descr);
    free(text);
}
END_TEST

START_TEST(nested_subarrays)
{
    char *text = nested("(", "'>i2'", ", (1,))", 199),
         *other = nested("(", "'<i2'", ", (1,))", 199);
    struct mmview_dtype *dtype = parsed(text, 0), *swapped = parsed(other, 0);
    const struct mmview_dtype *level = dtype;
    int levels = 0;

    for (; mmview_dtype_base(level); level = mmview_dtype_base(level))
        levels++;
    ck_assert_int_eq(levels, 199);
    ck_assert_int_eq(mmview_dtype_itemsize(dtype), 2);
    ck_assert_int_eq(mmview_dtype_isnative(dtype), *OWN == '>');
    ck_assert(!mmview_dtype_equal(dtype, swapped));
    mmview_dtype_unref(swapped);
    mmview_dtype_unref(dtype);
    free(other);
    free(text);
}
END_TEST

/* Sizes are C ints, as NumPy's are. */
static const struct {
    unsigned flags;
    const char *text;
    int itemsize; /* -1: refused */
} sizes[] = {
    {0, "'S2147483647'", INT_MAX},
    {0, "('S', 2147483647)", INT_MAX},
    {0, "('S', 2147483648)", -1},
    {0, "('U', 536870911)", INT_MAX - 3},
    {0, "('U', 536870912)", -1},
    {0, "2147483647i1", INT_MAX},
    {0, "2147483648i1", -1},

    /* Products. */
    {0, "('i1', 2147483647)", INT_MAX},
    {0, "('i1', (2147483647, 1))", INT_MAX},
    {0, "('i2', 1073741823)", INT_MAX - 1},
    {0, "('i2', 1073741824)", -1},
    {0, "('i1', (65536, 32767))", 65536 * 32767},
    {0, "('i1', (65536, 32768))", -1},
    {0, "('i1', (65536, 65536))", -1}, /* would wrap to 0 */
    {0, "('i1', (65536, 65536, 0))", 0},
    {0, "('i1', (0, 2147483647, 2147483647))", 0},
    {0, "('i8', (2147483647, 0))", 0},
    {0, "(('i1', (65536,)), (32768,))", -1},
    {0, "(('i1', (65536,)), (32767,))", 65536 * 32767},
    {0, "([], (2147483647, 2147483647))", -1}, /* the count is an int, too */
    {0, "([], (2147483647,))", 0},

    /* Sums. */
    {0, "[('a', 'S2147483647')]", INT_MAX},
    {0, "[('a', 'S2147483646'), ('b', 'i1')]", INT_MAX},
    {0, "[('a', 'S2147483647'), ('b', 'i1')]", -1},
    {0, "[('a', 'S2147483647'), ('b', 'V0')]", INT_MAX},
    {0, "[('a', 'i1'), ('b', 'S2147483647')]", -1},
    {0, "[('', 'V2147483646'), ('b', 'i1')]", INT_MAX},
    {0, "[('', 'V2147483647'), ('b', 'i1')]", -1},
    {0, "[('a', 'i1'), ('', 'V2147483647')]", -1},
    {0, "[('a', 'i1'), ('', 'V2147483646')]", INT_MAX},
    {0, "[('a', [('b', 'S2147483647')]), ('c', 'i1')]", -1},
    {0, "S2147483647,i1", -1},
    {0, "S2147483646,i1", INT_MAX},

    /* Gaps before a field, and after the last. */
    {ALIGN, "[('a', 'S2147483646'), ('b', 'i2')]", -1},
    {ALIGN, "[('a', 'S2147483645'), ('b', 'i2')]", -1},
    {ALIGN, "[('a', 'S2147483643'), ('b', 'i2')]", INT_MAX - 1},
    {ALIGN, "[('b', 'i2'), ('a', 'S2147483644')]", INT_MAX - 1},
    {ALIGN, "[('b', 'i2'), ('a', 'S2147483645')]", -1},
    {ALIGN, "S2147483645,i2", -1},
};

START_TEST(size)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;
    int status = mmview_dtype_parse(sizes[_i].text, SIZE_MAX, sizes[_i].flags, &dtype, &err);

    ck_assert_int_eq(err.status, status);
    if (sizes[_i].itemsize < 0) {
        ck_assert_int_eq(status, MMVIEW_EDTYPE);
        ck_assert_ptr_null(dtype);
        return;
    }
    ck_assert_msg(status == MMVIEW_OK, "%s: %s", sizes[_i].text, err.message);
    ck_assert_int_eq(mmview_dtype_itemsize(dtype), sizes[_i].itemsize);
    mmview_dtype_unref(dtype);
}
END_TEST

START_TEST(most_dimensions)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;
    char *text = nested("", "('|i1', (", "1, ", 64), *ends;

    ends = nested("", text, "))", 1);
    free(text);
    dtype = parsed(ends, 0);
    ck_assert_int_eq(mmview_dtype_ndim(dtype), 64);
    ck_assert_int_eq(mmview_dtype_shape(dtype)[63], 1);
    mmview_dtype_unref(dtype);
    free(ends);

    text = nested("", "('|i1', (", "1, ", 65);
    ends = nested("", text, "))", 1);
    free(text);
    dtype = NULL;
    ck_assert_int_eq(mmview_dtype_parse(ends, SIZE_MAX, 0, &dtype, &err), MMVIEW_EDTYPE);
    ck_assert_ptr_null(dtype);
    free(ends);
}
END_TEST

/* numpy's ==: what describes the same bytes in the same way. */
static const struct {
    const char *a, *b;
    int equal;
} pairs[] = {
    {"i4", "int32", 1},
    {"i4", OWN "i4", 1},
    {"i4", OTHER "i4", 0},
    {"i4", "u4", 0},
    {"i4", "f4", 0},
    {"i4", "i8", 0},
    {"q", "i8", 1}, /* long and long long, where both have 8 bytes */
    {"c", "S1", 1},
    {"S1", "V1", 0},
    {"?", "b", 0},
    {"?", "u1", 0},
    {"S", "S0", 1},
    {"S3", "S4", 0},
    {"<U3", ">U3", 0},
    {"<U0", ">U0", 0},
    {"O", "O8", 1},

    {"M8", "m8", 0},
    {"M8", "M8[generic]", 1},
    {"M8", "M8[s]", 0},
    {"M8[s]", "M8[1s]", 1},
    {"M8[s]", "M8[2s]", 0},
    {"M8[60s]", "M8[m]", 0},
    {"M8[D/24]", "M8[h]", 1},
    {"<M8[s]", ">M8[s]", 0},

    {"(2,)i4", "2i4", 1},
    {"(2,)i4", "(3,)i4", 0},
    {"(2,)i4", "(2,1)i4", 0},
    {"(2,3)i4", "(3,2)i4", 0},
    {"(1,)i4", "i4", 0},
    {"(2,)<i4", "(2,)>i4", 0},
    {"(2,)f4", "f8", 0},
    {"(2,)i4", "V8", 0},

    {"[]", "[]", 1},
    {"[]", "V0", 0},
    {"[('a', 'i4')]", "[('a', 'int32')]", 1},
    {"[('a', 'i4')]", "[('b', 'i4')]", 0},
    {"[('a', 'i4')]", "[('aa', 'i4')]", 0},
    {"[('a', 'i4')]", "[('a', 'u4')]", 0},
    {"[('a', 'i4')]", "V4", 0},
    {"[('a', 'i4')]", "i4", 0},
    {"[('a', 'i4')]", "[('a', 'i4'), ('b', 'V0')]", 0},
    {"[('a', 'i4'), ('b', 'i4')]", "[('b', 'i4'), ('a', 'i4')]", 0},
    {"[('a', 'i4'), ('', 'V4')]", "[('', 'V4'), ('a', 'i4')]", 0},
    {"[('a', 'i4'), ('', 'V4')]", "[('a', 'i4'), ('', '2i2')]", 1},
    {"[('a', 'i4'), ('', 'V4')]", "[('a', 'i4'), ('', 'V2')]", 0},
    {"[('a', '<i4')]", "[('a', '>i4')]", 0},
    {"[('a', [('b', '<i4')])]", "[('a', [('b', '>i4')])]", 0},
    {"[('a', 'i4', (2,))]", "[('a', '2i4')]", 1},

    {"[(('t', 'a'), 'i4')]", "[('a', 'i4')]", 0},
    {"[(('t', 'a'), 'i4')]", "[(('t', 'a'), 'i4')]", 1},
    {"[(('t', 'a'), 'i4')]", "[(('u', 'a'), 'i4')]", 0},
    {"[((5, 'a'), 'i4')]", "[(('5', 'a'), 'i4')]", 0},
    {"[((5, 'a'), 'i4')]", "[((5, 'a'), 'i4')]", 1},
    {"[((5, 'a'), 'i4')]", "[((6, 'a'), 'i4')]", 0},
    {"[((None, 'a'), 'i4')]", "[('a', 'i4')]", 1},
    {"[('a\\0', 'i4')]", "[('a', 'i4')]", 0},
};

START_TEST(equality)
{
    struct mmview_dtype *a = parsed(pairs[_i].a, 0), *b = parsed(pairs[_i].b, 0);

    ck_assert_msg(mmview_dtype_equal(a, b) == pairs[_i].equal, "%s, %s", pairs[_i].a, pairs[_i].b);
    ck_assert_int_eq(mmview_dtype_equal(b, a), pairs[_i].equal);
    ck_assert_int_eq(mmview_dtype_equal(a, a), 1);
    mmview_dtype_unref(b);
    mmview_dtype_unref(a);
}
END_TEST

/* Fields that a list can not tell of, as those picked from a struct: in another
 * order, or over one another. NumPy's dict of names and offsets can. */
static const struct {
    const char *name, *title; /* NULL: none */
    int offset;
} picked[][2] = {
    {{"b", NULL, 4}, {"a", NULL, 0}},
    {{"b", "t", 4}, {"a", NULL, 0}},
    {{"x", NULL, 0}, {"y", NULL, 1}},
    {{"x", NULL, 0}, {"y", NULL, 2}}, /* in order: a list */
};

static const struct {
    const char *descr, *json;
} picked_shown[] = {
    {"{'names': ['b', 'a'], 'formats': ['|S2', '|S2'], 'offsets': [4, 0], 'itemsize': 8}",
     "{\"names\":[\"b\",\"a\"],\"formats\":[\"|S2\",\"|S2\"],\"offsets\":[4,0],\"itemsize\":8}"},
    {"{'names': ['b', 'a'], 'formats': ['|S2', '|S2'], 'offsets': [4, 0], 'titles': ['t', None], "
     "'itemsize': 8}",
     "{\"names\":[\"b\",\"a\"],\"formats\":[\"|S2\",\"|S2\"],\"offsets\":[4,0],"
     "\"titles\":[\"t\",null],\"itemsize\":8}"},
    {"{'names': ['x', 'y'], 'formats': ['|S2', '|S2'], 'offsets': [0, 1], 'itemsize': 8}",
     "{\"names\":[\"x\",\"y\"],\"formats\":[\"|S2\",\"|S2\"],\"offsets\":[0,1],\"itemsize\":8}"},
    {"[('x', '|S2'), ('y', '|S2'), ('', '|V4')]",
     "[[\"x\",\"|S2\"],[\"y\",\"|S2\"],[\"\",\"|V4\"]]"},
};

START_TEST(out_of_order)
{
    struct mmv_field fields[2];
    struct mmview_dtype *dtype = NULL;
    size_t twice;

    memset(fields, 0, sizeof fields);
    for (int i = 0; i < COUNT(fields); i++) {
        const char *title = picked[_i][i].title;

        fields[i].name = (struct mmv_text){picked[_i][i].name, strlen(picked[_i][i].name)};
        fields[i].title = (struct mmv_text){title, title ? strlen(title) : 0};
        fields[i].title_is_str = title != NULL;
        fields[i].offset = picked[_i][i].offset;
        fields[i].dtype = parsed("S2", 0);
    }
    ck_assert_int_eq(mmv_dtype_new_struct(fields, 2, 8, 1, false, &dtype, &twice), MMVIEW_OK);
    ck_assert_str_eq(text_of(mmview_dtype_descr, dtype), picked_shown[_i].descr);
    ck_assert_str_eq(text_of(mmview_dtype_descr_json, dtype), picked_shown[_i].json);
    mmview_dtype_unref(dtype);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, four_thousand_fields);
    tcase_add_test(tcase, twice_among_many);
    tcase_add_test(tcase, hundred_levels);
    tcase_add_test(tcase, nested_subarrays);
    tcase_add_loop_test(tcase, size, 0, COUNT(sizes));
    tcase_add_loop_test(tcase, out_of_order, 0, COUNT(picked));
    tcase_add_test(tcase, most_dimensions);
    tcase_add_loop_test(tcase, equality, 0, COUNT(pairs));
}

int main(void)
{
    return run_suite("dtype_struct", add_tests);
}

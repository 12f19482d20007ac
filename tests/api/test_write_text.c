/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Arrays as text through the public header: options, what does not fit anywhere, and
 * sinks. That the text is NumPy's: tests/oracle/test_text_arrays.py and
 * test_random_text.py. */
#include <mmview.h>

#include "any_array.h"

/* A sink that keeps the text, and refuses what does not fit. */
struct text {
    size_t length, most;
    char bytes[20000];
};

static int keep(void *context, const char *bytes, size_t length)
{
    struct text *text = context;

    ck_assert_uint_gt(length, 0);
    if (length > text->most - text->length)
        return 1;
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    return 0;
}

/* Gives the array back. */
static void check_text(struct mmview_array *a, const struct mmview_text_options *options,
                       const char *expected)
{
    static struct text text;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    text = (struct text){.most = sizeof text.bytes - 1};
    ck_assert_int_eq(mmview_write_text(a, options, keep, &text, &err), MMVIEW_OK);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_str_eq(text.bytes, expected);
    mmview_array_unref(a);
}

static const struct {
    const char *descr, *shape;
    struct mmview_text_options options;
    const char *text;
} cases[] = {
#define OPTIONS(...)                                    \
    {                                                   \
        sizeof(struct mmview_text_options), __VA_ARGS__ \
    }
    {"'|u1'", "(3,)", MMVIEW_TEXT_OPTIONS_INIT, "[0 1 2]"},
    {"'|u1'", "()", MMVIEW_TEXT_OPTIONS_INIT, "0"},
    {"'|u1'", "(0, 3)", MMVIEW_TEXT_OPTIONS_INIT, "[]"},
    {"'|u1'", "(2, 1, 2)", MMVIEW_TEXT_OPTIONS_INIT, "[[[0 1]]\n\n [[2 3]]]"},
    {"'|u1'", "(2, 3)", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 0, 0),
     "array([[0, 1, 2],\n       [3, 4, 5]], dtype=uint8)"},
    {"'|u1'", "(0, 3)", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 0, 0),
     "array([], shape=(0, 3), dtype=uint8)"},
    {"'|u1'", "(0,)", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 0, 0), "array([], dtype=uint8)"},
    {"'<f8'", "(0,)", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 0, 0), "array([], dtype=float64)"},
    {"'<i8'", "()", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 0, 0),
     "array(506097522914230528" WORD("", ", dtype=int64") ")"},
    /* Summarised, or not. */
    {"'|u1'", "(1001,)", MMVIEW_TEXT_OPTIONS_INIT, "[  0   1   2 ... 230 231 232]"},
    {"'|u1'", "(8,)", OPTIONS(0, 0, 7, 0, 0, 0), "[0 1 2 ... 5 6 7]"},
    {"'|u1'", "(8,)", OPTIONS(0, 0, 8, 1, 0, 0), "[0 1 2 3 4 5 6 7]"},
    {"'|u1'", "(12,)", OPTIONS(0, 0, 7, 1, 0, 0), "[ 0 ... 11]"},
    {"'|u1'", "(12,)", OPTIONS(0, 0, 7, INTPTR_MAX, 0, 0), "[ 0  1  2  3  4  5  6  7  8  9 10 11]"},
    {"'|u1'", "(3,)", OPTIONS(0, MMVIEW_TEXT_THRESHOLD, 0, 1, 0, 0), "[0 ... 2]"},
    {"'|u1'", "(12,)", OPTIONS(0, MMVIEW_TEXT_EDGEITEMS, 7, 0, 0, 0), "[... 11]"},
    {"'|u1'", "(9, 2)", OPTIONS(0, 0, 7, 1, 0, 0), "[[ 0  1]\n ...\n [16 17]]"},
    /* Lines. */
    {"'|u1'", "(4,)", OPTIONS(0, 0, 0, 0, 5, 0), "[0 1\n 2 3]"},
    {"'|u1'", "(3,)", OPTIONS(0, MMVIEW_TEXT_LINEWIDTH, 0, 0, 0, 0), "[0\n 1\n 2]"},
    {"'|u1'", "(4,)", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 13, 0),
     "array([0, 1,\n       2, 3],\n      dtype=uint8)"},
    {"'|u1'", "(4,)", OPTIONS(0, 0, 0, 0, INTPTR_MAX, 0), "[0 1 2 3]"},
    /* Numbers: 0x0100 and so on as halves. */
    {"'<f2'", "(2,)", MMVIEW_TEXT_OPTIONS_INIT, "[1.526e-05 4.590e-05]"},
    {"'<f2'", "(2,)", OPTIONS(0, 0, 0, 0, 0, 1), "[1.5e-05 4.6e-05]"},
    {"'<f2'", "(2,)", OPTIONS(0, MMVIEW_TEXT_PRECISION, 0, 0, 0, 0), "[2.e-05 5.e-05]"},
    {"'<f2'", "(2,)", OPTIONS(0, MMVIEW_TEXT_SUPPRESS, 0, 0, 0, 0), "[0.00001526 0.0000459 ]"},
    {"'<f2'", "(2,)", OPTIONS(0, MMVIEW_TEXT_SUPPRESS, 0, 0, 0, INTPTR_MAX),
     "[0.00001526 0.0000459 ]"},
    {"[('a', '|u1'), ('b', '|i1', (2,))]", "()", MMVIEW_TEXT_OPTIONS_INIT, "(0, [1, 2])"},
    {"[('a', '|u1')]", "()", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 0, 0),
     "array((0,), dtype=[('a', 'u1')])"},
    {"[]", "(2,)", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 0, 0), "array([(), ()], dtype=[])"},
    {"[('a', '|u1'), ('', '|V3')]", "(1,)", OPTIONS(MMVIEW_TEXT_REPR, 0, 0, 0, 0, 0),
     "array([(0,)],\n      dtype={'names': ['a'], 'formats': ['u1'], 'offsets': [0], 'itemsize': "
     "4})"},
};

START_TEST(forms)
{
    check_text(any_array(cases[_i].descr, cases[_i].shape, MMVIEW_MODE_R), &cases[_i].options,
               cases[_i].text);
}
END_TEST

START_TEST(defaults)
{
    check_text(any_array("'|u1'", "(1001,)", MMVIEW_MODE_R), NULL, "[  0   1   2 ... 230 231 232]");
}
END_TEST

/* Views show what they are of; both byte orders, and items at odd places. */
START_TEST(views)
{
    check_text(part_of(any_array_at("'>u2'", "(5,)", MMVIEW_MODE_R, 513), "::-2"), NULL,
               "[2057 1029    1]");
    check_text(transpose_of(any_array("'|u1'", "(2, 3)", MMVIEW_MODE_R)), NULL,
               "[[0 3]\n [1 4]\n [2 5]]");
}
END_TEST

/* Items that are longer than any buffer: the line is broken before them all the same. */
START_TEST(long_items)
{
    static char expected[20000];

    write_npy("long.npy", "{'descr': '|S5000', 'fortran_order': False, 'shape': (2,), }", "", 0);
    stretch("long.npy", 128 + 10000);
    check_text(open_ok("long.npy", NULL), NULL, "[b'' b'']");

    write_npy("long.npy",
              "{'descr': [('a', '|u1', (3000,))], 'fortran_order': False, "
              "'shape': (2,), }",
              "", 0);
    stretch("long.npy", 128 + 6000);
    strcpy(expected, "[([0");
    for (int item = 0; item < 2; item++) {
        for (int i = 1; i < 3000; i++)
            strcat(expected + 9000 * (size_t)item, ", 0");
        strcat(expected + 9000 * (size_t)item, item == 0 ? "],)\n ([0" : "],)]");
    }
    ck_assert_uint_gt(strlen(expected), 17999);
    check_text(open_ok("long.npy", NULL), NULL, expected);
}
END_TEST

/* Nothing but the corners of it is read: it would take hours. */
START_TEST(enormous)
{
    const uint64_t rows = UINT64_C(1) << (sizeof(size_t) > 4 ? 31 : 17), nbytes = rows * 512 * 8;
    char dict[96];

    snprintf(dict, sizeof dict, "{'descr': 'f8', 'fortran_order': False, 'shape': (%ju, 512), }",
             (uintmax_t)rows);
    write_npy("big.npy", dict, values, sizeof values);
    stretch("big.npy", 128 + nbytes);
    if (room_for((size_t)nbytes) != MMVIEW_OK)
        return;
    check_text(open_ok("big.npy", NULL), NULL,
               "[[ 1.5 -2.   3.  ...  0.   0.   0. ]\n"
               " [ 0.   0.   0.  ...  0.   0.   0. ]\n"
               " [ 0.   0.   0.  ...  0.   0.   0. ]\n"
               " ...\n"
               " [ 0.   0.   0.  ...  0.   0.   0. ]\n"
               " [ 0.   0.   0.  ...  0.   0.   0. ]\n"
               " [ 0.   0.   0.  ...  0.   0.   0. ]]");
}
END_TEST

/* Text without end: the sink ends it, and gets nothing more. */
static void check_endless(const char *descr, const char *shape)
{
    static struct text text;
    struct mmview_text_options options = MMVIEW_TEXT_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a = any_array(descr, shape, MMVIEW_MODE_R);

    text = (struct text){.most = 0};
    options.threshold = -1;
    ck_assert_int_eq(mmview_write_text(a, &options, keep, &text, &err), MMVIEW_ECANCELED);
    ck_assert_int_eq(err.status, MMVIEW_ECANCELED);
    ck_assert_str_ne(err.message, "");
    ck_assert_uint_eq(text.length, 0);
    mmview_array_unref(a);
}

START_TEST(endless)
{
    check_endless("'|V0'", "(" MOST ", " MOST ")");
    check_endless("[('a', [], (2147483647,))]", "()");
}
END_TEST

static void check_refused(const struct mmview_text_options *options, int expected)
{
    static struct text text;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a = any_array("'|u1'", "(3,)", MMVIEW_MODE_R);

    text = (struct text){.most = sizeof text.bytes};
    ck_assert_int_eq(mmview_write_text(a, options, keep, &text, &err), expected);
    ck_assert_int_eq(err.status, expected);
    ck_assert_uint_eq(text.length, 0);
    ck_assert_int_eq(mmview_write_text(a, options, keep, &text, NULL), expected);
    mmview_array_unref(a);
}

START_TEST(refused)
{
    static const struct mmview_text_options none = {0}, form = OPTIONS(-1, 0, 0, 0, 0, 0),
                                            late = OPTIONS(9999, 0, 0, 0, 0, 0),
                                            flags = OPTIONS(0, 1u << 31, 0, 0, 0, 0),
                                            threshold = OPTIONS(0, 0, -2, 0, 0, 0),
                                            edgeitems = OPTIONS(0, 0, 0, -1, 0, 0),
                                            linewidth = OPTIONS(0, 0, 0, 0, -1, 0),
                                            precision = OPTIONS(0, 0, 0, 0, 0, -1);

    check_refused(&none, MMVIEW_EOPTIONS);
    check_refused(&form, MMVIEW_EINVAL);
    check_refused(&late, MMVIEW_EINVAL);
    check_refused(&flags, MMVIEW_EOPTIONS);
    check_refused(&threshold, MMVIEW_EINVAL);
    check_refused(&edgeitems, MMVIEW_EINVAL);
    check_refused(&linewidth, MMVIEW_EINVAL);
    check_refused(&precision, MMVIEW_EINVAL);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("write_text");

    tcase_add_loop_test(tcase, forms, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(tcase, defaults);
    tcase_add_test(tcase, views);
    tcase_add_test(tcase, long_items);
    tcase_add_test(tcase, enormous);
    tcase_add_test(tcase, endless);
    tcase_add_test(tcase, refused);
    return run_suite("write_text", tcase);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The buffer protocol's format and strides (PEP 3118), as NumPy says them. */
#include <mmview.h>

#include "any_array.h"

static const struct {
    const char *descr;
    const char *shape;
    size_t start;     /* of the data */
    const char *part; /* of the array, or NULL */
    const char *format;
} formats[] = {
    /* Native and aligned: the letter alone. */
    {"'|b1'", "(2,)", 512, NULL, "?"},
    {"'|i1'", "(2,)", 512, NULL, "b"},
    {"'|u1'", "(2,)", 512, NULL, "B"},
    {"'i2'", "(2,)", 512, NULL, "h"},
    {"'u2'", "(2,)", 512, NULL, "H"},
    {"'i4'", "(2,)", 512, NULL, WORD("i", "l")},
    {"'u4'", "(2,)", 512, NULL, WORD("I", "L")},
    {"'i8'", "(2,)", 512, NULL, WORD("l", "q")},
    {"'u8'", "(2,)", 512, NULL, WORD("L", "Q")},
    {"'q'", "(2,)", 512, NULL, "q"},
    {"'f2'", "(2,)", 512, NULL, "e"},
    {"'f4'", "(2,)", 512, NULL, "f"},
    {"'f8'", "(2,)", 512, NULL, "d"},
    {"'" LONG_DOUBLE "'", "(2,)", 512, NULL, "g"},
    {"'c8'", "(2,)", 512, NULL, "Zf"},
    {"'c16'", "(2,)", 512, NULL, "Zd"},
    {"'" LONG_COMPLEX "'", "(2,)", 512, NULL, "Zg"},
    /* Swapped, or at an odd place: sizes are standard. */
    {"'" OTHER "i8'", "(2,)", 512, NULL, OTHER "q"},
    {"'" OTHER "u8'", "(2,)", 512, NULL, OTHER "Q"},
    {"'" OTHER "c8'", "(2,)", 512, NULL, OTHER "Zf"},
    {"'i'", "(2,)", 513, NULL, "=i"},
    {"'u8'", "(2,)", 513, NULL, "=Q"},
    {"'i'", "(0,)", 513, NULL, "i"}, /* nothing is out of place */
    {"'" LONG_DOUBLE "'", "(2,)", 513, NULL, "^g"},
    {"'" LONG_COMPLEX "'", "(2,)", 513, NULL, "^Zg"},
    {"'|i1'", "(2,)", 513, NULL, "b"},
    /* Of no order. */
    {"'|S3'", "(2,)", 513, NULL, "3s"},
    {"'|S0'", "(2,)", 512, NULL, "0s"},
    {"'|V4'", "(2,)", 513, NULL, "4x"},
    {"'U2'", "(2,)", 512, NULL, "2w"},
    {"'" OTHER "U2'", "(2,)", 512, NULL, OTHER "2w"},
    {"'U2'", "(2,)", 513, NULL, "=2w"},
    /* Structs: gaps, a change of state, names, sub-arrays. */
    {"[('a', 'i'), ('b', '|i1')]", "(2,)", 512, NULL, "T{=i:a:b:b:}"},
    {"[('a', 'i'), ('b', '|i1')]", "()", 512, NULL, "T{i:a:b:b:}"},
    {"[('a', 'i'), ('b', '|i1')]", "(1,)", 512, NULL, "T{i:a:b:b:}"},
    {"[('x', '|i1'), ('g', '" LONG_DOUBLE "')]", "(2,)", 512, NULL, "T{b:x:^g:g:}"},
    {"[('a', 'i2'), ('', '|V2'), ('b', 'f4'), ('', '|V8')]", "(2,)", 512, NULL, "T{h:a:xxf:b:}"},
    {"[('a', 'i2'), ('b', '" OTHER "f4', (2, 3)), ('c', 'i')]", "(1,)", 512, NULL,
     "T{h:a:(2,3)" OTHER "f:b:=i:c:}"},
    {"[('a', [('p', '|u1'), ('q', 'f8', (2,))], (2,)), ('b', '|u1')]", "(2,)", 512, NULL,
     "T{(2)T{B:p:(2)=d:q:}:a:B:b:}"},
    {"[('a', 'i', (0,)), ('b', 'i')]", "(2,)", 512, NULL, "T{(0)i:a:i:b:}"},
    {"[('\\u03c0', 'i'), ('', 'i')]", "(2,)", 512, NULL, "T{i:\xcf\x80:i::}"},
    {"[]", "(2,)", 512, NULL, "T{}"},
    /* Views. */
    {"'i'", "(8,)", 512, "::2", "i"},
    {"[('a', '|u1'), ('b', 'i')]", "(3,)", 512, "'b'", "=i"},
    {"[('a', 'i'), ('b', '|S4'), ('c', 'i')]", "(3,)", 512, "['a', 'c']", "T{i:a:xxxxi:c:}"},
    {"[('a', 'i'), ('b', '|S1')]", "(3,)", 512, "0", "T{i:a:1s:b:}"},
};

START_TEST(format)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    const char *expected = formats[_i].format;
    struct mmview_array *a =
        any_array_at(formats[_i].descr, formats[_i].shape, MMVIEW_MODE_R, formats[_i].start);
    mmview_intp length = (mmview_intp)strlen(expected);
    char text[64];

    if (formats[_i].part)
        a = part_of(a, formats[_i].part);
    ck_assert_int_eq(mmview_export_buffer_format(a, text, sizeof text, &err), length);
    ck_assert_str_eq(text, expected);

    /* At every size it writes what fits, terminated, and no byte more. */
    ck_assert_int_eq(mmview_export_buffer_format(a, NULL, 0, &err), length);
    for (size_t size = 1; size <= (size_t)length + 1; size++) {
        memset(text, '#', sizeof text);
        ck_assert_int_eq(mmview_export_buffer_format(a, text, size, &err), length);
        ck_assert_int_eq(text[size], '#');
        ck_assert_uint_eq(strlen(text), size - 1);
        ck_assert_int_eq(strncmp(text, expected, size - 1), 0);
    }
    ck_assert_int_eq(err.status, MMVIEW_OK);
    mmview_array_unref(a);
}
END_TEST

static const struct {
    const char *descr, *part;
    int status;
    const char *message;
} refused[] = {
    {"'M8[s]'", NULL, MMVIEW_ETYPE, "cannot include dtype 'M' in a buffer"},
    {"'" OTHER "m8'", NULL, MMVIEW_ETYPE, "cannot include dtype 'm' in a buffer"},
    {"[('a', 'i4'), ('b', 'M8[D]')]", NULL, MMVIEW_ETYPE, "cannot include dtype 'M' in a buffer"},
    {"'" OTHER LONG_DOUBLE "'", NULL, MMVIEW_EBYTEORDER,
     "cannot expose native-only dtype 'g' in non-native byte order '" OTHER
     "' via buffer interface"},
    {"[('a', '" OTHER LONG_COMPLEX "', (2,))]", NULL, MMVIEW_EBYTEORDER,
     "cannot expose native-only dtype 'G' in non-native byte order '" OTHER
     "' via buffer interface"},
    {"[('a:b', 'i4')]", NULL, MMVIEW_ETYPE,
     "':' is not an allowed character in buffer field names"},
    {"[('a\\x00b', 'i4')]", NULL, MMVIEW_ETYPE,
     "a NUL is not an allowed character in buffer field names"},
    {"[('a\\ud800', 'i4')]", NULL, MMVIEW_ETYPE,
     "invalid field name: there is half a character in it"},
    {"[('a', 'i4'), ('b', 'i4')]", "['b', 'a']", MMVIEW_ETYPE,
     "dtypes with overlapping or out-of-order fields are not representable as buffers"},
};

START_TEST(refusal)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a = any_array(refused[_i].descr, "(2,)", MMVIEW_MODE_R);
    char text[16] = "untouched";

    if (refused[_i].part)
        a = part_of(a, refused[_i].part);
    ck_assert_int_eq(mmview_export_buffer_format(a, text, sizeof text, &err), refused[_i].status);
    ck_assert_int_eq(err.status, refused[_i].status);
    ck_assert_str_eq(err.message, refused[_i].message);
    ck_assert_str_eq(text, "untouched");
    ck_assert_int_eq(mmview_export_buffer_format(a, text, sizeof text, NULL), refused[_i].status);
    mmview_array_unref(a);
}
END_TEST

/* A gap of 2 GB is counted, not written byte by byte. */
START_TEST(wide_gap)
{
    struct mmview_array *a = any_array(
        "[('', '|V2000000000'), ('a', 'i4'), ('z', [], (2147483647,))]", "(0,)", MMVIEW_MODE_R);
    char text[8];

    ck_assert_int_eq(mmview_export_buffer_format(a, text, sizeof text, NULL), 2000000025);
    ck_assert_str_eq(text, "T{xxxxx");
    mmview_array_unref(a);
}
END_TEST

static void strides_are(struct mmview_array *a, const mmview_intp *expected)
{
    mmview_intp strides[MMVIEW_MAXDIMS + 1];
    int ndim = mmview_array_ndim(a);

    strides[ndim] = 77;
    mmview_export_buffer_strides(a, strides);
    for (int i = 0; i < ndim; i++)
        ck_assert_int_eq(strides[i], expected[i]);
    ck_assert_int_eq(strides[ndim], 77);
    mmview_array_unref(a);
}

START_TEST(strides)
{
    static const mmview_intp c[] = {24, 8}, f[] = {8, 16}, parts[] = {48, -16};
    static const mmview_intp ones[] = {8, 8}, empty[] = {0, 24, 8};

    strides_are(any_array("'f8'", "(2, 3)", MMVIEW_MODE_R), c);
    strides_are(transpose_of(any_array("'f8'", "(3, 2)", MMVIEW_MODE_R)), f);
    strides_are(part_of(any_array("'f8'", "(4, 6)", MMVIEW_MODE_R), "1:, ::-2"), parts);
    strides_are(any_array("'f8'", "()", MMVIEW_MODE_R), NULL);
    /* What leads nowhere is made regular. */
    strides_are(part_of(any_array("'f8'", "(4, 6)", MMVIEW_MODE_R), "1:2, 5::-9"), ones);
    strides_are(any_array("'f8'", "(2, 0, 3)", MMVIEW_MODE_R), empty);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("export_buffer");

    tcase_add_loop_test(tcase, format, 0, (int)(sizeof formats / sizeof *formats));
    tcase_add_loop_test(tcase, refusal, 0, (int)(sizeof refused / sizeof *refused));
    tcase_add_test(tcase, wide_gap);
    tcase_add_test(tcase, strides);
    return run_suite("export_buffer", tcase);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* NumPy's array interface: __array_struct__ and __array_interface__. */
#include <mmview.h>

#include "any_array.h"

static struct mmview_array_interface *interface_of(struct mmview_array *a)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array_interface *out = NULL;

    ck_assert_int_eq(mmview_export_array_interface(a, &out, &err), MMVIEW_OK);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_int_eq(out->two, 2);
    ck_assert_ptr_null(out->descr);
    return out;
}

START_TEST(struct_of_an_array)
{
    struct mmview_array *a = any_array("'f4'", "(2, 3)", MMVIEW_MODE_R);
    struct mmview_array_interface *s = interface_of(a);

    ck_assert_int_eq(s->nd, 2);
    ck_assert_int_eq(s->typekind, 'f');
    ck_assert_int_eq(s->itemsize, 4);
    ck_assert_int_eq(s->flags, MMVIEW_C_CONTIGUOUS | MMVIEW_ALIGNED | MMVIEW_INTERFACE_NOTSWAPPED);
    ck_assert_int_eq(s->shape[0], 2);
    ck_assert_int_eq(s->shape[1], 3);
    ck_assert_int_eq(s->strides[0], 12);
    ck_assert_int_eq(s->strides[1], 4);
    ck_assert_ptr_eq(s->data, mmview_array_data(a));
    mmview_export_array_interface_release(s);
    mmview_array_unref(a);
}
END_TEST

static const struct {
    const char *descr;
    int mode, kind, itemsize, flags;
} kinds[] = {
    {"'" OTHER "i4'", MMVIEW_MODE_R, 'i', 4, 0x103},
    {"'" OTHER "i4'", MMVIEW_MODE_C, 'i', 4, 0x503},
    {"'|S7'", MMVIEW_MODE_RPLUS, 'S', 7, 0x703},
    {"'U2'", MMVIEW_MODE_R, 'U', 8, 0x303},
    {"'" OTHER "U2'", MMVIEW_MODE_R, 'U', 8, 0x103},
    {"'M8[s]'", MMVIEW_MODE_R, 'M', 8, 0x303},
    {"'|V5'", MMVIEW_MODE_R, 'V', 5, 0x303},
    /* NumPy says 0 for these, whatever they are. */
    {"[('a', 'i4'), ('b', '" OTHER "f8')]", MMVIEW_MODE_R, 'V', 12, 0x303},
    {"[('a', 'i4'), ('b', '" OTHER "f8')]", MMVIEW_MODE_C, 'V', 12, 0x703},
};

START_TEST(kinds_and_flags)
{
    struct mmview_array *a = any_array(kinds[_i].descr, "(5,)", kinds[_i].mode);
    struct mmview_array_interface *s = interface_of(a);

    ck_assert_int_eq(s->typekind, kinds[_i].kind);
    ck_assert_int_eq(s->itemsize, kinds[_i].itemsize);
    ck_assert_int_eq(s->flags, kinds[_i].flags);
    mmview_export_array_interface_release(s);
    mmview_array_unref(a);
}
END_TEST

START_TEST(struct_of_a_view)
{
    struct mmview_array *a = part_of(any_array("'i2'", "(4, 6)", MMVIEW_MODE_R), "::-1, 1::2");
    struct mmview_array_interface *s = interface_of(a);

    ck_assert_int_eq(s->flags, MMVIEW_ALIGNED | MMVIEW_INTERFACE_NOTSWAPPED);
    ck_assert_int_eq(s->shape[1], 3);
    ck_assert_int_eq(s->strides[0], -12);
    ck_assert_int_eq(s->strides[1], 4);
    mmview_array_unref(a); /* it needs no other reference than its own */
    ck_assert_int_eq(any_maps(), 1);
    ck_assert_int_eq(*(const unsigned char *)s->data, 3 * 12 + 2);
    ck_assert_int_eq(s->shape[0], 4);
    mmview_export_array_interface_release(s);
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

START_TEST(each_release_gives_one_reference_back)
{
    struct mmview_array *a = any_array("'f8'", "(3,)", MMVIEW_MODE_R);
    struct mmview_array_interface *first = interface_of(a), *second = interface_of(a);

    ck_assert_ptr_ne(first, second);
    mmview_array_unref(a);
    mmview_export_array_interface_release(first);
    ck_assert_int_eq(any_maps(), 1);
    mmview_export_array_interface_release(second);
    ck_assert_int_eq(any_maps(), 0);
    mmview_export_array_interface_release(NULL);
}
END_TEST

START_TEST(no_dimensions)
{
    struct mmview_array *a = any_array("'f8'", "()", MMVIEW_MODE_R);
    struct mmview_array_interface *s = interface_of(a);

    ck_assert_int_eq(s->nd, 0);
    ck_assert_ptr_null(s->shape);
    ck_assert_ptr_null(s->strides);
    mmview_export_array_interface_release(s);
    mmview_array_unref(a);
}
END_TEST

static const struct {
    const char *descr, *shape, *part; /* part: of the array, or NULL */
    const char *json;                 /* behind the address */
} dicts[] = {
    {"'<f8'", "(2, 3)", NULL,
     ",true],\"strides\":null,\"descr\":[[\"\",\"<f8\"]],\"typestr\":\"<f8\",\"shape\":[2,3],"
     "\"version\":3}"},
    {"'>i2'", "(4, 6)", "::-1, ::2",
     ",true],\"strides\":[-12,4],\"descr\":[[\"\",\">i2\"]],\"typestr\":\">i2\",\"shape\":[4,3],"
     "\"version\":3}"},
    {"'|b1'", "()", NULL,
     ",true],\"strides\":null,\"descr\":[[\"\",\"|b1\"]],\"typestr\":\"|b1\",\"shape\":[],"
     "\"version\":3}"},
    {"'<M8[25s]'", "(0, 3)", NULL,
     ",true],\"strides\":null,\"descr\":[[\"\",\"<M8[25s]\"]],\"typestr\":\"<M8[25s]\","
     "\"shape\":[0,3],\"version\":3}"},
    {"[('a', '<i4'), ('', '|V4'), ('\\u00e9\"', '>f8', (2,))]", "(2,)", NULL,
     ",true],\"strides\":null,\"descr\":[[\"a\",\"<i4\"],[\"\",\"|V4\"],[\"\xc3\xa9\\\"\",\">f8\","
     "[2]]],\"typestr\":\"|V24\",\"shape\":[2],\"version\":3}"},
    {"[('a', '<i4'), ('b', '|S2'), ('c', '|u1')]", "(3,)", "['a', 'c']",
     ",true],\"strides\":null,\"descr\":[[\"a\",\"<i4\"],[\"\",\"|V2\"],[\"c\",\"|u1\"]],"
     "\"typestr\":\"|V7\",\"shape\":[3],\"version\":3}"},
};

START_TEST(dict)
{
    struct mmview_array *a = any_array(dicts[_i].descr, dicts[_i].shape, MMVIEW_MODE_R);
    char expected[512], text[512];
    int length;

    if (dicts[_i].part)
        a = part_of(a, dicts[_i].part);
    length = snprintf(expected, sizeof expected, "{\"data\":[%llu%s",
                      (unsigned long long)(uintptr_t)mmview_array_data(a), dicts[_i].json);

    /* At every size it writes what fits, terminated, and no byte more. */
    ck_assert_uint_eq(mmview_export_array_interface_json(a, NULL, 0), (size_t)length);
    for (size_t size = 1; size <= (size_t)length + 1; size++) {
        memset(text, '#', sizeof text);
        ck_assert_uint_eq(mmview_export_array_interface_json(a, text, size), (size_t)length);
        ck_assert_int_eq(text[size], '#');
        ck_assert_uint_eq(strlen(text), size - 1);
        ck_assert_int_eq(strncmp(text, expected, size - 1), 0);
    }
    ck_assert_str_eq(text, expected);
    mmview_array_unref(a);
}
END_TEST

START_TEST(dict_of_what_is_writeable)
{
    struct mmview_array *a = any_array("'<f8'", "(2,)", MMVIEW_MODE_C);
    char text[256];

    mmview_export_array_interface_json(a, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, ",false],"));
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("export_interface");

    tcase_add_test(tcase, struct_of_an_array);
    tcase_add_loop_test(tcase, kinds_and_flags, 0, (int)(sizeof kinds / sizeof *kinds));
    tcase_add_test(tcase, struct_of_a_view);
    tcase_add_test(tcase, each_release_gives_one_reference_back);
    tcase_add_test(tcase, no_dimensions);
    tcase_add_loop_test(tcase, dict, 0, (int)(sizeof dicts / sizeof *dicts));
    tcase_add_test(tcase, dict_of_what_is_writeable);
    return run_suite("export_interface", tcase);
}

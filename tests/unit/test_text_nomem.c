/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Arrays as text, with each allocation failing in turn. */
#include <mmview.h>

#include <string.h>

#include "../suite.h"
#include "array/array.h"
#include "base/alloc.h"

static char bytes[256] = "\x93NUMPY\x01\0\x76\0{'descr': [('a', '<i4'), ('b', [('c', '<f8')])], "
                         "'fortran_order': False, 'shape': (2,), }";
static struct mmview_array *array;

static void setup(void)
{
    for (size_t i = 10; i < 128; i++)
        if (!bytes[i])
            bytes[i] = ' ';
    ck_assert_int_eq(mmview_from_memory(bytes, sizeof bytes, NULL, &array, NULL), MMVIEW_OK);
}

static void teardown(void)
{
    mmview_array_unref(array);
}

static int keep(void *context, const char *text, size_t length)
{
    return strncat(context, text, length) == NULL;
}

static const struct {
    int form, allocations;
    const char *text;
} forms[] = {
    {MMVIEW_TEXT_STR, 2, "[(0, (0.,)) (0, (0.,))]"},
    {MMVIEW_TEXT_REPR, 3,
     "array([(0, (0.,)), (0, (0.,))],\n      dtype=[('a', '<i4'), ('b', [('c', '<f8')])])"},
};

static int left; /* allocations until one fails */

static int fail_when_none_is_left(size_t size)
{
    (void)size;
    return left-- == 0;
}

START_TEST(each_allocation)
{
    struct mmview_text_options options = MMVIEW_TEXT_OPTIONS_INIT;

    options.form = forms[_i].form;
    for (int i = 0; i <= forms[_i].allocations; i++) {
        int expected = i < forms[_i].allocations ? MMVIEW_ENOMEM : MMVIEW_OK;
        struct mmview_error err = MMVIEW_ERROR_INIT;
        char text[200] = "";

        left = i;
        mmv_alloc_hook = fail_when_none_is_left;
        ck_assert_int_eq(mmview_write_text(array, &options, keep, text, &err), expected);
        mmv_alloc_hook = NULL;
        ck_assert_int_eq(err.status, expected);
        ck_assert_str_eq(text, expected == MMVIEW_OK ? forms[_i].text : "");
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_allocation, 0, COUNT(forms));
}

int main(void)
{
    return run_suite("text_nomem", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What no dtype of a file brings about in a declaration: fields that overlap, and
 * an end of the memory. */
#include <mmview/ctypeslib.h>
#include <mmview/dtype.h>

#include "../suite.h"
#include "base/alloc.h"
#include "format/dtype.h"

START_TEST(overlapping_fields)
{
    for (int offset = 0; offset < 6; offset++)
        for (int language = 0; language < 2; language++) {
            struct mmv_field fields[] = {{.name = {"a", 1}, .offset = offset},
                                         {.name = {"b", 1}, .offset = 2}};
            struct mmview_error err = MMVIEW_ERROR_INIT;
            struct mmview_dtype *dtype;
            mmview_intp length;
            size_t twice;
            bool known;

            for (size_t i = 0; i < 2; i++)
                fields[i].dtype = mmv_dtype_new_letter('h', '=', &known);
            ck_assert_int_eq(mmv_dtype_new_struct(fields, 2, 8, 1, false, &dtype, &twice),
                             MMVIEW_OK);
            length = mmview_export_declaration(dtype, language, "item", NULL, 0, &err);
            if (offset == 0 || offset >= 4)
                ck_assert_int_gt(length, 0);
            else
                ck_assert_int_eq(length, MMVIEW_ETYPE);
            ck_assert_int_eq(err.status, length < 0 ? length : 0);
            mmview_dtype_unref(dtype);
        }
}
END_TEST

static int left; /* allocations that succeed */

static int fail_then(size_t size)
{
    (void)size;
    return left-- <= 0;
}

START_TEST(no_memory)
{
    static const char text[] = "[('a', [('b', [('c', 'i1')])]), ('d', [('e', 'u1')], (2,))]";
    struct mmview_dtype *dtype;

    ck_assert_int_eq(mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    for (int language = 0; language < 2; language++) {
        mmview_intp length = MMVIEW_ENOMEM;
        int tries = 0;

        for (; length == MMVIEW_ENOMEM && tries < 20; tries++) {
            struct mmview_error err = MMVIEW_ERROR_INIT;

            left = tries;
            mmv_alloc_hook = fail_then;
            length = mmview_export_declaration(dtype, language, "item", NULL, 0, &err);
            mmv_alloc_hook = NULL;
            ck_assert_int_eq(err.status, length < 0 ? MMVIEW_ENOMEM : MMVIEW_OK);
        }
        ck_assert_int_gt(length, 0);
        ck_assert_int_eq(tries, 5); /* one for each of the four structs can fail */
    }
    mmview_dtype_unref(dtype);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, overlapping_fields);
    tcase_add_test(tcase, no_memory);
}

int main(void)
{
    return run_suite("declaration", add_tests);
}

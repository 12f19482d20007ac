/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The text of an item with its allocation failing, and of items too many to show. */
#include <mmview.h>

#include <string.h>

#include "../suite.h"
#include "base/alloc.h"

static int allocations;

static int refuse(size_t size)
{
    (void)size;
    allocations++;
    return 1;
}

static struct mmview_dtype *dtype_of(const char *text)
{
    struct mmview_dtype *dtype = NULL;

    ck_assert_int_eq(mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    return dtype;
}

START_TEST(no_memory)
{
    struct mmview_dtype *pair = dtype_of("[('a', '<i4'), ('b', '<f8', (2,))]");
    struct mmview_dtype *number = dtype_of("<f8");
    unsigned char item[20] = {7};
    char text[40] = "untouched";

    mmv_alloc_hook = refuse;
    ck_assert_uint_eq(mmview_item_text(pair, item, MMVIEW_ITEM_STR, text, sizeof text),
                      MMVIEW_NO_TEXT);
    ck_assert_int_eq(allocations, 1);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(mmview_item_text(number, item, MMVIEW_ITEM_STR, text, sizeof text), 8);
    ck_assert_str_eq(text, "3.5e-323"); /* takes none */
    mmv_alloc_hook = NULL;
    ck_assert_int_eq(allocations, 1);
    ck_assert_uint_eq(mmview_item_text(pair, item, MMVIEW_ITEM_STR, text, sizeof text), 13);
    ck_assert_str_eq(text, "(7, [0., 0.])");
    mmview_dtype_unref(pair);
    mmview_dtype_unref(number);
}
END_TEST

/* A dtype of a few bytes of text may ask for more items than there is time for. */
START_TEST(too_many)
{
    static const char *const texts[] = {
        "[('a', [], (2147483647,))]",
        "[('a', [('b', [], (65536,)), ('c', 'V0')], (65536,))]",
        "[('a', [('b', [('c', [], (65536,))], (65536,))], (65536,))]",
    };
    struct mmview_dtype *dtype = dtype_of(texts[_i]);
    char text[8] = "?";

    ck_assert_uint_eq(mmview_item_text(dtype, "", MMVIEW_ITEM_REPR, text, sizeof text),
                      MMVIEW_NO_TEXT);
    ck_assert_str_eq(text, "");
    mmview_dtype_unref(dtype);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, no_memory);
    tcase_add_loop_test(tcase, too_many, 0, 3);
}

int main(void)
{
    return run_suite("item_text_nomem", add_tests);
}

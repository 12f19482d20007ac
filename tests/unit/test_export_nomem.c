/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Every export, with each of its allocations failing in turn: the call says so,
 * and takes no reference. */
#include <mmview.h>
#include <mmview/arrow.h>

#include <stdlib.h>

#include "../suite.h"
#include "array/array.h"
#include "base/alloc.h"

static struct mmview_array *array;

static void setup(void)
{
    static char bytes[256] = "\x93NUMPY\x01\0\x76\0{'descr': 'i4', 'fortran_order': False, "
                             "'shape': (2, 3, 4), }";
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;

    options.mode = MMVIEW_MODE_RPLUS;
    for (size_t i = 10; i < 128; i++)
        if (!bytes[i])
            bytes[i] = ' ';
    ck_assert_int_eq(mmview_from_memory(bytes, sizeof bytes, &options, &array, NULL), MMVIEW_OK);
}

static void teardown(void)
{
    mmview_array_unref(array);
}

/* Each exports, and releases what it got. */

static int interface(struct mmview_error *err)
{
    struct mmview_array_interface *out = NULL;
    int status = mmview_export_array_interface(array, &out, err);

    ck_assert((status == MMVIEW_OK) == (out != NULL));
    mmview_export_array_interface_release(out);
    return status;
}

static int dlpack(struct mmview_error *err)
{
    struct mmview_dlpack *out = NULL;
    int status = mmview_export_dlpack(array, 0, &out, err);

    ck_assert((status == MMVIEW_OK) == (out != NULL));
    if (out)
        out->deleter(out);
    return status;
}

static int legacy(struct mmview_error *err)
{
    struct mmview_dlpack_legacy *out = NULL;
    int status = mmview_export_dlpack_legacy(array, &out, err);

    ck_assert((status == MMVIEW_OK) == (out != NULL));
    if (out)
        out->deleter(out);
    return status;
}

static int arrow(struct mmview_error *err)
{
    struct ArrowSchema schema = {.release = NULL};
    struct ArrowArray out = {.release = NULL};
    int status = mmview_export_arrow(array, &schema, &out, err);

    ck_assert((status == MMVIEW_OK) == (schema.release != NULL));
    ck_assert((status == MMVIEW_OK) == (out.release != NULL));
    if (status == MMVIEW_OK) {
        schema.release(&schema);
        out.release(&out);
    }
    return status;
}

static const struct {
    int (*export)(struct mmview_error *err);
    int allocations;
} ways[] = {{interface, 1}, {dlpack, 1}, {legacy, 1}, {arrow, 6}};

static int left; /* allocations until one fails */

static int fail_when_none_is_left(size_t size)
{
    (void)size;
    return left-- == 0;
}

START_TEST(each_allocation)
{
    for (int i = 0; i <= ways[_i].allocations; i++) {
        int expected = i < ways[_i].allocations ? MMVIEW_ENOMEM : MMVIEW_OK;
        struct mmview_error err = MMVIEW_ERROR_INIT;

        left = i;
        mmv_alloc_hook = fail_when_none_is_left;
        ck_assert_int_eq(ways[_i].export(&err), expected);
        mmv_alloc_hook = NULL;
        ck_assert_int_eq(err.status, expected);
        ck_assert_uint_eq(atomic_load(&array->refs), 1);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_allocation, 0, (int)(sizeof ways / sizeof *ways));
}

int main(void)
{
    return run_suite("export_nomem", add_tests);
}

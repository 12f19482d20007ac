/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Every view, with each of its allocations failing in turn: the call says so, and
 * holds and leaves nothing. And how many there are. */
#include <mmview.h>

#include <string.h>

#include "base/alloc.h"

#include "../suite.h"

static int released;

static void count_release(void *context)
{
    ++*(int *)context;
}

/* 2 x 3 of a struct of 12 bytes. */
static struct mmview_array *records(void)
{
    static const char dict[] = "{'descr': [('a', '<i4'), ('b', '<c8')], 'fortran_order': False, "
                               "'shape': (2, 3)}\n";
    static unsigned char memory[128 + 72];
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_array *array = NULL;

    memset(memory, ' ', 128);
    memcpy(memory, "\x93NUMPY\x01\0\x76\0", 10);
    memcpy(memory + 10, dict, sizeof dict - 1);
    memory[127] = '\n';
    released = 0;
    options.release = count_release;
    options.context = &released;
    ck_assert_int_eq(mmview_from_memory(memory, sizeof memory, &options, &array, NULL), MMVIEW_OK);
    return array;
}

static struct mmview_dtype *eight;        /* V8 */
static struct mmview_dtype *any;          /* V, whose size the view decides */
static struct mmview_array *complex_ones; /* field b */

typedef int take(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err);

static int text(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_select(a, "::-1, ..., None, 0", SIZE_MAX, out, err);
}

static int name(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_select(a, "'b'", SIZE_MAX, out, err);
}

static int names(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_select(a, "['b', 'a']", SIZE_MAX, out, err);
}

/* A literal that is longer than the space that literals have without asking. */
static int long_text(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    char index[1000];

    memset(index, 'x', sizeof index);
    index[0] = index[sizeof index - 1] = '\'';
    return mmview_view_select(a, index, sizeof index, out, err);
}

/* And one in the place of a number. */
static int deep_text(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    char index[200];

    memcpy(index, "0,", 2);
    memset(index + 2, '[', 60);
    memset(index + 62, ']', 60);
    return mmview_view_select(a, index, 122, out, err);
}

static int items(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    static const struct mmview_index item = {.kind = MMVIEW_INDEX_NEWAXIS};

    return mmview_view_index(a, &item, 1, out, err);
}

static int slice(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_slice(a, 1, MMVIEW_INDEX_STEP, 0, 0, 2, out, err);
}

static int transpose(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_transpose(a, NULL, 0, out, err);
}

static int swapaxes(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_swapaxes(a, 0, 1, out, err);
}

static int reshape(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    static const mmview_intp shape[] = {3, -1};

    return mmview_view_reshape(a, shape, 2, MMVIEW_ORDER_C, out, err);
}

/* Of one that is not contiguous. */
static int strided_reshape(struct mmview_array *a, struct mmview_array **out,
                           struct mmview_error *err)
{
    static const mmview_intp shape[] = {3, 2};

    (void)a;
    return mmview_view_reshape(complex_ones, shape, 2, MMVIEW_ORDER_C, out, err);
}

static int same_shape(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_reshape(a, mmview_array_shape(a), 2, MMVIEW_ORDER_F, out, err);
}

static int expand_dims(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_expand_dims(a, 0, out, err);
}

static int squeeze(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_squeeze(a, MMVIEW_ALL_AXES, out, err);
}

static int diagonal(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_diagonal(a, 1, 0, 1, out, err);
}

static int broadcast(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    static const mmview_intp shape[] = {4, 2, 3};

    return mmview_view_broadcast(a, shape, 3, out, err);
}

static int field(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_field(a, "a", SIZE_MAX, out, err);
}

static int fields(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    static const char *const list[] = {"b", "a"};

    return mmview_view_fields(a, list, NULL, 2, out, err);
}

static int dtype(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    (void)a;
    return mmview_view_dtype(complex_ones, eight, out, err);
}

static int sized_dtype(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    return mmview_view_dtype(a, any, out, err);
}

static int real(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    (void)a;
    return mmview_view_real(complex_ones, out, err);
}

static int imag(struct mmview_array *a, struct mmview_array **out, struct mmview_error *err)
{
    (void)a;
    return mmview_view_imag(complex_ones, out, err);
}

/* One allocation for the view; and what a dtype of its own or a list takes. */
static const struct {
    take *take;
    int allocations;
    int status; /* when none fails */
} views[] = {
    {text, 1, MMVIEW_OK},
    {name, 1, MMVIEW_OK},
    {names, 4, MMVIEW_OK}, /* the names, the fields, the dtype */
    {long_text, 1, MMVIEW_ENOTFOUND},
    {deep_text, 1, MMVIEW_EINDEX},
    {items, 1, MMVIEW_OK},
    {slice, 1, MMVIEW_OK},
    {transpose, 1, MMVIEW_OK},
    {swapaxes, 1, MMVIEW_OK},
    {reshape, 1, MMVIEW_OK},
    {strided_reshape, 1, MMVIEW_OK},
    {same_shape, 1, MMVIEW_OK},
    {expand_dims, 1, MMVIEW_OK},
    {squeeze, 1, MMVIEW_OK},
    {diagonal, 1, MMVIEW_OK},
    {broadcast, 1, MMVIEW_OK},
    {field, 1, MMVIEW_OK},
    {fields, 3, MMVIEW_OK}, /* the fields, the dtype */
    {dtype, 1, MMVIEW_OK},
    {sized_dtype, 2, MMVIEW_OK}, /* the dtype */
    {real, 2, MMVIEW_OK},
    {imag, 2, MMVIEW_OK},
};

static int left; /* allocations until one fails */

static int fail_when_none_is_left(size_t size)
{
    (void)size;
    return left-- == 0;
}

START_TEST(each_allocation)
{
    struct mmview_array *a = records();
    int failures = 0;

    ck_assert_int_eq(mmview_dtype_parse("V8", SIZE_MAX, 0, &eight, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_dtype_parse("V", SIZE_MAX, 0, &any, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_field(a, "b", SIZE_MAX, &complex_ones, NULL), MMVIEW_OK);
    for (;; failures++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_array *view = NULL;
        int status;

        left = failures;
        mmv_alloc_hook = fail_when_none_is_left;
        status = views[_i].take(a, &view, &err);
        mmv_alloc_hook = NULL;
        if (status == views[_i].status) {
            mmview_array_unref(view);
            break;
        }
        ck_assert_int_eq(status, MMVIEW_ENOMEM);
        ck_assert_int_eq(err.status, MMVIEW_ENOMEM);
        ck_assert_str_eq(err.message, "out of memory");
        ck_assert_ptr_null(view);
    }
    ck_assert_int_eq(failures, views[_i].allocations);
    mmview_dtype_unref(eight);
    mmview_dtype_unref(any);
    mmview_array_unref(a);
    ck_assert_int_eq(released, 0); /* but for field b nobody holds it */
    mmview_array_unref(complex_ones);
    ck_assert_int_eq(released, 1);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, each_allocation, 0, COUNT(views));
}

int main(void)
{
    return run_suite("view_nomem", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_from_memory(): no copy, and release called once or not at all. */
#include <mmview.h>

#include "scratch.h"

static unsigned char bytes[200];

static size_t make_bytes(void)
{
    write_values("v.npy");
    return read_file("v.npy", bytes, sizeof bytes);
}

static void count_call(void *context)
{
    ++*(int *)context;
}

START_TEST(takes_memory_as_it_is)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a = NULL;
    size_t size = make_bytes();

    ck_assert_uint_eq(size, 176);
    ck_assert_int_eq(mmview_from_memory(bytes, size, NULL, &a, &err), MMVIEW_OK);
    ck_assert_ptr_eq(mmview_array_data(a), bytes + 128);
    ck_assert_int_eq(mmview_array_mode(a), MMVIEW_MODE_R);
    ck_assert_int_eq(mmview_array_flags(a) & MMVIEW_WRITEABLE, 0);
    ck_assert_ptr_null(mmview_array_filename(a));
    ck_assert_uint_eq(mmview_array_offset(a), 128);
    ck_assert_uint_eq(mmview_array_file_size(a), 176);
    ck_assert_int_eq(mmview_array_format(a), MMVIEW_FORMAT_NPY);
    mmview_array_unref(a);

    /* What comes after the data is counted, as it is in a file. */
    ck_assert_int_eq(mmview_from_memory(bytes, sizeof bytes, NULL, &a, &err), MMVIEW_OK);
    ck_assert_uint_eq(mmview_array_trailing_bytes(a), 24);
    mmview_array_unref(a);
}
END_TEST

/* The memory decides what is aligned. */
START_TEST(alignment)
{
    size_t size = make_bytes(), unit = offsetof(
                                    struct {
                                        char c;
                                        double d;
                                    },
                                    d);
    unsigned char *space = aligned_alloc(64, 256);
    struct mmview_array *a = NULL;

    ck_assert_ptr_nonnull(space);
    for (size_t shift = 0; shift < 16; shift++) {
        memcpy(space + shift, bytes, size);
        ck_assert_int_eq(mmview_from_memory(space + shift, size, NULL, &a, NULL), MMVIEW_OK);
        ck_assert_int_eq(mmview_array_flags(a), shift % unit ? 1 : 257);
        mmview_array_unref(a);
    }
    free(space);
}
END_TEST

START_TEST(writeable)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_array *a = NULL;
    size_t size = make_bytes();

    options.mode = MMVIEW_MODE_RPLUS;
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, &a, NULL), MMVIEW_OK);
    ck_assert_int_ne(mmview_array_flags(a) & MMVIEW_WRITEABLE, 0);
    ck_assert_int_eq(mmview_array_mode(a), MMVIEW_MODE_RPLUS);
    memset(mmview_array_data(a), 0x55, 8);
    /* Nowhere to write to, and nothing to advise on. */
    ck_assert_int_eq(mmview_array_flush(a, MMVIEW_FLUSH_SYNC, NULL), MMVIEW_OK);
    for (int advice = MMVIEW_ADVICE_NORMAL; advice <= MMVIEW_ADVICE_DONTNEED; advice++)
        ck_assert_int_eq(mmview_array_advise(a, (enum mmview_advice)advice, NULL), MMVIEW_OK);
    ck_assert_uint_eq(bytes[128], 0x55);
    mmview_array_unref(a);
}
END_TEST

START_TEST(released_once)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_array *a = NULL;
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    size_t size = make_bytes();
    int calls = 0;

    options.release = count_call;
    options.context = &calls;
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, &a, NULL), MMVIEW_OK);
    mmview_array_unref(mmview_array_ref(a));
    mmview_ctypes_init(&view, a);
    mmview_array_unref(a);
    ck_assert_int_eq(calls, 0);
    mmview_ctypes_clear(&view);
    ck_assert_int_eq(calls, 1);
    mmview_ctypes_clear(&view);
    ck_assert_int_eq(calls, 1);
}
END_TEST

/* The memory stays the caller's when the call fails. */
START_TEST(not_released_on_failure)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a = NULL;
    size_t size = make_bytes();
    int calls = 0;

    options.release = count_call;
    options.context = &calls;
    for (size_t n = 0; n < size; n++)
        ck_assert_int_eq(mmview_from_memory(bytes, n, &options, &a, NULL), n < 8 ? MMVIEW_EMAGIC
                                                                           : n < 128
                                                                               ? MMVIEW_EHEADER
                                                                               : MMVIEW_ETRUNCATED);
    ck_assert_int_eq(mmview_from_memory(NULL, size, &options, &a, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, NULL, NULL), MMVIEW_EINVAL);
    options.max_header = 10;
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, &a, &err), MMVIEW_EHEADERSIZE);
    ck_assert_int_eq(err.status, MMVIEW_EHEADERSIZE);
    options.max_header = 0;
    options.flags = MMVIEW_OPEN_GROW;
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, &a, NULL), MMVIEW_EOPTIONS);
    options.flags = 0;
    options.mode = MMVIEW_MODE_C;
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, &a, NULL), MMVIEW_EINVAL);
    options.mode = MMVIEW_MODE_WPLUS;
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, &a, NULL), MMVIEW_EINVAL);
    options.mode = 0;
    options.size--;
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, &a, NULL), MMVIEW_EOPTIONS);
    ck_assert_int_eq(calls, 0);
    ck_assert_ptr_null(a);
}
END_TEST

/* An empty array at the very end still has an address. */
START_TEST(empty_array)
{
    struct mmview_array *a = NULL;
    size_t size;

    write_npy("e.npy", "{'descr': '<i4', 'fortran_order': False, 'shape': (0, 3), }", NULL, 0);
    size = read_file("e.npy", bytes, sizeof bytes);
    ck_assert_uint_eq(size, 128);
    ck_assert_int_eq(mmview_from_memory(bytes, size, NULL, &a, NULL), MMVIEW_OK);
    ck_assert_ptr_eq(mmview_array_data(a), bytes + 128);
    ck_assert_int_eq(mmview_array_size(a), 0);
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("memory");

    tcase_add_test(tcase, takes_memory_as_it_is);
    tcase_add_test(tcase, alignment);
    tcase_add_test(tcase, writeable);
    tcase_add_test(tcase, released_once);
    tcase_add_test(tcase, not_released_on_failure);
    tcase_add_test(tcase, empty_array);
    return run_suite("memory", tcase);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_UNIT_MADE_ARRAY_H
#define TESTS_UNIT_MADE_ARRAY_H

#include <mmview.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Arrays in memory, for the suites of floor ops. */

/* Bytes of the header; what remains of 64 is an odd start, so that nothing is aligned. */
#define MADE_ALIGNED 512
#define MADE_ODD     513

/* A writable array whose items start so many bytes into 64. data NULL: bytes of
 * no pattern. */
static inline struct mmview_array *make_array(const char *descr, const char *shape, int order,
                                              size_t start, const void *data, size_t bytes)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    unsigned char *memory = aligned_alloc(64, (start + bytes + 63) / 64 * 64);
    uint32_t number = 12345;
    int used, status;

    ck_assert_ptr_nonnull(memory);
    memset(memory, ' ', start);
    memcpy(memory, "\x93NUMPY\x01", 8);
    memory[8] = (unsigned char)(start - 10);
    memory[9] = (unsigned char)((start - 10) >> 8);
    used =
        snprintf((char *)memory + 10, start - 10, "{'descr': %s, 'fortran_order': %s, 'shape': %s}",
                 descr, order == MMVIEW_ORDER_F ? "True" : "False", shape);
    ck_assert_int_lt(used, (int)start - 12);
    memory[10 + used] = ' ';
    memory[start - 1] = '\n';
    for (size_t i = 0; i < bytes; i++) {
        number = number * 1664525 + 1013904223;
        memory[start + i] = data ? ((const unsigned char *)data)[i] : (unsigned char)(number >> 24);
    }
    options.mode = MMVIEW_MODE_RPLUS;
    options.release = free;
    options.context = memory;
    status = mmview_from_memory(memory, start + bytes, &options, &array, &err);
    ck_assert_msg(status == MMVIEW_OK, "%s %s: %s", descr, shape, err.message);
    return array;
}

/* The array becomes a view of itself: array[index]. */
static inline void select_of(struct mmview_array **array, const char *index)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *view = NULL;

    ck_assert_msg(mmview_view_select(*array, index, SIZE_MAX, &view, &err) == MMVIEW_OK, "%s: %s",
                  index, err.message);
    mmview_array_unref(*array);
    *array = view;
}

/* Likewise, array.T. */
static inline void transpose_of(struct mmview_array **array)
{
    struct mmview_array *view = NULL;

    ck_assert_int_eq(mmview_view_transpose(*array, NULL, 0, &view, NULL), MMVIEW_OK);
    mmview_array_unref(*array);
    *array = view;
}

/* Likewise, numpy.broadcast_to(array, shape). */
static inline void broadcast_of(struct mmview_array **array, const mmview_intp *shape, int ndim)
{
    struct mmview_array *view = NULL;

    ck_assert_int_eq(mmview_view_broadcast(*array, shape, ndim, &view, NULL), MMVIEW_OK);
    mmview_array_unref(*array);
    *array = view;
}

/* Where an item is, counted with the last axis fastest: by the strides alone. */
static inline const unsigned char *item_of(const struct mmview_array *array, mmview_intp item)
{
    const mmview_intp *shape = mmview_array_shape(array), *strides = mmview_array_strides(array);
    const unsigned char *at = mmview_array_data(array);

    for (int i = mmview_array_ndim(array) - 1; i >= 0; i--) {
        at += item % shape[i] * strides[i];
        item /= shape[i];
    }
    return at;
}

#endif

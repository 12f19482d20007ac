/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef RAW_H
#define RAW_H

#include <mmview.h>

#include "scratch.h"

/* Arrays of any dtype and shape, mapped from a file of bytes that a test chose. */

/* What the file holds. */
static unsigned char bytes[1024];

/* A file of `bytes`, mapped. */
static inline struct mmview_array *map_raw(const char *dtype, int ndim, const mmview_intp *shape,
                                           uint64_t offset, int mode)
{
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    struct mmview_dtype *type;

    write_file("raw", bytes, sizeof bytes);
    ck_assert_int_eq(mmview_dtype_parse(dtype, SIZE_MAX, 0, &type, &err), MMVIEW_OK);
    options.dtype = type;
    options.mode = mode;
    options.offset = offset;
    options.ndim = ndim;
    options.shape = shape;
    ck_assert_msg(mmview_memmap("raw", &options, &array, &err) == MMVIEW_OK, "%s", err.message);
    mmview_dtype_unref(type);
    return array;
}

static const mmview_intp three[] = {3};

/* The ctypes view of three items, which alone holds the array. */
static inline struct mmview_ctypes view_of(const char *dtype, uint64_t offset, int mode)
{
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *array = map_raw(dtype, 1, three, offset, mode);

    mmview_ctypes_init(&view, array);
    mmview_array_unref(array);
    return view;
}

#endif

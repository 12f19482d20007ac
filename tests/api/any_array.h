/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef ANY_ARRAY_H
#define ANY_ARRAY_H

#include "scratch.h"

/* An array of any dtype and shape, and any part of it, in a line. */

#define ANY_FILE "any.npy"

/* Its bytes count from 0, and start at a byte of choice of the file. */
static inline struct mmview_array *any_array_at(const char *descr, const char *shape, int mode,
                                                size_t start)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    unsigned char bytes[4096];
    char dict[512];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)i;
    snprintf(dict, sizeof dict, "{'descr': %s, 'fortran_order': False, 'shape': %s, }", descr,
             shape);
    write_npy_at(ANY_FILE, dict, start, bytes, sizeof bytes);
    options.mode = mode;
    return open_ok(ANY_FILE, &options);
}

static inline struct mmview_array *any_array(const char *descr, const char *shape, int mode)
{
    return any_array_at(descr, shape, mode, 512);
}

/* array[text], in place of array. */
static inline struct mmview_array *part_of(struct mmview_array *array, const char *text)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *part = NULL;
    int status = mmview_view_select(array, text, SIZE_MAX, &part, &err);

    ck_assert_msg(status == MMVIEW_OK, "[%s]: %s", text, err.message);
    mmview_array_unref(array);
    return part;
}

static inline struct mmview_array *transpose_of(struct mmview_array *array)
{
    struct mmview_array *view;

    ck_assert_int_eq(mmview_view_transpose(array, NULL, 0, &view, NULL), MMVIEW_OK);
    mmview_array_unref(array);
    return view;
}

/* Whether a map of the file is left. */
static inline int any_maps(void)
{
    return maps_of(ANY_FILE, NULL);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_DTYPE_SHOW_H
#define TESTS_DTYPE_SHOW_H

#include <stdio.h>
#include <string.h>

#include <mmview.h>

#include "suite.h"
#include "words.h"

/* What the suites of dtypes share: a dtype as text. */

typedef size_t printer(const struct mmview_dtype *dtype, char *buffer, size_t size);

/* One of the printers' text, until the next call but three. */
static inline const char *text_of(printer *print, const struct mmview_dtype *dtype)
{
    static char texts[4][1000];
    static unsigned turn;
    char *text = texts[turn++ % 4];
    size_t length = print(dtype, text, sizeof texts[0]);

    ck_assert_uint_lt(length, sizeof texts[0]);
    ck_assert_uint_eq(strlen(text), length);
    return text;
}

/* The descr, but of a sub-array, which NumPy's descr does not tell, what it is
 * made of: "'<f4' (2, 3)". */
static inline void show_dtype(const struct mmview_dtype *dtype, char *text, size_t size)
{
    const struct mmview_dtype *base = mmview_dtype_base(dtype);
    int ndim = mmview_dtype_ndim(dtype);
    size_t used;

    if (!base) {
        snprintf(text, size, "%s", text_of(mmview_dtype_descr, dtype));
        return;
    }
    show_dtype(base, text, size);
    used = strlen(text);
    for (int i = 0; i < ndim; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%lld", i ? ", " : " (",
                                 (long long)mmview_dtype_shape(dtype)[i]);
    snprintf(text + used, size - used, ndim == 1 ? ",)" : ")");
}

/* A dtype that must be one; yours. */
static inline struct mmview_dtype *parsed(const char *text, unsigned flags)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;
    int status = mmview_dtype_parse(text, SIZE_MAX, flags, &dtype, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", text, err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_ptr_nonnull(dtype);
    return dtype;
}

#endif

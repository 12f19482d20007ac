/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_UNIT_FROM_STRING_H
#define TESTS_UNIT_FROM_STRING_H

#include "../dtype_show.h"
#include "format/dtype.h"

/* What the suites of dtypes that are strings share. */

#define TEST_OFFSET 500

/* mmv_dtype_from_string() of bytes that nothing terminates. */
static inline int from_string(const char *text, size_t length, unsigned flags,
                              struct mmview_dtype **out, struct mmview_error *err)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EDESCR, "the test", TEST_OFFSET};
    char *copy = malloc(length ? length : 1);
    int rc;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    rc = mmv_dtype_from_string(copy, length, flags, out, &origin, err);
    free(copy); /* nothing of the dtype points into it */
    return rc;
}

static inline struct mmview_dtype *made_of(const char *text, size_t length)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;

    ck_assert_msg(from_string(text, length, 0, &dtype, &err) == MMVIEW_OK, "%s: %s", text,
                  err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    return dtype;
}

/* A text that is no dtype, and the byte of it that is told. */
static inline void check_refused(const char *text, size_t at)
{
    static char elsewhere;
    struct mmview_dtype *untouched = (void *)&elsewhere, *dtype = untouched;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_msg(from_string(text, strlen(text), 0, &dtype, &err) == MMVIEW_EDESCR,
                  "%s: not refused", text);
    ck_assert_int_eq(err.status, MMVIEW_EDESCR);
    ck_assert_msg(err.offset == TEST_OFFSET + at, "%s: at %d, not %zu: %s", text,
                  (int)(err.offset - TEST_OFFSET), at, err.message);
    ck_assert_uint_gt(strlen(err.message), 0);
    ck_assert_ptr_eq(dtype, untouched);
}

static inline void check_accepted(const char *text, const char *expected)
{
    struct mmview_dtype *dtype = made_of(text, strlen(text));
    char shown[200];

    show_dtype(dtype, shown, sizeof shown);
    ck_assert_str_eq(shown, expected);
    mmview_dtype_unref(dtype);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_ERROR_H
#define MMV_BASE_ERROR_H

#include <mmview/error.h>

/* Each fills *err, unless it is NULL or holds an error already, and returns
 * its status, so that a failing line reads `return mmv_fail(err, ...)`. Text
 * that comes from a file may be printed with %s: control characters are
 * replaced, so a message is one line and can not drive a terminal. */

int mmv_fail(struct mmview_error *err, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4), cold));

/* With the byte of the file or text that is wrong. */
int mmv_fail_at(struct mmview_error *err, int status, uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 4, 5), cold));

/* For a failed system call: appends ": " and the errno's text. The status is
 * MMVIEW_ENOMEM for ENOMEM, else MMVIEW_ESYSTEM. */
int mmv_fail_errno(struct mmview_error *err, int errnum, const char *format, ...)
    __attribute__((format(printf, 3, 4), cold));

/* Out of memory. */
int mmv_fail_nomem(struct mmview_error *err) __attribute__((cold));

/* Compilers and analyzers do not see across files, nor far into a chain of
 * calls. These tell them what holds, or they take paths to be possible on which
 * an output was not set: that a status is a failure's, and that a call which
 * did not fail has set what it sets. */
#define mmv_assume(condition) ((condition) ? (void)0 : __builtin_unreachable())

static inline int mmv_negative(int status)
{
    mmv_assume(status < 0);
    return status;
}

#define mmv_fail(...)       mmv_negative(mmv_fail(__VA_ARGS__))
#define mmv_fail_at(...)    mmv_negative(mmv_fail_at(__VA_ARGS__))
#define mmv_fail_errno(...) mmv_negative(mmv_fail_errno(__VA_ARGS__))
#define mmv_fail_nomem(...) mmv_negative(mmv_fail_nomem(__VA_ARGS__))

#endif

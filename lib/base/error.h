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

#endif

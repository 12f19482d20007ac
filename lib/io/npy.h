/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_NPY_H
#define MMV_IO_NPY_H

#include "array/array.h"
#include "array/layout.h"
#include "base/error.h"
#include "format/header.h"

/* A .npy file's array, known but not yet mapped. */
struct mmv_npy {
    struct mmview_dtype *dtype; /* owned */
    struct mmv_layout layout;
    struct mmv_origin origin;
};

/* Is all of the header's text in the file? */
int mmv_npy_check_text(const struct mmv_preamble *preamble, uint64_t file_size,
                       struct mmview_error *err);

/* Reads the header's text, which follows the preamble. On success the dtype is
 * the caller's to release. */
int mmv_npy_read(const struct mmv_preamble *preamble, const char *text, uint64_t max_header,
                 struct mmv_npy *out, struct mmview_error *err);

/* Reads the header of the file that a descriptor is open for. *file_size is its size,
 * and becomes what it is now if the header tells that it has changed. As
 * mmv_npy_read(). */
int mmv_npy_read_file(int fd, uint64_t *file_size, uint64_t max_header, struct mmv_npy *npy,
                      struct mmview_error *err);

#endif

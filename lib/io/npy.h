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

/* What a header is read from. */
struct mmv_npy_source {
    /* Reads the first `length` bytes, or as many as there are: *got. */
    int (*read)(void *context, void *buffer, size_t length, size_t *got, struct mmview_error *err);
    void *context;
};

/* Reads the header that a source of *size bytes starts with; if there are fewer, *size
 * becomes what there is. On success the dtype is the caller's to release. */
int mmv_npy_read(const struct mmv_npy_source *source, uint64_t *size, uint64_t max_header,
                 struct mmv_npy *npy, struct mmview_error *err);

/* The same of bytes that are in memory. */
int mmv_npy_read_memory(const unsigned char *data, size_t length, uint64_t max_header,
                        struct mmv_npy *npy, struct mmview_error *err);

/* The same of the file that a descriptor is open for. *file_size is its size, and becomes
 * what it is now if the header tells that it has changed. On success all of the header is
 * inside of it, so that data_offset can be taken from it. */
int mmv_npy_read_file(int fd, uint64_t *file_size, uint64_t max_header, struct mmv_npy *npy,
                      struct mmview_error *err);

#endif

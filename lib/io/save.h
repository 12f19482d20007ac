/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_SAVE_H
#define MMV_IO_SAVE_H

#include <stdbool.h>

#include <mmview/write.h>

/* What the file of an array will be: known before there is one. */
struct mmv_saving {
    struct mmview_save_options options;
    struct mmview_array *array; /* borrowed */
    struct mmview_dtype *dtype; /* owned: of the file */
    bool fortran_order;
    unsigned char *header; /* owned; NULL for a file without */
    size_t header_length;
    uint64_t total, done; /* bytes of items, and those that were written */
};

/* Reads the options, of which `flags` are known, and makes the header. */
int mmv_saving_plan(struct mmv_saving *saving, struct mmview_array *array,
                    const struct mmview_save_options *given, unsigned flags,
                    struct mmview_error *err);

/* The header, and then the items in the order of the file, in pieces; the caller's
 * progress is told in between. */
int mmv_saving_put(struct mmv_saving *saving,
                   int (*put)(void *context, const void *data, size_t nbytes,
                              struct mmview_error *err),
                   void *context, struct mmview_error *err);

void mmv_saving_clear(struct mmv_saving *saving);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_EMIT_H
#define MMV_IO_EMIT_H

#include <stdbool.h>

#include <mmview/array.h>

/* How the items of an array come out. */
struct mmv_emission {
    const struct mmview_dtype *dtype;
    bool fortran_order;
    int casting; /* enum mmview_casting */

    /* Gets the bytes in order, in pieces of any size. A negative status ends it. */
    int (*put)(void *context, const void *data, size_t nbytes, struct mmview_error *err);
    void *context;
};

/* All items one after another, as a file has them: in place where they lie so, else
 * copied half a mebibyte at a time. */
int mmv_emit(const struct mmv_emission *emission, struct mmview_array *items,
             struct mmview_error *err);

#endif

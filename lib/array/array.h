/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_ARRAY_ARRAY_H
#define MMV_ARRAY_ARRAY_H

#include <stdbool.h>

#include <mmview/array.h>

#include "array/layout.h"
#include "base/refcount.h"
#include "os/map.h"

/* What the file said of the array that it holds. A view of it keeps these. */
struct mmv_origin {
    enum mmview_format format;
    int version; /* major * 256 + minor; 0 for raw files */
    uint64_t header_length;
    uint64_t data_offset;
    uint64_t data_end; /* the byte after the data */
    uint64_t end;      /* of the member of an archive that it is; 0: the file's */
};

/* What all arrays of a file have in common, so that a view need take but one
 * reference: counting is most of what a view costs. */
struct mmv_source {
    mmv_refcount refs;
    struct mmv_map *map;
    struct mmview_dtype *dtype; /* of the array that was opened */
    struct mmv_origin origin;
};

/* One allocation, constant but for the count of references. */
struct mmview_array {
    mmv_refcount refs;
    struct mmv_source *source;
    const struct mmv_map *map;        /* the source's */
    const struct mmview_dtype *dtype; /* the source's, or with a reference of its own */
    unsigned char *data;
    mmview_intp itemsize, size, nbytes;
    int ndim;
    int order;
    int flags;
    mmview_intp dims[]; /* the shape, then the strides */
};

/* Makes the array that was opened. Its first element is at byte `offset` of the
 * map's file. It takes its own references to the map and to the dtype. The layout
 * must stay inside the map: that is checked, and MMVIEW_EINTERNAL if not. */
int mmv_array_new(struct mmv_map *map, const struct mmview_dtype *dtype,
                  const struct mmv_origin *origin, const struct mmv_layout *layout, uint64_t offset,
                  bool writeable, struct mmview_array **out, struct mmview_error *err);

#endif

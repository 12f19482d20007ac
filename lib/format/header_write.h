/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_HEADER_WRITE_H
#define MMV_FORMAT_HEADER_WRITE_H

#include <stdbool.h>

#include "base/error.h"

struct mmview_dtype;

/* What a header is to say. */
struct mmv_header_facts {
    const struct mmview_dtype *dtype; /* no sub-array: its dims are in the shape */
    int ndim;
    const mmview_intp *shape;
    bool fortran_order;
    int version; /* major * 256 + minor; 0: the oldest that can say it */
};

/* Makes a header, preamble included, byte for byte as NumPy does: with room for
 * the axis that grows to grow in place. Free *out by mmv_free(). */
int mmv_header_write(const struct mmv_header_facts *facts, unsigned char **out, size_t *length,
                     struct mmview_error *err);

/* Makes one of exactly so many bytes, for the place of another; the version has to
 * be that one's. *number_end is the byte after the length of the growing axis; there
 * has to be one. MMVIEW_ENEEDSCOPY if it does not fit. */
int mmv_header_rewrite(const struct mmv_header_facts *facts, size_t length, unsigned char *out,
                       size_t *number_end, struct mmview_error *err);

/* The axis along which a file grows: the first, in Fortran order the last. */
static inline int mmv_header_growing_axis(const struct mmv_header_facts *facts)
{
    return facts->fortran_order ? facts->ndim - 1 : 0;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_EXTENT_H
#define MMV_IO_EXTENT_H

#include <stdbool.h>

#include "array/layout.h"
#include "base/error.h"

/* mmv_layout_init, with the reason if there is no such array. A shape that the
 * file gives fails with a code of the file class where it can. */
int mmv_extent_lay_out(struct mmv_layout *layout, int ndim, const mmview_intp *shape,
                       mmview_intp itemsize, enum mmview_order order, bool from_file,
                       struct mmview_error *err);

/* The same for items of a dtype, where *item is what the array has: the dimensions
 * of a sub-array become the array's last ones. */
int mmv_extent_of_items(const struct mmview_dtype *dtype, int ndim, const mmview_intp *shape,
                        enum mmview_order order, const struct mmview_dtype **item,
                        struct mmv_layout *layout, struct mmview_error *err);

/* Is the file long enough for the data at `offset`? If it may grow, *file_size
 * becomes what it must be: at least 1 byte, since an empty file can not be
 * mapped. If not, a file that is short is MMVIEW_ETRUNCATED. */
int mmv_extent_check(const struct mmv_layout *layout, uint64_t offset, bool may_grow,
                     uint64_t *file_size, struct mmview_error *err);

#endif

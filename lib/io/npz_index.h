/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_NPZ_INDEX_H
#define MMV_IO_NPZ_INDEX_H

#include "io/npz.h"

/* What is worked out of the directory once all of it is read. Both take n log n steps
 * at most, whatever the archive holds, and so does each member that is looked for log n. */

/* Sets each entry's limit: where the next thing in the file starts, which is a member's
 * header or the directory. */
int mmv_npz_set_limits(struct mmview_npz *npz, uint64_t directory, struct mmview_error *err);

/* Makes what mmview_npz_find() looks in. */
int mmv_npz_sort_names(struct mmview_npz *npz, struct mmview_error *err);

#endif

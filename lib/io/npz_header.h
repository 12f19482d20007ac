/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_NPZ_HEADER_H
#define MMV_IO_NPZ_HEADER_H

#include "io/npy.h"
#include "io/npz.h"

/* What a member is: all that is known before its data is touched. */
struct mmv_npz_header {
    uint64_t start;     /* byte of the file where it starts */
    struct mmv_npy npy; /* bytes count from there, or from the first that is inflated */
};

/* Reads the header that the bytes of a member start with. header->npy.dtype is the
 * caller's on success. MMVIEW_OK also if the data is cut short: mmv_extent_check(). */
int mmv_npz_header_read(const struct mmview_npz *npz, const struct mmv_zip_entry *entry,
                        uint64_t start, struct mmv_npz_header *header, struct mmview_error *err);

#endif

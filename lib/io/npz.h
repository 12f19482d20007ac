/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_NPZ_H
#define MMV_IO_NPZ_H

#include <stdatomic.h>

#include <mmview/npz.h>

#include "base/refcount.h"
#include "io/zip.h"
#include "os/map.h"

/* All but the map is constant. */
struct mmview_npz {
    mmv_refcount refs;
    int fd;
    uint64_t file_size;
    uint64_t max_header;
    const char *path; /* in the same allocation, or NULL */

    size_t count, room;
    struct mmv_zip_entry *entries; /* in the order of the directory */
    char *names;                   /* in UTF-8, each with a NUL behind it */
    size_t names_length, names_room;
    uint64_t *sorted; /* by name: its hash, and in the lower half whose it is */

    _Atomic(struct mmv_map *) map; /* of the whole file, once a member was mapped */
};

/* NULL, and why, if there is no such member. */
const struct mmv_zip_entry *mmv_npz_entry(const struct mmview_npz *npz, size_t index,
                                          struct mmview_error *err);

/* Can its bytes be read at all? MMVIEW_EUNSUPPORTED if it is encrypted and the like,
 * MMVIEW_EARCHIVE if its sizes can not be. */
int mmv_npz_check(const struct mmv_zip_entry *entry, struct mmview_error *err);

/* mmv_zip_start(). */
int mmv_npz_start(const struct mmview_npz *npz, size_t index, uint64_t *start,
                  struct mmview_error *err);

/* The map of the archive, which is made by the first call; with a reference. */
int mmv_npz_map(struct mmview_npz *npz, struct mmv_map **out, struct mmview_error *err);

#endif

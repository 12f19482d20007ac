/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/npz_header.h"

#include "io/unpack.h"

/* A member, and where it starts. */
struct place {
    const struct mmview_npz *npz;
    const struct mmv_zip_entry *entry;
    uint64_t start;
};

static int read_member(void *context, void *buffer, size_t length, size_t *got,
                       struct mmview_error *err)
{
    const struct place *place = context;

    return mmv_npz_unpack_first(place->npz, place->entry, place->start, buffer, length, got, err);
}

int mmv_npz_header_read(const struct mmview_npz *npz, const struct mmv_zip_entry *entry,
                        uint64_t start, struct mmv_npz_header *header, struct mmview_error *err)
{
    struct place place = {npz, entry, start};
    const struct mmv_npy_source source = {read_member, &place};
    uint64_t size = entry->plain;

    header->start = start;
    return mmv_npy_read(&source, &size, npz->max_header, &header->npy, err);
}

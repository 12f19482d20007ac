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

/* Some writers have folders for members. */
static bool is_folder(const struct mmview_npz *npz, const struct mmv_zip_entry *entry)
{
    return entry->plain == 0 && entry->utf8 > 0 && npz->names[entry->name + entry->utf8 - 1] == '/';
}

int mmv_npz_header_read(const struct mmview_npz *npz, const struct mmv_zip_entry *entry,
                        uint64_t start, struct mmv_npz_header *header, struct mmview_error *err)
{
    struct place place = {npz, entry, start};
    const struct mmv_npy_source source = {read_member, &place};
    uint64_t size = entry->plain;

    if (is_folder(npz, entry))
        return mmv_fail(err, MMVIEW_EMAGIC, "a folder, not an .npy file");
    header->start = start;
    return mmv_npy_read(&source, &size, npz->max_header, &header->npy, err);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/npz_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Where a member's header is, and whose it is. */
struct place {
    uint64_t header;
    size_t index;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    return x->header < y->header ? -1 : x->header > y->header;
}

int mmv_npz_set_limits(struct mmview_npz *npz, uint64_t directory, struct mmview_error *err)
{
    struct place *places;
    bool in_order = true;

    if (npz->count == 0)
        return MMVIEW_OK;
    places =
        npz->count <= SIZE_MAX / sizeof *places ? mmv_alloc(npz->count * sizeof *places) : NULL;
    if (!places)
        return mmv_fail_nomem(err);
    for (size_t i = 0; i < npz->count; i++) {
        places[i] = (struct place){npz->entries[i].header, i};
        in_order = in_order && (i == 0 || places[i - 1].header <= places[i].header);
    }
    if (!in_order)
        qsort(places, npz->count, sizeof *places, compare_places);
    for (size_t i = 0; i < npz->count; i++) {
        uint64_t next = i + 1 < npz->count ? places[i + 1].header : directory;

        npz->entries[places[i].index].limit = next < directory ? next : directory;
    }
    mmv_free(places);
    return MMVIEW_OK;
}

/* FNV-1a. Names that are made to have one hash cost a search through all of them, as
 * without hashes. */
static uint32_t hash_of(const char *name, size_t length)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    return hash;
}

static int compare_sorted(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

int mmv_npz_sort_names(struct mmview_npz *npz, struct mmview_error *err)
{
    if (npz->count == 0)
        return MMVIEW_OK;
    npz->sorted = npz->count <= SIZE_MAX / sizeof *npz->sorted
                      ? mmv_alloc(npz->count * sizeof *npz->sorted)
                      : NULL;
    if (!npz->sorted)
        return mmv_fail_nomem(err);
    for (size_t i = 0; i < npz->count; i++) {
        const struct mmv_zip_entry *entry = &npz->entries[i];

        npz->sorted[i] = (uint64_t)hash_of(npz->names + entry->name, entry->utf8) << 32 | i;
    }
    qsort(npz->sorted, npz->count, sizeof *npz->sorted, compare_sorted);
    return MMVIEW_OK;
}

/* The number of names whose hash is at most this one. */
static size_t upper_bound(const struct mmview_npz *npz, uint32_t hash)
{
    size_t low = 0, high = npz->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (npz->sorted[middle] >> 32 <= hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The last member that is called so. */
static bool find(const struct mmview_npz *npz, const char *name, size_t length, size_t *index)
{
    uint32_t hash = hash_of(name, length);

    for (size_t i = upper_bound(npz, hash); i-- > 0 && npz->sorted[i] >> 32 == hash;) {
        size_t member = (uint32_t)npz->sorted[i];
        const struct mmv_zip_entry *entry = &npz->entries[member];

        if (entry->utf8 == length && memcmp(npz->names + entry->name, name, length) == 0) {
            *index = member;
            return true;
        }
    }
    return false;
}

/* How much of a name a message has room for. */
#define SHOWN 200

int mmview_npz_find(const struct mmview_npz *npz, const char *name, size_t length, size_t *index,
                    struct mmview_error *err)
{
    static const char suffix[] = ".npy";
    char *longer;
    bool found;

    if (!name || !index)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    if (length == SIZE_MAX)
        length = strlen(name);
    if (find(npz, name, length, index))
        return MMVIEW_OK;
    if (length <= UINT16_MAX * (size_t)3) { /* no member has a longer name */
        longer = mmv_alloc(length + sizeof suffix);
        if (!longer)
            return mmv_fail_nomem(err);
        if (length > 0)
            memcpy(longer, name, length);
        memcpy(longer + length, suffix, sizeof suffix);
        found = find(npz, longer, length + sizeof suffix - 1, index);
        mmv_free(longer);
        if (found)
            return MMVIEW_OK;
    }
    return mmv_fail(err, MMVIEW_ENOTFOUND, "the archive has no member '%.*s%s'",
                    length < SHOWN ? (int)length : SHOWN, name, length > SHOWN ? "..." : "");
}

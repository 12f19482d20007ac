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

/* A name, and in which order they are looked for: by hash, since numbers are compared
 * sooner, but not by that alone. Who makes an archive can give all names in it one hash. */
struct name {
    uint32_t hash, index;
    const char *text;
    size_t length;
};

/* FNV-1a. */
static uint32_t hash_of(const char *name, size_t length)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    return hash;
}

static int compare_names(const struct name *x, const struct name *y)
{
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return memcmp(x->text, y->text, x->length);
}

/* Members that are called the same come in the order of the archive. */
static int compare_members(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    int order = compare_names(x, y);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static struct name name_of(const struct mmview_npz *npz, size_t index, uint32_t hash)
{
    const struct mmv_zip_entry *entry = &npz->entries[index];

    return (struct name){hash, (uint32_t)index, npz->names + entry->name, entry->utf8};
}

int mmv_npz_sort_names(struct mmview_npz *npz, struct mmview_error *err)
{
    struct name *names;

    if (npz->count == 0)
        return MMVIEW_OK;
    names = npz->count <= SIZE_MAX / sizeof *names ? mmv_alloc(npz->count * sizeof *names) : NULL;
    npz->sorted = names ? mmv_alloc(npz->count * sizeof *npz->sorted) : NULL;
    if (!npz->sorted) {
        mmv_free(names);
        return mmv_fail_nomem(err);
    }
    for (size_t i = 0; i < npz->count; i++) {
        names[i] = name_of(npz, i, 0);
        names[i].hash = hash_of(names[i].text, names[i].length);
    }
    qsort(names, npz->count, sizeof *names, compare_members);
    for (size_t i = 0; i < npz->count; i++)
        npz->sorted[i] = (uint64_t)names[i].hash << 32 | names[i].index;
    mmv_free(names);
    return MMVIEW_OK;
}

/* The last member that is called so: the one before the first whose name is greater. */
static bool find(const struct mmview_npz *npz, const char *text, size_t length, size_t *index)
{
    const struct name name = {hash_of(text, length), 0, text, length};
    struct name there;
    size_t low = 0, high = npz->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        there = name_of(npz, (uint32_t)npz->sorted[middle], (uint32_t)(npz->sorted[middle] >> 32));
        if (compare_names(&there, &name) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return false;
    there = name_of(npz, (uint32_t)npz->sorted[low - 1], (uint32_t)(npz->sorted[low - 1] >> 32));
    if (compare_names(&there, &name) != 0)
        return false;
    *index = there.index;
    return true;
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

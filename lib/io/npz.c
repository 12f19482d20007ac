/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/npz.h"

#include <string.h>

#include "base/alloc.h"
#include "base/options.h"
#include "io/npz_index.h"
#include "format/zip_name.h"
#include "os/file.h"

/* Room for one more, and then for as many again. */
static void *grow(void *old, size_t *room, size_t need, size_t item)
{
    size_t more = *room ? *room : 16;
    void *grown;

    while (more < need)
        more = more <= SIZE_MAX / 2 ? 2 * more : SIZE_MAX;
    if (more > SIZE_MAX / item)
        return NULL;
    grown = mmv_realloc(old, more * item);
    if (grown)
        *room = more;
    return grown;
}

static int add_name(struct mmview_npz *npz, const struct mmv_zip_entry *given, const char *name,
                    struct mmv_zip_entry *entry, struct mmview_error *err)
{
    size_t most = MMV_ZIP_NAME_GROWTH * (size_t)given->name_length + 1, length;

    if (most > npz->names_room - npz->names_length) {
        char *grown = grow(npz->names, &npz->names_room, npz->names_length + most, 1);

        if (!grown)
            return mmv_fail_nomem(err);
        npz->names = grown;
    }
    length = mmv_zip_name(name, given->name_length, (given->flags & MMV_ZIP_UTF8) != 0,
                          npz->names + npz->names_length);
    if (length == SIZE_MAX)
        return mmv_fail(err, MMVIEW_EARCHIVE,
                        "the name of member %zu %s: programs would take it differently", npz->count,
                        memchr(name, '\0', given->name_length) ? "holds a NUL"
                                                               : "should be UTF-8 and is not");
    entry->name = npz->names_length;
    entry->utf8 = length;
    npz->names[npz->names_length + length] = '\0';
    npz->names_length += length + 1;
    return MMVIEW_OK;
}

static int add_entry(void *context, const struct mmv_zip_entry *given, const char *name,
                     struct mmview_error *err)
{
    struct mmview_npz *npz = context;
    struct mmv_zip_entry *entry;
    int status;

    if (npz->count == UINT32_MAX)
        return mmv_fail(err, MMVIEW_EUNSUPPORTED, "an archive of more than %lu members",
                        (unsigned long)UINT32_MAX);
    if (npz->count == npz->room) {
        struct mmv_zip_entry *grown =
            grow(npz->entries, &npz->room, npz->count + 1, sizeof *npz->entries);

        if (!grown)
            return mmv_fail_nomem(err);
        npz->entries = grown;
    }
    entry = &npz->entries[npz->count];
    *entry = *given;
    status = add_name(npz, given, name, entry, err);
    if (status == MMVIEW_OK)
        npz->count++;
    return status;
}

static int read_archive(struct mmview_npz *npz, struct mmview_error *err)
{
    struct mmv_zip_end end;
    int status = mmv_zip_find(npz->fd, npz->file_size, &end, err);

    if (status == MMVIEW_OK)
        status = mmv_zip_walk(npz->fd, &end, add_entry, npz, err);
    if (status == MMVIEW_OK)
        status = mmv_npz_set_limits(npz, end.begin, err);
    if (status == MMVIEW_OK)
        status = mmv_npz_sort_names(npz, err);
    return status;
}

static int read_options(const struct mmview_npz_options *given, struct mmview_npz_options *known,
                        struct mmview_error *err)
{
    int status;

    *known = (struct mmview_npz_options)MMVIEW_NPZ_OPTIONS_INIT;
    status = mmv_options_read(known, sizeof *known,
                              MMV_SIZE_TO(struct mmview_npz_options, max_header), given, err);
    if (status == MMVIEW_OK && known->max_header == 0)
        known->max_header = MMVIEW_MAX_HEADER;
    return status;
}

/* Takes over the descriptor, also on failure. */
static int new_npz(int fd, uint64_t file_size, const char *path,
                   const struct mmview_npz_options *options, struct mmview_npz **out,
                   struct mmview_error *err)
{
    size_t path_size = path ? strlen(path) + 1 : 0;
    struct mmview_npz *npz = mmv_alloc(sizeof *npz + path_size);
    int status;

    if (!npz) {
        mmv_file_close(fd);
        return mmv_fail_nomem(err);
    }
    *npz = (struct mmview_npz){
        .fd = fd,
        .file_size = file_size,
        .max_header = options->max_header,
        .path = path ? memcpy(npz + 1, path, path_size) : NULL,
    };
    mmv_refcount_init(&npz->refs);
    atomic_init(&npz->map, NULL);
    status = read_archive(npz, err);
    if (status < 0) {
        mmview_npz_unref(npz);
        return status;
    }
    *out = npz;
    return MMVIEW_OK;
}

int mmview_npz_open(const char *path, const struct mmview_npz_options *options,
                    struct mmview_npz **out, struct mmview_error *err)
{
    struct mmview_npz_options known;
    uint64_t file_size;
    bool created;
    int fd, status;

    if (!path || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, &known, err);
    if (status < 0)
        return status;
    status = mmv_file_open(path, MMVIEW_MODE_R, &fd, &file_size, &created, err);
    if (status < 0)
        return status;
    return new_npz(fd, file_size, path, &known, out, err);
}

int mmview_npz_open_fd(int fd, const struct mmview_npz_options *options, struct mmview_npz **out,
                       struct mmview_error *err)
{
    struct mmview_npz_options known;
    uint64_t file_size;
    int own, status;

    if (!out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, &known, err);
    if (status < 0)
        return status;
    status = mmv_file_adopt(fd, MMVIEW_MODE_R, &file_size, err);
    if (status < 0)
        return status;
    status = mmv_file_duplicate(fd, &own, err);
    if (status < 0)
        return status;
    return new_npz(own, file_size, NULL, &known, out, err);
}

struct mmview_npz *mmview_npz_ref(struct mmview_npz *npz)
{
    mmv_refcount_up(&npz->refs);
    return npz;
}

void mmview_npz_unref(struct mmview_npz *npz)
{
    if (!npz || !mmv_refcount_down(&npz->refs))
        return;
    mmv_map_unref(atomic_load(&npz->map));
    mmv_file_close(npz->fd);
    mmv_free(npz->entries);
    mmv_free(npz->names);
    mmv_free(npz->sorted);
    mmv_free(npz);
}

size_t mmview_npz_count(const struct mmview_npz *npz)
{
    return npz->count;
}

const char *mmview_npz_name(const struct mmview_npz *npz, size_t index, size_t *length)
{
    if (index >= npz->count)
        return NULL;
    if (length)
        *length = npz->entries[index].utf8;
    return npz->names + npz->entries[index].name;
}

const struct mmv_zip_entry *mmv_npz_entry(const struct mmview_npz *npz, size_t index,
                                          struct mmview_error *err)
{
    if (index < npz->count)
        return &npz->entries[index];
    mmv_fail(err, MMVIEW_EINVAL, "there is no member %zu: the archive has %zu", index, npz->count);
    return NULL;
}

int mmv_npz_start(const struct mmview_npz *npz, size_t index, uint64_t *start,
                  struct mmview_error *err)
{
    const struct mmv_zip_entry *entry = &npz->entries[index];

    return mmv_zip_start(npz->fd, npz->file_size, entry, npz->names + entry->name, start, err);
}

int mmv_npz_map(struct mmview_npz *npz, struct mmv_map **out, struct mmview_error *err)
{
    const struct mmv_map_request request = {
        .fd = npz->fd,
        .mode = MMVIEW_MODE_R,
        .length = npz->file_size,
        .file_size = npz->file_size,
        .path = npz->path,
    };
    struct mmv_map *map = atomic_load(&npz->map), *none = NULL;

    if (!map) {
        int status = mmv_map_file(&request, &map, err);

        if (status < 0)
            return status;
        /* Another thread may have been faster. */
        if (!atomic_compare_exchange_strong(&npz->map, &none, map)) {
            mmv_map_unref(map);
            map = none;
        }
    }
    *out = mmv_map_ref(map);
    return MMVIEW_OK;
}

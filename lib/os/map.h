/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OS_MAP_H
#define MMV_OS_MAP_H

#include <stdbool.h>

#include <sys/types.h>

#include <mmview/array.h>

#include "base/error.h"
#include "base/refcount.h"

/* The lowest address that a caller may ask for: below it a stray small number
 * or an offset from NULL would look like data. */
#define MMV_MAP_FLOOR 65536

/* A range of a file that is in memory: mapped or read by us, or lent by the caller.
 * Everything is constant but the count of references and what os/guard.c knows. */
struct mmv_map {
    mmv_refcount refs;
    enum mmview_mode mode;
    unsigned char *base; /* address of the file's byte `start`; never NULL */
    size_t length;       /* bytes of the file at base */
    uint64_t start;
    uint64_t file_size;
    bool ours;             /* to munmap; else to release */
    bool anonymous;        /* ours, but not of a file: what was read or unpacked */
    struct mmv_map *whole; /* NULL, or what this is a part of, with a reference */
    void (*release)(void *context);
    void *context;
    const char *path; /* as the caller gave it, or NULL */
    int fd;           /* ours, to read the file by; -1: none */

    /* See os/guard.c. */
    struct mmv_guard_slot *slot; /* while it is guarded */
    dev_t device;                /* then: which file its path named at the start */
    ino_t inode;                 /* 0: none that it can be of */
    bool has_lost;
    uint64_t lost; /* the first byte of the file that was lost */
};

/* What of a file to map, and how. */
struct mmv_map_request {
    int fd;
    enum mmview_mode mode;
    uint64_t offset;    /* first byte that is wanted */
    uint64_t length;    /* bytes from there; may be 0 */
    uint64_t file_size; /* of the file once it has been grown to be long enough */
    const char *path;   /* to remember, or NULL */
    bool scan;          /* keep a descriptor, for mmv_map_read() */
    bool at;            /* the page of `offset` goes to `address`, or nowhere */
    void *address;
};

/* Maps a range of a file. Whether the file is that long is up to the caller:
 * it may be grown after it was mapped. */
int mmv_map_file(const struct mmv_map_request *request, struct mmv_map **out,
                 struct mmview_error *err);

/* A file that the caller has in memory. release may be NULL. */
int mmv_map_memory(void *data, size_t length, enum mmview_mode mode, void (*release)(void *context),
                   void *context, struct mmv_map **out, struct mmview_error *err);

/* A part of a map, which is in it: MMVIEW_EINTERNAL if not. Nothing else of the map can
 * be reached through it. It takes its own reference to the whole. */
int mmv_map_part(struct mmv_map *whole, uint64_t offset, uint64_t length, struct mmv_map **out,
                 struct mmview_error *err);

/* Memory of no file: zeros, and as large pages as the system has. It may be written to,
 * as a copy is that never gets to a file: mode c, until mmv_map_seal() makes it
 * read-only. The path is one to remember, or NULL. */
int mmv_map_fresh(size_t length, const char *path, struct mmv_map **out, struct mmview_error *err);
/* Address space and nothing there: in mode c, though it can be neither read nor written. */
int mmv_map_reserve(size_t length, const char *path, struct mmv_map **out,
                    struct mmview_error *err);
int mmv_map_seal(struct mmv_map *map, struct mmview_error *err);

/* Is an address one that MMVIEW_OPEN_AT takes? */
int mmv_map_check_address(const void *address, struct mmview_error *err);

struct mmv_map *mmv_map_ref(struct mmv_map *map);
void mmv_map_unref(struct mmv_map *map);

/* The one gate from a place in the file to an address: NULL unless all of
 * [offset, offset + length) is in the map. The end of the map is a place for 0
 * bytes. */
static inline void *mmv_map_at(const struct mmv_map *map, uint64_t offset, uint64_t length)
{
    uint64_t into = offset - map->start;

    if (offset < map->start || into > map->length || length > map->length - into)
        return NULL;
    return map->base + into;
}

/* The gate for an address that was reckoned from another one in the map: is what
 * lies around it, `below` bytes before it and `above` from it on, all in the map?
 * The counts are not negative. */
static inline bool mmv_map_holds(const struct mmv_map *map, const unsigned char *address,
                                 mmview_intp below, mmview_intp above)
{
    uintptr_t into = (uintptr_t)address - (uintptr_t)map->base;

    return into <= map->length && (uintptr_t)below <= into &&
           (uintptr_t)above <= map->length - into;
}

/* Copies what is at an address of the map by reading the file, which is faster than to
 * touch pages that were never touched. False, and the buffer may have changed: there is
 * no descriptor, the file does not have all of it, or it can not be read. What is at the
 * address itself is always good. */
bool mmv_map_read(const struct mmv_map *map, const void *address, size_t length, void *buffer);

/* msync(2) of the pages that hold a range, which is clipped to the map. Only
 * shared and writable maps have something to write. */
int mmv_map_sync(const struct mmv_map *map, uint64_t offset, uint64_t length, bool async,
                 struct mmview_error *err);

/* madvise(2), likewise. */
int mmv_map_advise(const struct mmv_map *map, uint64_t offset, uint64_t length,
                   enum mmview_advice advice, struct mmview_error *err);

#endif

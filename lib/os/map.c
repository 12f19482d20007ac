/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "os/map.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "os/file.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

/* It is known to the C library: sysconf() says the same from a place of its own, which
 * nothing else needs at the start of a program. */
static size_t page_size(void)
{
    return (size_t)getpagesize();
}

static struct mmv_map *new_map(const char *path)
{
    size_t path_size = path ? strlen(path) + 1 : 0;
    struct mmv_map *map = mmv_alloc(sizeof *map + path_size);

    if (!map)
        return NULL;
    memset(map, 0, sizeof *map);
    mmv_refcount_init(&map->refs);
    map->fd = -1;
    if (path)
        map->path = memcpy(map + 1, path, path_size);
    return map;
}

int mmv_map_check_address(const void *address, struct mmview_error *err)
{
    uintptr_t at = (uintptr_t)address;

    if (at < MMV_MAP_FLOOR)
        return mmv_fail(err, MMVIEW_EINVAL, "the address %#llx is too low: %d is the lowest",
                        (unsigned long long)at, MMV_MAP_FLOOR);
    if (at % page_size())
        return mmv_fail(err, MMVIEW_EINVAL,
                        "the address %#llx is no multiple of the page size, %zu bytes",
                        (unsigned long long)at, page_size());
    return MMVIEW_OK;
}

/* What mmap(2) is to be called with. */
struct plan {
    uint64_t start;
    size_t length;
    bool at; /* at this address; else anywhere */
    void *address;
};

/* An array without data still needs an address, and mmap takes no empty range:
 * then the page before is mapped, or the first one of the file. */
static int make_plan(const struct mmv_map_request *request, struct plan *plan,
                     struct mmview_error *err)
{
    uint64_t page = page_size();
    uint64_t lead = request->offset % page;
    uint64_t length;
    uintptr_t address = request->at ? (uintptr_t)request->address : 0;
    uintptr_t end;

    if (request->length > SIZE_MAX - lead)
        return mmv_fail(err, MMVIEW_EOVERFLOW,
                        "the array is too big for the address space: %llu bytes",
                        (unsigned long long)request->length);
    plan->start = request->offset - lead;
    length = lead + request->length;
    if (length == 0 && plan->start > 0) {
        plan->start -= page;
        length = page;
        if (request->at)
            address -= (uintptr_t)page;
    } else if (length == 0) {
        length = request->file_size < page ? request->file_size : page;
        if (length == 0)
            return mmv_fail_at(err, MMVIEW_ETRUNCATED, 0, "the file is empty");
    }
    if (request->at &&
        (address < MMV_MAP_FLOOR || __builtin_add_overflow(address, (uintptr_t)length, &end)))
        return mmv_fail(err, MMVIEW_EINVAL, "%llu bytes at the address %#llx are not possible",
                        (unsigned long long)length, (unsigned long long)address);
    plan->length = (size_t)length;
    plan->at = request->at;
    plan->address = (void *)address;
    return MMVIEW_OK;
}

static int map_failed(const struct plan *plan, int errnum, struct mmview_error *err)
{
    if (errnum == EEXIST)
        return mmv_fail_errno(err, errnum, "the address %p is in use", plan->address);
    if (plan->at && errnum == ENOMEM) /* what Linux says of addresses it does not have */
        return mmv_fail(err, MMVIEW_ENOMEM, "%zu bytes can not be mapped at %p: no address space",
                        plan->length, plan->address);
    if (plan->at)
        return mmv_fail_errno(err, errnum, "%zu bytes can not be mapped at %p", plan->length,
                              plan->address);
    return mmv_fail_errno(err, errnum, "%zu bytes can not be mapped", plan->length);
}

int mmv_map_file(const struct mmv_map_request *request, struct mmv_map **out,
                 struct mmview_error *err)
{
    bool private = request->mode == MMVIEW_MODE_C;
    int protection = request->mode == MMVIEW_MODE_R ? PROT_READ : PROT_READ | PROT_WRITE;
    /* A copy on write is of few pages, so the kernel need not promise memory
     * for all of them: that would refuse files larger than it. */
    int flags = private ? MAP_PRIVATE | MAP_NORESERVE : MAP_SHARED;
    struct plan plan = {0};
    struct mmv_map *map;
    void *base;
    int status = make_plan(request, &plan, err);

    if (status < 0)
        return status;
    map = new_map(request->path);
    if (!map)
        return mmv_fail_nomem(err);
    if (plan.at)
        flags |= MAP_FIXED_NOREPLACE;
    base = mmap(plan.address, plan.length, protection, flags, request->fd, (off_t)plan.start);
    if (base == MAP_FAILED) {
        status = map_failed(&plan, errno, err);
        mmv_free(map);
        return status;
    }
    if (plan.at && base != plan.address) {
        /* Before Linux 4.17 the address is but a hint. */
        munmap(base, plan.length);
        mmv_free(map);
        return map_failed(&plan, EEXIST, err);
    }
    map->mode = request->mode;
    map->base = base;
    map->length = plan.length;
    map->start = plan.start;
    map->file_size = request->file_size;
    map->ours = true;
    /* What is written to a private map is not in the file. */
    if (request->scan && !private)
        status = mmv_file_duplicate(request->fd, &map->fd, err);
    if (status < 0) {
        mmv_map_unref(map);
        return status;
    }
    *out = map;
    return MMVIEW_OK;
}

int mmv_map_memory(void *data, size_t length, enum mmview_mode mode, void (*release)(void *context),
                   void *context, struct mmv_map **out, struct mmview_error *err)
{
    struct mmv_map *map = new_map(NULL);

    if (!map)
        return mmv_fail_nomem(err);
    map->mode = mode;
    map->base = data;
    map->length = length;
    map->file_size = length;
    map->release = release;
    map->context = context;
    *out = map;
    return MMVIEW_OK;
}

int mmv_map_part(struct mmv_map *whole, uint64_t offset, uint64_t length, struct mmv_map **out,
                 struct mmview_error *err)
{
    unsigned char *base = mmv_map_at(whole, offset, length);
    struct mmv_map *map;

    if (!base)
        return mmv_fail(err, MMVIEW_EINTERNAL, "a part outside its map");
    map = new_map(NULL);
    if (!map)
        return mmv_fail_nomem(err);
    map->mode = whole->mode;
    map->base = base;
    map->length = (size_t)length;
    map->start = offset;
    map->file_size = whole->file_size;
    map->path = whole->path;
    map->whole = mmv_map_ref(whole);
    *out = map;
    return MMVIEW_OK;
}

static int map_anonymous(size_t length, int protection, int flags, const char *path,
                         struct mmv_map **out, struct mmview_error *err)
{
    struct mmv_map *map = new_map(path);
    void *base;

    if (!map)
        return mmv_fail_nomem(err);
    base = mmap(NULL, length, protection, flags | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED) {
        int errnum = errno;

        mmv_free(map);
        return mmv_fail_errno(err, errnum, "no memory for %zu bytes", length);
    }
    map->mode = MMVIEW_MODE_C;
    map->base = base;
    map->length = length;
    map->file_size = length;
    map->ours = true;
    map->anonymous = true;
    *out = map;
    return MMVIEW_OK;
}

int mmv_map_fresh(size_t length, const char *path, struct mmv_map **out, struct mmview_error *err)
{
    int status = map_anonymous(length, PROT_READ | PROT_WRITE, 0, path, out, err);

#ifdef MADV_HUGEPAGE
    if (status == MMVIEW_OK) /* a kernel without them has small ones */
        madvise((*out)->base, length, MADV_HUGEPAGE);
#endif
    return status;
}

int mmv_map_reserve(size_t length, const char *path, struct mmv_map **out, struct mmview_error *err)
{
    return map_anonymous(length, PROT_NONE, MAP_NORESERVE, path, out, err);
}

int mmv_map_seal(struct mmv_map *map, struct mmview_error *err)
{
    if (mprotect(map->base, map->length, PROT_READ) < 0)
        return mmv_fail_errno(err, errno, "memory can not be made read-only");
    map->mode = MMVIEW_MODE_R;
    return MMVIEW_OK;
}

struct mmv_map *mmv_map_ref(struct mmv_map *map)
{
    mmv_refcount_up(&map->refs);
    return map;
}

void mmv_map_unref(struct mmv_map *map)
{
    if (!map || !mmv_refcount_down(&map->refs))
        return;
    if (map->fd >= 0)
        mmv_file_close(map->fd);
    if (map->ours)
        munmap(map->base, map->length);
    else if (map->whole)
        mmv_map_unref(map->whole);
    else if (map->release)
        map->release(map->context);
    mmv_free(map);
}

bool mmv_map_read(const struct mmv_map *map, const void *address, size_t length, void *buffer)
{
    uintptr_t into = (uintptr_t)address - (uintptr_t)map->base;
    size_t got;

    return map->fd >= 0 && into <= map->length && length <= map->length - into &&
           mmv_file_read(map->fd, buffer, length, map->start + into, &got, NULL) == MMVIEW_OK &&
           got == length;
}

/* Rounds a range outward to pages. Returns 0 bytes for one that is empty or
 * outside the map; the end of the last page may lie behind the map's length,
 * but not behind its pages. */
static size_t page_range(const struct mmv_map *map, uint64_t offset, uint64_t length, void **first)
{
    uint64_t begin = offset > map->start ? offset - map->start : 0;
    uint64_t end = map->length;

    if (offset < map->start)
        length -= map->start - offset < length ? map->start - offset : length;
    if (begin >= end || length == 0)
        return 0;
    if (length < end - begin)
        end = begin + length;
    begin -= begin % page_size();
    *first = map->base + begin;
    return (size_t)(end - begin);
}

int mmv_map_sync(const struct mmv_map *map, uint64_t offset, uint64_t length, bool async,
                 struct mmview_error *err)
{
    void *first;
    size_t bytes;
    int r;

    if (!map->ours || map->mode == MMVIEW_MODE_R || map->mode == MMVIEW_MODE_C)
        return MMVIEW_OK;
    bytes = page_range(map, offset, length, &first);
    if (bytes == 0)
        return MMVIEW_OK;
    do
        r = msync(first, bytes, async ? MS_ASYNC : MS_SYNC);
    while (r < 0 && errno == EINTR);
    if (r < 0)
        return mmv_fail_errno(err, errno, "the changes can not be written to the file");
    return MMVIEW_OK;
}

int mmv_map_advise(const struct mmv_map *map, uint64_t offset, uint64_t length,
                   enum mmview_advice advice, struct mmview_error *err)
{
    static const int kernel_advice[] = {
        [MMVIEW_ADVICE_NORMAL] = MADV_NORMAL,     [MMVIEW_ADVICE_SEQUENTIAL] = MADV_SEQUENTIAL,
        [MMVIEW_ADVICE_RANDOM] = MADV_RANDOM,     [MMVIEW_ADVICE_WILLNEED] = MADV_WILLNEED,
        [MMVIEW_ADVICE_DONTNEED] = MADV_DONTNEED,
    };
    void *first;
    size_t bytes;

    if ((unsigned)advice >= sizeof kernel_advice / sizeof *kernel_advice)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown advice %d", (int)advice);
    if (map->whole)
        return mmv_map_advise(map->whole, offset, length, advice, err);
    /* The caller's memory is the caller's to advise on. Linux takes DONTNEED
     * as an order: the changed pages of a private map would be lost. */
    if (!map->ours || map->anonymous ||
        (advice == MMVIEW_ADVICE_DONTNEED && map->mode == MMVIEW_MODE_C))
        return MMVIEW_OK;
    bytes = page_range(map, offset, length, &first);
    if (bytes == 0)
        return MMVIEW_OK;
    if (madvise(first, bytes, kernel_advice[advice]) < 0)
        return mmv_fail_errno(err, errno, "the advice was not taken");
    return MMVIEW_OK;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Maps: what is rounded to pages, what the gate lets through, what goes to the
 * file. */
#include "os/map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../suite.h"
#include "made_file.h"
#include "base/alloc.h"
#include "os/file.h"
#include "os/guard.h"

static char folder[] = "/tmp/mmview-map-XXXXXX";
static struct mmview_error err;
static size_t page;

static void setup(void)
{
    memcpy(strrchr(folder, '-'), "-XXXXXX", 8);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    mmview_error_clear(&err);
    page = (size_t)sysconf(_SC_PAGESIZE);
}

static void teardown(void)
{
    unlink("file");
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

static struct mmv_map *map_range(int fd, enum mmview_mode mode, uint64_t offset, uint64_t length)
{
    struct mmv_map_request request = {
        .fd = fd, .mode = mode, .offset = offset, .length = length, .file_size = size_of(fd)};
    struct mmv_map *map = NULL;

    ck_assert_int_eq(mmv_map_file(&request, &map, &err), MMVIEW_OK);
    ck_assert_ptr_nonnull(map);
    return map;
}

/* Offsets are rounded down to pages, and the gate counts from the true place. */
START_TEST(rounds_to_pages)
{
    int fd = make_file(3 * page + 12);
    const uint64_t offsets[] = {0, 1, 82, page - 1, page, page + 1, 2 * page + 128, 3 * page};

    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        struct mmv_map *map = map_range(fd, MMVIEW_MODE_R, offsets[i], 12);
        const unsigned char *data = mmv_map_at(map, offsets[i], 12);

        ck_assert_ptr_nonnull(data);
        ck_assert_uint_eq(map->start, offsets[i] / page * page);
        ck_assert_uint_eq((uintptr_t)data % page, offsets[i] % page);
        for (size_t k = 0; k < 12; k++)
            ck_assert_uint_eq(data[k], (offsets[i] + k) * 3 & 255);
        mmv_map_unref(map);
    }
    close(fd);
}
END_TEST

START_TEST(gate)
{
    int fd = make_file(3 * page);
    struct mmv_map *map = map_range(fd, MMVIEW_MODE_R, page + 100, 50);
    const uint64_t end = page + 150;

    close(fd);
    ck_assert_ptr_eq(mmv_map_at(map, page, 150), map->base);
    ck_assert_ptr_eq(mmv_map_at(map, end, 0), map->base + 150);
    ck_assert_ptr_eq(mmv_map_at(map, end - 1, 1), map->base + 149);
    ck_assert_ptr_null(mmv_map_at(map, page - 1, 1));
    ck_assert_ptr_null(mmv_map_at(map, 0, 0));
    ck_assert_ptr_null(mmv_map_at(map, end, 1));
    ck_assert_ptr_null(mmv_map_at(map, end + 1, 0));
    ck_assert_ptr_null(mmv_map_at(map, page, 151));
    ck_assert_ptr_null(mmv_map_at(map, page, UINT64_MAX));
    ck_assert_ptr_null(mmv_map_at(map, UINT64_MAX, 1));
    ck_assert_ptr_null(mmv_map_at(map, UINT64_MAX, UINT64_MAX));

    ck_assert(mmv_map_holds(map, map->base, 0, 150));
    ck_assert(!mmv_map_holds(map, map->base, 1, 150));
    ck_assert(!mmv_map_holds(map, map->base, 0, 151));
    ck_assert(mmv_map_holds(map, map->base + 40, 40, 110));
    ck_assert(!mmv_map_holds(map, map->base + 40, 41, 110));
    ck_assert(!mmv_map_holds(map, map->base + 40, 40, 111));
    ck_assert(mmv_map_holds(map, map->base + 150, 150, 0));
    ck_assert(!mmv_map_holds(map, map->base + 150, 0, 1));
    ck_assert(!mmv_map_holds(map, map->base + 40, INTPTR_MAX, INTPTR_MAX));
    ck_assert(!mmv_map_holds(map, map->base + 40, 0, INTPTR_MAX));
    ck_assert(!mmv_map_holds(map, (const unsigned char *)((uintptr_t)map->base - 1), 0, 0));
    ck_assert(!mmv_map_holds(map, (const unsigned char *)((uintptr_t)map->base + 151), 0, 0));
    mmv_map_unref(map);
}
END_TEST

/* mmap(2) takes no empty range, and an array without data wants an address. */
START_TEST(empty_ranges)
{
    int fd = make_file(2 * page);
    const uint64_t offsets[] = {0, 1, page, page + 1, 2 * page};
    struct mmv_map_request request = {.mode = MMVIEW_MODE_R};
    struct mmv_map *map;

    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        map = map_range(fd, MMVIEW_MODE_R, offsets[i], 0);
        ck_assert_ptr_nonnull(mmv_map_at(map, offsets[i], 0));
        ck_assert_uint_gt(map->length, 0);
        ck_assert_uint_le(map->length, page);
        ck_assert_uint_eq(map->base[0], map->start * 3 & 255); /* and it can be read */
        mmv_map_unref(map);
    }
    close(fd);

    fd = make_file(0);
    request.fd = fd;
    map = NULL;
    ck_assert_int_eq(mmv_map_file(&request, &map, &err), MMVIEW_ETRUNCATED);
    ck_assert_ptr_null(map);
    close(fd);
}
END_TEST

static void *free_address(size_t pages)
{
    void *address = mmap(NULL, pages * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert_ptr_ne(address, MAP_FAILED);
    ck_assert_int_eq(munmap(address, pages * page), 0);
    return address;
}

START_TEST(at_an_address)
{
    int fd = make_file(3 * page);
    char *address = free_address(4);
    struct mmv_map_request request = {
        .fd = fd, .offset = page + 5, .length = 50, .file_size = 3 * page, .at = true};
    struct mmv_map *first = NULL, *second = NULL;

    request.address = address + page;
    ck_assert_int_eq(mmv_map_file(&request, &first, &err), MMVIEW_OK);
    ck_assert_ptr_eq(mmv_map_at(first, page + 5, 50), address + page + 5);
    ck_assert_int_eq(mmv_map_file(&request, &second, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EEXIST);
    ck_assert_ptr_null(second);
    ck_assert_uint_eq(first->base[7], (page + 7) * 3 & 255); /* nothing was replaced */

    /* An empty range borrows the page before, and keeps its own address. */
    request.offset = 3 * page;
    request.length = 0;
    request.address = address + 3 * page;
    ck_assert_int_eq(mmv_map_file(&request, &second, NULL), MMVIEW_OK);
    ck_assert_ptr_eq(mmv_map_at(second, 3 * page, 0), address + 3 * page);
    mmv_map_unref(first);
    mmv_map_unref(second);

    /* Free again. */
    request.offset = 0;
    request.length = 10;
    request.address = address + page;
    ck_assert_int_eq(mmv_map_file(&request, &first, NULL), MMVIEW_OK);
    mmv_map_unref(first);
    close(fd);
}
END_TEST

START_TEST(addresses_that_are_refused)
{
    ck_assert_int_eq(mmv_map_check_address(NULL, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmv_map_check_address((void *)(uintptr_t)4096, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmv_map_check_address((void *)(uintptr_t)(MMV_MAP_FLOOR - 1), NULL),
                     MMVIEW_EINVAL);
    ck_assert_int_eq(mmv_map_check_address((void *)(uintptr_t)MMV_MAP_FLOOR, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmv_map_check_address((void *)(uintptr_t)(MMV_MAP_FLOOR * 4 + 1), &err),
                     MMVIEW_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "page size"));
}
END_TEST

START_TEST(failures_of_mmap)
{
    int fd = make_file(10);
    struct mmv_map_request request = {.fd = fd, .length = INT64_MAX - 5000, .file_size = 10};
    struct mmv_map *map = NULL;
    int status;

    /* More than any address space: no memory, or an argument that valgrind does
     * not pass on, or on 32 bits no such size. */
    status = mmv_map_file(&request, &map, &err);
    ck_assert_int_lt(status, 0);
    ck_assert_int_eq(err.status, status);
    ck_assert_ptr_null(map);
    close(fd);
    mmview_error_clear(&err);
    request.length = 10;
    ck_assert_int_eq(mmv_map_file(&request, &map, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EBADF);
    ck_assert_ptr_null(map);
}
END_TEST

/* Modes differ in what a store does. */
START_TEST(stores)
{
    int fd = make_file(2 * page);
    struct mmv_map *shared = map_range(fd, MMVIEW_MODE_RPLUS, page, 100);
    struct mmv_map *private = map_range(fd, MMVIEW_MODE_C, page, 100);
    unsigned char byte;
    size_t got;

    private->base[3] = 200;
    ck_assert_int_eq(mmv_map_sync(private, page, 100, false, &err), MMVIEW_OK);
    ck_assert_int_eq(mmv_file_read(fd, &byte, 1, page + 3, &got, &err), MMVIEW_OK);
    ck_assert_uint_eq(byte, (page + 3) * 3 & 255);
    shared->base[4] = 201;
    ck_assert_int_eq(mmv_map_sync(shared, page, 100, false, &err), MMVIEW_OK);
    ck_assert_int_eq(mmv_file_read(fd, &byte, 1, page + 4, &got, &err), MMVIEW_OK);
    ck_assert_uint_eq(byte, 201);
    mmv_map_unref(shared);
    mmv_map_unref(private);
    close(fd);
}
END_TEST

/* Ranges are rounded outward and clipped: none of these may fail, nor may any
 * advice change what is read, a private change included. */
START_TEST(ranges_of_sync_and_advice)
{
    static const enum mmview_mode modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_C, MMVIEW_MODE_RPLUS};
    int fd = make_file(4 * page);
    struct mmv_map *map = map_range(fd, modes[_i], page + 10, 2 * page);
    const uint64_t places[] = {0, page, page + 10, 2 * page + 3, 3 * page + 10, 9 * page};
    const uint64_t lengths[] = {0, 1, 100, 3 * page, UINT64_MAX};

    if (modes[_i] != MMVIEW_MODE_R)
        map->base[10] = 199;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
            ck_assert_int_eq(mmv_map_sync(map, places[i], lengths[k], k % 2, &err), MMVIEW_OK);
            for (int advice = MMVIEW_ADVICE_NORMAL; advice <= MMVIEW_ADVICE_DONTNEED; advice++)
                ck_assert_int_eq(
                    mmv_map_advise(map, places[i], lengths[k], (enum mmview_advice)advice, &err),
                    MMVIEW_OK);
        }
    ck_assert_uint_eq(map->base[10], modes[_i] == MMVIEW_MODE_R ? ((page + 10) * 3 & 255) : 199);
    ck_assert_int_eq(mmv_map_advise(map, page, 1, (enum mmview_advice)5, &err), MMVIEW_EINVAL);
    ck_assert_int_eq(mmv_map_advise(map, page, 1, (enum mmview_advice) - 1, NULL), MMVIEW_EINVAL);
    mmv_map_unref(map);
    close(fd);
}
END_TEST

/* Is a page of this process in its page table? */
static bool present(const void *address)
{
    int fd = open("/proc/self/pagemap", O_RDONLY);
    uint64_t entry = 0;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pread(fd, &entry, sizeof entry, (off_t)((uintptr_t)address / page * 8)), 8);
    close(fd);
    return entry >> 63;
}

START_TEST(advice_reaches_the_range_only)
{
    int fd = make_file(4 * page);
    struct mmv_map *map = map_range(fd, MMVIEW_MODE_RPLUS, 0, 4 * page);

    for (size_t i = 0; i < 4; i++)
        map->base[i * page] = 1;
    ck_assert_int_eq(mmv_map_advise(map, page + 5, page, MMVIEW_ADVICE_DONTNEED, &err), MMVIEW_OK);
    ck_assert(present(map->base));
    ck_assert(!present(map->base + page));
    ck_assert(!present(map->base + 2 * page));
    ck_assert(present(map->base + 3 * page));
    ck_assert_uint_eq(map->base[page], 1);
    mmv_map_unref(map);
    close(fd);
}
END_TEST

static void count_call(void *context)
{
    ++*(int *)context;
}

START_TEST(memory_is_released_once)
{
    unsigned char data[16] = {1, 2, 3};
    struct mmv_map *map = NULL;
    int calls = 0;

    ck_assert_int_eq(
        mmv_map_memory(data, sizeof data, MMVIEW_MODE_RPLUS, count_call, &calls, &map, &err), 0);
    ck_assert_ptr_eq(mmv_map_at(map, 1, 15), data + 1);
    ck_assert_ptr_null(mmv_map_at(map, 1, 16));
    ck_assert_ptr_eq(mmv_map_ref(map), map);
    ck_assert_int_eq(mmv_map_sync(map, 0, 16, false, &err), MMVIEW_OK);
    ck_assert_int_eq(mmv_map_advise(map, 0, 16, MMVIEW_ADVICE_DONTNEED, &err), MMVIEW_OK);
    ck_assert_uint_eq(data[2], 3);
    mmv_map_unref(map);
    ck_assert_int_eq(calls, 0);
    mmv_map_unref(map);
    ck_assert_int_eq(calls, 1);

    ck_assert_int_eq(mmv_map_memory(data, sizeof data, MMVIEW_MODE_R, NULL, NULL, &map, &err), 0);
    mmv_map_unref(map);
    mmv_map_unref(NULL);
}
END_TEST

static int refuse(size_t size)
{
    (void)size;
    return 1;
}

START_TEST(without_memory)
{
    int fd = make_file(10);
    struct mmv_map_request request = {.fd = fd, .length = 10, .file_size = 10, .path = "file"};
    struct mmv_map *map = NULL;

    mmv_alloc_hook = refuse;
    ck_assert_int_eq(mmv_map_file(&request, &map, &err), MMVIEW_ENOMEM);
    ck_assert_int_eq(mmv_map_memory(&fd, 4, MMVIEW_MODE_R, NULL, NULL, &map, NULL), MMVIEW_ENOMEM);
    mmv_alloc_hook = NULL;
    ck_assert_ptr_null(map);
    ck_assert_int_eq(mmv_map_file(&request, &map, NULL), MMVIEW_OK);
    ck_assert_str_eq(map->path, "file");
    ck_assert_ptr_ne(map->path, request.path);

    /* A guard has to note the map. */
    mmv_alloc_hook = refuse;
    ck_assert_int_eq(mmv_guard_begin(map, NULL), MMVIEW_ENOMEM);
    mmv_alloc_hook = NULL;
    ck_assert_int_eq(mmv_guard_begin(map, NULL), MMVIEW_OK);
    mmv_guard_end(map);
    mmv_map_unref(map);
    close(fd);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, rounds_to_pages);
    tcase_add_test(tcase, gate);
    tcase_add_test(tcase, empty_ranges);
    tcase_add_test(tcase, at_an_address);
    tcase_add_test(tcase, addresses_that_are_refused);
    tcase_add_test(tcase, failures_of_mmap);
    tcase_add_test(tcase, stores);
    tcase_add_loop_test(tcase, ranges_of_sync_and_advice, 0, 3);
    tcase_add_test(tcase, advice_reaches_the_range_only);
    tcase_add_test(tcase, memory_is_released_once);
    tcase_add_test(tcase, without_memory);
}

int main(void)
{
    return run_suite("map", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <mmview.h>

/* A folder for one test, the files in it, and what the process holds. */

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../words.h"

static char scratch_folder[32];

static inline void scratch_enter(void)
{
    strcpy(scratch_folder, "/tmp/mmview-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(scratch_folder));
    ck_assert_int_eq(chdir(scratch_folder), 0);
}

static inline void scratch_leave(void)
{
    DIR *folder = opendir(".");
    struct dirent *entry;

    ck_assert_ptr_nonnull(folder);
    while ((entry = readdir(folder)))
        if (entry->d_name[0] != '.')
            unlink(entry->d_name);
    closedir(folder);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(scratch_folder), 0);
}

static inline void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(name, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

/* Returns how many bytes there are, of which up to size are in buffer. */
static inline size_t read_file(const char *name, void *buffer, size_t size)
{
    FILE *file = fopen(name, "rb");
    size_t n;

    ck_assert_ptr_nonnull(file);
    n = fread(buffer, 1, size, file);
    fclose(file);
    return n;
}

static inline bool exists(const char *name)
{
    struct stat st;

    return lstat(name, &st) == 0;
}

static inline uint64_t file_size(const char *name)
{
    struct stat st;

    ck_assert_int_eq(stat(name, &st), 0);
    return (uint64_t)st.st_size;
}

/* Bytes of disk that a file has. */
static inline uint64_t disk_use(const char *name)
{
    struct stat st;

    ck_assert_int_eq(stat(name, &st), 0);
    return (uint64_t)st.st_blocks * 512;
}

/* Writes a .npy file of format 1.0 whose data starts at a byte of choice, 128 as
 * a rule: the dict, padded with spaces. */
static inline void write_npy_at(const char *name, const char *dict, size_t start, const void *data,
                                size_t size)
{
    unsigned char *bytes = malloc(start + size);
    size_t text = start - 10;

    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_lt(strlen(dict), text);
    ck_assert_uint_le(text, 65535);
    memset(bytes, ' ', start);
    memcpy(bytes, "\x93NUMPY\x01", 8);
    bytes[8] = (unsigned char)text;
    bytes[9] = (unsigned char)(text >> 8);
    memcpy(bytes + 10, dict, strlen(dict));
    bytes[start - 1] = '\n';
    if (size)
        memcpy(bytes + start, data, size);
    write_file(name, bytes, start + size);
    free(bytes);
}

static inline void write_npy(const char *name, const char *dict, const void *data, size_t size)
{
    write_npy_at(name, dict, 128, data, size);
}

static inline void stretch(const char *name, uint64_t size)
{
    ck_assert_int_eq(truncate(name, (off_t)size), 0);
}

static inline int open_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int n = 0;

    ck_assert_ptr_nonnull(folder);
    while (readdir(folder))
        n++;
    closedir(folder);
    return n;
}

/* How many maps of a file of the scratch folder the process has. If permissions
 * is not NULL it gets those of the last, as "r--s". */
static inline int maps_of(const char *name, char permissions[5])
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512], path[64];
    int n = 0;

    ck_assert_ptr_nonnull(maps);
    snprintf(path, sizeof path, "%s/%s", scratch_folder, name);
    while (fgets(line, sizeof line, maps))
        if (strstr(line, path)) {
            n++;
            if (permissions)
                ck_assert_int_eq(sscanf(line, "%*s %4s", permissions), 1);
        }
    fclose(maps);
    return n;
}

/* What mmview says when it can not map so many bytes: MMVIEW_OK if there is room.
 * Programs that other programs watch over have less of it than others. */
static inline int room_for(size_t size)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *room = mmap(NULL, size, PROT_NONE, flags, -1, 0);

    if (room == MAP_FAILED)
        return errno == ENOMEM ? MMVIEW_ENOMEM : MMVIEW_ESYSTEM;
    ck_assert_int_eq(munmap(room, size), 0);
    return MMVIEW_OK;
}

/* Stands in for a full disk. */
static inline void limit_file_size(rlim_t limit)
{
    struct rlimit r;

    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &r), 0);
    r.rlim_cur = limit < r.rlim_max ? limit : r.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &r), 0);
}

/* Most tests read these: a .npy file of two rows of three. */
static const double values[6] = {1.5, -2, 3, 4, 5e300, 6};

static inline void write_values(const char *name)
{
    write_npy(name, "{'descr': '" OWN "f8', 'fortran_order': False, 'shape': (2, 3), }", values,
              sizeof values);
}

static inline struct mmview_array *open_ok(const char *name,
                                           const struct mmview_open_options *options)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int status = mmview_open(name, options, &array, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_ptr_nonnull(array);
    return array;
}

/* A failure tells, leaves out alone, and holds nothing. */
static inline struct mmview_error
open_fails(const char *name, const struct mmview_open_options *options, int expected)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *untouched = (struct mmview_array *)(uintptr_t)0x5a5a;
    struct mmview_array *array = untouched;
    int descriptors = open_descriptors();
    int status = mmview_open(name, options, &array, &err);

    ck_assert_msg(status == expected, "%s, not %s: %s", mmview_status_name(status),
                  mmview_status_name(expected), err.message);
    ck_assert_int_eq(err.status, expected);
    ck_assert_str_ne(err.message, "");
    ck_assert_ptr_eq(array, untouched);
    ck_assert_int_eq(open_descriptors(), descriptors);
    ck_assert_int_eq(maps_of(name, NULL), 0);
    /* And without an error struct. */
    ck_assert_int_eq(mmview_open(name, options, &array, NULL), expected);
    ck_assert_ptr_eq(array, untouched);
    return err;
}

static inline int run_suite(const char *name, TCase *tcase)
{
    Suite *suite = suite_create(name);
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tcase, scratch_enter, scratch_leave);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* MMVIEW_OPEN_SCAN: the descriptor that is kept, and that statistics find in the file's
 * blocks what they find in the map. */
#include "scratch.h"

#define ITEMS 100000
#define DICT  "{'descr': 'f8', 'fortran_order': False, 'shape': (100000,), }"

static double items[ITEMS];

/* Items 0 to 99999 of '<f8'. */
static void make(void)
{
    for (int i = 0; i < ITEMS; i++)
        items[i] = i;
    write_npy("a.npy", DICT, items, sizeof items);
}

static struct mmview_array *open_scan(int mode)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;

    options.flags = MMVIEW_OPEN_SCAN;
    options.mode = mode;
    return open_ok("a.npy", &options);
}

static struct mmview_statistics stats_of(const struct mmview_array *array)
{
    struct mmview_statistics stats;

    ck_assert_int_eq(mmview_stats(array, NULL, &stats, NULL), MMVIEW_OK);
    return stats;
}

/* 0 to 99999, of which one item was added to. */
static void holds(const struct mmview_array *array, double more)
{
    struct mmview_statistics stats = stats_of(array);

    ck_assert_uint_eq(stats.count, ITEMS);
    ck_assert(stats.sum[0] == (long double)(4999950000.0 + more));
}

/* A descriptor while an array or a view of it is there, and not for programs. */
START_TEST(keeps_one)
{
    int before = open_descriptors(), given, kept;
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_array *array, *view;

    make();
    given = open("a.npy", O_RDONLY);
    kept = dup(given); /* the lowest that is free, so the one that is taken */
    close(kept);
    options.flags = MMVIEW_OPEN_SCAN;
    ck_assert_int_eq(mmview_open_fd(given, &options, &array, NULL), MMVIEW_OK);
    close(given);
    ck_assert_int_eq(open_descriptors(), before + 1);
    ck_assert_int_eq(fcntl(kept, F_GETFD), FD_CLOEXEC);
    ck_assert_int_eq(mmview_view_select(array, "::2", 3, &view, NULL), MMVIEW_OK);
    mmview_array_unref(array);
    ck_assert_int_eq(open_descriptors(), before + 1);
    mmview_array_unref(view);
    ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

/* How many KiB of a map of the file were touched. */
static long touched(void)
{
    FILE *maps = fopen("/proc/self/smaps", "r");
    char line[4096];
    bool found = false;
    long size = -1;

    ck_assert_ptr_nonnull(maps);
    while (size < 0 && fgets(line, sizeof line, maps)) {
        found = found || strstr(line, "/a.npy\n");
        if (found && strncmp(line, "Rss:", 4) == 0)
            size = strtol(line + 4, NULL, 10);
    }
    fclose(maps);
    ck_assert_int_ge(size, 0);
    return size;
}

/* In any order, and what is not worth it, of which some is read through the map. */
START_TEST(reads_the_file)
{
    static const char *const views[] = {":", "::-1", "None,1:99999", "::2", "40:60"};
    struct mmview_array *array, *mapped, *view;

    make();
    array = open_scan(_i ? MMVIEW_MODE_RPLUS : MMVIEW_MODE_R);
    mapped = open_ok("a.npy", NULL);
    holds(array, 0);
    ck_assert_int_eq(touched(), 0);
    holds(mapped, 0);
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        struct mmview_statistics ours, theirs;

        ck_assert_int_eq(mmview_view_select(array, views[i], SIZE_MAX, &view, NULL), MMVIEW_OK);
        ours = stats_of(view);
        mmview_array_unref(view);
        ck_assert_int_eq(mmview_view_select(mapped, views[i], SIZE_MAX, &view, NULL), MMVIEW_OK);
        theirs = stats_of(view);
        mmview_array_unref(view);
        ck_assert(ours.sum[0] == theirs.sum[0] && ours.spread == theirs.spread);
        ck_assert_int_eq(ours.argmin, theirs.argmin);
        ck_assert_int_eq(ours.argmax, theirs.argmax);
    }
    mmview_array_unref(array);
    mmview_array_unref(mapped);
}
END_TEST

/* What is written to the map is found, also where the file does not have it. */
START_TEST(finds_what_was_written)
{
    static const int modes[] = {MMVIEW_MODE_RPLUS, MMVIEW_MODE_C};
    int before = open_descriptors();
    struct mmview_array *array;
    double *data;

    make();
    array = open_scan(modes[_i]);
    ck_assert_int_eq(open_descriptors(), before + (modes[_i] == MMVIEW_MODE_RPLUS));
    data = mmview_array_data(array);
    data[50000] += 7;
    holds(array, 7);
    mmview_array_unref(array);
}
END_TEST

/* Bare data, in a file that is made. */
START_TEST(raw_data)
{
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    mmview_intp shape = 200000;
    int before = open_descriptors();
    struct mmview_array *array;

    options.flags = MMVIEW_OPEN_SCAN;
    options.mode = MMVIEW_MODE_WPLUS;
    options.offset = 4097;
    options.ndim = 1;
    options.shape = &shape;
    ck_assert_int_eq(mmview_memmap("raw", &options, &array, NULL), MMVIEW_OK);
    ck_assert_int_eq(open_descriptors(), before + 1);
    ((unsigned char *)mmview_array_data(array))[199999] = 9;
    ck_assert(stats_of(array).sum[0] == 9);
    ck_assert_int_eq(stats_of(array).argmax, 199999);
    mmview_array_unref(array);
    ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

static int look(void *array)
{
    struct mmview_statistics stats;

    stretch("a.npy", sizeof items / 2);
    return mmview_stats(array, NULL, &stats, NULL);
}

/* A file that has become shorter is what it was without blocks. */
START_TEST(becomes_shorter)
{
    struct mmview_array *array;

    make();
    array = open_scan(MMVIEW_MODE_R);
    ck_assert_int_eq(mmview_guard(&array, 1, look, array, NULL), MMVIEW_ETRUNCATED);
    mmview_array_unref(array);
}
END_TEST

/* No descriptor is left: refused, and nothing stays mapped. */
START_TEST(no_descriptor_left)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    struct rlimit limit, none;
    int fd;

    make();
    options.flags = MMVIEW_OPEN_SCAN;
    fd = open("a.npy", O_RDONLY);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = limit;
    none.rlim_cur = (rlim_t)fd + 1;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    ck_assert_int_eq(mmview_open_fd(fd, &options, &array, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    ck_assert_int_eq(err.sys_errno, EMFILE);
    ck_assert_ptr_null(array);
    ck_assert_int_eq(maps_of("a.npy", NULL), 0);
    close(fd);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("scan");

    tcase_add_test(tcase, keeps_one);
    tcase_add_loop_test(tcase, reads_the_file, 0, 2);
    tcase_add_loop_test(tcase, finds_what_was_written, 0, 2);
    tcase_add_test(tcase, raw_data);
    tcase_add_test(tcase, becomes_shorter);
    tcase_add_test(tcase, no_descriptor_left);
    return run_suite("scan", tcase);
}

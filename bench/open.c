/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <fcntl.h>
#include <mmview.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "npy_array_peer.h"

/* Goal 1: to open and to close a .npy file, against the system calls that
 * nobody can do without, and against others who do it. */

/* Half a millisecond; against NumPy, which is ten times slower and another
 * process, ten times as long. */
#define COUNT 50

static double run_ours(void *path, unsigned count)
{
    uint64_t before = bench_clock();

    while (count--) {
        struct mmview_array *array;

        if (mmview_open(path, NULL, &array, NULL) < 0)
            bench_die("mmview_open failed");
        mmview_array_unref(array);
    }
    return (double)(bench_clock() - before);
}

/* The map of the whole file, as a program would make it that knows what the
 * header says. */
static unsigned char *raw_open(const char *path, size_t *size)
{
    unsigned char header[BENCH_NPY_OFFSET];
    struct stat status;
    void *map;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || fstat(fd, &status) < 0 ||
        pread(fd, header, sizeof header, 0) != (ssize_t)sizeof header)
        bench_die("%s: can not be read", path);
    *size = (size_t)status.st_size;
    map = mmap(NULL, *size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        bench_die("%s: can not be mapped", path);
    close(fd);
    return map;
}

static double run_raw(void *path, unsigned count)
{
    uint64_t before = bench_clock();

    while (count--) {
        size_t size;
        unsigned char *map = raw_open(path, &size);

        munmap(map, size);
    }
    return (double)(bench_clock() - before);
}

static uint64_t add_up(const unsigned char *bytes, size_t n)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += bytes[i];
    return sum;
}

/* In the words of numpy_partner.py's show(). */
static void show_ours(const char *path, char *text, size_t size)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array;
    char shape[64] = "", typestr[16];

    if (mmview_open(path, NULL, &array, &err) < 0)
        bench_die("%s: %s", path, err.message);
    for (int i = 0; i < mmview_array_ndim(array); i++)
        snprintf(shape + strlen(shape), sizeof shape - strlen(shape), "%s%jd", i ? "," : "",
                 (intmax_t)mmview_array_shape(array)[i]);
    mmview_dtype_typestr(mmview_array_dtype(array), typestr, sizeof typestr);
    snprintf(text, size, "shape %s typestr %s order %s bytes add up to %ju", shape, typestr,
             mmview_array_flags(array) & MMVIEW_C_CONTIGUOUS ? "C" : "F",
             (uintmax_t)add_up(mmview_array_data(array), (size_t)mmview_array_nbytes(array)));
    mmview_array_unref(array);
}

static void check_equal(const char *peer, const char *theirs, const char *ours)
{
    if (strcmp(theirs, ours) != 0)
        bench_die("the answers differ:\n  mmview: %s\n  %s: %s", ours, peer, theirs);
}

static void against_raw(char *path, const char *facts, double *floor)
{
    const struct bench_side ours = {run_ours, path, COUNT}, raw = {run_raw, path, COUNT};
    struct bench_pairs pairs;
    char sum[64];
    size_t size;
    unsigned char *map = raw_open(path, &size);

    /* It knows the bytes, and nothing of what they mean. */
    snprintf(sum, sizeof sum, "bytes add up to %ju",
             (uintmax_t)add_up(map + BENCH_NPY_OFFSET, size - BENCH_NPY_OFFSET));
    munmap(map, size);
    check_equal("raw", sum, strstr(facts, "bytes add up to "));

    pairs = bench_compare(ours, raw);
    *floor = pairs.peer;
    bench_row("1.raw", "open fstat pread mmap close munmap", &pairs, *floor);
}

static void against_npy_array(char *path, const char *facts, double floor)
{
    const struct bench_side ours = {run_ours, path, COUNT};
    struct bench_pairs pairs;
    char theirs[256];

    if (!npy_array_peer) {
        bench_skip("1.npy_array", "npy_array: not found by configure");
        return;
    }
    npy_array_peer->show(path, theirs, sizeof theirs);
    check_equal("npy_array", theirs, facts);
    pairs = bench_compare(ours, (struct bench_side){npy_array_peer->open_and_close, path, COUNT});
    bench_row("1.npy_array", "npy_array_mmap + free", &pairs, floor);
}

static void against_numpy(char *path, const char *facts, double floor)
{
    const char *argv[] = {getenv("PYTHON_NUMPY"), getenv("NUMPY_PARTNER"), NULL};
    struct partner_task task = {NULL, "open_r", path};
    const struct bench_side ours = {run_ours, path, 10 * COUNT};
    const struct bench_side peer = {partner_work, &task, COUNT};
    struct bench_pairs pairs;
    char answer[256];

    if (!argv[0] || !*argv[0]) {
        bench_skip("1.numpy", "NumPy: not found by configure");
        return;
    }
    task.partner = partner_start(argv);
    partner_ask(task.partner, answer, sizeof answer, "version");
    bench_note("NumPy", "%s", answer);
    partner_ask(task.partner, answer, sizeof answer, "show\topen_r\t%s", path);
    check_equal("NumPy", answer, facts);
    pairs = bench_compare(ours, peer);
    bench_row("1.numpy", "numpy.load(mmap_mode='r')", &pairs, floor);
    partner_stop(task.partner);
}

int main(int argc, char **argv)
{
    char *path = bench_path(bench_begin(argc, argv), "open.npy");
    char facts[256];
    double floor;

    bench_write_npy(path, 1000, 1000);
    show_ours(path, facts, sizeof facts);
    against_raw(path, facts, &floor);
    against_npy_array(path, facts, floor);
    against_numpy(path, facts, floor);
    free(path);
    return 0;
}

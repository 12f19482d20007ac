/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <mmview.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Goal 12: single elements, here and there in a file that is on the disk and not
 * in memory, with the advice for that against none. */

/* 1 GiB: so much that hardly an access meets what was read ahead for another. */
#define ROWS    8192u
#define COLUMNS 16384u

/* Accesses between one emptying of the page cache and the next. */
#define COUNT 8

struct subject {
    const char *path;
    unsigned rows, columns;
    enum mmview_advice advice;
    uint64_t random;          /* the state of the generator: both sides begin alike */
    uint64_t accesses, bytes; /* what was read from the disk for them */
};

/* What this process has had read from disks, or -1 where the kernel does not say. */
static int64_t bytes_read(void)
{
    static const char key[] = "read_bytes: ";
    FILE *file = fopen("/proc/self/io", "r");
    char line[128];
    int64_t bytes = -1;

    while (file && bytes < 0 && fgets(line, sizeof line, file))
        if (strncmp(line, key, strlen(key)) == 0)
            bytes = strtoll(line + strlen(key), NULL, 10);
    if (file)
        fclose(file);
    return bytes;
}

/* Empties the page cache of the file, which nobody may have mapped. Pages that are
 * not on the disk yet would stay. */
static void forget(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || fsync(fd) < 0)
        bench_die("%s: %s", path, strerror(errno));
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double run(void *context, unsigned count)
{
    struct subject *subject = context;
    struct mmview_array *array;
    uint64_t size = (uint64_t)subject->rows * subject->columns, before, after;
    int64_t bytes;
    const double *values;

    forget(subject->path);
    if (mmview_open(subject->path, NULL, &array, NULL) < 0 ||
        mmview_array_advise(array, subject->advice, NULL) < 0)
        bench_die("%s: can not be opened", subject->path);
    values = mmview_array_data(array);
    bytes = bytes_read();
    before = bench_clock();
    for (unsigned i = 0; i < count; i++) {
        uint64_t place = next_random(&subject->random) % size;

        if (values[place] != (double)place / 2)
            bench_die("the answers differ: element %ju", (uintmax_t)place);
    }
    after = bench_clock();
    subject->bytes += (uint64_t)(bytes_read() - bytes);
    subject->accesses += count;
    mmview_array_unref(array);
    return (double)(after - before);
}

static void skip(const char *reason)
{
    bench_skip("12.bytes", "%s", reason);
    bench_skip("12.default", "%s", reason);
}

static int has_room(const char *folder, uint64_t bytes)
{
    struct statvfs status;

    return statvfs(folder, &status) == 0 && (uint64_t)status.f_bavail * status.f_frsize > bytes;
}

static void measure(struct subject *ours, struct subject *peer)
{
    const struct bench_side random = {run, ours, COUNT}, normal = {run, peer, COUNT};
    struct bench_pairs pairs = bench_compare(random, normal), bytes;
    double page = (double)sysconf(_SC_PAGESIZE);

    if (ours->bytes == 0 || peer->bytes == 0) {
        skip("a disk: this file system reads from none, or does not count it");
        return;
    }
    bytes = (struct bench_pairs){
        .ours = (double)ours->bytes / (double)ours->accesses, .peer = page, .pairs = pairs.pairs};
    bytes.ratio = bytes.low = bytes.high = bytes.ours / page;
    bench_bytes("12.bytes", "a page", &bytes);
    bench_row("12.default", "MMVIEW_ADVICE_NORMAL", &pairs, 0);
}

int main(int argc, char **argv)
{
    const char *folder = bench_begin(argc, argv);
    char *path = bench_path(folder, "random.npy");
    struct subject ours = {.path = path,
                           .rows = bench_smoke() ? 256 : ROWS,
                           .columns = COLUMNS,
                           .advice = MMVIEW_ADVICE_RANDOM,
                           .random = 88172645463325252u};
    struct subject peer = ours;

    peer.advice = MMVIEW_ADVICE_NORMAL;
    if (bytes_read() < 0) {
        skip("/proc/self/io: this kernel has none");
    } else if (!has_room(folder, 2 * (uint64_t)ours.rows * ours.columns * sizeof(double))) {
        skip("room for a file of 1 GiB: the disk is nearly full");
    } else {
        bench_write_npy(path, ours.rows, ours.columns);
        measure(&ours, &peer);
        unlink(path);
    }
    free(path);
    return 0;
}

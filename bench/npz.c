/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <fcntl.h>
#include <inttypes.h>
#include <mmview.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Archives: a member against a file of its own, and a large archive against a small
 * one, which are to be listed in the same time. */

#define NAME "x.npy"

/* What is written to a file, byte by byte. */
struct out {
    FILE *file;
    uint64_t length;
};

static void put(struct out *out, const void *bytes, size_t length)
{
    if (fwrite(bytes, 1, length, out->file) != length)
        bench_die("an archive can not be written");
    out->length += length;
}

static void put_number(struct out *out, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)number;

        put(out, &byte, 1);
        number >>= 8;
    }
}

/* The part that a member's own header and its entry share; sizes are of 64 bits, and
 * of the data no CRC is made. */
static void put_common(struct out *out)
{
    put_number(out, 45, 2);
    put_number(out, 0, 2 + 2 + 4 + 4);
    put_number(out, UINT64_MAX, 8);
    put_number(out, strlen(NAME), 2);
}

static void put_extra(struct out *out, uint64_t size)
{
    put_number(out, 1, 2);
    put_number(out, 16, 2);
    put_number(out, size, 8);
    put_number(out, size, 8);
}

/* An archive of one stored member, an array of so many float64: zeros, and of most
 * of them but a hole. */
static void write_npz(const char *path, uint64_t count)
{
    uint64_t size = BENCH_NPY_OFFSET + 8 * count, begin, end;
    struct out out = {fopen(path, "wb"), 0};
    char header[BENCH_NPY_OFFSET - 10];
    int length;

    if (!out.file)
        bench_die("%s: can not be written", path);
    put(&out, "PK\3\4", 4);
    put_common(&out);
    put_number(&out, 20, 2);
    put(&out, NAME, strlen(NAME));
    put_extra(&out, size);
    length = snprintf(header, sizeof header,
                      "{'descr': '<f8', 'fortran_order': False, 'shape': (%" PRIu64 ",), }", count);
    memset(header + length, ' ', sizeof header - (size_t)length - 1);
    header[sizeof header - 1] = '\n';
    put(&out, "\x93NUMPY\1", 8);
    put_number(&out, sizeof header, 2);
    put(&out, header, sizeof header);
    if (fseeko(out.file, (off_t)(8 * count), SEEK_CUR) != 0)
        bench_die("%s: can not be so long", path);
    out.length += 8 * count;
    begin = out.length;
    put(&out, "PK\1\2\55\0", 6);
    put_common(&out);
    put_number(&out, 20, 2);
    put_number(&out, 0, 2 + 2 + 2 + 4 + 4);
    put(&out, NAME, strlen(NAME));
    put_extra(&out, size);
    end = out.length;
    put(&out, "PK\6\6", 4);
    put_number(&out, 44, 8);
    put_number(&out, 45, 2);
    put_number(&out, 45, 2);
    put_number(&out, 0, 8);
    put_number(&out, 1, 8);
    put_number(&out, 1, 8);
    put_number(&out, end - begin, 8);
    put_number(&out, begin, 8);
    put(&out, "PK\6\7", 4);
    put_number(&out, 0, 4);
    put_number(&out, end, 8);
    put_number(&out, 1, 4);
    put(&out, "PK\5\6\0\0\0\0\377\377\377\377\377\377\377\377\377\377\377\377\0\0", 22);
    if (fclose(out.file) != 0)
        bench_die("%s: can not be written", path);
}

static double run_member(void *npz, unsigned count)
{
    uint64_t before = bench_clock();

    while (count--) {
        struct mmview_array *array;

        if (mmview_npz_member(npz, 0, NULL, &array, NULL) < 0)
            bench_die("mmview_npz_member failed");
        mmview_array_unref(array);
    }
    return (double)(bench_clock() - before);
}

static double run_file(void *path, unsigned count)
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

/* The member is the array that the archive was made for. */
static struct mmview_npz *open_npz(const char *path, uint64_t count)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    struct mmview_npz *npz = NULL;

    if (mmview_npz_open(path, NULL, &npz, &err) < 0 ||
        mmview_npz_member(npz, 0, NULL, &array, &err) < 0)
        bench_die("%s: %s", path, err.message);
    if ((uint64_t)mmview_array_size(array) != count)
        bench_die("the answers differ: %jd items, not %ju", (intmax_t)mmview_array_size(array),
                  (uintmax_t)count);
    mmview_array_unref(array);
    return npz;
}

static void time_member(const char *folder)
{
    char *npz_path = bench_path(folder, "member.npz"), *npy = bench_path(folder, "member.npy");
    struct bench_pairs pairs;
    struct mmview_npz *npz;

    write_npz(npz_path, 1000000);
    bench_write_npy(npy, 1000, 1000);
    npz = open_npz(npz_path, 1000000);
    pairs = bench_compare((struct bench_side){run_member, npz, 50},
                          (struct bench_side){run_file, npy, 50});
    bench_row("npz.member", "mmview_open of a .npy file", &pairs, pairs.peer);
    mmview_npz_unref(npz);
    free(npz_path);
    free(npy);
}

static void time_ls(const char *folder)
{
    const char *mmview = getenv("MMVIEW");
    char *small = bench_path(folder, "small.npz"), *large = bench_path(folder, "large.npz");
    char *library = child_preload();
    const char *ls_small[] = {library, mmview, "ls", "--json", small, NULL};
    const char *ls_large[] = {library, mmview, "ls", "--json", large, NULL};
    struct bench_pairs pairs;

    if (!mmview || !*mmview)
        bench_die("MMVIEW is not set");
    write_npz(small, 1250);
    write_npz(large, 1250000000);
    mmview_npz_unref(open_npz(small, 1250));
    mmview_npz_unref(open_npz(large, 1250000000));
    pairs = bench_compare((struct bench_side){child_work, ls_large, 1},
                          (struct bench_side){child_work, ls_small, 1});
    bench_row("npz.ls", "the same of 10 KB", &pairs, pairs.peer);
    unlink(large);
    free(library);
    free(small);
    free(large);
}

int main(int argc, char **argv)
{
    const char *folder = bench_begin(argc, argv);

    time_member(folder);
    time_ls(folder);
    return 0;
}

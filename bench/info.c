/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Goal 2: `mmview info FILE` as a whole process, against a program that does
 * nothing, and against those that people ask for a shape today. */

#define ROWS    1000
#define COLUMNS 1000

static const char python_shape[] =
    "import sys, numpy; print(numpy.load(sys.argv[1], mmap_mode='r').shape)";

static const char *needed(const char *variable)
{
    const char *value = bench_given(variable);

    if (!value)
        bench_die("%s is not set", variable);
    return value;
}

/* That a command prints the shape: the numbers after `mark`, and no others. */
static void check_shape(const char *const argv[], const char *mark)
{
    char text[4096], shape[64] = "", expected[64];
    const char *p;
    size_t n = 0;

    child_output(argv, text, sizeof text);
    p = strstr(text, mark);
    for (; p && *p && n < sizeof shape - 1; p++)
        if (isdigit((unsigned char)*p))
            shape[n++] = *p;
        else if (n > 0 && shape[n - 1] != ' ')
            shape[n++] = ' ';
    while (n > 0 && shape[n - 1] == ' ')
        n--;
    shape[n] = 0;
    snprintf(expected, sizeof expected, "%d %d", ROWS, COLUMNS);
    if (strcmp(shape, expected) != 0)
        bench_die("%s: the answers differ: shape %s, not %s, in:\n%s", argv[0], shape, expected,
                  text);
}

static double compare(const char *goal, const char *name, const char **ours, const char **peer,
                      double floor)
{
    struct bench_pairs pairs = bench_compare((struct bench_side){child_work, ours, 1},
                                             (struct bench_side){child_work, peer, 1});

    bench_row(goal, name, &pairs, floor > 0 ? floor : pairs.peer);
    return pairs.peer;
}

/* h5ls is timed on the same array as HDF5, which h5import makes. */
static void time_h5ls(const char *folder, const char *h5ls, const char *h5import, const char **ours,
                      double floor)
{
    char *raw = bench_path(folder, "info.raw"), *hdf5 = bench_path(folder, "info.h5");
    const char *list[] = {h5ls, hdf5, NULL};
    char dims[32], version[128];

    bench_write_raw(raw, ROWS, COLUMNS);
    snprintf(dims, sizeof dims, "%d,%d", ROWS, COLUMNS);
    child_work(
        (const char *[]){h5import, raw, "-d", dims, "-t", "FP", "-s", "64", "-o", hdf5, NULL}, 1);
    child_output((const char *[]){h5ls, "-V", NULL}, version, sizeof version);
    version[strcspn(version, "\n")] = 0;
    bench_note("HDF5", "%s", version);

    check_shape(list, "{");
    compare("2.h5ls", "h5ls FILE.h5", ours, list, floor);
    free(raw);
    free(hdf5);
}

static void against_h5ls(const char *folder, const char **ours, double floor)
{
    char *h5ls = child_find("h5ls"), *h5import = child_find("h5import");

    if (h5ls && h5import)
        time_h5ls(folder, h5ls, h5import, ours, floor);
    else
        bench_skip("2.h5ls", "%s: not installed", h5ls ? "h5import" : "h5ls");
    free(h5ls);
    free(h5import);
}

static void against_python(char *npy, const char **ours, double floor)
{
    const char *argv[] = {bench_given("PYTHON_NUMPY"), "-c", python_shape, npy, NULL};

    if (!argv[0]) {
        bench_skip("2.python", "NumPy: not found by configure");
        return;
    }
    check_shape(argv, "(");
    compare("2.python", "python3 -c 'numpy.load(FILE).shape'", ours, argv, floor);
}

int main(int argc, char **argv)
{
    const char *folder = bench_begin(argc, argv);
    char *npy = bench_path(folder, "info.npy"), *library = child_preload();
    const char *ours[] = {library, needed("MMVIEW"), "info", npy, NULL};
    const char *empty[] = {needed("BENCH_EMPTY"), NULL};
    double floor;

    bench_write_npy(npy, ROWS, COLUMNS);
    check_shape((const char *[]){library, ours[1], "info", "-f", "shape", npy, NULL}, "");
    floor = compare("2.empty", "an empty main()", ours, empty, 0);
    against_h5ls(folder, ours, floor);
    against_python(npy, ours, floor);
    free(library);
    free(npy);
    return 0;
}

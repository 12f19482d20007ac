/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Goal 3: `mmview dump --lines` as a whole process, against those that people write
 * numbers with today. Goal 4: the same into a pipe, against `cat` of the text. */

/* Bytes that any of the sides takes for a value at most. */
#define TEXT_MOST 40

struct files {
    char *floats, *integers; /* .npy */
    char *cdl, *netcdf;
    char *text;     /* the lines of floats */
    unsigned count; /* of numbers in each: so many that to start a process is nothing */
};

static void write_file(const char *path, const void *head, size_t head_size, const void *data,
                       size_t size)
{
    FILE *file = fopen(path, "wb");

    if (!file)
        bench_die("%s: %s", path, strerror(errno));
    fwrite(head, 1, head_size, file);
    fwrite(data, 1, size, file);
    if (ferror(file) | fclose(file))
        bench_die("%s: can not be written", path);
}

static void write_npy(const char *path, const char *descr, const void *data, unsigned count)
{
    char header[BENCH_NPY_OFFSET] = {'\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0, BENCH_NPY_OFFSET - 10};
    int length =
        snprintf(header + 10, sizeof header - 10,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (%u,), }", descr, count);

    memset(header + 10 + length, ' ', sizeof header - 10 - (size_t)length);
    header[sizeof header - 1] = '\n';
    write_file(path, header, sizeof header, data, (size_t)count * 8);
}

static void *allocate(size_t size)
{
    void *memory = malloc(size);

    if (!memory)
        bench_die("out of memory");
    return memory;
}

/* What a command prints, to be freed. */
static char *output_of(const char *const argv[], unsigned count)
{
    size_t size = 4096 + (size_t)count * TEXT_MOST;
    char *text = allocate(size);

    child_output(argv, text, size);
    return text;
}

/* Numbers with all their digits; and integers of up to ten. The same on any machine
 * and in any run. */
static void write_numbers(const struct files *files)
{
    double *floats = allocate(files->count * sizeof *floats);
    int64_t *integers = allocate(files->count * sizeof *integers);
    uint64_t state = 1;

    for (unsigned i = 0; i < files->count; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        floats[i] = ldexp((double)(state >> 11), -43) - 512;
    }
    for (unsigned i = 0; i < files->count; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        integers[i] = (int64_t)(state >> 30) - ((int64_t)1 << 33);
    }
    write_npy(files->floats, "<f8", floats, files->count);
    write_npy(files->integers, "<i8", integers, files->count);
    free(floats);
    free(integers);
}

/* The numbers in a text, from a mark on, compared with those of our lines. */
static void check_numbers(const char *name, const char *ours, const char *text, const char *mark,
                          unsigned count)
{
    const char *p = strstr(text, mark);
    char *end;

    if (!p)
        bench_die("%s: the answers differ: no '%s'", name, mark);
    p += strlen(mark);
    for (unsigned i = 0; i < count; i++, p = end) {
        double wanted = strtod(ours, &end), found;

        if (end == ours)
            bench_die("%s: the answers differ: only %u values are ours", name, i);
        ours = end;
        p += strspn(p, ", \n");
        found = strtod(p, &end);
        if (end == p || wanted < found || wanted > found)
            bench_die("%s: the answers differ: value %u is %.17g, not %.17g", name, i, wanted,
                      found);
    }
}

static void compare(const char *goal, const char *name, const char **ours, struct bench_side peer)
{
    struct bench_pairs pairs = bench_compare((struct bench_side){child_work, ours, 1}, peer);

    bench_row(goal, name, &pairs, 0);
}

/* A peer that is a command. */
static void against_command(const char *goal, const char *name, const char **ours,
                            const char **argv, const char *mark, unsigned count)
{
    char *lines, *text;

    if (!argv[0]) {
        bench_skip(goal, "%.*s: not installed", (int)strcspn(name, " "), name);
        return;
    }
    lines = output_of(ours, count);
    text = output_of(argv, count);
    check_numbers(name, lines, text, mark, count);
    free(lines);
    free(text);
    compare(goal, name, ours, (struct bench_side){child_work, argv, 1});
}

/* Makes a netCDF file of the lines. False: there is no program for it. */
static bool make_netcdf(const struct files *files, const char *lines)
{
    char *ncgen = child_find("ncgen"), *cdl = strdup(lines), head[128];
    size_t length = strlen(lines);

    if (!ncgen || !cdl) {
        free(ncgen);
        free(cdl);
        return false;
    }
    for (size_t i = 0; i + 1 < length; i++)
        if (cdl[i] == '\n')
            cdl[i] = ',';
    memcpy(cdl + length - 1, ";", 1);
    snprintf(head, sizeof head,
             "netcdf x {\ndimensions: n = %u;\nvariables: double v(n);\ndata: v = ", files->count);
    cdl = realloc(cdl, length + 2);
    if (!cdl)
        bench_die("out of memory");
    strcpy(cdl + length, "}");
    write_file(files->cdl, head, strlen(head), cdl, length + 1);
    child_work((const char *[]){ncgen, "-o", files->netcdf, files->cdl, NULL}, 1);
    free(cdl);
    free(ncgen);
    return true;
}

/* A peer that is Python: the whole output is checked once, as a process, and the
 * work is timed without the start of one. */
static void against_python(const struct files *files, const char **ours)
{
    static const char say_repr[] =
        "import sys, numpy; print('\\n'.join(map(repr, numpy.load(sys.argv[1]).tolist())))";
    static const char say_savetxt[] =
        "import sys, numpy; numpy.savetxt(sys.stdout, numpy.load(sys.argv[1]))";
    const char *python = bench_given("PYTHON_NUMPY"), *script = bench_given("NUMPY_PARTNER");
    struct partner *partner;
    char *lines, *text;

    if (!python || !script) {
        bench_skip("3.python_repr", "NumPy: not found by configure");
        bench_skip("3.savetxt", "NumPy: not found by configure");
        return;
    }
    lines = output_of(ours, files->count);
    text = output_of((const char *[]){python, "-c", say_repr, files->floats, NULL}, files->count);
    if (strcmp(lines, text) != 0)
        bench_die("Python repr: the answers differ: the bytes are not the same");
    free(text);
    text =
        output_of((const char *[]){python, "-c", say_savetxt, files->floats, NULL}, files->count);
    check_numbers("numpy.savetxt", lines, text, "", files->count);
    free(text);
    free(lines);

    partner = partner_start((const char *[]){python, script, NULL});
    compare("3.python_repr", "'\\n'.join(map(repr, a.tolist()))", ours,
            (struct bench_side){partner_work,
                                &(struct partner_task){partner, "write_repr", files->floats}, 1});
    compare("3.savetxt", "numpy.savetxt", ours,
            (struct bench_side){
                partner_work, &(struct partner_task){partner, "write_savetxt", files->floats}, 1});
    partner_stop(partner);
}

static void into_a_pipe(const struct files *files, const char **ours)
{
    const char *cat[] = {child_find("cat"), files->text, NULL};
    struct bench_pairs pairs;

    if (!cat[0])
        bench_die("there is no cat");
    pairs = bench_compare((struct bench_side){child_pipe_work, ours, 1},
                          (struct bench_side){child_pipe_work, cat, 1});
    bench_row("4.cat", "cat of the text", &pairs, pairs.peer);
}

int main(int argc, char **argv)
{
    const char *folder = bench_begin(argc, argv), *mmview = bench_given("MMVIEW");
    struct files files = {
        .floats = bench_path(folder, "floats.npy"),
        .integers = bench_path(folder, "integers.npy"),
        .cdl = bench_path(folder, "floats.cdl"),
        .netcdf = bench_path(folder, "floats.nc"),
        .text = bench_path(folder, "floats.txt"),
        .count = bench_smoke() ? 2000 : 1000000,
    };
    char *preload = child_preload(), *lines;
    bool has_netcdf;

    if (!mmview)
        bench_die("MMVIEW is not set");
    write_numbers(&files);

    const char *floats[] = {preload, mmview, "dump", "--lines", files.floats, NULL};
    const char *integers[] = {preload, mmview, "dump", "--lines", files.integers, NULL};

    lines = output_of(floats, files.count);
    write_file(files.text, lines, strlen(lines), "", 0);
    has_netcdf = make_netcdf(&files, lines);
    free(lines);

    /* Most digits, which is what it takes to read the same number back. */
    against_command("3.ncdump", "ncdump -p 9,17", floats,
                    (const char *[]){has_netcdf ? child_find("ncdump") : NULL, "-p", "9,17",
                                     files.netcdf, NULL},
                    " v =", files.count);
    against_command("3.od", "od -t f8", floats,
                    (const char *[]){child_find("od"), "-A", "n", "-v", "-t", "f8", "-j", "128",
                                     files.floats, NULL},
                    "", files.count);
    against_python(&files, floats);
    against_command("3.od_integers", "od -t d8", integers,
                    (const char *[]){child_find("od"), "-A", "n", "-v", "-t", "d8", "-j", "128",
                                     files.integers, NULL},
                    "", files.count);
    into_a_pipe(&files, floats);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "bench.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* More pairs than any comparison gets in its second. Odd, as every count of
 * pairs is, so that a median is one of the values. */
#define MAX_PAIRS 4001

static struct {
    const char *name;
    int smoke;
} program = {"bench", 0};

const char *bench_begin(int argc, char **argv)
{
    program.name = argv[0];
    program.smoke = argc == 3 && strcmp(argv[1], "--smoke") == 0;
    if (argc != 2 && !program.smoke)
        bench_die("usage: [--smoke] FOLDER");
    return argv[argc - 1];
}

int bench_smoke(void)
{
    return program.smoke;
}

const char *bench_given(const char *variable)
{
    const char *value = getenv(variable);

    return value && *value ? value : NULL;
}

void bench_die(const char *format, ...)
{
    va_list args;

    fflush(stdout);
    fprintf(stderr, "%s: ", program.name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

uint64_t bench_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double bench_median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, compare_doubles);
    return values[n / 2];
}

/* Nanoseconds of one time. */
static double run(const struct bench_side *side)
{
    return side->work(side->context, side->count) / side->count;
}

struct bench_pairs bench_compare(struct bench_side ours, struct bench_side peer)
{
    static double a[MAX_PAIRS], b[MAX_PAIRS], ratios[MAX_PAIRS];
    const uint64_t budget = program.smoke ? 0 : 1000000000u;
    const unsigned least = program.smoke ? 3 : 5;
    struct bench_pairs result = {0};
    unsigned n = 0;

    /* Once without looking: caches, page cache, lazy binding. */
    ours.work(ours.context, 1);
    peer.work(peer.context, 1);

    for (uint64_t start = bench_clock();
         n < MAX_PAIRS && (n < least || n % 2 == 0 || bench_clock() - start < budget); n++) {
        /* Neither side is always the one that runs after the other. */
        if (n % 2)
            b[n] = run(&peer);
        a[n] = run(&ours);
        if (n % 2 == 0)
            b[n] = run(&peer);
        ratios[n] = a[n] / b[n];
    }

    result.pairs = n;
    result.ours = bench_median(a, n);
    result.peer = bench_median(b, n);
    result.ratio = bench_median(ratios, n);
    result.low = ratios[n / 4];
    result.high = ratios[n - 1 - n / 4];
    return result;
}

static void print_row(const char *kind, const char *goal, const char *peer,
                      const struct bench_pairs *pairs, double floor)
{
    printf("%s\t%s\t%s\t%.1f\t%.1f\t%.1f\t%.6f\t%.6f\t%.6f\t%u\n", kind, goal, peer, pairs->ours,
           pairs->peer, floor, pairs->ratio, pairs->low, pairs->high, pairs->pairs);
    fflush(stdout);
}

void bench_row(const char *goal, const char *peer, const struct bench_pairs *pairs, double floor)
{
    print_row("row", goal, peer, pairs, floor);
}

void bench_bytes(const char *goal, const char *peer, const struct bench_pairs *pairs)
{
    print_row("bytes", goal, peer, pairs, 0);
}

void bench_skip(const char *goal, const char *format, ...)
{
    va_list args;

    printf("skip\t%s\t", goal);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

void bench_note(const char *name, const char *format, ...)
{
    va_list args;

    printf("note\t%s\t", name);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

char *bench_path(const char *folder, const char *name)
{
    char *path;

    if (asprintf(&path, "%s/%s", folder, name) < 0)
        bench_die("out of memory");
    return path;
}

static FILE *create(const char *path)
{
    FILE *file = fopen(path, "wb");

    if (!file)
        bench_die("%s: %s", path, strerror(errno));
    return file;
}

static void write_values(FILE *file, const char *path, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        double value = (double)i / 2;
        unsigned char bytes[8];
        uint64_t bits;

        memcpy(&bits, &value, sizeof bits);
        for (int k = 0; k < 8; k++)
            bytes[k] = (unsigned char)(bits >> 8 * k);
        fwrite(bytes, sizeof bytes, 1, file);
    }
    if (ferror(file) | fclose(file))
        bench_die("%s: can not be written", path);
}

void bench_write_npy(const char *path, unsigned rows, unsigned columns)
{
    /* Magic, version 1.0, and the length of the text, which spaces fill up. */
    char header[BENCH_NPY_OFFSET] = {'\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0, BENCH_NPY_OFFSET - 10};
    FILE *file = create(path);
    int length =
        snprintf(header + 10, sizeof header - 10,
                 "{'descr': '<f8', 'fortran_order': False, 'shape': (%u, %u), }", rows, columns);

    memset(header + 10 + length, ' ', sizeof header - 10 - (size_t)length);
    header[sizeof header - 1] = '\n';
    fwrite(header, sizeof header, 1, file);
    write_values(file, path, (uint64_t)rows * columns);
}

void bench_write_raw(const char *path, unsigned rows, unsigned columns)
{
    write_values(create(path), path, (uint64_t)rows * columns);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMVIEW_BENCH_H
#define MMVIEW_BENCH_H

#include <stddef.h>
#include <stdint.h>

/* What the benchmark programs share. Each is run as
 *
 *     PROGRAM [--smoke] FOLDER
 *
 * checks that all sides of a comparison give equal answers, times them, and
 * prints lines of tab-separated fields for bench/report.awk:
 *
 *     note  NAME  TEXT                 a line for the head of the report
 *     row   GOAL  PEER  NANOSECONDS...  a comparison: see bench_row()
 *     bytes GOAL  PEER  BYTES...        likewise: see bench_bytes()
 *     skip  GOAL  REASON               a comparison that can not be made here
 */

/* To be called first. Returns FOLDER, where a program may make its files.
 * --smoke is for `make check`: all is run, nothing is measured well. */
const char *bench_begin(int argc, char **argv);
int bench_smoke(void);

/* A variable of the environment, in which bench/run names what was built or found for
 * the benchmarks; NULL if it is not there or empty. */
const char *bench_given(const char *variable);

/* Ends the program with its reason: without equal answers there are no
 * figures. */
_Noreturn void bench_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t bench_clock(void);

/* One side of a comparison. `work` does the same thing `count` times and
 * returns the nanoseconds that took. The counts should make both sides about
 * equally long, so that both pay alike for starting with cold caches. */
struct bench_side {
    double (*work)(void *context, unsigned count);
    void *context;
    unsigned count;
};

/* Nanoseconds of one time, medians; and ours / peer, the median and the
 * quartiles of the ratios of the pairs. */
struct bench_pairs {
    double ours, peer;
    double ratio, low, high;
    unsigned pairs;
};

/* Runs both sides in turn for about a second: what disturbs the machine
 * meanwhile disturbs both alike. */
struct bench_pairs bench_compare(struct bench_side ours, struct bench_side peer);

/* Reports a comparison. GOAL is a key of bench/goals.tsv; `floor` the least
 * that any program would need, in nanoseconds, or 0 if there is none. */
void bench_row(const char *goal, const char *peer, const struct bench_pairs *pairs, double floor);
/* The same for what is counted in bytes, not nanoseconds. */
void bench_bytes(const char *goal, const char *peer, const struct bench_pairs *pairs);
void bench_skip(const char *goal, const char *format, ...) __attribute__((format(printf, 2, 3)));
void bench_note(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The median of n values, which get sorted. */
double bench_median(double *values, size_t n);

/* FOLDER/NAME, to be freed, or kept until the program ends. */
char *bench_path(const char *folder, const char *name);

/* The file that most comparisons use: '<f8', C order, 0.0, 0.5, 1.0... The
 * data of the .npy file starts at byte BENCH_NPY_OFFSET; the raw file is the
 * data alone. */
#define BENCH_NPY_OFFSET 128
void bench_write_npy(const char *path, unsigned rows, unsigned columns);
void bench_write_raw(const char *path, unsigned rows, unsigned columns);

#endif

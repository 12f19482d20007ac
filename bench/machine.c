/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

/* The head of the report: which machine this is, and the floors that its
 * memory sets to whatever reads, writes or copies an array. */

#define MAX_THREADS 2
#define PASSES      9

struct part {
    pthread_t thread;
    pthread_barrier_t *barrier;
    void (*operation)(struct part *part);
    unsigned char *target, *source;
    size_t size;
    uint64_t start, end;
};

/* Four sums, lest the adding be slower than the memory; four variables, since
 * gcc keeps an array of them in memory. Wide loads read a quarter faster. */
#define DEFINE_READ_ALL(name, width, target)                        \
    target static void name(struct part *part)                      \
    {                                                               \
        typedef uint64_t lanes __attribute__((vector_size(width))); \
        const lanes *p = (const lanes *)(const void *)part->source; \
        lanes a = {0}, b = {0}, c = {0}, d = {0};                   \
                                                                    \
        for (size_t i = 0; i < part->size / sizeof *p; i += 4) {    \
            a += p[i];                                              \
            b += p[i + 1];                                          \
            c += p[i + 2];                                          \
            d += p[i + 3];                                          \
        }                                                           \
        a += b + c + d;                                             \
        __asm__ volatile("" : : "r"(&a) : "memory");                \
    }

DEFINE_READ_ALL(read_narrow, 16, )
#ifdef __x86_64__
DEFINE_READ_ALL(read_wide, 32, __attribute__((target("avx2"))))
#endif

static void read_all(struct part *part)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2")) {
        read_wide(part);
        return;
    }
#endif
    read_narrow(part);
}

static void write_all(struct part *part)
{
    memset(part->target, 1, part->size);
}

static void copy_all(struct part *part)
{
    memcpy(part->target, part->source, part->size);
}

static void *run_part(void *argument)
{
    struct part *part = argument;

    pthread_barrier_wait(part->barrier);
    part->start = bench_clock();
    part->operation(part);
    __asm__ volatile("" : : "r"(part->target) : "memory");
    part->end = bench_clock();
    return NULL;
}

/* Nanoseconds from the first thread's start to the last one's end. */
static double one_pass(struct part *parts, unsigned threads)
{
    pthread_barrier_t barrier;
    uint64_t start = UINT64_MAX, end = 0;

    pthread_barrier_init(&barrier, NULL, threads);
    for (unsigned i = 0; i < threads; i++) {
        parts[i].barrier = &barrier;
        if (pthread_create(&parts[i].thread, NULL, run_part, &parts[i]) != 0)
            bench_die("no thread");
    }
    for (unsigned i = 0; i < threads; i++) {
        pthread_join(parts[i].thread, NULL);
        start = parts[i].start < start ? parts[i].start : start;
        end = parts[i].end > end ? parts[i].end : end;
    }
    pthread_barrier_destroy(&barrier);
    return (double)(end - start);
}

/* Bytes per nanosecond, which is GB per second. */
static double speed(void (*operation)(struct part *), unsigned char *target, unsigned char *source,
                    size_t size, unsigned threads)
{
    struct part parts[MAX_THREADS];
    double times[PASSES];

    for (unsigned i = 0; i < threads; i++) {
        size_t first = size / threads * i;

        parts[i] = (struct part){
            .operation = operation,
            .target = target + first,
            .source = source + first,
            .size = size / threads,
        };
    }
    for (size_t i = 0; i < PASSES; i++)
        times[i] = one_pass(parts, threads);
    return (double)size / bench_median(times, PASSES);
}

/* Huge pages where there are any: a floor should not measure page faults. */
static unsigned char *memory(size_t size)
{
    unsigned char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (p == MAP_FAILED)
        bench_die("out of memory");
    madvise(p, size, MADV_HUGEPAGE);
    memset(p, 1, size);
    return p;
}

static void note_floors(void)
{
    static const struct {
        const char *name;
        void (*operation)(struct part *);
    } floors[] = {{"read", read_all}, {"memset", write_all}, {"memcpy", copy_all}};
    const size_t size = bench_smoke() ? (size_t)4 << 20 : (size_t)256 << 20;
    unsigned char *target = memory(size), *source = memory(size);
    const long cpus = sysconf(_SC_NPROCESSORS_ONLN);

    for (size_t i = 0; i < sizeof floors / sizeof *floors; i++) {
        double one = speed(floors[i].operation, target, source, size, 1);

        if (cpus > 1)
            bench_note(floors[i].name, "%.1f GB/s, with 2 threads %.1f", one,
                       speed(floors[i].operation, target, source, size, 2));
        else
            bench_note(floors[i].name, "%.1f GB/s, with 2 threads unknown: one processor", one);
    }
    munmap(target, size);
    munmap(source, size);
}

static void note_processor(const char *otherwise)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[256], model[256];

    strcpy(model, "processor");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "model name : %255[^\n]", model) == 1)
            break;
    if (file)
        fclose(file);
    bench_note("CPU", "%ld x %s, %s", sysconf(_SC_NPROCESSORS_ONLN), model, otherwise);
}

int main(int argc, char **argv)
{
    const char *flags = getenv("BENCH_CFLAGS");
    struct utsname system;
    double load = 0;

    bench_begin(argc, argv);
    uname(&system);
    note_processor(system.machine);
    bench_note("kernel", "%s %s", system.sysname, system.release);
#ifdef __clang__
    bench_note("compiler", "%s %s", __VERSION__, flags ? flags : "");
#else
    bench_note("compiler", "gcc %s %s", __VERSION__, flags ? flags : "");
#endif
    getloadavg(&load, 1);
    bench_note("load", "%.2f in the minute before", load);
    note_floors();
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <fcntl.h>
#include <mmview.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Goal 10: to append a row, which readers then see, against a bare pwrite of the row
 * and against npy-append-array. All keep their file open. */

#define COLUMNS 128
#define COUNT   500

/* Then the file is begun anew, so that a measurement does not fill the disk. */
#define MOST_ROWS 100000

static double row[COLUMNS];

struct file {
    char *path;
    struct mmview_writer *writer;
    int fd; /* of raw files */
    off_t end;
};

static void begin(struct file *file)
{
    struct mmview_writer_options options = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    mmview_writer_cancel(file->writer);
    bench_write_npy(file->path, 1, COLUMNS);
    options.flags = MMVIEW_WRITE_LIVE;
    if (mmview_writer_append(file->path, &options, &file->writer, &err) < 0)
        bench_die("%s: %s", file->path, err.message);
}

static double run_ours(void *context, unsigned count)
{
    struct file *file = context;
    uint64_t before;

    if (mmview_writer_rows(file->writer) > MOST_ROWS)
        begin(file);
    before = bench_clock();
    while (count--)
        if (mmview_writer_put(file->writer, row, sizeof row, NULL) < 0)
            bench_die("mmview_writer_put failed");
    return (double)(bench_clock() - before);
}

static double run_raw(void *context, unsigned count)
{
    struct file *file = context;
    uint64_t before;

    if (file->end > MOST_ROWS * (off_t)sizeof row) {
        file->end = 0;
        if (ftruncate(file->fd, 0) < 0)
            bench_die("%s: can not be emptied", file->path);
    }
    before = bench_clock();
    for (; count--; file->end += (off_t)sizeof row)
        if (pwrite(file->fd, row, sizeof row, file->end) != (ssize_t)sizeof row)
            bench_die("%s: can not be written", file->path);
    return (double)(bench_clock() - before);
}

/* Each has appended so many rows to one: what a reader sees then. */
static void check_equal(struct partner *partner, const char *peer, const char *theirs,
                        const char *ours)
{
    char their_facts[256], our_facts[256];

    partner_ask(partner, their_facts, sizeof their_facts, "show\tappended\t%s", theirs);
    partner_ask(partner, our_facts, sizeof our_facts, "show\topen_r\t%s", ours);
    if (strcmp(their_facts, our_facts) != 0)
        bench_die("the answers differ:\n  mmview: %s\n  %s: %s", our_facts, peer, their_facts);
}

static void against_raw(struct file *ours, const char *folder, double *floor)
{
    struct file raw = {.path = bench_path(folder, "rows.raw")};
    struct bench_pairs pairs;

    raw.fd = open(raw.path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (raw.fd < 0)
        bench_die("%s: can not be made", raw.path);
    pairs = bench_compare((struct bench_side){run_ours, ours, COUNT},
                          (struct bench_side){run_raw, &raw, COUNT});
    *floor = pairs.peer;
    bench_row("10.pwrite", "pwrite", &pairs, *floor);
    close(raw.fd);
    unlink(raw.path);
    free(raw.path);
}

static void against_npy_append_array(struct file *ours, const char *folder, double floor)
{
    const char *argv[] = {getenv("PYTHON_NUMPY"), getenv("NUMPY_PARTNER"), NULL};
    char *theirs = bench_path(folder, "theirs.npy");
    struct partner_task task = {NULL, "append", theirs};
    struct bench_pairs pairs;
    char answer[256];

    if (!argv[0] || !*argv[0]) {
        bench_skip("10.npy_append_array", "NumPy: not found by configure");
        free(theirs);
        return;
    }
    task.partner = partner_start(argv);
    partner_ask(task.partner, answer, sizeof answer, "has\tnpy_append_array");
    if (strcmp(answer, "yes") != 0) {
        bench_skip("10.npy_append_array", "npy-append-array: Python can not import it");
    } else {
        bench_write_npy(theirs, 1, COLUMNS);
        partner_ask(task.partner, answer, sizeof answer, "time\tappend\t%d\t%s", COUNT, theirs);
        begin(ours);
        run_ours(ours, COUNT);
        check_equal(task.partner, "npy-append-array", theirs, ours->path);
        pairs = bench_compare((struct bench_side){run_ours, ours, 4 * COUNT},
                              (struct bench_side){partner_work, &task, COUNT / 2});
        bench_row("10.npy_append_array", "NpyAppendArray.append", &pairs, floor);
    }
    partner_stop(task.partner);
    free(theirs);
}

int main(int argc, char **argv)
{
    const char *folder = bench_begin(argc, argv);
    struct file ours = {.path = bench_path(folder, "append.npy")};
    double floor;

    for (int i = 0; i < COLUMNS; i++)
        row[i] = i / 4.0;
    begin(&ours);
    against_raw(&ours, folder, &floor);
    against_npy_append_array(&ours, folder, floor);
    mmview_writer_cancel(ours.writer);
    unlink(ours.path);
    free(ours.path);
    return 0;
}

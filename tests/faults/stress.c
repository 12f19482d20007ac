/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* One of several processes at the same file:
 *
 *   stress make FILE 0            makes it, without a row
 *   stress append FILE SECONDS    adds rows, and waits when another one does
 *   stress renew FILE SECONDS     likewise, and makes the file anew now and then
 *   stress read FILE SECONDS      opens it, again and again
 *
 * Each row tells its place and has a checksum. The process prints what it did and exits
 * with 1 when it met a file that can not be opened, or a row that is wrong. */
#include <mmview.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MEMBERS 3
#define MOST    1100 /* rows, before the file is made anew: up to four digits of them */

static const mmview_intp one_row[] = {MEMBERS};
static struct mmview_dtype *dtype;
static double deadline;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int complain(const char *what, const struct mmview_error *err)
{
    printf("%s: %s\n", what, err->message);
    return EXIT_FAILURE;
}

/* As stress_numpy.py has it. */
static void make_row(uint64_t *row, uint64_t place)
{
    row[0] = place;
    row[1] = place * 0x9e3779b97f4a7c15u;
    row[2] = row[0] ^ row[1] ^ 0x5555555555555555u;
}

static int renew(const char *file, struct mmview_error *err)
{
    struct mmview_writer_options options = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_writer *writer;
    int status;

    options.dtype = dtype;
    options.row_shape = one_row;
    options.row_ndim = 1;
    status = mmview_writer_create(file, &options, &writer, err);
    return status < 0 ? status : mmview_writer_finish(writer, err);
}

/* A few rows, flushed at once or each by itself. */
static int append(const char *file, unsigned *random, mmview_intp *rows, struct mmview_error *err)
{
    struct mmview_writer_options options = MMVIEW_WRITER_OPTIONS_INIT;
    unsigned count = 1 + (unsigned)rand_r(random) % 40;
    struct mmview_writer *writer;
    int status;

    if (rand_r(random) % 8)
        options.flags = MMVIEW_WRITE_LIVE;
    status = mmview_writer_append(file, &options, &writer, err);
    if (status < 0)
        return status;
    while (status == MMVIEW_OK && count-- > 0) {
        uint64_t row[MEMBERS];

        make_row(row, (uint64_t)mmview_writer_rows(writer));
        status = mmview_writer_put(writer, row, sizeof row, err);
    }
    *rows = mmview_writer_rows(writer);
    if (status == MMVIEW_OK)
        return mmview_writer_finish(writer, err);
    mmview_writer_cancel(writer);
    return status;
}

static int write_rows(const char *file, bool renews)
{
    long appends = 0, refusals = 0, files = 0;
    unsigned random = (unsigned)getpid();

    while (now() < deadline) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        mmview_intp rows = 0;
        int status = append(file, &random, &rows, &err);

        appends += status == MMVIEW_OK;
        if (status == MMVIEW_OK && renews && rows > MOST) {
            status = renew(file, &err);
            files += status == MMVIEW_OK;
        }
        if (status == MMVIEW_EBUSY) {
            refusals++;
            usleep(200);
        } else if (status < 0) {
            return complain("append", &err);
        }
    }
    printf("%ld appends, %ld refused, %ld new files\n", appends, refusals, files);
    return appends > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Are these rows right? The last ones are the newest. */
static bool are_right(const struct mmview_array *array)
{
    const uint64_t *data = mmview_array_data(array);
    mmview_intp rows = mmview_array_shape(array)[0];

    for (mmview_intp i = rows > 200 ? rows - 200 : 0; i < rows; i++) {
        uint64_t wanted[MEMBERS];

        make_row(wanted, (uint64_t)i);
        if (memcmp(wanted, data + i * MEMBERS, sizeof wanted) != 0) {
            printf("row %" PRIdPTR " of %" PRIdPTR " is wrong\n", i, rows);
            return false;
        }
    }
    return true;
}

static int read_rows(const char *file)
{
    long opened = 0, lengths = 0;
    mmview_intp before = -1;

    while (now() < deadline) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_array *array;
        bool right;

        if (mmview_open(file, NULL, &array, &err) < 0)
            return complain("open", &err);
        right = mmview_array_ndim(array) == 2 && mmview_array_shape(array)[1] == MEMBERS &&
                are_right(array);
        opened++;
        lengths += mmview_array_shape(array)[0] != before;
        before = mmview_array_shape(array)[0];
        mmview_array_unref(array);
        if (!right)
            return EXIT_FAILURE;
    }
    printf("opened %ld times, of another length than the time before %ld times\n", opened, lengths);
    return lengths > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status;

    if (argc != 4 || mmview_dtype_parse("u8", SIZE_MAX, 0, &dtype, &err) < 0)
        return EXIT_FAILURE;
    deadline = now() + strtod(argv[3], NULL);
    if (strcmp(argv[1], "make") == 0)
        status = renew(argv[2], &err) < 0 ? complain("make", &err) : EXIT_SUCCESS;
    else if (strcmp(argv[1], "read") == 0)
        status = read_rows(argv[2]);
    else
        status = write_rows(argv[2], strcmp(argv[1], "renew") == 0);
    mmview_dtype_unref(dtype);
    return status;
}

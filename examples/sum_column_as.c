/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/*
 * sum_column_as FILE.npy J: adds up column J of a two-dimensional array of doubles.
 *
 *     cc -o sum_column_as sum_column_as.c $(pkg-config --cflags --libs mmview)
 *
 * The same as sum_column.c through the ctypes view: MMVIEW_DATA_AS() gives a typed
 * pointer, or the reason why these bytes are not doubles to this machine.
 */
#include <inttypes.h>
#include <mmview.h>
#include <stdio.h>

static int fail(const char *file, const char *reason)
{
    fprintf(stderr, "sum_column_as: %s: %s\n", file, reason);
    return 2;
}

int main(int argc, char **argv)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_ctypes a = MMVIEW_CTYPES_INIT;
    struct mmview_array *array;
    int status = 0;

    if (argc != 3)
        return fail("usage", "sum_column_as FILE.npy J");
    if (mmview_open(argv[1], NULL, &array, &err) < 0)
        return fail(argv[1], err.message);
    mmview_ctypes_init(&a, array);
    mmview_array_unref(array); /* the view keeps the file mapped */

    mmview_intp j = strtoimax(argv[2], NULL, 10);
    const double *table = MMVIEW_DATA_AS(const double, &a, &err);
    if (!table) {
        status = fail(argv[1], err.message);
    } else if (a.ndim != 2 || j < 0 || j >= a.shape[1]) {
        status = fail(argv[1], "no such column");
    } else {
        double sum = 0;
        for (mmview_intp i = 0; i < a.shape[0]; i++)
            sum += *MMVIEW_AT(const double, &a, i, j);
        printf("%.17g\n", sum);
    }
    mmview_ctypes_clear(&a);
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/*
 * column FILE.npy J: prints column J of a two-dimensional array of doubles.
 *
 *     cc -o column column.c $(pkg-config --cflags --libs mmview)
 *
 * However large the file is, only the pages that hold the column are read.
 */
#include <inttypes.h>
#include <mmview.h>
#include <stdio.h>
#include <stdlib.h>

static int fail(const char *file, const char *reason)
{
    fprintf(stderr, "column: %s: %s\n", file, reason);
    return 2;
}

int main(int argc, char **argv)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a;

    if (argc != 3)
        return fail("usage", "column FILE.npy J");
    if (mmview_open(argv[1], NULL, &a, &err) < 0)
        return fail(argv[1], err.message);

    /* The file decides what is in it: look before the cast. */
    const struct mmview_dtype *dtype = mmview_array_dtype(a);
    const mmview_intp *shape = mmview_array_shape(a), *strides = mmview_array_strides(a);
    mmview_intp j = strtoimax(argv[2], NULL, 10);
    int status = 0;
    if (mmview_array_ndim(a) != 2 || mmview_dtype_char(dtype) != 'd') {
        status = fail(argv[1], "not a two-dimensional array of doubles");
    } else if (!mmview_dtype_isnative(dtype) || !(mmview_array_flags(a) & MMVIEW_ALIGNED)) {
        status = fail(argv[1], "foreign byte order, or unaligned");
    } else if (j < 0 || j >= shape[1]) {
        status = fail(argv[1], "no such column");
    } else {
        /* Strides are bytes, and right in C and in Fortran order. */
        const char *p = (const char *)mmview_array_data(a) + j * strides[1];
        for (mmview_intp i = 0; i < shape[0]; i++)
            printf("%.17g\n", *(const double *)(const void *)(p + i * strides[0]));
    }
    mmview_array_unref(a);
    return status;
}

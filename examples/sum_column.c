/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/*
 * sum_column FILE.npy J: adds up column J of a two-dimensional array of doubles.
 *
 *     cc -o sum_column sum_column.c $(pkg-config --cflags --libs mmview)
 *
 * A requirement says what the loop can take; a view is the column.
 */
#include <inttypes.h>
#include <mmview.h>
#include <stdio.h>

static int fail(const char *file, const char *reason)
{
    fprintf(stderr, "sum_column: %s: %s\n", file, reason);
    return 2;
}

/* Delivers column j of the file, or the reason why there is none. */
static int open_column(const char *file, mmview_intp j, struct mmview_array **out,
                       struct mmview_error *err)
{
    const struct mmview_index index[] = {{.kind = MMVIEW_INDEX_SLICE}, {.start = j}}; /* :, j */
    struct mmview_requirement want = MMVIEW_REQUIREMENT_INIT;
    struct mmview_array *table;
    struct mmview_dtype *doubles;
    int status;

    if (mmview_dtype_parse("f8", SIZE_MAX, 0, &doubles, err) < 0)
        return err->status;
    want.dtype = doubles;
    want.ndim = 2;
    want.flags = MMVIEW_ALIGNED;
    status = mmview_open(file, NULL, &table, err);
    if (status == MMVIEW_OK) {
        status = mmview_require(table, &want, err);
        if (status == MMVIEW_OK)
            status = mmview_view_index(table, index, 2, out, err);
        mmview_array_unref(table); /* the column keeps the file mapped */
    }
    mmview_dtype_unref(doubles);
    return status;
}

int main(int argc, char **argv)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *column;
    double sum = 0;

    if (argc != 3)
        return fail("usage", "sum_column FILE.npy J");
    if (open_column(argv[1], strtoimax(argv[2], NULL, 10), &column, &err) < 0)
        return fail(argv[1], err.message);

    const char *p = mmview_array_data(column);
    mmview_intp rows = mmview_array_shape(column)[0], stride = mmview_array_strides(column)[0];
    for (mmview_intp i = 0; i < rows; i++) /* strides are bytes */
        sum += *(const double *)(const void *)(p + i * stride);
    printf("%.17g\n", sum);
    mmview_array_unref(column);
    return 0;
}

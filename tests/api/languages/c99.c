/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The ctypes view from C99, which has no _Generic. */
#include <mmview.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *array;
    const double *p;
    double sum = 0;
    mmview_intp i, j;

    if (argc != 2 || mmview_open(argv[1], NULL, &array, &err) < 0)
        return 2;
    mmview_ctypes_init(&view, array);
    mmview_array_unref(array);

    p = mmview_ctypes_const_data_as(&view, MMVIEW_CTYPE_DOUBLE, &err);
    if (!p || *p != *MMVIEW_DATA_CAST(const double, &view) || view.ndim != 2)
        return 2;
    for (i = 0; i < view.shape[0]; i++)
        for (j = 0; j < view.shape[1]; j++)
            sum += *MMVIEW_AT(const double, &view, i, j);
    printf("%g\n", sum);

    if (mmview_ctypes_data_as(&view, MMVIEW_CTYPE_DOUBLE, &err))
        return 2;
    printf("%s\n", err.message);
    mmview_ctypes_clear(&view);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "npy_array_peer.h"

#ifdef HAVE_NPY_ARRAY

#include <npy_array.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"

static double open_and_close(void *path, unsigned count)
{
    uint64_t before = bench_clock();

    while (count--) {
        npy_array_t *array = npy_array_mmap(path);

        if (!array)
            bench_die("npy_array_mmap failed");
        npy_array_free(array);
    }
    return (double)(bench_clock() - before);
}

static void show(const char *path, char *text, size_t size)
{
    npy_array_t *array = npy_array_mmap(path);
    char shape[64] = "";
    uint64_t sum = 0;
    size_t bytes;

    if (!array)
        bench_die("npy_array_mmap failed");
    bytes = npy_array_calculate_datasize(array);
    for (int i = 0; i < array->ndim; i++)
        snprintf(shape + strlen(shape), sizeof shape - strlen(shape), "%s%zu", i ? "," : "",
                 array->shape[i]);
    for (size_t i = 0; i < bytes; i++)
        sum += (unsigned char)array->data[i];
    snprintf(text, size, "shape %s typestr %c%c%zu order %s bytes add up to %ju", shape,
             array->endianness, array->typechar, array->elem_size, array->fortran_order ? "F" : "C",
             (uintmax_t)sum);
    npy_array_free(array);
}

static const struct npy_array_peer peer = {open_and_close, show};
const struct npy_array_peer *const npy_array_peer = &peer;

#else

const struct npy_array_peer *const npy_array_peer = NULL;

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_READER_H
#define MMV_OPS_READER_H

#include <stdbool.h>

#include "array/array.h"

/* Reads the items of an array one after another, the last axis fastest, in runs
 * that a plain loop over a typed pointer can take. Numbers, booleans and times come
 * contiguous, aligned and in native byte order: where they lie, if they are so
 * there, else gathered in a buffer. Strings and structs come as they are, step
 * bytes apart. */
struct mmv_reader {
    mmview_intp step; /* bytes from one item of a run to the next */

    mmview_intp itemsize;
    mmview_intp size; /* items in all */
    mmview_intp left; /* items that are still to come */
    bool direct;      /* handed out where they lie, or as a block that was read of the file */
    const struct mmv_map *file; /* to read blocks by; NULL: not worth it */
    int swapped;                /* bytes of the parts whose byte order is reversed; 0 for none */
    unsigned char *buffer;
    mmview_intp room; /* items that the buffer holds */

    /* Where the next item is. Axes that make one run together are one axis; the
     * innermost is `length` items, `stride` bytes apart, of which `at` are done. */
    const unsigned char *data;  /* the array's first item */
    const unsigned char *start; /* of the innermost axis */
    mmview_intp length, stride, at;
    int ndim; /* the axes around it */
    mmview_intp shape[MMVIEW_MAXDIMS], strides[MMVIEW_MAXDIMS], index[MMVIEW_MAXDIMS];
};

/* What a buffer must hold at least, and how it must be aligned. */
#define MMV_READER_LEAST ((size_t)64)
#define MMV_READER_ALIGN 64

/* The array and the buffer are borrowed. A buffer of 16 to 64 KiB stays in the
 * cache; one of MMV_READER_BLOCK is also taken to read a file by, if its map keeps a
 * descriptor. */
#define MMV_READER_BLOCK ((size_t)131072)

void mmv_reader_start(struct mmv_reader *reader, const struct mmview_array *array, void *buffer,
                      size_t room);

/* The next run: its first item and how many there are, 0 at the end. What is in the
 * buffer stays until the next call. */
mmview_intp mmv_reader_next(struct mmv_reader *reader, const unsigned char **items);

/* Goes on at an item, counted in the order of reading, and reads as many as there
 * are from there but at most `count`. */
void mmv_reader_seek(struct mmv_reader *reader, mmview_intp item, mmview_intp count);

/* Copies items, `stride` bytes apart, to places `step` bytes apart, in native byte
 * order: swapped is what mmv_reader_swapped() says. */
void mmv_gather(unsigned char *to, const unsigned char *from, mmview_intp count, mmview_intp stride,
                mmview_intp step, mmview_intp itemsize, int swapped);

/* Bytes of the parts of an item whose byte order is not the machine's: 8 for '>c16';
 * 0 if none is. Strings and structs have 0. */
int mmv_reader_swapped(const struct mmview_dtype *dtype);

#endif

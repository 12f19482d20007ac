/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_MOVE_H
#define MMV_OPS_MOVE_H

#include <stdbool.h>

#include <mmview/types.h>

/* Items that are moved as they are, or with the bytes of their parts in the other
 * order. The name has the bytes of an item. */
enum mmv_move {
    MMV_MOVE_1,
    MMV_MOVE_2,
    MMV_MOVE_4,
    MMV_MOVE_8,
    MMV_MOVE_16,
    MMV_MOVE_32,
    MMV_SWAP_2,
    MMV_SWAP_4,
    MMV_SWAP_8,
    MMV_SWAP_16,
    MMV_SWAP_HALVES_8, /* complex numbers: each half on its own */
    MMV_SWAP_HALVES_16,
    MMV_SWAP_HALVES_32
};

/* Bytes of a line of the cache. */
#define MMV_MOVE_LINE 64

/* The items of two axes, and the bytes from one to the next: strides are of any sign,
 * and of any size. */
struct mmv_rectangle {
    mmview_intp rows, columns;
    mmview_intp dst_row, dst_column;
    mmview_intp src_row, src_column;
    bool stream; /* rows of the destination start at lines of the cache, and go past it */
};

/* Column by column of each row, at any address. The items do not overlap, unless
 * they are all in the same place; then they may not be swapped. Two versions of the
 * same loops, of which the second is for processors that have AVX2. */
typedef void mmv_move_function(enum mmv_move move, unsigned char *dst, const unsigned char *src,
                               const struct mmv_rectangle *rectangle);

mmv_move_function mmv_move_plain;
mmv_move_function mmv_move_avx2;

#endif

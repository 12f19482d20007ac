/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_ITEM_H
#define MMV_OPS_ITEM_H

#include <stdint.h>

#include "format/number_type.h"
#include "ops/axes.h"
#include "ops/move.h"
#include "ops/times.h"

/* How one number, or a part of a string, gets from an array into another. */
struct mmv_item {
    int dst_size, src_size;
    enum mmv_move load;  /* from the source, to what is native */
    enum mmv_move store; /* to the destination, of what is native */
    bool cast;           /* between: else the first does it all */
    enum mmv_number to, from;
    struct mmv_times_factor times; /* 1 and 1 if these are none, or in the same unit */
};

/* Copies all items along axes, whose lengths are not 0; it orders them. With
 * in_place source and destination are the same bytes. */
void mmv_item_copy(const struct mmv_item *item, struct mmv_axes *axes, bool in_place);

/* How items of a size are moved, or their byte order turned: `swapped` is the size
 * of the parts that are, or 0. */
enum mmv_move mmv_move_of(int size, int swapped);

#endif

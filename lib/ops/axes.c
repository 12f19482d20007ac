/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/axes.h"

#include "base/checked.h"

bool mmv_axes_push(struct mmv_axes *axes, mmview_intp length, mmview_intp dst, mmview_intp src)
{
    if (axes->count == MMV_AXES_MOST)
        return false;
    axes->axis[axes->count++] = (struct mmv_axis){length, dst, src};
    return true;
}

/* Is a to be outside of b? No two of a destination's have the same stride: its items
 * would overlap. */
static bool outer(const struct mmv_axis *a, const struct mmv_axis *b)
{
    return mmv_stride_size(a->dst) > mmv_stride_size(b->dst);
}

/* An axis that goes down in the destination is turned round. */
static void turn(struct mmv_axes *axes, struct mmv_axis *axis)
{
    if (axis->dst >= 0)
        return;
    axes->dst += (axis->length - 1) * axis->dst;
    axes->src += (axis->length - 1) * axis->src;
    axis->dst = -axis->dst;
    axis->src = -axis->src;
}

/* Does one step of the outer axis lead where the inner one ends? */
static bool joins(const struct mmv_axis *outside, const struct mmv_axis *inside)
{
    mmview_intp dst, src;

    return mmv_mul_intp(inside->length, inside->dst, &dst) && dst == outside->dst &&
           mmv_mul_intp(inside->length, inside->src, &src) && src == outside->src;
}

void mmv_axes_order(struct mmv_axes *axes)
{
    int kept = 0, joined = 0;

    for (int i = 0; i < axes->count; i++) {
        struct mmv_axis axis = axes->axis[i];
        int place = kept;

        if (axis.length == 1)
            continue;
        turn(axes, &axis);
        for (; place > 0 && outer(&axis, &axes->axis[place - 1]); place--)
            axes->axis[place] = axes->axis[place - 1];
        axes->axis[place] = axis;
        kept++;
    }
    for (int i = 0; i < kept; i++) {
        struct mmv_axis axis = axes->axis[i];

        if (joined > 0 && joins(&axes->axis[joined - 1], &axis)) {
            axis.length *= axes->axis[joined - 1].length;
            axes->axis[joined - 1] = axis;
        } else {
            axes->axis[joined++] = axis;
        }
    }
    axes->count = joined;
}

bool mmv_axes_next(struct mmv_axes *axes, mmview_intp *index)
{
    for (int i = axes->count - 1; i >= 0; i--) {
        const struct mmv_axis *axis = &axes->axis[i];

        if (++index[i] < axis->length) {
            axes->dst += axis->dst;
            axes->src += axis->src;
            return true;
        }
        index[i] = 0;
        axes->dst -= (axis->length - 1) * axis->dst;
        axes->src -= (axis->length - 1) * axis->src;
    }
    return false;
}

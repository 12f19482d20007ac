/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/transfer.h"

#include <string.h>

#include "ops/item.h"
#include "ops/times.h"

/* A struct is copied field by field: of so many bytes of items at a time, which stay in
 * the first cache for the next field. */
#define CHUNK_BYTES 16384

/* Of a string, what is moved at a time. */
#define LARGEST_PART 16

static bool is_number(const struct mmview_dtype *dtype)
{
    return mmv_number_of(dtype) != MMV_NO_NUMBER;
}

/* Bytes of the parts whose order is not the machine's; 0 if none. */
static int swapped_bytes(const struct mmview_dtype *dtype)
{
    if (dtype->itemsize == 0 || mmview_dtype_isnative(dtype))
        return 0;
    return dtype->kind == 'c' ? dtype->itemsize / 2 : dtype->kind == 'U' ? 4 : dtype->itemsize;
}

/* Integers of a size differ in nothing but the meaning. */
static bool same_bytes(enum mmv_number to, enum mmv_number from)
{
    bool integers = to >= MMV_I1 && to <= MMV_U8 && from >= MMV_I1 && from <= MMV_U8;

    return to == from || (integers && (to - MMV_I1) / 2 == (from - MMV_I1) / 2);
}

static void transfer_numbers(const struct mmview_dtype *to, const struct mmview_dtype *from,
                             const struct mmv_axes *given, bool in_place)
{
    int load_swap = swapped_bytes(from), store_swap = swapped_bytes(to);
    struct mmv_item item = {
        .dst_size = to->itemsize,
        .src_size = from->itemsize,
        .load = mmv_move_of(from->itemsize, load_swap),
        .store = mmv_move_of(to->itemsize, store_swap),
        .to = mmv_number_of(to),
        .from = mmv_number_of(from),
        .times = {1, 1, false},
    };
    struct mmv_axes axes = *given;

    if (to->kind == from->kind && (to->kind == 'M' || to->kind == 'm'))
        mmv_times_factor(from, to, &item.times);
    item.cast = !same_bytes(item.to, item.from) || mmv_times_differ(&item.times);
    if (!item.cast) { /* the load does all */
        if (load_swap == store_swap)
            item.load = mmv_move_of(from->itemsize, 0);
        else if (store_swap)
            item.load = item.store;
        item.store = mmv_move_of(to->itemsize, 0);
    }
    mmv_item_copy(&item, &axes, in_place);
}

/* So many parts of `size` bytes in each item: that many both have. Bytes that stay in
 * their order go by as many at a time as divide them. */
static void transfer_parts(const struct mmv_axes *given, int size, bool swap, int count,
                           bool in_place)
{
    struct mmv_axes axes = *given;
    struct mmv_item item;

    if (count == 0)
        return;
    while (!swap && size < LARGEST_PART && count % 2 == 0) {
        size *= 2;
        count /= 2;
    }
    item = (struct mmv_item){
        .dst_size = size,
        .src_size = size,
        .load = mmv_move_of(size, swap ? size : 0),
        .store = mmv_move_of(size, 0),
    };
    mmv_axes_push(&axes, count, size, size);
    mmv_item_copy(&item, &axes, in_place);
}

/* The rest of longer items: zeros. */
static void fill_rest(const struct mmv_axes *given, int offset, int count)
{
    static const unsigned char zero;
    static const struct mmv_item item = {
        .dst_size = 1, .src_size = 1, .load = MMV_MOVE_1, .store = MMV_MOVE_1};
    struct mmv_axes axes = *given;

    axes.dst += offset;
    axes.src = &zero;
    for (int i = 0; i < axes.count; i++)
        axes.axis[i].src = 0;
    mmv_axes_push(&axes, count, 1, 0);
    mmv_item_copy(&item, &axes, false);
}

static void transfer_bytes(const struct mmview_dtype *to, const struct mmview_dtype *from,
                           const struct mmv_axes *axes, bool in_place)
{
    int common = to->itemsize < from->itemsize ? to->itemsize : from->itemsize;
    int size = to->kind == 'U' ? 4 : 1;

    transfer_parts(axes, size, swapped_bytes(to) != swapped_bytes(from), common / size, in_place);
    if (to->itemsize > common)
        fill_rest(axes, common, to->itemsize - common);
}

static void transfer(const struct mmview_dtype *to, const struct mmview_dtype *from,
                     const struct mmv_axes *axes, bool in_place);

static void transfer_fields(const struct mmview_dtype *to, const struct mmview_dtype *from,
                            const struct mmv_axes *given, bool in_place)
{
    for (size_t i = 0; i < to->nfields; i++) {
        struct mmv_axes axes = *given;

        axes.dst += to->fields[i].offset;
        axes.src += from->fields[i].offset;
        transfer(to->fields[i].dtype, from->fields[i].dtype, &axes, in_place);
    }
}

static mmview_intp items_of(const struct mmview_dtype *subarray)
{
    mmview_intp count = 1;

    for (int i = 0; i < subarray->ndim; i++)
        count *= subarray->shape[i];
    return count;
}

static void transfer_subarrays(const struct mmview_dtype *to, const struct mmview_dtype *from,
                               const struct mmv_axes *given, bool in_place)
{
    struct mmv_axes axes = *given;

    mmv_axes_push(&axes, items_of(to), to->base->itemsize, from->base->itemsize);
    transfer(to->base, from->base, &axes, in_place);
}

static void transfer(const struct mmview_dtype *to, const struct mmview_dtype *from,
                     const struct mmv_axes *axes, bool in_place)
{
    if (to->itemsize == 0)
        return; /* also a sub-array that has no items */
    if (to->base)
        transfer_subarrays(to, from, axes, in_place);
    else if (to->is_struct)
        transfer_fields(to, from, axes, in_place);
    else if (is_number(to))
        transfer_numbers(to, from, axes, in_place);
    else
        transfer_bytes(to, from, axes, in_place);
}

/* Axes that an item adds to those of its array. */
static int depth(const struct mmview_dtype *dtype)
{
    int most = 0;

    if (dtype->base)
        return 1 + depth(dtype->base);
    for (size_t i = 0; i < dtype->nfields; i++) {
        int field = depth(dtype->fields[i].dtype);

        most = field > most ? field : most;
    }
    return dtype->is_struct ? most : !is_number(dtype);
}

int mmv_transfer_check(const struct mmview_dtype *to, const struct mmview_dtype *from,
                       struct mmview_error *err)
{
    if (depth(to) > MMV_AXES_MOST - MMVIEW_MAXDIMS || depth(from) > MMV_AXES_MOST - MMVIEW_MAXDIMS)
        return mmv_fail(err, MMVIEW_EUNSUPPORTED, "sub-arrays in sub-arrays, more than %d deep",
                        MMV_AXES_MOST - MMVIEW_MAXDIMS);
    return MMVIEW_OK;
}

/* Some items at a time. */
static void transfer_chunks(const struct mmview_dtype *to, const struct mmview_dtype *from,
                            struct mmv_axes *axes, bool in_place)
{
    int size = to->itemsize > from->itemsize ? to->itemsize : from->itemsize;
    mmview_intp most = size < CHUNK_BYTES ? CHUNK_BYTES / size : 1;
    mmview_intp index[MMV_AXES_MOST];
    struct mmv_axis inner = {1, 0, 0};

    mmv_axes_order(axes);
    if (axes->count > 0)
        inner = axes->axis[--axes->count];
    memset(index, 0, (size_t)axes->count * sizeof *index);
    do {
        for (mmview_intp i = 0; i < inner.length; i += most) {
            struct mmv_axes chunk = {
                .dst = axes->dst + i * inner.dst, .src = axes->src + i * inner.src, .count = 1};

            chunk.axis[0] = inner;
            chunk.axis[0].length = most < inner.length - i ? most : inner.length - i;
            transfer(to, from, &chunk, in_place);
        }
    } while (mmv_axes_next(axes, index));
}

void mmv_transfer(const struct mmview_dtype *to, const struct mmview_dtype *from,
                  const struct mmv_axes *given, bool in_place)
{
    struct mmv_axes axes = *given;

    if (is_number(to) || (to->itemsize == from->itemsize && !to->is_struct))
        transfer(to, from, &axes, in_place);
    else
        transfer_chunks(to, from, &axes, in_place);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/item.h"

#include <string.h>

#include "ops/cast.h"
#include "ops/times.h"
#include "ops/vector.h"

/* What is on its way from load to store: it stays in the first cache. */
#define BUFFER_BYTES 8192

/* Columns of a tile whose rows and columns change places, if there are so many. */
#define TILE_COLUMNS 64

/* Items that are worth a turn of their own. */
#define LONG_ROW 64

/* Bytes that are more than caches hold. */
#define LARGE ((mmview_intp)1 << 23)

struct way {
    const struct mmv_item *item;
    mmv_move_function *move;
    mmv_cast_function *cast;
    bool staged;       /* by way of the buffers */
    bool direct_load;  /* rows of the source can be cast where they are */
    bool direct_store; /* likewise of the destination */
};

enum mmv_move mmv_move_of(int size, int swapped)
{
    int doublings = __builtin_ctz((unsigned)size);

    if (swapped == 0)
        return (enum mmv_move)(MMV_MOVE_1 + doublings);
    if (swapped == size)
        return (enum mmv_move)(MMV_SWAP_2 + doublings - 1);
    return (enum mmv_move)(MMV_SWAP_HALVES_8 + doublings - 3);
}

static void change(const struct way *way, void *dst, const void *src, mmview_intp count)
{
    const struct mmv_item *item = way->item;

    if (mmv_times_differ(&item->times))
        mmv_times_scale(dst, src, (size_t)count, &item->times);
    else
        way->cast(item->to, dst, item->from, src, (size_t)count);
}

/* As many items as the buffers hold, or a part of one row if nothing is loaded and
 * stored. */
static void copy_tile(const struct way *way, unsigned char *dst, const unsigned char *src,
                      struct mmv_rectangle tile)
{
    unsigned char loaded[BUFFER_BYTES], stored[BUFFER_BYTES];
    const mmview_intp dst_size = way->item->dst_size, src_size = way->item->src_size;
    const unsigned char *from = src;
    unsigned char *to = way->direct_store ? dst : stored;

    /* A long double has bytes that nothing is stored to. */
    if (!way->direct_store && (way->item->to == MMV_FG || way->item->to == MMV_CG))
        memset(stored, 0, sizeof stored);
    if (!way->direct_load) {
        struct mmv_rectangle load = tile;

        load.dst_row = tile.columns * src_size;
        load.dst_column = src_size;
        load.stream = false; /* the buffer is to stay in the cache, and starts at no line of it */
        way->move(way->item->load, loaded, src, &load);
        from = loaded;
    }
    if (way->item->cast)
        change(way, to, from, tile.rows * tile.columns);
    else
        to = loaded;
    if (!way->direct_store) {
        struct mmv_rectangle store = tile;

        store.src_row = tile.columns * dst_size;
        store.src_column = dst_size;
        way->move(way->item->store, dst, to, &store);
    }
}

static mmview_intp least(mmview_intp a, mmview_intp b)
{
    return a < b ? a : b;
}

/* Are the source's items closer along columns than along rows? */
static bool is_transposed(const struct mmv_rectangle *whole)
{
    return whole->rows > 1 && whole->src_row != 0 &&
           mmv_stride_size(whole->src_row) < mmv_stride_size(whole->src_column);
}

/* Goes along the source's items: the processor sees where it leads. */
static bool next_tile(const struct mmv_rectangle *whole, mmview_intp rows, mmview_intp columns,
                      mmview_intp *i, mmview_intp *j)
{
    if (is_transposed(whole)) {
        *i += rows;
        if (*i < whole->rows)
            return true;
        *i = 0;
        *j += columns;
        return *j < whole->columns;
    }
    *j += columns;
    if (*j < whole->columns)
        return true;
    *j = 0;
    *i += rows;
    return *i < whole->rows;
}

static void copy_tiles(const struct way *way, unsigned char *dst, const unsigned char *src,
                       const struct mmv_rectangle *whole, mmview_intp rows, mmview_intp columns)
{
    struct mmv_rectangle tile = *whole;
    mmview_intp i = 0, j = 0;

    do {
        unsigned char *to = dst + i * whole->dst_row + j * whole->dst_column;
        const unsigned char *from = src + i * whole->src_row + j * whole->src_column;

        tile.rows = least(rows, whole->rows - i);
        tile.columns = least(columns, whole->columns - j);
        if (way->staged)
            copy_tile(way, to, from, tile);
        else
            way->move(way->item->load, to, from, &tile);
    } while (next_tile(whole, rows, columns, &i, &j));
}

/* Rows and columns: the columns are the destination's innermost axis, the rows the
 * axis on which the source's items are closest, or else the next one. */
static int choose_rows(const struct mmv_axes *axes)
{
    int rows = axes->count - 2;
    mmview_intp closest = mmv_stride_size(axes->axis[axes->count - 1].src);

    for (int i = axes->count - 2; i >= 0; i--) {
        mmview_intp stride = mmv_stride_size(axes->axis[i].src);

        if (stride > 0 && stride < closest) {
            closest = stride;
            rows = i;
        }
    }
    return rows;
}

static void take_out(struct mmv_axes *axes, int which)
{
    axes->count--;
    for (int i = which; i < axes->count; i++)
        axes->axis[i] = axes->axis[i + 1];
}

/* The two axes that tiles are cut from, which are taken out. */
static struct mmv_rectangle take_rectangle(struct mmv_axes *axes)
{
    struct mmv_axis row = {1, 0, 0}, column = {1, 0, 0};

    if (axes->count > 1) {
        int rows = choose_rows(axes);

        row = axes->axis[rows];
        take_out(axes, rows);
    }
    if (axes->count > 0)
        column = axes->axis[--axes->count];
    return (struct mmv_rectangle){row.length, column.length, row.dst, column.dst,
                                  row.src,    column.src,    false};
}

/* Does the transposing of moves itself go tile by tile? */
static bool has_lines(const struct mmv_item *item, const struct mmv_rectangle *whole)
{
    return (item->load == MMV_MOVE_4 || item->load == MMV_MOVE_8) &&
           whole->src_row == item->src_size && whole->dst_column == item->dst_size;
}

/* Is more copied than caches hold, by stores that go past them? These are of whole vectors,
 * and should make whole lines: parts of them are worse than what caches do. */
static bool can_stream(const struct mmv_item *item, const struct mmv_axes *axes)
{
    mmview_intp bytes = item->dst_size, row = bytes;
    uintptr_t places = (uintptr_t)axes->dst;

    for (int i = 0; i < axes->count; i++) {
        bytes *= axes->axis[i].length;
        if (i < axes->count - 1)
            places |= (uintptr_t)axes->axis[i].dst;
        else
            row *= axes->axis[i].length;
    }
    return bytes >= LARGE &&
           (places % MMV_MOVE_LINE == 0 ||
            (places % (MMV_MOVE_LINE / 2) == 0 && row >= 16 * (mmview_intp)MMV_MOVE_LINE));
}

/* How much is loaded, cast and stored at a time. Long rows that need no loading or no
 * storing are not; of short ones some are taken together, and all have it. */
static void choose_tile(struct way *way, const struct mmv_rectangle *whole, bool in_place,
                        mmview_intp *rows, mmview_intp *columns)
{
    const struct mmv_item *item = way->item;
    mmview_intp room =
        BUFFER_BYTES / (item->dst_size > item->src_size ? item->dst_size : item->src_size);
    bool alone = item->cast && !in_place && !is_transposed(whole) && whole->columns >= LONG_ROW;

    way->staged = true;
    way->direct_load = alone && item->load <= MMV_MOVE_32 && whole->src_column == item->src_size;
    way->direct_store = alone && item->store <= MMV_MOVE_32 && whole->dst_column == item->dst_size;
    if (way->direct_load || way->direct_store) {
        *rows = 1;
        *columns =
            way->direct_load && way->direct_store ? whole->columns : least(whole->columns, room);
    } else {
        *columns = least(is_transposed(whole) ? TILE_COLUMNS : room, whole->columns);
        *rows = least(room / *columns, whole->rows);
    }
}

void mmv_item_copy(const struct mmv_item *item, struct mmv_axes *axes, bool in_place)
{
    struct way way = {.item = item, .move = mmv_move_plain, .cast = mmv_cast_plain};
    struct mmv_rectangle whole;
    bool stream;
    mmview_intp rows, columns, index[MMV_AXES_MOST];

    if (mmv_vector_avx2()) {
        way.move = mmv_move_avx2;
        way.cast = mmv_cast_avx2;
    }
    mmv_axes_order(axes);
    stream = can_stream(item, axes);
    whole = take_rectangle(axes);
    whole.stream = stream;
    if (item->cast || in_place) {
        choose_tile(&way, &whole, in_place, &rows, &columns);
    } else if (is_transposed(&whole) && !has_lines(item, &whole)) {
        rows = least(TILE_COLUMNS, whole.rows);
        columns = least(TILE_COLUMNS, whole.columns);
    } else {
        rows = whole.rows;
        columns = whole.columns;
    }
    memset(index, 0, (size_t)axes->count * sizeof *index);
    do
        copy_tiles(&way, axes->dst, axes->src, &whole, rows, columns);
    while (mmv_axes_next(axes, index));
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The loops of move.h, as the function MOVE: included once for each kind of
 * processor, and optimized for it. */
#include "ops/move.h"

/* Items at any address. */
#define ANYWHERE __attribute__((aligned(1), may_alias))
typedef unsigned char item_1;
typedef uint16_t item_2 ANYWHERE;
typedef uint32_t item_4 ANYWHERE;
typedef uint64_t item_8 ANYWHERE;
typedef struct {
    item_8 first, second;
} item_16;
typedef struct {
    item_16 first, second;
} item_32;

/* Bytes from which on memmove() is worth its call. */
#define LONG_RUN 64

#define AS_IT_IS(x)  (x)
#define SWAP_16(x)   ((item_16){__builtin_bswap64((x).second), __builtin_bswap64((x).first)})
#define HALVES_8(x)  ((x) << 32 | (x) >> 32)
#define SWAP_8_4(x)  HALVES_8(__builtin_bswap64(x))
#define SWAP_16_8(x) ((item_16){__builtin_bswap64((x).first), __builtin_bswap64((x).second)})
#define SWAP_32(x)   ((item_32){SWAP_16((x).first), SWAP_16((x).second)})

/* Where strides are known to be the item's size the compiler makes vectors. */
#define RUN(T, TURN, DST, SRC)                                    \
    for (mmview_intp i = 0; i < r.rows; i++) {                    \
        unsigned char *restrict to = dst + i * r.dst_row;         \
        const unsigned char *restrict from = src + i * r.src_row; \
                                                                  \
        for (mmview_intp j = 0; j < r.columns; j++) {             \
            const T x = *(const T *)(from + j * (SRC));           \
                                                                  \
            *(T *)(to + j * (DST)) = TURN(x);                     \
        }                                                         \
    }

#define ITEMS(NAME, T, TURN)                                                               \
    static void NAME(unsigned char *dst, const unsigned char *src, struct mmv_rectangle r) \
    {                                                                                      \
        const mmview_intp size = sizeof(T);                                                \
                                                                                           \
        if (r.dst_column == size && r.src_column == size)                                  \
            RUN(T, TURN, size, size)                                                       \
        else if (r.dst_column == size)                                                     \
            RUN(T, TURN, size, r.src_column)                                               \
        else                                                                               \
            RUN(T, TURN, r.dst_column, r.src_column)                                       \
    }

ITEMS(move_1, item_1, AS_IT_IS)
ITEMS(move_2, item_2, AS_IT_IS)
ITEMS(move_4, item_4, AS_IT_IS)
ITEMS(move_8, item_8, AS_IT_IS)
ITEMS(move_16, item_16, AS_IT_IS)
ITEMS(move_32, item_32, AS_IT_IS)
ITEMS(swap_2, item_2, __builtin_bswap16)
ITEMS(swap_4, item_4, __builtin_bswap32)
ITEMS(swap_8, item_8, __builtin_bswap64)
ITEMS(swap_16, item_16, SWAP_16)
ITEMS(swap_8_4, item_8, SWAP_8_4)
ITEMS(swap_16_8, item_16, SWAP_16_8)
ITEMS(swap_32_16, item_32, SWAP_32)

static void as_they_are(mmview_intp size, unsigned char *dst, const unsigned char *src,
                        const struct mmv_rectangle *r)
{
    for (mmview_intp i = 0; i < r->rows; i++)
        memmove(dst + i * r->dst_row, src + i * r->src_row, (size_t)(r->columns * size));
}

#include "ops/transpose_loops.h"

/* Can vectors do it? */
static bool is_transposed(enum mmv_move move, const struct mmv_rectangle *r)
{
    const mmview_intp size = move == MMV_MOVE_4 ? 4 : 8;

    return (move == MMV_MOVE_4 || move == MMV_MOVE_8) && r->src_row == size &&
           r->dst_column == size && r->rows >= VECTOR / size && r->columns >= VECTOR / size;
}

void MOVE(enum mmv_move move, unsigned char *dst, const unsigned char *src,
          const struct mmv_rectangle *rectangle)
{
    const struct mmv_rectangle r = *rectangle;

    if (move <= MMV_MOVE_32) {
        const mmview_intp size = (mmview_intp)1 << move;

        if (r.dst_column == size && r.src_column == size && r.columns * size >= LONG_RUN) {
            as_they_are(size, dst, src, rectangle);
            return;
        }
    }
    if (is_transposed(move, rectangle)) {
        if (move == MMV_MOVE_4)
            transpose_4(dst, src, rectangle);
        else
            transpose_8(dst, src, rectangle);
        if (r.stream)
            FENCE();
        return;
    }
    switch (move) {
    case MMV_MOVE_1: move_1(dst, src, r); break;
    case MMV_MOVE_2: move_2(dst, src, r); break;
    case MMV_MOVE_4: move_4(dst, src, r); break;
    case MMV_MOVE_8: move_8(dst, src, r); break;
    case MMV_MOVE_16: move_16(dst, src, r); break;
    case MMV_MOVE_32: move_32(dst, src, r); break;
    case MMV_SWAP_2: swap_2(dst, src, r); break;
    case MMV_SWAP_4: swap_4(dst, src, r); break;
    case MMV_SWAP_8: swap_8(dst, src, r); break;
    case MMV_SWAP_16: swap_16(dst, src, r); break;
    case MMV_SWAP_HALVES_8: swap_8_4(dst, src, r); break;
    case MMV_SWAP_HALVES_16: swap_16_8(dst, src, r); break;
    case MMV_SWAP_HALVES_32: swap_32_16(dst, src, r); break;
    }
}

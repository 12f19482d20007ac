/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The loops that move items, both versions, against one byte at a time. */
#include "ops/item.h"

#include <stdio.h>

#include <stdlib.h>
#include <string.h>

#include "../suite.h"
#include "ops/cast.h"
#include "ops/vector.h"

static const struct {
    enum mmv_move move;
    int size, part; /* part: the bytes that are turned round together; 0: none */
} moves[] = {
    {MMV_MOVE_1, 1, 0},           {MMV_MOVE_2, 2, 0},        {MMV_MOVE_4, 4, 0},
    {MMV_MOVE_8, 8, 0},           {MMV_MOVE_16, 16, 0},      {MMV_MOVE_32, 32, 0},
    {MMV_SWAP_2, 2, 2},           {MMV_SWAP_4, 4, 4},        {MMV_SWAP_8, 8, 8},
    {MMV_SWAP_16, 16, 16},        {MMV_SWAP_HALVES_8, 8, 4}, {MMV_SWAP_HALVES_16, 16, 8},
    {MMV_SWAP_HALVES_32, 32, 16},
};

#define MOST  48 /* rows and columns */
#define ROOM  (4 * MOST * MOST * 32)
#define MOVES COUNT(moves)

static unsigned char source[ROOM], wanted[ROOM], got[ROOM];
static uint32_t seed;

static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % sides;
}

static void move_bytes(int which, unsigned char *dst, const unsigned char *src,
                       const struct mmv_rectangle *r)
{
    int part = moves[which].part;

    for (mmview_intp i = 0; i < r->rows; i++)
        for (mmview_intp j = 0; j < r->columns; j++)
            for (int k = 0; k < moves[which].size; k++) {
                int from = part ? k / part * part + part - 1 - k % part : k;

                dst[i * r->dst_row + j * r->dst_column + k] =
                    src[i * r->src_row + j * r->src_column + from];
            }
}

/* Strides of an array of so many rows and columns: in C or F order, with gaps or not, from
 * either end. Returns where the first item is. */
static mmview_intp lay(mmview_intp size, const struct mmv_rectangle *r, mmview_intp *row,
                       mmview_intp *column)
{
    mmview_intp first = (mmview_intp)dice(2);

    if (dice(2)) {
        *column = size * (dice(3) ? 1 : 2);
        *row = *column * r->columns + (dice(2) ? 0 : size);
    } else {
        *row = size * (dice(3) ? 1 : 2);
        *column = *row * r->rows + (dice(2) ? 0 : size);
    }
    if (dice(4) == 0) {
        first += (r->columns - 1) * *column;
        *column = -*column;
    }
    if (dice(4) == 0) {
        first += (r->rows - 1) * *row;
        *row = -*row;
    }
    return first;
}

static void check_moves(mmv_move_function *move, int which, int count)
{
    for (int n = 0; n < count; n++) {
        struct mmv_rectangle r = {.rows = 1 + (mmview_intp)dice(MOST - 1),
                                  .columns = 1 + (mmview_intp)dice(MOST - 1)};
        mmview_intp to = lay(moves[which].size, &r, &r.dst_row, &r.dst_column);
        mmview_intp from = lay(moves[which].size, &r, &r.src_row, &r.src_column);

        if (dice(8) == 0)
            r.src_column = 0;
        memset(wanted, 0xee, sizeof wanted);
        memset(got, 0xee, sizeof got);
        move_bytes(which, wanted + to, source + from, &r);
        move(moves[which].move, got + to, source + from, &r);
        ck_assert(memcmp(wanted, got, sizeof got) == 0);
    }
}

static void setup(void)
{
    for (size_t i = 0; i < sizeof source; i++)
        source[i] = (unsigned char)dice(256);
}

START_TEST(plain)
{
    check_moves(mmv_move_plain, _i, 300);
}
END_TEST

START_TEST(avx2)
{
    if (mmv_vector_avx2())
        check_moves(mmv_move_avx2, _i, 300);
}
END_TEST

/* Past the caches, which takes addresses that suit it. */
static void check_stream(mmv_move_function *move, enum mmv_move kind, mmview_intp size)
{
    const struct mmv_rectangle r = {101, 76, 640, size, size, 101 * size, true};
    unsigned char *to = aligned_alloc(MMV_MOVE_LINE, 101 * 640);
    bool same = true;

    ck_assert_ptr_nonnull(to);
    memset(to, 0xee, 101 * 640);
    move(kind, to, source + 1, &r);
    for (mmview_intp i = 0; i < 101; i++) {
        for (mmview_intp j = 0; j < 76; j++)
            same = same && memcmp(to + i * 640 + j * size, source + 1 + i * size + j * 101 * size,
                                  (size_t)size) == 0;
        for (mmview_intp j = 76 * size; j < 640; j++)
            same = same && to[i * 640 + j] == 0xee;
    }
    ck_assert(same);
    free(to);
}

START_TEST(streams)
{
    check_stream(mmv_move_plain, MMV_MOVE_4, 4);
    check_stream(mmv_move_plain, MMV_MOVE_8, 8);
    if (mmv_vector_avx2()) {
        check_stream(mmv_move_avx2, MMV_MOVE_4, 4);
        check_stream(mmv_move_avx2, MMV_MOVE_8, 8);
    }
}
END_TEST

/* A whole copy that is so large: of 1003 x 2008 doubles, transposed. */
static void check_large(mmview_intp rows, mmview_intp columns)
{
    const size_t bytes = (size_t)(rows * columns) * sizeof(uint64_t);
    uint64_t *from = malloc(bytes), *to = aligned_alloc(MMV_MOVE_LINE, (bytes + 63) / 64 * 64);
    const struct mmv_item item = {
        .dst_size = 8, .src_size = 8, .load = MMV_MOVE_8, .store = MMV_MOVE_8};
    struct mmv_axes axes = {.dst = (unsigned char *)to,
                            .src = (unsigned char *)from,
                            .count = 2,
                            .axis = {{rows, columns * 8, 8}, {columns, 8, rows * 8}}};
    bool same = true;

    ck_assert_ptr_nonnull(from);
    ck_assert_ptr_nonnull(to);
    for (mmview_intp i = 0; i < rows * columns; i++)
        from[i] = (uint64_t)i;
    mmv_item_copy(&item, &axes, false);
    for (mmview_intp i = 0; i < rows; i++)
        for (mmview_intp j = 0; j < columns; j++)
            same = same && to[i * columns + j] == (uint64_t)(j * rows + i);
    ck_assert(same);
    free(from);
    free(to);
}

/* The same of numbers that are converted: by way of buffers, which suit no such store. */
static void check_large_cast(enum mmv_number from, enum mmv_number to, mmview_intp rows,
                             mmview_intp columns)
{
    const int src_size = from == MMV_F4 ? 4 : 8, dst_size = to == MMV_F4 ? 4 : 8;
    const size_t count = (size_t)(rows * columns);
    unsigned char *src = malloc(count * (size_t)src_size);
    unsigned char *dst = aligned_alloc(MMV_MOVE_LINE, (count * (size_t)dst_size + 63) / 64 * 64);
    const struct mmv_item item = {
        .dst_size = dst_size,
        .src_size = src_size,
        .load = mmv_move_of(src_size, 0),
        .store = mmv_move_of(dst_size, 0),
        .cast = true,
        .to = to,
        .from = from,
        .times = {.numerator = 1, .denominator = 1},
    };
    struct mmv_axes axes = {
        .dst = dst,
        .src = src,
        .count = 2,
        .axis = {{rows, columns * dst_size, src_size}, {columns, dst_size, rows * src_size}}};
    bool same = true;

    ck_assert_ptr_nonnull(src);
    ck_assert_ptr_nonnull(dst);
    for (mmview_intp i = 0; i < rows * columns; i++) {
        double number = (double)i;

        mmv_cast_plain(from, src + i * src_size, MMV_F8, &number, 1);
    }
    mmv_item_copy(&item, &axes, false);
    for (mmview_intp i = 0; i < rows; i++)
        for (mmview_intp j = 0; j < columns; j++) {
            double number;

            mmv_cast_plain(MMV_F8, &number, to, dst + (i * columns + j) * dst_size, 1);
            same = same && number == (double)(j * rows + i);
        }
    ck_assert(same);
    free(src);
    free(dst);
}

START_TEST(large)
{
    for (int off = 0; off < 2; off++) {
        mmv_vector_off = off;
        check_large(1003, 2008);
        check_large(1009, 2004);
        check_large(2003, 1001);
        check_large_cast(MMV_F4, MMV_F8, 1003, 2008);
        check_large_cast(MMV_F4, MMV_I8, 1024, 1024);
        check_large_cast(MMV_F8, MMV_F4, 2000, 2000);
    }
    mmv_vector_off = false;
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_loop_test(tcase, plain, 0, MOVES);
    tcase_add_loop_test(tcase, avx2, 0, MOVES);
    tcase_add_test(tcase, streams);
    tcase_add_test(tcase, large);
    tcase_set_timeout(tcase, 60);
}

int main(void)
{
    if (!mmv_vector_avx2())
        puts("note: no AVX2 here, so only the plain loops are tested");
    return run_suite("copy_moves", add_tests);
}

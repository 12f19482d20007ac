/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Rows that become columns, for move_loops.h: items that lie side by side along rows in
 * the source, and along columns in the destination. VECTOR is the bytes of a vector,
 * and STREAM(to, vector) stores one past the caches, at an address that suits it. */

#define ANYWHERE_VECTOR __attribute__((vector_size(VECTOR), aligned(1), may_alias))
typedef uint32_t vector_4 ANYWHERE_VECTOR;
typedef uint64_t vector_8 ANYWHERE_VECTOR;

#if defined __clang__ || __GNUC__ >= 12
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (__typeof__(a)){__VA_ARGS__})
#endif

/* A square of as many rows and columns as a vector has items. */
#if VECTOR == 32

#define SQUARE_8(v)                                                                              \
    do {                                                                                         \
        const vector_8 a = SHUFFLE(v[0], v[1], 0, 4, 2, 6), b = SHUFFLE(v[0], v[1], 1, 5, 3, 7); \
        const vector_8 c = SHUFFLE(v[2], v[3], 0, 4, 2, 6), d = SHUFFLE(v[2], v[3], 1, 5, 3, 7); \
                                                                                                 \
        v[0] = SHUFFLE(a, c, 0, 1, 4, 5);                                                        \
        v[1] = SHUFFLE(b, d, 0, 1, 4, 5);                                                        \
        v[2] = SHUFFLE(a, c, 2, 3, 6, 7);                                                        \
        v[3] = SHUFFLE(b, d, 2, 3, 6, 7);                                                        \
    } while (0)

/* Pairs of items, and then the pairs as items of 8 bytes. */
#define PAIRS(i, j, ...) (vector_8) SHUFFLE(v[i], v[j], __VA_ARGS__)
#define SQUARE_4(v)                                                                            \
    do {                                                                                       \
        vector_8 even[4] = {                                                                   \
            PAIRS(0, 1, 0, 8, 1, 9, 4, 12, 5, 13), PAIRS(2, 3, 0, 8, 1, 9, 4, 12, 5, 13),      \
            PAIRS(4, 5, 0, 8, 1, 9, 4, 12, 5, 13), PAIRS(6, 7, 0, 8, 1, 9, 4, 12, 5, 13)};     \
        vector_8 odd[4] = {                                                                    \
            PAIRS(0, 1, 2, 10, 3, 11, 6, 14, 7, 15), PAIRS(2, 3, 2, 10, 3, 11, 6, 14, 7, 15),  \
            PAIRS(4, 5, 2, 10, 3, 11, 6, 14, 7, 15), PAIRS(6, 7, 2, 10, 3, 11, 6, 14, 7, 15)}; \
                                                                                               \
        SQUARE_8(even);                                                                        \
        SQUARE_8(odd);                                                                         \
        v[0] = (vector_4)even[0];                                                              \
        v[1] = (vector_4)even[1];                                                              \
        v[2] = (vector_4)odd[0];                                                               \
        v[3] = (vector_4)odd[1];                                                               \
        v[4] = (vector_4)even[2];                                                              \
        v[5] = (vector_4)even[3];                                                              \
        v[6] = (vector_4)odd[2];                                                               \
        v[7] = (vector_4)odd[3];                                                               \
    } while (0)

#else

#define SQUARE_8(v)                                   \
    do {                                              \
        const vector_8 a = SHUFFLE(v[0], v[1], 0, 2); \
                                                      \
        v[1] = SHUFFLE(v[0], v[1], 1, 3);             \
        v[0] = a;                                     \
    } while (0)

#define SQUARE_4(v)                                                     \
    do {                                                                \
        vector_8 low[2] = {(vector_8)SHUFFLE(v[0], v[1], 0, 4, 1, 5),   \
                           (vector_8)SHUFFLE(v[2], v[3], 0, 4, 1, 5)};  \
        vector_8 high[2] = {(vector_8)SHUFFLE(v[0], v[1], 2, 6, 3, 7),  \
                            (vector_8)SHUFFLE(v[2], v[3], 2, 6, 3, 7)}; \
                                                                        \
        SQUARE_8(low);                                                  \
        SQUARE_8(high);                                                 \
        v[0] = (vector_4)low[0];                                        \
        v[1] = (vector_4)low[1];                                        \
        v[2] = (vector_4)high[0];                                       \
        v[3] = (vector_4)high[1];                                       \
    } while (0)

#endif

/* Line after line of the cache, along rows and then along columns: each is read, and each
 * is written, but once, if rows and columns start at them. The last squares reach back over
 * those before them, so there must be one at least. */
#define TRANSPOSE(NAME, SIZE)                                                                      \
    enum { NAME##_side = VECTOR / SIZE };                                                          \
                                                                                                   \
    static inline __attribute__((always_inline)) void NAME##_square(                               \
        unsigned char *dst, const unsigned char *src, mmview_intp dst_row, mmview_intp src_column, \
        bool stream)                                                                               \
    {                                                                                              \
        vector_##SIZE v[NAME##_side];                                                              \
                                                                                                   \
        for (int i = 0; i < NAME##_side; i++)                                                      \
            v[i] = *(const vector_##SIZE *)(src + i * src_column);                                 \
        SQUARE_##SIZE(v);                                                                          \
        if (stream)                                                                                \
            for (int i = 0; i < NAME##_side; i++)                                                  \
                STREAM(dst + i * dst_row, v[i]);                                                   \
        else                                                                                       \
            for (int i = 0; i < NAME##_side; i++)                                                  \
                *(vector_##SIZE *)(dst + i * dst_row) = v[i];                                      \
    }                                                                                              \
                                                                                                   \
    /* The squares of one line by one line. */                                                     \
    static inline __attribute__((always_inline)) void NAME##_line(                                 \
        unsigned char *dst, const unsigned char *src, const struct mmv_rectangle *r,               \
        mmview_intp row, mmview_intp column, bool stream)                                          \
    {                                                                                              \
        for (mmview_intp i = row; i < row + MMV_MOVE_LINE / SIZE; i += NAME##_side)                \
            for (mmview_intp j = column; j < column + MMV_MOVE_LINE / SIZE; j += NAME##_side)      \
                NAME##_square(dst + i * r->dst_row + j * SIZE, src + i * SIZE + j * r->src_column, \
                              r->dst_row, r->src_column, stream);                                  \
    }                                                                                              \
                                                                                                   \
    /* What is no whole line of both. */                                                           \
    static void NAME##_rest(unsigned char *dst, const unsigned char *src,                          \
                            const struct mmv_rectangle *r, mmview_intp row, mmview_intp rows,      \
                            mmview_intp column, mmview_intp columns)                               \
    {                                                                                              \
        for (mmview_intp i = row; i < rows; i += NAME##_side)                                      \
            for (mmview_intp j = column; j < columns; j += NAME##_side) {                          \
                mmview_intp k = i + NAME##_side <= rows ? i : rows - NAME##_side;                  \
                mmview_intp l = j + NAME##_side <= columns ? j : columns - NAME##_side;            \
                                                                                                   \
                NAME##_square(dst + k * r->dst_row + l * SIZE, src + k * SIZE + l * r->src_column, \
                              r->dst_row, r->src_column, false);                                   \
            }                                                                                      \
    }                                                                                              \
                                                                                                   \
    static void NAME(unsigned char *dst, const unsigned char *src, const struct mmv_rectangle *r)  \
    {                                                                                              \
        const mmview_intp lines = MMV_MOVE_LINE / SIZE;                                            \
        const mmview_intp rows = r->rows - r->rows % lines;                                        \
        const mmview_intp columns = r->columns - r->columns % lines;                               \
                                                                                                   \
        for (mmview_intp j = 0; j < columns; j += lines) {                                         \
            if (r->stream)                                                                         \
                for (mmview_intp i = 0; i < rows; i += lines)                                      \
                    NAME##_line(dst, src, r, i, j, true);                                          \
            else                                                                                   \
                for (mmview_intp i = 0; i < rows; i += lines)                                      \
                    NAME##_line(dst, src, r, i, j, false);                                         \
            NAME##_rest(dst, src, r, rows, r->rows, j, j + lines);                                 \
        }                                                                                          \
        NAME##_rest(dst, src, r, 0, r->rows, columns, r->columns);                                 \
    }

TRANSPOSE(transpose_4, 4)
TRANSPOSE(transpose_8, 8)

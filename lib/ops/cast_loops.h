/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The loops of cast.h, as the function CAST: included once for each kind of
 * processor, and optimized for it. A row of the table is a type to convert from, a
 * column one to convert to. */
#include "ops/cast.h"
#include "ops/cast_to.h"

/* Numbers at any address. */
#define ANYWHERE __attribute__((aligned(1), may_alias))
typedef unsigned char b1;
typedef signed char i1;
typedef unsigned char u1;
typedef int16_t i2 ANYWHERE;
typedef uint16_t u2 ANYWHERE;
typedef int32_t i4 ANYWHERE;
typedef uint32_t u4 ANYWHERE;
typedef int64_t i8 ANYWHERE;
typedef uint64_t u8 ANYWHERE;
typedef uint16_t f2 ANYWHERE;
typedef float f4 ANYWHERE;
typedef double f8 ANYWHERE;
typedef long double fg ANYWHERE;
typedef struct {
    f4 re, im;
} c4;
typedef struct {
    f8 re, im;
} c8;
typedef struct {
    fg re, im;
} cg;

/* TO_type_class(x): a number of the class as one of the type. The classes are
 * i: integers, h: halves, s: float, d: double, g: long double. */

#define TO_i1_i(x) ((i1)(x))
#define TO_i1_h(x) TO_i1_s(mmv_half_to_float(x))
#define TO_i1_s(x) ((i1)mmv_i4_of_f4(x))
#define TO_i1_d(x) ((i1)mmv_i4_of_f8(x))
#define TO_i1_g(x) ((i1)mmv_i2_of_fg(x))

#define TO_u1_i(x) ((u1)(x))
#define TO_u1_h(x) TO_u1_s(mmv_half_to_float(x))
#define TO_u1_s(x) ((u1)mmv_i4_of_f4(x))
#define TO_u1_d(x) ((u1)mmv_i4_of_f8(x))
#define TO_u1_g(x) ((u1)mmv_i2_of_fg(x))

#define TO_i2_i(x) ((int16_t)(x))
#define TO_i2_h(x) TO_i2_s(mmv_half_to_float(x))
#define TO_i2_s(x) ((int16_t)mmv_i4_of_f4(x))
#define TO_i2_d(x) ((int16_t)mmv_i4_of_f8(x))
#define TO_i2_g(x) mmv_i2_of_fg(x)

#define TO_u2_i(x) ((uint16_t)(x))
#define TO_u2_h(x) TO_u2_s(mmv_half_to_float(x))
#define TO_u2_s(x) ((uint16_t)mmv_i4_of_f4(x))
#define TO_u2_d(x) ((uint16_t)mmv_i4_of_f8(x))
#define TO_u2_g(x) ((uint16_t)mmv_i4_of_fg(x))

#define TO_i4_i(x) ((int32_t)(x))
#define TO_i4_h(x) TO_i4_s(mmv_half_to_float(x))
#define TO_i4_s(x) mmv_i4_of_f4(x)
#define TO_i4_d(x) mmv_i4_of_f8(x)
#define TO_i4_g(x) mmv_i4_of_fg(x)

#define TO_u4_i(x) ((uint32_t)(x))
#define TO_u4_h(x) TO_u4_s(mmv_half_to_float(x))
#define TO_u4_s(x) mmv_u4_of_f4(x)
#define TO_u4_d(x) mmv_u4_of_f8(x)
#define TO_u4_g(x) ((uint32_t)mmv_i8_of_fg(x))

#define TO_i8_i(x) ((int64_t)(x))
#define TO_i8_h(x) TO_i8_s(mmv_half_to_float(x))
#define TO_i8_s(x) mmv_i8_of_f4(x)
#define TO_i8_d(x) mmv_i8_of_f8(x)
#define TO_i8_g(x) mmv_i8_of_fg(x)

#define TO_u8_i(x) ((uint64_t)(x))
#define TO_u8_h(x) TO_u8_s(mmv_half_to_float(x))
#define TO_u8_s(x) mmv_u8_of_f4(x)
#define TO_u8_d(x) mmv_u8_of_f8(x)
#define TO_u8_g(x) mmv_u8_of_fg(x)

/* Integers and long doubles are rounded twice, as NumPy does it. */
#define TO_f2_i(x) mmv_half_of_float((float)(x))
#define TO_f2_h(x) (x)
#define TO_f2_s(x) mmv_half_of_float(x)
#define TO_f2_d(x) mmv_half_of_double(x)
#define TO_f2_g(x) mmv_half_of_double((double)(x))

#define TO_f4_i(x) ((float)(x))
#define TO_f4_h(x) mmv_half_to_float(x)
#define TO_f4_s(x) (x)
#define TO_f4_d(x) ((float)(x))
#define TO_f4_g(x) ((float)(x))

#define TO_f8_i(x)                                  \
    _Generic((x), int64_t                           \
             : mmv_f8_of_i8((int64_t)(x)), uint64_t \
             : mmv_f8_of_u8((uint64_t)(x)), default \
             : (double)(x))
#define TO_f8_h(x) mmv_double_of_bits(mmv_half_to_double_bits(x))
#define TO_f8_s(x) ((double)(x))
#define TO_f8_d(x) (x)
#define TO_f8_g(x) ((double)(x))

#define TO_fg_i(x) ((long double)(x))
#define TO_fg_h(x) ((long double)mmv_half_to_float(x))
#define TO_fg_s(x) ((long double)(x))
#define TO_fg_d(x) ((long double)(x))
#define TO_fg_g(x) (x)

#define EACH(FROM, TO, ...)                  \
    do {                                     \
        const FROM *restrict s = src;        \
        TO *restrict d = dst;                \
                                             \
        for (size_t i = 0; i < count; i++) { \
            const FROM x = s[i];             \
                                             \
            d[i] = (TO)__VA_ARGS__;          \
        }                                    \
        return;                              \
    } while (0)

/* From x, what is true of it and its two parts, of a class. */
#define ROW(FROM, TRUE, CLASS, REAL, IMAG)                                                    \
    static void from_##FROM(enum mmv_number to, void *restrict dst, const void *restrict src, \
                            size_t count)                                                     \
    {                                                                                         \
        switch (to) {                                                                         \
        case MMV_B1: EACH(FROM, b1, (TRUE));                                                  \
        case MMV_I1: EACH(FROM, i1, TO_i1_##CLASS(REAL));                                     \
        case MMV_U1: EACH(FROM, u1, TO_u1_##CLASS(REAL));                                     \
        case MMV_I2: EACH(FROM, i2, TO_i2_##CLASS(REAL));                                     \
        case MMV_U2: EACH(FROM, u2, TO_u2_##CLASS(REAL));                                     \
        case MMV_I4: EACH(FROM, i4, TO_i4_##CLASS(REAL));                                     \
        case MMV_U4: EACH(FROM, u4, TO_u4_##CLASS(REAL));                                     \
        case MMV_I8: EACH(FROM, i8, TO_i8_##CLASS(REAL));                                     \
        case MMV_U8: EACH(FROM, u8, TO_u8_##CLASS(REAL));                                     \
        case MMV_F2: EACH(FROM, f2, TO_f2_##CLASS(REAL));                                     \
        case MMV_F4: EACH(FROM, f4, TO_f4_##CLASS(REAL));                                     \
        case MMV_F8: EACH(FROM, f8, TO_f8_##CLASS(REAL));                                     \
        case MMV_FG: EACH(FROM, fg, TO_fg_##CLASS(REAL));                                     \
        case MMV_C4: EACH(FROM, c4, {TO_f4_##CLASS(REAL), TO_f4_##CLASS(IMAG)});              \
        case MMV_C8: EACH(FROM, c8, {TO_f8_##CLASS(REAL), TO_f8_##CLASS(IMAG)});              \
        case MMV_CG: EACH(FROM, cg, {TO_fg_##CLASS(REAL), TO_fg_##CLASS(IMAG)});              \
        case MMV_NUMBERS: break;                                                              \
        }                                                                                     \
    }

ROW(b1, x != 0, i, (x != 0), 0)
ROW(i1, x != 0, i, x, 0)
ROW(u1, x != 0, i, x, 0)
ROW(i2, x != 0, i, x, 0)
ROW(u2, x != 0, i, x, 0)
ROW(i4, x != 0, i, x, 0)
ROW(u4, x != 0, i, x, 0)
ROW(i8, x != 0, i, x, 0)
ROW(u8, x != 0, i, x, 0)
ROW(f2, (x & 0x7fff) != 0, h, x, 0)
ROW(f4, x != 0, s, x, 0)
ROW(f8, x != 0, d, x, 0)
ROW(fg, x != 0, g, x, 0)
ROW(c4, (x.re != 0) | (x.im != 0), s, x.re, x.im)
ROW(c8, (x.re != 0) | (x.im != 0), d, x.re, x.im)
ROW(cg, (x.re != 0) | (x.im != 0), g, x.re, x.im)

void CAST(enum mmv_number to, void *dst, enum mmv_number from, const void *src, size_t count)
{
    switch (from) {
    case MMV_B1: from_b1(to, dst, src, count); break;
    case MMV_I1: from_i1(to, dst, src, count); break;
    case MMV_U1: from_u1(to, dst, src, count); break;
    case MMV_I2: from_i2(to, dst, src, count); break;
    case MMV_U2: from_u2(to, dst, src, count); break;
    case MMV_I4: from_i4(to, dst, src, count); break;
    case MMV_U4: from_u4(to, dst, src, count); break;
    case MMV_I8: from_i8(to, dst, src, count); break;
    case MMV_U8: from_u8(to, dst, src, count); break;
    case MMV_F2: from_f2(to, dst, src, count); break;
    case MMV_F4: from_f4(to, dst, src, count); break;
    case MMV_F8: from_f8(to, dst, src, count); break;
    case MMV_FG: from_fg(to, dst, src, count); break;
    case MMV_C4: from_c4(to, dst, src, count); break;
    case MMV_C8: from_c8(to, dst, src, count); break;
    case MMV_CG: from_cg(to, dst, src, count); break;
    case MMV_NUMBERS: break;
    }
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* ctypes.shape_as() and ctypes.strides_as(); and where the items are. */
#include <mmview.h>

#include <complex.h>
#include <wchar.h>

#include "raw.h"

static const enum mmview_ctype first = MMVIEW_CTYPE_BOOL, last = MMVIEW_CTYPE_HALF;

/* A (3, 4, 5) array of bytes that count up, backwards along the second axis. */
static struct mmview_ctypes backwards(void)
{
    static const mmview_intp shape[] = {3, 4, 5};
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *whole, *part;

    for (size_t i = 0; i < 60; i++)
        bytes[i] = (unsigned char)i;
    whole = map_raw("u1", 3, shape, 0, MMVIEW_MODE_R);
    ck_assert_int_eq(mmview_view_select(whole, ":, ::-1", SIZE_MAX, &part, NULL), MMVIEW_OK);
    mmview_array_unref(whole);
    mmview_ctypes_init(&view, part);
    mmview_array_unref(part);
    return view;
}

START_TEST(items)
{
    struct mmview_ctypes view = backwards();

    for (mmview_intp i = 0; i < 3; i++)
        for (mmview_intp j = 0; j < 4; j++)
            for (mmview_intp k = 0; k < 5; k++) {
                const mmview_intp index[] = {i, j, k}, from_end[] = {i - 3, j - 4, k - 5};
                unsigned char *item = MMVIEW_AT(unsigned char, &view, i, j, k);

                ck_assert_int_eq(*item, i * 20 + (3 - j) * 5 + k);
                ck_assert_ptr_eq(mmview_ctypes_at(&view, 3, index), item);
                ck_assert_ptr_eq(mmview_ctypes_item(&view, 3, index, NULL), item);
                ck_assert_ptr_eq(mmview_ctypes_item(&view, 3, from_end, NULL), item);
            }
    /* Fewer indices: the first item of a row, of a plane, of all. */
    ck_assert_int_eq(*MMVIEW_AT(const unsigned char, &view, 2, 1), 50);
    ck_assert_int_eq(*MMVIEW_AT(const unsigned char, &view, 1), 35);
    ck_assert_ptr_eq(mmview_ctypes_at(&view, 0, NULL), view.data);
    ck_assert_ptr_eq(mmview_ctypes_item(&view, 0, NULL, NULL), view.data);
    mmview_ctypes_clear(&view);
}
END_TEST

START_TEST(items_out_of_bounds)
{
    static const mmview_intp wrong[][4] = {{3, 0, 0},         {0, 4, 0},  {0, 0, 5},
                                           {-4, 0, 0},        {0, -5, 0}, {0, INTPTR_MIN, 0},
                                           {INTPTR_MAX, 0, 0}};
    static const mmview_intp none[] = {0}, first_of_none[] = {0};
    struct mmview_ctypes view = backwards();
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *empty;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        mmview_error_clear(&err);
        ck_assert_ptr_null(mmview_ctypes_item(&view, 3, wrong[i], &err));
        ck_assert_int_eq(err.status, MMVIEW_EINDEX);
    }
    mmview_error_clear(&err);
    ck_assert_ptr_null(mmview_ctypes_item(&view, 2, wrong[4], &err));
    ck_assert_str_eq(err.message, "index -5 is out of bounds for axis 1 with size 4");
    mmview_error_clear(&err);
    ck_assert_ptr_null(mmview_ctypes_item(&view, 4, wrong[0], &err));
    ck_assert_int_eq(err.status, MMVIEW_EINDEX);
    ck_assert_str_eq(err.message,
                     "too many indices for array: array is 3-dimensional, but 4 were indexed");
    mmview_ctypes_clear(&view);

    empty = map_raw("u1", 1, none, 0, MMVIEW_MODE_R);
    mmview_ctypes_init(&view, empty);
    mmview_array_unref(empty);
    ck_assert_ptr_null(mmview_ctypes_item(&view, 1, first_of_none, NULL));
    mmview_ctypes_clear(&view);
}
END_TEST

/* A view whose numbers are hard to hold: shape (3e9, 3), strides (0, -48). */
static struct mmview_ctypes wide(mmview_intp length)
{
    const mmview_intp from[] = {12}, to[] = {length, 2};
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *whole = map_raw("f8", 1, from, 0, MMVIEW_MODE_R), *part, *all;

    ck_assert_int_eq(mmview_view_select(whole, "::-6", SIZE_MAX, &part, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_broadcast(part, to, 2, &all, NULL), MMVIEW_OK);
    mmview_array_unref(whole);
    mmview_array_unref(part);
    mmview_ctypes_init(&view, all);
    mmview_array_unref(all);
    return view;
}

#define SHAPE_AS(ctype, T, ...)                                                             \
    do {                                                                                    \
        const T expected[] = {__VA_ARGS__};                                                 \
        T out[3];                                                                           \
        memset(out, 0x55, sizeof out);                                                      \
        memset(guard, 0x55, sizeof guard);                                                  \
        ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_##ctype, out, 3, &err), \
                         MMVIEW_OK);                                                        \
        ck_assert(out[0] == expected[0] && out[1] == expected[1]);                          \
        ck_assert_int_eq(memcmp(&out[2], guard, sizeof out[2]), 0);                         \
    } while (0)

START_TEST(shape_as)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_ctypes view = wide(200);
    unsigned char guard[64];
    void *pointers[2];

    SHAPE_AS(BOOL, bool, true, true);
    SHAPE_AS(UBYTE, unsigned char, 200, 2);
    SHAPE_AS(SHORT, short, 200, 2);
    SHAPE_AS(USHORT, unsigned short, 200, 2);
    SHAPE_AS(INT, int, 200, 2);
    SHAPE_AS(UINT, unsigned, 200, 2);
    SHAPE_AS(LONG, long, 200, 2);
    SHAPE_AS(ULONG, unsigned long, 200, 2);
    SHAPE_AS(LONGLONG, long long, 200, 2);
    SHAPE_AS(ULONGLONG, unsigned long long, 200, 2);
    SHAPE_AS(SIZE_T, size_t, 200, 2);
    SHAPE_AS(SSIZE_T, ssize_t, 200, 2);
    SHAPE_AS(UINT8, uint8_t, 200, 2);
    SHAPE_AS(INT16, int16_t, 200, 2);
    SHAPE_AS(UINT16, uint16_t, 200, 2);
    SHAPE_AS(INT32, int32_t, 200, 2);
    SHAPE_AS(UINT32, uint32_t, 200, 2);
    SHAPE_AS(INT64, int64_t, 200, 2);
    SHAPE_AS(UINT64, uint64_t, 200, 2);
    SHAPE_AS(FLOAT, float, 200, 2);
    SHAPE_AS(DOUBLE, double, 200, 2);
    SHAPE_AS(LONGDOUBLE, long double, 200, 2);
    SHAPE_AS(FLOAT_COMPLEX, float complex, 200, 2);
    SHAPE_AS(DOUBLE_COMPLEX, double complex, 200, 2);
    SHAPE_AS(LONGDOUBLE_COMPLEX, long double complex, 200, 2);
    SHAPE_AS(CHAR, char, (char)200, 2);
    ck_assert_int_eq(mmview_ctypes_strides_as(&view, MMVIEW_CTYPE_VOID_P, pointers, 2, &err),
                     MMVIEW_OK);
    ck_assert_ptr_null(pointers[0]);
    ck_assert_uint_eq((uintptr_t)pointers[1], UINTPTR_MAX - 47);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    mmview_ctypes_clear(&view);
}
END_TEST

/* Types that can not hold 70000, of all that there are; and a stride of -48. */
START_TEST(never_cut_off)
{
    static const enum mmview_ctype small[] = {
        MMVIEW_CTYPE_BYTE,   MMVIEW_CTYPE_UBYTE,  MMVIEW_CTYPE_SHORT,
        MMVIEW_CTYPE_USHORT, MMVIEW_CTYPE_INT8,   MMVIEW_CTYPE_UINT8,
        MMVIEW_CTYPE_INT16,  MMVIEW_CTYPE_UINT16, MMVIEW_CTYPE_CHAR,
    };
    static const enum mmview_ctype unsigned_ones[] = {
        MMVIEW_CTYPE_UBYTE,     MMVIEW_CTYPE_USHORT, MMVIEW_CTYPE_UINT,  MMVIEW_CTYPE_ULONG,
        MMVIEW_CTYPE_ULONGLONG, MMVIEW_CTYPE_SIZE_T, MMVIEW_CTYPE_UINT8, MMVIEW_CTYPE_UINT16,
        MMVIEW_CTYPE_UINT32,    MMVIEW_CTYPE_UINT64, MMVIEW_CTYPE_CHAR,
    };
    struct mmview_ctypes view = wide(70000);
    struct mmview_error err = MMVIEW_ERROR_INIT;
    unsigned char out[64];

    memset(out, 0x55, sizeof out);
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        ck_assert_int_eq(mmview_ctypes_shape_as(&view, small[i], out, 2, &err), MMVIEW_EOVERFLOW);
    ck_assert_str_eq(err.message, "shape[0] is 70000, which c_byte can not hold");
    mmview_error_clear(&err);
    for (size_t i = 0; i < sizeof unsigned_ones / sizeof *unsigned_ones; i++)
        ck_assert_int_eq(mmview_ctypes_strides_as(&view, unsigned_ones[i], out, 2, &err),
                         MMVIEW_EOVERFLOW);
    ck_assert_str_eq(err.message, "strides[1] is -48, which c_ubyte can not hold");
    for (size_t i = 0; i < sizeof out; i++)
        ck_assert_int_eq(out[i], 0x55);
    ck_assert_int_eq(mmview_ctypes_strides_as(&view, MMVIEW_CTYPE_BYTE, out, 2, NULL), MMVIEW_OK);
    ck_assert_int_eq((signed char)out[1], -48);
    mmview_ctypes_clear(&view);

    /* The last that fits, and the first that does not. */
    view = wide(INT16_MAX);
    ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_SHORT, out, 2, NULL), MMVIEW_OK);
    mmview_ctypes_clear(&view);
    view = wide(INT16_MAX + 1);
    ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_SHORT, out, 2, NULL),
                     MMVIEW_EOVERFLOW);
    mmview_ctypes_clear(&view);
#if INTPTR_MAX > INT32_MAX
    view = wide(UINT32_MAX);
    ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_UINT32, out, 2, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_INT32, out, 2, NULL),
                     MMVIEW_EOVERFLOW);
    mmview_ctypes_clear(&view);
    view = wide((mmview_intp)UINT32_MAX + 1);
    ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_UINT32, out, 2, NULL),
                     MMVIEW_EOVERFLOW);
    mmview_ctypes_clear(&view);
#endif
}
END_TEST

START_TEST(shape_as_refused)
{
    struct mmview_ctypes view = wide(5);
    struct mmview_error err = MMVIEW_ERROR_INIT;
    wchar_t wide_out[2];
    int out[2] = {7, 7};

    ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_WCHAR, wide_out, 2, &err),
                     MMVIEW_ETYPE);
    ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_HALF, wide_out, 2, NULL),
                     MMVIEW_ETYPE);
    mmview_error_clear(&err);
    ck_assert_int_eq(mmview_ctypes_shape_as(&view, MMVIEW_CTYPE_INT, out, 1, &err), MMVIEW_EINVAL);
    ck_assert_str_eq(err.message, "room for 1 numbers, but there are 2 dimensions");
    ck_assert_int_eq(out[0], 7);
    ck_assert_int_eq(mmview_ctypes_strides_as(&view, MMVIEW_CTYPE_INT, out, 0, NULL),
                     MMVIEW_EINVAL);
    mmview_ctypes_clear(&view);
}
END_TEST

/* None in NumPy, whatever type is asked for. */
START_TEST(zero_dimensions)
{
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *array = map_raw("f8", 0, NULL, 0, MMVIEW_MODE_R);
    char name[8] = "?";

    mmview_ctypes_init(&view, array);
    mmview_array_unref(array);
    for (int i = (int)first; i <= (int)last; i++) {
        enum mmview_ctype type = (enum mmview_ctype)i;

        ck_assert_int_eq(mmview_ctypes_shape_as(&view, type, NULL, 0, NULL), MMVIEW_OK);
        ck_assert_int_eq(mmview_ctypes_strides_as(&view, type, NULL, 0, NULL), MMVIEW_OK);
        ck_assert_uint_eq(mmview_ctypes_type_name(&view, type, name, sizeof name), 0);
        ck_assert_str_eq(name, "");
    }
    ck_assert_ptr_nonnull(MMVIEW_DATA_AS(const double, &view, NULL));
    mmview_ctypes_clear(&view);
}
END_TEST

START_TEST(type_names)
{
    struct mmview_ctypes view = backwards();
    char name[32];

    ck_assert_uint_eq(mmview_ctypes_type_name(&view, MMVIEW_CTYPE_DOUBLE, name, sizeof name), 16);
    ck_assert_str_eq(name, "c_double_Array_3");
    mmview_ctypes_type_name(&view, mmview_intp_ctype(), name, sizeof name);
    ck_assert_str_eq(name, "c_long_Array_3");
    ck_assert_uint_eq(mmview_ctypes_type_name(&view, MMVIEW_CTYPE_DOUBLE, name, 5), 16);
    ck_assert_str_eq(name, "c_do");
    ck_assert_uint_eq(mmview_ctypes_type_name(&view, MMVIEW_CTYPE_DOUBLE, NULL, 0), 16);
    mmview_ctypes_clear(&view);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("ctypes_shape");

    tcase_add_test(tcase, items);
    tcase_add_test(tcase, items_out_of_bounds);
    tcase_add_test(tcase, shape_as);
    tcase_add_test(tcase, never_cut_off);
    tcase_add_test(tcase, shape_as_refused);
    tcase_add_test(tcase, zero_dimensions);
    tcase_add_test(tcase, type_names);
    return run_suite("ctypes_shape", tcase);
}

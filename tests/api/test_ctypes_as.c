/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* ctypes.data_as(): which pointers there are, and which are refused, and why. */
#include <mmview.h>

#include <complex.h>
#include <limits.h>

#include "raw.h"

/* Asks for a pointer and expects a refusal, both to write and to read unless it
 * is only the writing that is refused. Returns the reason. */
static struct mmview_error refused(const struct mmview_ctypes *view, enum mmview_ctype type,
                                   int status)
{
    struct mmview_error err = MMVIEW_ERROR_INIT, other = MMVIEW_ERROR_INIT;

    ck_assert_ptr_null(mmview_ctypes_data_as(view, type, &err));
    ck_assert_msg(err.status == status, "%s, not %s: %s", mmview_status_name(err.status),
                  mmview_status_name(status), err.message);
    ck_assert_ptr_null(mmview_ctypes_data_as(view, type, NULL));
    if (status == MMVIEW_EREADONLY) {
        ck_assert_ptr_eq(mmview_ctypes_const_data_as(view, type, &other), view->data);
        ck_assert_int_eq(other.status, MMVIEW_OK);
    } else {
        ck_assert_ptr_null(mmview_ctypes_const_data_as(view, type, &other));
        ck_assert_int_eq(other.status, status);
        ck_assert_str_eq(other.message, err.message);
    }
    return err;
}

static const enum mmview_ctype first = MMVIEW_CTYPE_BOOL, last = MMVIEW_CTYPE_HALF;

START_TEST(names)
{
    enum mmview_ctype found;

    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_DOUBLE), "c_double");
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_INT16), "c_short");
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_HALF), "c_ushort");
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_UINT8), "c_ubyte");
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_LONG), "c_long");
    /* One class for the names of what is the same to the machine. */
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_SSIZE_T),
                     mmview_ctype_name(mmview_intp_ctype()));
#if LONG_MAX > INT_MAX
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_INT64), "c_long");
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_LONGLONG), "c_long");
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_SIZE_T), "c_ulong");
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_INT), "c_int");
    ck_assert_int_eq(mmview_intp_ctype(), MMVIEW_CTYPE_LONG);
#else
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_INT32), "c_long");
    ck_assert_str_eq(mmview_ctype_name(MMVIEW_CTYPE_UINT), "c_ulong");
    ck_assert_int_eq(mmview_intp_ctype(), MMVIEW_CTYPE_INT);
#endif
    for (int type = (int)first; type <= (int)last; type++) {
        ck_assert_ptr_nonnull(mmview_ctype_name((enum mmview_ctype)type));
        ck_assert_uint_gt(mmview_ctype_size((enum mmview_ctype)type), 0);
    }
    ck_assert_uint_eq(mmview_ctype_size(mmview_intp_ctype()), sizeof(mmview_intp));
    ck_assert_uint_eq(mmview_ctype_size(MMVIEW_CTYPE_LONGDOUBLE_COMPLEX), 2 * sizeof(long double));

    ck_assert_int_eq(mmview_ctype_find("c_int64", SIZE_MAX, &found), MMVIEW_OK);
    ck_assert_int_eq(found, MMVIEW_CTYPE_INT64);
    ck_assert_int_eq(mmview_ctype_find("c_int64", 5, &found), MMVIEW_OK);
    ck_assert_int_eq(found, MMVIEW_CTYPE_INT);
    ck_assert_int_eq(mmview_ctype_find("c_int6", SIZE_MAX, &found), MMVIEW_ENOTFOUND);
    ck_assert_int_eq(mmview_ctype_find("", 0, &found), MMVIEW_ENOTFOUND);
    ck_assert_int_eq(mmview_ctype_find("double", SIZE_MAX, &found), MMVIEW_ENOTFOUND);
    ck_assert_int_eq(found, MMVIEW_CTYPE_INT);
}
END_TEST

START_TEST(no_such_type)
{
    struct mmview_ctypes view = view_of("f8", 0, MMVIEW_MODE_C);
    static const int wrong[] = {0, (int)last + 1, -1, INT_MAX, INT_MIN};
    double out[1] = {7};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        enum mmview_ctype type = (enum mmview_ctype)wrong[i];

        ck_assert_ptr_null(mmview_ctype_name(type));
        ck_assert_uint_eq(mmview_ctype_size(type), 0);
        refused(&view, type, MMVIEW_EINVAL);
        ck_assert_int_eq(mmview_ctypes_shape_as(&view, type, out, 1, NULL), MMVIEW_EINVAL);
        ck_assert_int_eq(mmview_ctypes_strides_as(&view, type, out, 1, NULL), MMVIEW_EINVAL);
        ck_assert_uint_eq(mmview_ctypes_type_name(&view, type, NULL, 0), 0);
    }
    ck_assert(out[0] == 7);
    mmview_ctypes_clear(&view);
    refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EINVAL);
    refused(&view, MMVIEW_CTYPE_VOID_P, MMVIEW_EINVAL);
    ck_assert_ptr_null(mmview_ctypes_as_parameter(&view));
}
END_TEST

/* The types of 32 and 64 bits by their other names. */
#if LONG_MAX > INT32_MAX
#define LONG_4
#define ULONG_4
#define LONG_8  " c_long c_ssize_t"
#define ULONG_8 " c_ulong c_size_t"
#else
#define LONG_4  " c_long c_ssize_t"
#define ULONG_4 " c_ulong c_size_t"
#define LONG_8
#define ULONG_8
#endif

/* Which types fit which items; no other does. */
static const struct {
    const char *dtype, *fit;
} fits[] = {
    {"?", "c_bool c_ubyte c_uint8"},
    {"i1", "c_byte c_int8"},
    {"u1", "c_ubyte c_uint8"},
    {"=i2", "c_short c_int16"},
    {"=u2", "c_ushort c_uint16"},
    {"=i4", "c_int c_int32" LONG_4},
    {"=u4", "c_uint c_uint32" ULONG_4},
    {"=i8", "c_longlong c_int64" LONG_8},
    {"=u8", "c_ulonglong c_uint64" ULONG_8},
    {"=M8[s]", "c_longlong c_int64" LONG_8},
    {"=m8", "c_longlong c_int64" LONG_8},
    {"=f2", "c_half"},
    {"=f4", "c_float"},
    {"=f8", "c_double"},
    {"g", "c_longdouble"},
    {"=c8", "c_float_complex"},
    {"=c16", "c_double_complex"},
    {"G", "c_longdouble_complex"},
    {"S1", "c_char c_ubyte c_uint8"},
    {"S7", "c_char c_ubyte c_uint8"},
    {"S0", "c_char c_ubyte c_uint8"},
    {"V5", "c_char c_ubyte c_uint8"},
#if WCHAR_MAX > 0xffff
    {"=U3", "c_wchar c_int c_int32 c_uint c_uint32" LONG_4 ULONG_4},
#else
    {"=U3", "c_int c_int32 c_uint c_uint32" LONG_4 ULONG_4},
#endif
    {"[('x', '=f8')]", ""},
    {"[('x', 'u1')]", ""},
    {"[]", ""},
};

START_TEST(types_that_fit)
{
    struct mmview_ctypes view = view_of(fits[_i].dtype, 0, MMVIEW_MODE_C);
    int count = 0, words = fits[_i].fit[0] ? 1 : 0;

    for (const char *p = fits[_i].fit; *p; p++)
        words += *p == ' ';
    for (int i = (int)first; i <= (int)last; i++) {
        enum mmview_ctype type = (enum mmview_ctype)i, other;
        struct mmview_error err = MMVIEW_ERROR_INIT;
        const char *p = fits[_i].fit, *name = NULL;

        /* The type's own name, which mmview_ctype_name() need not tell. */
        for (; *p; p += strcspn(p, " "), p += strspn(p, " "))
            if (mmview_ctype_find(p, strcspn(p, " "), &other) == MMVIEW_OK && other == type)
                name = p;
        if (!name && type != MMVIEW_CTYPE_VOID_P) {
            refused(&view, type, MMVIEW_ETYPE);
            continue;
        }
        ck_assert_ptr_eq(mmview_ctypes_data_as(&view, type, &err), view.data);
        ck_assert_ptr_eq(mmview_ctypes_const_data_as(&view, type, &err), view.data);
        ck_assert_int_eq(err.status, MMVIEW_OK);
        count++;
    }
    ck_assert_int_eq(count, words + 1);
    mmview_ctypes_clear(&view);
}
END_TEST

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define BIG_OR_SO "big-endian"
#else
#define BIG_OR_SO "little-endian"
#endif

/* Each would be a wrong number, or the end of the program, if it went through. */
START_TEST(refuses_what_is_no_double)
{
    struct mmview_ctypes view;
    struct mmview_error err;

    view = view_of("=f4", 0, MMVIEW_MODE_C);
    err = refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_ETYPE);
    ck_assert_str_eq(err.message, "a pointer to c_double was asked for, but the items are float32");
    mmview_ctypes_clear(&view);

    view = view_of(OTHER "f8", 0, MMVIEW_MODE_C);
    err = refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EBYTEORDER);
    ck_assert_str_eq(err.message, "a pointer to c_double was asked for, but the items are float64 "
                                  "in the byte order of other machines (" BIG_OR_SO ")");
    mmview_ctypes_clear(&view);

    view = view_of("=f8", 10, MMVIEW_MODE_C);
    err = refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EALIGNMENT);
    ck_assert_ptr_nonnull(
        strstr(err.message, "a c_double must be at a multiple of " DOUBLE_ALIGNMENT));
    ck_assert_ptr_nonnull(strstr(err.message, "byte 10 of the file"));
    ck_assert_uint_eq(err.offset, 10);
    mmview_ctypes_clear(&view);

    view = view_of("=f8", 0, MMVIEW_MODE_R);
    err = refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EREADONLY);
    ck_assert_str_eq(err.message, "a pointer to c_double to write through was asked for, but the "
                                  "array is read-only");
    mmview_ctypes_clear(&view);

    view = view_of("[('x', '=f8')]", 0, MMVIEW_MODE_C);
    err = refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_ETYPE);
    ck_assert_ptr_nonnull(strstr(err.message, "the items are a struct"));
    mmview_ctypes_clear(&view);
}
END_TEST

/* All at once: the type is told of first, then the order, then the place. */
START_TEST(tells_the_first_reason)
{
    struct mmview_ctypes view = view_of(OTHER "f8", 3, MMVIEW_MODE_R);

    refused(&view, MMVIEW_CTYPE_FLOAT, MMVIEW_ETYPE);
    refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EBYTEORDER);
    refused(&view, MMVIEW_CTYPE_VOID_P, MMVIEW_EREADONLY);
    ck_assert_ptr_eq(mmview_ctypes_as_parameter(&view), view.data);
    mmview_ctypes_clear(&view);
    view = view_of("=f8", 3, MMVIEW_MODE_R);
    refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EALIGNMENT);
    mmview_ctypes_clear(&view);
    view = view_of("S3", 3, MMVIEW_MODE_R);
    refused(&view, MMVIEW_CTYPE_CHAR, MMVIEW_EREADONLY);
    mmview_ctypes_clear(&view);
    view = view_of(OTHER "U1", 0, MMVIEW_MODE_R);
    refused(&view, MMVIEW_CTYPE_UINT32, MMVIEW_EBYTEORDER);
    mmview_ctypes_clear(&view);
}
END_TEST

static struct mmview_ctypes field_of(const char *dtype, const char *name, int ndim,
                                     const mmview_intp *shape)
{
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    struct mmview_array *array = map_raw(dtype, ndim, shape, 0, MMVIEW_MODE_C), *field;

    ck_assert_int_eq(mmview_view_field(array, name, SIZE_MAX, &field, NULL), MMVIEW_OK);
    mmview_array_unref(array);
    mmview_ctypes_init(&view, field);
    mmview_array_unref(field);
    return view;
}

/* What counts is where the items are, not what the dtype's alignment says. */
START_TEST(alignment_of_fields)
{
    static const mmview_intp one[] = {1}, none[] = {0}, row[] = {1, 3};
    struct mmview_ctypes view = field_of("[('x', '=f8'), ('y', '=i2')]", "x", 1, three);
    struct mmview_error err = refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EALIGNMENT);

    ck_assert_str_eq(err.message, "a c_double must be at a multiple of " DOUBLE_ALIGNMENT
                                  ", but the items are 10 bytes apart along axis 0");
    mmview_ctypes_clear(&view);

    view = field_of("[('x', '=f8'), ('y', '=i4')]", "y", 1, three);
    ck_assert_ptr_eq(mmview_ctypes_data_as(&view, MMVIEW_CTYPE_INT, NULL), view.data);
    mmview_ctypes_clear(&view);

    /* Along the first axis there is only one. */
    view = field_of("[('x', '=f8'), ('y', '=i2')]", "x", 2, row);
    err = refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EALIGNMENT);
    ck_assert_ptr_nonnull(strstr(err.message, "10 bytes apart along axis 1"));
    mmview_ctypes_clear(&view);

    /* One item has no neighbour, and none has no place. */
    view = field_of("[('x', '=f8'), ('y', '=i4')]", "x", 1, one);
    ck_assert_ptr_eq(mmview_ctypes_data_as(&view, MMVIEW_CTYPE_DOUBLE, NULL), view.data);
    mmview_ctypes_clear(&view);
    view = field_of("[('y', 'i1'), ('x', '=f8')]", "x", 1, one);
    refused(&view, MMVIEW_CTYPE_DOUBLE, MMVIEW_EALIGNMENT);
    mmview_ctypes_clear(&view);
    view = field_of("[('y', 'i1'), ('x', '=f8')]", "x", 1, none);
    ck_assert_ptr_eq(mmview_ctypes_data_as(&view, MMVIEW_CTYPE_DOUBLE, NULL), view.data);
    mmview_ctypes_clear(&view);
}
END_TEST

START_TEST(typed_macros)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_ctypes view;
    double *p;
    const double *q;

    memcpy(bytes, values, sizeof values);
    view = view_of("=f8", 0, MMVIEW_MODE_C);
    p = MMVIEW_DATA_AS(double, &view, &err);
    ck_assert_ptr_nonnull(p);
    ck_assert(p[1] == -2);
    p[1] = 9;
    ck_assert(*MMVIEW_AT(const double, &view, 1) == 9);
    ck_assert_ptr_null(MMVIEW_DATA_AS(float, &view, &err));
    ck_assert_int_eq(err.status, MMVIEW_ETYPE);
    ck_assert_ptr_null(MMVIEW_DATA_AS(const char, &view, NULL));
    ck_assert_ptr_eq(MMVIEW_DATA_AS(void, &view, NULL), view.data);
    ck_assert_ptr_eq(MMVIEW_DATA_CAST(int, &view), view.data);
    mmview_ctypes_clear(&view);

    view = view_of("=f8", 0, MMVIEW_MODE_R);
    mmview_error_clear(&err);
    ck_assert_ptr_null(MMVIEW_DATA_AS(double, &view, &err));
    ck_assert_int_eq(err.status, MMVIEW_EREADONLY);
    ck_assert_ptr_null(MMVIEW_DATA_AS(void, &view, NULL));
    q = MMVIEW_DATA_AS(const double, &view, NULL);
    ck_assert_ptr_eq(q, view.data);
    ck_assert_ptr_eq(MMVIEW_DATA_AS(const void, &view, NULL), view.data);
    mmview_ctypes_clear(&view);
}
END_TEST

struct record {
    double x;
    int32_t n, m;
};

static const char record[] = "[('x', '=f8'), ('n', '=i4'), ('m', '=i4')]";

static void no_records(const struct mmview_ctypes *view, size_t size, size_t alignment, int status,
                       const char *part)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_ptr_null(mmview_ctypes_records_as(view, size, alignment, &err));
    ck_assert_int_eq(err.status, status);
    ck_assert_msg(strstr(err.message, part) != NULL, "%s", err.message);
    ck_assert_ptr_null(mmview_ctypes_records_as(view, size, alignment, NULL));
    if (status != MMVIEW_EREADONLY)
        ck_assert_ptr_null(mmview_ctypes_const_records_as(view, size, alignment, NULL));
}

START_TEST(records)
{
    struct mmview_ctypes view = view_of(record, 16, MMVIEW_MODE_C);
    struct record *p = MMVIEW_RECORDS_AS(struct record, &view, NULL);

    ck_assert_ptr_eq(p, view.data);
    p[2].n = 77;
    ck_assert_int_eq(MMVIEW_AT(const struct record, &view, 2)->n, 77);
    no_records(&view, 24, 8, MMVIEW_ETYPE,
               "records of 24 bytes was asked for, but the items have 16");
    no_records(&view, 15, 1, MMVIEW_ETYPE, "15 bytes");
    no_records(&view, 16, 0, MMVIEW_EINVAL, "alignment of 0");
    no_records(&view, 16, 12, MMVIEW_EINVAL, "alignment of 12");
    no_records(&view, 16, SIZE_MAX, MMVIEW_EINVAL, "alignment of");
    mmview_ctypes_clear(&view);
    no_records(&view, 16, 8, MMVIEW_EINVAL, "holds no array");

    /* NumPy says ALIGNED: a struct may be anywhere for it. */
    view = view_of(record, 2, MMVIEW_MODE_C);
    ck_assert_int_ne(mmview_array_flags(view.owner) & MMVIEW_ALIGNED, 0);
    ck_assert_ptr_null(MMVIEW_RECORDS_AS(struct record, &view, NULL));
    no_records(&view, 16, 8, MMVIEW_EALIGNMENT, "a record must be at a multiple of 8");
    ck_assert_ptr_eq(mmview_ctypes_records_as(&view, 16, 2, NULL), view.data);
    mmview_ctypes_clear(&view);

    view = view_of(record, 0, MMVIEW_MODE_R);
    ck_assert_ptr_null(MMVIEW_RECORDS_AS(struct record, &view, NULL));
    ck_assert_ptr_eq(MMVIEW_RECORDS_AS(const struct record, &view, NULL), view.data);
    no_records(&view, 16, 8, MMVIEW_EREADONLY, "a pointer to records to write through");
    mmview_ctypes_clear(&view);
}
END_TEST

/* Every C type is the enum mmview_ctype of its name. */
START_TEST(type_of_a_type)
{
    ck_assert_int_eq(MMVIEW_CTYPE_OF(_Bool), MMVIEW_CTYPE_BOOL);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(char), MMVIEW_CTYPE_CHAR);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(const char), MMVIEW_CTYPE_CHAR);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(int8_t), MMVIEW_CTYPE_BYTE);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(unsigned char), MMVIEW_CTYPE_UBYTE);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(short), MMVIEW_CTYPE_SHORT);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(uint16_t), MMVIEW_CTYPE_USHORT);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(int), MMVIEW_CTYPE_INT);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(const unsigned), MMVIEW_CTYPE_UINT);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(long), MMVIEW_CTYPE_LONG);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(unsigned long), MMVIEW_CTYPE_ULONG);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(long long), MMVIEW_CTYPE_LONGLONG);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(unsigned long long), MMVIEW_CTYPE_ULONGLONG);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(mmview_intp), mmview_intp_ctype());
    ck_assert_int_eq(MMVIEW_CTYPE_OF(float), MMVIEW_CTYPE_FLOAT);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(const double), MMVIEW_CTYPE_DOUBLE);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(long double), MMVIEW_CTYPE_LONGDOUBLE);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(float complex), MMVIEW_CTYPE_FLOAT_COMPLEX);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(double complex), MMVIEW_CTYPE_DOUBLE_COMPLEX);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(long double complex), MMVIEW_CTYPE_LONGDOUBLE_COMPLEX);
    ck_assert_int_eq(MMVIEW_CTYPE_OF(const void), MMVIEW_CTYPE_VOID_P);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("ctypes_as");

    tcase_add_test(tcase, names);
    tcase_add_test(tcase, no_such_type);
    tcase_add_loop_test(tcase, types_that_fit, 0, sizeof fits / sizeof *fits);
    tcase_add_test(tcase, refuses_what_is_no_double);
    tcase_add_test(tcase, tells_the_first_reason);
    tcase_add_test(tcase, alignment_of_fields);
    tcase_add_test(tcase, typed_macros);
    tcase_add_test(tcase, records);
    tcase_add_test(tcase, type_of_a_type);
    return run_suite("ctypes_as", tcase);
}

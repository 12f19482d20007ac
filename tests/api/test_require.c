/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.ctypeslib.ndpointer(): each demand, met and not met, and names of flags. */
#include <mmview.h>

#include "raw.h"

static const mmview_intp shape_34[] = {3, 4};

static struct mmview_dtype *dtype_of(const char *text)
{
    struct mmview_dtype *dtype;

    ck_assert_int_eq(mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    return dtype;
}

static struct mmview_error require(const struct mmview_array *array,
                                   const struct mmview_requirement *want, int status)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int found = mmview_require(array, want, &err);

    ck_assert_msg(found == status, "%s, not %s: %s", mmview_status_name(found),
                  mmview_status_name(status), err.message);
    ck_assert_int_eq(err.status, status);
    ck_assert_int_eq(mmview_require(array, want, NULL), status);
    return err;
}

static struct mmview_error require_dtype(const struct mmview_array *array, const char *text,
                                         int status)
{
    struct mmview_requirement want = MMVIEW_REQUIREMENT_INIT;
    struct mmview_dtype *dtype = dtype_of(text);
    struct mmview_error err;

    want.dtype = dtype;
    err = require(array, &want, status);
    mmview_dtype_unref(dtype);
    return err;
}

static struct mmview_error require_flags(const struct mmview_array *array, int flags, int status)
{
    struct mmview_requirement want = MMVIEW_REQUIREMENT_INIT;

    want.flags = flags;
    return require(array, &want, status);
}

START_TEST(nothing_required)
{
    struct mmview_requirement want = MMVIEW_REQUIREMENT_INIT;
    struct mmview_array *a = map_raw(OTHER "f8", 2, shape_34, 3, MMVIEW_MODE_R);

    require(a, &want, MMVIEW_OK);
    require(a, NULL, MMVIEW_OK);
    mmview_array_unref(a);
}
END_TEST

START_TEST(dtypes)
{
    struct mmview_array *a = map_raw("=f8", 2, shape_34, 0, MMVIEW_MODE_R);
    struct mmview_error err;

    require_dtype(a, "float64", MMVIEW_OK);
    err = require_dtype(a, "=f4", MMVIEW_ETYPE);
    ck_assert_str_eq(err.message, "the dtype is '" OWN "f8', but '" OWN "f4' is required");
    err = require_dtype(a, OTHER "f8", MMVIEW_EBYTEORDER);
    ck_assert_str_eq(err.message, "the dtype is '" OWN "f8', but '" OTHER
                                  "f8' is required: the byte order is the other one");
    require_dtype(a, OTHER "f4", MMVIEW_ETYPE);
    require_dtype(a, OTHER "i8", MMVIEW_ETYPE);
    require_dtype(a, "[('x', '=f8')]", MMVIEW_ETYPE);
    require_dtype(a, "(3,4)=f8", MMVIEW_ETYPE);
    mmview_array_unref(a);

    a = map_raw("=M8[s]", 1, three, 0, MMVIEW_MODE_R);
    require_dtype(a, "=M8[s]", MMVIEW_OK);
    require_dtype(a, "=M8[ms]", MMVIEW_ETYPE);
    require_dtype(a, OTHER "M8[s]", MMVIEW_EBYTEORDER);
    require_dtype(a, OTHER "M8[ms]", MMVIEW_ETYPE);
    mmview_array_unref(a);

    /* Their strs are the same. */
    a = map_raw("=M8[2generic]", 1, three, 0, MMVIEW_MODE_R);
    require_dtype(a, "=M8", MMVIEW_ETYPE);
    mmview_array_unref(a);
}
END_TEST

START_TEST(structs)
{
    struct mmview_array *a =
        map_raw("[('x', '=f8'), ('y', 'V3'), ('z', 'u1', (2,))]", 1, three, 0, MMVIEW_MODE_R);
    struct mmview_error err;

    require_dtype(a, "[('x', '=f8'), ('y', 'V3'), ('z', 'u1', (2,))]", MMVIEW_OK);
    err = require_dtype(a, "[('x', '=f8'), ('y', 'V3'), ('z', 'i1', (2,))]", MMVIEW_ETYPE);
    ck_assert_str_eq(err.message, "field 2 of the dtype is 'z', '|u1' (2,) at byte 11, but "
                                  "'z', '|i1' (2,) at byte 11 is required");
    err = require_dtype(a, "[('x', '=f8'), ('w', 'V3'), ('z', 'u1', (2,))]", MMVIEW_ETYPE);
    ck_assert_ptr_nonnull(strstr(err.message, "field 1 of the dtype is 'y', "));
    err = require_dtype(a, "[('x', '=f8'), ('y', 'V3')]", MMVIEW_ETYPE);
    ck_assert_ptr_nonnull(strstr(err.message, "but none is required"));
    err = require_dtype(a, "[('x', '=f8'), ('y', 'V3'), ('z', 'u1', (2,)), ('q', 'u1')]",
                        MMVIEW_ETYPE);
    ck_assert_ptr_nonnull(strstr(err.message, "field 3 of the dtype is none, but 'q', "));
    err = require_dtype(a, "[('x', '=f8'), ('y', 'V3'), ('z', 'u1', (2,)), ('', 'V2')]",
                        MMVIEW_ETYPE);
    ck_assert_ptr_nonnull(strstr(err.message, "13 bytes instead of 15"));
    require_dtype(a, "V13", MMVIEW_ETYPE);
    mmview_array_unref(a);
}
END_TEST

START_TEST(dimensions)
{
    struct mmview_requirement want = MMVIEW_REQUIREMENT_INIT;
    const mmview_intp other[] = {3, 5}, any_rows[] = {-1, 4}, any_columns[] = {2, -1};
    struct mmview_array *a = map_raw("u1", 2, shape_34, 0, MMVIEW_MODE_R);
    struct mmview_error err;

    want.ndim = 2;
    require(a, &want, MMVIEW_OK);
    want.shape = shape_34;
    require(a, &want, MMVIEW_OK);
    want.shape = any_rows;
    require(a, &want, MMVIEW_OK);
    want.shape = other;
    err = require(a, &want, MMVIEW_EDIMS);
    ck_assert_str_eq(err.message, "the shape is (3, 4), but (3, 5) is required");
    want.shape = any_columns;
    err = require(a, &want, MMVIEW_EDIMS);
    ck_assert_str_eq(err.message, "the shape is (3, 4), but (2, any) is required");
    want.ndim = 1;
    err = require(a, &want, MMVIEW_EDIMS);
    ck_assert_str_eq(err.message, "the array has 2 dimensions, but 1 is required");
    want.ndim = 0;
    want.shape = NULL;
    require(a, &want, MMVIEW_EDIMS);
    mmview_array_unref(a);

    a = map_raw("u1", 0, NULL, 0, MMVIEW_MODE_R);
    require(a, &want, MMVIEW_OK);
    want.ndim = 3;
    err = require(a, &want, MMVIEW_EDIMS);
    ck_assert_str_eq(err.message, "the array has 0 dimensions, but 3 are required");
    mmview_array_unref(a);
}
END_TEST

START_TEST(flags)
{
    struct mmview_array *a = map_raw("=f8", 2, shape_34, 0, MMVIEW_MODE_C), *b;
    struct mmview_error err;

    require_flags(a, MMVIEW_CARRAY, MMVIEW_OK);
    err = require_flags(a, MMVIEW_F_CONTIGUOUS | MMVIEW_ALIGNED, MMVIEW_ELAYOUT);
    ck_assert_str_eq(err.message, "the array is not F_CONTIGUOUS, as is required: its shape is "
                                  "(3, 4), its strides are (32, 8)");
    err = require_flags(a, MMVIEW_OWNDATA, MMVIEW_ELAYOUT);
    ck_assert_str_eq(err.message, "OWNDATA is required, which no mapped array has");
    err = require_flags(a, MMVIEW_WRITEBACKIFCOPY, MMVIEW_ELAYOUT);
    ck_assert_str_eq(err.message, "WRITEBACKIFCOPY is required, which no mapped array has");

    ck_assert_int_eq(mmview_view_select(a, "::-1", SIZE_MAX, &b, NULL), MMVIEW_OK);
    err = require_flags(b, MMVIEW_C_CONTIGUOUS, MMVIEW_ELAYOUT);
    ck_assert_str_eq(err.message, "the array is not C_CONTIGUOUS, as is required: its shape is "
                                  "(3, 4), its strides are (-32, 8)");
    mmview_array_unref(b);
    ck_assert_int_eq(mmview_view_broadcast(a, shape_34, 2, &b, NULL), MMVIEW_OK);
    mmview_array_unref(a);
    err = require_flags(b, MMVIEW_BEHAVED, MMVIEW_EREADONLY);
    ck_assert_ptr_nonnull(strstr(err.message, "it is a view that is for reading only"));
    mmview_array_unref(b);

    a = map_raw("=f8", 2, shape_34, 10, MMVIEW_MODE_R);
    require_flags(a, MMVIEW_C_CONTIGUOUS, MMVIEW_OK);
    err = require_flags(a, MMVIEW_CARRAY, MMVIEW_EALIGNMENT);
    ck_assert_ptr_nonnull(strstr(err.message, "items want multiples of " DOUBLE_ALIGNMENT));
    ck_assert_uint_eq(err.offset, 10);
    err = require_flags(a, MMVIEW_WRITEABLE, MMVIEW_EREADONLY);
    ck_assert_ptr_nonnull(strstr(err.message, "it is mapped in mode r"));
    mmview_array_unref(a);
}
END_TEST

/* What is wrong first is told: dtype, dimensions, flags. */
START_TEST(order_of_demands)
{
    struct mmview_requirement want = MMVIEW_REQUIREMENT_INIT;
    struct mmview_dtype *dtype = dtype_of("=f4"), *right = dtype_of("=f8");
    struct mmview_array *a = map_raw("=f8", 2, shape_34, 10, MMVIEW_MODE_R);

    want.dtype = dtype;
    want.ndim = 3;
    want.flags = MMVIEW_F_CONTIGUOUS | MMVIEW_BEHAVED;
    require(a, &want, MMVIEW_ETYPE);
    want.dtype = right;
    require(a, &want, MMVIEW_EDIMS);
    want.ndim = 2;
    require(a, &want, MMVIEW_ELAYOUT);
    want.flags = MMVIEW_BEHAVED;
    require(a, &want, MMVIEW_EALIGNMENT);
    want.flags = 0;
    require(a, &want, MMVIEW_OK);
    mmview_array_unref(a);
    mmview_dtype_unref(dtype);
    mmview_dtype_unref(right);
}
END_TEST

START_TEST(no_requirement)
{
    struct mmview_requirement want = MMVIEW_REQUIREMENT_INIT;
    struct mmview_array *a = map_raw("u1", 2, shape_34, 0, MMVIEW_MODE_R);

    want.size = 0;
    require(a, &want, MMVIEW_EOPTIONS);
    want.size = sizeof want - 1;
    require(a, &want, MMVIEW_EOPTIONS);
    want.size = sizeof want;
    want.flags = 0x10;
    require(a, &want, MMVIEW_EOPTIONS);
    want.flags = INT32_MIN;
    require(a, &want, MMVIEW_EOPTIONS);
    want.flags = 0;
    want.ndim = -2;
    require(a, &want, MMVIEW_EINVAL);
    want.ndim = MMVIEW_MAXDIMS + 1;
    require(a, &want, MMVIEW_EINVAL);
    want.ndim = MMVIEW_ANY_NDIM;
    want.shape = shape_34;
    require(a, &want, MMVIEW_EINVAL);
    mmview_array_unref(a);
}
END_TEST

/* Long dtypes and shapes are cut, so that a message has both of them. */
START_TEST(long_ones)
{
    static mmview_intp shape[MMVIEW_MAXDIMS], other[MMVIEW_MAXDIMS];
    struct mmview_requirement want = MMVIEW_REQUIREMENT_INIT;
    struct mmview_array *a;
    struct mmview_error err;
    char text[2048] = "[";

    for (int i = 0; i < MMVIEW_MAXDIMS; i++)
        shape[i] = other[i] = 1;
    other[63] = 2;
    a = map_raw("u1", MMVIEW_MAXDIMS, shape, 0, MMVIEW_MODE_R);
    want.ndim = MMVIEW_MAXDIMS;
    want.shape = other;
    err = require(a, &want, MMVIEW_EDIMS);
    ck_assert_ptr_nonnull(strstr(err.message, "..., but (1, 1, 1, "));
    ck_assert_ptr_nonnull(strstr(err.message, "... is required"));

    for (int i = 0; i < 60; i++)
        sprintf(text + strlen(text), "('field%d', '=f8'), ", i);
    strcat(text, "]");
    err = require_dtype(a, text, MMVIEW_ETYPE);
    ck_assert_ptr_nonnull(strstr(err.message, "... is required"));
    mmview_array_unref(a);
}
END_TEST

static const struct {
    const char *text;
    int flags;
} flag_names[] = {
    {"C", MMVIEW_C_CONTIGUOUS},
    {"C_CONTIGUOUS", MMVIEW_C_CONTIGUOUS},
    {"contiguous", MMVIEW_C_CONTIGUOUS},
    {"F", MMVIEW_F_CONTIGUOUS},
    {"f_contiguous", MMVIEW_F_CONTIGUOUS},
    {"Fortran", MMVIEW_F_CONTIGUOUS},
    {"A", MMVIEW_ALIGNED},
    {"ALIGNED", MMVIEW_ALIGNED},
    {"W", MMVIEW_WRITEABLE},
    {"WRITEABLE", MMVIEW_WRITEABLE},
    {"O", MMVIEW_OWNDATA},
    {"OWNDATA", MMVIEW_OWNDATA},
    {"X", MMVIEW_WRITEBACKIFCOPY},
    {"WRITEBACKIFCOPY", MMVIEW_WRITEBACKIFCOPY},
    {"B", MMVIEW_BEHAVED},
    {"BEHAVED", MMVIEW_BEHAVED},
    {"CA", MMVIEW_CARRAY},
    {"CARRAY", MMVIEW_CARRAY},
    {"FA", MMVIEW_FARRAY},
    {"FARRAY", MMVIEW_FARRAY},
    {"C,A,W", MMVIEW_CARRAY},
    {" c ,\taligned\n,W  ", MMVIEW_CARRAY},
    {"C,C,C", MMVIEW_C_CONTIGUOUS}, /* in NumPy the sum: 3 */
};

START_TEST(names_of_flags)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    const char *text = flag_names[_i].text;
    int found = 0;

    ck_assert_int_eq(mmview_flags_parse(text, SIZE_MAX, &found, &err), MMVIEW_OK);
    ck_assert_int_eq(found, flag_names[_i].flags);
    ck_assert_int_eq(mmview_flags_parse(text, strlen(text), &found, &err), MMVIEW_OK);
    ck_assert_int_eq(err.status, MMVIEW_OK);
}
END_TEST

START_TEST(no_names_of_flags)
{
    static const struct {
        const char *text;
        size_t length;
        uint64_t offset;
    } wrong[] = {
        {"", SIZE_MAX, 0},         {" ", SIZE_MAX, 1},     {"C,", SIZE_MAX, 2},
        {",C", SIZE_MAX, 0},       {"C A", SIZE_MAX, 0},   {"C, ALIGNE", SIZE_MAX, 3},
        {"ALIGNEDX", SIZE_MAX, 0}, {"C\0", 2, 0},          {"FNC", SIZE_MAX, 0},
        {"C;A", SIZE_MAX, 0},      {"C_CONTIGUOUS", 3, 0},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        int found = 77;

        ck_assert_int_eq(mmview_flags_parse(wrong[i].text, wrong[i].length, &found, &err),
                         MMVIEW_EINVAL);
        ck_assert_uint_eq(err.offset, wrong[i].offset);
        ck_assert_int_eq(found, 77);
        if (i == 5)
            ck_assert_str_eq(err.message, "no flag is called 'ALIGNE'");
    }
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("require");

    tcase_add_test(tcase, nothing_required);
    tcase_add_test(tcase, dtypes);
    tcase_add_test(tcase, structs);
    tcase_add_test(tcase, dimensions);
    tcase_add_test(tcase, flags);
    tcase_add_test(tcase, order_of_demands);
    tcase_add_test(tcase, no_requirement);
    tcase_add_test(tcase, long_ones);
    tcase_add_loop_test(tcase, names_of_flags, 0, sizeof flag_names / sizeof *flag_names);
    tcase_add_test(tcase, no_names_of_flags);
    return run_suite("require", tcase);
}

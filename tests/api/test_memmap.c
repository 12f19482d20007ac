/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_memmap(): raw files, as numpy.memmap takes them. */
#include <mmview.h>

#include <errno.h>

#include "scratch.h"

/* Bytes that count up, so that each tells where it is. */
static void write_raw(const char *name, size_t size)
{
    unsigned char *bytes = malloc(size + 1);

    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(i * 3);
    write_file(name, bytes, size);
    free(bytes);
}

/* Is the file what write_raw made? */
static bool is_raw(const char *name, size_t size)
{
    static unsigned char bytes[20000];

    if (read_file(name, bytes, sizeof bytes) != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != (unsigned char)(i * 3))
            return false;
    return true;
}

static struct mmview_dtype *parse(const char *text)
{
    struct mmview_dtype *dtype = NULL;

    ck_assert_int_eq(mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    return dtype;
}

static struct mmview_array *map_ok(const char *name, const struct mmview_memmap_options *options)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int descriptors = open_descriptors();
    int status = mmview_memmap(name, options, &array, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    ck_assert_int_eq(open_descriptors(), descriptors);
    return array;
}

static struct mmview_error map_fails(const char *name, const struct mmview_memmap_options *options,
                                     int expected)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int descriptors = open_descriptors();
    int status = mmview_memmap(name, options, &array, &err);

    ck_assert_msg(status == expected, "%s, not %s: %s", mmview_status_name(status),
                  mmview_status_name(expected), err.message);
    ck_assert_int_eq(err.status, expected);
    ck_assert_str_ne(err.message, "");
    ck_assert_ptr_null(array);
    ck_assert_int_eq(open_descriptors(), descriptors);
    ck_assert_int_eq(maps_of(name, NULL), 0);
    return err;
}

START_TEST(bytes_by_default)
{
    struct mmview_array *a;
    const unsigned char *data;
    char typestr[8];

    write_raw("r10", 10);
    a = map_ok("r10", NULL);
    data = mmview_array_data(a);
    ck_assert_int_eq(mmview_array_ndim(a), 1);
    ck_assert_int_eq(mmview_array_shape(a)[0], 10);
    ck_assert_int_eq(mmview_array_strides(a)[0], 1);
    ck_assert_int_eq(mmview_array_flags(a), 259);
    ck_assert_uint_eq(mmview_dtype_typestr(mmview_array_dtype(a), typestr, sizeof typestr), 3);
    ck_assert_str_eq(typestr, "|u1");
    ck_assert_uint_eq(data[9], 27);
    ck_assert_int_eq(mmview_array_mode(a), MMVIEW_MODE_R);
    ck_assert_int_eq(mmview_array_format(a), MMVIEW_FORMAT_RAW);
    ck_assert_int_eq(mmview_array_version(a), 0);
    ck_assert_uint_eq(mmview_array_header_length(a), 0);
    ck_assert_uint_eq(mmview_array_data_offset(a), 0);
    ck_assert_uint_eq(mmview_array_offset(a), 0);
    ck_assert_uint_eq(mmview_array_file_size(a), 10);
    ck_assert_str_eq(mmview_array_filename(a), "r10");
    mmview_array_unref(a);
}
END_TEST

/* Every offset in its page, every alignment of what is there. */
START_TEST(offset_shape_and_order)
{
    static const mmview_intp shape[] = {3, 4};
    static const uint64_t offsets[] = {0, 1, 2, 4, 82, 4092, 4095, 4096, 4097, 8000};
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_dtype *i4 = parse("<i4");

    write_raw("r", 12300);
    options.dtype = i4;
    options.ndim = 2;
    options.shape = shape;
    options.order = _i;
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        struct mmview_array *a;
        const unsigned char *data;

        options.offset = offsets[i];
        a = map_ok("r", &options);
        data = mmview_array_data(a);
        for (size_t k = 0; k < 48; k++)
            ck_assert_uint_eq(data[k], (offsets[i] + k) * 3 & 255);
        ck_assert_uint_eq(mmview_array_offset(a), offsets[i]);
        ck_assert_uint_eq(mmview_array_data_offset(a), offsets[i]);
        ck_assert_uint_eq(mmview_array_trailing_bytes(a), 12300 - 48 - offsets[i]);
        ck_assert_int_eq((int)mmview_array_order(a), _i);
        ck_assert_int_eq(mmview_array_strides(a)[0], _i ? 4 : 16);
        ck_assert_int_eq(mmview_array_strides(a)[1], _i ? 12 : 4);
        ck_assert_int_eq(mmview_array_flags(a), (_i ? 2 : 1) | (offsets[i] % 4 ? 0 : 256));
        mmview_array_unref(a);
    }
    mmview_dtype_unref(i4);
}
END_TEST

START_TEST(shape_from_file)
{
    static const struct {
        size_t size;
        const char *dtype;
        uint64_t offset;
        int status;
        mmview_intp count;
    } cases[] = {
        {48, "<i4", 0, MMVIEW_OK, 12},
        {48, "<i4", 8, MMVIEW_OK, 10},
        {48, "<i4", 48, MMVIEW_OK, 0},
        {10, "<i4", 0, MMVIEW_ESIZE, 0},
        {10, "<i4", 2, MMVIEW_OK, 2},
        {48, "V7", 0, MMVIEW_ESIZE, 0},
        {48, "S0", 0, MMVIEW_ESIZE, 0},
        {10, "|u1", 11, MMVIEW_ETRUNCATED, 0},
        {10, "|u1", UINT64_MAX, MMVIEW_ETRUNCATED, 0},
        {10, "|u1", 4096, MMVIEW_ETRUNCATED, 0},
        {4096, "|u1", 4096, MMVIEW_OK, 0}, /* NumPy 2 does, 1.24 does not */
        {0, "|u1", 0, MMVIEW_ETRUNCATED, 0},
    };
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_dtype *dtype = parse(cases[_i].dtype);

    write_raw("r", cases[_i].size);
    options.dtype = dtype;
    options.offset = cases[_i].offset;
    if (cases[_i].status < 0) {
        struct mmview_error err = map_fails("r", &options, cases[_i].status);

        if (cases[_i].status == MMVIEW_ESIZE && strcmp(cases[_i].dtype, "<i4") == 0) {
            ck_assert_uint_eq(err.offset, 8);
            ck_assert_ptr_nonnull(strstr(err.message, "2 are left over"));
        }
    } else {
        struct mmview_array *a = map_ok("r", &options);

        ck_assert_int_eq(mmview_array_ndim(a), 1);
        ck_assert_int_eq(mmview_array_size(a), cases[_i].count);
        ck_assert_ptr_nonnull(mmview_array_data(a));
        ck_assert_uint_eq(mmview_array_trailing_bytes(a), 0);
        mmview_array_unref(a);
    }
    mmview_dtype_unref(dtype);
}
END_TEST

/* The dimensions of a sub-array dtype join the shape, whose order is one. */
START_TEST(sub_arrays)
{
    static const mmview_intp shape[] = {1, 2}, many[MMVIEW_MAXDIMS] = {1};
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_dtype *dtype = parse("('<i2', (2, 3))");
    struct mmview_array *a;

    write_raw("r48", 48);
    options.dtype = dtype;
    a = map_ok("r48", &options);
    ck_assert_int_eq(mmview_array_ndim(a), 3);
    ck_assert_int_eq(mmview_array_shape(a)[0], 4);
    ck_assert_int_eq(mmview_array_shape(a)[2], 3);
    ck_assert_int_eq(mmview_array_strides(a)[0], 12);
    ck_assert_int_eq(mmview_array_itemsize(a), 2);
    ck_assert_int_eq(mmview_dtype_ndim(mmview_array_dtype(a)), 0);
    ck_assert_int_eq(mmview_array_flags(a), 257);
    mmview_array_unref(a);

    options.ndim = 2;
    options.shape = shape;
    options.order = MMVIEW_ORDER_F;
    options.offset = 1;
    a = map_ok("r48", &options);
    ck_assert_int_eq(mmview_array_ndim(a), 4);
    ck_assert_int_eq(mmview_array_strides(a)[0], 2);
    ck_assert_int_eq(mmview_array_strides(a)[1], 2);
    ck_assert_int_eq(mmview_array_strides(a)[2], 4);
    ck_assert_int_eq(mmview_array_strides(a)[3], 8);
    ck_assert_int_eq(mmview_array_flags(a), 2);
    mmview_array_unref(a);

    options.ndim = MMVIEW_MAXDIMS - 1;
    options.shape = many;
    map_fails("r48", &options, MMVIEW_EINVAL);
    mmview_dtype_unref(dtype);
}
END_TEST

/* Sub-arrays of sub-arrays join too, outer dimensions first. */
START_TEST(nested_sub_arrays)
{
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_dtype *dtype = parse("(('<i2', (2,)), (3,))");
    struct mmview_array *a;

    write_raw("r48", 48);
    options.dtype = dtype;
    a = map_ok("r48", &options);
    mmview_dtype_unref(dtype); /* the array has its own */
    ck_assert_int_eq(mmview_array_ndim(a), 3);
    ck_assert_int_eq(mmview_array_shape(a)[0], 4);
    ck_assert_int_eq(mmview_array_shape(a)[1], 3);
    ck_assert_int_eq(mmview_array_shape(a)[2], 2);
    ck_assert_int_eq(mmview_dtype_itemsize(mmview_array_dtype(a)), 2);
    mmview_array_unref(a);
}
END_TEST

/* Modes r and c take what is there; r+ makes the file long enough. */
START_TEST(modes_and_length)
{
    static const int modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_C, MMVIEW_MODE_RPLUS};
    static const mmview_intp eleven[] = {11};
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_array *a;
    unsigned char bytes[64], *data;

    write_raw("r10", 10);
    options.mode = modes[_i];
    a = map_ok("r10", &options);
    data = mmview_array_data(a);
    if (modes[_i] != MMVIEW_MODE_R)
        data[3] = 99;
    ck_assert_int_eq(mmview_array_flush(a, MMVIEW_FLUSH_SYNC, NULL), MMVIEW_OK);
    ck_assert_uint_eq(read_file("r10", bytes, sizeof bytes), 10);
    ck_assert_uint_eq(bytes[3], modes[_i] == MMVIEW_MODE_RPLUS ? 99 : 9);
    mmview_array_unref(a);

    options.ndim = 1;
    options.shape = eleven;
    options.offset = 20;
    if (modes[_i] != MMVIEW_MODE_RPLUS) {
        map_fails("r10", &options, MMVIEW_ETRUNCATED);
        options.offset = 0;
        map_fails("r10", &options, MMVIEW_ETRUNCATED);
        ck_assert(is_raw("r10", 10));
        return;
    }
    a = map_ok("r10", &options);
    ck_assert_uint_eq(file_size("r10"), 31);
    ck_assert_uint_eq(mmview_array_file_size(a), 31);
    data = mmview_array_data(a);
    ck_assert_uint_eq(data[10], 0);
    data[10] = 5;
    ck_assert_uint_eq(read_file("r10", bytes, sizeof bytes), 31);
    ck_assert_uint_eq(bytes[9], 27);
    ck_assert_uint_eq(bytes[30], 5);
    mmview_array_unref(a);
}
END_TEST

/* An empty file can not be mapped; where it may be written to, it gets a byte. */
START_TEST(empty_files)
{
    static const mmview_intp none[] = {0};
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;

    options.ndim = _i ? 1 : MMVIEW_SHAPE_FROM_FILE;
    options.shape = none;
    write_raw("r0", 0);
    map_fails("r0", &options, MMVIEW_ETRUNCATED);
    options.mode = MMVIEW_MODE_C;
    map_fails("r0", &options, MMVIEW_ETRUNCATED);
    ck_assert_uint_eq(file_size("r0"), 0);
    options.mode = MMVIEW_MODE_RPLUS;
    mmview_array_unref(map_ok("r0", &options));
    ck_assert_uint_eq(file_size("r0"), 1);
}
END_TEST

START_TEST(descriptors)
{
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    static const mmview_intp twenty[] = {20};
    struct mmview_array *a = NULL;
    int fd;

    write_raw("r10", 10);
    fd = open("r10", O_RDWR);
    ck_assert_int_eq(mmview_memmap_fd(fd, NULL, &a, NULL), MMVIEW_OK);
    ck_assert_ptr_null(mmview_array_filename(a));
    ck_assert_int_eq(mmview_array_size(a), 10);
    mmview_array_unref(a);
    a = NULL;
    options.ndim = 1;
    options.shape = twenty;
    options.mode = MMVIEW_MODE_WPLUS;
    ck_assert_int_eq(mmview_memmap_fd(fd, &options, &a, NULL), MMVIEW_EINVAL);
    ck_assert(is_raw("r10", 10));
    options.mode = MMVIEW_MODE_RPLUS;
    ck_assert_int_eq(mmview_memmap_fd(fd, &options, &a, NULL), MMVIEW_OK);
    ck_assert_uint_eq(file_size("r10"), 20);
    mmview_array_unref(a);
    close(fd);
    a = NULL;
    ck_assert_int_eq(mmview_memmap_fd(fd, &options, &a, NULL), MMVIEW_ESYSTEM);
    fd = open("r10", O_RDONLY);
    ck_assert_int_eq(mmview_memmap_fd(fd, &options, &a, NULL), MMVIEW_ESYSTEM);
    close(fd);
    ck_assert_ptr_null(a);
}
END_TEST

START_TEST(at_an_address)
{
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_array *a;
    char *page;

    write_raw("r", 12300);
    a = map_ok("r", NULL);
    page = mmview_array_data(a);
    mmview_array_unref(a);
    options.flags = MMVIEW_OPEN_AT;
    options.address = page;
    options.offset = 8192 + 17; /* in its page, the first element is where it was */
    a = map_ok("r", &options);
    ck_assert_ptr_eq(mmview_array_data(a), page + (8192 + 17) % sysconf(_SC_PAGESIZE));
    ck_assert_int_eq(mmview_memmap("r", &options, &(struct mmview_array *){NULL}, NULL),
                     MMVIEW_ESYSTEM);
    mmview_array_unref(a);
}
END_TEST

START_TEST(refusals)
{
    static const mmview_intp two[] = {2, 2}, negative[] = {2, -1}, big[] = {INTPTR_MAX, 2};
    static const mmview_intp zero_big[] = {0, INTPTR_MAX / 2};
    struct mmview_dtype *object = parse("O"), *in_struct = parse("[('a', '<i4'), ('b', 'O')]");
    struct mmview_dtype *f8 = parse("<f8");
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_array *a = NULL;

    write_raw("r48", 48);
    options.dtype = object;
    map_fails("r48", &options, MMVIEW_EOBJECT);
    options.dtype = in_struct;
    map_fails("r48", &options, MMVIEW_EOBJECT);
    options.dtype = NULL;
    options.ndim = -2;
    map_fails("r48", &options, MMVIEW_EINVAL);
    options.ndim = MMVIEW_MAXDIMS + 1;
    options.shape = two;
    map_fails("r48", &options, MMVIEW_EINVAL);
    options.ndim = 2;
    options.shape = NULL;
    map_fails("r48", &options, MMVIEW_EINVAL);
    options.shape = negative;
    map_fails("r48", &options, MMVIEW_EINVAL);
    options.shape = big;
    map_fails("r48", &options, MMVIEW_EOVERFLOW);
    options.shape = zero_big; /* too big although it is empty, as for NumPy */
    options.dtype = f8;
    map_fails("r48", &options, MMVIEW_EOVERFLOW);
    options.dtype = NULL;
    options.shape = two;
    options.order = 2;
    map_fails("r48", &options, MMVIEW_EINVAL);
    options.order = 0;
    options.mode = 4;
    map_fails("r48", &options, MMVIEW_EINVAL);
    options.mode = -1;
    map_fails("r48", &options, MMVIEW_EINVAL);
    options.mode = 0;
    options.flags = MMVIEW_OPEN_GROW; /* r+ and w+ always do */
    map_fails("r48", &options, MMVIEW_EOPTIONS);
    options.flags = 0;
    options.size--;
    map_fails("r48", &options, MMVIEW_EOPTIONS);
    options.size++;
    options.offset = UINT64_MAX;
    map_fails("r48", &options, MMVIEW_ETRUNCATED);
    options.mode = MMVIEW_MODE_RPLUS;
    map_fails("r48", &options, MMVIEW_EOVERFLOW);
    options.offset = INT64_MAX - 1;
    map_fails("r48", &options, MMVIEW_EOVERFLOW);
    ck_assert(is_raw("r48", 48));
    options.offset = 0;
    map_fails("missing", &options, MMVIEW_ESYSTEM);
    map_fails(".", &options, MMVIEW_ENOTREG);
    ck_assert_int_eq(mmview_memmap(NULL, NULL, &a, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_memmap("r48", NULL, NULL, NULL), MMVIEW_EINVAL);
    mmview_dtype_unref(object);
    mmview_dtype_unref(in_struct);
    mmview_dtype_unref(f8);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("memmap");

    tcase_add_test(tcase, bytes_by_default);
    tcase_add_loop_test(tcase, offset_shape_and_order, 0, 2);
    tcase_add_loop_test(tcase, shape_from_file, 0, 12);
    tcase_add_test(tcase, sub_arrays);
    tcase_add_test(tcase, nested_sub_arrays);
    tcase_add_loop_test(tcase, modes_and_length, 0, 3);
    tcase_add_loop_test(tcase, empty_files, 0, 2);
    tcase_add_test(tcase, descriptors);
    tcase_add_test(tcase, at_an_address);
    tcase_add_test(tcase, refusals);
    return run_suite("memmap", tcase);
}

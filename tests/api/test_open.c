/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_open() and mmview_open_fd(): what an array knows, what the modes do,
 * how long it lives. */
#include <mmview.h>

#include <errno.h>

#include "scratch.h"

START_TEST(knows_the_file)
{
    struct mmview_array *a;
    const double *data;
    char typestr[8];
    char path[] = "./v.npy";

    write_values("v.npy");
    a = open_ok(path, NULL);
    path[2] = 'X'; /* the name is a copy */
    data = mmview_array_data(a);
    ck_assert_int_eq(memcmp(data, values, sizeof values), 0);
    ck_assert_int_eq(mmview_array_ndim(a), 2);
    ck_assert_int_eq(mmview_array_shape(a)[0], 2);
    ck_assert_int_eq(mmview_array_shape(a)[1], 3);
    ck_assert_int_eq(mmview_array_strides(a)[0], 24);
    ck_assert_int_eq(mmview_array_strides(a)[1], 8);
    ck_assert_int_eq(mmview_array_itemsize(a), 8);
    ck_assert_int_eq(mmview_array_size(a), 6);
    ck_assert_int_eq(mmview_array_nbytes(a), 48);
    ck_assert_int_eq(mmview_array_flags(a), 257);
    ck_assert_uint_eq(mmview_dtype_typestr(mmview_array_dtype(a), typestr, sizeof typestr), 3);
    ck_assert_str_eq(typestr, OWN "f8");
    ck_assert_str_eq(mmview_array_filename(a), "./v.npy");
    ck_assert_uint_eq(mmview_array_offset(a), 128);
    ck_assert_int_eq(mmview_array_mode(a), MMVIEW_MODE_R);
    ck_assert_int_eq(mmview_array_order(a), MMVIEW_ORDER_C);
    ck_assert_int_eq(mmview_array_format(a), MMVIEW_FORMAT_NPY);
    ck_assert_int_eq(mmview_array_version(a), 0x100);
    ck_assert_uint_eq(mmview_array_header_length(a), 118);
    ck_assert_uint_eq(mmview_array_data_offset(a), 128);
    ck_assert_uint_eq(mmview_array_file_size(a), 176);
    ck_assert_uint_eq(mmview_array_trailing_bytes(a), 0);
    mmview_array_unref(a);
}
END_TEST

START_TEST(fortran_order_and_trailing_bytes)
{
    struct mmview_array *a;

    write_npy("f.npy", "{'descr': '" OTHER "i2', 'fortran_order': True, 'shape': (2, 3, 4), }",
              values, 48);
    stretch("f.npy", 128 + 48 + 5);
    a = open_ok("f.npy", NULL);
    ck_assert_int_eq(mmview_array_strides(a)[0], 2);
    ck_assert_int_eq(mmview_array_strides(a)[1], 4);
    ck_assert_int_eq(mmview_array_strides(a)[2], 12);
    ck_assert_int_eq(mmview_array_flags(a), 258);
    ck_assert_int_eq(mmview_array_order(a), MMVIEW_ORDER_F);
    ck_assert_int_eq(mmview_dtype_isnative(mmview_array_dtype(a)), 0);
    ck_assert_uint_eq(mmview_array_trailing_bytes(a), 5);
    mmview_array_unref(a);
}
END_TEST

START_TEST(zero_dimensions)
{
    struct mmview_array *a;

    write_npy("z.npy", "{'descr': 'f8', 'fortran_order': False, 'shape': (), }", values, 8);
    a = open_ok("z.npy", NULL);
    ck_assert_int_eq(mmview_array_ndim(a), 0);
    ck_assert_ptr_nonnull(mmview_array_shape(a));
    ck_assert_ptr_nonnull(mmview_array_strides(a));
    ck_assert_int_eq(mmview_array_size(a), 1);
    ck_assert_int_eq(mmview_array_nbytes(a), 8);
    ck_assert_int_eq(mmview_array_flags(a), 259);
    ck_assert(*(const double *)mmview_array_data(a) == 1.5);
    mmview_array_unref(a);
}
END_TEST

START_TEST(sixty_four_dimensions)
{
    char shape[4 * 70], dict[400];
    struct mmview_array *a;

    for (int n = 64; n <= 65; n++) {
        shape[0] = '\0';
        for (int i = 0; i < n; i++)
            strcat(shape, i % 32 == 7 ? "2," : "1,");
        snprintf(dict, sizeof dict, "{'descr': '<i2', 'fortran_order': False, 'shape': (%s), }",
                 shape);
        write_npy_at("many.npy", dict, 512, values, 8);
        if (n == 65) {
            open_fails("many.npy", NULL, MMVIEW_ESHAPE);
            break;
        }
        a = open_ok("many.npy", NULL);
        ck_assert_int_eq(mmview_array_ndim(a), 64);
        ck_assert_int_eq(mmview_array_size(a), 4);
        ck_assert_int_eq(mmview_array_shape(a)[39], 2);
        ck_assert_int_eq(mmview_array_strides(a)[0], 8);
        ck_assert_int_eq(mmview_array_strides(a)[63], 2);
        mmview_array_unref(a);
    }
}
END_TEST

/* Byte 82 is where a file of npy-append-array or of hand may start its data. */
START_TEST(unaligned_data)
{
    struct mmview_array *a;

    write_npy_at("u.npy", "{'descr': 'f8', 'fortran_order': False, 'shape': (2, 3), }", 82, values,
                 sizeof values);
    a = open_ok("u.npy", NULL);
    ck_assert_uint_eq(mmview_array_offset(a), 82);
    ck_assert_uint_eq((uintptr_t)mmview_array_data(a) % 8, 2);
    ck_assert_int_eq(mmview_array_flags(a), 1);
    ck_assert_int_eq(memcmp(mmview_array_data(a), values, sizeof values), 0);
    mmview_array_unref(a);
}
END_TEST

/* An address is promised even where there is no byte to map. */
START_TEST(empty_arrays)
{
    static const size_t starts[] = {128, 4095, 4096, 4097};
    static const uint64_t trailing[] = {0, 1, 5000};
    static const int modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_C, MMVIEW_MODE_RPLUS};

    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 3; k++) {
            struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
            struct mmview_array *a;

            options.mode = modes[_i];
            write_npy_at("e.npy", "{'descr': '<i4', 'fortran_order': False, 'shape': (0, 3), }",
                         starts[i], NULL, 0);
            stretch("e.npy", starts[i] + trailing[k]);
            a = open_ok("e.npy", &options);
            ck_assert_ptr_nonnull(mmview_array_data(a));
            ck_assert_int_eq(mmview_array_size(a), 0);
            ck_assert_int_eq(mmview_array_nbytes(a), 0);
            ck_assert_int_eq(mmview_array_strides(a)[0], 12);
            ck_assert_int_eq(mmview_array_flags(a) & ~MMVIEW_WRITEABLE, 259);
            ck_assert_uint_eq(mmview_array_offset(a), starts[i]);
            ck_assert_uint_eq(mmview_array_trailing_bytes(a), trailing[k]);
            ck_assert_int_eq(mmview_array_flush(a, MMVIEW_FLUSH_SYNC, NULL), MMVIEW_OK);
            ck_assert_int_eq(mmview_array_advise(a, MMVIEW_ADVICE_WILLNEED, NULL), MMVIEW_OK);
            mmview_array_unref(a);
            ck_assert_uint_eq(file_size("e.npy"), starts[i] + trailing[k]);
        }
}
END_TEST

/* NumPy's product of the shape wraps; ours says that it does not fit. */
START_TEST(items_of_no_bytes)
{
    struct mmview_array *a;

    if (sizeof(mmview_intp) < 8) {
        write_npy("v0.npy",
                  "{'descr': '|V0', 'fortran_order': False, 'shape': (2147483647, 2147483647), }",
                  NULL, 0);
    } else {
        write_npy_at("v0.npy",
                     "{'descr': '|V0', 'fortran_order': False, "
                     "'shape': (9223372036854775807, 9223372036854775807), }",
                     192, NULL, 0);
    }
    a = open_ok("v0.npy", NULL);
    ck_assert_int_eq(mmview_array_size(a), INTPTR_MAX);
    ck_assert_int_eq(mmview_array_nbytes(a), 0);
    ck_assert_int_eq(mmview_array_strides(a)[0], 0);
    ck_assert_int_eq(mmview_array_flags(a), 257);
    ck_assert_ptr_nonnull(mmview_array_data(a));
    mmview_array_unref(a);
}
END_TEST

/* What a store through the map does to the file. */
START_TEST(stores)
{
    static const struct {
        int mode;
        int flags;
        char permissions[5];
        bool stored;
    } cases[] = {
        {MMVIEW_MODE_R, 257, "r--s", false},
        {MMVIEW_MODE_C, 1281, "rw-p", false},
        {MMVIEW_MODE_RPLUS, 1281, "rw-s", true},
    };
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_array *a;
    char permissions[5];
    unsigned char before[176], after[176];
    double *data;

    write_values("v.npy");
    ck_assert_uint_eq(read_file("v.npy", before, sizeof before), sizeof before);
    options.mode = cases[_i].mode;
    a = open_ok("v.npy", &options);
    ck_assert_int_eq((int)mmview_array_mode(a), options.mode);
    ck_assert_int_eq(mmview_array_flags(a), cases[_i].flags);
    ck_assert_int_eq(maps_of("v.npy", permissions), 1);
    ck_assert_str_eq(permissions, cases[_i].permissions);
    data = mmview_array_data(a);
    if (options.mode != MMVIEW_MODE_R) {
        data[4] = 77;
        ck_assert(data[4] == 77);
    }
    ck_assert_int_eq(mmview_array_flush(a, MMVIEW_FLUSH_ASYNC, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_array_flush(a, MMVIEW_FLUSH_SYNC, NULL), MMVIEW_OK);
    ck_assert_uint_eq(read_file("v.npy", after, sizeof after), sizeof after);
    if (cases[_i].stored) {
        double stored;

        memcpy(&stored, after + 128 + 4 * 8, sizeof stored);
        ck_assert(stored == 77);
        memcpy(after + 128 + 4 * 8, &values[4], sizeof stored);
    }
    ck_assert_int_eq(memcmp(before, after, sizeof before), 0);
    mmview_array_unref(a);
}
END_TEST

START_TEST(takes_advice)
{
    static const int modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_C, MMVIEW_MODE_RPLUS};
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a;
    double *data;

    write_values("v.npy");
    options.mode = modes[_i];
    a = open_ok("v.npy", &options);
    data = mmview_array_data(a);
    if (modes[_i] != MMVIEW_MODE_R)
        data[0] = 9; /* which no advice may lose */
    for (int advice = MMVIEW_ADVICE_NORMAL; advice <= MMVIEW_ADVICE_DONTNEED; advice++)
        ck_assert_int_eq(mmview_array_advise(a, (enum mmview_advice)advice, &err), MMVIEW_OK);
    ck_assert(data[0] == (modes[_i] == MMVIEW_MODE_R ? 1.5 : 9));
    ck_assert_int_eq(mmview_array_advise(a, (enum mmview_advice)17, &err), MMVIEW_EINVAL);
    mmview_error_clear(&err);
    ck_assert_int_eq(mmview_array_flush(a, 2, &err), MMVIEW_EINVAL);
    ck_assert_int_eq(err.status, MMVIEW_EINVAL);
    mmview_array_unref(a);
}
END_TEST

START_TEST(holds_no_descriptor)
{
    int before = open_descriptors();
    struct mmview_array *a[20];

    write_values("v.npy");
    for (int i = 0; i < 20; i++)
        a[i] = open_ok("v.npy", NULL);
    ck_assert_int_eq(open_descriptors(), before);
    ck_assert_int_eq(maps_of("v.npy", NULL), 20);
    for (int i = 0; i < 20; i++)
        mmview_array_unref(a[i]);
    ck_assert_int_eq(maps_of("v.npy", NULL), 0);
}
END_TEST

START_TEST(lives_until_the_last_reference)
{
    struct mmview_array *a;
    const double *data;

    write_values("v.npy");
    a = open_ok("v.npy", NULL);
    data = mmview_array_data(a);
    ck_assert_int_eq(unlink("v.npy"), 0); /* the map needs no name */
    ck_assert_ptr_eq(mmview_array_ref(a), a);
    mmview_array_unref(a);
    ck_assert(data[5] == 6);
    ck_assert_int_eq(maps_of("v.npy", NULL), 1);
    mmview_array_unref(a);
    ck_assert_int_eq(maps_of("v.npy", NULL), 0);
    mmview_array_unref(NULL);
}
END_TEST

START_TEST(descriptors)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a = NULL;
    int fds[2], fd;

    write_values("v.npy");
    fd = open("v.npy", O_RDONLY);
    ck_assert_int_eq(lseek(fd, 77, SEEK_SET), 77);
    ck_assert_int_eq(mmview_open_fd(fd, NULL, &a, &err), MMVIEW_OK);
    ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 77); /* not moved, and still open */
    ck_assert_ptr_null(mmview_array_filename(a));
    ck_assert_int_eq(memcmp(mmview_array_data(a), values, sizeof values), 0);
    mmview_array_unref(a);
    a = NULL;

    options.mode = MMVIEW_MODE_RPLUS;
    ck_assert_int_eq(mmview_open_fd(fd, &options, &a, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EACCES);
    close(fd);
    mmview_error_clear(&err);
    ck_assert_int_eq(mmview_open_fd(fd, NULL, &a, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EBADF);
    fd = open("v.npy", O_WRONLY);
    ck_assert_int_eq(mmview_open_fd(fd, NULL, &a, NULL), MMVIEW_ESYSTEM);
    close(fd);
    ck_assert_int_eq(pipe(fds), 0);
    ck_assert_int_eq(mmview_open_fd(fds[0], NULL, &a, NULL), MMVIEW_ENOTREG);
    close(fds[0]);
    close(fds[1]);
    ck_assert_ptr_null(a);

    fd = open("v.npy", O_RDWR);
    ck_assert_int_eq(mmview_open_fd(fd, &options, &a, NULL), MMVIEW_OK);
    close(fd);
    *(double *)mmview_array_data(a) = 8;
    mmview_array_unref(a);
    a = open_ok("v.npy", NULL);
    ck_assert(*(double *)mmview_array_data(a) == 8);
    mmview_array_unref(a);
}
END_TEST

/* Headers longer than what is read at first, and the cap on them. */
START_TEST(long_headers)
{
    static const char dict[] = "{'descr': 'f8', 'fortran_order': False, 'shape': (2, 3), }";
    static const size_t starts[] = {1023, 1024, 1025, 5000, 10010, 10011, 65535};
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        struct mmview_array *a;

        write_npy_at("l.npy", dict, starts[i], values, sizeof values);
        options.max_header = 0;
        if (starts[i] - 10 > MMVIEW_MAX_HEADER) {
            open_fails("l.npy", &options, MMVIEW_EHEADERSIZE);
            options.max_header = starts[i] - 11;
            open_fails("l.npy", &options, MMVIEW_EHEADERSIZE);
            options.max_header = starts[i] - 10;
        }
        a = open_ok("l.npy", &options);
        ck_assert_uint_eq(mmview_array_header_length(a), starts[i] - 10);
        ck_assert_int_eq(memcmp(mmview_array_data(a), values, sizeof values), 0);
        mmview_array_unref(a);
    }
    options.max_header = 20;
    write_values("v.npy");
    open_fails("v.npy", &options, MMVIEW_EHEADERSIZE);
    options.max_header = UINT64_MAX;
    mmview_array_unref(open_ok("v.npy", &options));
}
END_TEST

START_TEST(grows_only_when_asked)
{
    static const char dict[] = "{'descr': 'f8', 'fortran_order': False, 'shape': (100000,), }";
    bool sparse = _i != 0;
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_array *a;
    double *data;

    write_npy("g.npy", dict, values, sizeof values);
    options.mode = MMVIEW_MODE_RPLUS;
    open_fails("g.npy", &options, MMVIEW_ETRUNCATED);
    ck_assert_uint_eq(file_size("g.npy"), 176);

    options.flags = MMVIEW_OPEN_GROW | (sparse ? MMVIEW_OPEN_SPARSE : 0u);
    a = open_ok("g.npy", &options);
    ck_assert_uint_eq(file_size("g.npy"), 800128);
    ck_assert_uint_eq(mmview_array_file_size(a), 800128);
    ck_assert_uint_eq(mmview_array_trailing_bytes(a), 0);
    if (sparse)
        ck_assert_uint_lt(disk_use("g.npy"), 400000);
    else
        ck_assert_uint_ge(disk_use("g.npy"), 800128);
    data = mmview_array_data(a);
    ck_assert(data[5] == 6);
    ck_assert(data[6] == 0);
    data[99999] = 3;
    mmview_array_unref(a);

    /* Long enough, or too long: it stays as it is. */
    stretch("g.npy", 800128 + 7);
    a = open_ok("g.npy", &options);
    ck_assert_uint_eq(file_size("g.npy"), 800128 + 7);
    ck_assert_uint_eq(mmview_array_trailing_bytes(a), 7);
    ck_assert(((double *)mmview_array_data(a))[99999] == 3);
    mmview_array_unref(a);
}
END_TEST

START_TEST(at_an_address)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a, *b = NULL;
    char *page;

    /* An address that was free a moment ago. */
    write_values("v.npy");
    a = open_ok("v.npy", NULL);
    page = (char *)mmview_array_data(a) - 128;
    mmview_array_unref(a);

    options.flags = MMVIEW_OPEN_AT;
    options.address = page;
    a = open_ok("v.npy", &options);
    ck_assert_ptr_eq(mmview_array_data(a), page + 128);
    ck_assert_int_eq(mmview_open("v.npy", &options, &b, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EEXIST);
    ck_assert_ptr_null(b);
    ck_assert(((const double *)mmview_array_data(a))[5] == 6);
    mmview_array_unref(a);
    mmview_array_unref(open_ok("v.npy", &options));

    options.address = page + 128;
    open_fails("v.npy", &options, MMVIEW_EINVAL);
    options.address = (void *)(uintptr_t)4096;
    open_fails("v.npy", &options, MMVIEW_EINVAL);
    options.address = NULL;
    open_fails("v.npy", &options, MMVIEW_EINVAL);
}
END_TEST

/* 2^40 items, of which the file system holds none. */
START_TEST(sparse_terabyte)
{
    static const char dict[] = "{'descr': '|u1', 'fortran_order': False, "
                               "'shape': (1048576, 1048576), }";
    const uint64_t size = (uint64_t)1 << 40;
    static const int modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_C, MMVIEW_MODE_RPLUS};
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_array *a;
    unsigned char *data;

    write_npy("big.npy", dict, NULL, 0);
    stretch("big.npy", 128 + size);
    options.mode = modes[_i];
    if (size > SIZE_MAX || room_for((size_t)size) < 0) {
        open_fails("big.npy", &options,
                   size > SIZE_MAX ? MMVIEW_EOVERFLOW : room_for((size_t)size));
        return;
    }
    a = open_ok("big.npy", &options);
    ck_assert_uint_eq((uint64_t)mmview_array_size(a), size);
    ck_assert_int_eq(mmview_array_strides(a)[0], 1048576);
    data = mmview_array_data(a);
    ck_assert_uint_eq(data[size - 1], 0);
    if (modes[_i] != MMVIEW_MODE_R) {
        data[size - 1] = 7;
        ck_assert_int_eq(mmview_array_advise(a, MMVIEW_ADVICE_RANDOM, NULL), MMVIEW_OK);
        ck_assert_uint_eq(data[size - 1], 7);
    }
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("open");

    tcase_add_test(tcase, knows_the_file);
    tcase_add_test(tcase, fortran_order_and_trailing_bytes);
    tcase_add_test(tcase, zero_dimensions);
    tcase_add_test(tcase, sixty_four_dimensions);
    tcase_add_test(tcase, unaligned_data);
    tcase_add_loop_test(tcase, empty_arrays, 0, 3);
    tcase_add_test(tcase, items_of_no_bytes);
    tcase_add_loop_test(tcase, stores, 0, 3);
    tcase_add_loop_test(tcase, takes_advice, 0, 3);
    tcase_add_test(tcase, holds_no_descriptor);
    tcase_add_test(tcase, lives_until_the_last_reference);
    tcase_add_test(tcase, descriptors);
    tcase_add_test(tcase, long_headers);
    tcase_add_loop_test(tcase, grows_only_when_asked, 0, 2);
    tcase_add_test(tcase, at_an_address);
    tcase_add_loop_test(tcase, sparse_terabyte, 0, 3);
    return run_suite("open", tcase);
}

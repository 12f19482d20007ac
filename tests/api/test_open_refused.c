/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What mmview_open() refuses, with which code, and what that leaves behind. */
#include <mmview.h>

#include <errno.h>

#include "scratch.h"

/* 4 GiB of header, promised by 12 bytes: refused without being allocated. */
START_TEST(promised_headers)
{
    static const unsigned char start[] = {0x93, 'N', 'U', 'M', 'P',  'Y',
                                          2,    0,   255, 255, 0xff, 0xff};
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_error err;

    write_file("p.npy", start, sizeof start);
    err = open_fails("p.npy", NULL, MMVIEW_EHEADER);
    ck_assert_uint_eq(err.offset, 12);
    options.max_header = UINT64_MAX;
    open_fails("p.npy", &options, MMVIEW_EHEADER);
    /* With the bytes there, as a hole, the cap is what refuses. */
    stretch("p.npy", (uint64_t)5 << 30);
    open_fails("p.npy", NULL, MMVIEW_EHEADERSIZE);
}
END_TEST

START_TEST(short_files)
{
    struct mmview_error err;
    unsigned char bytes[176];

    write_values("v.npy");
    ck_assert_uint_eq(read_file("v.npy", bytes, sizeof bytes), sizeof bytes);
    for (size_t size = 0; size < sizeof bytes; size++) {
        int expected = size < 8 ? MMVIEW_EMAGIC : size < 128 ? MMVIEW_EHEADER : MMVIEW_ETRUNCATED;

        write_file("s.npy", bytes, size);
        err = open_fails("s.npy", NULL, expected);
        ck_assert_uint_eq(err.offset, size);
        ck_assert_uint_eq(file_size("s.npy"), size);
    }
    ck_assert_str_eq(err.message, "the data is cut short: 48 bytes are needed from byte 128 on, "
                                  "47 are there (5 of 6 items)");
}
END_TEST

START_TEST(refusals)
{
    static const struct {
        const char *dict;
        int status;
    } cases[] = {
        {"{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", MMVIEW_EOBJECT},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", MMVIEW_ESHAPE},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }",
         MMVIEW_ESHAPE},
        {"{'descr': '<i4', 'fortran_order': False, 'shape': (0, 2305843009213693952), }",
         MMVIEW_ESHAPE},
        {"{'descr': '<f9', 'fortran_order': False, 'shape': (2,), }", MMVIEW_EDESCR},
        {"{'descr': '<f8', 'fortran_order': 0, 'shape': (2,), }", MMVIEW_EHEADER},
    };

    write_npy("r.npy", cases[_i].dict, values, sizeof values);
    open_fails("r.npy", NULL, cases[_i].status);
}
END_TEST

START_TEST(not_files)
{
    struct mmview_error err;
    struct mmview_array *a;

    err = open_fails("missing.npy", NULL, MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ENOENT);
    open_fails(".", NULL, MMVIEW_ENOTREG);
    open_fails("/dev/null", NULL, MMVIEW_ENOTREG);
    ck_assert_int_eq(mkfifo("fifo.npy", 0600), 0);
    open_fails("fifo.npy", NULL, MMVIEW_ENOTREG); /* and does not wait for a writer */
    ck_assert_int_eq(mmview_open(NULL, NULL, &a, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_open("v.npy", NULL, NULL, NULL), MMVIEW_EINVAL);
}
END_TEST

START_TEST(an_error_struct_keeps_the_first)
{
    struct mmview_error err = MMVIEW_ERROR_INIT, first;
    struct mmview_array *a = NULL;

    ck_assert_int_eq(mmview_open("missing.npy", NULL, &a, &err), MMVIEW_ESYSTEM);
    first = err;
    ck_assert_int_eq(mmview_open("/", NULL, &a, &err), MMVIEW_ENOTREG);
    ck_assert_int_eq(memcmp(&first, &err, sizeof err), 0);
    write_values("v.npy");
    ck_assert_int_eq(mmview_open("v.npy", NULL, &a, &err), MMVIEW_OK);
    ck_assert_int_eq(memcmp(&first, &err, sizeof err), 0);
    mmview_array_unref(a);
}
END_TEST

START_TEST(options_that_are_refused)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    static const int bad_modes[] = {-1, 3, 4, 99};

    write_values("v.npy");
    options.size = 0;
    open_fails("v.npy", &options, MMVIEW_EOPTIONS);
    options.size = sizeof options - 1;
    open_fails("v.npy", &options, MMVIEW_EOPTIONS);
    options.size = SIZE_MAX; /* of a struct that nobody initialised */
    open_fails("v.npy", &options, MMVIEW_EOPTIONS);
    options.size = sizeof options;
    options.flags = 16;
    open_fails("v.npy", &options, MMVIEW_EOPTIONS);
    options.flags = 0x80000000u;
    open_fails("v.npy", &options, MMVIEW_EOPTIONS);
    options.flags = 0;
    for (size_t i = 0; i < sizeof bad_modes / sizeof *bad_modes; i++) {
        options.mode = bad_modes[i];
        open_fails("v.npy", &options, MMVIEW_EINVAL);
    }
    options.mode = MMVIEW_MODE_R;
    options.flags = MMVIEW_OPEN_GROW;
    open_fails("v.npy", &options, MMVIEW_EINVAL);
    options.mode = MMVIEW_MODE_C;
    open_fails("v.npy", &options, MMVIEW_EINVAL);
    options = (struct mmview_open_options)MMVIEW_OPEN_OPTIONS_INIT;
    options.address = (void *)(uintptr_t)0x100000;
    open_fails("v.npy", &options, MMVIEW_EINVAL); /* without MMVIEW_OPEN_AT */
}
END_TEST

/* A size that can not be one is not followed into memory that is not there. */
START_TEST(options_of_an_absurd_size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *pages =
        mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    unsigned char *last = pages + page - sizeof options;

    ck_assert_ptr_ne(pages, MAP_FAILED);
    ck_assert_int_eq(mprotect(pages + page, page, PROT_NONE), 0);
    options.size = (size_t)1 << 20;
    memcpy(last, &options, sizeof options);
    write_values("v.npy");
    open_fails("v.npy", (const struct mmview_open_options *)(void *)last, MMVIEW_EOPTIONS);
    ck_assert_int_eq(munmap(pages, 2 * page), 0);
}
END_TEST

/* The struct of a newer header is taken as long as nothing new is asked for. */
START_TEST(options_of_a_newer_version)
{
    struct {
        struct mmview_open_options known;
        unsigned char more[24];
    } newer = {MMVIEW_OPEN_OPTIONS_INIT, {0}};

    write_values("v.npy");
    newer.known.size = sizeof newer;
    newer.known.mode = MMVIEW_MODE_C;
    mmview_array_unref(open_ok("v.npy", &newer.known));
    newer.more[23] = 1;
    open_fails("v.npy", &newer.known, MMVIEW_EOPTIONS);
}
END_TEST

START_TEST(growth_that_fails_changes_nothing)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_error err;
    unsigned char before[176], after[200];

    write_npy("g.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (100000,), }", values,
              sizeof values);
    ck_assert_uint_eq(read_file("g.npy", before, sizeof before), 176);
    options.mode = MMVIEW_MODE_RPLUS;
    options.flags = MMVIEW_OPEN_GROW | (_i ? MMVIEW_OPEN_SPARSE : 0u);
    limit_file_size(65536);
    err = open_fails("g.npy", &options, MMVIEW_ESYSTEM);
    limit_file_size(RLIM_INFINITY);
    ck_assert_int_eq(err.sys_errno, EFBIG);
    ck_assert_uint_eq(read_file("g.npy", after, sizeof after), 176);
    ck_assert_int_eq(memcmp(before, after, sizeof before), 0);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("open_refused");

    tcase_add_test(tcase, promised_headers);
    tcase_add_test(tcase, short_files);
    tcase_add_loop_test(tcase, refusals, 0, 6);
    tcase_add_test(tcase, not_files);
    tcase_add_test(tcase, an_error_struct_keeps_the_first);
    tcase_add_test(tcase, options_that_are_refused);
    tcase_add_test(tcase, options_of_an_absurd_size);
    tcase_add_test(tcase, options_of_a_newer_version);
    tcase_add_loop_test(tcase, growth_that_fails_changes_nothing, 0, 2);
    return run_suite("open_refused", tcase);
}

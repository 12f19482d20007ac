/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The first bytes of an .npy file: magic, version, length, and the limit. */
#include "format/header.h"

#include <stdbool.h>
#include <string.h>

#include "../suite.h"

static const struct {
    const char *bytes;
    size_t length;
    int status;
    uint64_t at; /* of an error */
    struct mmv_preamble preamble;
} preambles[] = {
    {"\x93NUMPY\1\0\x76\0", 10, MMVIEW_OK, 0, {0x100, 10, 0x76}},
    {"\x93NUMPY\1\0\xfe\xff{'", 12, MMVIEW_OK, 0, {0x100, 10, 0xfffe}},
    {"\x93NUMPY\2\0\x74\0\0\0", 12, MMVIEW_OK, 0, {0x200, 12, 0x74}},
    {"\x93NUMPY\3\0\x01\x02\x03\xff", 12, MMVIEW_OK, 0, {0x300, 12, 0xff030201}},
    {"\x93NUMPY\1\0\0\0", 10, MMVIEW_OK, 0, {0x100, 10, 0}},

    /* Too short for magic and version, whatever it starts with. */
    {"", 0, MMVIEW_EMAGIC, 0, {0, 0, 0}},
    {"\x93", 1, MMVIEW_EMAGIC, 1, {0, 0, 0}},
    {"\x93NUMPY\1", 7, MMVIEW_EMAGIC, 7, {0, 0, 0}},
    {"PK\3\4", 4, MMVIEW_EMAGIC, 4, {0, 0, 0}},

    /* Other magic, told before a version that is wrong. */
    {"\x93NUMPX\1\0\x76\0", 10, MMVIEW_EMAGIC, 0, {0, 0, 0}},
    {"\x92NUMPY\1\0\x76\0", 10, MMVIEW_EMAGIC, 0, {0, 0, 0}},
    {"\x93numpy\1\0\x76\0", 10, MMVIEW_EMAGIC, 0, {0, 0, 0}},
    {"\0\0\0\0\0\0\0\0\0\0", 10, MMVIEW_EMAGIC, 0, {0, 0, 0}},
    {"\xff\xff\xff\xff\xff\xff\xff\xff", 8, MMVIEW_EMAGIC, 0, {0, 0, 0}},

    /* Other versions, told before a length that is cut off. */
    {"\x93NUMPY\0\0", 8, MMVIEW_EVERSION, 6, {0, 0, 0}},
    {"\x93NUMPY\0\1", 8, MMVIEW_EVERSION, 6, {0, 0, 0}},
    {"\x93NUMPY\1\1\x76\0", 10, MMVIEW_EVERSION, 6, {0, 0, 0}},
    {"\x93NUMPY\2\1\x76\0\0\0", 12, MMVIEW_EVERSION, 6, {0, 0, 0}},
    {"\x93NUMPY\4\0\x76\0\0\0", 12, MMVIEW_EVERSION, 6, {0, 0, 0}},
    {"\x93NUMPY\xff\xff", 8, MMVIEW_EVERSION, 6, {0, 0, 0}},

    /* A length that is cut off. */
    {"\x93NUMPY\1\0", 8, MMVIEW_EHEADER, 8, {0, 0, 0}},
    {"\x93NUMPY\1\0\x76", 9, MMVIEW_EHEADER, 9, {0, 0, 0}},
    {"\x93NUMPY\2\0\x76\0", 10, MMVIEW_EHEADER, 10, {0, 0, 0}},
    {"\x93NUMPY\3\0\x76\0\0", 11, MMVIEW_EHEADER, 11, {0, 0, 0}},
};

START_TEST(preamble)
{
    const struct mmv_preamble untouched = {77, 77, 77};
    struct mmv_preamble out = untouched;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    size_t length = preambles[_i].length;
    unsigned char *bytes = malloc(length ? length : 1);
    bool good = preambles[_i].status == MMVIEW_OK;

    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, preambles[_i].bytes, length);
    ck_assert_int_eq(mmv_preamble_read(bytes, length, &out, &err), preambles[_i].status);
    ck_assert_int_eq(err.status, preambles[_i].status);
    ck_assert_mem_eq(&out, good ? &preambles[_i].preamble : &untouched, sizeof out);
    ck_assert(err.offset == (good ? MMVIEW_NO_OFFSET : preambles[_i].at));
    free(bytes);
}
END_TEST

/* What is named .npy by mistake is called by its name. */
static const struct {
    const char *bytes, *word;
} lookalikes[] = {
    {"PK\3\4\24\0\0\0", ".npz"},        {"PK\5\6\0\0\0\0", "empty zip"},
    {"\x1f\x8b\x08\0\0\0\0\0", "gzip"}, {"\x80\2]q\0\0\0\0", "pickle"},
    {"\x80\3]q\0\0\0\0", "pickle"},     {"\x80\4\x95\0\0\0\0\0", "pickle"},
    {"\x80\5\x95\0\0\0\0\0", "pickle"}, {"\x89HDF\r\n\x1a\n", "HDF5"},
    {"CDF\1\0\0\0\0", "NetCDF"},        {"1.5,2.5\n", "31 2e 35 2c 32 2e"},
};

START_TEST(lookalike)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_preamble out;

    ck_assert_int_eq(mmv_preamble_read((const unsigned char *)lookalikes[_i].bytes, 8, &out, &err),
                     MMVIEW_EMAGIC);
    ck_assert_ptr_nonnull(strstr(err.message, lookalikes[_i].word));
}
END_TEST

/* The limit is one of characters, of which UTF-8 has one to four bytes: what
 * is surely too long need not be read. */
static const struct {
    int version;
    uint32_t text_length;
    uint64_t max_header;
    int status;
} limits[] = {
    {0x100, 10000, 10000, MMVIEW_OK},
    {0x100, 10001, 10000, MMVIEW_EHEADERSIZE},
    {0x200, 10000, 10000, MMVIEW_OK},
    {0x200, 10001, 10000, MMVIEW_EHEADERSIZE},
    {0x200, UINT32_MAX, 10000, MMVIEW_EHEADERSIZE},
    {0x200, UINT32_MAX, UINT32_MAX, MMVIEW_OK},
    {0x200, UINT32_MAX, UINT32_MAX - 1, MMVIEW_EHEADERSIZE},
    {0x300, 10001, 10000, MMVIEW_OK},
    {0x300, 40000, 10000, MMVIEW_OK},
    {0x300, 40001, 10000, MMVIEW_EHEADERSIZE},
    {0x300, UINT32_MAX, 10000, MMVIEW_EHEADERSIZE},
    {0x300, UINT32_MAX, UINT64_MAX, MMVIEW_OK},
    {0x100, 1, 0, MMVIEW_EHEADERSIZE},
    {0x100, 0, 0, MMVIEW_OK},
};

START_TEST(limit)
{
    struct mmv_preamble p = {limits[_i].version, limits[_i].version == 0x100 ? 10 : 12,
                             limits[_i].text_length};
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmv_preamble_check(&p, limits[_i].max_header, &err), limits[_i].status);
    ck_assert_int_eq(err.status, limits[_i].status);
    if (err.status < 0)
        ck_assert_uint_eq(err.offset, 8); /* where the length is told */
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, preamble, 0, COUNT(preambles));
    tcase_add_loop_test(tcase, lookalike, 0, COUNT(lookalikes));
    tcase_add_loop_test(tcase, limit, 0, COUNT(limits));
}

int main(void)
{
    return run_suite("preamble", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Every allocation of parsing, failing in turn: the call says so, leaves its
 * output alone and, as valgrind and ASan watch over, keeps nothing. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <mmview.h>

#include "../suite.h"
#include "base/alloc.h"
#include "format/header.h"

static long left;     /* allocations until one fails */
static bool for_good; /* and then all that follow do */
static bool met;      /* one has failed */

static int fail_when_none_is_left(size_t size)
{
    bool fails = left == 0 || (met && for_good);

    (void)size;
    left--;
    met = met || fails;
    return fails;
}

/* What is tried: makes *out of a text. */
typedef int attempt(const char *text, void **out, struct mmview_error *err);

/* Tries with the first allocation failing, the second, and so on, until there
 * is none left to fail: then the answer must be `status`. Returns how many
 * allocations there were. */
static int exhaust(attempt *try, const char *text, int status, void (*release)(void *object))
{
    static char elsewhere;

    for (int n = 0;; n++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        void *out = &elsewhere;
        int rc;

        left = n;
        met = false;
        mmv_alloc_hook = fail_when_none_is_left;
        rc = try(text, &out, &err);
        mmv_alloc_hook = NULL;
        if (!met) {
            ck_assert_msg(rc == status, "%s: %s", text, err.message);
            ck_assert_int_eq(err.status, status);
            if (rc == MMVIEW_OK)
                release(out);
            else
                ck_assert_ptr_eq(out, &elsewhere);
            return n;
        }
        ck_assert_msg(rc == MMVIEW_ENOMEM, "%s: allocation %d: %s", text, n,
                      mmview_status_name(rc));
        ck_assert_int_eq(err.status, MMVIEW_ENOMEM);
        ck_assert_ptr_eq(out, &elsewhere);
    }
}

static void exhaust_both_ways(attempt *try, const char *text, int status,
                              void (*release)(void *object), int least)
{
    for_good = false;
    ck_assert_int_ge(exhaust(try, text, status, release), least);
    for_good = true;
    ck_assert_int_ge(exhaust(try, text, status, release), least);
}

static int parse_dtype(const char *text, void **out, struct mmview_error *err)
{
    struct mmview_dtype *dtype = NULL;
    int rc = mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, err);

    ck_assert_int_eq(rc == MMVIEW_OK, dtype != NULL);
    if (dtype)
        *out = dtype;
    return rc;
}

static int parse_aligned(const char *text, void **out, struct mmview_error *err)
{
    struct mmview_dtype *dtype = NULL;
    int rc = mmview_dtype_parse(text, SIZE_MAX, MMVIEW_DTYPE_ALIGN, &dtype, err);

    ck_assert_int_eq(rc == MMVIEW_OK, dtype != NULL);
    if (dtype)
        *out = dtype;
    return rc;
}

static void release_dtype(void *object)
{
    mmview_dtype_unref(object);
}

/* More than a literal keeps in itself: nodes and text are allocated. */
#define LONG_NAME                                                                                 \
    "a name of more than half of the characters that fit into the space a literal has, and so "   \
    "one that takes an allocation of the text for itself, which is the first of them all, and "   \
    "that is still far from the limit of a header, whatever else there may be written in it: so " \
    "it goes on and on"
#define FIELD(n) "('" n "', 'i4'), "
#define TEN_FIELDS(n) \
    FIELD(n "0")      \
    FIELD(n "1")      \
    FIELD(n "2")      \
    FIELD(n "3") FIELD(n "4") FIELD(n "5") FIELD(n "6") FIELD(n "7") FIELD(n "8") FIELD(n "9")

/* Dicts and sets in which the nodes run out at a key, and at a value. */
#define TEN_PAIRS "1: 2, 1: 2, 1: 2, 1: 2, 1: 2, 1: 2, 1: 2, 1: 2, 1: 2, 1: 2, "
#define TEN_ITEMS "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "

static const struct {
    const char *text;
    int status;
    int least; /* allocations there are at least */
} dtypes[] = {
    {"f8", MMVIEW_OK, 1},
    {"float64", MMVIEW_OK, 1},
    {"S5", MMVIEW_OK, 1},
    {"M8[ns]", MMVIEW_OK, 1},
    {"\x05", MMVIEW_OK, 1},
    {"'f8'", MMVIEW_OK, 1},
    {"i4,f8,S5", MMVIEW_OK, 6}, /* three types, the list, the default names, the struct */
    {"i4,", MMVIEW_OK, 2},
    {"2i4", MMVIEW_OK, 3},
    {"2,3i4", MMVIEW_OK, 4},
    {"(2,3)i4", MMVIEW_OK, 3},
    {"(2,)i4,(3,)f8", MMVIEW_OK, 7},
    {"('i4', (2,))", MMVIEW_OK, 2},
    {"(('i4', (2,)), (3,))", MMVIEW_OK, 3},
    {"('S', 5)", MMVIEW_OK, 2},
    {"('i4', ())", MMVIEW_OK, 1},
    {"[]", MMVIEW_OK, 2},
    {"[('a', 'i4'), ('', 'V4'), ('b', 'f8', (2,))]", MMVIEW_OK, 7},
    {"[('a', [('b', 'i4,f8')], (2,)), (('t', 'c'), 'S5')]", MMVIEW_OK, 9},
    {"[(((1, 'x'), 'c'), 'S5'), ((b'y', 'd'), 'i1')]", MMVIEW_OK, 7},
    {"['ai', 'bf']", MMVIEW_OK, 5},
    {"[" TEN_FIELDS("a") TEN_FIELDS("b") TEN_FIELDS("c") "('" LONG_NAME "', 'i4')]", MMVIEW_OK, 35},

    {"[{" TEN_PAIRS TEN_PAIRS TEN_PAIRS "}]", MMVIEW_EUNSUPPORTED, 1},
    {"[0, {" TEN_PAIRS TEN_PAIRS TEN_PAIRS "}]", MMVIEW_EDTYPE, 1},
    {"[{" TEN_ITEMS TEN_ITEMS TEN_ITEMS TEN_ITEMS TEN_ITEMS "}]", MMVIEW_EUNSUPPORTED, 1},
    {"(" TEN_ITEMS TEN_ITEMS TEN_ITEMS TEN_ITEMS TEN_ITEMS ")", MMVIEW_EDTYPE, 1},

    /* What is refused in the end has memory to give back, too. */
    {"i4,f8,x9", MMVIEW_EDTYPE, 3},
    {"i4,(2i4", MMVIEW_EDTYPE, 3},
    {"i4,(2,)S", MMVIEW_EDTYPE, 3},
    {"2,,3i4", MMVIEW_EDTYPE, 2},
    {"S2147483647,i1", MMVIEW_EDTYPE, 3},
    {"('i4', (2, -1))", MMVIEW_EDTYPE, 1},
    {"(('i4', (2,)), 2.5)", MMVIEW_EDTYPE, 2},
    {"('i4', 'f4')", MMVIEW_EUNSUPPORTED, 1},
    {"('i4', (65536, 65536))", MMVIEW_EDTYPE, 1},
    {"[('a', 'i4'), (('t', 'b'), 'i4'), ('t', 'i4')]", MMVIEW_EDTYPE, 6},
    {"[((1, 'a'), 'i4'), ((2, 'b'), 'x9')]", MMVIEW_EDTYPE, 3},
    {"[((1, 'a'), 'S2147483647'), ((2, 'b'), 'i4')]", MMVIEW_EDTYPE, 4},
    {"[('a', 'S2147483647'), ('', 'V4')]", MMVIEW_EDTYPE, 3},
    {"[('a', [('b', 'i4'), 5])]", MMVIEW_EDTYPE, 2},
    {"[('a', 'i4'), (5, 'i4')]", MMVIEW_EDTYPE, 3},
    {"['" LONG_NAME "', ", MMVIEW_EDTYPE, 1},
};

START_TEST(dtype)
{
    exhaust_both_ways(parse_dtype, dtypes[_i].text, dtypes[_i].status, release_dtype,
                      dtypes[_i].least);
}
END_TEST

START_TEST(aligned_dtype)
{
    exhaust_both_ways(parse_aligned, "[('', 'i1'), (('t', 'b'), 'f8'), ('c', 'i1,i4')]", MMVIEW_OK,
                      release_dtype, 8);
    exhaust_both_ways(parse_aligned, "[('a', 'S2147483646'), ('b', 'i4')]", MMVIEW_EDTYPE,
                      release_dtype, 3);
    exhaust_both_ways(parse_aligned, "[('b', 'i4'), ('a', 'S2147483643')]", MMVIEW_EDTYPE,
                      release_dtype, 3);
}
END_TEST

/* Of a dtype that is made without failures. */
static int reorder_dtype(const char *text, void **out, struct mmview_error *err)
{
    int (*hook)(size_t) = mmv_alloc_hook;
    struct mmview_dtype *made, *other = NULL;
    int rc;

    mmv_alloc_hook = NULL;
    ck_assert_int_eq(mmview_dtype_parse(text, SIZE_MAX, 0, &made, NULL), MMVIEW_OK);
    mmv_alloc_hook = hook;
    rc = mmview_dtype_newbyteorder(made, 'S', &other, err);
    mmview_dtype_unref(made);
    ck_assert_int_eq(rc == MMVIEW_OK, other != NULL);
    if (other)
        *out = other;
    return rc;
}

START_TEST(reordered_dtype)
{
    exhaust_both_ways(reorder_dtype, "[('a', [('b', '<i4'), ('c', '>M8[s]')], (2,)), ('d', '<U3')]",
                      MMVIEW_OK, release_dtype, 8);
}
END_TEST

static int read_header(const char *text, void **out, struct mmview_error *err)
{
    struct mmv_preamble preamble = {0x100, 10, (uint32_t)strlen(text)};
    struct mmv_header header, untouched;
    int rc;

    memset(&header, 0x5a, sizeof header);
    memset(&untouched, 0x5a, sizeof untouched);
    rc = mmv_header_read(&preamble, text, UINT64_MAX, &header, err);
    if (rc == MMVIEW_OK)
        *out = header.dtype;
    else
        ck_assert_mem_eq(&header, &untouched, sizeof header);
    return rc;
}

#define HEADER(descr, shape) \
    "{'descr': " descr ", 'fortran_order': False, 'shape': " shape ", }          \n"

static const struct {
    const char *text;
    int status;
    int least;
} headers[] = {
    {HEADER("'<f8'", "(3,)"), MMVIEW_OK, 1},
    {HEADER("[('a', '<f8'), ('b', '|S5', (2,))]", "(3,)"), MMVIEW_OK, 6},
    {HEADER("('<f8', (2, 3))", "(3,)"), MMVIEW_OK, 2},
    {HEADER("[" TEN_FIELDS("a") TEN_FIELDS("b") TEN_FIELDS("c") "]", "(3,)"), MMVIEW_OK, 35},
    {HEADER("[('" LONG_NAME "', '|i1')]", "()"), MMVIEW_OK, 5},

    {HEADER("'<f8'", "(-1,)"), MMVIEW_ESHAPE, 0},
    {HEADER("[('a', '<f8'), ('b', 'x9')]", "(3,)"), MMVIEW_EDESCR, 2},
    {HEADER("[('a', '<f8'), ('b', '|O')]", "(3,)"), MMVIEW_EOBJECT, 5},
    {HEADER("('|i1', (1, 2))", "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
                               "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)"),
     MMVIEW_ESHAPE, 3},
    {"{'descr': [('" LONG_NAME "', '|i1')], 'x': 1}", MMVIEW_EHEADER, 1},
    {"{'descr': [('" LONG_NAME "', '|i1')], ", MMVIEW_EHEADER, 1},
};

START_TEST(header)
{
    exhaust_both_ways(read_header, headers[_i].text, headers[_i].status, release_dtype,
                      headers[_i].least);
}
END_TEST

/* A whole file: the text's header, and data for those that are right. */
static unsigned char file[4096];
static size_t file_length;

static void make_file(const char *text)
{
    size_t length = strlen(text);

    memset(file, 0, sizeof file);
    memcpy(file, "\x93NUMPY\x01", 8);
    file[8] = (unsigned char)length;
    file[9] = (unsigned char)(length >> 8);
    memcpy(file + 10, text, length);
    file_length = 10 + length + 1024;
    ck_assert_uint_le(file_length, sizeof file);
}

static int released;

static void count_release(void *context)
{
    (void)context;
    released++;
}

static int take_memory(const char *text, void **out, struct mmview_error *err)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_array *array = NULL;
    int rc;

    (void)text;
    options.release = count_release;
    rc = mmview_from_memory(file, file_length, &options, &array, err);
    ck_assert_int_eq(rc == MMVIEW_OK, array != NULL);
    ck_assert_int_eq(released, 0); /* the memory of a call that fails is still ours */
    if (array)
        *out = array;
    return rc;
}

static char path[] = "/tmp/mmview-alloc-fail-XXXXXX";

static int open_file(const char *text, void **out, struct mmview_error *err)
{
    struct mmview_array *array = NULL;
    int before = open("/dev/null", O_RDONLY), after, rc;

    (void)text;
    close(before);
    rc = mmview_open(path, NULL, &array, err);
    after = open("/dev/null", O_RDONLY);
    close(after);
    ck_assert_int_eq(before, after); /* no descriptor is kept */
    ck_assert_int_eq(rc == MMVIEW_OK, array != NULL);
    if (array)
        *out = array;
    return rc;
}

static void release_array(void *object)
{
    mmview_array_unref(object);
}

START_TEST(from_memory)
{
    int maps = headers[_i].status == MMVIEW_OK ? 2 : 0; /* the map and the array */

    make_file(headers[_i].text);
    released = 0;
    for_good = false;
    ck_assert_int_ge(exhaust(take_memory, headers[_i].text, headers[_i].status, release_array),
                     headers[_i].least + maps);
    ck_assert_int_eq(released, headers[_i].status == MMVIEW_OK);
    released = 0;
    for_good = true;
    exhaust(take_memory, headers[_i].text, headers[_i].status, release_array);
    ck_assert_int_eq(released, headers[_i].status == MMVIEW_OK);
}
END_TEST

START_TEST(from_file)
{
    int maps = headers[_i].status == MMVIEW_OK ? 2 : 0;
    int fd;

    make_file(headers[_i].text);
    strcpy(strrchr(path, '-'), "-XXXXXX");
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, file, file_length), (ssize_t)file_length);
    close(fd);
    exhaust_both_ways(open_file, headers[_i].text, headers[_i].status, release_array,
                      headers[_i].least + maps);
    ck_assert_int_eq(unlink(path), 0);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, dtype, 0, COUNT(dtypes));
    tcase_add_test(tcase, aligned_dtype);
    tcase_add_test(tcase, reordered_dtype);
    tcase_add_loop_test(tcase, header, 0, COUNT(headers));
    tcase_add_loop_test(tcase, from_memory, 0, COUNT(headers));
    tcase_add_loop_test(tcase, from_file, 0, COUNT(headers));
}

int main(void)
{
    return run_suite("alloc_fail", add_tests);
}

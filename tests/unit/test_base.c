/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Floor 0, but for UTF-8: how errors are told, checked arithmetic, text that
 * counts past its end, the hook of the allocator. */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "../suite.h"
#include "base/alloc.h"
#include "base/bytes.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/options.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#define ROOM (sizeof((struct mmview_error *)0)->message)

START_TEST(error_fills)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert(err.offset == MMVIEW_NO_OFFSET);
    ck_assert_int_eq(mmv_fail(&err, MMVIEW_EDTYPE, "no %s of %d", "dtype", 7), MMVIEW_EDTYPE);
    ck_assert_int_eq(err.status, MMVIEW_EDTYPE);
    ck_assert_int_eq(err.sys_errno, 0);
    ck_assert(err.offset == MMVIEW_NO_OFFSET);
    ck_assert(err.reserved[0] == 0 && err.reserved[1] == 0);
    ck_assert_str_eq(err.message, "no dtype of 7");
}
END_TEST

START_TEST(error_with_offset)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmv_fail_at(&err, MMVIEW_EHEADER, 81, "bad"), MMVIEW_EHEADER);
    ck_assert_int_eq(err.status, MMVIEW_EHEADER);
    ck_assert_int_eq(err.sys_errno, 0);
    ck_assert_uint_eq(err.offset, 81);
    ck_assert_str_eq(err.message, "bad");
}
END_TEST

START_TEST(error_with_errno)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmv_fail_errno(&err, ENOENT, "open of %d", 3), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.status, MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ENOENT);
    ck_assert(err.offset == MMVIEW_NO_OFFSET);
    ck_assert_str_eq(err.message, "open of 3: No such file or directory");

    /* A number that no system has: still a text, of one line. */
    mmview_error_clear(&err);
    ck_assert_int_eq(mmv_fail_errno(&err, INT_MAX, "x"), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, INT_MAX);
    ck_assert_ptr_nonnull(strstr(err.message, "2147483647"));
}
END_TEST

START_TEST(error_out_of_memory)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmv_fail_errno(&err, ENOMEM, "mmap"), MMVIEW_ENOMEM);
    ck_assert_int_eq(err.status, MMVIEW_ENOMEM);
    ck_assert_int_eq(err.sys_errno, ENOMEM);

    mmview_error_clear(&err);
    ck_assert_int_eq(mmv_fail_nomem(&err), MMVIEW_ENOMEM);
    ck_assert_int_eq(err.status, MMVIEW_ENOMEM);
    ck_assert_str_eq(err.message, "out of memory");
}
END_TEST

/* Whatever fails after the first failure leaves no trace. */
START_TEST(error_first_is_kept)
{
    struct mmview_error err = MMVIEW_ERROR_INIT, first;

    mmv_fail_at(&err, MMVIEW_EDESCR, 12, "the first");
    first = err;
    ck_assert_int_eq(mmv_fail(&err, MMVIEW_EINVAL, "a second"), MMVIEW_EINVAL);
    ck_assert_int_eq(mmv_fail_at(&err, MMVIEW_EMAGIC, 0, "a third"), MMVIEW_EMAGIC);
    ck_assert_int_eq(mmv_fail_errno(&err, EACCES, "a fourth"), MMVIEW_ESYSTEM);
    ck_assert_int_eq(mmv_fail_nomem(&err), MMVIEW_ENOMEM);
    ck_assert_mem_eq(&err, &first, sizeof err);
}
END_TEST

START_TEST(error_may_be_null)
{
    ck_assert_int_eq(mmv_fail(NULL, MMVIEW_EINVAL, "%d", 1), MMVIEW_EINVAL);
    ck_assert_int_eq(mmv_fail_at(NULL, MMVIEW_EMAGIC, 0, "%d", 1), MMVIEW_EMAGIC);
    ck_assert_int_eq(mmv_fail_errno(NULL, EIO, "%d", 1), MMVIEW_ESYSTEM);
    ck_assert_int_eq(mmv_fail_errno(NULL, ENOMEM, "%d", 1), MMVIEW_ENOMEM);
    ck_assert_int_eq(mmv_fail_nomem(NULL), MMVIEW_ENOMEM);
}
END_TEST

/* Text of a file goes into messages as it is: here is what is made of it. */
static const struct {
    const char *text, *message;
} tidied[] = {
    {"plain ~", "plain ~"},
    {"a\nb\rc\td", "a?b?c?d"},
    {"\x1b[31mred\x07", "?[31mred?"},
    {"\x01\x1f\x7f", "???"},
    {"\xc2\x9b\x31\x6d", "??1m"}, /* CSI, as one character of C1 */
    {"\xc2\x80\xc2\x9f", "????"},
    {"\xc2\xa0", "\xc2\xa0"},
    {"\xce\xbcs \xe6\x97\xa5 \xf0\x9f\x98\x80", "\xce\xbcs \xe6\x97\xa5 \xf0\x9f\x98\x80"},
    {"\xff\xfe\x80", "???"},
    {"caf\xe9", "caf?"},
    {"\xed\xa0\x80", "???"}, /* a surrogate */
    {"\xc0\xaf\xf5\x80\x80\x80", "??????"},
    {"\xe6\x97", "??"},
};

START_TEST(error_is_tidied)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    mmv_fail(&err, MMVIEW_EHEADER, "%s", tidied[_i].text);
    ck_assert_str_eq(err.message, tidied[_i].message);
}
END_TEST

/* A text past the room is cut, and no character in two. */
START_TEST(error_is_cut)
{
    char text[2 * ROOM + 2];
    size_t shift = (size_t)_i % 2, length, bad;
    bool with_errno = _i >= 2;
    struct {
        struct mmview_error err;
        char behind[8];
    } guarded = {MMVIEW_ERROR_INIT, "behind"};

    memset(text, 'x', shift);
    for (size_t i = shift; i < sizeof text - 2; i += 2)
        memcpy(text + i, "\xc3\xa9", 3);
    if (with_errno)
        mmv_fail_errno(&guarded.err, ENOENT, "%s", text);
    else
        mmv_fail(&guarded.err, MMVIEW_EHEADER, "%s", text);
    length = strlen(guarded.err.message);
    ck_assert_uint_eq(length, ROOM - 1);
    ck_assert(mmv_utf8_count(guarded.err.message, length, &bad) != SIZE_MAX);
    /* 479 bytes: one more than whole characters of two, unless shifted by one. */
    ck_assert_int_eq(guarded.err.message[length - 1], shift ? (char)0xa9 : '?');
    ck_assert_mem_eq(guarded.err.message, text, length - 1);
    ck_assert_str_eq(guarded.behind, "behind");
}
END_TEST

START_TEST(checked_intp)
{
    mmview_intp r = 7;

    ck_assert(mmv_add_intp(INTPTR_MAX - 1, 1, &r) && r == INTPTR_MAX);
    ck_assert(mmv_add_intp(INTPTR_MIN + 1, -1, &r) && r == INTPTR_MIN);
    ck_assert(mmv_add_intp(INTPTR_MAX, INTPTR_MIN, &r) && r == -1);
    ck_assert(mmv_mul_intp(INTPTR_MAX, -1, &r) && r == -INTPTR_MAX);
    ck_assert(mmv_mul_intp(INTPTR_MIN, 1, &r) && r == INTPTR_MIN);
    ck_assert(mmv_mul_intp(INTPTR_MAX / 2, 2, &r) && r == INTPTR_MAX - 1);
    ck_assert(mmv_mul_intp(0, INTPTR_MIN, &r) && r == 0);
    r = 7;
    ck_assert(!mmv_add_intp(INTPTR_MAX, 1, &r));
    ck_assert(!mmv_add_intp(INTPTR_MIN, -1, &r));
    ck_assert(!mmv_mul_intp(INTPTR_MIN, -1, &r));
    ck_assert(!mmv_mul_intp(INTPTR_MAX / 2 + 1, 2, &r));
    ck_assert(!mmv_mul_intp(INTPTR_MAX, INTPTR_MAX, &r));
    ck_assert_int_eq(r, 7);
}
END_TEST

START_TEST(checked_int)
{
    int r = 7;

    ck_assert(mmv_add_int(INT_MAX - 1, 1, &r) && r == INT_MAX);
    ck_assert(mmv_add_int(INT_MIN, INT_MAX, &r) && r == -1);
    ck_assert(mmv_mul_int(INT_MAX / 2, 2, &r) && r == INT_MAX - 1);
    ck_assert(mmv_mul_int(INT_MIN / 2, 2, &r) && r == INT_MIN);
    r = 7;
    ck_assert(!mmv_add_int(INT_MAX, 1, &r));
    ck_assert(!mmv_add_int(INT_MIN, -1, &r));
    ck_assert(!mmv_mul_int(INT_MIN, -1, &r));
    ck_assert(!mmv_mul_int(65536, 32768, &r)); /* INT_MAX + 1 */
    ck_assert(!mmv_mul_int(65536, 65536, &r)); /* would wrap to 0 */
    ck_assert_int_eq(r, 7);
}
END_TEST

START_TEST(checked_unsigned)
{
    uint64_t u = 7;
    size_t z = 7;

    ck_assert(mmv_add_u64(UINT64_MAX - 1, 1, &u) && u == UINT64_MAX);
    ck_assert(mmv_add_size(SIZE_MAX, 0, &z) && z == SIZE_MAX);
    ck_assert(mmv_mul_size(SIZE_MAX / 2, 2, &z) && z == SIZE_MAX - 1);
    ck_assert(mmv_mul_size(SIZE_MAX, 0, &z) && z == 0);
    u = z = 7;
    ck_assert(!mmv_add_u64(UINT64_MAX, 1, &u));
    ck_assert(!mmv_add_u64(UINT64_MAX, UINT64_MAX, &u));
    ck_assert(!mmv_add_size(SIZE_MAX, 1, &z));
    ck_assert(!mmv_mul_size(SIZE_MAX / 2 + 1, 2, &z)); /* would wrap to 0 */
    ck_assert(!mmv_mul_size(SIZE_MAX, SIZE_MAX, &z));
    ck_assert_uint_eq(u, 7);
    ck_assert_uint_eq(z, 7);
}
END_TEST

START_TEST(little_endian)
{
    static const unsigned char bytes[] = {0, 0x01, 0x82, 0xff, 0xfe};

    ck_assert_uint_eq(mmv_le16(bytes + 1), 0x8201);
    ck_assert_uint_eq(mmv_le16(bytes + 3), 0xfeff);
    ck_assert_uint_eq(mmv_le32(bytes + 1), 0xfeff8201);
}
END_TEST

/* The same text into every size there is: a prefix of it, terminated, and
 * always the whole length. */
START_TEST(strbuf_counts_on)
{
    static const char whole[] = "ab12-3c";
    char data[sizeof whole + 2];

    for (size_t size = 0; size < sizeof data; size++) {
        struct mmv_strbuf buf = mmv_strbuf_init(size ? data : NULL, size);
        size_t kept = size > strlen(whole) ? strlen(whole) : size - 1;

        memset(data, '#', sizeof data);
        mmv_strbuf_str(&buf, "ab");
        mmv_strbuf_int(&buf, 12);
        mmv_strbuf_mem(&buf, "-3no", 2);
        mmv_strbuf_str(&buf, "");
        mmv_strbuf_char(&buf, 'c');
        ck_assert_uint_eq(mmv_strbuf_end(&buf), strlen(whole));
        ck_assert_uint_eq(buf.length, strlen(whole));
        if (size) {
            ck_assert_mem_eq(data, whole, kept);
            ck_assert_int_eq(data[kept], '\0');
        }
        for (size_t i = size ? kept + 1 : 0; i < sizeof data; i++)
            ck_assert_int_eq(data[i], '#');
    }
}
END_TEST

static const struct {
    int64_t value;
    const char *text;
} integers[] = {
    {0, "0"},
    {-1, "-1"},
    {9, "9"},
    {10, "10"},
    {-100, "-100"},
    {INT64_MAX, "9223372036854775807"},
    {INT64_MIN, "-9223372036854775808"},
};

START_TEST(strbuf_integers)
{
    char data[32];
    struct mmv_strbuf buf = mmv_strbuf_init(data, sizeof data);

    mmv_strbuf_int(&buf, integers[_i].value);
    ck_assert_uint_eq(mmv_strbuf_end(&buf), strlen(integers[_i].text));
    ck_assert_str_eq(data, integers[_i].text);
}
END_TEST

static size_t asked_for;
static int answer;

static int hook(size_t size)
{
    asked_for = size;
    return answer;
}

START_TEST(alloc_hook)
{
    char *p = mmv_alloc(0), *q;

    ck_assert_ptr_nonnull(p); /* NULL only ever means that there is no memory */
    mmv_free(p);
    mmv_free(NULL);

    mmv_alloc_hook = hook;
    answer = 0;
    p = mmv_alloc(11);
    ck_assert_ptr_nonnull(p);
    ck_assert_uint_eq(asked_for, 11);
    memcpy(p, "0123456789", 11);
    p = mmv_realloc(p, 22);
    ck_assert_ptr_nonnull(p);
    ck_assert_uint_eq(asked_for, 22);
    ck_assert_str_eq(p, "0123456789");

    /* What is refused is not done: the old block is as it was. */
    answer = 1;
    errno = 0;
    ck_assert_ptr_null(mmv_alloc(33));
    ck_assert_uint_eq(asked_for, 33);
    ck_assert_int_eq(errno, ENOMEM);
    errno = 0;
    q = mmv_realloc(p, 44);
    ck_assert_ptr_null(q);
    ck_assert_uint_eq(asked_for, 44);
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_str_eq(p, "0123456789");
    mmv_alloc_hook = NULL;
    mmv_free(p);
}
END_TEST

/* An option struct as it is in a later version, which has got a member. Like all
 * of ours it has no padding, whose bytes might be anything. */
struct later {
    size_t size;
    size_t first;
    size_t added;
    size_t last;
};

START_TEST(options_of_all_versions)
{
    const size_t least = MMV_SIZE_TO(struct later, first);
    struct later known, given = {sizeof given, 1, 2, 3};
    struct mmview_error err = MMVIEW_ERROR_INIT;

    /* The caller's first version: what it does not have stays as it was. */
    known = (struct later){sizeof known, 7, 8, 9};
    given.size = least;
    ck_assert_int_eq(mmv_options_read(&known, sizeof known, least, &given, &err), MMVIEW_OK);
    ck_assert_uint_eq(known.first, 1);
    ck_assert_uint_eq(known.added, 8);
    ck_assert_uint_eq(known.last, 9);

    given.size = least - 1;
    ck_assert_int_eq(mmv_options_read(&known, sizeof known, least, &given, &err), MMVIEW_EOPTIONS);

    /* This library is the older one: nothing new may be asked for. */
    mmview_error_clear(&err);
    given.size = sizeof given;
    ck_assert_int_eq(mmv_options_read(&known, least, least, &given, &err), MMVIEW_EOPTIONS);
    given.added = given.last = 0;
    mmview_error_clear(&err);
    ck_assert_int_eq(mmv_options_read(&known, least, least, &given, &err), MMVIEW_OK);
    ck_assert_uint_eq(known.added, 8);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, error_fills);
    tcase_add_test(tcase, error_with_offset);
    tcase_add_test(tcase, error_with_errno);
    tcase_add_test(tcase, error_out_of_memory);
    tcase_add_test(tcase, error_first_is_kept);
    tcase_add_test(tcase, error_may_be_null);
    tcase_add_loop_test(tcase, error_is_tidied, 0, COUNT(tidied));
    tcase_add_loop_test(tcase, error_is_cut, 0, 4);
    tcase_add_test(tcase, checked_intp);
    tcase_add_test(tcase, checked_int);
    tcase_add_test(tcase, checked_unsigned);
    tcase_add_test(tcase, little_endian);
    tcase_add_test(tcase, strbuf_counts_on);
    tcase_add_loop_test(tcase, strbuf_integers, 0, COUNT(integers));
    tcase_add_test(tcase, alloc_hook);
    tcase_add_test(tcase, options_of_all_versions);
}

int main(void)
{
    return run_suite("base", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* UTF-8, strict and with lone surrogates, and what Python thinks printable. */
#include <string.h>

#include "../suite.h"
#include "base/utf8.h"

#define END 0x110000u /* one past the last code point */

static bool is_surrogate(uint32_t code)
{
    return code >= 0xd800 && code <= 0xdfff;
}

static size_t expected_length(uint32_t code)
{
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/* Every code point there is: written, and read again. (An assertion each would
 * take minutes: the first that is wrong is told.) */
START_TEST(round_trip)
{
    uint32_t wrong = END;

    for (uint32_t code = 0; code < END && wrong == END; code++) {
        char text[4];
        size_t length = mmv_utf8_encode(code, text);
        uint32_t loose = END, strict = END;
        bool right = length == expected_length(code);

        right = right && mmv_wtf8_decode(text, length, &loose) == length && loose == code;
        right =
            right && mmv_utf8_decode(text, length, &strict) == (is_surrogate(code) ? 0 : length);
        right = right && strict == (is_surrogate(code) ? END : code);
        for (size_t cut = 1; cut < length; cut++)
            right = right && mmv_wtf8_decode(text, cut, &loose) == 0;
        if (!right)
            wrong = code;
    }
    ck_assert_uint_eq(wrong, END);
}
END_TEST

/* No two texts stand for the same character: of all texts of up to three bytes
 * just as many are read as there are characters of so many bytes. */
START_TEST(only_one_way)
{
    size_t lengths[5] = {0};

    for (uint32_t bytes = 0; bytes < 0x1000000; bytes++) {
        char text[3] = {(char)(bytes >> 16), (char)(bytes >> 8), (char)bytes};
        uint32_t first = bytes >> 16, code;

        /* Zeros for the bytes that can not matter after such a first one. */
        if (first < 0xe0 || first > 0xef)
            bytes |= first < 0xc0 ? 0xffff : 0xff;
        lengths[mmv_wtf8_decode(text, 3, &code)]++;
    }
    ck_assert_uint_eq(lengths[1], 0x80);
    ck_assert_uint_eq(lengths[2], 0x800 - 0x80);
    ck_assert_uint_eq(lengths[3], 0x10000 - 0x800);
    ck_assert_uint_eq(lengths[4], 0);
}
END_TEST

static const struct {
    const char *text;
    size_t length;
    size_t strict, loose; /* bytes read */
    uint32_t code;
} decoded[] = {
    {"", 0, 0, 0, 0},
    {"\0", 1, 1, 1, 0},
    {"A\x80", 2, 1, 1, 'A'},
    {"\x7f", 1, 1, 1, 0x7f},
    {"\xc2\x80", 2, 2, 2, 0x80},
    {"\xdf\xbf", 2, 2, 2, 0x7ff},
    {"\xe0\xa0\x80", 3, 3, 3, 0x800},
    {"\xed\x9f\xbf", 3, 3, 3, 0xd7ff},
    {"\xee\x80\x80", 3, 3, 3, 0xe000},
    {"\xef\xbf\xbf", 3, 3, 3, 0xffff},
    {"\xf0\x90\x80\x80", 4, 4, 4, 0x10000},
    {"\xf4\x8f\xbf\xbf", 4, 4, 4, 0x10ffff},
    {"\xf0\x9f\x98\x80 and more", 13, 4, 4, 0x1f600},
    /* Surrogates, lone and as a pair. */
    {"\xed\xa0\x80", 3, 0, 3, 0xd800},
    {"\xed\xbf\xbf", 3, 0, 3, 0xdfff},
    {"\xed\xa0\xbd\xed\xb8\x80", 6, 0, 3, 0xd83d},
    /* Longer than need be. */
    {"\xc0\x80", 2, 0, 0, 0},
    {"\xc1\xbf", 2, 0, 0, 0},
    {"\xe0\x80\x80", 3, 0, 0, 0},
    {"\xe0\x9f\xbf", 3, 0, 0, 0},
    {"\xf0\x80\x80\x80", 4, 0, 0, 0},
    {"\xf0\x8f\xbf\xbf", 4, 0, 0, 0},
    /* Past the last. */
    {"\xf4\x90\x80\x80", 4, 0, 0, 0},
    {"\xf5\x80\x80\x80", 4, 0, 0, 0},
    {"\xf8\x88\x80\x80\x80", 5, 0, 0, 0},
    {"\xff", 1, 0, 0, 0},
    {"\xfc\x80\x80\x80", 4, 0, 0, 0},
    /* What may only follow, and what must be longer, at the start. */
    {"\x84\x80\x80\x80", 4, 0, 0, 0},
    {"\xc1\x90\x80\x80", 4, 0, 0, 0},
    /* Cut, or with something else inside. */
    {"\x80", 1, 0, 0, 0},
    {"\xbf", 1, 0, 0, 0},
    {"\xc3", 1, 0, 0, 0},
    {"\xc3(", 2, 0, 0, 0},
    {"\xe6\x97", 2, 0, 0, 0},
    {"\xe6\x97(", 3, 0, 0, 0},
    {"\xf0\x9f\x98", 3, 0, 0, 0},
    {"\xf0\x9f\xc3\x80", 4, 0, 0, 0},
};

START_TEST(decode)
{
    size_t length = decoded[_i].length;
    uint32_t strict = END, loose = END;
    char *text = malloc(length ? length : 1); /* so that valgrind sees a read behind it */

    ck_assert_ptr_nonnull(text);
    memcpy(text, decoded[_i].text, length);
    ck_assert_uint_eq(mmv_utf8_decode(text, length, &strict), decoded[_i].strict);
    ck_assert_uint_eq(mmv_wtf8_decode(text, length, &loose), decoded[_i].loose);
    ck_assert_uint_eq(strict, decoded[_i].strict ? decoded[_i].code : END);
    if (decoded[_i].loose)
        ck_assert_uint_eq(loose, decoded[_i].code);
    free(text);
}
END_TEST

static const struct {
    const char *text;
    size_t length;
    size_t count, bad;
} counted[] = {
    {"", 0, 0, 99},
    {"abc", 3, 3, 99},
    {"a\0b", 3, 3, 99},
    {"\xce\xbcs\xe6\x97\xa5\xf0\x9f\x98\x80", 10, 4, 99},
    {"abc\xff", 4, SIZE_MAX, 3},
    {"\xce\xbc\xed\xa0\x80", 5, SIZE_MAX, 2},
    {"a\xc3", 2, SIZE_MAX, 1},
    {"\xc0\x80", 2, SIZE_MAX, 0},
};

START_TEST(count)
{
    size_t bad = 99;

    ck_assert_uint_eq(mmv_utf8_count(counted[_i].text, counted[_i].length, &bad),
                      counted[_i].count);
    ck_assert_uint_eq(bad, counted[_i].bad);
}
END_TEST

static const struct {
    uint32_t code;
    bool printable;
} shown[] = {
    {0x0, false},      {0x1f, false},    {0x20, true},    {0x7e, true},    {0x7f, false},
    {0x80, false},     {0x9f, false},    {0xa0, false},   {0xa1, true},    {0xac, true},
    {0xad, false},     {0xae, true},     {0x377, true},   {0x378, false},  {0x200b, false},
    {0x2010, true},    {0x2028, false},  {0x3000, false}, {0x3001, true},  {0x4e00, true},
    {0xd7ff, false},   {0xd800, false},  {0xdfff, false}, {0xe000, false}, {0xf8ff, false},
    {0xf900, true},    {0xfeff, false},  {0xfffd, true},  {0xffff, false}, {0x10000, true},
    {0x1f600, true},   {0xe0001, false}, {0xe0100, true}, {0xe01ef, true}, {0xe01f0, false},
    {0x10ffff, false},
};

START_TEST(printable)
{
    ck_assert_int_eq(mmv_isprintable(shown[_i].code), shown[_i].printable);
}
END_TEST

/* How many there are, as str.isprintable() of Python 3.11 counts them. */
START_TEST(printable_count)
{
    static const struct {
        uint32_t end;
        size_t count;
    } ranges[] = {{0x80, 95}, {0x100, 94}, {0x1000, 3298}, {0x10000, 52019}, {END, 89010}};
    uint32_t code = 0;

    for (int i = 0; i < COUNT(ranges); i++) {
        size_t found = 0;

        for (; code < ranges[i].end; code++)
            found += mmv_isprintable(code);
        ck_assert_uint_eq(found, ranges[i].count);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, round_trip);
    tcase_add_test(tcase, only_one_way);
    tcase_add_loop_test(tcase, decode, 0, COUNT(decoded));
    tcase_add_loop_test(tcase, count, 0, COUNT(counted));
    tcase_add_loop_test(tcase, printable, 0, COUNT(shown));
    tcase_add_test(tcase, printable_count);
}

int main(void)
{
    return run_suite("utf8", add_tests);
}

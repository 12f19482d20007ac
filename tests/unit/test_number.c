/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Numbers inside dtypes: what C's strtol() would read, in no locale. */
#include <string.h>

#include "../suite.h"
#include "format/number.h"

static const struct {
    const char *text;
    size_t used;
    int64_t value; /* of what is used */
} numbers[] = {
    {"0", 1, 0},
    {"42", 2, 42},
    {"-42", 3, -42},
    {"+42", 3, 42},
    {"007", 3, 7},
    {" \t\n\v\f\r42", 8, 42},
    {"42x", 2, 42},
    {"42 ", 2, 42},
    {"0x10", 1, 0},
    {"1_0", 1, 1},
    {"1.5", 1, 1},
    {"9223372036854775807", 19, INT64_MAX},
    {"-9223372036854775808", 20, INT64_MIN},

    /* What does not fit is cut, and all of it used. */
    {"9223372036854775808", 19, INT64_MAX},
    {"-9223372036854775809", 20, INT64_MIN},
    {"18446744073709551616", 20, INT64_MAX},
    {"99999999999999999999999999", 26, INT64_MAX},
    {"-99999999999999999999999999", 27, INT64_MIN},

    /* No number. */
    {"", 0, 0},
    {" ", 0, 0},
    {"x", 0, 0},
    {"+", 0, 0},
    {"-", 0, 0},
    {"+-1", 0, 0},
    {"- 1", 0, 0},
    {"\xc2\xa0"
     "1",
     0, 0},
    {"\x1c"
     "1",
     0, 0},
    {"/", 0, 0},
    {":", 0, 0},
};

START_TEST(number)
{
    size_t length = strlen(numbers[_i].text);
    char *copy = malloc(length ? length : 1); /* not terminated */
    int64_t value = -77;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, numbers[_i].text, length);
    ck_assert_uint_eq(mmv_strtol(copy, length, &value), numbers[_i].used);
    ck_assert_int_eq(value, numbers[_i].used ? numbers[_i].value : -77);
    free(copy);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, number, 0, COUNT(numbers));
}

int main(void)
{
    return run_suite("number", add_tests);
}

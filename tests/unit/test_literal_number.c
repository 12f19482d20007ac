/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The numbers of a Python literal: spellings, signs, sizes, and the L that
 * Python 2 wrote. */
#include "literal_show.h"

static const struct accepted accepted[] = {
    /* Decimal. */
    {UTF8, "0", "0"},
    {UTF8, "7", "7"},
    {UTF8, "00", "0"},
    {UTF8, "0_0", "0"},
    {UTF8, "1234567890", "1234567890"},
    {UTF8, "1_2_3", "123"},
    {UTF8, "9223372036854775807", "9223372036854775807"},
    {UTF8, "9223372036854775808", "9223372036854775808"},
    {UTF8, "18446744073709551615", "18446744073709551615"},
    {UTF8, "18446744073709551616", "huge"},
    {UTF8, "99999999999999999999999999", "huge"},
    {UTF8, "184467440737095516160", "huge"}, /* would wrap to 0 */

    /* Other bases. */
    {UTF8, "0x1f", "31"},
    {UTF8, "0X1F", "31"},
    {UTF8, "0o17", "15"},
    {UTF8, "0O17", "15"},
    {UTF8, "0b101", "5"},
    {UTF8, "0B1", "1"},
    {UTF8, "0x_1", "1"},
    {UTF8, "0x1_f", "31"},
    {UTF8, "0x00ff", "255"},
    {UTF8, "0o00", "0"},
    {UTF8, "0xffffffffffffffff", "18446744073709551615"},
    {UTF8, "0x10000000000000000", "huge"},
    {UTF8, "0o2000000000000000000000", "huge"},
    {UTF8, "0xe", "14"},
    {UTF8, "0xe1", "225"}, /* no exponent */
    {UTF8, "0b0", "0"},

    /* Floats. */
    {UTF8, "1.", "float"},
    {UTF8, "1.5", "float"},
    {UTF8, ".5", "float"},
    {UTF8, "0.", "float"},
    {UTF8, "00.5", "float"},
    {UTF8, "09.", "float"},
    {UTF8, "1e5", "float"},
    {UTF8, "1E5", "float"},
    {UTF8, "1e+5", "float"},
    {UTF8, "1e-5", "float"},
    {UTF8, "1.e5", "float"},
    {UTF8, ".5e5", "float"},
    {UTF8, "09e1", "float"},
    {UTF8, "1_0.0_1e1_0", "float"},
    {UTF8, "1e999", "float"},

    /* Imaginary. */
    {UTF8, "1j", "complex"},
    {UTF8, "1J", "complex"},
    {UTF8, "09j", "complex"},
    {UTF8, "1.5j", "complex"},
    {UTF8, ".5j", "complex"},
    {UTF8, "1e5j", "complex"},
    {UTF8, "1_0j", "complex"},

    /* One sign. */
    {UTF8, "+1", "1"},
    {UTF8, "-1", "-1"},
    {UTF8, "- 1", "-1"},
    {UTF8, "-\\\n1", "-1"},
    {UTF8, "[-\n1]", "[-1]"},
    {UTF8, "-0", "0"},
    {UTF8, "+0", "0"},
    {UTF8, "-0x10", "-16"},
    {UTF8, "-(1)", "-1"},
    {UTF8, "(-1)", "-1"},
    {UTF8, "-((2))", "-2"},
    {UTF8, "-18446744073709551615", "-18446744073709551615"},
    {UTF8, "-18446744073709551616", "-huge"},
    {UTF8, "-1.5", "float"},
    {UTF8, "+1j", "complex"},
    {UTF8, "-(1j)", "complex"},

    /* A real and an imaginary number. */
    {UTF8, "1+2j", "complex"},
    {UTF8, "1-2j", "complex"},
    {UTF8, "-1+2j", "complex"},
    {UTF8, "+1.5-2.5j", "complex"},
    {UTF8, "1 + 2j", "complex"},
    {UTF8, "1+(2j)", "complex"},
    {UTF8, "(1)+2j", "complex"},
    {UTF8, "(-1)+2j", "complex"},
    {UTF8, "(1+2j)", "complex"},
    {UTF8, "[1+2j,3]", "[complex,3]"},
    {UTF8, "{1+2j:1-2j}", "{complex:complex}"},

    /* Python 2's L is dropped after a number, and after another L. */
    {PYTHON2, "2L", "2"},
    {PYTHON2, "2 L", "2"},
    {PYTHON2, "2\t\f L", "2"},
    {PYTHON2, "2\\\nL", "2"},
    {PYTHON2, "2L L", "2"},
    {PYTHON2, "(2L, 3L)", "(2,3)"},
    {PYTHON2, "(2L,)", "(2,)"},
    {PYTHON2, "-2L", "-2"},
    {PYTHON2, "0x1fL", "31"},
    {PYTHON2, "0L", "0"},
    {PYTHON2, "1.5L", "float"},
    {PYTHON2, "1jL", "complex"},
    {PYTHON2, "1L+2jL", "complex"},
    {PYTHON2, "{1L:2L}", "{1:2}"},
    {PYTHON2, "{1L}", "{1}"},
};

START_TEST(accepts)
{
    check_accepted(&accepted[_i]);
}
END_TEST

static const struct refused refused[] = {
    /* Zeros before. */
    {UTF8, "01", 0},
    {UTF8, "[007]", 1},
    {UTF8, "0_1", 0},
    {UTF8, "09", 0},
    {UTF8, "-02", 1},
    {UTF8, "00000000000000000000018446744073709551616", 0},

    /* Underscores: one, between digits. */
    {UTF8, "1_", 1},
    {UTF8, "1__0", 1},
    {UTF8, "_1", 0},
    {UTF8, "0x_", 2},
    {UTF8, "0x__1", 2},
    {UTF8, "0x1_", 3},
    {UTF8, "1_.5", 1},
    {UTF8, "1._5", 2},
    {UTF8, "1_e5", 1},
    {UTF8, "1e_5", 1},
    {UTF8, "1_j", 1},

    /* Digits of the base. */
    {UTF8, "0x", 2},
    {UTF8, "0xg", 2},
    {UTF8, "0o", 2},
    {UTF8, "0o8", 2},
    {UTF8, "0o18", 3},
    {UTF8, "0b2", 2},
    {UTF8, "0b12", 3},
    {UTF8, "0x1.5", 3},
    {UTF8, "0x1p3", 3},
    {UTF8, "1a", 1},
    {UTF8, "1f", 1},
    {UTF8, "1.a", 2},
    {UTF8, "1.5a", 3},
    {UTF8, "1e5a", 3},
    {UTF8, "1e5f", 3},
    {UTF8, "1\xc3\xa9", 1},
    {UTF8, "1e", 1},
    {UTF8, "1e+", 1},
    {UTF8, "1ee5", 1},
    {UTF8, "1jj", 2},
    {UTF8, "1if", 1},
    {UTF8, "0xj", 2},

    /* Points. */
    {UTF8, ".", 0},
    {UTF8, ".e5", 0},
    {UTF8, "1..", 2},
    {UTF8, "1.5.5", 3},
    {UTF8, "1...", 2},

    /* Two signs, or a sign before what is no number. */
    {UTF8, "--1", 1},
    {UTF8, "+-1", 1},
    {UTF8, "-(-1)", 0},
    {UTF8, "-(1+2j)", 0},
    {UTF8, "-True", 0},
    {UTF8, "+None", 0},
    {UTF8, "-'a'", 0},
    {UTF8, "-(1,)", 0},
    {UTF8, "[1, -[]]", 4},
    {UTF8, "-", 1},

    /* Other arithmetic. */
    {UTF8, "1+2", 1},
    {UTF8, "1j+2j", 2},
    {UTF8, "1j+2", 2},
    {UTF8, "True+1j", 4},
    {UTF8, "'a'+1j", 3},
    {UTF8, "1+-2j", 2},
    {UTF8, "1+(-2j)", 1},
    {UTF8, "1+(1+2j)", 1},
    {UTF8, "(1+2j)+3j", 6},
    {UTF8, "1+2j+3j", 4},
    {UTF8, "1-2j-3j", 4},
    {UTF8, "1+", 2},

    /* Not an L that is dropped. */
    {UTF8, "2L", 1}, /* version 3.0 has no filter */
    {LATIN1, "2L", 1},
    {UTF8, "2 L", 2},
    {PYTHON2, "2l", 1},
    {PYTHON2, "2LL", 1},
    {PYTHON2, "2_L", 1},
    {PYTHON2, "2L3", 1},
    {PYTHON2, "2L.5", 2},
    {PYTHON2, "2L'a'", 2},
    {PYTHON2, "L", 0},
    {PYTHON2, "'a'L", 3},
    {PYTHON2, "(2)L", 3},
    {PYTHON2, "(2\nL)", 3}, /* the line end comes between */
    {PYTHON2, "(2#c\nL)", 5},
    {PYTHON2, "(2\\\rL)", 4}, /* a line of the parser, and none of the filter */
    {PYTHON2, "L2", 0},
    {PYTHON2, "True L", 5},
    {PYTHON2, "2\xc0L", 1},
};

START_TEST(refuses)
{
    check_refused(&refused[_i]);
}
END_TEST

/* begin, digit `count` times, end. */
static char *long_number(const char *begin, char digit, size_t count, const char *end)
{
    char *text = malloc(strlen(begin) + count + strlen(end) + 1), *p;

    ck_assert_ptr_nonnull(text);
    p = stpcpy(text, begin);
    memset(p, digit, count);
    stpcpy(p + count, end);
    return text;
}

/* 4300 digits are the most that Python converts. Underscores are no digits, and
 * what is not converted from decimal is not limited. */
static const struct {
    const char *begin;
    char digit;
    size_t count;
    const char *end;
    const char *shown; /* NULL: refused */
    size_t at;
} long_numbers[] = {
    {"", '9', 4300, "", "huge", 0},
    {"", '9', 4301, "", NULL, 0},
    {"-", '9', 4300, "", "-huge", 0},
    {"-", '9', 4301, "", NULL, 1},
    {"[1, ", '1', 4301, "]", NULL, 4},
    {"", '1', 4299, "_1", "huge", 0},
    {"", '1', 4300, "_1", NULL, 0},
    {"", '0', 9000, "", "0", 0},
    {"", '0', 9000, "1", NULL, 0},
    {"", '1', 9000, ".", "float", 0},
    {"", '1', 9000, "j", "complex", 0},
    {"1e", '1', 9000, "", "float", 0},
    {"0x", 'f', 9000, "", "huge", 0},
    {"0o", '7', 9000, "", "huge", 0},
    {"0b", '1', 64, "", "18446744073709551615", 0},
    {"0b1", '0', 64, "", "huge", 0},
    {"0x", '0', 9000, "1", "1", 0},
};

START_TEST(digits)
{
    char *text = long_number(long_numbers[_i].begin, long_numbers[_i].digit, long_numbers[_i].count,
                             long_numbers[_i].end);

    if (long_numbers[_i].shown)
        check_shown(UTF8, text, strlen(text), long_numbers[_i].shown);
    else
        check_refused_bytes(UTF8, text, strlen(text), long_numbers[_i].at);
    free(text);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, accepts, 0, COUNT(accepted));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
    tcase_add_loop_test(tcase, digits, 0, COUNT(long_numbers));
}

int main(void)
{
    return run_suite("literal_number", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The text of numbers and their digits: what NumPy 1.24 says of the same. The
 * masses are asked of NumPy itself, in tests/oracle. */
#include "ops/number_text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../suite.h"
#include "ops/digits.h"
#include "ops/natural.h"

/* Room for the bound and no more, so that a sanitizer sees what is behind it. */
#define CHECK_TEXT(put, bound, text)                               \
    do {                                                           \
        char *room = malloc(bound), *end;                          \
                                                                   \
        ck_assert_ptr_nonnull(room);                               \
        end = put;                                                 \
        ck_assert_int_eq(end - room, (ptrdiff_t)strlen(text));     \
        ck_assert_msg(memcmp(room, text, strlen(text)) == 0, "%s", \
                      (memcpy(room + (end - room), "", 1), room)); \
        free(room);                                                \
    } while (0)

START_TEST(integers)
{
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-1, "-1"},
        {9, "9"},
        {10, "10"},
        {99999999, "99999999"},
        {100000000, "100000000"},
        {-1000000001, "-1000000001"},
        {9999999999999999, "9999999999999999"},
        {10000000000000000, "10000000000000000"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };

    for (int i = 0; i < COUNT(cases); i++) {
        CHECK_TEXT(mmv_put_i8(room, cases[i].number), MMV_I8_TEXT_MOST, cases[i].text);
        if (cases[i].number >= 0)
            CHECK_TEXT(mmv_put_u8(room, (uint64_t)cases[i].number), MMV_I8_TEXT_MOST,
                       cases[i].text);
    }
    CHECK_TEXT(mmv_put_u8(room, UINT64_MAX), MMV_I8_TEXT_MOST, "18446744073709551615");
}
END_TEST

/* Every power of ten and its neighbours, against the C library. */
START_TEST(powers_of_ten)
{
    uint64_t power = 1;

    for (int i = 0; i < 20; i++, power *= 10)
        for (int j = -1; j <= 1; j++) {
            uint64_t number = power + (uint64_t)j;
            char text[24];

            snprintf(text, sizeof text, "%llu", (unsigned long long)number);
            CHECK_TEXT(mmv_put_u8(room, number), MMV_I8_TEXT_MOST, text);
        }
}
END_TEST

/* Half of a long double may be 0, where it has more bits than an integer. */
START_TEST(zero_stays_zero)
{
    struct mmv_natural zero, shifted;

    mmv_natural_set(&zero, 0);
    mmv_natural_set(&shifted, 0);
    mmv_natural_shift(&shifted, 64);
    ck_assert_int_eq(mmv_natural_compare(&shifted, &zero), 0);
    mmv_natural_add(&shifted, &zero);
    ck_assert_int_eq(mmv_natural_compare(&shifted, &zero), 0);
}
END_TEST

static const struct {
    double number;
    const char *text, *part; /* part: the real part of a complex number */
} doubles[] = {
    {0, "0.0", "0"},
    {-0.0, "-0.0", "-0"},
    {1, "1.0", "1"},
    {-1.5, "-1.5", "-1.5"},
    {0.1, "0.1", "0.1"},
    {123456.789, "123456.789", "123456.789"},
    {100, "100.0", "100"},
    {0.0001, "0.0001", "0.0001"},
    {9.9e-5, "9.9e-05", "9.9e-05"},
    {1e-5, "1e-05", "1e-05"},
    {9999999999999998, "9999999999999998.0", "9999999999999998"},
    {1e16, "1e+16", "1e+16"},
    {1.25e22, "1.25e+22", "1.25e+22"},
    {1e100, "1e+100", "1e+100"},
    {9007199254740991, "9007199254740991.0", "9007199254740991"},
    {9007199254740994, "9007199254740994.0", "9007199254740994"},
    {1234567890123456.7, "1234567890123456.8", "1234567890123456.8"},
    {12345678.901234567, "12345678.901234567", "12345678.901234567"},
    {123456789.01234567, "123456789.01234567", "123456789.01234567"},
    {1000000.5, "1000000.5", "1000000.5"},
    {10000000.25, "10000000.25", "10000000.25"},
    {100000000.125, "100000000.125", "100000000.125"},
    {0.1234567890123456, "0.1234567890123456", "0.1234567890123456"},
    {0.00012345678901234567, "0.00012345678901234567", "0.00012345678901234567"},
    /* At the ends of what reads back as the number, and half way between two texts. */
    {44135156593577984, "4.413515659357798e+16", "4.413515659357798e+16"},
    {1.3741664656305281e+19, "1.3741664656305281e+19", "1.3741664656305281e+19"},
    {41042541626274816, "4.104254162627482e+16", "4.104254162627482e+16"},
    {3.1916658647980798e+19, "3.1916658647980798e+19", "3.1916658647980798e+19"},
    {1.7870110616005336e-114, "1.7870110616005336e-114", "1.7870110616005336e-114"},
    {8.7575792965594225e+21, "8.757579296559423e+21", "8.757579296559423e+21"},
    {-2.2250738585072014e-308, "-2.2250738585072014e-308", "-2.2250738585072014e-308"},
    {5e-324, "5e-324", "5e-324"},
    {DBL_MAX, "1.7976931348623157e+308", "1.7976931348623157e+308"},
    {(double)NAN, "nan", "nan"},
    {-(double)NAN, "nan", "nan"},
    {-(double)INFINITY, "-inf", "-inf"},
};

START_TEST(double_precision)
{
    char text[80];

    CHECK_TEXT(mmv_put_f8(room, doubles[_i].number), MMV_F8_TEXT_MOST, doubles[_i].text);
    snprintf(text, sizeof text, "(%s+2j)", doubles[_i].part);
    if (doubles[_i].number != 0 || signbit(doubles[_i].number))
        CHECK_TEXT(mmv_put_c16(room, doubles[_i].number, 2), MMV_NUMBER_TEXT_MOST, text);
    snprintf(text, sizeof text, "%sj", doubles[_i].part);
    CHECK_TEXT(mmv_put_c16(room, 0, doubles[_i].number), MMV_NUMBER_TEXT_MOST, text);
    snprintf(text, sizeof text, "(-0%s%sj)", doubles[_i].part[0] == '-' ? "" : "+",
             doubles[_i].part);
    CHECK_TEXT(mmv_put_c16(room, -0.0, doubles[_i].number), MMV_NUMBER_TEXT_MOST, text);
}
END_TEST

static const struct {
    float number;
    const char *text;
} singles[] = {
    {0, "0.0"},
    {0.1f, "0.1"},
    {1e-4f, "1e-04"}, /* is less than 0.0001, and the only float of that text */
    {1.0000001e-4f, "0.00010000001"},
    {16777216, "16777216.0"},
    {16777218, "16777218.0"},
    {123456790528.f, "123456790000.0"},
    {9999999198822400.f, "9999999000000000.0"},
    {1e16f, "1e+16"},
    {1e-45f, "1e-45"},
    {FLT_MAX, "3.4028235e+38"},
    {-(float)INFINITY, "-inf"},
    {-(float)NAN, "nan"},
};

START_TEST(single_precision)
{
    char text[80];

    CHECK_TEXT(mmv_put_f4(room, singles[_i].number), MMV_F4_TEXT_MOST, singles[_i].text);
    snprintf(text, sizeof text, "(1e-04%s1e-04j)", singles[_i].text[0] == '-' ? "-" : "+");
    CHECK_TEXT(mmv_put_c8(room, 1e-4f, singles[_i].text[0] == '-' ? -1e-4f : 1e-4f),
               MMV_NUMBER_TEXT_MOST, text);
}
END_TEST

/* As many as go at once, and fewer: the same text as one by one, but for the words. */
static const struct mmv_float_words words = {"not a number", "much", "little"};

static const char *word_for(double number)
{
    if (isnan(number))
        return words.nan;
    if (isinf(number))
        return number > 0 ? words.inf : words.minus_inf;
    return NULL;
}

START_TEST(many_doubles)
{
    double numbers[MMV_FLOATS_MOST];
    char expected[MMV_FLOATS_TEXT_MOST + 1], *to = expected;

    for (int i = 0; i < _i; i++) {
        const char *word;

        numbers[i] = doubles[(i * 7 + _i) % COUNT(doubles)].number;
        word = word_for(numbers[i]);
        to = word ? stpcpy(to, word) : mmv_put_f8(to, numbers[i]);
        *to++ = '\n';
    }
    *to = '\0';
    CHECK_TEXT(mmv_put_f8s(room, numbers, _i, &words, '\n'), MMV_FLOATS_TEXT_MOST, expected);
}
END_TEST

START_TEST(many_singles)
{
    float numbers[MMV_FLOATS_MOST];
    char expected[MMV_FLOATS_TEXT_MOST + 1], *to = expected;

    for (int i = 0; i < _i; i++) {
        const char *word;

        numbers[i] = singles[(i * 7 + _i) % COUNT(singles)].number;
        if (i & 1)
            numbers[i] = -numbers[i];
        word = word_for((double)numbers[i]);
        to = word ? stpcpy(to, word) : mmv_put_f4(to, numbers[i]);
        *to++ = ',';
    }
    *to = '\0';
    CHECK_TEXT(mmv_put_f4s(room, numbers, _i, &words, ','), MMV_FLOATS_TEXT_MOST, expected);
}
END_TEST

static const struct {
    uint16_t bits;
    const char *text;
} halves[] = {
    {0x0000, "0.0"},   {0x8000, "-0.0"},    {0x3c00, "1.0"},    {0x2e66, "0.1"},
    {0x0001, "6e-08"}, {0x7bff, "65500.0"}, {0x068e, "0.0001"}, {0x068f, "0.0001001"},
    {0x7c00, "inf"},   {0xfc00, "-inf"},    {0x7e00, "nan"},    {0xfe00, "nan"},
};

START_TEST(half_precision)
{
    CHECK_TEXT(mmv_put_f2(room, halves[_i].bits), MMV_F2_TEXT_MOST, halves[_i].text);
}
END_TEST

/* What is the same for long doubles of every precision, that is, has few digits. */
static const struct {
    long double number;
    const char *text;
} longs[] = {
    {0, "0.0"},
    {-0.0L, "-0.0"},
    {1, "1.0"},
    {0.1L, "0.1"},
    {-0.0001L, "-0.0001"},
    {1e-5L, "1e-05"},
    {9999999999999998.L, "9999999999999998.0"},
    {1e16L, "1e+16"},
    {123.5L, "123.5"},
    {1.5e300L, "1.5e+300"},
    {(long double)NAN, "nan"},
    {-(long double)INFINITY, "-inf"},
#if LDBL_MANT_DIG == 64
    {LDBL_MAX, "1.189731495357231765e+4932"},
    {LDBL_MIN, "3.3621031431120935063e-4932"},
    {3.6e-4951L, "4e-4951"},
    {1 / 3.0L, "0.33333333333333333334"},
#elif LDBL_MANT_DIG == 113
    {LDBL_MAX, "1.189731495357231765085759326628007e+4932"},
    {LDBL_MIN, "3.3621031431120935062626778173217526e-4932"},
    {6e-4966L, "6e-4966"},
    {1 / 3.0L, "0.3333333333333333333333333333333333"},
#endif
};

START_TEST(long_doubles)
{
    char text[80];

    CHECK_TEXT(mmv_put_f16(room, longs[_i].number), MMV_F16_TEXT_MOST, longs[_i].text);
    snprintf(text, sizeof text, "(1.5%s%.*sj)", longs[_i].text[0] == '-' ? "" : "+",
             (int)(strlen(longs[_i].text) -
                   (strstr(longs[_i].text, ".0") && !strstr(longs[_i].text, ".0001") ? 2 : 0)),
             longs[_i].text);
    CHECK_TEXT(mmv_put_c32(room, 1.5L, longs[_i].number), MMV_NUMBER_TEXT_MOST, text);
}
END_TEST

#if LDBL_MANT_DIG == 64
/* Bits that are no number to the processor: nothing else could be said of them. */
START_TEST(no_numbers)
{
    static const struct {
        uint64_t mantissa;
        uint16_t field;
        const char *text;
    } cases[] = {
        {UINT64_C(1) << 62, 0x3fff, "nan"},
        {0, 0x3fff, "nan"},
        {0, 0x7fff, "nan"},
        {UINT64_C(1) << 63, 0xffff, "-inf"},
        {UINT64_C(3) << 62, 0xffff, "nan"},
        {UINT64_C(1) << 63, 0, "3.3621031431120935063e-4932"}, /* one, by another name */
    };

    for (int i = 0; i < COUNT(cases); i++) {
        long double number = 0;

        memcpy(&number, &cases[i].mantissa, 8);
        memcpy((char *)&number + 8, &cases[i].field, 2);
        CHECK_TEXT(mmv_put_f16(room, number), MMV_F16_TEXT_MOST, cases[i].text);
    }
}
END_TEST
#endif

static const struct {
    double number;
    enum mmv_cut cut;
    int most;
    const char *text; /* digits, e, exponent */
} cuts[] = {
    {0, MMV_CUT_NONE, 0, "0e0"},
    {-0.0, MMV_CUT_FRACTION, 3, "0e0"},
    {-1234.5, MMV_CUT_NONE, 0, "12345e3"},
    {1234.5, MMV_CUT_TOTAL, 4, "1234e3"}, /* half way: to the even digit */
    {1235.5, MMV_CUT_TOTAL, 4, "1236e3"},
    {0.15, MMV_CUT_FRACTION, 1, "1e-1"}, /* a little less than it looks */
    {0.35, MMV_CUT_FRACTION, 1, "3e-1"},
    {0.45, MMV_CUT_FRACTION, 1, "5e-1"}, /* a little more */
    {2.5, MMV_CUT_FRACTION, 0, "2e0"},
    {0.5, MMV_CUT_FRACTION, 0, "0e0"},
    {0.6, MMV_CUT_FRACTION, 0, "1e0"},
    {9.5, MMV_CUT_FRACTION, 0, "1e1"},
    {0.0005, MMV_CUT_FRACTION, 3, "1e-3"},
    {0.0004, MMV_CUT_FRACTION, 3, "0e0"},
    {0.00004, MMV_CUT_FRACTION, 3, "0e0"},
    {1e300, MMV_CUT_FRACTION, 0, "1e300"},
    {1e-300, MMV_CUT_FRACTION, INT32_MAX, "1e-300"},
    {5e-324, MMV_CUT_FRACTION, 323, "0e0"}, /* 4.94e-324 */
    {5e-324, MMV_CUT_TOTAL, 1, "5e-324"},
    {0.99999999999, MMV_CUT_TOTAL, 9, "1e0"},
    {1.10000000001, MMV_CUT_FRACTION, 8, "11e0"},
    {9007199254740993.0 * 4, MMV_CUT_TOTAL, 40, "3602879701896397e16"},
};

static void check_digits(const struct mmv_digits *digits, const char *text)
{
    char found[80];

    snprintf(found, sizeof found, "%.*se%d", digits->count, digits->text, digits->exponent);
    ck_assert_str_eq(found, text);
}

START_TEST(cut_off)
{
    struct mmv_digits digits;

    mmv_digits_cut_f8(cuts[_i].number, cuts[_i].cut, cuts[_i].most, &digits);
    check_digits(&digits, cuts[_i].text);
    /* The other way to the same digits, where the number has few enough of them. */
    if (fabs(cuts[_i].number) < 1e12 && fmod(cuts[_i].number, 0x1p-10) == 0) {
        mmv_digits_cut_f16((long double)cuts[_i].number, cuts[_i].cut, cuts[_i].most, &digits);
        check_digits(&digits, cuts[_i].text);
    }
    mmv_digits_cut_f4(0.15f, MMV_CUT_FRACTION, 1, &digits); /* more than it looks */
    check_digits(&digits, "2e-1");
    mmv_digits_cut_f2(0x30cd, MMV_CUT_FRACTION, 1, &digits); /* 0.15002 */
    check_digits(&digits, "2e-1");
    mmv_digits_cut_f2(0x8000, MMV_CUT_NONE, 0, &digits);
    check_digits(&digits, "0e0");
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, integers);
    tcase_add_test(tcase, powers_of_ten);
    tcase_add_test(tcase, zero_stays_zero);
    tcase_add_loop_test(tcase, double_precision, 0, COUNT(doubles));
    tcase_add_loop_test(tcase, single_precision, 0, COUNT(singles));
    tcase_add_loop_test(tcase, many_doubles, 0, MMV_FLOATS_MOST + 1);
    tcase_add_loop_test(tcase, many_singles, 0, MMV_FLOATS_MOST + 1);
    tcase_add_loop_test(tcase, half_precision, 0, COUNT(halves));
    tcase_add_loop_test(tcase, long_doubles, 0, COUNT(longs));
#if LDBL_MANT_DIG == 64
    tcase_add_test(tcase, no_numbers);
#endif
    tcase_add_loop_test(tcase, cut_off, 0, COUNT(cuts));
}

int main(void)
{
    return run_suite("number_text", add_tests);
}

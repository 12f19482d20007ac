/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The unit of a datetime: names, multiples, divisors. */
#include <string.h>

#include "../suite.h"
#include "format/dtype.h"

#define TEST_OFFSET 500

static int parse(const char *text, enum mmv_unit *unit, int *multiple, struct mmview_error *err)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EDESCR, "the test", TEST_OFFSET};
    size_t length = strlen(text);
    char *copy = malloc(length ? length : 1);
    int rc;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    rc = mmv_datetime_parse(copy, length, unit, multiple, &origin, err);
    free(copy);
    return rc;
}

static const struct {
    const char *text, *unit;
    int multiple;
} accepted[] = {
    /* Every unit. */
    {"", "generic", 1},
    {"[generic]", "generic", 1},
    {"[Y]", "Y", 1},
    {"[M]", "M", 1},
    {"[W]", "W", 1},
    {"[D]", "D", 1},
    {"[h]", "h", 1},
    {"[m]", "m", 1},
    {"[s]", "s", 1},
    {"[ms]", "ms", 1},
    {"[us]", "us", 1},
    {"[\xce\xbcs]", "us", 1},
    {"[ns]", "ns", 1},
    {"[ps]", "ps", 1},
    {"[fs]", "fs", 1},
    {"[as]", "as", 1},

    /* Multiples, as strtol() reads them. */
    {"[25s]", "s", 25},
    {"[1s]", "s", 1},
    {"[007s]", "s", 7},
    {"[+5s]", "s", 5},
    {"[ 5s]", "s", 5},
    {"[\t\n +5s]", "s", 5},
    {"[2147483647as]", "as", 2147483647},
    {"[3generic]", "generic", 3},

    /* Divisors: of the first finer unit that they divide. */
    {"[Y/12]", "M", 1},
    {"[Y/1]", "Y", 1},
    {"[Y/6]", "M", 2},
    {"[Y/26]", "W", 2},
    {"[Y/5]", "D", 73},
    {"[Y/365]", "D", 1},
    {"[M/4]", "W", 1},
    {"[M/2]", "W", 2},
    {"[M/3]", "D", 10},
    {"[M/720]", "h", 1},
    {"[M/90]", "h", 8},
    {"[W/7]", "D", 1},
    {"[W/8]", "h", 21},
    {"[W/10080]", "m", 1},
    {"[W/9]", "m", 1120},
    {"[D/24]", "h", 1},
    {"[D/5]", "m", 288},
    {"[D/86400]", "s", 1},
    {"[D/27]", "s", 3200},
    {"[h/60]", "m", 1},
    {"[h/4]", "m", 15},
    {"[h/8]", "s", 450},
    {"[m/60]", "s", 1},
    {"[m/8]", "ms", 7500},
    {"[s/1000]", "ms", 1},
    {"[s/8]", "ms", 125},
    {"[s/64]", "us", 15625},
    {"[s/2000]", "us", 500},
    {"[ms/1000]", "us", 1},
    {"[ms/1000000]", "ns", 1},
    {"[us/500]", "ns", 2},
    {"[us/64]", "ps", 15625},
    {"[ns/1000]", "ps", 1},
    {"[ns/1000000]", "fs", 1},
    {"[ps/1000]", "fs", 1},
    {"[ps/64]", "as", 15625},
    {"[fs/1000]", "as", 1},
    {"[as/1]", "as", 1},
    {"[generic/1]", "generic", 1},

    /* Both. */
    {"[3D/24]", "h", 3},
    {"[3D/12]", "h", 6},
    {"[25s/5]", "ms", 5000},
    {"[2D/ 24]", "h", 2},
    {"[2D/+024]", "h", 2},
    {"[1073741823D/12]", "h", 2147483646},
};

START_TEST(accepts)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    enum mmv_unit unit = MMV_UNIT_NONE;
    int multiple = -1;

    ck_assert_msg(parse(accepted[_i].text, &unit, &multiple, &err) == MMVIEW_OK, "%s", err.message);
    ck_assert_str_eq(mmv_unit_name(unit), accepted[_i].unit);
    ck_assert_int_eq(multiple, accepted[_i].multiple);
}
END_TEST

static const struct {
    const char *text;
    int status;
} refused[] = {
    /* Not of the form. */
    {"[]", MMVIEW_EDESCR},
    {"[", MMVIEW_EDESCR},
    {"[s", MMVIEW_EDESCR},
    {"s]", MMVIEW_EDESCR},
    {"s", MMVIEW_EDESCR},
    {"(s)", MMVIEW_EDESCR},
    {"[s]]", MMVIEW_EDESCR},
    {"[s]x", MMVIEW_EDESCR},
    {"x[s]", MMVIEW_EDESCR},
    {"[s][s]", MMVIEW_EDESCR},

    /* Not a unit. */
    {"[B]", MMVIEW_EDESCR},
    {"[x]", MMVIEW_EDESCR},
    {"[S]", MMVIEW_EDESCR},
    {"[NS]", MMVIEW_EDESCR},
    {"[nss]", MMVIEW_EDESCR},
    {"[second]", MMVIEW_EDESCR},
    {"[ s]", MMVIEW_EDESCR},
    {"[s ]", MMVIEW_EDESCR},
    {"[5 s]", MMVIEW_EDESCR},
    {"[5]", MMVIEW_EDESCR},
    {"[+s]", MMVIEW_EDESCR},
    {"[1.5s]", MMVIEW_EDESCR},
    {"[\xc2\xb5s]", MMVIEW_EDESCR}, /* the micro sign is not the letter mu */
    {"[\xce\xbc]", MMVIEW_EDESCR},

    /* Multiples. */
    {"[2147483648s]", MMVIEW_EDESCR},
    {"[99999999999999999999s]", MMVIEW_EDESCR},
    {"[-1s]", MMVIEW_EDESCR},
    {"[0s]", MMVIEW_EUNSUPPORTED}, /* NumPy takes it */
    {"[-0s]", MMVIEW_EUNSUPPORTED},

    /* Divisors. */
    {"[s/]", MMVIEW_EDESCR},
    {"[/2]", MMVIEW_EDESCR},
    {"[s/x]", MMVIEW_EDESCR},
    {"[s/2x]", MMVIEW_EDESCR},
    {"[s/2 ]", MMVIEW_EDESCR},
    {"[s/2/2]", MMVIEW_EDESCR},
    {"[D/7]", MMVIEW_EDESCR},
    {"[Y/7]", MMVIEW_EDESCR},
    {"[s/3]", MMVIEW_EDESCR},
    {"[s/2000000]", MMVIEW_EDESCR},
    {"[fs/1000000]", MMVIEW_EDESCR},
    {"[as/2]", MMVIEW_EDESCR},
    {"[generic/2]", MMVIEW_EDESCR},
    {"[D/0]", MMVIEW_EUNSUPPORTED}, /* NumPy divides by it */
    {"[D/-24]", MMVIEW_EUNSUPPORTED},
    {"[D/2147483647]", MMVIEW_EDESCR},
    {"[D/2147483648]", MMVIEW_EUNSUPPORTED},
    {"[D/4294967320]", MMVIEW_EUNSUPPORTED}, /* 24, if it were cut to an int */

    /* A product past INT_MAX. */
    {"[1073741824D/12]", MMVIEW_EDESCR},
    {"[2147483647Y/2]", MMVIEW_EDESCR},
};

START_TEST(refuses)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    enum mmv_unit unit;
    int multiple;

    ck_assert_msg(parse(refused[_i].text, &unit, &multiple, &err) == refused[_i].status, "%s: %s",
                  refused[_i].text, err.message);
    ck_assert_int_eq(err.status, refused[_i].status);
    ck_assert_uint_eq(err.offset, TEST_OFFSET);
    /* What is wrong is quoted. */
    ck_assert_ptr_nonnull(strchr(err.message, '"'));
}
END_TEST

START_TEST(names)
{
    ck_assert_str_eq(mmv_unit_name(MMV_UNIT_Y), "Y");
    ck_assert_str_eq(mmv_unit_name(MMV_UNIT_as), "as");
    ck_assert_str_eq(mmv_unit_name(MMV_UNIT_GENERIC), "generic");
    ck_assert_ptr_null(mmv_unit_name(MMV_UNIT_NONE));
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, accepts, 0, COUNT(accepted));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
    tcase_add_test(tcase, names);
}

int main(void)
{
    return run_suite("datetime", add_tests);
}

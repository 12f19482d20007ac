/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_stats() and its family; against NumPy they are held in tests/oracle. */
#include <mmview.h>

#include <float.h>
#include <math.h>

#include "any_array.h"

static struct mmview_statistics stats_of(const struct mmview_array *a,
                                         const struct mmview_stats_options *options)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_statistics stats = MMVIEW_STATS_INIT;

    ck_assert_msg(mmview_stats(a, options, &stats, &err) == MMVIEW_OK, "%s", err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    return stats;
}

static void refused(const struct mmview_array *a, const struct mmview_stats_options *options,
                    int status)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_statistics stats, untouched;

    memset(&untouched, 0x5a, sizeof untouched);
    memcpy(&stats, &untouched, sizeof stats);
    ck_assert_int_eq(mmview_stats(a, options, &stats, &err), status);
    ck_assert_int_eq(err.status, status);
    ck_assert_str_ne(err.message, "");
    ck_assert_mem_eq(&stats, &untouched, sizeof stats);
    ck_assert_int_eq(mmview_stats(a, options, &stats, NULL), status);
}

/* values: 1.5, -2, 3, 4, 5e300, 6 */
START_TEST(all_at_once)
{
    struct mmview_array *a;
    struct mmview_statistics stats;

    write_values("a.npy");
    a = open_ok("a.npy", NULL);
    stats = stats_of(a, NULL);
    ck_assert_int_eq(stats.kind, 'f');
    ck_assert_int_eq(stats.type, 'd');
    ck_assert_uint_eq(stats.what, MMVIEW_STATS_ALL);
    ck_assert_uint_eq(stats.count, 6);
    ck_assert_uint_eq(stats.nan + stats.inf + stats.zeros, 0);
    ck_assert_double_eq(stats.min.f[0], -2);
    ck_assert_double_eq(stats.max.f[0], 5e300);
    ck_assert_int_eq(stats.argmin, 1);
    ck_assert_int_eq(stats.argmax, 4);
    ck_assert_double_eq((double)stats.sum[0], 5e300);
    ck_assert_double_eq((double)mmview_stats_mean(&stats, 0), 5e300 / 6);
    /* Its square is no double. */
    ck_assert_double_eq_tol((double)mmview_stats_std(&stats, 1) / 5e300, sqrt(1 / 6.0), 1e-15);
    mmview_array_unref(a);
}
END_TEST

START_TEST(nan_is_left_out)
{
    const double x[] = {(double)NAN, 1, 0, (double)NAN, 5};
    struct mmview_statistics stats;
    struct mmview_array *a;

    write_npy("a.npy", "{'descr': 'f8', 'fortran_order': False, 'shape': (5,), }", x, sizeof x);
    a = open_ok("a.npy", NULL);
    stats = stats_of(a, NULL);
    ck_assert_uint_eq(stats.count, 5);
    ck_assert_uint_eq(stats.nan, 2);
    ck_assert_uint_eq(stats.zeros, 1);
    ck_assert_int_eq(stats.argmin, 2);
    ck_assert_int_eq(stats.argmax, 4);
    ck_assert_double_eq((double)mmview_stats_mean(&stats, 0), 2);
    ck_assert_double_eq((double)mmview_stats_var(&stats, 0), 14 / 3.0);
    mmview_array_unref(a);
}
END_TEST

/* Bytes 0, 1, 2... as numbers of 16 bits, of which a byte does not fit. */
START_TEST(other_layouts)
{
    struct mmview_array *a =
        transpose_of(part_of(any_array("'>u2'", "(2, 3, 4)", MMVIEW_MODE_R), "::-1"));
    struct mmview_statistics stats = stats_of(a, NULL), whole;
    struct mmview_array *b = transpose_of(any_array("'>u2'", "(2, 3, 4)", MMVIEW_MODE_R));

    /* 0x0001 is at [0, 0, 0], that is at [0, 0, 1] of the first view. */
    ck_assert_uint_eq(stats.min.u, 1);
    ck_assert_int_eq(stats.argmin, 1);
    ck_assert_uint_eq(stats.max.u, 0x2e2f);
    ck_assert_int_eq(stats.argmax, 22);
    whole = stats_of(b, NULL);
    ck_assert_uint_eq(stats.sum_low, whole.sum_low);
    ck_assert_uint_eq(whole.sum_low, 257 * 24 * 23 + 24);
    mmview_array_unref(a);
    mmview_array_unref(b);
}
END_TEST

START_TEST(only_what_is_asked_for)
{
    struct mmview_stats_options options = MMVIEW_STATS_OPTIONS_INIT;
    struct mmview_array *a = any_array("'<i8'", "(5,)", MMVIEW_MODE_R);
    struct mmview_statistics stats;

    options.what = MMVIEW_STATS_EXTREMES;
    stats = stats_of(a, &options);
    ck_assert_uint_eq(stats.what, MMVIEW_STATS_EXTREMES);
    ck_assert(isnan((double)mmview_stats_mean(&stats, 0)));
    ck_assert(isnan((double)mmview_stats_std(&stats, 0)));
    options.what = MMVIEW_STATS_SPREAD;
    stats = stats_of(a, &options);
    ck_assert_uint_eq(stats.what, MMVIEW_STATS_SPREAD | MMVIEW_STATS_SUM);
    ck_assert_int_eq(stats.argmin, -1);
    ck_assert(isnan((double)mmview_stats_mean(&stats, 2)));
    ck_assert(isnan((double)mmview_stats_mean(&stats, -1)));
    mmview_array_unref(a);
}
END_TEST

START_TEST(sums_of_integers_do_not_wrap)
{
    int64_t x[5000];
    struct mmview_statistics stats;
    struct mmview_array *a;

    for (int i = 0; i < 5000; i++)
        x[i] = i % 2 ? INT64_MIN : INT64_MIN + 4;
    write_npy("a.npy", "{'descr': 'i8', 'fortran_order': False, 'shape': (5000,), }", x, sizeof x);
    a = open_ok("a.npy", NULL);
    stats = stats_of(a, NULL);
    /* -5000 * 2**63 + 10000 */
    ck_assert_int_eq(stats.sum_high, -2500);
    ck_assert_uint_eq(stats.sum_low, 10000);
    ck_assert_double_eq((double)mmview_stats_std(&stats, 0), 2);
    mmview_array_unref(a);
}
END_TEST

START_TEST(parts_make_the_whole)
{
    struct mmview_stats_options options = MMVIEW_STATS_OPTIONS_INIT;
    struct mmview_array *a = transpose_of(any_array("'<i4'", "(4, 5, 6)", MMVIEW_MODE_R));
    struct mmview_statistics whole = stats_of(a, NULL);

    for (options.parts = 1; options.parts < 130; options.parts += 7) {
        struct mmview_statistics sum = MMVIEW_STATS_INIT, none = MMVIEW_STATS_INIT;

        for (options.part = options.parts; options.part-- > 0;) {
            struct mmview_statistics part = stats_of(a, &options);

            ck_assert_uint_le(part.count, 120 / options.parts + 1);
            ck_assert_int_eq(mmview_stats_merge(&sum, &part, NULL), MMVIEW_OK);
            ck_assert_int_eq(mmview_stats_merge(&sum, &none, NULL), MMVIEW_OK);
        }
        ck_assert_uint_eq(sum.count, whole.count);
        ck_assert_int_eq(sum.min.i, whole.min.i);
        ck_assert_int_eq(sum.argmin, whole.argmin);
        ck_assert_int_eq(sum.argmax, whole.argmax);
        ck_assert_uint_eq(sum.sum_low, whole.sum_low);
        ck_assert_int_eq(sum.sum_high, whole.sum_high);
        ck_assert_double_eq_tol((double)(sum.spread / whole.spread), 1, 1e-14);
    }
    mmview_array_unref(a);
}
END_TEST

/* As of all at once: infinite, whatever comes after. */
START_TEST(parts_that_are_too_far_apart)
{
    static const long double far[] = {LDBL_MAX, -LDBL_MAX, LDBL_MAX, 1};
    struct mmview_stats_options options = MMVIEW_STATS_OPTIONS_INIT;
    struct mmview_statistics whole, sum = MMVIEW_STATS_INIT;
    struct mmview_array *a;

    write_npy("a.npy", "{'descr': '" LONG_DOUBLE "', 'fortran_order': False, 'shape': (4,), }", far,
              sizeof far);
    a = open_ok("a.npy", NULL);
    whole = stats_of(a, NULL);
    ck_assert(mmview_stats_var(&whole, 0) == (long double)INFINITY);
    for (options.parts = 4; options.part < 4; options.part++) {
        struct mmview_statistics part = stats_of(a, &options);

        ck_assert_int_eq(mmview_stats_merge(&sum, &part, NULL), MMVIEW_OK);
    }
    ck_assert(mmview_stats_var(&sum, 0) == (long double)INFINITY);
    mmview_array_unref(a);
}
END_TEST

START_TEST(what_does_not_merge)
{
    struct mmview_array *a = any_array("'<i4'", "(3,)", MMVIEW_MODE_R);
    struct mmview_array *b = any_array("'<f4'", "(3,)", MMVIEW_MODE_R);
    struct mmview_statistics x = stats_of(a, NULL), y = stats_of(b, NULL), before = x;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmview_stats_merge(&x, &y, &err), MMVIEW_ETYPE);
    ck_assert_str_ne(err.message, "");
    ck_assert_mem_eq(&x, &before, sizeof x);
    y = x;
    y.count = UINT64_MAX;
    ck_assert_int_eq(mmview_stats_merge(&x, &y, NULL), MMVIEW_EOVERFLOW);
    ck_assert_int_eq(mmview_stats_merge(NULL, &y, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_stats_merge(&x, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_mem_eq(&x, &before, sizeof x);
    mmview_array_unref(a);
    mmview_array_unref(b);
}
END_TEST

START_TEST(lanes)
{
    struct mmview_array *a;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_statistics columns[3], untouched[1];

    write_values("a.npy");
    a = open_ok("a.npy", NULL);
    ck_assert_int_eq(mmview_stats_lanes(a, 0, 0, 3, NULL, columns, &err), MMVIEW_OK);
    ck_assert_double_eq((double)columns[0].sum[0], 5.5);
    ck_assert_int_eq(columns[1].argmax, 1);
    ck_assert_double_eq((double)mmview_stats_mean(&columns[2], 0), 4.5);
    /* The second row. */
    ck_assert_int_eq(mmview_stats_lanes(a, -1, 1, 1, NULL, columns, &err), MMVIEW_OK);
    ck_assert_int_eq(columns[0].argmin, 0);
    ck_assert_double_eq(columns[0].min.f[0], 4);
    ck_assert_uint_eq(columns[0].count, 3);

    memset(untouched, 0x5a, sizeof untouched);
    memcpy(columns, untouched, sizeof untouched);
    ck_assert_int_eq(mmview_stats_lanes(a, 2, 0, 1, NULL, columns, NULL), MMVIEW_EAXIS);
    ck_assert_int_eq(mmview_stats_lanes(a, 0, 3, 1, NULL, columns, NULL), MMVIEW_EINDEX);
    ck_assert_int_eq(mmview_stats_lanes(a, 0, -1, 1, NULL, columns, NULL), MMVIEW_EINDEX);
    ck_assert_int_eq(mmview_stats_lanes(a, 0, 0, -1, NULL, columns, NULL), MMVIEW_EINDEX);
    ck_assert_int_eq(mmview_stats_lanes(a, 0, 0, 1, NULL, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_stats_lanes(a, 0, 3, 0, NULL, NULL, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_stats_lanes(a, 0, 0, 1,
                                        &(struct mmview_stats_options){
                                            .size = sizeof(struct mmview_stats_options),
                                            .parts = 1,
                                        },
                                        columns, NULL),
                     MMVIEW_EINVAL);
    ck_assert_mem_eq(columns, untouched, sizeof untouched);
    mmview_array_unref(a);
}
END_TEST

START_TEST(what_is_refused)
{
    static const char *const descrs[] = {
        "'S4'", "'<U1'", "'V3'", "'V0'", "[('a', '<f4'), ('b', '<i4')]", "[]"};
    struct mmview_stats_options options = MMVIEW_STATS_OPTIONS_INIT;
    struct mmview_array *a;

    for (int i = 0; i < (int)(sizeof descrs / sizeof *descrs); i++) {
        a = any_array(descrs[i], "(3,)", MMVIEW_MODE_R);
        refused(a, NULL, MMVIEW_ETYPE);
        mmview_array_unref(a);
    }
    /* Larger than can be counted, and no bytes. */
    a = any_array("'V0'", "(" MOST ", " MOST ")", MMVIEW_MODE_R);
    refused(a, NULL, MMVIEW_ETYPE);
    ck_assert_int_eq(mmview_stats_lanes(a, 0, 0, 0, NULL, NULL, NULL), MMVIEW_ETYPE);
    mmview_array_unref(a);

    a = any_array("'f8'", "(3,)", MMVIEW_MODE_R);
    options.flags = 2;
    refused(a, &options, MMVIEW_EOPTIONS);
    options.flags = 0;
    options.what = 16;
    refused(a, &options, MMVIEW_EOPTIONS);
    options.what = 0;
    options.part = 1;
    refused(a, &options, MMVIEW_EINVAL);
    options.parts = 1;
    refused(a, &options, MMVIEW_EINVAL);
    options.size = 3;
    refused(a, &options, MMVIEW_EOPTIONS);
    refused(NULL, NULL, MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_stats(a, NULL, NULL, NULL), MMVIEW_EINVAL);
    mmview_array_unref(a);
}
END_TEST

START_TEST(no_items)
{
    struct mmview_array *a = any_array("'f8'", "(0, 3)", MMVIEW_MODE_R);
    struct mmview_statistics stats = stats_of(a, NULL), three[3];

    ck_assert_uint_eq(stats.count, 0);
    ck_assert_int_eq(stats.argmin, -1);
    ck_assert_int_eq(stats.argmax, -1);
    ck_assert_double_eq((double)stats.sum[0], 0);
    ck_assert(isnan((double)mmview_stats_mean(&stats, 0)));
    ck_assert(isnan((double)mmview_stats_std(&stats, 0)));
    ck_assert_int_eq(mmview_stats_lanes(a, 0, 0, 3, NULL, three, NULL), MMVIEW_OK);
    ck_assert_uint_eq(three[2].count, 0);
    ck_assert_int_eq(mmview_stats_lanes(a, 1, 0, 0, NULL, NULL, NULL), MMVIEW_OK);
    mmview_array_unref(a);
}
END_TEST

/* A million times the same item, read where it lies. */
START_TEST(repeated_items)
{
    static const mmview_intp shape[] = {1000, 3, 1000};
    struct mmview_array *a = part_of(any_array("'u1'", "(3, 1)", MMVIEW_MODE_R), "::-1"), *b;
    struct mmview_statistics stats;

    ck_assert_int_eq(mmview_view_broadcast(a, shape, 3, &b, NULL), MMVIEW_OK);
    stats = stats_of(b, NULL);
    ck_assert_uint_eq(stats.sum_low, 3000000);
    ck_assert_int_eq(stats.argmin, 2000);
    ck_assert_int_eq(stats.argmax, 0);
    mmview_array_unref(a);
    mmview_array_unref(b);
}
END_TEST

static const double eight[] = {0, 1, 1, 2, 3, 4, (double)NAN, -1};

static struct mmview_array *write_eight(void)
{
    write_npy("a.npy", "{'descr': 'f8', 'fortran_order': False, 'shape': (8,), }", eight,
              sizeof eight);
    return open_ok("a.npy", NULL);
}

START_TEST(histograms)
{
    struct mmview_histogram_options options = MMVIEW_HISTOGRAM_OPTIONS_INIT;
    struct mmview_array *a = write_eight();
    uint64_t counts[10], sum = 0;
    double edges[11];

    ck_assert_int_eq(mmview_histogram(a, NULL, counts, edges, NULL), MMVIEW_OK);
    ck_assert_double_eq(edges[0], -1);
    ck_assert_double_eq(edges[10], 4);
    for (int i = 0; i < 10; i++)
        sum += counts[i];
    ck_assert_uint_eq(sum, 7);
    ck_assert_uint_eq(counts[4], 2);
    ck_assert_uint_eq(counts[9], 1);

    options.flags = MMVIEW_HISTOGRAM_RANGE;
    options.bins = 2;
    options.high = 2;
    ck_assert_int_eq(mmview_histogram(a, &options, counts, edges, NULL), MMVIEW_OK);
    ck_assert_double_eq(edges[1], 1);
    ck_assert_uint_eq(counts[0], 1);
    ck_assert_uint_eq(counts[1], 3);
    options.parts = 3;
    sum = 0;
    for (options.part = 0; options.part < 3; options.part++) {
        ck_assert_int_eq(mmview_histogram(a, &options, counts, edges, NULL), MMVIEW_OK);
        sum += counts[1];
    }
    ck_assert_uint_eq(sum, 3);
    mmview_array_unref(a);
}
END_TEST

static void no_histogram(const struct mmview_array *a,
                         const struct mmview_histogram_options *options, int status)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    uint64_t counts[2] = {77, 77};
    double edges[3] = {77, 77, 77};

    ck_assert_int_eq(mmview_histogram(a, options, counts, edges, &err), status);
    ck_assert_int_eq(err.status, status);
    ck_assert_str_ne(err.message, "");
    ck_assert_uint_eq(counts[0], 77);
    ck_assert_double_eq(edges[0], 77);
}

START_TEST(no_histograms)
{
    static const char *const descrs[] = {"'S4'", "'c8'", "'" LONG_DOUBLE "'", "'M8[s]'",
                                         "[('a', 'f4')]"};
    const double inf[] = {1, (double)INFINITY};
    struct mmview_histogram_options options = MMVIEW_HISTOGRAM_OPTIONS_INIT;
    struct mmview_array *a;

    options.bins = 2;
    for (int i = 0; i < (int)(sizeof descrs / sizeof *descrs); i++) {
        a = any_array(descrs[i], "(3,)", MMVIEW_MODE_R);
        no_histogram(a, &options, MMVIEW_ETYPE);
        mmview_array_unref(a);
    }
    write_npy("a.npy", "{'descr': 'f8', 'fortran_order': False, 'shape': (2,), }", inf, sizeof inf);
    a = open_ok("a.npy", NULL);
    no_histogram(a, &options, MMVIEW_EINVAL);
    options.bins = 0;
    no_histogram(a, &options, MMVIEW_EINVAL);
    options.bins = UINT64_MAX / 8;
    no_histogram(a, &options, MMVIEW_EINVAL);
    options.bins = 2;
    options.parts = 1;
    no_histogram(a, &options, MMVIEW_EINVAL);
    options.flags = MMVIEW_HISTOGRAM_RANGE;
    options.part = 1;
    no_histogram(a, &options, MMVIEW_EINVAL);
    options.parts = options.part = 0;
    options.low = 1;
    no_histogram(a, &options, MMVIEW_EINVAL);
    options.high = (double)INFINITY;
    no_histogram(a, &options, MMVIEW_EINVAL);
    options.low = -1.5e308;
    options.high = 1.5e308;
    no_histogram(a, &options, MMVIEW_EINVAL);
    options.flags = 2;
    no_histogram(a, &options, MMVIEW_EOPTIONS);
    options.size = 1;
    no_histogram(a, &options, MMVIEW_EOPTIONS);
    no_histogram(NULL, NULL, MMVIEW_EINVAL);
    mmview_array_unref(a);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("stats");

    tcase_add_test(tcase, all_at_once);
    tcase_add_test(tcase, nan_is_left_out);
    tcase_add_test(tcase, other_layouts);
    tcase_add_test(tcase, only_what_is_asked_for);
    tcase_add_test(tcase, sums_of_integers_do_not_wrap);
    tcase_add_test(tcase, parts_make_the_whole);
    tcase_add_test(tcase, parts_that_are_too_far_apart);
    tcase_add_test(tcase, what_does_not_merge);
    tcase_add_test(tcase, lanes);
    tcase_add_test(tcase, what_is_refused);
    tcase_add_test(tcase, no_items);
    tcase_add_test(tcase, repeated_items);
    tcase_add_test(tcase, histograms);
    tcase_add_test(tcase, no_histograms);
    return run_suite("stats", tcase);
}

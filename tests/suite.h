/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_SUITE_H
#define TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

/* What the Check suites share: the number of cases in a table, and how a suite
 * is run. */

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static inline int run_suite(const char *name, void (*add_tests)(TCase *tcase))
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    SRunner *runner = srunner_create(suite);
    int failed;

    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif

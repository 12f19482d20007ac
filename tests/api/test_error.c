/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Status codes and the error struct, as a program sees them. */
#include <mmview.h>

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "../suite.h"

/* The codes that the header declares. They are read from it, so that none can
 * be forgotten here. */
struct code {
    char name[64];
    int status;
};

static struct code codes[100];
static int ncodes;

static void read_codes(void)
{
    const char *top = getenv("srcdir");
    char path[4096], line[256];
    bool inside = false;
    FILE *file;

    snprintf(path, sizeof path, "%s/lib/include/mmview/error.h", top ? top : ".");
    file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s can not be read: srcdir must name the source tree", path);
    ncodes = 0;
    while (fgets(line, sizeof line, file)) {
        struct code *code = &codes[ncodes];

        if (strncmp(line, "enum mmview_status", 18) == 0)
            inside = true;
        else if (inside && line[0] == '}')
            break;
        else if (inside && sscanf(line, " %63[A-Z_0-9] = %d", code->name, &code->status) == 2)
            ck_assert_int_lt(++ncodes, COUNT(codes));
    }
    fclose(file);
    ck_assert_int_gt(ncodes, 20);
}

START_TEST(every_code_has_a_name)
{
    read_codes();
    ck_assert_str_eq(codes[0].name, "MMVIEW_OK");
    ck_assert_int_eq(codes[0].status, 0);
    for (int i = 0; i < ncodes; i++) {
        ck_assert_str_eq(mmview_status_name(codes[i].status), codes[i].name);
        ck_assert_int_le(codes[i].status, 0);
    }
}
END_TEST

/* And a message of its own: a phrase, not a sentence. */
START_TEST(every_code_has_a_message)
{
    const char *unknown = mmview_status_message(-99999);

    read_codes();
    for (int i = 0; i < ncodes; i++) {
        const char *message = mmview_status_message(codes[i].status);

        ck_assert_uint_gt(strlen(message), 3);
        ck_assert_uint_lt(strlen(message), 60);
        ck_assert_str_ne(message, unknown);
        ck_assert_ptr_null(strchr(message, '\n'));
        ck_assert_int_ne(message[strlen(message) - 1], '.');
        for (int j = 0; j < i; j++) {
            ck_assert_int_ne(codes[i].status, codes[j].status);
            ck_assert_str_ne(message, mmview_status_message(codes[j].status));
        }
    }
}
END_TEST

/* A code that is not in the header has no name. */
START_TEST(no_other_code_has_a_name)
{
    int named = 0;

    read_codes();
    for (int status = -1000; status <= 1000; status++)
        named += strcmp(mmview_status_name(status), "MMVIEW_UNKNOWN") != 0;
    ck_assert_int_eq(named, ncodes);
    ck_assert_str_eq(mmview_status_name(INT_MIN), "MMVIEW_UNKNOWN");
    ck_assert_str_eq(mmview_status_name(INT_MAX), "MMVIEW_UNKNOWN");
    ck_assert_ptr_nonnull(mmview_status_message(INT_MIN));
}
END_TEST

static const struct {
    int status;
    enum mmview_class class;
} classes[] = {
    {INT_MAX, MMVIEW_CLASS_OK},
    {1, MMVIEW_CLASS_OK},
    {MMVIEW_OK, MMVIEW_CLASS_OK},
    {MMVIEW_ENOTFOUND, MMVIEW_CLASS_INFORMATIVE},
    {-99, MMVIEW_CLASS_INFORMATIVE},
    {MMVIEW_EINVAL, MMVIEW_CLASS_ARGUMENT},
    {MMVIEW_EREADONLY, MMVIEW_CLASS_ARGUMENT},
    {-199, MMVIEW_CLASS_ARGUMENT},
    {MMVIEW_EMAGIC, MMVIEW_CLASS_FILE},
    {MMVIEW_ENOTREG, MMVIEW_CLASS_FILE},
    {-299, MMVIEW_CLASS_FILE},
    {MMVIEW_ESYSTEM, MMVIEW_CLASS_SYSTEM},
    {MMVIEW_ENOMEM, MMVIEW_CLASS_SYSTEM},
    {-399, MMVIEW_CLASS_SYSTEM},
    {MMVIEW_EINTERNAL, MMVIEW_CLASS_INTERNAL},
    {INT_MIN, MMVIEW_CLASS_INTERNAL},
};

START_TEST(class_of_code)
{
    ck_assert_int_eq(mmview_status_class(classes[_i].status), classes[_i].class);
}
END_TEST

/* What a program is compiled with. */
START_TEST(layout)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    ck_assert_uint_eq(sizeof err, 512);
    ck_assert_uint_eq(offsetof(struct mmview_error, status), 0);
    ck_assert_uint_eq(offsetof(struct mmview_error, sys_errno), 4);
    ck_assert_uint_eq(offsetof(struct mmview_error, offset), 8);
    ck_assert_uint_eq(offsetof(struct mmview_error, message), 32);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_int_eq(err.sys_errno, 0);
    ck_assert(err.offset == MMVIEW_NO_OFFSET);
    ck_assert_str_eq(err.message, "");
}
END_TEST

START_TEST(clear)
{
    struct mmview_error err, fresh = MMVIEW_ERROR_INIT;

    memset(&err, 0x5a, sizeof err);
    mmview_error_clear(&err);
    ck_assert_mem_eq(&err, &fresh, sizeof err);
    mmview_error_clear(NULL);
}
END_TEST

/* One struct may go through a chain of calls: the first failure stays, a call
 * that succeeds does not touch it, and cleared it is as new. */
START_TEST(chain)
{
    struct mmview_error err = MMVIEW_ERROR_INIT, kept;
    struct mmview_array *array = NULL;
    struct mmview_dtype *dtype = NULL;

    ck_assert_int_eq(mmview_dtype_parse("x9", SIZE_MAX, 0, &dtype, &err), MMVIEW_EDTYPE);
    ck_assert_int_eq(err.status, MMVIEW_EDTYPE);
    ck_assert_ptr_nonnull(strstr(err.message, "x9"));
    kept = err;
    ck_assert_int_eq(mmview_open("", NULL, &array, &err), MMVIEW_ESYSTEM);
    ck_assert_mem_eq(&err, &kept, sizeof err);
    ck_assert_int_eq(mmview_dtype_parse("f8", SIZE_MAX, 0, &dtype, &err), MMVIEW_OK);
    ck_assert_mem_eq(&err, &kept, sizeof err);

    mmview_error_clear(&err);
    ck_assert_int_eq(mmview_open("", NULL, &array, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.status, MMVIEW_ESYSTEM);
    ck_assert_int_ne(err.sys_errno, 0);
    ck_assert_ptr_null(array);
    mmview_dtype_unref(dtype);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, every_code_has_a_name);
    tcase_add_test(tcase, every_code_has_a_message);
    tcase_add_test(tcase, no_other_code_has_a_name);
    tcase_add_loop_test(tcase, class_of_code, 0, COUNT(classes));
    tcase_add_test(tcase, layout);
    tcase_add_test(tcase, clear);
    tcase_add_test(tcase, chain);
}

int main(void)
{
    return run_suite("error", add_tests);
}

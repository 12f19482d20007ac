/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Members are found by name, and no archive makes that take long. */
#include "io/npz_index.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"

#include "../suite.h"

#define BLOCKS 14
#define BLOCK  5
#define NAMES  (1u << BLOCKS)
#define LENGTH ((size_t)(BLOCKS * BLOCK))

static struct mmview_npz npz;

static void setup(void)
{
    npz = (struct mmview_npz){.count = 0};
    npz.entries = calloc(NAMES, sizeof *npz.entries);
    npz.names = calloc(NAMES, LENGTH + 1);
    ck_assert(npz.entries && npz.names);
}

static void teardown(void)
{
    mmv_free(npz.sorted);
    free(npz.names);
    free(npz.entries);
}

static void add(const char *name, size_t length)
{
    struct mmv_zip_entry *entry = &npz.entries[npz.count++];

    entry->name = npz.names_length;
    entry->utf8 = length;
    memcpy(npz.names + npz.names_length, name, length);
    npz.names_length += length + 1;
}

/* Of which those in a line have one hash, whatever is before them and behind. */
static const char *const blocks[BLOCKS][2] = {
    {"dtuu9", "qw7hh"}, {"ozo5u", "3k1k2"}, {"8roz5", "jx43a"}, {"xfvxt", "gxil2"},
    {"qm0ya", "2it92"}, {"9y6t0", "ejf4i"}, {"71xtz", "ikxeu"}, {"1u2bu", "fkgh7"},
    {"wmxzn", "eqnl4"}, {"uo34u", "809on"}, {"2e9f8", "avex4"}, {"3lp88", "rj4zi"},
    {"7pmtl", "t6624"}, {"8d4ow", "kwq7p"},
};

/* All names that can be made of one of each line, or of the first and a number. */
static void add_names(bool alike)
{
    char name[LENGTH + 1];

    for (unsigned i = 0; i < NAMES; i++) {
        for (size_t k = 0; k < BLOCKS; k++)
            memcpy(name + k * BLOCK, blocks[k][alike ? i >> k & 1 : 0], BLOCK + 1);
        if (!alike)
            for (size_t k = 0; k < BLOCKS; k++)
                name[LENGTH - 1 - k] = (char)('0' + (i >> k & 1));
        add(name, LENGTH);
    }
}

static clock_t find_all(void)
{
    clock_t start = clock();
    size_t fine = 0;

    for (size_t i = 0; i < npz.count; i++) {
        const char *name = npz.names + npz.entries[i].name;
        size_t found;

        fine += mmview_npz_find(&npz, name, LENGTH, &found, NULL) == MMVIEW_OK && found == i;
    }
    start = clock() - start;
    ck_assert_uint_eq(fine, npz.count);
    return start;
}

START_TEST(one_hash_is_no_trouble)
{
    clock_t usual, alike;

    add_names(false);
    ck_assert_int_eq(mmv_npz_sort_names(&npz, NULL), MMVIEW_OK);
    usual = find_all();
    teardown();
    setup();
    add_names(true);
    ck_assert_int_eq(mmv_npz_sort_names(&npz, NULL), MMVIEW_OK);
    ck_assert_uint_eq(npz.sorted[0] >> 32, npz.sorted[NAMES - 1] >> 32);
    alike = find_all();
    /* It is twice as long, and was hundreds of times when each was looked at. */
    ck_assert_msg(alike < 30 * usual + CLOCKS_PER_SEC / 50, "%ld, and %ld usually", (long)alike,
                  (long)usual);
}
END_TEST

START_TEST(the_last_of_a_name_is_found)
{
    static const char *const names[] = {"b", "a", "b", "", "ab", "a.npy", "b", "a", "c.npy", ""};
    static const struct {
        const char *name;
        size_t index;
    } found[] = {{"a", 7}, {"b", 6}, {"", 9}, {"ab", 4}, {"a.npy", 5}, {"c", 8}};
    size_t index = 77;

    ck_assert_int_eq(mmv_npz_sort_names(&npz, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_npz_find(&npz, "a", 1, &index, NULL), MMVIEW_ENOTFOUND);
    for (size_t i = 0; i < (size_t)COUNT(names); i++)
        add(names[i], strlen(names[i]));
    ck_assert_int_eq(mmv_npz_sort_names(&npz, NULL), MMVIEW_OK);
    for (size_t i = 0; i < (size_t)COUNT(found); i++) {
        ck_assert_int_eq(mmview_npz_find(&npz, found[i].name, SIZE_MAX, &index, NULL), MMVIEW_OK);
        ck_assert_uint_eq(index, found[i].index);
    }
    index = 77;
    ck_assert_int_eq(mmview_npz_find(&npz, "d", 1, &index, NULL), MMVIEW_ENOTFOUND);
    ck_assert_int_eq(mmview_npz_find(&npz, "ab", 3, &index, NULL), MMVIEW_ENOTFOUND);
    ck_assert_uint_eq(index, 77);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, one_hash_is_no_trouble);
    tcase_add_test(tcase, the_last_of_a_name_is_found);
}

int main(void)
{
    return run_suite("npz_index", add_tests);
}

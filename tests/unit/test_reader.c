/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Reading items in order: every layout of every kind of item, against the address
 * that the strides give, through buffers of every size and from every item on. */
#include "ops/reader.h"

#include <stdalign.h>

#include "../suite.h"
#include "../words.h"
#include "format/dtype.h"
#include "made_array.h"

static const struct {
    const char *descr;
    int itemsize;
    int part; /* bytes that are turned round in the other byte order; 0: none are */
} types[] = {
    {"'|b1'", 1, 0},
    {"'|i1'", 1, 0},
    {"'|u1'", 1, 0},
    {"'i2'", 2, 0},
    {"'" OTHER "i2'", 2, 2},
    {"'u4'", 4, 0},
    {"'" OTHER "u4'", 4, 4},
    {"'i8'", 8, 0},
    {"'" OTHER "i8'", 8, 8},
    {"'f2'", 2, 0},
    {"'" OTHER "f2'", 2, 2},
    {"'f4'", 4, 0},
    {"'" OTHER "f8'", 8, 8},
    {"'c8'", 8, 0},
    {"'" OTHER "c8'", 8, 4},
    {"'c16'", 16, 0},
    {"'" OTHER "c16'", 16, 8},
    {"'M8[s]'", 8, 0},
    {"'" OTHER "m8[D]'", 8, 8},
#if __SIZEOF_LONG_DOUBLE__ == 16
    {"'f16'", 16, 0},
    {"'" OTHER "f16'", 16, 16},
    {"'c32'", 32, 0},
    {"'" OTHER "c32'", 32, 16},
#endif
    {"'|S3'", 3, 0},
    {"'U2'", 8, 0},
    {"'" OTHER "U2'", 8, 0},
    {"'|V5'", 5, 0},
    {"[('a', '" OTHER "i2'), ('b', 'f4', (2,)), ('c', '|i1')]", 11, 0},
};

/* What is made of an array: [index], then .T, then broadcast_to(shape). */
static const struct {
    const char *shape;
    int items;
    int order;
    const char *index;
    bool transpose;
    int ndim;
    mmview_intp broadcast[3];
} views[] = {
    {"()", 1, 0, "...", false, 0, {0}},
    {"(1,)", 1, 0, "...", false, 0, {0}},
    {"(1, 1, 1)", 1, 0, "...", false, 0, {0}},
    {"(5,)", 5, 0, "...", false, 0, {0}},
    {"(5,)", 5, 0, "::-1", false, 0, {0}},
    {"(5,)", 5, 0, "3", false, 0, {0}},
    {"(9,)", 9, 0, "1::3", false, 0, {0}},
    {"(0,)", 0, 0, "...", false, 0, {0}},
    {"(3, 0, 2)", 0, 0, "...", false, 0, {0}},
    {"(3, 4)", 12, 0, "2:2, ::-1", false, 0, {0}},
    {"(3, 4)", 12, 0, "...", true, 0, {0}},
    {"(3, 4)", 12, 1, "...", false, 0, {0}},
    {"(3, 4)", 12, 0, "::-1, ::-1", false, 0, {0}},
    {"(3, 4)", 12, 0, "::-1", false, 0, {0}},
    {"(3, 4)", 12, 0, ":, ::-1", true, 0, {0}},
    {"(4, 5, 6)", 120, 0, "...", false, 0, {0}},
    {"(4, 5, 6)", 120, 0, ":, ::2, 1:", false, 0, {0}},
    {"(4, 5, 6)", 120, 0, ":, 1:4", false, 0, {0}},
    {"(4, 5, 6)", 120, 0, "..., 2", false, 0, {0}},
    {"(4, 5, 6)", 120, 0, "1:, ::4, ::5", true, 0, {0}},
    {"(4, 5, 6)", 120, 0, ":, None, 1, :, None", false, 0, {0}},
    {"(4, 5, 6)", 120, 1, "::-2, 1:, ::3", false, 0, {0}},
    {"(2, 2, 2, 2, 2)", 32, 0, ":, ::-1, :, ::-1, :", true, 0, {0}},
    {"(3, 80)", 240, 0, ":, 8:", false, 0, {0}},
    {"(3, 80)", 240, 0, ":, 17:", false, 0, {0}},
    {"(3, 80)", 240, 0, ":, ::-1", false, 0, {0}},
    {"(80, 3)", 240, 1, "...", true, 0, {0}},
    {"(80, 3)", 240, 1, "8:", true, 0, {0}},
    {"(1,)", 1, 0, "...", false, 1, {7}},
    {"()", 1, 0, "...", false, 3, {2, 3, 4}},
    {"(3, 1)", 3, 0, "::-1", false, 2, {3, 70}},
    {"(3,)", 3, 0, "...", false, 2, {4, 3}},
    {"(2, 1, 3)", 6, 0, "...", false, 3, {2, 3, 3}},
};

#define ROOM ((size_t)1 << 13)
static alignas(MMV_READER_ALIGN) unsigned char buffer[ROOM];

/* Without Check's assertions, of which each costs a system call: there are tens of
 * millions of bytes. */
static bool same_item(const unsigned char *got, const unsigned char *want, int size, int part)
{
    if (part == 0)
        return memcmp(got, want, (size_t)size) == 0;
    for (int i = 0; i < size; i++)
        if (got[i] != want[i / part * part + part - 1 - i % part])
            return false;
    return true;
}

/* The items from one on are these, in runs as callers rely on them. */
static void expect_items(struct mmv_reader *reader, const struct mmview_array *array,
                         mmview_intp first, mmview_intp count, int part, const char *what)
{
    const unsigned char *items = NULL;
    bool number = memchr("biufcmM", array->dtype->kind, 7) != NULL;
    uintptr_t alignment = (uintptr_t)array->dtype->alignment;
    int size = (int)array->itemsize;
    mmview_intp run;

    for (; (run = mmv_reader_next(reader, &items)) > 0; count -= run) {
        if (run > count)
            ck_abort_msg("%s: %td items of %td", what, run, count);
        if (number && (reader->step != size || (uintptr_t)items % alignment != 0))
            ck_abort_msg("%s: %td bytes apart at %p", what, reader->step, (const void *)items);
        for (mmview_intp i = 0; i < run; i++, first++)
            if (!same_item(items + i * reader->step, item_of(array, first), size, part))
                ck_abort_msg("%s: item %td", what, first);
    }
    if (count != 0 || mmv_reader_next(reader, &items) != 0) /* and goes on to say so */
        ck_abort_msg("%s: %td items are missing", what, count);
}

static struct mmview_array *take_view(int view, int type, size_t start)
{
    struct mmview_array *array =
        make_array(types[type].descr, views[view].shape, views[view].order, start, NULL,
                   (size_t)(views[view].items * types[type].itemsize));

    select_of(&array, views[view].index);
    if (views[view].transpose)
        transpose_of(&array);
    if (views[view].ndim)
        broadcast_of(&array, views[view].broadcast, views[view].ndim);
    return array;
}

static void read_all(const struct mmview_array *array, size_t room, int part, const char *what)
{
    struct mmv_reader reader;

    mmv_reader_start(&reader, array, buffer, room);
    ck_assert_int_eq(reader.size, array->size);
    expect_items(&reader, array, 0, array->size, part, what);
}

static void read_from_each(const struct mmview_array *array, size_t room, int part,
                           const char *what)
{
    static const mmview_intp counts[] = {0, 1, 3, 50, INTPTR_MAX};
    struct mmv_reader reader;

    mmv_reader_start(&reader, array, buffer, room);
    for (mmview_intp item = 0; item <= array->size + 2; item++)
        for (int i = 0; i < COUNT(counts) - (array->size > 30); i++) {
            mmview_intp left = item < array->size ? array->size - item : 0;

            mmv_reader_seek(&reader, item, counts[i]);
            expect_items(&reader, array, item, counts[i] < left ? counts[i] : left, part, what);
        }
    mmv_reader_seek(&reader, 0, array->size); /* and all of it again */
    expect_items(&reader, array, 0, array->size, part, what);
}

START_TEST(all_views)
{
    for (int type = 0; type < COUNT(types); type++)
        for (size_t start = MADE_ALIGNED; start <= MADE_ODD; start++) {
            struct mmview_array *array = take_view(_i, type, start);
            const size_t rooms[] = {(size_t)types[type].itemsize, MMV_READER_LEAST, 500, ROOM};
            int part = types[type].part;
            char what[100];

            for (int i = 0; i < COUNT(rooms); i++) {
                snprintf(what, sizeof what, "%s, view %d, start %zu, room %zu", types[type].descr,
                         _i, start, rooms[i]);
                read_all(array, rooms[i], part, what);
                read_from_each(array, rooms[i], part, what);
            }
            ck_assert_int_eq(mmv_reader_swapped(array->dtype), part);
            mmview_array_unref(array);
        }
}
END_TEST

/* What one run can be is one: otherwise a loop that could take a million items
 * takes three at a time. */
START_TEST(joined_axes)
{
    static const struct {
        const char *shape;
        int order;
        const char *index;
        bool transpose;
        int outer;
        mmview_intp length, stride;
        bool direct;
    } cases[] = {
        {"(4, 5, 6)", 0, "...", false, 0, 120, 2, true},
        {"(4, 5, 6)", 0, "1:3", false, 0, 60, 2, true},
        {"(4, 5, 6)", 0, "1", false, 0, 30, 2, true},
        {"(4, 5, 6)", 0, ":, 1", false, 1, 6, 2, false},
        {"(4, 5, 6)", 0, ":, :, 1", false, 0, 20, 12, false},
        {"(4, 5, 6)", 0, ":, 1:, ::2", false, 1, 12, 4, false},
        {"(4, 5, 6)", 0, "::-1, ::-1, ::-1", false, 0, 120, -2, false},
        {"(4, 5, 6)", 0, "::-1", false, 1, 30, 2, false},
        {"(4, 5, 6)", 0, ":, :, ::-1", false, 1, 6, -2, false},
        {"(4, 5, 6)", 0, "...", true, 2, 4, 60, false},
        {"(4, 5, 6)", 1, "...", true, 0, 120, 2, true},
        {"(4, 5, 6)", 0, "None, :, None, :, :, None", false, 0, 120, 2, true},
        {"(2, 2, 30)", 0, ":, :, :20", false, 1, 20, 2, false},
        {"(2, 2, 100)", 0, ":, :, :64", false, 1, 64, 2, true},
        {"(2, 2, 100)", 0, ":, :, :63", false, 1, 63, 2, false},
        {"(1, 1)", 0, "...", false, 0, 1, 2, true},
        {"()", 0, "...", false, 0, 1, 2, true},
    };

    for (int i = 0; i < COUNT(cases); i++) {
        struct mmview_array *array =
            make_array("'i2'", cases[i].shape, cases[i].order, MADE_ALIGNED, NULL, 800);
        struct mmv_reader reader;

        select_of(&array, cases[i].index);
        if (cases[i].transpose)
            transpose_of(&array);
        mmv_reader_start(&reader, array, buffer, ROOM);
        ck_assert_msg(reader.ndim == cases[i].outer && reader.length == cases[i].length &&
                          reader.stride == cases[i].stride && reader.direct == cases[i].direct,
                      "%s [%s]: %d axes around %td by %td, %s", cases[i].shape, cases[i].index,
                      reader.ndim, reader.length, reader.stride,
                      reader.direct ? "direct" : "gathered");
        mmview_array_unref(array);
    }
}
END_TEST

START_TEST(as_many_axes_as_can_be)
{
    char shape[400] = "(", index[400] = "", *end = shape + 1, *at = index;
    struct mmview_array *array;
    struct mmv_reader reader;

    /* 3 x 3 x ... of which every second is left out: no two axes join. */
    for (int i = 0; i < MMVIEW_MAXDIMS; i++) {
        end += sprintf(end, "%s,", i < 8 ? "3" : "1");
        at += sprintf(at, "%s%s", i ? "," : "", i < 8 ? "::2" : ":");
    }
    strcpy(end, ")");
    array = make_array("'" OTHER "i2'", shape, 0, MADE_ODD, NULL, 2 * 6561);
    select_of(&array, index);
    mmv_reader_start(&reader, array, buffer, MMV_READER_LEAST);
    ck_assert_int_eq(reader.ndim, 7);
    ck_assert_int_eq(reader.size, 256);
    expect_items(&reader, array, 0, 256, 2, "64 axes");
    mmview_array_unref(array);
}
END_TEST

/* Long runs where the items lie come in parts, and are not copied. */
START_TEST(long_runs)
{
    struct mmview_array *array = make_array("'|u1'", "(2, 100000)", 0, MADE_ALIGNED, NULL, 200000);
    const unsigned char *items, *next = mmview_array_data(array);
    struct mmv_reader reader;
    mmview_intp run, total = 0;

    mmv_reader_start(&reader, array, buffer, ROOM);
    while ((run = mmv_reader_next(&reader, &items)) > 0) {
        ck_assert_ptr_eq(items, next);
        ck_assert_int_le(run, 65536);
        next += run;
        total += run;
    }
    ck_assert_int_eq(total, 200000);
    mmview_array_unref(array);
}
END_TEST

/* Items without bytes take no room, so there may be more than can be counted. */
START_TEST(items_without_bytes)
{
    static const char *const shapes[] = {"(" MOST ",)", "(" HALF ", 3, " HALF ")"};

    for (int i = 0; i < COUNT(shapes); i++) {
        struct mmview_array *array = make_array("'|V0'", shapes[i], 0, MADE_ALIGNED, NULL, 0);
        const unsigned char *items;
        struct mmv_reader reader;

        mmv_reader_start(&reader, array, buffer, ROOM);
        ck_assert_int_eq(reader.size, INTPTR_MAX);
        ck_assert_int_eq(reader.step, 0);
        ck_assert_int_eq(mmv_reader_next(&reader, &items), 65536);
        ck_assert_int_eq(reader.left, INTPTR_MAX - 65536);
        mmv_reader_seek(&reader, INTPTR_MAX - 3, 100);
        ck_assert_int_eq(mmv_reader_next(&reader, &items), 3);
        ck_assert_int_eq(mmv_reader_next(&reader, &items), 0);
        mmv_reader_seek(&reader, INTPTR_MAX, 100);
        ck_assert_int_eq(mmv_reader_next(&reader, &items), 0);
        mmview_array_unref(array);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, all_views, 0, COUNT(views));
    tcase_add_test(tcase, joined_axes);
    tcase_add_test(tcase, as_many_axes_as_can_be);
    tcase_add_test(tcase, long_runs);
    tcase_add_test(tcase, items_without_bytes);
}

int main(void)
{
    return run_suite("reader", add_tests);
}

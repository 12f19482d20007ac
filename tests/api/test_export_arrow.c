/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The Arrow C data interface, as a receiver uses it. */
#include <mmview.h>
#include <mmview/arrow.h>

#include "any_array.h"

static void arrow_of(struct mmview_array *a, struct ArrowSchema *schema, struct ArrowArray *array)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = mmview_export_arrow(a, schema, array, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s", err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
}

static void release(struct ArrowSchema *schema, struct ArrowArray *array)
{
    schema->release(schema);
    ck_assert(!schema->release);
    array->release(array);
    ck_assert(!array->release);
}

/* What is the same in all of ours. */
static void plain(const struct ArrowSchema *schema, const struct ArrowArray *array, int children)
{
    ck_assert(schema->release && array->release);
    ck_assert_ptr_null(schema->metadata);
    ck_assert_ptr_null(schema->dictionary);
    ck_assert_int_eq(schema->flags, 0);
    ck_assert_int_eq(schema->n_children, children);
    ck_assert_ptr_null(array->dictionary);
    ck_assert_int_eq(array->null_count, 0);
    ck_assert_int_eq(array->offset, 0);
    ck_assert_int_eq(array->n_children, children);
    ck_assert_int_eq(array->n_buffers, children ? 1 : 2);
    ck_assert_ptr_null(array->buffers[0]);
    ck_assert(!children == !schema->children && !children == !array->children);
}

static const struct {
    const char *descr, *format;
} types[] = {
    {"'|i1'", "c"},      {"'|u1'", "C"},       {"'i2'", "s"},        {"'u2'", "S"},
    {"'i4'", "i"},       {"'u4'", "I"},        {"'i8'", "l"},        {"'u8'", "L"},
    {"'q'", "l"},        {"'f2'", "e"},        {"'f4'", "f"},        {"'f8'", "g"},
    {"'M8[s]'", "tss:"}, {"'M8[ms]'", "tsm:"}, {"'M8[us]'", "tsu:"}, {"'M8[ns]'", "tsn:"},
    {"'m8[s]'", "tDs"},  {"'m8[ms]'", "tDm"},  {"'m8[us]'", "tDu"},  {"'m8[ns]'", "tDn"},
    {"'|S7'", "w:7"},    {"'|V5'", "w:5"},     {"'|V1'", "w:1"},
};

START_TEST(type)
{
    struct mmview_array *a = any_array(types[_i].descr, "(5,)", MMVIEW_MODE_R);
    struct ArrowSchema schema;
    struct ArrowArray array;

    arrow_of(a, &schema, &array);
    plain(&schema, &array, 0);
    ck_assert_str_eq(schema.format, types[_i].format);
    ck_assert_str_eq(schema.name, "");
    ck_assert_int_eq(array.length, 5);
    ck_assert_ptr_eq(array.buffers[1], mmview_array_data(a));
    release(&schema, &array);
    mmview_array_unref(a);
}
END_TEST

START_TEST(lists_in_lists)
{
    struct mmview_array *a = any_array("'i2'", "(2, 3, 4)", MMVIEW_MODE_R);
    static const char *const formats[] = {"+w:3", "+w:4", "s"};
    static const int lengths[] = {2, 6, 24};
    struct ArrowSchema schema, *s = &schema;
    struct ArrowArray array, *p = &array;

    arrow_of(a, &schema, &array);
    mmview_array_unref(a); /* it needs no other reference than its own */
    ck_assert_int_eq(any_maps(), 1);
    for (int i = 0; i < 3; i++) {
        plain(s, p, i < 2);
        ck_assert_str_eq(s->format, formats[i]);
        ck_assert_str_eq(s->name, i ? "item" : "");
        ck_assert_int_eq(p->length, lengths[i]);
        if (i < 2) {
            s = s->children[0];
            p = p->children[0];
        }
    }
    ck_assert_mem_eq((const int16_t *)p->buffers[1] + 5, "\12\13", 2);
    release(&schema, &array);
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

/* Receivers move structures with memcpy, and keep what they need. */
START_TEST(moved_child)
{
    struct mmview_array *a = any_array("'i2'", "(2, 3, 4)", MMVIEW_MODE_R);
    struct ArrowSchema schema, kept_schema;
    struct ArrowArray array, kept;

    arrow_of(a, &schema, &array);
    mmview_array_unref(a);
    memcpy(&kept, array.children[0], sizeof kept);
    array.children[0]->release = NULL;
    memcpy(&kept_schema, schema.children[0], sizeof kept_schema);
    schema.children[0]->release = NULL;
    release(&schema, &array);

    ck_assert_int_eq(any_maps(), 1);
    ck_assert_str_eq(kept_schema.format, "+w:4");
    ck_assert_str_eq(kept_schema.name, "item");
    ck_assert_str_eq(kept_schema.children[0]->format, "s");
    ck_assert_int_eq(kept.length, 6);
    ck_assert_mem_eq((const int16_t *)kept.children[0]->buffers[1] + 1, "\2\3", 2);
    release(&kept_schema, &kept);
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

START_TEST(moved_whole_and_released_array_first)
{
    struct mmview_array *a = any_array("'i2'", "(2, 3)", MMVIEW_MODE_R);
    struct ArrowSchema schema;
    struct ArrowArray array, moved;

    arrow_of(a, &schema, &array);
    mmview_array_unref(a);
    moved = array;
    memset(&array, 0, sizeof array);
    moved.release(&moved);
    ck_assert_int_eq(any_maps(), 0);
    ck_assert_str_eq(schema.children[0]->format, "s");
    schema.release(&schema);
}
END_TEST

START_TEST(without_items)
{
    static const char *const shapes[] = {"(0,)", "(0, 3)", "(3, 0)"};
    struct ArrowSchema schema;
    struct ArrowArray array;

    for (int i = 0; i < 3; i++) {
        struct mmview_array *a = any_array("'i4'", shapes[i], MMVIEW_MODE_R);

        arrow_of(a, &schema, &array);
        plain(&schema, &array, i > 0);
        ck_assert_int_eq(array.length, mmview_array_shape(a)[0]);
        if (i > 0) {
            ck_assert_str_eq(schema.format, i == 1 ? "+w:3" : "+w:0");
            ck_assert_int_eq(array.children[0]->length, 0);
        }
        release(&schema, &array);
        mmview_array_unref(a);
    }
}
END_TEST

START_TEST(many_dimensions)
{
    char shape[4 * MMVIEW_MAXDIMS + 3] = "(";
    struct mmview_array *a;
    struct ArrowSchema schema;
    struct ArrowArray array, *p = &array;
    int depth = 1;

    for (int i = 0; i < MMVIEW_MAXDIMS; i++)
        strcat(shape, "1, ");
    strcat(shape, ")");
    a = any_array("'i4'", shape, MMVIEW_MODE_R);
    arrow_of(a, &schema, &array);
    while (p->n_children) {
        p = p->children[0];
        depth++;
    }
    ck_assert_int_eq(depth, MMVIEW_MAXDIMS);
    ck_assert_ptr_eq(p->buffers[1], mmview_array_data(a));
    release(&schema, &array);
    mmview_array_unref(a);
}
END_TEST

/* A part of the rows is contiguous, and may start anywhere. */
START_TEST(part)
{
    struct mmview_array *a = part_of(any_array("'i4'", "(5, 3)", MMVIEW_MODE_R), "1:3");
    struct ArrowSchema schema;
    struct ArrowArray array;

    arrow_of(a, &schema, &array);
    ck_assert_int_eq(array.length, 2);
    ck_assert_int_eq(*(const unsigned char *)array.children[0]->buffers[1], 12);
    release(&schema, &array);
    mmview_array_unref(a);
}
END_TEST

static const struct {
    const char *descr, *shape, *part;
    size_t start;
    int status;
    const char *message;
} refused[] = {
    {"'|b1'", "(2,)", NULL, 512, MMVIEW_ETYPE,
     "Arrow packs booleans in bits: take a view of their bytes"},
    {"'c8'", "(2,)", NULL, 512, MMVIEW_ETYPE, "Arrow has no complex numbers"},
    {"'" LONG_DOUBLE "'", "(2,)", NULL, 512, MMVIEW_ETYPE, "Arrow has no long double"},
    {"'U2'", "(2,)", NULL, 512, MMVIEW_ETYPE, "Arrow has strings in UTF-8 only"},
    {"'|V0'", "(2,)", NULL, 512, MMVIEW_ETYPE, "Arrow has no items of 0 bytes"},
    {"[('a', 'i4')]", "(2,)", NULL, 512, MMVIEW_ETYPE,
     "Arrow has the fields of a struct side by side: take a view of one"},
    {"'M8[D]'", "(2,)", NULL, 512, MMVIEW_ETYPE, "Arrow has datetimes in s, ms, us and ns only"},
    {"'M8'", "(2,)", NULL, 512, MMVIEW_ETYPE, "Arrow has datetimes in s, ms, us and ns only"},
    {"'m8[25s]'", "(2,)", NULL, 512, MMVIEW_ETYPE, "Arrow has timedeltas in s, ms, us and ns only"},
    {"'" OTHER "i4'", "(2,)", NULL, 512, MMVIEW_EBYTEORDER,
     "Arrow has this machine's byte order only"},
    {"'i4'", "()", NULL, 512, MMVIEW_EAXIS,
     "an Arrow array has at least one axis: take a view with a new one"},
    {"'i4'", "(4, 4)", "::2", 512, MMVIEW_ENEEDSCOPY, "Arrow has C-contiguous arrays only"},
    {"'i4'", "(4, 4)", ":, 1", 512, MMVIEW_ENEEDSCOPY, "Arrow has C-contiguous arrays only"},
    {"'i4'", "(4,)", NULL, 513, MMVIEW_EALIGNMENT,
     "the data are not aligned to 4 bytes, as receivers expect"},
#if INTPTR_MAX > INT32_MAX
    {"'i4'", "(0, 2147483648)", NULL, 512, MMVIEW_EOVERFLOW,
     "axis 1 has 2147483648 items, and a fixed-size list of Arrow at most 2147483647"},
#endif
};

START_TEST(refusal)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct ArrowSchema schema = {.name = "untouched"};
    struct ArrowArray array = {.length = 77};
    struct mmview_array *a =
        any_array_at(refused[_i].descr, refused[_i].shape, MMVIEW_MODE_R, refused[_i].start);

    if (refused[_i].part)
        a = part_of(a, refused[_i].part);
    ck_assert_int_eq(mmview_export_arrow(a, &schema, &array, &err), refused[_i].status);
    ck_assert_int_eq(err.status, refused[_i].status);
    ck_assert_str_eq(err.message, refused[_i].message);
    ck_assert_str_eq(schema.name, "untouched");
    ck_assert_int_eq(array.length, 77);
    mmview_array_unref(a);
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("export_arrow");

    tcase_add_loop_test(tcase, type, 0, (int)(sizeof types / sizeof *types));
    tcase_add_test(tcase, lists_in_lists);
    tcase_add_test(tcase, moved_child);
    tcase_add_test(tcase, moved_whole_and_released_array_first);
    tcase_add_test(tcase, without_items);
    tcase_add_test(tcase, many_dimensions);
    tcase_add_test(tcase, part);
    tcase_add_loop_test(tcase, refusal, 0, (int)(sizeof refused / sizeof *refused));
    return run_suite("export_arrow", tcase);
}

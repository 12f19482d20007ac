/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* A type that the table has and nobody else knows: kind and size are those of a half, but
 * what its bits mean is not. All that asks for more than its layout refuses it, alone and
 * in a struct. */
#include <mmview.h>
#include <mmview/arrow.h>

#include "../suite.h"
#include "array/array.h"
#include "format/number_type.h"
#include "made_array.h"

static struct mmview_array *array;
static struct mmview_array *doubles;

static int write_nothing(void *context, const char *text, size_t length)
{
    (void)text;
    (void)length;
    *(bool *)context = true;
    return 0;
}

static void forget(struct mmview_dtype *dtype)
{
    ck_assert_int_eq(dtype->type, 'e');
    ck_assert_int_eq(mmv_dtype_check_meaning(dtype, NULL), MMVIEW_OK);
    dtype->type = 'E';
    ck_assert_int_eq(mmv_number_of(dtype), MMV_NO_NUMBER);
}

/* A plain one; in a struct; in a sub-array of a struct. */
static void make(int which)
{
    static const char *const descrs[] = {"'f2'", "[('a', 'i4'), ('b', 'f2')]",
                                         "[('a', 'i4'), ('b', 'f2', (2,))]"};
    static const size_t bytes[] = {2, 6, 8};
    struct mmview_dtype *dtype;

    array = make_array(descrs[which], "(3,)", MMVIEW_ORDER_C, MADE_ALIGNED, NULL, 3 * bytes[which]);
    doubles = make_array("'f8'", "(3,)", MMVIEW_ORDER_C, MADE_ALIGNED, NULL, 24);
    dtype = (struct mmview_dtype *)(uintptr_t)array->dtype; /* nobody else has it */
    if (which > 0)
        dtype = dtype->fields[1].dtype;
    forget(dtype->base ? dtype->base : dtype);
}

static void give_back(void)
{
    mmview_array_unref(array);
    mmview_array_unref(doubles);
}

static void check_refused(int status, const struct mmview_error *err)
{
    ck_assert_int_eq(status, MMVIEW_EUNSUPPORTED);
    ck_assert_int_eq(err->status, MMVIEW_EUNSUPPORTED);
    ck_assert_str_eq(err->message, "what the bits of type 'E' mean is not known");
}

START_TEST(text)
{
    struct mmview_text_options options = MMVIEW_TEXT_OPTIONS_INIT;
    unsigned char item[8] = "1234567";
    bool written = false;
    char shown[8];

    make(_i);
    for (int form = MMVIEW_TEXT_STR; form <= MMVIEW_TEXT_JSONL; form++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;

        options.form = form;
        check_refused(mmview_write_text(array, &options, write_nothing, &written, &err), &err);
    }
    ck_assert(!written);
    for (int style = MMVIEW_ITEM_STR; style <= MMVIEW_ITEM_REPR; style++)
        ck_assert(mmview_item_text(array->dtype, array->data, style, shown, sizeof shown) ==
                  MMVIEW_NO_TEXT);
    {
        struct mmview_error err = MMVIEW_ERROR_INIT;

        check_refused(mmview_item_parse(array->dtype, "1", SIZE_MAX, item, &err), &err);
        ck_assert_str_eq((char *)item, "1234567");
    }
    give_back();
}
END_TEST

START_TEST(values)
{
    struct mmview_error copied = MMVIEW_ERROR_INIT, left = MMVIEW_ERROR_INIT,
                        right = MMVIEW_ERROR_INIT, counted = MMVIEW_ERROR_INIT;
    struct mmview_comparison comparison;
    struct mmview_statistics stats;
    int status;

    make(_i);
    ck_assert(!mmview_can_cast(array->dtype, array->dtype, MMVIEW_CASTING_UNSAFE));
    ck_assert(!mmview_can_cast(array->dtype, doubles->dtype, MMVIEW_CASTING_UNSAFE));
    ck_assert(!mmview_can_cast(doubles->dtype, array->dtype, MMVIEW_CASTING_UNSAFE));
    status = mmview_copy(array, array, MMVIEW_CASTING_UNSAFE, &copied);
    ck_assert_int_eq(status, MMVIEW_EUNSUPPORTED);
    check_refused(mmview_compare(array, doubles, NULL, &comparison, &left), &left);
    check_refused(mmview_compare(doubles, array, NULL, &comparison, &right), &right);
    check_refused(mmview_stats(array, NULL, &stats, &counted), &counted);
    give_back();
}
END_TEST

START_TEST(histogram)
{
    struct mmview_histogram_options options = MMVIEW_HISTOGRAM_OPTIONS_INIT;
    struct mmview_error of_all = MMVIEW_ERROR_INIT, of_range = MMVIEW_ERROR_INIT;
    uint64_t counts[10];
    double edges[11];

    make(0);
    check_refused(mmview_histogram(array, &options, counts, edges, &of_all), &of_all);
    options.flags = MMVIEW_HISTOGRAM_RANGE;
    options.high = 1;
    check_refused(mmview_histogram(array, &options, counts, edges, &of_range), &of_range);
    give_back();
}
END_TEST

START_TEST(exports)
{
    struct mmview_error interface = MMVIEW_ERROR_INIT, buffer = MMVIEW_ERROR_INIT,
                        dlpack = MMVIEW_ERROR_INIT, arrow = MMVIEW_ERROR_INIT,
                        in_c = MMVIEW_ERROR_INIT, in_python = MMVIEW_ERROR_INIT;
    struct mmview_array_interface *as_interface;
    struct mmview_dlpack *as_dlpack;
    struct ArrowSchema schema;
    struct ArrowArray as_arrow;

    make(_i);
    check_refused(mmview_export_array_interface(array, &as_interface, &interface), &interface);
    check_refused((int)mmview_export_buffer_format(array, NULL, 0, &buffer), &buffer);
    check_refused(mmview_export_dlpack(array, 0, &as_dlpack, &dlpack), &dlpack);
    check_refused(mmview_export_arrow(array, &schema, &as_arrow, &arrow), &arrow);
    check_refused(
        (int)mmview_export_declaration(array->dtype, MMVIEW_LANGUAGE_C, "item", NULL, 0, &in_c),
        &in_c);
    check_refused((int)mmview_export_declaration(array->dtype, MMVIEW_LANGUAGE_PYTHON, "item", NULL,
                                                 0, &in_python),
                  &in_python);
    give_back();
}
END_TEST

/* As any bytes, but as no number. */
START_TEST(pointers)
{
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;

    make(0);
    mmview_ctypes_init(&view, array);
    for (size_t i = 0; mmview_ctype_size((enum mmview_ctype)i) > 0; i++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        void *data = mmview_ctypes_data_as(&view, (enum mmview_ctype)i, &err);

        if (i == MMVIEW_CTYPE_VOID_P) {
            ck_assert_ptr_eq(data, array->data);
        } else {
            ck_assert_ptr_null(data);
            ck_assert_int_eq(err.status, MMVIEW_ETYPE);
        }
    }
    mmview_ctypes_clear(&view);
    give_back();
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, text, 0, 3);
    tcase_add_loop_test(tcase, values, 0, 3);
    tcase_add_test(tcase, histogram);
    tcase_add_loop_test(tcase, exports, 0, 3);
    tcase_add_test(tcase, pointers);
}

int main(void)
{
    return run_suite("unknown_type", add_tests);
}

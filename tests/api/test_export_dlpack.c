/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* DLPack tensors, versioned and legacy. */
#include <mmview.h>

#include <pthread.h>

#include "any_array.h"

static struct mmview_dlpack *tensor_of(struct mmview_array *a, unsigned flags)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dlpack *out = NULL;
    int status = mmview_export_dlpack(a, flags, &out, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s", err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_uint_eq(out->version_major, 1);
    ck_assert_uint_eq(out->version_minor, 0);
    return out;
}

START_TEST(versioned)
{
    struct mmview_array *a = any_array("'f4'", "(2, 3)", MMVIEW_MODE_R);
    struct mmview_dlpack *t = tensor_of(a, 0);

    ck_assert_uint_eq(t->flags, MMVIEW_DLPACK_READ_ONLY);
    ck_assert_ptr_eq(t->tensor.data, mmview_array_data(a));
    ck_assert_int_eq(t->tensor.device_type, MMVIEW_DLPACK_CPU);
    ck_assert_int_eq(t->tensor.device_id, 0);
    ck_assert_int_eq(t->tensor.ndim, 2);
    ck_assert_int_eq(t->tensor.code, MMVIEW_DLPACK_FLOAT);
    ck_assert_int_eq(t->tensor.bits, 32);
    ck_assert_int_eq(t->tensor.lanes, 1);
    ck_assert_int_eq(t->tensor.shape[0], 2);
    ck_assert_int_eq(t->tensor.shape[1], 3);
    ck_assert_int_eq(t->tensor.strides[0], 3);
    ck_assert_int_eq(t->tensor.strides[1], 1);
    ck_assert_uint_eq(t->tensor.byte_offset, 0);
    t->deleter(t);
    mmview_array_unref(a);
}
END_TEST

static const struct {
    const char *descr;
    int code, bits;
} types[] = {
    {"'|b1'", 6, 8}, {"'|i1'", 0, 8}, {"'i2'", 0, 16}, {"'i4'", 0, 32}, {"'i8'", 0, 64},
    {"'q'", 0, 64},  {"'|u1'", 1, 8}, {"'u2'", 1, 16}, {"'u4'", 1, 32}, {"'u8'", 1, 64},
    {"'f2'", 2, 16}, {"'f4'", 2, 32}, {"'f8'", 2, 64}, {"'c8'", 5, 64}, {"'c16'", 5, 128},
};

START_TEST(type)
{
    struct mmview_array *a = any_array(types[_i].descr, "(3,)", MMVIEW_MODE_R);
    struct mmview_dlpack *t = tensor_of(a, 0);

    ck_assert_int_eq(t->tensor.code, types[_i].code);
    ck_assert_int_eq(t->tensor.bits, types[_i].bits);
    ck_assert_int_eq(t->tensor.strides[0], 1);
    t->deleter(t);
    mmview_array_unref(a);
}
END_TEST

START_TEST(tensor_of_a_view)
{
    struct mmview_array *a = part_of(any_array("'i2'", "(4, 6)", MMVIEW_MODE_R), "::-1, 1::2");
    struct mmview_dlpack *t = tensor_of(a, 0);

    mmview_array_unref(a); /* it needs no other reference than its own */
    ck_assert_int_eq(any_maps(), 1);
    ck_assert_int_eq(t->tensor.shape[0], 4);
    ck_assert_int_eq(t->tensor.strides[0], -6);
    ck_assert_int_eq(t->tensor.strides[1], 2);
    ck_assert_int_eq(*(const unsigned char *)t->tensor.data, 3 * 12 + 2);
    t->deleter(t);
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

START_TEST(who_may_write)
{
    struct mmview_array *a = any_array("'f8'", "(3,)", MMVIEW_MODE_C), *view;
    static const mmview_intp shape[] = {2, 3};
    struct mmview_dlpack *t;

    t = tensor_of(a, 0);
    ck_assert_uint_eq(t->flags, 0);
    t->deleter(t);
    t = tensor_of(a, MMVIEW_DLPACK_READ_ONLY); /* asked for */
    ck_assert_uint_eq(t->flags, MMVIEW_DLPACK_READ_ONLY);
    t->deleter(t);
    ck_assert_int_eq(mmview_view_broadcast(a, shape, 2, &view, NULL), MMVIEW_OK);
    t = tensor_of(view, 0); /* not writeable, though its map is */
    ck_assert_uint_eq(t->flags, MMVIEW_DLPACK_READ_ONLY);
    ck_assert_int_eq(t->tensor.strides[0], 0);
    t->deleter(t);
    mmview_array_unref(view);
    mmview_array_unref(a);
}
END_TEST

START_TEST(no_dimensions_and_no_items)
{
    struct mmview_array *a = any_array("'f8'", "()", MMVIEW_MODE_R);
    struct mmview_dlpack *t = tensor_of(a, 0);

    ck_assert_int_eq(t->tensor.ndim, 0);
    ck_assert_ptr_nonnull(t->tensor.shape);
    ck_assert_ptr_nonnull(t->tensor.strides);
    ck_assert_ptr_eq(t->tensor.data, mmview_array_data(a));
    t->deleter(t);
    mmview_array_unref(a);

    a = any_array("'f8'", "(0, 3)", MMVIEW_MODE_R);
    t = tensor_of(a, 0);
    ck_assert_int_eq(t->tensor.ndim, 2);
    ck_assert_int_eq(t->tensor.shape[0], 0);
    ck_assert_ptr_null(t->tensor.data); /* DLPack wants it so */
    t->deleter(t);
    mmview_array_unref(a);
}
END_TEST

/* Bytes between items that are no number of items, but nobody goes that way. */
static const struct {
    const char *descr, *shape;
    int axis, stride;
} nowhere[] = {
    {"[('a', 'i4'), ('b', 'i2')]", "(1,)", 0, 6},
    {"[('a', 'i4', (2,)), ('b', 'i2')]", "(1,)", 0, 10},
    {"[('a', 'i4'), ('b', 'i2')]", "(0, 3)", 1, 6},
};

START_TEST(strides_that_lead_nowhere)
{
    struct mmview_array *a =
        part_of(any_array(nowhere[_i].descr, nowhere[_i].shape, MMVIEW_MODE_R), "'a'");
    struct mmview_dlpack *t = tensor_of(a, 0);

    ck_assert_int_eq(mmview_array_strides(a)[nowhere[_i].axis], nowhere[_i].stride);
    for (int i = 0; i < t->tensor.ndim; i++)
        ck_assert_int_eq(t->tensor.shape[i], mmview_array_shape(a)[i]);
    t->deleter(t);
    mmview_array_unref(a);
}
END_TEST

static const struct {
    const char *descr, *part;
    size_t start;
    int status;
    const char *message;
} refused[] = {
    {"[('a', 'i4'), ('b', 'i2')]", NULL, 512, MMVIEW_ETYPE,
     "DLPack has no structs: take a view of a field"},
    {"'M8[s]'", NULL, 512, MMVIEW_ETYPE,
     "DLPack has no datetimes: take a view of their 64-bit integers"},
    {"'m8'", NULL, 512, MMVIEW_ETYPE,
     "DLPack has no timedeltas: take a view of their 64-bit integers"},
    {"'|S4'", NULL, 512, MMVIEW_ETYPE, "DLPack has no strings: take a view of their bytes"},
    {"'U1'", NULL, 512, MMVIEW_ETYPE, "DLPack has no strings: take a view of their bytes"},
    {"'|V4'", NULL, 512, MMVIEW_ETYPE, "DLPack has no raw bytes: take a view of their bytes"},
    {"'" LONG_DOUBLE "'", NULL, 512, MMVIEW_ETYPE, "DLPack has no long double"},
    {"'" LONG_COMPLEX "'", NULL, 512, MMVIEW_ETYPE, "DLPack has no long double"},
    {"'" OTHER "i4'", NULL, 512, MMVIEW_EBYTEORDER, "DLPack has this machine's byte order only"},
    {"'i4'", NULL, 514, MMVIEW_EALIGNMENT,
     "the data are not aligned to 4 bytes, as receivers expect"},
    {"[('a', 'i4'), ('b', 'i4'), ('c', 'i4')]", "'a'", 512, MMVIEW_OK, NULL},
    {"[('a', 'i2'), ('b', '|i1')]", "'b'", 512, MMVIEW_OK, NULL},
    {"[('a', 'i2'), ('b', 'c8')]", "'a'", 512, MMVIEW_OK, NULL},
    {"[('a', 'c8'), ('b', 'i4')]", "'a'", 512, MMVIEW_ENEEDSCOPY,
     "DLPack counts strides in items, and those of axis 0 are 12 bytes apart and 8 long"},
};

START_TEST(refusal)
{
    struct mmview_dlpack *untouched = (struct mmview_dlpack *)(uintptr_t)0x5a5a, *t = untouched;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a =
        any_array_at(refused[_i].descr, "(2,)", MMVIEW_MODE_R, refused[_i].start);

    if (refused[_i].part)
        a = part_of(a, refused[_i].part);
    ck_assert_int_eq(mmview_export_dlpack(a, 0, &t, &err), refused[_i].status);
    mmview_array_unref(a);
    if (refused[_i].status == MMVIEW_OK) {
        t->deleter(t);
    } else {
        ck_assert_int_eq(err.status, refused[_i].status);
        ck_assert_str_eq(err.message, refused[_i].message);
        ck_assert_ptr_eq(t, untouched);
    }
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

START_TEST(unknown_flag)
{
    struct mmview_array *a = any_array("'i4'", "(2,)", MMVIEW_MODE_R);
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dlpack *t = NULL;

    ck_assert_int_eq(mmview_export_dlpack(a, 2, &t, &err), MMVIEW_EINVAL);
    ck_assert_str_eq(err.message, "unknown DLPack flags 0x2");
    ck_assert_ptr_null(t);
    mmview_array_unref(a);
}
END_TEST

START_TEST(legacy)
{
    struct mmview_array *a = any_array("'u2'", "(4, 6)", MMVIEW_MODE_C);
    struct mmview_dlpack_legacy *t = NULL;

    a = transpose_of(a);
    ck_assert_int_eq(mmview_export_dlpack_legacy(a, &t, NULL), MMVIEW_OK);
    mmview_array_unref(a);
    ck_assert_int_eq(any_maps(), 1);
    ck_assert_int_eq(t->tensor.device_type, MMVIEW_DLPACK_CPU);
    ck_assert_int_eq(t->tensor.ndim, 2);
    ck_assert_int_eq(t->tensor.code, MMVIEW_DLPACK_UINT);
    ck_assert_int_eq(t->tensor.bits, 16);
    ck_assert_int_eq(t->tensor.lanes, 1);
    ck_assert_int_eq(t->tensor.shape[0], 6);
    ck_assert_int_eq(t->tensor.strides[1], 6);
    ck_assert_mem_eq((const uint16_t *)t->tensor.data + 1, "\2\3", 2);
    t->deleter(t);
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

START_TEST(legacy_refusals)
{
    struct mmview_dlpack_legacy *t = NULL;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *a = any_array("'u2'", "(4, 6)", MMVIEW_MODE_R);

    ck_assert_int_eq(mmview_export_dlpack_legacy(a, &t, &err), MMVIEW_EREADONLY);
    ck_assert_str_eq(err.message, "DLPack before 1.0 has no word for read-only: export a writeable "
                                  "array, as mode c makes one");
    mmview_array_unref(a);

    mmview_error_clear(&err);
    a = any_array("'" OTHER "u2'", "(4, 6)", MMVIEW_MODE_C);
    ck_assert_int_eq(mmview_export_dlpack_legacy(a, &t, &err), MMVIEW_EBYTEORDER);
    ck_assert_str_eq(err.message, "DLPack has this machine's byte order only");
    ck_assert_ptr_null(t);
    mmview_array_unref(a);
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

static void *delete_it(void *tensor)
{
    struct mmview_dlpack *t = tensor;

    t->deleter(t);
    return NULL;
}

/* Receivers may release on threads of their own, at once. */
START_TEST(threads)
{
    struct mmview_array *a = any_array("'f8'", "(3,)", MMVIEW_MODE_R);
    pthread_t thread[8];
    size_t n = sizeof thread / sizeof *thread;

    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(pthread_create(&thread[i], NULL, delete_it, tensor_of(a, 0)), 0);
    mmview_array_unref(a);
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(pthread_join(thread[i], NULL), 0);
    ck_assert_int_eq(any_maps(), 0);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("export_dlpack");

    tcase_add_test(tcase, versioned);
    tcase_add_loop_test(tcase, type, 0, (int)(sizeof types / sizeof *types));
    tcase_add_test(tcase, tensor_of_a_view);
    tcase_add_test(tcase, who_may_write);
    tcase_add_test(tcase, no_dimensions_and_no_items);
    tcase_add_loop_test(tcase, strides_that_lead_nowhere, 0,
                        (int)(sizeof nowhere / sizeof *nowhere));
    tcase_add_loop_test(tcase, refusal, 0, (int)(sizeof refused / sizeof *refused));
    tcase_add_test(tcase, unknown_flag);
    tcase_add_test(tcase, legacy);
    tcase_add_test(tcase, legacy_refusals);
    tcase_add_test(tcase, threads);
    return run_suite("export_dlpack", tcase);
}

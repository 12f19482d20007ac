/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_copy(), mmview_copy_new(), mmview_can_cast(): how they are called, what they
 * refuse, and overlapping memory. What is in the copies, tests/oracle asks NumPy. */
#include "views.h"

static struct mmview_dtype *dtype(const char *text)
{
    struct mmview_dtype *parsed = NULL;

    ck_assert_int_eq(mmview_dtype_parse(text, SIZE_MAX, 0, &parsed, NULL), MMVIEW_OK);
    return parsed;
}

static struct mmview_array *part(struct mmview_array *array, const char *text)
{
    struct mmview_array *made = NULL;

    ck_assert_int_eq(mmview_view_select(array, text, SIZE_MAX, &made, NULL), MMVIEW_OK);
    return made;
}

static const struct {
    const char *from, *to;
    int needed; /* the strictest casting that allows it; 5: none */
} castings[] = {
    {"f8", "f8", MMVIEW_CASTING_NO},
    {OWN "f8", OTHER "f8", MMVIEW_CASTING_EQUIV},
    {"f4", "f8", MMVIEW_CASTING_SAFE},
    {"i8", "f8", MMVIEW_CASTING_SAFE},
    {"f8", "f4", MMVIEW_CASTING_SAME_KIND},
    {"f8", "i8", MMVIEW_CASTING_UNSAFE},
    {"c16", "f8", MMVIEW_CASTING_UNSAFE},
    {"S3", "S5", MMVIEW_CASTING_SAFE},
    {"S5", "S3", MMVIEW_CASTING_SAME_KIND},
    {"M8[D]", "M8[s]", MMVIEW_CASTING_SAFE},
    {"m8[M]", "m8[D]", 5},
    {"S3", "i4", 5},
    {"i4", "S11", 5},
    {"O", "O", 5},
    {"i4,f4", "i4", 5},
    {"i4,f4", "i4,f4,f4", 5},
    {"i4,f4", "i8," OTHER "f4", MMVIEW_CASTING_SAFE},
    {"i4,(2,)f4", "i4,(3,)f4", 5},
};

START_TEST(can_cast)
{
    struct mmview_dtype *from = dtype(castings[_i].from), *to = dtype(castings[_i].to);

    for (int casting = MMVIEW_CASTING_NO; casting <= MMVIEW_CASTING_UNSAFE; casting++)
        ck_assert_int_eq(mmview_can_cast(from, to, casting), casting >= castings[_i].needed);
    ck_assert_int_eq(mmview_can_cast(from, to, -1), 0);
    ck_assert_int_eq(mmview_can_cast(from, to, 5), 0);
    mmview_dtype_unref(from);
    mmview_dtype_unref(to);
}
END_TEST

/* Fails so, and changes nothing. */
static void copy_fails(struct mmview_array *dst, const struct mmview_array *src, int casting,
                       int code, const char *words)
{
    struct mmview_error error = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmview_copy(dst, src, casting, &error), code);
    ck_assert_int_eq(error.status, code);
    ck_assert_str_eq(error.message, words);
    ck_assert_int_eq(mmview_copy(dst, src, casting, NULL), code);
}

START_TEST(refused)
{
    struct mmview_array *a = array_of("'i2'", "(2, 3)", 0, 12);
    struct mmview_array *f = array_of("'" OTHER "f8'", "(2, 3)", 0, 48);
    struct mmview_array *s = array_of("'S4'", "(3,)", 0, 12);
    struct mmview_array *b = NULL, *c = part(a, "0");
    const mmview_intp shape[] = {5, 2, 3};

    ck_assert_int_eq(mmview_view_broadcast(a, shape, 3, &b, NULL), MMVIEW_OK);
    copy_fails(b, a, MMVIEW_CASTING_NO, MMVIEW_EREADONLY, "assignment destination is read-only");
    copy_fails(a, f, MMVIEW_CASTING_SAME_KIND, MMVIEW_ETYPE,
               "Cannot cast array data from dtype('" OTHER
               "f8') to dtype('int16') according to the rule "
               "'same_kind'");
    copy_fails(s, a, MMVIEW_CASTING_UNSAFE, MMVIEW_EUNSUPPORTED,
               "there is no conversion from dtype('int16') to dtype('S4')");
    copy_fails(a, b, MMVIEW_CASTING_NO, MMVIEW_ERESHAPE,
               "could not broadcast input array from shape (5,2,3) into shape (2,3)");
    copy_fails(c, a, MMVIEW_CASTING_NO, MMVIEW_ERESHAPE,
               "could not broadcast input array from shape (2,3) into shape (3,)");
    copy_fails(a, a, 5, MMVIEW_EINVAL, "unknown casting 5");
    copy_fails(a, a, -1, MMVIEW_EINVAL, "unknown casting -1");
    copy_fails(a, NULL, 0, MMVIEW_EINVAL, "a NULL argument");
    copy_fails(NULL, a, 0, MMVIEW_EINVAL, "a NULL argument");
    for (int i = 0; i < 12; i++)
        ck_assert_int_eq(((unsigned char *)mmview_array_data(a))[i], i);
    mmview_array_unref(a);
    mmview_array_unref(b);
    mmview_array_unref(c);
    mmview_array_unref(f);
    mmview_array_unref(s);
}
END_TEST

/* Of 0, 1, ... 11: what dst = src leaves. */
static const struct {
    const char *dst, *src;
    unsigned char result[12];
} overlaps[] = {
    {"1:", ":-1", {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
    {":-1", "1:", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11}},
    {"...", "::-1", {11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}},
    {"::-1", "...", {11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}},
    {"...", "...", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
    {"::2", "1::2", {1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11}},
    {"::2", ":6", {0, 1, 1, 3, 2, 5, 3, 7, 4, 9, 5, 11}},
    {"...", "5:6", {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}},
    {"6:", ":6", {0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5}},
};

START_TEST(overlapping)
{
    struct mmview_array *a = array_of("'u1'", "(12,)", 0, 12);
    struct mmview_array *dst = part(a, overlaps[_i].dst), *src = part(a, overlaps[_i].src);

    ck_assert_int_eq(mmview_copy(dst, src, MMVIEW_CASTING_NO, NULL), MMVIEW_OK);
    ck_assert_mem_eq(mmview_array_data(a), overlaps[_i].result, 12);
    mmview_array_unref(a);
    mmview_array_unref(dst);
    mmview_array_unref(src);
}
END_TEST

/* In its own place: byte order, and numbers of the same size. */
START_TEST(in_place)
{
    struct mmview_dtype *swapped = dtype(OTHER "i4"), *floats = dtype(OWN "f4");
    struct mmview_array *a = array_of("'i4'", "(100, 50)", 0, 20000), *b, *c;
    const unsigned char *bytes = mmview_array_data(a);
    unsigned char before[20000];
    bool same = true;

    memcpy(before, bytes, sizeof before);
    ck_assert_int_eq(mmview_view_dtype(a, swapped, &b, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_copy(b, a, MMVIEW_CASTING_EQUIV, NULL), MMVIEW_OK);
    for (int i = 0; i < 20000; i++)
        same = same && bytes[i] == before[i ^ 3];
    ck_assert(same);
    ck_assert_int_eq(mmview_view_dtype(a, floats, &c, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_copy(c, b, MMVIEW_CASTING_SAME_KIND, NULL), MMVIEW_OK);
    for (int i = 0; i < 5000; i++) {
        int32_t number;
        float now;

        memcpy(&number, before + 4 * i, 4);
        memcpy(&now, bytes + 4 * i, 4);
        same = same && now == (float)number;
    }
    ck_assert(same);
    mmview_array_unref(a);
    mmview_array_unref(b);
    mmview_array_unref(c);
    mmview_dtype_unref(swapped);
    mmview_dtype_unref(floats);
}
END_TEST

/* Structs of the same size, whose fields lie elsewhere: the first field that is written has
 * bytes of the second that is read. */
START_TEST(fields_in_place)
{
    struct mmview_dtype *other = dtype("[('x', '<i2'), ('y', 'u1')]");
    struct mmview_array *a = array_of("[('x', 'u1'), ('y', '<u2')]", "(2,)", 0, 6), *b;
    static const unsigned char result[6] = {0, 0, 1, 3, 0, 4};

    ck_assert_int_eq(mmview_view_dtype(a, other, &b, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_copy(b, a, MMVIEW_CASTING_UNSAFE, NULL), MMVIEW_OK);
    ck_assert_mem_eq(mmview_array_data(a), result, sizeof result);
    mmview_array_unref(a);
    mmview_array_unref(b);
    mmview_dtype_unref(other);
}
END_TEST

/* Two fields of the same structs do not overlap: enough that it works. */
START_TEST(between_fields)
{
    struct mmview_array *a = array_of("[('x', 'u1'), ('y', 'u1')]", "(5,)", 0, 10);
    struct mmview_array *x = part(a, "'x'"), *all = part(a, "'y'"), *y = part(all, "::-1");
    static const unsigned char result[10] = {9, 1, 7, 3, 5, 5, 3, 7, 1, 9};

    ck_assert_int_eq(mmview_copy(x, y, MMVIEW_CASTING_NO, NULL), MMVIEW_OK);
    ck_assert_mem_eq(mmview_array_data(a), result, sizeof result);
    mmview_array_unref(a);
    mmview_array_unref(x);
    mmview_array_unref(all);
    mmview_array_unref(y);
}
END_TEST

/* shape, order of the source, index; order asked for; how the copy lies. */
static const struct {
    const char *shape, *index;
    int stored, order;
    const char *look;
} news[] = {
    {"(2, 3)", "...", 0, MMVIEW_ORDER_C, "2,3 | 6,2 | 0 | '<i2' | CAW"},
    {"(2, 3)", "...", 0, MMVIEW_ORDER_F, "2,3 | 2,4 | 0 | '<i2' | FAW"},
    {"(2, 3)", "...", 0, MMVIEW_ORDER_A, "2,3 | 6,2 | 0 | '<i2' | CAW"},
    {"(2, 3)", "...", 1, MMVIEW_ORDER_A, "2,3 | 2,4 | 0 | '<i2' | FAW"},
    {"(2, 3)", "...", 1, MMVIEW_ORDER_K, "2,3 | 2,4 | 0 | '<i2' | FAW"},
    {"(2, 3)", ":, ::-1", 1, MMVIEW_ORDER_K, "2,3 | 2,4 | 0 | '<i2' | FAW"},
    {"(2, 3)", ":, ::-1", 1, MMVIEW_ORDER_A, "2,3 | 6,2 | 0 | '<i2' | CAW"},
    {"(6,)", "::-2", 0, MMVIEW_ORDER_K, "3 | 2 | 0 | '<i2' | CFAW"},
    {"()", "...", 0, MMVIEW_ORDER_K, " |  | 0 | '<i2' | CFAW"},
    {"(0, 3)", "...", 0, MMVIEW_ORDER_C, "0,3 | 6,2 | 0 | '<i2' | CFAW"},
};

START_TEST(new_layouts)
{
    struct mmview_array *whole = array_of("'<i2'", news[_i].shape, news[_i].stored, 12);
    struct mmview_array *src = part(whole, news[_i].index);
    struct mmview_copy_options options = MMVIEW_COPY_OPTIONS_INIT;

    options.order = news[_i].order;
    KEEPS(news[_i].look, mmview_copy_new(src, &options, &v, &err));
    mmview_array_unref(whole);
    mmview_array_unref(src);
    ck_assert_ptr_null(mmview_array_filename(v));
    ck_assert_int_eq(mmview_array_mode(v), MMVIEW_MODE_C);
    ck_assert_int_eq(mmview_array_format(v), MMVIEW_FORMAT_RAW);
    ck_assert_int_eq(mmview_array_version(v), 0);
    ck_assert_uint_eq(mmview_array_trailing_bytes(v), 0);
    ck_assert_int_eq(mmview_array_flush(v, 0, &err), MMVIEW_OK);
    mmview_array_unref(v);
}
END_TEST

/* A large one, whose memory comes from the system; advice must not empty it. */
START_TEST(new_and_large)
{
    struct mmview_array *a = array_of("'<u4'", "(1000, 1000)", 0, 4000000);

    prepare();
    ck_assert_int_eq(mmview_copy_new(a, NULL, &v, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_array_advise(v, MMVIEW_ADVICE_DONTNEED, &err), MMVIEW_OK);
    ck_assert(memcmp(mmview_array_data(v), mmview_array_data(a), 4000000) == 0);
    mmview_array_unref(a);
    mmview_array_unref(v);
}
END_TEST

START_TEST(new_dtypes)
{
    struct mmview_array *a = array_of("'S4'", "(3,)", 0, 12);
    struct mmview_copy_options options = MMVIEW_COPY_OPTIONS_INIT;
    static const unsigned char gaps[12] = {0, 1, 2, 3, 0, 0, 0, 0, 4, 5, 6, 7};
    struct mmview_dtype *unsized = dtype("S"), *objects = dtype("O"), *pair = dtype("(2,)S4");
    struct mmview_array *records = array_of("[('a', 'S4'), ('b', 'S4')]", "(1,)", 0, 8);
    struct mmview_dtype *gappy = dtype("[('a', 'S4'), ('', 'V4'), ('b', 'S4')]");

    options.dtype = unsized;
    MAKES("3 | 4 | 0 | '|S4' | CFAW", mmview_copy_new(a, &options, &v, &err));
    options.dtype = objects;
    FAILS(MMVIEW_EOBJECT, "Python objects can not be copied to",
          mmview_copy_new(a, &options, &v, &err));
    options.dtype = pair;
    FAILS(MMVIEW_ETYPE, "the items of an array are no sub-arrays",
          mmview_copy_new(a, &options, &v, &err));
    options.dtype = gappy;
    FAILS(MMVIEW_EUNSUPPORTED,
          "there is no conversion from dtype('S4') to dtype([('a', '|S4'), ('', '|V4'), ('b', "
          "'|S4')])",
          mmview_copy_new(a, &options, &v, &err));
    prepare();
    ck_assert_int_eq(mmview_copy_new(records, &options, &v, &err), MMVIEW_OK);
    ck_assert_mem_eq(mmview_array_data(v), gaps, sizeof gaps);
    mmview_array_unref(v);

    options.casting = MMVIEW_CASTING_NO;
    FAILS(MMVIEW_ETYPE,
          "Cannot cast array data from dtype([('a', '|S4'), ('b', '|S4')]) to dtype([('a', '|S4'), "
          "('', '|V4'), ('b', '|S4')]) according to the rule 'no'",
          mmview_copy_new(records, &options, &v, &err));
    options.casting = 9;
    FAILS(MMVIEW_EINVAL, "unknown casting 9", mmview_copy_new(a, &options, &v, &err));
    options.order = 4;
    FAILS(MMVIEW_EINVAL, "unknown order 4", mmview_copy_new(a, &options, &v, &err));
    options.size = 1;
    FAILS(MMVIEW_EOPTIONS, "an option struct of 1 bytes is unknown: its INIT macro sets the size",
          mmview_copy_new(a, &options, &v, &err));
    FAILS(MMVIEW_EINVAL, "a NULL argument", mmview_copy_new(NULL, NULL, &v, &err));
    FAILS(MMVIEW_EINVAL, "a NULL argument", mmview_copy_new(a, NULL, NULL, &err));
    mmview_array_unref(a);
    mmview_array_unref(records);
    mmview_dtype_unref(unsized);
    mmview_dtype_unref(objects);
    mmview_dtype_unref(pair);
    mmview_dtype_unref(gappy);
}
END_TEST

/* More than there is, and more than can be counted. */
START_TEST(too_large)
{
    struct mmview_array *a = array_of("'u1'", "(1,)", 0, 1), *huge;
    mmview_intp most = INTPTR_MAX;
    struct mmview_copy_options options = MMVIEW_COPY_OPTIONS_INIT;
    struct mmview_dtype *wide = dtype("u8");

    ck_assert_int_eq(mmview_view_broadcast(a, &most, 1, &huge, NULL), MMVIEW_OK);
    prepare();
    limit_address_space();
    ck_assert_int_eq(mmview_copy_new(huge, NULL, &v, &err), MMVIEW_ENOMEM);
    ck_assert_ptr_null(v);
    options.dtype = wide;
    FAILS(MMVIEW_EOVERFLOW, "the copy has more bytes than can be counted",
          mmview_copy_new(huge, &options, &v, &err));
    mmview_array_unref(a);
    mmview_array_unref(huge);
    mmview_dtype_unref(wide);
}
END_TEST

/* Without bytes there is nothing to do, however many items there are. */
START_TEST(nothing)
{
    struct mmview_array *a = array_of("'V0'", "(" HALF ", 4)", 0, 0);
    struct mmview_array *b = array_of("'V0'", "(" HALF ", 4)", 0, 0);

    ck_assert_int_eq(mmview_copy(a, b, MMVIEW_CASTING_NO, NULL), MMVIEW_OK);
    prepare();
    ck_assert_int_eq(mmview_copy_new(a, NULL, &v, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_array_size(v), INTPTR_MAX);
    ck_assert_ptr_nonnull(mmview_array_data(v));
    mmview_array_unref(v);
    mmview_array_unref(a);
    mmview_array_unref(b);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("copy");

    tcase_add_loop_test(tcase, can_cast, 0, COUNT(castings));
    tcase_add_test(tcase, refused);
    tcase_add_loop_test(tcase, overlapping, 0, COUNT(overlaps));
    tcase_add_test(tcase, in_place);
    tcase_add_test(tcase, fields_in_place);
    tcase_add_test(tcase, between_fields);
    tcase_add_loop_test(tcase, new_layouts, 0, COUNT(news));
    tcase_add_test(tcase, new_and_large);
    tcase_add_test(tcase, new_dtypes);
    tcase_add_test(tcase, too_large);
    tcase_add_test(tcase, nothing);
    return run_suite("copy", tcase);
}

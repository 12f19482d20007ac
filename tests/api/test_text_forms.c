/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The forms for programs: lines, tables and JSON, of every kind and layout. */
#include "raw.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* What a sink was given. */
struct taken {
    char text[4096];
    size_t length;
    int calls;
    int calls_left; /* until it takes no more; negative: it takes all */
};

static int take(void *context, const char *text, size_t length)
{
    struct taken *taken = context;

    taken->calls++;
    if (taken->calls_left == 0)
        return 7;
    if (taken->calls_left > 0)
        taken->calls_left--;
    for (size_t i = 0; i < length; i++, taken->length++)
        if (taken->length < sizeof taken->text - 1)
            taken->text[taken->length] = text[i];
    taken->text[taken->length < sizeof taken->text ? taken->length : sizeof taken->text - 1] = 0;
    return 0;
}

static void check_text(const struct mmview_array *array, int form, unsigned flags,
                       const char *expected)
{
    struct mmview_text_options options = MMVIEW_TEXT_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct taken taken = {.calls_left = -1};

    options.form = form;
    options.flags = flags;
    ck_assert_msg(mmview_write_text(array, &options, take, &taken, &err) == MMVIEW_OK, "%s",
                  err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_uint_eq(strlen(taken.text), strlen(expected));
    ck_assert_str_eq(taken.text, expected);
}

/* Bytes as items, and what each form makes of them. */
static const struct {
    const char *dtype;
    int ndim;
    mmview_intp shape[3];
    const char *data; /* in hexadecimal digits */
    const char *lines, *csv, *json, *jsonl;
} cases[] = {
    {"?",
     1,
     {3},
     "000102",
     "False\nTrue\nTrue\n",
     "False\nTrue\nTrue\n",
     "[false,true,true]\n",
     "false\ntrue\ntrue\n"},
    {"i1",
     2,
     {2, 2},
     "0080ff7f",
     "0\n-128\n-1\n127\n",
     "0,-128\n-1,127\n",
     "[[0,-128],[-1,127]]\n",
     "[0,-128]\n[-1,127]\n"},
    {"i1", 0, {0}, "07", "7\n", "7\n", "7\n", "7\n"},
    {"i1", 1, {0}, "", "", "", "[]\n", ""},
    {"i1", 2, {2, 0}, "", "", "\n\n", "[[],[]]\n", "[]\n[]\n"},
    {"i1", 2, {0, 2}, "", "", "", "[]\n", ""},
    {"i1", 3, {2, 0, 3}, "", "", "", "[[],[]]\n", "[]\n[]\n"},
    {"i1", 3, {1, 2, 0}, "", "", "\n\n", "[[[],[]]]\n", "[[],[]]\n"},
    {"i1",
     3,
     {2, 1, 2},
     "01020304",
     "1\n2\n3\n4\n",
     "1,2\n3,4\n",
     "[[[1,2]],[[3,4]]]\n",
     "[[1,2]]\n[[3,4]]\n"},
    {">u8",
     1,
     {1},
     "ffffffffffffffff",
     "18446744073709551615\n",
     "18446744073709551615\n",
     "[18446744073709551615]\n",
     "18446744073709551615\n"},
    {">u2", 1, {2}, "01020304", "258\n772\n", "258\n772\n", "[258,772]\n", "258\n772\n"},
    {"<i4", 1, {1}, "feffffff", "-2\n", "-2\n", "[-2]\n", "-2\n"},
    {">f2",
     1,
     {4},
     "3c007c00fc007e00",
     "1.0\ninf\n-inf\nnan\n",
     "1.0\ninf\n-inf\nnan\n",
     "[1.0,null,null,null]\n",
     "1.0\nnull\nnull\nnull\n"},
    {">f4",
     1,
     {3},
     "3dcccccd7f8000007fc00000",
     "0.1\ninf\nnan\n",
     "0.1\ninf\nnan\n",
     "[0.1,null,null]\n",
     "0.1\nnull\nnull\n"},
    {">f8",
     1,
     {3},
     "3ff0000000000000fff00000000000007ff8000000000000",
     "1.0\n-inf\nnan\n",
     "1.0\n-inf\nnan\n",
     "[1.0,null,null]\n",
     "1.0\nnull\nnull\n"},
    {">c8",
     1,
     {2},
     "3f800000400000007fc00000ff800000",
     "(1+2j)\n(nan-infj)\n",
     "(1+2j)\n(nan-infj)\n",
     "[[1.0,2.0],[null,null]]\n",
     "[1.0,2.0]\n[null,null]\n"},
    {">M8[D]",
     1,
     {2},
     "0000000000004d238000000000000000",
     "2024-01-25\nNaT\n",
     "2024-01-25\nNaT\n",
     "[\"2024-01-25\",null]\n",
     "\"2024-01-25\"\nnull\n"},
    {">m8[25s]",
     1,
     {2},
     "00000000000000038000000000000000",
     "3\nNaT\n",
     "3\nNaT\n",
     "[3,null]\n",
     "3\nnull\n"},
    {">M8", 1, {1}, "0000000000000003", "3\n", "3\n", "[3]\n", "3\n"},
    {"S4",
     1,
     {3},
     "61000000610062000000000000",
     "a\na\\x00b\n\n",
     NULL,
     "[\"a\",\"a\\u0000b\",\"\"]\n",
     "\"a\"\n\"a\\u0000b\"\n\"\"\n"},
    {"S4",
     1,
     {4},
     "612c6200612262000a0d09005cc3a9ff",
     "a,b\na\"b\n\\n\\r\\t\n\\\\\xc3\xa9\\xff\n",
     "\"a,b\"\n\"a\"\"b\"\n\"\n\r\t\"\n\\\xc3\xa9\xff\n",
     "[\"a,b\",\"a\\\"b\",\"\\n\\r\\t\",\"\\\\\xc3\xa9\\udcff\"]\n",
     "\"a,b\"\n\"a\\\"b\"\n\"\\n\\r\\t\"\n\"\\\\\xc3\xa9\\udcff\"\n"},
    {"S3",
     1,
     {2},
     "1bc285eda080",
     "\\x1b\\xc2\\x85\n\\xed\\xa0\\x80\n",
     "\x1b\xc2\x85\n\xed\xa0\x80\n",
     "[\"\\u001b\\u0085\",\"\\udced\\udca0\\udc80\"]\n",
     "\"\\u001b\\u0085\"\n\"\\udced\\udca0\\udc80\"\n"},
    {"S0", 1, {2}, "", "\n\n", "\"\"\n\"\"\n", "[\"\",\"\"]\n", "\"\"\n\"\"\n"},
    {">U2",
     1,
     {4},
     "000000e9000000000000002200001f600000d80000000085001100000000000a",
     "\xc3\xa9\n\"\xe1\xbd\xa0\n\\ud800\\x85\n\\U00110000\\n\n",
     "\xc3\xa9\n\"\"\"\xe1\xbd\xa0\"\n\xed\xa0\x80\xc2\x85\n\"\xef\xbf\xbd\n\"\n",
     "[\"\xc3\xa9\",\"\\\"\xe1\xbd\xa0\",\"\\\\ud800\\u0085\",\"\\\\U00110000\\n\"]\n",
     "\"\xc3\xa9\"\n\"\\\"\xe1\xbd\xa0\"\n\"\\\\ud800\\u0085\"\n\"\\\\U00110000\\n\"\n"},
    {"<U1",
     1,
     {2},
     "ffffffff00000000",
     "\\Uffffffff\n\n",
     "\xef\xbf\xbd\n\"\"\n",
     "[\"\\\\Uffffffff\",\"\"]\n",
     "\"\\\\Uffffffff\"\n\"\"\n"},
    {"V2",
     1,
     {2},
     "00ff6162",
     "00ff\n6162\n",
     "00ff\n6162\n",
     "[\"00ff\",\"6162\"]\n",
     "\"00ff\"\n\"6162\"\n"},
    {"V0", 2, {1, 2}, "", "\n\n", ",\n", "[[\"\",\"\"]]\n", "[\"\",\"\"]\n"},
    {"[('a', '>i2'), ('b', 'S1')]",
     1,
     {2},
     "000161fffe2c",
     "(1, b'a')\n(-2, b',')\n",
     "a,b\n1,a\n-2,\",\"\n",
     "[{\"a\":1,\"b\":\"a\"},{\"a\":-2,\"b\":\",\"}]\n",
     "{\"a\":1,\"b\":\"a\"}\n{\"a\":-2,\"b\":\",\"}\n"},
    {"[('a', 'i1')]",
     2,
     {1, 2},
     "0102",
     "(1,)\n(2,)\n",
     "a\n1\n2\n",
     "[[{\"a\":1},{\"a\":2}]]\n",
     "[{\"a\":1},{\"a\":2}]\n"},
    {"[('a', 'S1')]", 0, {0}, "00", "(b'',)\n", "a\n\"\"\n", "{\"a\":\"\"}\n", "{\"a\":\"\"}\n"},
    {"[('', 'i1'), ('p', [('x', 'i1'), ('y', 'i1', (2, 1))])]",
     1,
     {1},
     "01020304",
     "(1, (2, [[3], [4]]))\n",
     ",p.x,p.y.0.0,p.y.1.0\n1,2,3,4\n",
     "[{\"\":1,\"p\":{\"x\":2,\"y\":[[3],[4]]}}]\n",
     "{\"\":1,\"p\":{\"x\":2,\"y\":[[3],[4]]}}\n"},
    {"[('s', [('x', '>u2')], (2,)), ('e', 'i1', (0,)), ('v', 'V1')]",
     1,
     {1},
     "0001000209",
     "([(1,), (2,)], [], b'\\x09')\n",
     "s.0.x,s.1.x,v\n1,2,09\n",
     "[{\"s\":[{\"x\":1},{\"x\":2}],\"e\":[],\"v\":\"09\"}]\n",
     "{\"s\":[{\"x\":1},{\"x\":2}],\"e\":[],\"v\":\"09\"}\n"},
    {"[]", 1, {2}, "", "()\n()\n", "\n\n\n", "[{},{}]\n", "{}\n{}\n"},
    {"[('a,b', 'i1'), ('c\"', 'i1')]", 1, {0}, "", "", "\"a,b\",\"c\"\"\"\n", "[]\n", ""},
};

/* `bytes` from hexadecimal digits. */
static void set_bytes(const char *digits)
{
    memset(bytes, 0, sizeof bytes);
    for (size_t i = 0; digits[i]; i += 2) {
        char pair[3] = {digits[i], digits[i + 1], 0};

        bytes[i / 2] = (unsigned char)strtoul(pair, NULL, 16);
    }
}

START_TEST(forms)
{
    struct mmview_array *array;

    set_bytes(cases[_i].data);
    array = map_raw(cases[_i].dtype, cases[_i].ndim, cases[_i].shape, 0, MMVIEW_MODE_R);
    check_text(array, MMVIEW_TEXT_LINES, 0, cases[_i].lines);
    if (cases[_i].csv)
        check_text(array, MMVIEW_TEXT_CSV, 0, cases[_i].csv);
    check_text(array, MMVIEW_TEXT_JSON, 0, cases[_i].json);
    check_text(array, MMVIEW_TEXT_JSONL, 0, cases[_i].jsonl);
    mmview_array_unref(array);
}
END_TEST

START_TEST(tabs)
{
    static const mmview_intp shape[] = {2, 2};
    struct mmview_array *array;

    set_bytes("612c090922000a61");
    array = map_raw("S2", 2, shape, 0, MMVIEW_MODE_R);
    check_text(array, MMVIEW_TEXT_TSV, 0, "a,\t\"\t\t\"\n\"\"\"\"\t\"\na\"\n");
    mmview_array_unref(array);
}
END_TEST

/* NaN and infinities of all kinds, NaT, and what is none of them. */
START_TEST(nan_strings)
{
    static const mmview_intp shape[] = {1};
    struct mmview_array *array;

    set_bytes("7e00fc007c00"
              "ff800000"
              "7ff8000000000001"
              "bff00000000000007ff0000000000000"
              "8000000000000000"
              "8000000000000000");
    array = map_raw("[('e', '>f2', (3,)), ('f', '>f4'), ('d', '>f8'), ('D', '>c16'), "
                    "('M', '>M8[s]'), ('m', '>m8[s]')]",
                    1, shape, 0, MMVIEW_MODE_R);
    check_text(array, MMVIEW_TEXT_JSONL, MMVIEW_TEXT_NAN_STRING,
               "{\"e\":[\"NaN\",\"-Infinity\",\"Infinity\"],\"f\":\"-Infinity\",\"d\":\"NaN\","
               "\"D\":[-1.0,\"Infinity\"],\"M\":\"NaT\",\"m\":\"NaT\"}\n");
    check_text(array, MMVIEW_TEXT_JSON, 0,
               "[{\"e\":[null,null,null],\"f\":null,\"d\":null,\"D\":[-1.0,null],\"M\":null,"
               "\"m\":null}]\n");
    mmview_array_unref(array);
}
END_TEST

/* A view of the raw file, released with it. */
static struct mmview_array *view_of_raw(const char *dtype, int ndim, const mmview_intp *shape,
                                        const char *index)
{
    struct mmview_array *array = map_raw(dtype, ndim, shape, 0, MMVIEW_MODE_R), *view = NULL;

    ck_assert_int_eq(mmview_view_select(array, index, SIZE_MAX, &view, NULL), MMVIEW_OK);
    mmview_array_unref(array);
    return view;
}

START_TEST(views)
{
    static const mmview_intp shape[] = {2, 3}, wide[] = {2, 1, 3};
    struct mmview_array *view, *other;

    set_bytes("000100020003000400050006");
    view = view_of_raw(">i2", 2, shape, "::-1, ::-2");
    check_text(view, MMVIEW_TEXT_LINES, 0, "6\n4\n3\n1\n");
    check_text(view, MMVIEW_TEXT_LINES, MMVIEW_TEXT_INDEX, "0\t0\t6\n0\t1\t4\n1\t0\t3\n1\t1\t1\n");
    check_text(view, MMVIEW_TEXT_CSV, 0, "6,4\n3,1\n");
    check_text(view, MMVIEW_TEXT_JSON, 0, "[[6,4],[3,1]]\n");
    mmview_array_unref(view);

    view = view_of_raw(">i2", 2, shape, "...");
    ck_assert_int_eq(mmview_view_transpose(view, NULL, 0, &other, NULL), MMVIEW_OK);
    check_text(other, MMVIEW_TEXT_CSV, 0, "1,4\n2,5\n3,6\n");
    check_text(other, MMVIEW_TEXT_JSONL, 0, "[1,4]\n[2,5]\n[3,6]\n");
    mmview_array_unref(other);
    mmview_array_unref(view);

    view = view_of_raw(">i2", 2, shape, "1, :");
    ck_assert_int_eq(mmview_view_broadcast(view, wide, 3, &other, NULL), MMVIEW_OK);
    check_text(other, MMVIEW_TEXT_JSON, 0, "[[[4,5,6]],[[4,5,6]]]\n");
    check_text(other, MMVIEW_TEXT_LINES, MMVIEW_TEXT_INDEX,
               "0\t0\t0\t4\n0\t0\t1\t5\n0\t0\t2\t6\n1\t0\t0\t4\n1\t0\t1\t5\n1\t0\t2\t6\n");
    mmview_array_unref(other);
    mmview_array_unref(view);

    view = view_of_raw(">i2", 2, shape, "1, 1");
    check_text(view, MMVIEW_TEXT_LINES, MMVIEW_TEXT_INDEX, "5\n");
    mmview_array_unref(view);

    /* Structs one after the other, backwards, and not aligned. */
    view = view_of_raw("[('a', 'i1'), ('b', '>i2')]", 1, shape, "::-1");
    check_text(view, MMVIEW_TEXT_CSV, 0, "a,b\n2,3\n0,256\n");
    check_text(view, MMVIEW_TEXT_LINES, MMVIEW_TEXT_INDEX, "0\t(2, 3)\n1\t(0, 256)\n");
    mmview_array_unref(view);
    view = view_of_raw("[('a', 'i1'), ('b', '>f4')]", 1, wide + 2, "'b'");
    check_text(view, MMVIEW_TEXT_JSON, 0, "[2.3511322e-38,3.67349e-40,2.4074124e-35]\n");
    mmview_array_unref(view);
}
END_TEST

/* Text longer than any buffer, in rows that end anywhere in it. */
#define MANY 30000

static char *numbers(mmview_intp columns, const char *open, const char *between, const char *close)
{
    char *text = malloc(MANY * 16), *to = text;

    ck_assert_ptr_nonnull(text);
    for (int i = 0; i < MANY; i++) {
        bool first = i % columns == 0, last = (i + 1) % columns == 0;

        to += sprintf(to, "%s%d%s", first ? open : "", i * 7, last ? close : between);
    }
    return text;
}

/* Compares as it comes. */
struct compared {
    const char *expected;
    size_t calls;
};

static int compare(void *context, const char *text, size_t length)
{
    struct compared *compared = context;

    ck_assert_int_eq(strncmp(text, compared->expected, length), 0);
    compared->expected += length;
    compared->calls++;
    return 0;
}

static void check_long(const struct mmview_array *array, int form, char *expected)
{
    struct mmview_text_options options = MMVIEW_TEXT_OPTIONS_INIT;
    struct compared compared = {expected, 0};

    options.form = form;
    ck_assert_int_eq(mmview_write_text(array, &options, compare, &compared, NULL), MMVIEW_OK);
    ck_assert_str_eq(compared.expected, "");
    ck_assert_uint_gt(compared.calls, 1);
    /* Pieces are large: each costs a program a system call. */
    ck_assert_uint_le(compared.calls, 1 + (size_t)(compared.expected - expected) / 32768);
    free(expected);
}

START_TEST(long_text)
{
    const mmview_intp shape[] = {MANY / 6, 6}, table[] = {MANY / 6, 3, 2};
    int32_t *items = malloc(MANY * sizeof *items);
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_dtype *dtype;
    struct mmview_array *array, *other;

    ck_assert_ptr_nonnull(items);
    for (int i = 0; i < MANY; i++)
        items[i] = i * 7;
    write_file("many", items, MANY * sizeof *items);
    free(items);
    ck_assert_int_eq(mmview_dtype_parse("=i4", SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    options.dtype = dtype;
    options.ndim = 2;
    options.shape = shape;
    ck_assert_int_eq(mmview_memmap("many", &options, &array, NULL), MMVIEW_OK);
    mmview_dtype_unref(dtype);

    check_long(array, MMVIEW_TEXT_LINES, numbers(1, "", "", "\n"));
    check_long(array, MMVIEW_TEXT_CSV, numbers(6, "", ",", "\n"));
    check_long(array, MMVIEW_TEXT_TSV, numbers(6, "", "\t", "\n"));
    check_long(array, MMVIEW_TEXT_JSONL, numbers(6, "[", ",", "]\n"));
    ck_assert_int_eq(mmview_view_reshape(array, table, 3, MMVIEW_ORDER_C, &other, NULL), MMVIEW_OK);
    check_long(other, MMVIEW_TEXT_CSV, numbers(2, "", ",", "\n"));
    mmview_array_unref(other);
    mmview_array_unref(array);
}
END_TEST

static const int all_forms[] = {MMVIEW_TEXT_LINES, MMVIEW_TEXT_CSV, MMVIEW_TEXT_TSV,
                                MMVIEW_TEXT_JSON, MMVIEW_TEXT_JSONL};

/* Arrays of so many items that only a sink ends it, and of what has no columns. */
static const char *const endless[] = {"V0", "S0", "[]", "[('a', [], (2147483647,))]"};

START_TEST(sink_ends_it)
{
    static const mmview_intp shape[] = {3, 1000000007, 1000000007};
    struct mmview_array *array = map_raw(endless[_i], 3, shape, 0, MMVIEW_MODE_R);

    for (int i = 0; i < COUNT(all_forms); i++)
        for (int calls = 0; calls < 3; calls++) {
            struct mmview_text_options options = MMVIEW_TEXT_OPTIONS_INIT;
            struct mmview_error err = MMVIEW_ERROR_INIT;
            struct taken taken = {.calls_left = calls};

            options.form = all_forms[i];
            ck_assert_int_eq(mmview_write_text(array, &options, take, &taken, &err),
                             MMVIEW_ECANCELED);
            ck_assert_int_eq(err.status, MMVIEW_ECANCELED);
            ck_assert_int_eq(taken.calls, calls + 1);
        }
    mmview_array_unref(array);
}
END_TEST

/* Each form has its own flags, and no others. */
START_TEST(flags)
{
    static const mmview_intp shape[] = {1};
    struct mmview_array *array = map_raw("i1", 1, shape, 0, MMVIEW_MODE_R);

    for (int i = 0; i < COUNT(all_forms); i++)
        for (unsigned bit = 1; bit != 0; bit <<= 1) {
            struct mmview_text_options options = MMVIEW_TEXT_OPTIONS_INIT;
            struct taken taken = {.calls_left = -1};
            bool json = all_forms[i] == MMVIEW_TEXT_JSON || all_forms[i] == MMVIEW_TEXT_JSONL;
            bool known = json                                ? bit == MMVIEW_TEXT_NAN_STRING
                         : all_forms[i] == MMVIEW_TEXT_LINES ? bit == MMVIEW_TEXT_INDEX
                                                             : false;
            int status;

            options.form = all_forms[i];
            options.flags = bit;
            status = mmview_write_text(array, &options, take, &taken, NULL);
            ck_assert_int_eq(status == MMVIEW_OK, known);
            ck_assert_int_eq(taken.calls > 0, known);
        }
    mmview_array_unref(array);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("text_forms");

    tcase_add_loop_test(tcase, forms, 0, COUNT(cases));
    tcase_add_test(tcase, tabs);
    tcase_add_test(tcase, nan_strings);
    tcase_add_test(tcase, views);
    tcase_add_test(tcase, long_text);
    tcase_add_loop_test(tcase, sink_ends_it, 0, COUNT(endless));
    tcase_add_test(tcase, flags);
    return run_suite("text_forms", tcase);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Declarations as text. That they compile, and mean what NumPy means, is looked
 * at in tests/oracle/test_declarations.py. */
#include <mmview.h>

#include "scratch.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define C_ORDER                                                                 \
    "#if defined __BYTE_ORDER__ && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__\n" \
    "#error \"these are little-endian numbers\"\n"                              \
    "#endif\n"
#define PYTHON_ORDER "assert sys.byteorder == 'little'\n"
#define OTHER_CLASS  "__ctype_be__"
#define OTHER_NAME   "big-endian"
#else
#define C_ORDER                                                              \
    "#if defined __BYTE_ORDER__ && __BYTE_ORDER__ != __ORDER_BIG_ENDIAN__\n" \
    "#error \"these are big-endian numbers\"\n"                              \
    "#endif\n"
#define PYTHON_ORDER "assert sys.byteorder == 'big'\n"
#define OTHER_CLASS  "__ctype_le__"
#define OTHER_NAME   "little-endian"
#endif

#define C_START      "#include <assert.h>\n#include <stddef.h>\n#include <stdint.h>\n"
#define PYTHON_START "import ctypes\nimport sys\n\n" PYTHON_ORDER

static struct mmview_dtype *parse(const char *text)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype;

    ck_assert_msg(mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, &err) == MMVIEW_OK, "%s",
                  err.message);
    return dtype;
}

static char *declare(const char *text, int language)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = parse(text);
    mmview_intp n = mmview_export_declaration(dtype, language, "item", NULL, 0, &err);
    char *declaration = malloc((size_t)n + 2);

    ck_assert_msg(n > 0, "%s", err.message);
    memset(declaration, 0x55, (size_t)n + 2);
    ck_assert_int_eq(
        mmview_export_declaration(dtype, language, "item", declaration, (size_t)n + 1, &err), n);
    ck_assert_uint_eq(strlen(declaration), (size_t)n);
    ck_assert_int_eq(declaration[n + 1], 0x55);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    mmview_dtype_unref(dtype);
    return declaration;
}

static const struct {
    const char *dtype, *c, *python;
} cases[] = {
    {"=f8",
     C_START "\n" C_ORDER "\n"
             "typedef double item;\n"
             "static_assert(sizeof(item) == 8, \"size\");\n",
     PYTHON_START "\n"
                  "item = ctypes.c_double\n"
                  "assert ctypes.sizeof(item) == 8\n"},
    {"(2,3)" OTHER "f4",
     C_START "\n"
             "typedef unsigned char item[2][3][4]; /* float32, " OTHER_NAME " */\n"
             "static_assert(sizeof(item) == 24, \"size\");\n",
     "import ctypes\n"
     "\n"
     "item = ctypes.c_float." OTHER_CLASS " * 3 * 2  # float32, " OTHER_NAME "\n"
     "assert ctypes.sizeof(item) == 24\n"},
    /* As the compiler lays it out; padding that it would not put there. */
    {"[('x', '=i4'), ('n', 'i1'), ('', 'V3'), ('', 'V4'), (('T*/', 'y'), '=f4')]",
     C_START "\n" C_ORDER "\n"
             "struct item {\n"
             "    int32_t x;\n"
             "    int8_t n;\n"
             "    unsigned char pad_5_[7];\n"
             "    float y; /* title 'T*\\x2f' */\n"
             "};\n"
             "static_assert(sizeof(struct item) == 16, \"size\");\n"
             "static_assert(offsetof(struct item, x) == 0, \"offset\");\n"
             "static_assert(offsetof(struct item, n) == 4, \"offset\");\n"
             "static_assert(offsetof(struct item, y) == 12, \"offset\");\n",
     PYTHON_START "\n"
                  "\n"
                  "class item(ctypes.Structure):\n"
                  "    _pack_ = 1\n"
                  "    _layout_ = 'ms'\n"
                  "    _fields_ = [\n"
                  "        ('x', ctypes.c_int32),\n"
                  "        ('n', ctypes.c_int8),\n"
                  "        ('', ctypes.c_char * 7),\n"
                  "        ('y', ctypes.c_float),  # title 'T*\\x2f'\n"
                  "    ]\n"
                  "\n"
                  "\n"
                  "assert ctypes.sizeof(item) == 16\n"},
    /* Packed; nested; in the end a gap. Fields of no bytes. */
    {"[('n', '?'), ('p', [('x', '=i2'), ('z', 'S0')], (2,)), ('t', '=M8[s]'), ('', 'V1')]",
     C_START "\n" C_ORDER "\n"
             "struct item_p_1 {\n"
             "    int16_t x;\n"
             "    /* no bytes: 'z' */\n"
             "};\n"
             "static_assert(sizeof(struct item_p_1) == 2, \"size\");\n"
             "static_assert(offsetof(struct item_p_1, x) == 0, \"offset\");\n"
             "\n"
             "struct item {\n"
             "    uint8_t n; /* bool */\n"
             "    struct item_p_1 p[2];\n"
             "    int64_t t; /* datetime64[s] */\n"
             "    unsigned char pad_13_[1];\n"
             "} __attribute__((packed));\n"
             "static_assert(sizeof(struct item) == 14, \"size\");\n"
             "static_assert(offsetof(struct item, n) == 0, \"offset\");\n"
             "static_assert(offsetof(struct item, p) == 1, \"offset\");\n"
             "static_assert(offsetof(struct item, t) == 5, \"offset\");\n",
     PYTHON_START "\n"
                  "\n"
                  "class item_p_1(ctypes.Structure):\n"
                  "    _pack_ = 1\n"
                  "    _layout_ = 'ms'\n"
                  "    _fields_ = [\n"
                  "        ('x', ctypes.c_int16),\n"
                  "        ('z', ctypes.c_char * 0),\n"
                  "    ]\n"
                  "\n"
                  "\n"
                  "assert ctypes.sizeof(item_p_1) == 2\n"
                  "\n"
                  "\n"
                  "class item(ctypes.Structure):\n"
                  "    _pack_ = 1\n"
                  "    _layout_ = 'ms'\n"
                  "    _fields_ = [\n"
                  "        ('n', ctypes.c_bool),  # bool\n"
                  "        ('p', item_p_1 * 2),\n"
                  "        ('t', ctypes.c_int64),  # datetime64[s]\n"
                  "        ('', ctypes.c_char * 1),\n"
                  "    ]\n"
                  "\n"
                  "\n"
                  "assert ctypes.sizeof(item) == 14\n"},
    {"S0", "/* item: items of 0 bytes, for which C has no type */\n",
     "import ctypes\n"
     "\n"
     "item = ctypes.c_char * 0\n"
     "assert ctypes.sizeof(item) == 0\n"},
};

START_TEST(texts)
{
    char *text = declare(cases[_i].dtype, MMVIEW_LANGUAGE_C);

    ck_assert_str_eq(text, cases[_i].c);
    free(text);
    text = declare(cases[_i].dtype, MMVIEW_LANGUAGE_PYTHON);
    ck_assert_str_eq(text, cases[_i].python);
    free(text);
}
END_TEST

/* What one field of a struct of one is in C: its line. */
static const struct {
    const char *type, *line;
} types[] = {
    {"i1", "int8_t x;"},
    {"=u2", "uint16_t x;"},
    {"=f2", "uint16_t x; /* float16 */"},
    {OTHER "f2", "unsigned char x[2]; /* float16, " OTHER_NAME " */"},
    {"=c8", "float _Complex x;"},
    {"=c16", "double _Complex x;"},
    {"g", "long double x;"},
    {"G", "long double _Complex x;"},
    {OTHER "i4", "unsigned char x[4]; /* int32, " OTHER_NAME " */"},
    {"S3", "char x[3];"},
    {"V3", "unsigned char x[3];"},
    {"=U3", "uint32_t x[3]; /* text, as code points */"},
    {OTHER "U3", "unsigned char x[12]; /* text, as code points, " OTHER_NAME " */"},
    {"=m8[25s]", "int64_t x; /* timedelta64[25s] */"},
    {OTHER "M8[ns]", "unsigned char x[8]; /* datetime64[ns], " OTHER_NAME " */"},
};

START_TEST(types_in_c)
{
    char dtype[64], line[128], *text;

    snprintf(dtype, sizeof dtype, "[('x', '%s')]", types[_i].type);
    snprintf(line, sizeof line, "\n    %s\n", types[_i].line);
    text = declare(dtype, MMVIEW_LANGUAGE_C);
    ck_assert_msg(strstr(text, line) != NULL, "no %s in %s", line, text);
    free(text);
}
END_TEST

/* The same in Python. */
static const struct {
    const char *type, *line;
} python_types[] = {
    {"?", "ctypes.c_bool),  # bool"},
    {"=u8", "ctypes.c_uint64),"},
    {OTHER "i4", "ctypes.c_int32." OTHER_CLASS "),  # int32, " OTHER_NAME},
    {"=f2", "ctypes.c_uint16),  # float16"},
    {"=c16", "ctypes.c_double * 2),"},
    {OTHER "c8", "ctypes.c_float." OTHER_CLASS " * 2),  # complex64, " OTHER_NAME},
    {"g", "ctypes.c_longdouble),"},
    {"G", "ctypes.c_longdouble * 2),"},
#if __SIZEOF_LONG_DOUBLE__ == 16
    {OTHER "f16", "ctypes.c_ubyte * 16),  # float128, " OTHER_NAME},
    {OTHER "c32", "ctypes.c_ubyte * 32),  # complex256, " OTHER_NAME},
#endif
    {"S3", "ctypes.c_char * 3),"},
    {"V3", "ctypes.c_ubyte * 3),"},
    {"=U3", "ctypes.c_uint32 * 3),  # text, as code points"},
    {OTHER "m8[s]", "ctypes.c_int64." OTHER_CLASS "),  # timedelta64[s], " OTHER_NAME},
};

START_TEST(types_in_python)
{
    char dtype[64], line[128], *text;

    snprintf(dtype, sizeof dtype, "[('x', '%s')]", python_types[_i].type);
    snprintf(line, sizeof line, "\n        ('x', %s\n", python_types[_i].line);
    text = declare(dtype, MMVIEW_LANGUAGE_PYTHON);
    ck_assert_msg(strstr(text, line) != NULL, "no %s in %s", line, text);
    free(text);
}
END_TEST

/* Names that C can not have: what becomes of them, in the field's line. */
static const struct {
    const char *dtype, *line;
} names[] = {
    {"[('a b', 'i1')]", "int8_t a_b_0_; /* 'a b' */"},
    {"[('x', 'i1'), ('class', 'i1')]", "int8_t class_1_; /* 'class' */"},
    {"[('0', 'i1')]", "int8_t f0_0_; /* '0' */"},
    {"[('', 'i1')]", "int8_t f_0_; /* '' */"},
    {"[('_x', 'i1')]", "int8_t _x;"},
    {"[('_X', 'i1')]", "int8_t f_X_0_; /* '_X' */"},
    {"[('__x', 'i1')]", "int8_t f__x_0_; /* '__x' */"},
    {"[('linux', 'i1')]", "int8_t linux_0_; /* 'linux' */"},
    {"[('INT8_MAX', 'i1')]", "int8_t INT8_MAX_0_; /* 'INT8_MAX' */"},
    {"[('T_MAX', 'i1')]", "int8_t T_MAX;"},
    {"[('a_b_0_', 'i1')]", "int8_t a_b_0__0_; /* 'a_b_0_' */"},
    {"[('a_b_', 'i1')]", "int8_t a_b_;"},
    {"[('\\xe9t\\xe9', 'i1')]", "int8_t f_t__0_; /* '\xc3\xa9t\xc3\xa9' */"},
    {"[('*/ int y; /*', 'i1')]", "int8_t f___int_y_____0_; /* '*\\x2f int y; /\\x2a' */"},
    {"[('a\\nb\\0', 'i1')]", "int8_t a_b__0_; /* 'a\\x0ab\\x00' */"},
    {"[('\\ud800\\u200b', 'i1')]", "int8_t f___0_; /* '\\ud800\\u200b' */"},
};

START_TEST(names_in_c)
{
    char line[128], *text = declare(names[_i].dtype, MMVIEW_LANGUAGE_C);

    snprintf(line, sizeof line, "\n    %s\n", names[_i].line);
    ck_assert_msg(strstr(text, line) != NULL, "no %s in %s", line, text);
    free(text);
}
END_TEST

START_TEST(names_in_python)
{
    char *text = declare("[('a b', 'i1'), ('it\\'s', 'i1'), ('_fields_', 'i1'), ('class', 'i1'), "
                         "('__init__', 'i1'), ('nul\\0', 'i1')]",
                         MMVIEW_LANGUAGE_PYTHON);

    ck_assert_ptr_nonnull(strstr(text, "        ('a b', ctypes.c_int8),\n"));
    ck_assert_ptr_nonnull(strstr(text, "        (\"it's\", ctypes.c_int8),\n"));
    ck_assert_ptr_nonnull(strstr(text, "        ('f_fields__2_', ctypes.c_int8),  # '_fields_'\n"));
    ck_assert_ptr_nonnull(strstr(text, "        ('class', ctypes.c_int8),\n"));
    ck_assert_ptr_nonnull(strstr(text, "        ('f__init___4_', ctypes.c_int8),  # '__init__'\n"));
    ck_assert_ptr_nonnull(strstr(text, "        ('nul\\x00', ctypes.c_int8),\n"));
    free(text);
}
END_TEST

/* The declaration of a[chosen]. */
static void declare_selection(const char *dtype_text, const char *const chosen[], size_t count,
                              int language, char *text, size_t size)
{
    static const unsigned char bytes[64];
    struct mmview_memmap_options options = MMVIEW_MEMMAP_OPTIONS_INIT;
    struct mmview_dtype *dtype = parse(dtype_text);
    const mmview_intp shape[] = {1};
    struct mmview_array *a, *b;

    write_file("raw", bytes, sizeof bytes);
    options.dtype = dtype;
    options.ndim = 1;
    options.shape = shape;
    ck_assert_int_eq(mmview_memmap("raw", &options, &a, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_view_fields(a, chosen, NULL, count, &b, NULL), MMVIEW_OK);
    ck_assert_int_gt(
        mmview_export_declaration(mmview_array_dtype(b), language, "item", text, size, NULL), 0);
    mmview_array_unref(a);
    mmview_array_unref(b);
    mmview_dtype_unref(dtype);
}

/* Fields taken out of order: sorted, and the gaps between. */
START_TEST(selected_fields)
{
    static const char *const some[] = {"z", "x"}, *const all[] = {"i", "s", "x"};
    char text[1024];

    declare_selection("[('x', 'u1'), ('y', '=f4'), ('z', 'i1'), ('', 'V1')]", some, 2,
                      MMVIEW_LANGUAGE_C, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "struct item {\n"
                                       "    uint8_t x;\n"
                                       "    unsigned char pad_1_[4];\n"
                                       "    int8_t z;\n"
                                       "    unsigned char pad_6_[1];\n"
                                       "};\n"));
    /* One of no bytes is where the next one is, and before it. */
    declare_selection("[('x', 'u1'), ('s', 'S0'), ('i', '=i4')]", all, 3, MMVIEW_LANGUAGE_PYTHON,
                      text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "    _fields_ = [\n"
                                       "        ('x', ctypes.c_uint8),\n"
                                       "        ('s', ctypes.c_char * 0),\n"
                                       "        ('i', ctypes.c_int32),\n"
                                       "    ]\n"));
}
END_TEST

/* Gaps that the compiler leaves by itself are not spelled out. */
START_TEST(natural_gaps)
{
    char *text = declare("[('n', 'i1'), ('', 'V3'), ('x', '=i4'), ('m', 'i1'), ('', 'V3')]",
                         MMVIEW_LANGUAGE_C);

    ck_assert_ptr_nonnull(strstr(text, "struct item {\n"
                                       "    int8_t n;\n"
                                       "    int32_t x;\n"
                                       "    int8_t m;\n"
                                       "};\n"
                                       "static_assert(sizeof(struct item) == 12, \"size\");\n"));
    free(text);
}
END_TEST

START_TEST(as_snprintf)
{
    struct mmview_dtype *dtype = parse("=f8");
    size_t length = strlen(cases[0].c);
    char text[512];

    for (size_t size = 0; size < length + 3; size++) {
        memset(text, 0x55, sizeof text);
        ck_assert_int_eq(
            mmview_export_declaration(dtype, MMVIEW_LANGUAGE_C, "item", text, size, NULL),
            (mmview_intp)length);
        if (size > 0) {
            size_t n = size - 1 < length ? size - 1 : length;

            ck_assert_int_eq(memcmp(text, cases[0].c, n), 0);
            ck_assert_int_eq(text[n], '\0');
        }
        ck_assert_int_eq(text[size], 0x55);
    }
    mmview_dtype_unref(dtype);
}
END_TEST

static void refused(const struct mmview_dtype *dtype, int language, const char *name, int status)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    char text[8] = "before";

    ck_assert_int_eq(mmview_export_declaration(dtype, language, name, text, sizeof text, &err),
                     status);
    ck_assert_int_eq(err.status, status);
    ck_assert_str_eq(text, "before");
}

START_TEST(refusals)
{
    static const char *const no_name[] = {"", "0x", "a b", "a-b", "\xc3\xa9", "a\n", "class"};
    struct mmview_dtype *dtype = parse("=f8"), *object = parse("O");
    char text[512];

    for (size_t i = 0; i < sizeof no_name / sizeof *no_name; i++) {
        refused(dtype, MMVIEW_LANGUAGE_C, no_name[i], MMVIEW_EINVAL);
        refused(dtype, MMVIEW_LANGUAGE_PYTHON, no_name[i], MMVIEW_EINVAL);
    }
    /* Words of the one language are names in the other. */
    refused(dtype, MMVIEW_LANGUAGE_C, "int", MMVIEW_EINVAL);
    refused(dtype, MMVIEW_LANGUAGE_PYTHON, "def", MMVIEW_EINVAL);
    refused(dtype, MMVIEW_LANGUAGE_PYTHON, "ctypes", MMVIEW_EINVAL);
    ck_assert_int_gt(
        mmview_export_declaration(dtype, MMVIEW_LANGUAGE_C, "def", text, sizeof text, NULL), 0);
    ck_assert_int_gt(
        mmview_export_declaration(dtype, MMVIEW_LANGUAGE_PYTHON, "int", text, sizeof text, NULL),
        0);
    refused(dtype, -1, "item", MMVIEW_EINVAL);
    refused(dtype, 2, "item", MMVIEW_EINVAL);
    refused(object, MMVIEW_LANGUAGE_C, "item", MMVIEW_EOBJECT);
    mmview_dtype_unref(object);
    object = parse("[('x', [('y', 'O', (2,))])]");
    refused(object, MMVIEW_LANGUAGE_PYTHON, "item", MMVIEW_EOBJECT);
    mmview_dtype_unref(object);
    mmview_dtype_unref(dtype);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("declaration");

    tcase_add_loop_test(tcase, texts, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(tcase, types_in_c, 0, sizeof types / sizeof *types);
    tcase_add_loop_test(tcase, types_in_python, 0, sizeof python_types / sizeof *python_types);
    tcase_add_loop_test(tcase, names_in_c, 0, sizeof names / sizeof *names);
    tcase_add_test(tcase, names_in_python);
    tcase_add_test(tcase, selected_fields);
    tcase_add_test(tcase, natural_gaps);
    tcase_add_test(tcase, as_snprintf);
    tcase_add_test(tcase, refusals);
    return run_suite("declaration", tcase);
}

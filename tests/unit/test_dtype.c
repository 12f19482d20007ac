/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.dtype(str): letters, kinds with a size, aliases, byte orders. What is
 * accepted and refused is what NumPy 1.24 accepts and refuses, unless a comment
 * says otherwise. */
#include "from_string.h"
#include "../words.h"

#include <limits.h>

#include "format/number_type.h"

/* What the C compiler says of a type, as NumPy asks it. */
#define C_TYPE(t)                     \
    (int)sizeof(t), offsetof(         \
                        struct {      \
                            char c;   \
                            t member; \
                        },            \
                        member)

/* The types, by number. 'U' and the letters after it are sized by the text. */
static const struct {
    char letter, kind;
    int size, alignment;
    bool ordered;
    const char *stem; /* of its name */
} types[] = {
    {'?', 'b', C_TYPE(_Bool), false, "bool"},
    {'b', 'i', C_TYPE(signed char), false, "int"},
    {'B', 'u', C_TYPE(unsigned char), false, "uint"},
    {'h', 'i', C_TYPE(short), true, "int"},
    {'H', 'u', C_TYPE(unsigned short), true, "uint"},
    {'i', 'i', C_TYPE(int), true, "int"},
    {'I', 'u', C_TYPE(unsigned), true, "uint"},
    {'l', 'i', C_TYPE(long), true, "int"},
    {'L', 'u', C_TYPE(unsigned long), true, "uint"},
    {'q', 'i', C_TYPE(long long), true, "int"},
    {'Q', 'u', C_TYPE(unsigned long long), true, "uint"},
    {'f', 'f', C_TYPE(float), true, "float"},
    {'d', 'f', C_TYPE(double), true, "float"},
    {'g', 'f', C_TYPE(long double), true, "float"},
    {'F', 'c', C_TYPE(float _Complex), true, "complex"},
    {'D', 'c', C_TYPE(double _Complex), true, "complex"},
    {'G', 'c', C_TYPE(long double _Complex), true, "complex"},
    {'O', 'O', C_TYPE(void *), false, "object"},
    {'S', 'S', 0, 1, false, "bytes"},
    {'U', 'U', 0, 4, true, "str"},
    {'V', 'V', 0, 1, false, "void"},
    {'M', 'M', C_TYPE(int64_t), true, "datetime64"},
    {'m', 'm', C_TYPE(int64_t), true, "timedelta64"},
    {'e', 'f', 2, 2, true, "float"},
};

static void check_type(const struct mmview_dtype *dtype, int num, char order)
{
    bool sized = !strchr("?OSUVMm", types[num].letter);
    char name[32], typestr[32];

    snprintf(name, sizeof name, sized ? "%s%d" : "%s", types[num].stem, 8 * types[num].size);
    snprintf(typestr, sizeof typestr, types[num].letter == 'O' ? "|O" : "%c%c%d",
             !types[num].ordered ? '|'
             : order == '='      ? *OWN
                                 : order,
             types[num].kind, types[num].size);
    ck_assert_int_eq(mmview_dtype_num(dtype), num);
    ck_assert_int_eq(mmview_dtype_char(dtype), types[num].letter);
    ck_assert_int_eq(mmview_dtype_kind(dtype), types[num].kind);
    ck_assert_int_eq(mmview_dtype_itemsize(dtype), types[num].size);
    ck_assert_int_eq(mmview_dtype_alignment(dtype), types[num].alignment);
    ck_assert_int_eq(mmview_dtype_byteorder(dtype), types[num].ordered ? order : '|');
    ck_assert_int_eq(mmview_dtype_isnative(dtype), !types[num].ordered || order == '=');
    ck_assert_int_eq(mmview_dtype_hasobject(dtype), types[num].letter == 'O');
    ck_assert_str_eq(text_of(mmview_dtype_name, dtype), name);
    ck_assert_str_eq(text_of(mmview_dtype_typestr, dtype), typestr);
    ck_assert(!mmview_dtype_isstruct(dtype) && !mmview_dtype_base(dtype));
}

/* Every type by its letter and its number, in every byte order. */
START_TEST(type)
{
    const struct {
        char written, order;
    } orders[] = {{0, '='}, {'=', '='}, {'|', '='}, {*OWN, '='}, {*OTHER, *OTHER}};
    const char codes[] = {types[_i].letter, (char)_i};

    for (int i = 0; i < COUNT(orders); i++)
        for (int j = 0; j < COUNT(codes); j++) {
            char text[2] = {orders[i].written, codes[j]};
            size_t skip = orders[i].written ? 0 : 1;
            struct mmview_dtype *dtype = made_of(text + skip, 2 - skip);

            check_type(dtype, _i, orders[i].order);
            ck_assert_int_eq(mmv_dtype_check_meaning(dtype, NULL), MMVIEW_OK);
            mmview_dtype_unref(dtype);
        }
}
END_TEST

START_TEST(no_other_type)
{
    bool known = true;

    ck_assert_ptr_null(mmv_dtype_new_num(COUNT(types), MMV_NATIVE, &known));
    ck_assert(!known);
}
END_TEST

static int number_of(char letter)
{
    int num = 0;

    while (types[num].letter != letter)
        num++;
    return num;
}

/* By kind and size: NumPy takes the first type of that size, in this order: long before int.
 * A typestr has no more, so those of one kind and size have to mean the same. */
static const char sized[] = "?bBhHlLiIqQfdgFDGe";

START_TEST(kind_and_size)
{
    int num = number_of(sized[_i]), first = 0;
    struct mmview_dtype *dtype, *lettered = made_of(&sized[_i], 1);
    char text[16];

    while (types[number_of(sized[first])].kind != types[num].kind ||
           types[number_of(sized[first])].size != types[num].size)
        first++;
    snprintf(text, sizeof text, "%c%d", types[num].kind, types[num].size);
    dtype = made_of(text, strlen(text));
    ck_assert_int_eq(mmview_dtype_char(dtype), sized[first]);
    ck_assert_int_eq(mmv_number_of(dtype), mmv_number_of(lettered));
    mmview_dtype_unref(lettered);
    mmview_dtype_unref(dtype);
}
END_TEST

#define LETTER_OF_INTP  (sizeof(intptr_t) == sizeof(int) ? 'i' : 'l')
#define LETTER_OF_UINTP (sizeof(intptr_t) == sizeof(int) ? 'I' : 'L')

/* Names; an order before one is an error. */
static const struct {
    const char *name;
    char letter;
} aliases[] = {
    {"bool", '?'},
    {"bool_", '?'},
    {"bool8", '?'},
    {"byte", 'b'},
    {"ubyte", 'B'},
    {"short", 'h'},
    {"ushort", 'H'},
    {"intc", 'i'},
    {"uintc", 'I'},
    {"int", 'l'},
    {"int_", 'l'},
    {"long", 'l'},
    {"uint", 'L'},
    {"ulong", 'L'},
    {"longlong", 'q'},
    {"ulonglong", 'Q'},
    {"half", 'e'},
    {"single", 'f'},
    {"double", 'd'},
    {"float", 'd'},
    {"float_", 'd'},
    {"longdouble", 'g'},
    {"longfloat", 'g'},
    {"csingle", 'F'},
    {"singlecomplex", 'F'},
    {"cdouble", 'D'},
    {"cfloat", 'D'},
    {"complex", 'D'},
    {"complex_", 'D'},
    {"clongdouble", 'G'},
    {"clongfloat", 'G'},
    {"longcomplex", 'G'},
    {"object", 'O'},
    {"object_", 'O'},
    {"object0", 'O'},
    {"bytes", 'S'},
    {"bytes_", 'S'},
    {"bytes0", 'S'},
    {"string_", 'S'},
    {"str", 'U'},
    {"str_", 'U'},
    {"str0", 'U'},
    {"unicode", 'U'},
    {"unicode_", 'U'},
    {"void", 'V'},
    {"void0", 'V'},
    {"datetime64", 'M'},
    {"timedelta64", 'm'},
    {"int8", 'b'},
    {"uint8", 'B'},
    {"int16", 'h'},
    {"uint16", 'H'},
    {"int32", WORD('i', 'l')},
    {"uint32", WORD('I', 'L')},
    {"float16", 'e'},
    {"float32", 'f'},
    {"float64", 'd'},
    {"complex64", 'F'},
    {"complex128", 'D'},
    {"intp", LETTER_OF_INTP},
    {"int0", LETTER_OF_INTP},
    {"uintp", LETTER_OF_UINTP},
    {"uint0", LETTER_OF_UINTP},
#if LONG_MAX > INT_MAX
    {"int64", 'l'},
    {"uint64", 'L'},
#else
    {"int64", 'q'},
    {"uint64", 'Q'},
#endif
#if __SIZEOF_LONG_DOUBLE__ == 16
    {"float128", 'g'},
    {"complex256", 'G'},
#endif
};

START_TEST(alias)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    const char *name = aliases[_i].name;
    struct mmview_dtype *dtype = made_of(name, strlen(name));
    char ordered[32];
    int status;

    ck_assert_int_eq(mmview_dtype_char(dtype), aliases[_i].letter);
    ck_assert(mmview_dtype_isnative(dtype));
    mmview_dtype_unref(dtype);

    snprintf(ordered, sizeof ordered, "<%s", name);
    status = from_string(ordered, strlen(ordered), 0, &dtype, &err);
    if (strcmp(name, "datetime64") == 0 || strcmp(name, "timedelta64") == 0)
        mmview_dtype_unref(dtype); /* no alias, but a stem */
    else
        ck_assert_int_eq(status, MMVIEW_EDESCR);
}
END_TEST

static const struct {
    const char *text;
    const char *shown; /* as show_dtype() writes it */
} accepted[] = {
    /* Byte order: ignored where there is none. */
    {OTHER "b1", "'|b1'"},
    {OWN "i1", "'|i1'"},
    {"=u1", "'|u1'"},
    {OTHER "S5", "'|S5'"},
    {OTHER "V5", "'|V5'"},
    {OTHER "O", "'|O'"},
    {"|f8", "'" OWN "f8'"},
    {"=f8", "'" OWN "f8'"},
    {OTHER "f8", "'" OTHER "f8'"},
    {OTHER "U3", "'" OTHER "U3'"},
    {OTHER "U0", "'" OTHER "U0'"},
    {"|U3", "'" OWN "U3'"},
    {OTHER "M8", "'" OTHER "M8'"},
    {OTHER "M8[25s]", "'" OTHER "M8[25s]'"},
    {OTHER "datetime64[ns]", "'" OTHER "M8[ns]'"},
    {OTHER "timedelta64[D]", "'" OTHER "m8[D]'"},

    /* Letters that stand for others. */
    {"a", "'|S0'"},
    {"a7", "'|S7'"},
    {"c", "'|S1'"},
    {"c8", "'" OWN "c8'"},
    {"O4", "'|O'"},
    {"O8", "'|O'"},
    {"S", "'|S0'"},
    {"S0", "'|S0'"},
    {"U0", "'" OWN "U0'"},
    {"V0", "'|V0'"},
    {"M8[generic]", "'" OWN "M8'"},
    {"m8[1D]", "'" OWN "m8[D]'"},

    /* The size is what strtol() makes of it. */
    {"f 8", "'" OWN "f8'"},
    {"f\t8", "'" OWN "f8'"},
    {"f \n\r\f\v8", "'" OWN "f8'"},
    {"f+8", "'" OWN "f8'"},
    {"f 008", "'" OWN "f8'"},
    {OWN "i 4", "'" OWN "i4'"},
    {"S+5", "'|S5'"},
    {"U 03", "'" OWN "U3'"},
    {"S2147483647", "'|S2147483647'"},
    {"V2147483647", "'|V2147483647'"},
    {"U536870911", "'" OWN "U536870911'"},
};

START_TEST(accepts)
{
    check_accepted(accepted[_i].text, accepted[_i].shown);
}
END_TEST

/* The letter that has the number of another: S1, as a type of its own. */
START_TEST(character)
{
    struct mmview_dtype *dtype = made_of(OTHER "c", 2);

    ck_assert_int_eq(mmview_dtype_char(dtype), 'c');
    ck_assert_int_eq(mmview_dtype_kind(dtype), 'S');
    ck_assert_int_eq(mmview_dtype_num(dtype), 18);
    ck_assert_int_eq(mmview_dtype_itemsize(dtype), 1);
    ck_assert_int_eq(mmview_dtype_alignment(dtype), 1);
    ck_assert_int_eq(mmview_dtype_byteorder(dtype), '|');
    mmview_dtype_unref(dtype);
}
END_TEST

/* NumPy 2's letters of intp. */
START_TEST(newer_letters)
{
    static const struct {
        const char *text;
        char letter;
    } cases[] = {{"p", LETTER_OF_INTP},
                 {"P", LETTER_OF_UINTP},
                 {"n", LETTER_OF_INTP},
                 {"N", LETTER_OF_UINTP}};

    for (int i = 0; i < COUNT(cases); i++) {
        struct mmview_dtype *dtype = made_of(cases[i].text, 1);

        ck_assert_int_eq(mmview_dtype_char(dtype), cases[i].letter);
        mmview_dtype_unref(dtype);
    }
}
END_TEST

static const char *const refused[] = {
    /* Nothing, or nothing known. */
    "", "<", ">", "=", "|", "x", "X", "k", "<x", "\x18", "\x1f", "\x7f", "\xc3\xa9", "i\xc3\xa9",

    /* Orders. */
    "<<i4", "<>i4", "|<i4", "!i4", "i4<", " i4", "i4 ", "< i4", "\ti4", "i4\n", "<int32", ">bool",

    /* Sizes that there are not. */
    "i0", "i3", "i5", "i16", "u3", "f1", "f3", "f10", WORD("f12", "f16"), "c4", WORD("c24", "c32"),
    "b2", "b8", "b0", "O2", "O0", "?1", "d8", "q8", "h2", "e2", "M4", "M16", "m4x", "m4", "M8s",
    "M8[s", "M8[s]x", "i-4", "f-8", "i 4 ", "i+-4", "i++4", "i0x4", "i4.0", "i4j", "iL", "f8f",
    "f88", "S5x", "S 5 ",

    /* Sizes out of bounds: NumPy 1.24 wraps them, NumPy 2 refuses. */
    "S-1", "U-1", "V-1", "S-2147483648", "S2147483648", "V2147483648", "S4294967296", "S4294967300",
    "U536870912", "U2147483647", "U4294967297", "S99999999999999999999", "f4294967304",
    "i18446744073709551620",

    /* Names, exactly. */
    "Int32", "INT32", "int32 ", "int64_", "int128", "uint24", "float8", "float80", "float0",
    "float08", "float032", "complex32", "str1", "bytes5", "void8", "bool1", "boolean", "datetime",
    "timedelta", "integer", "number", "generic", "flexible", "character", "list", "tuple", "dict",
    "None", "float64x"};

START_TEST(refuses)
{
    check_refused(refused[_i], 0);
}
END_TEST

/* NULs are characters as others are: type 0 is bool, any more is nothing. */
START_TEST(holds_nul)
{
    static const char *const texts[] = {"i\0", "i4\0", "\0i", "i4,\0", "in\0", "\0\0"};
    static const size_t lengths[] = {2, 3, 2, 4, 3, 2};
    struct mmview_dtype *dtype = made_of("\0", 1);

    ck_assert_int_eq(mmview_dtype_char(dtype), '?');
    mmview_dtype_unref(dtype);
    for (int i = 0; i < COUNT(texts); i++)
        ck_assert_int_eq(from_string(texts[i], lengths[i], 0, &dtype, NULL), MMVIEW_EDESCR);
}
END_TEST

/* A long text is told in part. */
START_TEST(long_text)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype;
    char text[5000];

    memset(text, 'x', sizeof text);
    ck_assert_int_eq(from_string(text, sizeof text, 0, &dtype, &err), MMVIEW_EDESCR);
    ck_assert_uint_lt(strlen(err.message), 120);
    mmview_error_clear(&err);
    memset(text, '9', sizeof text);
    text[0] = 'S';
    ck_assert_int_eq(from_string(text, sizeof text, 0, &dtype, &err), MMVIEW_EDESCR);
    memset(text, '0', sizeof text);
    text[0] = 'i';
    text[sizeof text - 1] = '2';
    dtype = made_of(text, sizeof text);
    ck_assert_int_eq(mmview_dtype_char(dtype), 'h');
    mmview_dtype_unref(dtype);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, type, 0, COUNT(types));
    tcase_add_test(tcase, no_other_type);
    tcase_add_loop_test(tcase, kind_and_size, 0, COUNT(sized) - 1);
    tcase_add_loop_test(tcase, alias, 0, COUNT(aliases));
    tcase_add_loop_test(tcase, accepts, 0, COUNT(accepted));
    tcase_add_test(tcase, character);
    tcase_add_test(tcase, newer_letters);
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
    tcase_add_test(tcase, holds_nul);
    tcase_add_test(tcase, long_text);
}

int main(void)
{
    return run_suite("dtype", add_tests);
}

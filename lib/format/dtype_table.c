/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The types NumPy has, by letter, number, kind and alias. */
#include <string.h>

#include "base/alloc.h"
#include "format/dtype.h"

struct type {
    char letter;
    char kind;
    unsigned char num;
    unsigned char itemsize;
    unsigned char alignment;
};

/* What the C compiler puts before a member, which on some machines is less
 * than what _Alignof says. */
#define ALIGNMENT(t)  \
    offsetof(         \
        struct {      \
            char c;   \
            t member; \
        },            \
        member)
#define NUMBER(letter, kind, num, t)               \
    {                                              \
        letter, kind, num, sizeof(t), ALIGNMENT(t) \
    }

/* Complex numbers lie in memory as two of their parts. */
#define COMPLEX(letter, num, t)                       \
    {                                                 \
        letter, 'c', num, 2 * sizeof(t), ALIGNMENT(t) \
    }

/* A half is two bytes, and no C type everywhere. */
static const struct type types[] = {
    NUMBER('?', 'b', 0, _Bool),
    NUMBER('b', 'i', 1, signed char),
    NUMBER('B', 'u', 2, unsigned char),
    NUMBER('h', 'i', 3, short),
    NUMBER('H', 'u', 4, unsigned short),
    NUMBER('i', 'i', 5, int),
    NUMBER('I', 'u', 6, unsigned int),
    NUMBER('l', 'i', 7, long),
    NUMBER('L', 'u', 8, unsigned long),
    NUMBER('q', 'i', 9, long long),
    NUMBER('Q', 'u', 10, unsigned long long),
    NUMBER('f', 'f', 11, float),
    NUMBER('d', 'f', 12, double),
    NUMBER('g', 'f', 13, long double),
    COMPLEX('F', 14, float),
    COMPLEX('D', 15, double),
    COMPLEX('G', 16, long double),
    NUMBER('O', 'O', 17, void *),
    {'S', 'S', 18, 0, 1},
    {'U', 'U', 19, 0, ALIGNMENT(uint32_t)},
    {'V', 'V', 20, 0, 1},
    NUMBER('M', 'M', 21, int64_t),
    NUMBER('m', 'm', 22, int64_t),
    NUMBER('e', 'f', 23, uint16_t),
    {'c', 'S', 18, 1, 1}, /* a character: S1 with a letter of its own */
};

#define NTYPES (sizeof types / sizeof *types)

#define LETTER_OF_INTP \
    (sizeof(intptr_t) == sizeof(int) ? 'i' : sizeof(long) == sizeof(intptr_t) ? 'l' : 'q')
#define LETTER_OF_UINTP (LETTER_OF_INTP - 'a' + 'A')

/* Names whose letter is the same on every machine; the sized ones follow from
 * mmv_dtype_letter(). */
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
    {"intp", LETTER_OF_INTP},
    {"int0", LETTER_OF_INTP},
    {"uintp", LETTER_OF_UINTP},
    {"uint0", LETTER_OF_UINTP},
};

/* Names that end in the size in bits. */
static const struct {
    char kind;
    const char *name;
} kinds[] = {{'i', "int"}, {'u', "uint"}, {'f', "float"}, {'c', "complex"}};

static const struct type *find_letter(char letter)
{
    for (size_t i = 0; i < NTYPES; i++)
        if (types[i].letter == letter)
            return &types[i];
    return NULL;
}

char mmv_dtype_letter(char kind, int itemsize)
{
    /* NumPy prefers long to the others of its size, be they int or long long. */
    if (itemsize == sizeof(long) && (kind == 'i' || kind == 'u'))
        return kind == 'i' ? 'l' : 'L';
    for (size_t i = 0; i < NTYPES; i++)
        if (types[i].kind == kind && types[i].itemsize == itemsize && types[i].itemsize)
            return types[i].letter == 'c' ? 0 : types[i].letter;
    return 0;
}

char mmv_dtype_alias(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strlen(aliases[i].name) == length && memcmp(aliases[i].name, text, length) == 0)
            return aliases[i].letter;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t stem = strlen(kinds[i].name);
        int bits = 0;

        if (length <= stem || length > stem + 3 || memcmp(kinds[i].name, text, stem) != 0 ||
            text[stem] == '0')
            continue;
        for (size_t j = stem; j < length; j++) {
            if (text[j] < '0' || text[j] > '9')
                return 0;
            bits = 10 * bits + (text[j] - '0');
        }
        return bits % 8 ? 0 : mmv_dtype_letter(kinds[i].kind, bits / 8);
    }
    return 0;
}

const char *mmv_dtype_base_name(const struct mmview_dtype *dtype, int64_t *bits)
{
    *bits = 8 * (int64_t)dtype->itemsize;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == dtype->kind)
            return kinds[i].name;
    switch (dtype->kind) {
    case 'S': return "bytes";
    case 'U': return "str";
    case 'V': return "void";
    default: break;
    }
    *bits = 0;
    switch (dtype->kind) {
    case 'b': return "bool";
    case 'M': return "datetime64";
    case 'm': return "timedelta64";
    default: return "object";
    }
}

/* '=' or the order that is not this machine's; '|' where there is none. */
static char byteorder(char kind, int itemsize, char order)
{
    if (kind == 'S' || kind == 'V' || kind == 'O' || (itemsize == 1 && kind != 'U'))
        return '|';
    return order == MMV_NATIVE ? '=' : order;
}

static struct mmview_dtype *new_type(const struct type *type, char order)
{
    struct mmview_dtype *dtype = mmv_alloc(sizeof *dtype);

    if (!dtype)
        return NULL;
    *dtype = (struct mmview_dtype){
        .refs = 1,
        .kind = type->kind,
        .type = type->letter,
        .byteorder = byteorder(type->kind, type->itemsize, order),
        .num = type->num,
        .has_object = type->kind == 'O',
        .unit = type->kind == 'M' || type->kind == 'm' ? MMV_UNIT_GENERIC : MMV_UNIT_NONE,
        .multiple = 1,
        .itemsize = type->itemsize,
        .alignment = type->alignment,
    };
    return dtype;
}

struct mmview_dtype *mmv_dtype_new_letter(char letter, char order, bool *known)
{
    const struct type *type = find_letter(letter == 'a' ? 'S' : letter);

    /* The letters of intp are no types of their own. */
    if (letter == 'p' || letter == 'n')
        type = find_letter(LETTER_OF_INTP);
    else if (letter == 'P' || letter == 'N')
        type = find_letter(LETTER_OF_UINTP);
    *known = type != NULL;
    return type ? new_type(type, order) : NULL;
}

struct mmview_dtype *mmv_dtype_new_num(int num, char order, bool *known)
{
    const struct type *type = NULL;

    for (size_t i = 0; !type && i < NTYPES; i++)
        if (types[i].num == num)
            type = &types[i];
    *known = type != NULL;
    return type ? new_type(type, order) : NULL;
}

struct mmview_dtype *mmv_dtype_new_flexible(char letter, char order, int itemsize)
{
    struct mmview_dtype *dtype = new_type(find_letter(letter), order);

    if (dtype)
        dtype->itemsize = itemsize;
    return dtype;
}

struct mmview_dtype *mmv_dtype_new_datetime(char letter, char order, enum mmv_unit unit,
                                            int multiple)
{
    struct mmview_dtype *dtype = new_type(find_letter(letter), order);

    if (dtype) {
        dtype->unit = (unsigned char)unit;
        dtype->multiple = multiple;
    }
    return dtype;
}

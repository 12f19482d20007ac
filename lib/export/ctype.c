/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The C types of Python's ctypes: names, sizes, and what they can point at. */
#include "export/ctype.h"

#include <string.h>
#include <sys/types.h>
#include <wchar.h>

#include "format/number_type.h"

/* Where two C types are the same to the machine, Python has one class for both
 * names; which of them it is called by is decided as in ctypes/__init__.py. */
#define IS_LONG(t) (sizeof(t) == sizeof(long))
#define SIGNED(t)                                 \
    (sizeof(t) == sizeof(signed char) ? "c_byte"  \
     : sizeof(t) == sizeof(short)     ? "c_short" \
     : IS_LONG(t)                     ? "c_long"  \
     : sizeof(t) == sizeof(int)       ? "c_int"   \
                                      : "c_longlong")
#define UNSIGNED(t)                                     \
    (sizeof(t) == sizeof(unsigned char)    ? "c_ubyte"  \
     : sizeof(t) == sizeof(unsigned short) ? "c_ushort" \
     : IS_LONG(t)                          ? "c_ulong"  \
     : sizeof(t) == sizeof(unsigned int)   ? "c_uint"   \
                                           : "c_ulonglong")
#define LONGDOUBLE (sizeof(long double) == sizeof(double) ? "c_double" : "c_longdouble")

/* What a pointer to the type must be a multiple of. For some types that is less
 * than _Alignof says where they are members of a struct. */
#define ALIGNMENT(t)  \
    offsetof(         \
        struct {      \
            char c;   \
            t member; \
        },            \
        member)

#define ROW(name, python, kind, t)                              \
    {                                                           \
        name, python, MMV_CTYPE_##kind, sizeof(t), ALIGNMENT(t) \
    }

static const struct mmv_ctype ctypes[] = {
    [MMVIEW_CTYPE_BOOL] = ROW("c_bool", "c_bool", BOOL, _Bool),
    [MMVIEW_CTYPE_BYTE] = ROW("c_byte", "c_byte", SIGNED, signed char),
    [MMVIEW_CTYPE_UBYTE] = ROW("c_ubyte", "c_ubyte", UNSIGNED, unsigned char),
    [MMVIEW_CTYPE_SHORT] = ROW("c_short", "c_short", SIGNED, short),
    [MMVIEW_CTYPE_USHORT] = ROW("c_ushort", "c_ushort", UNSIGNED, unsigned short),
    [MMVIEW_CTYPE_INT] = ROW("c_int", SIGNED(int), SIGNED, int),
    [MMVIEW_CTYPE_UINT] = ROW("c_uint", UNSIGNED(int), UNSIGNED, unsigned int),
    [MMVIEW_CTYPE_LONG] = ROW("c_long", "c_long", SIGNED, long),
    [MMVIEW_CTYPE_ULONG] = ROW("c_ulong", "c_ulong", UNSIGNED, unsigned long),
    [MMVIEW_CTYPE_LONGLONG] = ROW("c_longlong", SIGNED(long long), SIGNED, long long),
    [MMVIEW_CTYPE_ULONGLONG] =
        ROW("c_ulonglong", UNSIGNED(long long), UNSIGNED, unsigned long long),
    [MMVIEW_CTYPE_SIZE_T] = ROW("c_size_t", UNSIGNED(size_t), UNSIGNED, size_t),
    [MMVIEW_CTYPE_SSIZE_T] = ROW("c_ssize_t", SIGNED(size_t), SIGNED, ssize_t),
    [MMVIEW_CTYPE_INT8] = ROW("c_int8", SIGNED(int8_t), SIGNED, int8_t),
    [MMVIEW_CTYPE_UINT8] = ROW("c_uint8", UNSIGNED(int8_t), UNSIGNED, uint8_t),
    [MMVIEW_CTYPE_INT16] = ROW("c_int16", SIGNED(int16_t), SIGNED, int16_t),
    [MMVIEW_CTYPE_UINT16] = ROW("c_uint16", UNSIGNED(int16_t), UNSIGNED, uint16_t),
    [MMVIEW_CTYPE_INT32] = ROW("c_int32", SIGNED(int32_t), SIGNED, int32_t),
    [MMVIEW_CTYPE_UINT32] = ROW("c_uint32", UNSIGNED(int32_t), UNSIGNED, uint32_t),
    [MMVIEW_CTYPE_INT64] = ROW("c_int64", SIGNED(int64_t), SIGNED, int64_t),
    [MMVIEW_CTYPE_UINT64] = ROW("c_uint64", UNSIGNED(int64_t), UNSIGNED, uint64_t),
    [MMVIEW_CTYPE_FLOAT] = ROW("c_float", "c_float", FLOAT, float),
    [MMVIEW_CTYPE_DOUBLE] = ROW("c_double", "c_double", FLOAT, double),
    [MMVIEW_CTYPE_LONGDOUBLE] = ROW("c_longdouble", LONGDOUBLE, FLOAT, long double),
    [MMVIEW_CTYPE_CHAR] = ROW("c_char", "c_char", CHAR, char),
    [MMVIEW_CTYPE_WCHAR] = ROW("c_wchar", "c_wchar", WCHAR, wchar_t),
    [MMVIEW_CTYPE_VOID_P] = ROW("c_void_p", "c_void_p", VOID_P, void *),
    [MMVIEW_CTYPE_FLOAT_COMPLEX] =
        ROW("c_float_complex", "c_float_complex", COMPLEX, float _Complex),
    [MMVIEW_CTYPE_DOUBLE_COMPLEX] =
        ROW("c_double_complex", "c_double_complex", COMPLEX, double _Complex),
    [MMVIEW_CTYPE_LONGDOUBLE_COMPLEX] =
        ROW("c_longdouble_complex", "c_longdouble_complex", COMPLEX, long double _Complex),
    [MMVIEW_CTYPE_HALF] = ROW("c_half", UNSIGNED(uint16_t), HALF, uint16_t),
};

#define NCTYPES (sizeof ctypes / sizeof *ctypes)

const struct mmv_ctype *mmv_ctype(enum mmview_ctype type)
{
    size_t index = (size_t)type;

    return index < NCTYPES && ctypes[index].name ? &ctypes[index] : NULL;
}

const char *mmview_ctype_name(enum mmview_ctype type)
{
    const struct mmv_ctype *ctype = mmv_ctype(type);

    return ctype ? ctype->python : NULL;
}

size_t mmview_ctype_size(enum mmview_ctype type)
{
    const struct mmv_ctype *ctype = mmv_ctype(type);

    return ctype ? ctype->size : 0;
}

int mmview_ctype_find(const char *name, size_t length, enum mmview_ctype *out)
{
    if (length == SIZE_MAX)
        length = strlen(name);
    for (size_t i = MMVIEW_CTYPE_BOOL; i < NCTYPES; i++)
        if (strlen(ctypes[i].name) == length && memcmp(ctypes[i].name, name, length) == 0) {
            *out = (enum mmview_ctype)i;
            return MMVIEW_OK;
        }
    return MMVIEW_ENOTFOUND;
}

enum mmview_ctype mmview_intp_ctype(void)
{
    return sizeof(mmview_intp) == sizeof(int)    ? MMVIEW_CTYPE_INT
           : sizeof(mmview_intp) == sizeof(long) ? MMVIEW_CTYPE_LONG
                                                 : MMVIEW_CTYPE_LONGLONG;
}

/* The letter of a dtype's kind; 's' for structs, which are void in NumPy. */
static char kind_of(const struct mmview_dtype *dtype)
{
    return mmview_dtype_isstruct(dtype) ? 's' : mmview_dtype_kind(dtype);
}

bool mmv_ctype_fits(const struct mmv_ctype *ctype, const struct mmview_dtype *dtype)
{
    bool same_size = mmview_dtype_itemsize(dtype) == ctype->size;
    char kind = kind_of(dtype);

    if (mmv_dtype_check_meaning(dtype, NULL) < 0)
        return ctype->kind == MMV_CTYPE_VOID_P;
    switch (ctype->kind) {
    case MMV_CTYPE_BOOL: return kind == 'b';
    case MMV_CTYPE_SIGNED:
        if (kind == 'U')
            return ctype->size == 4;
        return same_size && (kind == 'i' || kind == 'M' || kind == 'm');
    case MMV_CTYPE_UNSIGNED:
        if (kind == 'U')
            return ctype->size == 4;
        if (kind == 'b' || kind == 'S' || kind == 'V')
            return ctype->size == 1;
        return same_size && kind == 'u';
    case MMV_CTYPE_FLOAT: return same_size && kind == 'f';
    case MMV_CTYPE_COMPLEX: return same_size && kind == 'c';
    case MMV_CTYPE_CHAR: return kind == 'S' || kind == 'V';
    case MMV_CTYPE_WCHAR: return kind == 'U' && ctype->size == 4;
    case MMV_CTYPE_HALF: return same_size && kind == 'f';
    case MMV_CTYPE_VOID_P: return true;
    }
    return false;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* ctypes.shape_as() and ctypes.strides_as(): no number is ever cut off. */
#include <string.h>

#include <mmview/ctypes.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "export/ctype.h"

/* Room for any of the types. */
union value {
    _Bool truth;
    int8_t i1;
    int16_t i2;
    int32_t i4;
    int64_t i8;
    uint8_t u1;
    uint16_t u2;
    uint32_t u4;
    uint64_t u8;
    float f;
    double d;
    long double g;
    float _Complex cf;
    double _Complex cd;
    long double _Complex cg;
    void *pointer;
};

static bool store_signed(mmview_intp number, size_t size, union value *out)
{
    switch (size) {
    case 1: return !__builtin_add_overflow(number, 0, &out->i1);
    case 2: return !__builtin_add_overflow(number, 0, &out->i2);
    case 4: return !__builtin_add_overflow(number, 0, &out->i4);
    default: return !__builtin_add_overflow(number, 0, &out->i8);
    }
}

static bool store_unsigned(mmview_intp number, size_t size, union value *out)
{
    switch (size) {
    case 1: return !__builtin_add_overflow(number, 0, &out->u1);
    case 2: return !__builtin_add_overflow(number, 0, &out->u2);
    case 4: return !__builtin_add_overflow(number, 0, &out->u4);
    default: return !__builtin_add_overflow(number, 0, &out->u8);
    }
}

static void store_float(mmview_intp number, size_t size, union value *out)
{
    if (size == sizeof(float))
        out->f = (float)number;
    else if (size == sizeof(double))
        out->d = (double)number;
    else
        out->g = (long double)number;
}

static void store_complex(mmview_intp number, size_t size, union value *out)
{
    if (size == sizeof(float _Complex))
        out->cf = (float)number;
    else if (size == sizeof(double _Complex))
        out->cd = (double)number;
    else
        out->cg = (long double)number;
}

/* False if the type can not hold the number. */
static bool store(const struct mmv_ctype *ctype, mmview_intp number, union value *out)
{
    switch (ctype->kind) {
    case MMV_CTYPE_BOOL: out->truth = number != 0; return true;
    case MMV_CTYPE_SIGNED: return store_signed(number, ctype->size, out);
    case MMV_CTYPE_UNSIGNED:
    case MMV_CTYPE_CHAR: return store_unsigned(number, ctype->size, out);
    case MMV_CTYPE_FLOAT: store_float(number, ctype->size, out); return true;
    case MMV_CTYPE_COMPLEX: store_complex(number, ctype->size, out); return true;
    case MMV_CTYPE_VOID_P: out->pointer = (void *)number; return true;
    case MMV_CTYPE_WCHAR:
    case MMV_CTYPE_HALF: break;
    }
    return false;
}

static int numbers_as(const char *what, const struct mmview_ctypes *view,
                      const mmview_intp *numbers, enum mmview_ctype type, void *out, size_t n,
                      struct mmview_error *err)
{
    const struct mmv_ctype *ctype = mmv_ctype(type);
    unsigned char values[MMVIEW_MAXDIMS * sizeof(union value)];

    if (!ctype)
        return mmv_fail(err, MMVIEW_EINVAL, "no C type has the number %d", (int)type);
    if (view->ndim == 0)
        return MMVIEW_OK;
    if (ctype->kind == MMV_CTYPE_WCHAR || ctype->kind == MMV_CTYPE_HALF)
        return mmv_fail(err, MMVIEW_ETYPE, "%s holds no numbers", ctype->name);
    if (n < (size_t)view->ndim)
        return mmv_fail(err, MMVIEW_EINVAL, "room for %zu numbers, but there are %d dimensions", n,
                        view->ndim);

    for (int i = 0; i < view->ndim; i++) {
        union value value;

        memset(&value, 0, sizeof value); /* some types have bytes that nobody writes */
        if (!store(ctype, numbers[i], &value))
            return mmv_fail(err, MMVIEW_EOVERFLOW, "%s[%d] is %lld, which %s can not hold", what, i,
                            (long long)numbers[i], ctype->name);
        memcpy(values + (size_t)i * ctype->size, &value, ctype->size);
    }
    memcpy(out, values, (size_t)view->ndim * ctype->size);
    return MMVIEW_OK;
}

int mmview_ctypes_shape_as(const struct mmview_ctypes *view, enum mmview_ctype type, void *out,
                           size_t n, struct mmview_error *err)
{
    return numbers_as("shape", view, view->shape, type, out, n, err);
}

int mmview_ctypes_strides_as(const struct mmview_ctypes *view, enum mmview_ctype type, void *out,
                             size_t n, struct mmview_error *err)
{
    return numbers_as("strides", view, view->strides, type, out, n, err);
}

size_t mmview_ctypes_type_name(const struct mmview_ctypes *view, enum mmview_ctype type,
                               char *buffer, size_t size)
{
    struct mmv_strbuf buf = mmv_strbuf_init(buffer, size);
    const struct mmv_ctype *ctype = mmv_ctype(type);

    if (ctype && view->ndim) {
        mmv_strbuf_str(&buf, ctype->python);
        mmv_strbuf_str(&buf, "_Array_");
        mmv_strbuf_int(&buf, view->ndim);
    }
    return mmv_strbuf_end(&buf);
}

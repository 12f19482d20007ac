/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* DLPack: tensors for other libraries, of 1.0 and of before. */
#include <mmview/export.h>

#include <inttypes.h>
#include <stddef.h>

#include <mmview/dtype.h>

#include "array/array.h"
#include "base/alloc.h"
#include "base/error.h"
#include "format/number_type.h"

/* DLPack's, where pointers have 64 bits. */
#define AT(type, member, place) (offsetof(struct type, member) == (place))
_Static_assert(sizeof(void *) != 8 ||
                   (sizeof(struct mmview_dlpack_tensor) == 48 &&
                    AT(mmview_dlpack_tensor, data, 0) && AT(mmview_dlpack_tensor, device_type, 8) &&
                    AT(mmview_dlpack_tensor, device_id, 12) && AT(mmview_dlpack_tensor, ndim, 16) &&
                    AT(mmview_dlpack_tensor, code, 20) && AT(mmview_dlpack_tensor, bits, 21) &&
                    AT(mmview_dlpack_tensor, lanes, 22) && AT(mmview_dlpack_tensor, shape, 24) &&
                    AT(mmview_dlpack_tensor, strides, 32) &&
                    AT(mmview_dlpack_tensor, byte_offset, 40)),
               "struct mmview_dlpack_tensor is DLTensor");
_Static_assert(sizeof(void *) != 8 ||
                   (sizeof(struct mmview_dlpack) == 80 && AT(mmview_dlpack, version_major, 0) &&
                    AT(mmview_dlpack, version_minor, 4) && AT(mmview_dlpack, manager_ctx, 8) &&
                    AT(mmview_dlpack, deleter, 16) && AT(mmview_dlpack, flags, 24) &&
                    AT(mmview_dlpack, tensor, 32)),
               "struct mmview_dlpack is DLManagedTensorVersioned");
_Static_assert(sizeof(void *) != 8 || (sizeof(struct mmview_dlpack_legacy) == 64 &&
                                       AT(mmview_dlpack_legacy, tensor, 0) &&
                                       AT(mmview_dlpack_legacy, manager_ctx, 48) &&
                                       AT(mmview_dlpack_legacy, deleter, 56)),
               "struct mmview_dlpack_legacy is DLManagedTensor");
#undef AT

/* What the deleter gets the address of, and with it the rest. */
struct holder {
    union {
        struct mmview_dlpack versioned;
        struct mmview_dlpack_legacy legacy;
    } managed;
    struct mmview_array *owner;
    int64_t dims[]; /* the shape, then the strides */
};

static const struct {
    char kind;
    unsigned char itemsize;
    unsigned char code; /* enum mmview_dlpack_code */
} types[] = {
    {'b', 1, MMVIEW_DLPACK_BOOL},    {'i', 1, MMVIEW_DLPACK_INT},
    {'i', 2, MMVIEW_DLPACK_INT},     {'i', 4, MMVIEW_DLPACK_INT},
    {'i', 8, MMVIEW_DLPACK_INT},     {'u', 1, MMVIEW_DLPACK_UINT},
    {'u', 2, MMVIEW_DLPACK_UINT},    {'u', 4, MMVIEW_DLPACK_UINT},
    {'u', 8, MMVIEW_DLPACK_UINT},    {'f', 2, MMVIEW_DLPACK_FLOAT},
    {'f', 4, MMVIEW_DLPACK_FLOAT},   {'f', 8, MMVIEW_DLPACK_FLOAT},
    {'c', 8, MMVIEW_DLPACK_COMPLEX}, {'c', 16, MMVIEW_DLPACK_COMPLEX},
};

static int find_code(const struct mmview_dtype *dtype, uint8_t *code, struct mmview_error *err)
{
    mmview_intp itemsize = mmview_dtype_itemsize(dtype);
    char kind = mmview_dtype_kind(dtype);
    int status = mmv_dtype_check_meaning(dtype, err);

    if (status < 0)
        return status;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].kind == kind && types[i].itemsize == itemsize) {
            *code = types[i].code;
            return MMVIEW_OK;
        }
    if (mmview_dtype_isstruct(dtype))
        return mmv_fail(err, MMVIEW_ETYPE, "DLPack has no structs: take a view of a field");
    switch (kind) {
    case 'M':
    case 'm':
        return mmv_fail(err, MMVIEW_ETYPE, "DLPack has no %s: take a view of their 64-bit integers",
                        kind == 'M' ? "datetimes" : "timedeltas");
    case 'S':
    case 'U':
    case 'V':
        return mmv_fail(err, MMVIEW_ETYPE, "DLPack has no %s: take a view of their bytes",
                        kind == 'V' ? "raw bytes" : "strings");
    default: return mmv_fail(err, MMVIEW_ETYPE, "DLPack has no long double");
    }
}

/* Bytes from item to item as items. Along an axis of length 1, or where there
 * are no items, a stride leads nowhere and may be any number. */
static int divide_strides(const struct mmview_array *array, int64_t *strides,
                          struct mmview_error *err)
{
    const mmview_intp *in = array->dims + array->ndim;

    for (int i = 0; i < array->ndim; i++) {
        if (array->size > 1 && array->dims[i] > 1 && in[i] % array->itemsize)
            return mmv_fail(err, MMVIEW_ENEEDSCOPY,
                            "DLPack counts strides in items, and those of axis %d are %" PRIdPTR
                            " bytes apart and %" PRIdPTR " long",
                            i, in[i], array->itemsize);
        strides[i] = in[i] / array->itemsize;
    }
    return MMVIEW_OK;
}

static int make(struct mmview_array *array, struct holder **out,
                struct mmview_dlpack_tensor *tensor, struct mmview_error *err)
{
    const struct mmview_dtype *dtype = array->dtype;
    size_t ndim = (size_t)array->ndim;
    uint8_t code;
    struct holder *holder;
    int status = find_code(dtype, &code, err);

    if (status < 0)
        return status;
    if (!mmview_dtype_isnative(dtype))
        return mmv_fail(err, MMVIEW_EBYTEORDER, "DLPack has this machine's byte order only");
    if (!(array->flags & MMVIEW_ALIGNED))
        return mmv_fail(err, MMVIEW_EALIGNMENT,
                        "the data are not aligned to %" PRIdPTR " bytes, as receivers expect",
                        mmview_dtype_alignment(dtype));

    holder = mmv_alloc(sizeof *holder + 2 * ndim * sizeof *holder->dims);
    if (!holder)
        return mmv_fail_nomem(err);
    status = divide_strides(array, holder->dims + ndim, err);
    if (status < 0) {
        mmv_free(holder);
        return status;
    }
    for (size_t i = 0; i < ndim; i++)
        holder->dims[i] = array->dims[i];
    *tensor = (struct mmview_dlpack_tensor){
        .data = array->size ? array->data : NULL,
        .device_type = MMVIEW_DLPACK_CPU,
        .ndim = array->ndim,
        .code = code,
        .bits = (uint8_t)(array->itemsize * 8),
        .lanes = 1,
        .shape = holder->dims,
        .strides = holder->dims + ndim,
    };
    holder->owner = mmview_array_ref(array);
    *out = holder;
    return MMVIEW_OK;
}

static void release(struct holder *holder)
{
    mmview_array_unref(holder->owner);
    mmv_free(holder);
}

static void delete_versioned(struct mmview_dlpack *self)
{
    release(self->manager_ctx);
}

static void delete_legacy(struct mmview_dlpack_legacy *self)
{
    release(self->manager_ctx);
}

int mmview_export_dlpack(struct mmview_array *array, unsigned flags, struct mmview_dlpack **out,
                         struct mmview_error *err)
{
    struct mmview_dlpack_tensor tensor;
    struct holder *holder;
    int status;

    if (flags & ~(unsigned)MMVIEW_DLPACK_READ_ONLY)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown DLPack flags %#x", flags);
    status = make(array, &holder, &tensor, err);
    if (status < 0)
        return status;
    if (!(array->flags & MMVIEW_WRITEABLE))
        flags |= MMVIEW_DLPACK_READ_ONLY;
    holder->managed.versioned = (struct mmview_dlpack){
        .version_major = MMVIEW_DLPACK_MAJOR,
        .version_minor = MMVIEW_DLPACK_MINOR,
        .manager_ctx = holder,
        .deleter = delete_versioned,
        .flags = flags,
        .tensor = tensor,
    };
    *out = &holder->managed.versioned;
    return MMVIEW_OK;
}

int mmview_export_dlpack_legacy(struct mmview_array *array, struct mmview_dlpack_legacy **out,
                                struct mmview_error *err)
{
    struct mmview_dlpack_tensor tensor;
    struct holder *holder;
    int status;

    if (!(array->flags & MMVIEW_WRITEABLE))
        return mmv_fail(err, MMVIEW_EREADONLY,
                        "DLPack before 1.0 has no word for read-only: export a writeable array, "
                        "as mode c makes one");
    status = make(array, &holder, &tensor, err);
    if (status < 0)
        return status;
    holder->managed.legacy = (struct mmview_dlpack_legacy){
        .tensor = tensor,
        .manager_ctx = holder,
        .deleter = delete_legacy,
    };
    *out = &holder->managed.legacy;
    return MMVIEW_OK;
}

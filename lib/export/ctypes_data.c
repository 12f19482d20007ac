/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* ctypes.data_as(), with the checks that NumPy leaves to the caller. */
#include <inttypes.h>

#include <mmview/array.h>

#include "array/layout.h"
#include "base/error.h"
#include "export/ctype.h"

/* No type wants more than a page. */
#define MAX_ALIGNMENT 4096

struct dtype_text {
    char text[64];
};

/* numpy.dtype.name, and for a struct what it is: its name would be void96. */
static struct dtype_text name_of(const struct mmview_dtype *dtype)
{
    struct dtype_text name = {"a struct"};

    if (!mmview_dtype_isstruct(dtype))
        mmview_dtype_name(dtype, name.text, sizeof name.text);
    return name;
}

/* Why mmv_layout_aligned() said no: the first place that is not as it must be. */
static int fail_alignment(const struct mmview_ctypes *view, const char *what, int alignment,
                          struct mmview_error *err)
{
    const struct mmview_array *array = view->owner;
    int axis = 0;

    if ((uintptr_t)view->data % (uintptr_t)alignment != 0)
        return mmv_fail_at(err, MMVIEW_EALIGNMENT, mmview_array_offset(array),
                           "a %s must be at a multiple of %d, but the first item is at %#" PRIxPTR
                           ", byte %" PRIu64 " of the file",
                           what, alignment, (uintptr_t)view->data, mmview_array_offset(array));
    while (view->shape[axis] == 1 || view->strides[axis] % alignment == 0)
        axis++;
    return mmv_fail(err, MMVIEW_EALIGNMENT,
                    "a %s must be at a multiple of %d, but the items are %" PRIdPTR
                    " bytes apart along axis %d",
                    what, alignment, view->strides[axis], axis);
}

/* What holds for reading and for writing. */
static const struct mmv_ctype *checked(const struct mmview_ctypes *view, enum mmview_ctype type,
                                       struct mmview_error *err)
{
    const struct mmv_ctype *ctype = mmv_ctype(type);
    const struct mmview_dtype *dtype;

    if (!ctype) {
        mmv_fail(err, MMVIEW_EINVAL, "no C type has the number %d", (int)type);
        return NULL;
    }
    if (!view->owner) {
        mmv_fail(err, MMVIEW_EINVAL, "the ctypes view holds no array");
        return NULL;
    }
    if (ctype->kind == MMV_CTYPE_VOID_P)
        return ctype;

    dtype = mmview_array_dtype(view->owner);
    if (!mmv_ctype_fits(ctype, dtype)) {
        mmv_fail(err, MMVIEW_ETYPE, "a pointer to %s was asked for, but the items are %s",
                 ctype->name, name_of(dtype).text);
        return NULL;
    }
    if (!mmview_dtype_isnative(dtype)) {
        mmv_fail(err, MMVIEW_EBYTEORDER,
                 "a pointer to %s was asked for, but the items are %s in the byte order of other "
                 "machines (%s)",
                 ctype->name, name_of(dtype).text,
                 mmview_dtype_byteorder(dtype) == '>' ? "big-endian" : "little-endian");
        return NULL;
    }
    if (!mmv_layout_aligned(view->ndim, view->shape, view->strides, (uintptr_t)view->data,
                            ctype->alignment)) {
        fail_alignment(view, ctype->name, ctype->alignment, err);
        return NULL;
    }
    return ctype;
}

static bool is_writeable(const struct mmview_ctypes *view, const char *what,
                         struct mmview_error *err)
{
    if (mmview_array_flags(view->owner) & MMVIEW_WRITEABLE)
        return true;
    mmv_fail(err, MMVIEW_EREADONLY,
             "a pointer to %s to write through was asked for, but the array is read-only", what);
    return false;
}

void *mmview_ctypes_data_as(const struct mmview_ctypes *view, enum mmview_ctype type,
                            struct mmview_error *err)
{
    const struct mmv_ctype *ctype = checked(view, type, err);

    if (!ctype)
        return NULL;
    return is_writeable(view, ctype->name, err) ? view->data : NULL;
}

const void *mmview_ctypes_const_data_as(const struct mmview_ctypes *view, enum mmview_ctype type,
                                        struct mmview_error *err)
{
    return checked(view, type, err) ? view->data : NULL;
}

static bool checked_record(const struct mmview_ctypes *view, size_t size, size_t alignment,
                           struct mmview_error *err)
{
    if (alignment == 0 || (alignment & (alignment - 1)) != 0 || alignment > MAX_ALIGNMENT) {
        mmv_fail(err, MMVIEW_EINVAL, "no type has an alignment of %zu bytes", alignment);
        return false;
    }
    if (!view->owner) {
        mmv_fail(err, MMVIEW_EINVAL, "the ctypes view holds no array");
        return false;
    }
    if ((size_t)mmview_array_itemsize(view->owner) != size) {
        mmv_fail(err, MMVIEW_ETYPE,
                 "a pointer to records of %zu bytes was asked for, but the items have %" PRIdPTR,
                 size, mmview_array_itemsize(view->owner));
        return false;
    }
    if (!mmv_layout_aligned(view->ndim, view->shape, view->strides, (uintptr_t)view->data,
                            (mmview_intp)alignment)) {
        fail_alignment(view, "record", (int)alignment, err);
        return false;
    }
    return true;
}

void *mmview_ctypes_records_as(const struct mmview_ctypes *view, size_t size, size_t alignment,
                               struct mmview_error *err)
{
    return checked_record(view, size, alignment, err) && is_writeable(view, "records", err)
               ? view->data
               : NULL;
}

const void *mmview_ctypes_const_records_as(const struct mmview_ctypes *view, size_t size,
                                           size_t alignment, struct mmview_error *err)
{
    return checked_record(view, size, alignment, err) ? view->data : NULL;
}

void *mmview_ctypes_as_parameter(const struct mmview_ctypes *view)
{
    return view->data;
}

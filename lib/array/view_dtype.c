/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Views of the same bytes as something else: fields, other dtypes, parts of
 * complex numbers. */
#include <string.h>

#include "array/view.h"
#include "base/alloc.h"
#include "base/checked.h"
#include "format/dtype.h"

/* Makes the view with a dtype that was made for it, and gives that up. */
static int finish_with(struct mmv_view *view, struct mmview_dtype *dtype, struct mmview_array **out,
                       struct mmview_error *err)
{
    int rc;

    view->dtype = dtype;
    rc = mmv_view_finish(view, out, err);
    mmview_dtype_unref(dtype);
    return rc;
}

static int no_fields(struct mmview_error *err)
{
    return mmv_fail(err, MMVIEW_EINDEX, "the array has no fields: a name is no index for it");
}

int mmview_view_field(struct mmview_array *array, const char *name, size_t length,
                      struct mmview_array **out, struct mmview_error *err)
{
    struct mmv_view view;
    size_t index;
    int rc;

    if (!mmview_dtype_isstruct(array->dtype))
        return no_fields(err);
    if (length == SIZE_MAX)
        length = strlen(name);
    if (mmview_dtype_field_find(array->dtype, name, length, &index) < 0)
        return mmv_fail(err, MMVIEW_ENOTFOUND, "no field of name %.*s",
                        length < 200 ? (int)length : 200, name);
    mmv_view_start(&view, array);
    view.shift = mmview_dtype_field_offset(array->dtype, index);
    view.dtype = mmview_dtype_field_dtype(array->dtype, index);
    rc = mmv_view_expand_subarray(&view, err);
    return rc < 0 ? rc : mmv_view_finish(&view, out, err);
}

/* Finds the fields and makes the dtype that has just them, at their places. */
static int fields_dtype(const struct mmview_dtype *dtype, const char *const *names,
                        const size_t *lengths, struct mmv_field *fields, size_t count,
                        struct mmview_dtype **out, struct mmview_error *err)
{
    size_t twice = 0;
    int rc;

    for (size_t i = 0; i < count; i++) {
        size_t length = lengths ? lengths[i] : strlen(names[i]);
        size_t index, own_length;
        const char *own;

        if (mmview_dtype_field_find(dtype, names[i], length, &index) < 0)
            return mmv_fail(err, MMVIEW_ENOTFOUND, "no field of name %.*s",
                            length < 200 ? (int)length : 200, names[i]);
        own = mmview_dtype_field_name(dtype, index, &own_length);
        if (own_length != length || memcmp(own, names[i], length) != 0)
            return mmv_fail(err, MMVIEW_ENOTFOUND, "cannot use field titles in multi-field index");
        fields[i] = dtype->fields[index];
    }
    for (size_t i = 0; i < count; i++)
        mmview_dtype_ref(fields[i].dtype);
    rc =
        mmv_dtype_new_struct(fields, count, dtype->itemsize, 1, dtype->aligned_struct, out, &twice);
    if (rc == MMVIEW_ENOTFOUND)
        return mmv_fail(err, MMVIEW_EINVAL, "duplicate field of name '%.200s'",
                        fields[twice].name.data);
    return rc < 0 ? mmv_fail_nomem(err) : rc;
}

int mmview_view_fields(struct mmview_array *array, const char *const *names, const size_t *lengths,
                       size_t count, struct mmview_array **out, struct mmview_error *err)
{
    struct mmv_field *fields = NULL;
    struct mmview_dtype *dtype;
    struct mmv_view view;
    size_t bytes;
    int rc;

    if (!mmview_dtype_isstruct(array->dtype))
        return no_fields(err);
    if (mmv_mul_size(count, sizeof *fields, &bytes))
        fields = mmv_alloc(bytes);
    if (!fields)
        return mmv_fail_nomem(err);
    rc = fields_dtype(array->dtype, names, lengths, fields, count, &dtype, err);
    mmv_free(fields);
    if (rc < 0)
        return rc;
    mmv_view_start(&view, array);
    return finish_with(&view, dtype, out, err);
}

/* Makes the last axis longer or shorter for items of another size. */
static int resize_last_axis(struct mmv_view *view, mmview_intp have, mmview_intp want,
                            struct mmview_error *err)
{
    int last = view->ndim - 1;
    mmview_intp bytes;

    if (view->ndim == 0)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "Changing the dtype of a 0d array is only supported if the itemsize is "
                        "unchanged");
    if (mmview_dtype_base(view->dtype))
        return mmv_fail(err, MMVIEW_ETYPE,
                        "Changing the dtype to a subarray type is only supported if the total "
                        "itemsize is unchanged");
    if (view->shape[last] != 1 && view->source->size != 0 && view->strides[last] != have)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "To change to a dtype of a different size, the last axis must be "
                        "contiguous");
    if (want == 0 || (want < have && have % want != 0))
        return mmv_fail(err, MMVIEW_ETYPE,
                        "When changing to a smaller dtype, its size must be a divisor of the size "
                        "of original dtype");
    bytes = view->shape[last] * have; /* which fits, or the array had not */
    if (bytes % want != 0)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "When changing to a larger dtype, its size must be a divisor of the total "
                        "size in bytes of the last axis of the array.");
    view->shape[last] = bytes / want;
    view->strides[last] = want;
    return MMVIEW_OK;
}

int mmview_view_dtype(struct mmview_array *array, const struct mmview_dtype *dtype,
                      struct mmview_array **out, struct mmview_error *err)
{
    /* A void type without a size takes the size that is there, as does, in
     * NumPy, a sub-array without items. */
    bool adapts = dtype->kind == 'V' && dtype->itemsize == 0 && !dtype->is_struct;
    struct mmview_dtype *sized;
    struct mmv_view view;
    int rc = MMVIEW_OK;

    if (mmview_dtype_hasobject(dtype))
        return mmv_fail(err, MMVIEW_EOBJECT, "Cannot change data-type for object array.");
    mmv_view_start(&view, array);
    view.dtype = dtype;
    if (adapts && !dtype->base) {
        sized = mmv_dtype_new_flexible('V', '|', (int)array->itemsize);
        if (!sized)
            return mmv_fail_nomem(err);
        return finish_with(&view, sized, out, err);
    }
    if (dtype->itemsize != array->itemsize && !adapts)
        rc = resize_last_axis(&view, array->itemsize, dtype->itemsize, err);
    if (rc >= 0)
        rc = mmv_view_expand_subarray(&view, err);
    return rc < 0 ? rc : mmv_view_finish(&view, out, err);
}

/* One of the two numbers that a complex one is. */
static int part(struct mmview_array *array, bool imaginary, struct mmview_array **out,
                struct mmview_error *err)
{
    static const char native = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? '<' : '>';
    const struct mmview_dtype *dtype = array->dtype;
    struct mmview_dtype *real;
    struct mmv_view view;
    bool known;

    mmv_view_start(&view, array);
    switch (dtype->kind) {
    case 'c': break;
    case 'b':
    case 'i':
    case 'u':
    case 'f':
        if (imaginary)
            return mmv_fail(err, MMVIEW_ENEEDSCOPY,
                            "real numbers have no imaginary parts in the file");
        return mmv_view_finish(&view, out, err);
    default: return mmv_fail(err, MMVIEW_ETYPE, "the items are no numbers: they have no parts");
    }
    real = mmv_dtype_new_letter(mmv_dtype_letter('f', dtype->itemsize / 2),
                                dtype->byteorder == '=' ? native : dtype->byteorder, &known);
    if (!real)
        return mmv_fail_nomem(err);
    view.shift = imaginary ? dtype->itemsize / 2 : 0;
    return finish_with(&view, real, out, err);
}

int mmview_view_real(struct mmview_array *array, struct mmview_array **out,
                     struct mmview_error *err)
{
    return part(array, false, out, err);
}

int mmview_view_imag(struct mmview_array *array, struct mmview_array **out,
                     struct mmview_error *err)
{
    return part(array, true, out, err);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Views of the same bytes as something else: fields, other dtypes, parts of
 * complex numbers. */
#include <string.h>

#include "array/view.h"
#include "base/alloc.h"
#include "base/checked.h"
#include "format/dtype.h"

/* Begins a view of an array with all its axes and with items of another dtype,
 * and takes sub-arrays apart: their dimensions are axes, their base is the dtype. */
static int begin_items(const struct mmview_array *array, const struct mmview_dtype *dtype,
                       struct mmview_array **out, struct mmview_error *err)
{
    const struct mmview_dtype *base;
    int first = array->ndim, more = 0;
    struct mmview_array *view;

    for (base = dtype; mmview_dtype_base(base); base = mmview_dtype_base(base)) {
        if (mmview_dtype_ndim(base) > MMVIEW_MAXDIMS - first - more)
            return mmv_fail(err, MMVIEW_EINDEX, "number of dimensions must be within [0, %d]",
                            MMVIEW_MAXDIMS);
        more += mmview_dtype_ndim(base);
    }
    view = mmv_view_begin_whole(array, more);
    if (!view)
        return mmv_fail_nomem(err);
    for (; (base = mmview_dtype_base(dtype)); dtype = base) {
        const mmview_intp *shape = mmview_dtype_shape(dtype);
        mmview_intp stride = mmview_dtype_itemsize(base);

        for (int i = mmview_dtype_ndim(dtype) - 1; i >= 0; i--) {
            mmv_array_set_axis(view, first + i, shape[i], stride);
            if (shape[i]) /* an axis without items counts as 1 */
                stride = mmv_wrap_mul(stride, shape[i]);
        }
        first += mmview_dtype_ndim(dtype);
    }
    view->dtype = dtype;
    *out = view;
    return MMVIEW_OK;
}

/* Makes the view with all axes, its first item so many bytes behind the array's,
 * of a dtype that was made for it, and gives that up. */
static int finish_with(const struct mmview_array *array, mmview_intp shift,
                       struct mmview_dtype *dtype, struct mmview_array **out,
                       struct mmview_error *err)
{
    struct mmview_array *view = mmv_view_begin_whole(array, 0);
    int rc;

    if (view) {
        view->dtype = dtype;
        mmv_view_move(view, shift, 1);
        rc = mmv_array_finish(view, out, err);
    } else {
        rc = mmv_fail_nomem(err);
    }
    mmview_dtype_unref(dtype);
    return rc;
}

static int no_fields(struct mmview_error *err)
{
    return mmv_fail(err, MMVIEW_EINDEX, "the array has no fields: a name is no index for it");
}

int mmv_view_field_at(const struct mmview_array *array, size_t index, struct mmview_array **out,
                      struct mmview_error *err)
{
    const struct mmv_field *field = &array->dtype->fields[index];
    struct mmview_array *view = NULL;
    int rc = begin_items(array, field->dtype, &view, err);

    if (rc < 0)
        return rc;
    mmv_view_move(view, field->offset, 1);
    return mmv_array_finish(view, out, err);
}

int mmview_view_field(struct mmview_array *array, const char *name, size_t length,
                      struct mmview_array **out, struct mmview_error *err)
{
    size_t index;

    if (!mmview_dtype_isstruct(array->dtype))
        return no_fields(err);
    if (length == SIZE_MAX)
        length = strlen(name);
    if (mmview_dtype_field_find(array->dtype, name, length, &index) < 0)
        return mmv_fail(err, MMVIEW_ENOTFOUND, "no field of name %.*s",
                        length < 200 ? (int)length : 200, name);
    return mmv_view_field_at(array, index, out, err);
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
    if (count && rc == MMVIEW_ENOTFOUND)
        return mmv_fail(err, MMVIEW_EINVAL, "duplicate field of name '%.200s'",
                        fields[twice].name.data);
    return rc < 0 ? mmv_fail_nomem(err) : rc;
}

int mmview_view_fields(struct mmview_array *array, const char *const *names, const size_t *lengths,
                       size_t count, struct mmview_array **out, struct mmview_error *err)
{
    struct mmv_field *fields = NULL;
    struct mmview_dtype *dtype;
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
    return rc < 0 ? rc : finish_with(array, 0, dtype, out, err);
}

/* Finds how long the last axis is in items of another size. */
static int resize_last_axis(const struct mmview_array *array, const struct mmview_dtype *dtype,
                            mmview_intp *length, struct mmview_error *err)
{
    const mmview_intp *shape = array->dims, *strides = array->dims + array->ndim;
    mmview_intp have = array->itemsize, want = dtype->itemsize, bytes;
    int last = array->ndim - 1;

    if (array->ndim == 0)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "Changing the dtype of a 0d array is only supported if the itemsize is "
                        "unchanged");
    if (dtype->base)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "Changing the dtype to a subarray type is only supported if the total "
                        "itemsize is unchanged");
    if (shape[last] != 1 && array->size != 0 && strides[last] != have)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "To change to a dtype of a different size, the last axis must be "
                        "contiguous");
    if (want == 0 || (want < have && have % want != 0))
        return mmv_fail(err, MMVIEW_ETYPE,
                        "When changing to a smaller dtype, its size must be a divisor of the size "
                        "of original dtype");
    bytes = shape[last] * have; /* which fits, or the array had not */
    if (bytes % want != 0)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "When changing to a larger dtype, its size must be a divisor of the total "
                        "size in bytes of the last axis of the array.");
    *length = bytes / want;
    return MMVIEW_OK;
}

int mmview_view_dtype(struct mmview_array *array, const struct mmview_dtype *dtype,
                      struct mmview_array **out, struct mmview_error *err)
{
    /* A void type without a size takes the size that is there, as does, in
     * NumPy, a sub-array without items. */
    bool adapts = dtype->kind == 'V' && dtype->itemsize == 0 && !dtype->is_struct;
    bool resizes = dtype->itemsize != array->itemsize && !adapts;
    struct mmview_array *view = NULL;
    struct mmview_dtype *sized;
    mmview_intp length = 0;
    int rc = MMVIEW_OK;

    if (mmview_dtype_hasobject(dtype))
        return mmv_fail(err, MMVIEW_EOBJECT, "Cannot change data-type for object array.");
    if (adapts && !dtype->base) {
        sized = mmv_dtype_new_flexible('V', '|', (int)array->itemsize);
        return sized ? finish_with(array, 0, sized, out, err) : mmv_fail_nomem(err);
    }
    if (resizes)
        rc = resize_last_axis(array, dtype, &length, err);
    if (rc < 0 || (rc = begin_items(array, dtype, &view, err)) < 0)
        return rc;
    if (resizes)
        mmv_array_set_axis(view, array->ndim - 1, length, dtype->itemsize);
    return mmv_array_finish(view, out, err);
}

/* One of the two numbers that a complex one is. */
static int part(struct mmview_array *array, bool imaginary, struct mmview_array **out,
                struct mmview_error *err)
{
    const struct mmview_dtype *dtype = array->dtype;
    struct mmview_dtype *real;
    struct mmview_array *view;
    bool known;

    switch (dtype->kind) {
    case 'c': break;
    case 'b':
    case 'i':
    case 'u':
    case 'f':
        if (imaginary)
            return mmv_fail(err, MMVIEW_ENEEDSCOPY,
                            "real numbers have no imaginary parts in the file");
        view = mmv_view_begin_whole(array, 0);
        return view ? mmv_array_finish(view, out, err) : mmv_fail_nomem(err);
    default: return mmv_fail(err, MMVIEW_ETYPE, "the items are no numbers: they have no parts");
    }
    real = mmv_dtype_new_letter(mmv_dtype_letter('f', dtype->itemsize / 2),
                                dtype->byteorder == '=' ? MMV_NATIVE : dtype->byteorder, &known);
    if (!real)
        return mmv_fail_nomem(err);
    return finish_with(array, imaginary ? dtype->itemsize / 2 : 0, real, out, err);
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

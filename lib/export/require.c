/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.ctypeslib.ndpointer(): is an array as a function needs it? */
#include <mmview/ctypeslib.h>

#include <inttypes.h>
#include <string.h>

#include <mmview/dtype.h>

#include "base/error.h"
#include "base/options.h"
#include "base/strbuf.h"

#define KNOWN_FLAGS                                                                \
    (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS | MMVIEW_OWNDATA | MMVIEW_ALIGNED | \
     MMVIEW_WRITEABLE | MMVIEW_WRITEBACKIFCOPY)

/* A piece of a message; what is longer ends in dots. */
struct text {
    char text[150];
};

static void finish(struct mmv_strbuf *buf)
{
    if (mmv_strbuf_end(buf) >= buf->size)
        memcpy(buf->data + buf->size - 4, "...", 4);
}

static void put_dims(struct mmv_strbuf *buf, const mmview_intp *dims, int ndim,
                     const char *negative)
{
    mmv_strbuf_char(buf, '(');
    for (int i = 0; i < ndim; i++) {
        if (i)
            mmv_strbuf_str(buf, ", ");
        if (dims[i] < 0 && negative)
            mmv_strbuf_str(buf, negative);
        else
            mmv_strbuf_int(buf, dims[i]);
    }
    mmv_strbuf_str(buf, ndim == 1 ? ",)" : ")");
}

static struct text dims_of(const mmview_intp *dims, int ndim, const char *negative)
{
    struct text text = {""};
    struct mmv_strbuf buf = mmv_strbuf_init(text.text, sizeof text.text);

    put_dims(&buf, dims, ndim, negative);
    finish(&buf);
    return text;
}

/* The descr, or for a sub-array, whose descr is only its size, "'<f4' (2, 3)". */
static struct text descr_of(const struct mmview_dtype *dtype)
{
    const struct mmview_dtype *item = dtype;
    struct text text = {""};
    struct mmv_strbuf buf = mmv_strbuf_init(text.text, sizeof text.text);

    while (mmview_dtype_base(item))
        item = mmview_dtype_base(item);
    buf.length = mmview_dtype_descr(item, text.text, sizeof text.text);
    for (; dtype != item; dtype = mmview_dtype_base(dtype)) {
        mmv_strbuf_char(&buf, ' ');
        put_dims(&buf, mmview_dtype_shape(dtype), mmview_dtype_ndim(dtype), NULL);
    }
    finish(&buf);
    return text;
}

/* Is the byte order all that keeps two dtypes from being equal? Their strs are
 * then so after the first letter; structs have none that says all. */
static bool swapped(const struct mmview_dtype *a, const struct mmview_dtype *b)
{
    char text[2][64];

    if (mmview_dtype_isstruct(a) || mmview_dtype_isstruct(b) || mmview_dtype_base(b))
        return false;
    mmview_dtype_typestr(a, text[0], sizeof text[0]);
    mmview_dtype_typestr(b, text[1], sizeof text[1]);
    return text[0][0] != text[1][0] && strcmp(text[0] + 1, text[1] + 1) == 0;
}

/* The first field that two structs do not have alike; their number if they have
 * all alike, as where only the item size differs. */
static size_t first_difference(const struct mmview_dtype *a, const struct mmview_dtype *b)
{
    size_t i = 0, length[2];

    for (; i < mmview_dtype_field_count(a) && i < mmview_dtype_field_count(b); i++) {
        const char *name = mmview_dtype_field_name(a, i, &length[0]);
        const char *other = mmview_dtype_field_name(b, i, &length[1]);

        if (length[0] != length[1] || memcmp(name, other, length[0]) != 0 ||
            mmview_dtype_field_offset(a, i) != mmview_dtype_field_offset(b, i) ||
            !mmview_dtype_equal(mmview_dtype_field_dtype(a, i), mmview_dtype_field_dtype(b, i)))
            break;
    }
    return i;
}

static struct text field_of(const struct mmview_dtype *dtype, size_t index)
{
    struct text text = {"none"};

    if (index < mmview_dtype_field_count(dtype)) {
        struct mmv_strbuf buf = mmv_strbuf_init(text.text, sizeof text.text);
        struct text descr = descr_of(mmview_dtype_field_dtype(dtype, index));
        size_t length;
        const char *name = mmview_dtype_field_name(dtype, index, &length);

        mmv_strbuf_char(&buf, '\'');
        mmv_strbuf_mem(&buf, name, length < 40 ? length : 40);
        mmv_strbuf_str(&buf, "', ");
        mmv_strbuf_str(&buf, descr.text);
        mmv_strbuf_str(&buf, " at byte ");
        mmv_strbuf_int(&buf, mmview_dtype_field_offset(dtype, index));
        finish(&buf);
    }
    return text;
}

static int require_dtype(const struct mmview_dtype *have, const struct mmview_dtype *want,
                         struct mmview_error *err)
{
    if (!want || mmview_dtype_equal(have, want))
        return MMVIEW_OK;
    if (swapped(have, want))
        return mmv_fail(err, MMVIEW_EBYTEORDER,
                        "the dtype is %s, but %s is required: the byte order is the other one",
                        descr_of(have).text, descr_of(want).text);
    if (mmview_dtype_isstruct(have) && mmview_dtype_isstruct(want)) {
        size_t index = first_difference(have, want);

        if (index < mmview_dtype_field_count(have) || index < mmview_dtype_field_count(want))
            return mmv_fail(err, MMVIEW_ETYPE, "field %zu of the dtype is %s, but %s is required",
                            index, field_of(have, index).text, field_of(want, index).text);
        return mmv_fail(err, MMVIEW_ETYPE,
                        "the dtype has the fields that are required, but %" PRIdPTR
                        " bytes instead of %" PRIdPTR ", or other titles",
                        mmview_dtype_itemsize(have), mmview_dtype_itemsize(want));
    }
    return mmv_fail(err, MMVIEW_ETYPE, "the dtype is %s, but %s is required", descr_of(have).text,
                    descr_of(want).text);
}

static int require_shape(const struct mmview_array *array, const struct mmview_requirement *want,
                         struct mmview_error *err)
{
    const mmview_intp *shape = mmview_array_shape(array);
    int ndim = mmview_array_ndim(array);

    if (want->ndim != MMVIEW_ANY_NDIM && want->ndim != ndim)
        return mmv_fail(err, MMVIEW_EDIMS, "the array has %d dimension%s, but %d %s required", ndim,
                        ndim == 1 ? "" : "s", want->ndim, want->ndim == 1 ? "is" : "are");
    for (int i = 0; want->shape && i < ndim; i++)
        if (want->shape[i] >= 0 && want->shape[i] != shape[i])
            return mmv_fail(err, MMVIEW_EDIMS, "the shape is %s, but %s is required",
                            dims_of(shape, ndim, NULL).text,
                            dims_of(want->shape, ndim, "any").text);
    return MMVIEW_OK;
}

static int require_flags(const struct mmview_array *array, int want, struct mmview_error *err)
{
    int missing = want & ~mmview_array_flags(array);
    int ndim = mmview_array_ndim(array);

    if (missing & (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS))
        return mmv_fail(err, MMVIEW_ELAYOUT,
                        "the array is not %s_CONTIGUOUS, as is required: its shape is %s, its "
                        "strides are %s",
                        missing & MMVIEW_C_CONTIGUOUS ? "C" : "F",
                        dims_of(mmview_array_shape(array), ndim, NULL).text,
                        dims_of(mmview_array_strides(array), ndim, NULL).text);
    if (missing & MMVIEW_ALIGNED)
        return mmv_fail_at(err, MMVIEW_EALIGNMENT, mmview_array_offset(array),
                           "the array is not ALIGNED, as is required: items want multiples of "
                           "%" PRIdPTR ", but its address is %#" PRIxPTR ", its strides are %s",
                           mmview_dtype_alignment(mmview_array_dtype(array)),
                           (uintptr_t)mmview_array_data(array),
                           dims_of(mmview_array_strides(array), ndim, NULL).text);
    if (missing & MMVIEW_WRITEABLE)
        return mmv_fail(
            err, MMVIEW_EREADONLY, "the array is not WRITEABLE, as is required: it is %s",
            mmview_array_mode(array) == MMVIEW_MODE_R ? "mapped in mode r"
                                                      : "a view that is for reading only");
    if (missing)
        return mmv_fail(err, MMVIEW_ELAYOUT, "%s is required, which no mapped array has",
                        missing & MMVIEW_OWNDATA ? "OWNDATA" : "WRITEBACKIFCOPY");
    return MMVIEW_OK;
}

int mmview_require(const struct mmview_array *array, const struct mmview_requirement *want,
                   struct mmview_error *err)
{
    struct mmview_requirement known = MMVIEW_REQUIREMENT_INIT;
    int status;

    if ((status = mmv_options_read(&known, sizeof known,
                                   MMV_SIZE_TO(struct mmview_requirement, flags), want, err)) !=
            MMVIEW_OK ||
        (status = mmv_options_check_flags((unsigned)known.flags, KNOWN_FLAGS, err)) != MMVIEW_OK)
        return status;
    if (known.ndim < MMVIEW_ANY_NDIM || known.ndim > MMVIEW_MAXDIMS)
        return mmv_fail(err, MMVIEW_EINVAL, "an array can not have %d dimensions", known.ndim);
    if (known.shape && known.ndim == MMVIEW_ANY_NDIM)
        return mmv_fail(err, MMVIEW_EINVAL, "a shape is required, but not of how many dimensions");

    if ((status = require_dtype(mmview_array_dtype(array), known.dtype, err)) != MMVIEW_OK ||
        (status = require_shape(array, &known, err)) != MMVIEW_OK)
        return status;
    return require_flags(array, known.flags, err);
}

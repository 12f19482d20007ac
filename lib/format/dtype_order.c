/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The same dtype in another byte order. */
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "format/dtype.h"

/* Each returns NULL out of memory. */
static struct mmview_dtype *reorder(const struct mmview_dtype *dtype, char order);

static struct mmview_dtype *reorder_subarray(const struct mmview_dtype *dtype, char order)
{
    struct mmview_dtype *base = reorder(dtype->base, order), *result;

    if (!base)
        return NULL;
    result = mmv_dtype_new_subarray(base, dtype->ndim, dtype->shape, dtype->itemsize);
    if (!result)
        mmview_dtype_unref(base);
    return result;
}

static struct mmview_dtype *reorder_struct(const struct mmview_dtype *dtype, char order)
{
    struct mmv_field *fields = mmv_alloc((dtype->nfields + 1) * sizeof *fields);
    struct mmview_dtype *result = NULL;
    size_t count = 0, twice;

    if (!fields)
        return NULL;
    for (; count < dtype->nfields; count++) {
        fields[count] = dtype->fields[count];
        fields[count].dtype = reorder(dtype->fields[count].dtype, order);
        if (!fields[count].dtype)
            break;
    }
    if (count < dtype->nfields)
        while (count--)
            mmview_dtype_unref(fields[count].dtype);
    else if (mmv_dtype_new_struct(fields, count, dtype->itemsize, dtype->alignment,
                                  dtype->aligned_struct, &result, &twice) < 0)
        result = NULL;
    mmv_free(fields);
    return result;
}

static struct mmview_dtype *reorder(const struct mmview_dtype *dtype, char order)
{
    struct mmview_dtype *result;
    char other = dtype->byteorder;
    bool known;

    if (dtype->base)
        return reorder_subarray(dtype, order);
    if (dtype->is_struct)
        return reorder_struct(dtype, order);
    if (other != '|' && order == 'S')
        other = other == '=' ? MMV_FOREIGN : '=';
    else if (other != '|' && order != '|')
        other = order == MMV_FOREIGN ? MMV_FOREIGN : '=';
    if (other == dtype->byteorder)
        return mmview_dtype_ref(dtype);

    result = mmv_dtype_new_letter(dtype->type, other, &known);
    if (!result)
        return NULL;
    result->itemsize = dtype->itemsize;
    result->unit = dtype->unit;
    result->multiple = dtype->multiple;
    return result;
}

int mmview_dtype_newbyteorder(const struct mmview_dtype *dtype, char order,
                              struct mmview_dtype **out, struct mmview_error *err)
{
    struct mmview_dtype *result;

    if (order == '\0' || !strchr("<>=|S", order))
        return mmv_fail(err, MMVIEW_EINVAL, "no byte order: it is one of < > = | S");
    result = reorder(dtype, order);
    if (!result)
        return mmv_fail_nomem(err);
    *out = result;
    return MMVIEW_OK;
}

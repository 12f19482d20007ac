/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/copy.h>

#include <mmview/dtype.h>

#include <string.h>

#include "array/array.h"
#include "base/alloc.h"
#include "base/options.h"
#include "ops/axes.h"
#include "ops/casting.h"

/* From here on memory comes from the system, which has large pages for it. */
#define LARGE ((size_t)1 << 20)

static int read_options(const struct mmview_copy_options *given, struct mmview_copy_options *known,
                        struct mmview_error *err)
{
    int status;

    *known = (struct mmview_copy_options)MMVIEW_COPY_OPTIONS_INIT;
    status = mmv_options_read(known, sizeof *known,
                              MMV_SIZE_TO(struct mmview_copy_options, casting), given, err);
    if (status < 0)
        return status;
    if (known->order < MMVIEW_ORDER_C || known->order > MMVIEW_ORDER_K)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown order %d", known->order);
    return MMVIEW_OK;
}

/* The dtype asked for, with a reference. */
static int choose_dtype(const struct mmview_dtype *asked, const struct mmview_dtype *src,
                        struct mmview_dtype **out, struct mmview_error *err)
{
    bool sized = !asked || asked->itemsize > 0 || asked->kind != src->kind || asked->is_struct ||
                 src->is_struct || asked->base;

    if (asked && asked->has_object)
        return mmv_fail(err, MMVIEW_EOBJECT, "Python objects can not be copied to");
    if (asked && asked->base)
        return mmv_fail(err, MMVIEW_ETYPE, "the items of an array are no sub-arrays");
    *out = sized ? mmview_dtype_ref(asked ? asked : src)
                 : mmv_dtype_new_flexible(asked->type, asked->byteorder, src->itemsize);
    return *out ? MMVIEW_OK : mmv_fail_nomem(err);
}

/* Strides in the order of the source's, without gaps. */
static void keep_order(const struct mmview_array *src, mmview_intp itemsize, mmview_intp *strides)
{
    const mmview_intp *theirs = src->dims + src->ndim;
    int order[MMVIEW_MAXDIMS];

    for (int i = 0; i < src->ndim; i++) {
        int place = i;

        for (; place > 0 && mmv_stride_size(theirs[order[place - 1]]) < mmv_stride_size(theirs[i]);
             place--)
            order[place] = order[place - 1];
        order[place] = i;
    }
    for (int i = src->ndim; i-- > 0;) {
        strides[order[i]] = itemsize;
        itemsize *= src->dims[order[i]] ? src->dims[order[i]] : 1;
    }
}

static int lay_out(const struct mmview_array *src, mmview_intp itemsize, int order,
                   struct mmv_layout *layout, struct mmview_error *err)
{
    bool c = src->flags & MMVIEW_C_CONTIGUOUS, f = src->flags & MMVIEW_F_CONTIGUOUS;
    enum mmv_layout_fault fault;

    if (order == MMVIEW_ORDER_K && (c || f))
        order = MMVIEW_ORDER_A;
    if (order == MMVIEW_ORDER_A)
        order = f && !c ? MMVIEW_ORDER_F : MMVIEW_ORDER_C;
    fault = mmv_layout_init(layout, src->ndim, src->dims, itemsize,
                            order == MMVIEW_ORDER_F ? MMVIEW_ORDER_F : MMVIEW_ORDER_C);
    if (!fault && order == MMVIEW_ORDER_K) {
        keep_order(src, itemsize, layout->strides);
        layout->contiguity = 0;
    }
    if (fault)
        return mmv_fail(err, MMVIEW_EOVERFLOW, "the copy has more bytes than can be counted");
    return MMVIEW_OK;
}

static int new_memory(size_t length, struct mmv_map **out, struct mmview_error *err)
{
    void *memory;
    int status;

    if (length >= LARGE)
        return mmv_map_fresh(length, NULL, out, err);
    memory = mmv_alloc(length);
    if (!memory)
        return mmv_fail_nomem(err);
    memset(memory, 0, length);
    status = mmv_map_memory(memory, length, MMVIEW_MODE_C, mmv_free, memory, out, err);
    if (status < 0)
        mmv_free(memory);
    return status;
}

static int new_array(const struct mmview_dtype *dtype, const struct mmv_layout *layout,
                     struct mmview_array **out, struct mmview_error *err)
{
    const struct mmv_origin origin = {.format = MMVIEW_FORMAT_RAW,
                                      .data_end = (uint64_t)layout->nbytes};
    struct mmv_map *map = NULL;
    int status = new_memory((size_t)layout->nbytes, &map, err);

    if (status < 0)
        return status;
    status = mmv_array_new(map, dtype, &origin, layout, 0, true, out, err);
    mmv_map_unref(map);
    return status;
}

int mmview_copy_new(const struct mmview_array *src, const struct mmview_copy_options *options,
                    struct mmview_array **out, struct mmview_error *err)
{
    struct mmview_copy_options known;
    struct mmview_array *array = NULL;
    struct mmview_dtype *dtype = NULL;
    struct mmv_layout layout;
    int status;

    if (!src || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    status = read_options(options, &known, err);
    if (status < 0)
        return status;
    status = choose_dtype(known.dtype, src->dtype, &dtype, err);
    if (status < 0)
        return status;
    status = mmv_casting_check(src->dtype, dtype, known.casting, err);
    if (status == MMVIEW_OK)
        status = lay_out(src, dtype->itemsize, known.order, &layout, err);
    if (status == MMVIEW_OK)
        status = new_array(dtype, &layout, &array, err);
    mmview_dtype_unref(dtype);
    if (status < 0)
        return status;
    status = mmview_copy(array, src, known.casting, err);
    if (status < 0)
        mmview_array_unref(array);
    else
        *out = array;
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include <mmview/copy.h>
#include <mmview/dtype.h>

#include "array/array.h"
#include "base/alloc.h"
#include "base/checked.h"
#include "format/dtype.h"
#include "format/header_write.h"
#include "io/emit.h"
#include "io/options.h"
#include "io/progress.h"
#include "io/save.h"
#include "ops/casting.h"

static int read_options(struct mmview_save_options *options,
                        const struct mmview_save_options *given, unsigned flags,
                        struct mmview_error *err)
{
    int status;

    *options = (struct mmview_save_options)MMVIEW_SAVE_OPTIONS_INIT;
    status = mmv_options_read(options, sizeof *options,
                              MMV_SIZE_TO(struct mmview_save_options, context), given, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_flags(options->flags, flags, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_version(options->version, err);
    if (status == MMVIEW_OK && options->order != MMVIEW_ORDER_C &&
        options->order != MMVIEW_ORDER_F && options->order != MMVIEW_ORDER_K)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown order %d", options->order);
    return status;
}

/* "S" and its like are as long as the array's own items. */
static int choose_dtype(struct mmv_saving *saving, struct mmview_error *err)
{
    const struct mmview_dtype *own = saving->array->dtype;
    const struct mmview_dtype *asked = saving->options.dtype ? saving->options.dtype : own;
    int status;

    if (asked->kind == own->kind && !asked->is_struct && asked->itemsize == 0 &&
        memchr("SUV", asked->kind, 3))
        asked = own;
    if (asked->base)
        return mmv_fail(err, MMVIEW_EUNSUPPORTED, "items can not become sub-arrays");
    status = mmv_casting_check(own, asked, saving->options.casting, err);
    if (status < 0)
        return status;
    return mmv_options_take_dtype(asked, "", &saving->dtype, err);
}

static bool is_fortran(const struct mmv_saving *saving)
{
    int flags = saving->array->flags & (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS);

    return saving->options.order == MMVIEW_ORDER_F ||
           (saving->options.order == MMVIEW_ORDER_K && flags == MMVIEW_F_CONTIGUOUS);
}

static int make_header(struct mmv_saving *saving, struct mmview_error *err)
{
    const struct mmv_header_facts facts = {
        .dtype = saving->dtype,
        .ndim = saving->array->ndim,
        .shape = saving->array->dims,
        .fortran_order = saving->fortran_order,
        .version = saving->options.version,
    };

    return mmv_header_write(&facts, &saving->header, &saving->header_length, err);
}

int mmv_saving_plan(struct mmv_saving *saving, struct mmview_array *array,
                    const struct mmview_save_options *given, unsigned flags,
                    struct mmview_error *err)
{
    mmview_intp total = 0;
    int status;

    memset(saving, 0, sizeof *saving);
    saving->array = array;
    status = read_options(&saving->options, given, flags, err);
    if (status == MMVIEW_OK)
        status = choose_dtype(saving, err);
    if (status == MMVIEW_OK && !mmv_mul_intp(array->size, saving->dtype->itemsize, &total))
        status = mmv_fail(err, MMVIEW_EOVERFLOW, "more bytes than a file can have");
    if (status == MMVIEW_OK) {
        saving->total = (uint64_t)total;
        saving->fortran_order = is_fortran(saving);
        if (!(saving->options.flags & MMVIEW_WRITE_RAW))
            status = make_header(saving, err);
    }
    if (status < 0)
        mmv_saving_clear(saving);
    return status;
}

void mmv_saving_clear(struct mmv_saving *saving)
{
    mmview_dtype_unref(saving->dtype);
    mmv_free(saving->header);
    saving->dtype = NULL;
    saving->header = NULL;
}

/* Items on their way to the caller's function. */
struct way {
    struct mmv_saving *saving;
    int (*put)(void *context, const void *data, size_t nbytes, struct mmview_error *err);
    void *context;
};

static int put_items(void *context, const void *data, size_t nbytes, struct mmview_error *err)
{
    const struct way *way = context;
    const struct mmview_save_options *options = &way->saving->options;
    const char *from = data;

    while (nbytes > 0) {
        size_t part = nbytes < MMV_PROGRESS_STRIDE ? nbytes : MMV_PROGRESS_STRIDE;
        int status = way->put(way->context, from, part, err);

        if (status < 0)
            return status;
        way->saving->done += part;
        from += part;
        nbytes -= part;
        status = mmv_progress(options->progress, options->context, way->saving->done,
                              way->saving->total, err);
        if (status < 0)
            return status;
    }
    return MMVIEW_OK;
}

int mmv_saving_put(struct mmv_saving *saving,
                   int (*put)(void *context, const void *data, size_t nbytes,
                              struct mmview_error *err),
                   void *context, struct mmview_error *err)
{
    struct way way = {saving, put, context};
    const struct mmv_emission emission = {
        .dtype = saving->dtype,
        .fortran_order = saving->fortran_order,
        .casting = saving->options.casting,
        .put = put_items,
        .context = &way,
    };
    int status = MMVIEW_OK;

    if (saving->header)
        status = put(context, saving->header, saving->header_length, err);
    if (status == MMVIEW_OK && saving->total > 0)
        status = mmv_emit(&emission, saving->array, err);
    return status;
}

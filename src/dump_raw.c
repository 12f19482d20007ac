/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* `mmview dump --raw`: the items as bytes, in the order and of the type asked for.
 * Where they lie so in the file they are written from the map, else by blocks, so
 * that memory does not grow with the array. */
#include "dump.h"

#include "guard.h"
#include "progress.h"
#include "report.h"

/* Bytes written at once from the map; and bytes of a block: large enough that one
 * of a transposed array still has whole cache lines of each of its rows. */
#define PART  ((size_t)1 << 20)
#define BLOCK ((mmview_intp)8 << 20)

struct raw {
    const struct target *target;
    const struct mmview_dtype *dtype; /* of the output */
    struct mmview_array *block;       /* the copy that was written last */
    struct progress progress;
};

/* The kernel raises no signal when it finds that a file no longer has what is to be
 * written. To read it does. */
static void touch(const char *bytes, size_t length)
{
    const volatile char *at = bytes;

    for (size_t i = 0; i < length; i += 512)
        (void)at[i];
    (void)at[length - 1];
}

static bool put_bytes(struct raw *raw, const void *bytes, size_t length)
{
    const char *from = bytes;

    while (length > 0) {
        size_t part = length < PART ? length : PART;

        if (!guard_intact(raw->target))
            return false;
        if (!report_output_write(from, part)) {
            if (report_output_fine()) {
                touch(from, part);
                /* Or does so again: what was there meanwhile is not known. */
                if (guard_intact(raw->target))
                    report(raw->target->name, "the file has changed while it was written");
            }
            return false;
        }
        progress_add(&raw->progress, part);
        from += part;
        length -= part;
    }
    return true;
}

static bool has_shape(const struct mmview_array *a, const struct mmview_array *b)
{
    int ndim = mmview_array_ndim(a);

    if (mmview_array_ndim(b) != ndim)
        return false;
    for (int i = 0; i < ndim; i++)
        if (mmview_array_shape(a)[i] != mmview_array_shape(b)[i])
            return false;
    return true;
}

/* Copies what a view shows and writes that. */
static int put_block(struct raw *raw, struct mmview_array *view, struct mmview_error *err)
{
    struct mmview_copy_options how = MMVIEW_COPY_OPTIONS_INIT;
    int status;

    how.dtype = raw->dtype;
    how.casting = MMVIEW_CASTING_UNSAFE;
    if (raw->block && has_shape(raw->block, view)) {
        status = mmview_copy(raw->block, view, how.casting, err);
    } else {
        mmview_array_unref(raw->block);
        raw->block = NULL;
        status = mmview_copy_new(view, &how, &raw->block, err);
    }
    if (status < 0)
        return status;
    /* What standard output says is no error of the FILE. */
    put_bytes(raw, mmview_array_data(raw->block), (size_t)mmview_array_nbytes(raw->block));
    return MMVIEW_OK;
}

static int put_view(struct raw *raw, struct mmview_array *view, struct mmview_error *err);

/* Some along the first axis; `count` 0 stands for one of them, without the axis. */
static int put_part(struct raw *raw, struct mmview_array *view, mmview_intp first,
                    mmview_intp count, struct mmview_error *err)
{
    struct mmview_index index = {
        .kind = count ? MMVIEW_INDEX_SLICE : MMVIEW_INDEX_INT,
        .given = MMVIEW_INDEX_START | MMVIEW_INDEX_STOP,
        .start = first,
        .stop = first + count,
    };
    struct mmview_array *part;
    int status = mmview_view_index(view, &index, 1, &part, err);

    if (status < 0)
        return status;
    status = count ? put_block(raw, part, err) : put_view(raw, part, err);
    mmview_array_unref(part);
    return status;
}

/* Bytes of an item on the way: "S" is as long as what it is made of. */
static mmview_intp itemsize_of(const struct raw *raw, const struct mmview_array *view)
{
    mmview_intp from = mmview_array_itemsize(view), to = mmview_dtype_itemsize(raw->dtype);

    return to ? to : from;
}

static int put_view(struct raw *raw, struct mmview_array *view, struct mmview_error *err)
{
    mmview_intp size = mmview_array_size(view), itemsize = itemsize_of(raw, view);
    mmview_intp length, fit, bytes;
    int status = MMVIEW_OK;

    if (mmview_array_ndim(view) == 0 ||
        (!__builtin_mul_overflow(size, itemsize, &bytes) && bytes <= BLOCK))
        return put_block(raw, view, err);

    /* As many of the first axis as make a block, or one by one. */
    length = mmview_array_shape(view)[0];
    fit = BLOCK / itemsize / (size / length);
    for (mmview_intp i = 0;
         i < length && status == MMVIEW_OK && report_output_fine() && guard_intact(raw->target);) {
        mmview_intp count = fit < length - i ? fit : length - i;

        status = put_part(raw, view, i, count, err);
        i += count ? count : 1;
    }
    return status;
}

static int put_array(struct raw *raw, struct mmview_array *array, struct mmview_error *err)
{
    if (!(mmview_array_flags(array) & MMVIEW_C_CONTIGUOUS) ||
        !mmview_dtype_equal(raw->dtype, mmview_array_dtype(array)))
        return put_view(raw, array, err);
    put_bytes(raw, mmview_array_data(array), (size_t)mmview_array_nbytes(array));
    return MMVIEW_OK;
}

/* The dtype of the output, to be unreffed. */
static int choose_dtype(const struct dumping *dumping, const struct mmview_array *array,
                        struct mmview_dtype **dtype, struct mmview_error *err)
{
    const struct mmview_dtype *asked = dumping->dtype ? dumping->dtype : mmview_array_dtype(array);

    if (dumping->byteorder)
        return mmview_dtype_newbyteorder(asked, dumping->byteorder, dtype, err);
    *dtype = mmview_dtype_ref(asked);
    return MMVIEW_OK;
}

/* F order is the C order of what has its axes the other way round. */
static int choose_axes(const struct dumping *dumping, struct mmview_array *array,
                       struct mmview_array **out, struct mmview_error *err)
{
    if (dumping->order == MMVIEW_ORDER_F)
        return mmview_view_transpose(array, NULL, 0, out, err);
    *out = mmview_array_ref(array);
    return MMVIEW_OK;
}

void dump_raw(const struct dumping *dumping, const struct target *target)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    struct mmview_dtype *dtype = NULL;
    struct raw raw = {.target = target};
    int status = choose_dtype(dumping, target->array, &dtype, &err);

    if (status == MMVIEW_OK)
        status = choose_axes(dumping, target->array, &array, &err);
    if (status == MMVIEW_OK) {
        mmview_array_advise(array, MMVIEW_ADVICE_SEQUENTIAL, NULL);
        raw.dtype = dtype;
        progress_start(&raw.progress, target->name, 0);
        status = put_array(&raw, array, &err);
        progress_end(&raw.progress);
    }
    mmview_array_unref(raw.block);
    mmview_array_unref(array);
    mmview_dtype_unref(dtype);
    if (status < 0)
        target_report(target, &err);
}

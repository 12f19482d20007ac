/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* JSON: an axis is a list, a struct an object. And JSON Lines, where the first axis
 * is the lines. */
#include "ops/reader.h"
#include "ops/text_form.h"
#include "ops/text_value.h"

static void put_json(struct mmv_writer *writer, const struct mmv_value_style *style,
                     const struct mmview_dtype *dtype, const unsigned char *item, char after);

/* The items of a sub-array from one of its axes on, as a list, and ','. Returns
 * where they end. */
static const unsigned char *put_axis(struct mmv_writer *writer, const struct mmv_value_style *style,
                                     const struct mmview_dtype *dtype, int axis,
                                     const unsigned char *item)
{
    if (axis == dtype->ndim) {
        put_json(writer, style, dtype->base, item, ',');
        return item + dtype->base->itemsize;
    }
    mmv_writer_char(writer, '[');
    for (mmview_intp i = 0; i < dtype->shape[axis] && writer->status == 0; i++)
        item = put_axis(writer, style, dtype, axis + 1, item);
    if (dtype->shape[axis] > 0)
        writer->at[-1] = ']';
    else
        mmv_writer_char(writer, ']');
    mmv_writer_char(writer, ',');
    return item;
}

static void put_object(struct mmv_writer *writer, const struct mmv_value_style *style,
                       const struct mmview_dtype *dtype, const unsigned char *item)
{
    mmv_writer_char(writer, '{');
    for (size_t i = 0; i < dtype->nfields; i++) {
        const struct mmv_field *field = &dtype->fields[i];

        mmv_write_name(writer, style, field->name.data, field->name.length);
        mmv_writer_char(writer, ':');
        put_json(writer, style, field->dtype, item + field->offset, ',');
    }
    if (dtype->nfields > 0)
        writer->at[-1] = '}';
    else
        mmv_writer_char(writer, '}');
}

/* A value of any dtype, and a character. */
static void put_json(struct mmv_writer *writer, const struct mmv_value_style *style,
                     const struct mmview_dtype *dtype, const unsigned char *item, char after)
{
    if (dtype->base) {
        put_axis(writer, style, dtype, 0, item);
        writer->at[-1] = after;
    } else if (dtype->is_struct) {
        put_object(writer, style, dtype, item);
        mmv_writer_char(writer, after);
    } else {
        mmv_write_value(writer, style, dtype, item, after);
    }
}

static void run_objects(struct mmv_writer *writer, const struct mmv_value_style *style,
                        const struct mmview_dtype *dtype, const unsigned char *items,
                        mmview_intp count, mmview_intp step, char after)
{
    for (; count > 0 && writer->status == 0; count--, items += step)
        put_json(writer, style, dtype, items, after);
}

/* An array on its way to nested lists. */
struct lists {
    struct mmv_writer *writer;
    const struct mmv_value_style *style;
    const struct mmview_array *array;
    bool lines; /* the first axis is no list: its items are lines */
    mmv_value_run *run;

    /* The values that were read and not yet written. */
    struct mmv_reader reader;
    const unsigned char *items;
    mmview_intp count;
};

/* The next values, each with a character after it. */
static void put_values(struct lists *lists, mmview_intp count, char after)
{
    while (count > 0 && lists->writer->status == 0) {
        mmview_intp part;

        if (lists->count == 0)
            lists->count = mmv_reader_next(&lists->reader, &lists->items);
        part = count < lists->count ? count : lists->count;
        lists->run(lists->writer, lists->style, lists->array->dtype, lists->items, part,
                   lists->reader.step, after);
        lists->items += part * lists->reader.step;
        lists->count -= part;
        count -= part;
    }
}

/* What there is from an axis on, and a character that stands for what comes after. */
static void put_list(struct lists *lists, int axis)
{
    const struct mmview_array *array = lists->array;
    struct mmv_writer *writer = lists->writer;
    bool lines = lists->lines && axis == 0;
    char after = lines ? '\n' : ',';

    if (axis == array->ndim) {
        put_values(lists, 1, after);
        return;
    }
    if (!lines)
        mmv_writer_char(writer, '[');
    if (axis == array->ndim - 1)
        put_values(lists, array->dims[axis], after);
    else
        for (mmview_intp i = 0; i < array->dims[axis] && writer->status == 0; i++) {
            put_list(lists, axis + 1);
            writer->at[-1] = after;
        }
    if (lines)
        return;
    if (array->dims[axis] > 0)
        writer->at[-1] = ']';
    else
        mmv_writer_char(writer, ']');
    mmv_writer_char(writer, ',');
}

static int write_json(const struct mmview_array *array, const struct mmview_text_options *options,
                      struct mmv_writer *writer, bool lines)
{
    const struct mmv_value_style style = {
        .form = MMV_VALUE_JSON,
        .nan_string = options->flags & MMVIEW_TEXT_NAN_STRING,
    };
    struct lists lists = {
        .writer = writer,
        .style = &style,
        .array = array,
        .lines = lines && array->ndim > 0,
        .run = array->dtype->is_struct ? run_objects : mmv_value_run_for(array->dtype, &style),
    };
    _Alignas(MMV_READER_ALIGN) unsigned char buffer[MMV_VALUE_ROOM];

    mmv_reader_start(&lists.reader, array, buffer, sizeof buffer);
    put_list(&lists, 0);
    if (!lists.lines)
        writer->at[-1] = '\n';
    return MMVIEW_OK;
}

int mmv_text_json(const struct mmview_array *array, const struct mmview_text_options *options,
                  struct mmv_writer *writer, struct mmview_error *err)
{
    (void)err;
    return write_json(array, options, writer, false);
}

int mmv_text_jsonl(const struct mmview_array *array, const struct mmview_text_options *options,
                   struct mmv_writer *writer, struct mmview_error *err)
{
    (void)err;
    return write_json(array, options, writer, true);
}

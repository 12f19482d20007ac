/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* A value a line; a struct is one value. */
#include "ops/number_text.h"
#include "ops/load.h"
#include "ops/reader.h"
#include "ops/string_text.h"
#include "ops/text_form.h"
#include "ops/text_value.h"

static const struct mmv_value_style line_style = {.form = MMV_VALUE_LINE};

static void put_part(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                     const unsigned char *item);

/* The items of a sub-array from one of its axes on, as a list. Returns where they
 * end. */
static const unsigned char *put_axis(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                                     int axis, const unsigned char *item)
{
    if (axis == dtype->ndim) {
        put_part(writer, dtype->base, item);
        return item + dtype->base->itemsize;
    }
    mmv_writer_char(writer, '[');
    for (mmview_intp i = 0; i < dtype->shape[axis] && writer->status == 0; i++) {
        if (i > 0)
            mmv_writer_str(writer, ", ");
        item = put_axis(writer, dtype, axis + 1, item);
    }
    mmv_writer_char(writer, ']');
    return item;
}

static void put_tuple(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                      const unsigned char *item)
{
    mmv_writer_char(writer, '(');
    for (size_t i = 0; i < dtype->nfields; i++) {
        if (i > 0)
            mmv_writer_str(writer, ", ");
        put_part(writer, dtype->fields[i].dtype, item + dtype->fields[i].offset);
    }
    mmv_writer_str(writer, dtype->nfields == 1 ? ",)" : ")");
}

/* A time, in quotes where a date or NaT would not be read as it is. */
static void put_time(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                     const unsigned char *item)
{
    bool quoted = dtype->kind == 'M' && dtype->unit != MMV_UNIT_GENERIC;
    union mmv_value number;

    mmv_load_number(&number, dtype, item);
    quoted |= number.i8 == INT64_MIN;
    if (quoted)
        mmv_writer_char(writer, '\'');
    mmv_write_value(writer, &line_style, dtype, item, '\'');
    if (!quoted)
        writer->at--;
}

/* A part of a struct, as Python writes such a thing. */
static void put_part(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                     const unsigned char *item)
{
    if (dtype->base) {
        put_axis(writer, dtype, 0, item);
        return;
    }
    switch (dtype->kind) {
    case 'S': mmv_write_bytes(writer, item, (size_t)dtype->itemsize); break;
    case 'U': mmv_write_unicode_repr(writer, dtype, item); break;
    case 'M':
    case 'm': put_time(writer, dtype, item); break;
    case 'V':
        if (dtype->is_struct)
            put_tuple(writer, dtype, item);
        else
            mmv_write_void(writer, item, (size_t)dtype->itemsize);
        break;
    default:
        mmv_write_value(writer, &line_style, dtype, item, '\0');
        writer->at--;
        break;
    }
}

static void put_tuples(struct mmv_writer *writer, const struct mmv_value_style *style,
                       const struct mmview_dtype *dtype, const unsigned char *items,
                       mmview_intp count, mmview_intp step, char after)
{
    (void)style;
    for (; count > 0 && writer->status == 0; count--, items += step) {
        put_tuple(writer, dtype, items);
        mmv_writer_char(writer, after);
    }
}

/* The coordinates of the item that is written next. */
struct place {
    const struct mmview_array *array;
    mmview_intp index[MMVIEW_MAXDIMS];
};

static void put_place(struct mmv_writer *writer, const struct place *place)
{
    for (int i = 0; i < place->array->ndim; i++) {
        mmv_writer_reserve(writer, MMV_I8_TEXT_MOST + 1);
        writer->at = mmv_put_i8(writer->at, place->index[i]);
        *writer->at++ = '\t';
    }
}

static void next_place(struct place *place)
{
    for (int i = place->array->ndim - 1; i >= 0; i--) {
        if (++place->index[i] < place->array->dims[i])
            return;
        place->index[i] = 0;
    }
}

int mmv_text_lines(const struct mmview_array *array, const struct mmview_text_options *options,
                   struct mmv_writer *writer, struct mmview_error *err)
{
    const struct mmview_dtype *dtype = array->dtype;
    mmv_value_run *run = dtype->is_struct ? put_tuples : mmv_value_run_for(dtype, &line_style);
    _Alignas(MMV_READER_ALIGN) unsigned char buffer[MMV_VALUE_ROOM];
    struct place place = {.array = array};
    const unsigned char *items;
    struct mmv_reader reader;
    mmview_intp count;

    (void)err;
    mmv_reader_start(&reader, array, buffer, sizeof buffer);
    while (writer->status == 0 && (count = mmv_reader_next(&reader, &items)) > 0) {
        if (!(options->flags & MMVIEW_TEXT_INDEX)) {
            run(writer, &line_style, dtype, items, count, reader.step, '\n');
            continue;
        }
        for (; count > 0; count--, items += reader.step) {
            put_place(writer, &place);
            run(writer, &line_style, dtype, items, 1, reader.step, '\n');
            next_place(&place);
        }
    }
    return MMVIEW_OK;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Tables: fields with a comma or a tab between them, a row a line. Structs are a row
 * each, below a line of names; of other arrays the last axis is a row. */
#include <string.h>

#include "ops/number_text.h"
#include "ops/reader.h"
#include "ops/text_form.h"
#include "ops/text_value.h"

/* The way from an item to one of its columns, from the column up: names of fields
 * and indices of sub-arrays. */
struct step {
    const struct step *up;
    const struct mmv_text *name; /* NULL: the index */
    mmview_intp index;
};

/* What goes through all columns of a struct. */
struct columns {
    struct mmv_writer *writer;
    struct mmv_value_style style;
    /* One column; item is NULL if there is none. */
    void (*column)(struct columns *columns, const struct mmview_dtype *dtype,
                   const unsigned char *item, const struct step *way);
};

/* How many columns a dtype has: 0, 1 or 2, which stands for many. */
static int count_columns(const struct mmview_dtype *dtype)
{
    int count = 0;

    if (dtype->base) {
        count = count_columns(dtype->base);
        for (int i = 0; i < dtype->ndim && count > 0; i++)
            count = dtype->shape[i] > 1 ? 2 : dtype->shape[i] == 1 ? count : 0;
        return count;
    }
    if (!dtype->is_struct)
        return 1;
    for (size_t i = 0; i < dtype->nfields && count < 2; i++)
        count += count_columns(dtype->fields[i].dtype);
    return count < 2 ? count : 2;
}

static void visit(struct columns *columns, const struct mmview_dtype *dtype,
                  const unsigned char *item, const struct step *up);

/* The items of a sub-array from one of its axes on. Returns where they end. */
static const unsigned char *visit_axis(struct columns *columns, const struct mmview_dtype *dtype,
                                       int axis, const unsigned char *item, const struct step *up)
{
    struct step step = {.up = up};

    if (axis == dtype->ndim) {
        visit(columns, dtype->base, item, up);
        return item ? item + dtype->base->itemsize : NULL;
    }
    for (; step.index < dtype->shape[axis] && columns->writer->status == 0; step.index++)
        item = visit_axis(columns, dtype, axis + 1, item, &step);
    return item;
}

static void visit(struct columns *columns, const struct mmview_dtype *dtype,
                  const unsigned char *item, const struct step *up)
{
    /* There may be any number of items of nothing, which would take forever. */
    if (count_columns(dtype) == 0)
        return;
    if (dtype->base) {
        visit_axis(columns, dtype, 0, item, up);
        return;
    }
    if (!dtype->is_struct) {
        columns->column(columns, dtype, item, up);
        return;
    }
    for (size_t i = 0; i < dtype->nfields; i++) {
        const struct mmv_field *field = &dtype->fields[i];
        struct step step = {.up = up, .name = &field->name};

        visit(columns, field->dtype, item ? item + field->offset : NULL, &step);
    }
}

static bool is_special_way(const struct columns *columns, const struct step *way)
{
    for (; way; way = way->up)
        if (way->name && mmv_csv_is_special(&columns->style, way->name->data, way->name->length))
            return true;
    return false;
}

/* "pos.0", from the top down. */
static void put_way(struct mmv_writer *writer, const struct step *way)
{
    if (way->up) {
        put_way(writer, way->up);
        mmv_writer_char(writer, '.');
    }
    if (way->name) {
        mmv_write_csv_text(writer, way->name->data, way->name->length);
    } else {
        mmv_writer_reserve(writer, MMV_I8_TEXT_MOST);
        writer->at = mmv_put_i8(writer->at, way->index);
    }
}

static void put_name(struct columns *columns, const struct mmview_dtype *dtype,
                     const unsigned char *item, const struct step *way)
{
    bool empty = !way->up && way->name->length == 0;
    bool quoted = is_special_way(columns, way) || (empty && columns->style.alone);

    (void)dtype;
    (void)item;
    if (quoted)
        mmv_writer_char(columns->writer, '"');
    put_way(columns->writer, way);
    if (quoted)
        mmv_writer_char(columns->writer, '"');
    mmv_writer_char(columns->writer, columns->style.delimiter);
}

static void put_value(struct columns *columns, const struct mmview_dtype *dtype,
                      const unsigned char *item, const struct step *way)
{
    (void)way;
    mmv_write_value(columns->writer, &columns->style, dtype, item, columns->style.delimiter);
}

/* A row of all columns of a struct. */
static void put_row(struct columns *columns, const struct mmview_dtype *dtype,
                    const unsigned char *item)
{
    uint64_t before = mmv_writer_length(columns->writer);

    visit(columns, dtype, item, NULL);
    if (mmv_writer_length(columns->writer) == before)
        mmv_writer_char(columns->writer, '\n');
    else
        columns->writer->at[-1] = '\n';
}

static void write_structs(struct mmv_writer *writer, const struct mmv_value_style *style,
                          const struct mmview_array *array)
{
    struct columns columns = {.writer = writer, .style = *style, .column = put_name};
    const unsigned char *items;
    struct mmv_reader reader;
    mmview_intp count;

    columns.style.alone = count_columns(array->dtype) == 1;
    put_row(&columns, array->dtype, NULL);
    columns.column = put_value;
    mmv_reader_start(&reader, array, NULL, 0);
    while ((count = mmv_reader_next(&reader, &items)) > 0)
        for (; count > 0; count--, items += reader.step) {
            if (writer->status != 0)
                return;
            put_row(&columns, array->dtype, items);
        }
}

/* Rows without fields, of which there may be more than a size can tell. */
static void write_empty_rows(struct mmv_writer *writer, const struct mmview_array *array, int axis)
{
    if (axis == array->ndim - 2) {
        mmv_writer_fill(writer, '\n', (uint64_t)array->dims[axis]);
        return;
    }
    for (mmview_intp i = 0; i < array->dims[axis] && writer->status == 0; i++)
        write_empty_rows(writer, array, axis + 1);
}

static void write_rows(struct mmv_writer *writer, const struct mmv_value_style *style,
                       const struct mmview_array *array)
{
    mmview_intp row = array->ndim > 1 ? array->dims[array->ndim - 1] : 1, left, count;
    mmv_value_run *run = mmv_value_run_for(array->dtype, style);
    _Alignas(MMV_READER_ALIGN) unsigned char buffer[MMV_VALUE_ROOM];
    const unsigned char *items;
    struct mmv_reader reader;
    char after = style->delimiter;

    if (row == 0) {
        write_empty_rows(writer, array, 0);
        return;
    }
    /* Rows of one value are one long row with the ends of lines in between. */
    if (row == 1) {
        row = array->size;
        after = '\n';
    }
    left = row;
    mmv_reader_start(&reader, array, buffer, sizeof buffer);
    while (writer->status == 0 && (count = mmv_reader_next(&reader, &items)) > 0)
        while (count > 0) {
            mmview_intp part = count < left ? count : left;

            run(writer, style, array->dtype, items, part, reader.step, after);
            items += part * reader.step;
            count -= part;
            left -= part;
            if (left == 0) {
                writer->at[-1] = '\n';
                left = row;
            }
        }
}

static int write_table(const struct mmview_array *array, struct mmv_writer *writer, char delimiter)
{
    struct mmv_value_style style = {
        .form = MMV_VALUE_CSV,
        .delimiter = delimiter,
        .alone = array->ndim < 2 || array->dims[array->ndim - 1] == 1,
    };

    if (array->dtype->is_struct)
        write_structs(writer, &style, array);
    else
        write_rows(writer, &style, array);
    return MMVIEW_OK;
}

int mmv_text_csv(const struct mmview_array *array, const struct mmview_text_options *options,
                 struct mmv_writer *writer, struct mmview_error *err)
{
    (void)options;
    (void)err;
    return write_table(array, writer, ',');
}

int mmv_text_tsv(const struct mmview_array *array, const struct mmview_text_options *options,
                 struct mmv_writer *writer, struct mmview_error *err)
{
    (void)options;
    (void)err;
    return write_table(array, writer, '\t');
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* str(array) and repr(array), after numpy/core/arrayprint.py: brackets, line breaks
 * and dots. What items look like, print_cell.c knows. */
#include "base/alloc.h"
#include "ops/item_text.h"
#include "ops/number_text.h"
#include "ops/print_cell.h"
#include "ops/print_line.h"
#include "ops/text_form.h"

/* More digits no number has after its point. */
#define MOST_DIGITS 20000

struct printer {
    const struct mmview_array *array;
    mmview_intp edge;  /* items at either end of a long axis; -1: all of any */
    mmview_intp width; /* characters of a line, less what has to fit behind an item */
    uint64_t indent;   /* characters before the first bracket */
    const char *comma; /* between items, besides a blank */
    struct mmv_cell cell;
    struct mmv_line line;
    char word[MMV_WRITER_LEAST];
};

/* ---- Which items ---- */

/* Does an axis show its ends only? */
static bool is_cut(const struct printer *printer, mmview_intp length)
{
    return printer->edge >= 0 && length > printer->edge && length - printer->edge > printer->edge;
}

/* All items that will be shown; without edge items NumPy lines up the one that is
 * left with all the others. */
static void measure(struct printer *printer, int axis, const unsigned char *data)
{
    const struct mmview_array *array = printer->array;
    mmview_intp length, stride, edge = printer->edge;

    if (axis == array->ndim) {
        mmv_cell_measure(&printer->cell, data);
        return;
    }
    length = array->dims[axis];
    stride = array->dims[array->ndim + axis];
    if (!is_cut(printer, length) || edge == 0)
        edge = length;
    for (mmview_intp i = 0; i < length; i++) {
        if (i == edge)
            i = length - edge;
        measure(printer, axis + 1, data + i * stride);
    }
}

/* ---- Items in lines ---- */

/* To the next line with what does not fit into this one, unless it is the first. */
static void wrap(struct printer *printer, uint64_t indent, uint64_t width)
{
    struct mmv_line *line = &printer->line;

    if (line->column > indent &&
        (printer->width < 0 || line->column + width > (uint64_t)printer->width))
        mmv_line_break(line, 0, indent);
}

/* Where the text of an item goes that does not fit into printer->word. */
struct long_word {
    struct mmv_line *line; /* NULL: it is only counted */
    uint64_t width;
    mmview_intp most; /* more need not be counted */
};

static int take_long_word(void *context, const char *text, size_t length)
{
    struct long_word *word = context;
    uint64_t width = mmv_line_width(text, length);

    word->width += width;
    if (!word->line)
        return word->most < 0 || word->width > (uint64_t)word->most;
    mmv_line_put(word->line, text, length, width);
    return word->line->out->status;
}

static void write_item(struct printer *printer, uint64_t indent, const unsigned char *item)
{
    struct long_word word = {.most = printer->width};
    struct mmv_writer writer;

    mmv_writer_start(&writer, printer->word, sizeof printer->word, take_long_word, &word);
    mmv_cell_write(&printer->cell, &writer, item);
    if (writer.taken == 0) {
        size_t length = (size_t)(writer.at - writer.buffer);
        uint64_t width = mmv_line_width(writer.buffer, length);

        wrap(printer, indent, width);
        mmv_line_put(&printer->line, writer.buffer, length, width);
        return;
    }
    mmv_writer_flush(&writer);
    wrap(printer, indent, word.width);
    word.line = &printer->line;
    mmv_writer_start(&writer, printer->word, sizeof printer->word, take_long_word, &word);
    mmv_cell_write(&printer->cell, &writer, item);
    mmv_writer_flush(&writer);
}

/* ---- Items in brackets ---- */

/* Between two items of an axis: rows start a line, and the more axes they have, the
 * more lines stay empty before. */
static void separate(struct printer *printer, int axis)
{
    int inner = printer->array->ndim - 1 - axis;

    mmv_line_str(&printer->line, printer->comma);
    if (inner == 0)
        mmv_line_str(&printer->line, " ");
    else
        mmv_line_break(&printer->line, inner - 1, printer->indent + (uint64_t)axis + 1);
}

static void write_axis(struct printer *printer, int axis, const unsigned char *data)
{
    const struct mmview_array *array = printer->array;
    uint64_t indent = printer->indent + (uint64_t)axis + 1;
    mmview_intp length = array->dims[axis], stride = array->dims[array->ndim + axis];
    mmview_intp cut = is_cut(printer, length) ? printer->edge : -1;
    bool innermost = axis == array->ndim - 1;

    mmv_line_str(&printer->line, "[");
    for (mmview_intp i = 0; i < length && printer->line.out->status == 0; i++) {
        if (i > 0)
            separate(printer, axis);
        if (i == cut) {
            if (innermost)
                wrap(printer, indent, strlen("..."));
            mmv_line_str(&printer->line, "...");
            separate(printer, axis);
            i = length - (cut > 0 ? cut : 1); /* NumPy always shows the last */
        }
        if (innermost)
            write_item(printer, indent, data + i * stride);
        else
            write_axis(printer, axis + 1, data + i * stride);
    }
    mmv_line_str(&printer->line, "]");
}

static int write_array(struct printer *printer, const struct mmview_text_options *options,
                       struct mmview_error *err)
{
    const struct mmview_array *array = printer->array;
    size_t count = mmv_cell_fields(array->dtype);
    int precision = options->precision < MOST_DIGITS ? (int)options->precision : MOST_DIGITS;
    struct mmv_cell *fields = NULL;

    if (array->size == 0) {
        mmv_line_str(&printer->line, "[]");
        return MMVIEW_OK;
    }
    if (count > 0) {
        fields = mmv_alloc(count * sizeof *fields);
        if (!fields)
            return mmv_fail_nomem(err);
    }
    mmv_cell_start(&printer->cell, array->dtype, precision,
                   (options->flags & MMVIEW_TEXT_SUPPRESS) != 0, array->ndim == 0, fields);
    if (options->threshold >= 0 && array->size > options->threshold)
        printer->edge = options->edgeitems;
    if (printer->cell.measures)
        measure(printer, 0, array->data);
    mmv_cell_settle(&printer->cell);
    if (array->ndim == 0)
        write_item(printer, UINT64_MAX, array->data);
    else
        write_axis(printer, 0, array->data);
    mmv_free(fields);
    return MMVIEW_OK;
}

/* ---- Both forms ---- */

int mmv_text_str(const struct mmview_array *array, const struct mmview_text_options *options,
                 struct mmv_writer *writer, struct mmview_error *err)
{
    struct printer printer = {
        .array = array,
        .edge = -1,
        .width = options->linewidth - array->ndim,
        .comma = "",
        .line = {.out = writer},
    };

    /* A scalar's text, but for structs, whose numbers are then an array's. */
    if (array->ndim == 0 && !array->dtype->is_struct) {
        mmv_write_item(writer, array->dtype, array->data, MMV_ITEM_STR);
        return MMVIEW_OK;
    }
    return write_array(&printer, options, err);
}

/* Does the text of the items tell their type? As numpy.array() takes them. */
static bool is_implied(const struct mmview_array *array)
{
    return array->size > 0 && !array->dtype->is_struct &&
           memchr("?ldD", array->dtype->type, strlen("?ldD"));
}

static void write_shape(struct mmv_line *line, const struct mmview_array *array)
{
    char text[MMV_I8_TEXT_MOST];

    mmv_line_str(line, ", shape=(");
    for (int i = 0; i < array->ndim; i++) {
        char *end = mmv_put_i8(text, array->dims[i]);

        if (i > 0)
            mmv_line_str(line, ", ");
        mmv_line_put(line, text, (size_t)(end - text), (size_t)(end - text));
    }
    mmv_line_str(line, ")");
}

/* On a line of its own if this one would get too long. */
static int write_dtype(struct printer *printer, mmview_intp linewidth, struct mmview_error *err)
{
    const struct mmview_dtype *dtype = printer->array->dtype;
    struct mmv_line *line = &printer->line;
    size_t length = mmv_dtype_shown(dtype, NULL, 0);
    uint64_t width;
    char *text = mmv_alloc(length + 1);

    if (!text)
        return mmv_fail_nomem(err);
    mmv_dtype_shown(dtype, text, length + 1);
    width = mmv_line_width(text, length);
    mmv_line_str(line, ",");
    if (line->column + strlen(" dtype=)") + width > (uint64_t)linewidth)
        mmv_line_break(line, 0, printer->indent);
    else
        mmv_line_str(line, " ");
    mmv_line_str(line, "dtype=");
    mmv_line_put(line, text, length, width);
    mmv_free(text);
    return MMVIEW_OK;
}

int mmv_text_repr(const struct mmview_array *array, const struct mmview_text_options *options,
                  struct mmv_writer *writer, struct mmview_error *err)
{
    struct printer printer = {
        .array = array,
        .edge = -1,
        .width = options->linewidth - array->ndim - 1,
        .indent = strlen("array("),
        .comma = ",",
        .line = {.out = writer},
    };
    int status;

    mmv_line_str(&printer.line, "array(");
    status = write_array(&printer, options, err);
    if (status < 0)
        return status;
    if (array->size == 0 && array->ndim > 1)
        write_shape(&printer.line, array);
    if (!is_implied(array))
        status = write_dtype(&printer, options->linewidth, err);
    mmv_line_str(&printer.line, ")");
    return status;
}

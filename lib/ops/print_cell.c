/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/print_cell.h"

#include "base/alloc.h"

static void measure_struct(struct mmv_cell *cell, const unsigned char *item)
{
    for (size_t i = 0; i < cell->dtype->nfields; i++)
        mmv_cell_measure(&cell->as.fields[i], item + cell->as.fields[i].offset);
}

static void settle_struct(struct mmv_cell *cell)
{
    for (size_t i = 0; i < cell->dtype->nfields; i++)
        mmv_cell_settle(&cell->as.fields[i]);
}

static void write_struct(const struct mmv_cell *cell, struct mmv_writer *writer,
                         const unsigned char *item)
{
    mmv_writer_char(writer, '(');
    for (size_t i = 0; i < cell->dtype->nfields; i++) {
        if (i)
            mmv_writer_str(writer, ", ");
        mmv_cell_write(&cell->as.fields[i], writer, item + cell->as.fields[i].offset);
    }
    mmv_writer_str(writer, cell->dtype->nfields == 1 ? ",)" : ")");
}

static const struct mmv_cell_kind structs = {measure_struct, settle_struct, write_struct};

size_t mmv_cell_fields(const struct mmview_dtype *dtype)
{
    size_t count = dtype->nfields;

    for (size_t i = 0; i < dtype->nfields; i++)
        count += mmv_cell_fields(dtype->fields[i].dtype);
    return dtype->base ? mmv_cell_fields(dtype->base) : count;
}

static void start_parts(struct mmv_cell *cell, int precision, bool suppress)
{
    static const char letters[][2] = {{'F', 'f'}, {'D', 'd'}, {'G', 'g'}};
    char type = cell->dtype->type;

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i][0] == type)
            type = letters[i][1];
    for (int i = 0; i < 2; i++)
        cell->as.parts[i] = (struct mmv_float_format){
            .type = type, .plus = i == 1, .suppress = suppress, .precision = precision};
}

struct mmv_cell *mmv_cell_start(struct mmv_cell *cell, const struct mmview_dtype *dtype,
                                int precision, bool suppress, bool scalar, struct mmv_cell *fields)
{
    const struct mmview_dtype *base = dtype->base ? dtype->base : dtype;

    *cell = (struct mmv_cell){
        .dtype = base,
        .subarray = dtype->base ? dtype : NULL,
        .kind = base->is_struct ? &structs : mmv_cell_kind_of(base),
        .scalar = scalar && !dtype->base,
    };
    /* Items without bytes may be without number. */
    cell->measures = cell->kind->measure && base->itemsize > 0;
    if (base->kind == 'f' || base->kind == 'c')
        start_parts(cell, precision, suppress);
    /* NULL where no struct has a field: nothing may be added to it. */
    if (cell->kind != &structs || !fields)
        return fields;

    cell->as.fields = fields;
    fields += base->nfields;
    for (size_t i = 0; i < base->nfields; i++) {
        struct mmv_cell *field = &cell->as.fields[i];

        fields =
            mmv_cell_start(field, base->fields[i].dtype, precision, suppress, cell->scalar, fields);
        field->offset = base->fields[i].offset;
    }
    return fields;
}

void mmv_cell_measure(struct mmv_cell *cell, const unsigned char *item)
{
    int size = cell->dtype->itemsize;

    if (!cell->measures)
        return;
    for (int i = cell->subarray ? cell->subarray->itemsize / size : 1; i > 0; i--, item += size)
        cell->kind->measure(cell, item);
}

void mmv_cell_settle(struct mmv_cell *cell)
{
    if (cell->kind->settle)
        cell->kind->settle(cell);
}

/* Returns the item after the sub-array's axes from this one on. */
static const unsigned char *write_axis(const struct mmv_cell *cell, struct mmv_writer *writer,
                                       int axis, const unsigned char *item)
{
    mmv_writer_char(writer, '[');
    for (mmview_intp i = 0; i < cell->subarray->shape[axis] && writer->status == 0; i++) {
        if (i)
            mmv_writer_str(writer, ", ");
        if (axis < cell->subarray->ndim - 1) {
            item = write_axis(cell, writer, axis + 1, item);
        } else {
            cell->kind->write(cell, writer, item);
            item += cell->dtype->itemsize;
        }
    }
    mmv_writer_char(writer, ']');
    return item;
}

void mmv_cell_write(const struct mmv_cell *cell, struct mmv_writer *writer,
                    const unsigned char *item)
{
    if (cell->subarray)
        write_axis(cell, writer, 0, item);
    else
        cell->kind->write(cell, writer, item);
}

int mmv_cell_write_alone(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                         const unsigned char *item)
{
    struct mmv_cell cell, *fields = NULL;
    size_t count = mmv_cell_fields(dtype);

    if (count > 0) {
        fields = mmv_alloc(count * sizeof *fields);
        if (!fields)
            return MMVIEW_ENOMEM;
    }
    mmv_cell_start(&cell, dtype, MMV_PRINT_PRECISION, false, true, fields);
    mmv_cell_measure(&cell, item);
    mmv_cell_settle(&cell);
    mmv_cell_write(&cell, writer, item);
    mmv_free(fields);
    return MMVIEW_OK;
}

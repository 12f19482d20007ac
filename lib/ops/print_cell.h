/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_PRINT_CELL_H
#define MMV_OPS_PRINT_CELL_H

#include "format/dtype.h"
#include "ops/print_float.h"
#include "ops/writer.h"

struct mmv_cell;

/* What the cells of a kind of dtype do. */
struct mmv_cell_kind {
    /* Takes note of an item; NULL: all items are written in the same way. */
    void (*measure)(struct mmv_cell *cell, const unsigned char *item);
    void (*settle)(struct mmv_cell *cell);
    void (*write)(const struct mmv_cell *cell, struct mmv_writer *writer,
                  const unsigned char *item);
};

/* How the items of an array are shown so that they line up: what NumPy calls a
 * format function. A cell is started with a dtype, measures each item that will be
 * shown, in any order, is settled, and then writes them. A struct has a cell for
 * each of its fields. */
struct mmv_cell {
    const struct mmv_cell_kind *kind;
    const struct mmview_dtype *dtype;    /* no sub-array */
    const struct mmview_dtype *subarray; /* of which the items come, or NULL */
    int offset;                          /* of a field */
    bool scalar;                         /* all that is shown of its kind is one item */
    bool measures;                       /* it depends on the items how they are shown */
    int width;                           /* of integers and times, settled */
    union {
        struct {
            bool any, nat;
            int64_t low, high;            /* or uint64_t, for kind u */
        } integer;                        /* times too */
        struct mmv_float_format parts[2]; /* real, imaginary */
        struct mmv_cell *fields;
    } as;
};

/* NumPy's default precision. */
#define MMV_PRINT_PRECISION 8

/* Of what is no struct. */
const struct mmv_cell_kind *mmv_cell_kind_of(const struct mmview_dtype *dtype);

/* Cells of the fields in a dtype, and of theirs. */
size_t mmv_cell_fields(const struct mmview_dtype *dtype);

/* fields: room for as many cells as mmv_cell_fields() says; returns the room that is
 * left. precision and suppress are for floating-point numbers; scalar: the array has
 * 0 dimensions. */
struct mmv_cell *mmv_cell_start(struct mmv_cell *cell, const struct mmview_dtype *dtype,
                                int precision, bool suppress, bool scalar, struct mmv_cell *fields);

void mmv_cell_measure(struct mmv_cell *cell, const unsigned char *item);
void mmv_cell_settle(struct mmv_cell *cell);
void mmv_cell_write(const struct mmv_cell *cell, struct mmv_writer *writer,
                    const unsigned char *item);

/* One item by itself, as str() and repr() have a struct: its numbers are shown as
 * those of an array, whose options are the defaults. MMVIEW_OK or MMVIEW_ENOMEM. */
int mmv_cell_write_alone(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                         const unsigned char *item);

#endif

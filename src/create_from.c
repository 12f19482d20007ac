/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* A new file from standard input: text, tables or bytes. */
#include "creating.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"
#include "leaves.h"
#include "reading.h"
#include "report.h"

static const char input[] = "standard input";

struct source {
    const struct creation *creation;
    struct mmview_writer *writer; /* NULL: rows have no bytes, and are counted only */
    struct progress progress;
    uintmax_t items_left; /* to be read; UINTMAX_MAX: any number */
    uintmax_t items;      /* that were read */

    struct reading reading;
    struct leaves leaves; /* the columns of a table of structs; of any other array one */
    char *item;
    size_t itemsize;
    uintmax_t row_fields; /* of a line of a table; 0: any number */
};

static bool too_many(const struct source *source)
{
    mmview_intp rows = source->creation->shape[create_growing_axis(source->creation)];

    if (rows < 0)
        report(input, "there is something to read, but the rows have no bytes");
    else
        report(input, "there is more than the shape has, which is %" PRIdPTR " row%s", rows,
               rows == 1 ? "" : "s");
    return false;
}

/* UINTMAX_MAX if it is more. */
static uintmax_t times(uintmax_t a, uintmax_t b)
{
    uintmax_t product;

    return __builtin_mul_overflow(a, b, &product) ? UINTMAX_MAX : product;
}

static bool put(struct source *source, const void *data, size_t nbytes)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    progress_add(&source->progress, nbytes);
    if (mmview_writer_put(source->writer, data, nbytes, &err) == 0)
        return true;
    writing_report(source->creation->file, &err);
    return false;
}

static bool put_item(struct source *source)
{
    if (source->items == source->items_left)
        return too_many(source);
    source->items++;
    return !source->writer || put(source, source->item, source->itemsize);
}

static bool read_bytes(struct source *source)
{
    static char block[1 << 17];
    uintmax_t left = times(source->items_left, source->itemsize);

    for (;;) {
        ssize_t n = interrupt_read(STDIN_FILENO, block, sizeof block);

        if (n < 0 && !interrupt_pending())
            report(input, "%s", strerror(errno));
        if (n <= 0)
            return n == 0;
        if (!source->writer || (uintmax_t)n > left)
            return too_many(source);
        if (!put(source, block, (size_t)n))
            return false;
        left -= left == UINTMAX_MAX ? 0 : (uintmax_t)n;
    }
}

/* One leaf from the piece that was read. */
static bool take(struct source *source, size_t leaf)
{
    const struct reading *reading = &source->reading;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    if (leaves_parse(&source->leaves, leaf, reading->text, reading->length, source->item, &err))
        return true;
    report(input, "line %ju: %s", reading->line, err.message);
    return false;
}

/* There was no further piece: is that the end? */
static bool ended(const struct source *source, const char *why)
{
    if (why && *why)
        report(input, "line %ju: %s", source->reading.line, why);
    return !why;
}

/* An item a line or a word. An empty line is an empty string, and else no item. */
static bool read_items(struct source *source)
{
    char kind = mmview_dtype_kind(source->creation->dtype);
    bool may_be_empty = kind == 'S' || kind == 'U' || source->itemsize == 0;
    const char *why;

    while (reading_next(&source->reading, &why)) {
        if (source->reading.length == 0 && !may_be_empty)
            continue;
        if (!take(source, 0) || !put_item(source))
            return false;
    }
    return ended(source, why);
}

/* Does a line of names stand above the table, as `mmview dump --csv` writes it? */
static bool is_header(const struct source *source)
{
    const struct reading *reading = &source->reading;

    if (reading->line != 1 || !mmview_dtype_isstruct(source->creation->dtype))
        return false;
    for (size_t i = 0; i < source->leaves.count; i++)
        if (leaves_is_name(&source->leaves, i, reading->text, reading->length))
            return true;
    return false;
}

/* The columns have to be those of the dtype, in their order. */
static bool check_header(struct source *source)
{
    const struct reading *reading = &source->reading;
    const char *why;

    for (size_t i = 0; i < source->leaves.count; i++) {
        if (i > 0 && !reading_next(&source->reading, &why))
            return ended(source, why);
        if (!leaves_is_name(&source->leaves, i, reading->text, reading->length)) {
            report(input, "line 1: column %zu is '%s' where '%s' is due", i + 1, reading->text,
                   source->leaves.list[i].name);
            return false;
        }
        if (reading->last != (i + 1 == source->leaves.count)) {
            report(input, "line 1: %s names than the dtype has columns, which are %zu",
                   reading->last ? "fewer" : "more", source->leaves.count);
            return false;
        }
    }
    return true;
}

static bool check_fields(const struct source *source, uintmax_t fields)
{
    uintmax_t due = source->row_fields;

    if (due == 0 || fields == due || (fields < due && !source->reading.last))
        return true;
    report(input, "line %ju: %s%ju field%s where %ju %s due", source->reading.line,
           fields > due ? "more than " : "", fields > due ? due : fields, fields == 1 ? "" : "s",
           due, due == 1 ? "is" : "are");
    return false;
}

/* Fields, of which leaves.count make an item, and row_fields a line. */
static bool read_table(struct source *source)
{
    const struct reading *reading = &source->reading;
    size_t count = source->leaves.count;
    uintmax_t fields = 0; /* of the line, and if that is any number of the item */
    const char *why;

    while (reading_next(&source->reading, &why)) {
        if (fields == 0 && reading->last && reading->length == 0 && !reading->quoted)
            continue; /* an empty line */
        if (fields == 0 && is_header(source)) {
            if (!check_header(source))
                return false;
            continue;
        }
        if (!check_fields(source, ++fields) || !take(source, (size_t)((fields - 1) % count)))
            return false;
        if (fields % count == 0 && !put_item(source))
            return false;
        if (reading->last)
            fields = 0;
    }
    return ended(source, why);
}

/* A line of a table is a struct, or a list of the file's last axis. */
static uintmax_t count_row_fields(const struct source *source)
{
    const struct creation *creation = source->creation;
    int inner = creation->order == MMVIEW_ORDER_F ? 0 : creation->ndim - 1;

    if (mmview_dtype_isstruct(creation->dtype))
        return source->leaves.count;
    return creation->ndim > 1 ? (uintmax_t)creation->shape[inner] : 0;
}

static bool read_text(struct source *source)
{
    static const enum reading_form forms[] = {
        [CREATE_CSV] = READING_CSV, [CREATE_TSV] = READING_TSV, [CREATE_TEXT] = READING_WORDS};
    const struct mmview_dtype *dtype = source->creation->dtype;
    bool by_lines = mmview_dtype_isstruct(dtype) || strchr("SUVm", mmview_dtype_kind(dtype));
    enum create_from from = source->creation->from;

    if (from == CREATE_TEXT) {
        leaves_one(&source->leaves, dtype);
        reading_start(&source->reading, STDIN_FILENO, by_lines ? READING_LINES : READING_WORDS);
        return read_items(source);
    }
    leaves_all(&source->leaves, dtype);
    reading_start(&source->reading, STDIN_FILENO, forms[from]);
    source->row_fields = count_row_fields(source);
    if (source->leaves.count > 0)
        return read_table(source);
    report(source->creation->file, "a struct without fields has no columns");
    return false;
}

static bool read_source(struct source *source)
{
    bool done;

    source->itemsize = (size_t)mmview_dtype_itemsize(source->creation->dtype);
    source->item = calloc(source->itemsize + 1, 1);
    if (!source->item)
        report_nomem();
    progress_start_of_file(&source->progress, source->creation->file, 0);
    if (source->creation->from == CREATE_RAW)
        done = read_bytes(source);
    else
        done = read_text(source);
    progress_end(&source->progress);
    reading_end(&source->reading);
    leaves_clear(&source->leaves);
    free(source->item);
    return done;
}

int create_growing_axis(const struct creation *creation)
{
    return creation->order == MMVIEW_ORDER_F ? creation->ndim - 1 : 0;
}

/* Is it as long as the shape says? */
static bool check_rows(const struct creation *creation, mmview_intp rows)
{
    mmview_intp wanted = creation->shape[create_growing_axis(creation)];

    if (wanted < 0 || wanted == rows)
        return true;
    report(input, "%" PRIdPTR " row%s, but the shape has %" PRIdPTR, rows, rows == 1 ? "" : "s",
           wanted);
    return false;
}

/* Items without bytes are counted where they are text. Of what can not be counted, which is
 * rows without items as well, there is as many as the shape says. */
static void create_without_bytes(struct creation *creation, struct source *source,
                                 uintmax_t row_items)
{
    mmview_intp *rows = &creation->shape[create_growing_axis(creation)];

    if (!read_source(source))
        return;
    if (creation->from == CREATE_RAW)
        row_items = 0;
    if (row_items > 0 && source->items % row_items != 0)
        report(input, "the last row is cut short: %ju of its %ju items are there",
               source->items % row_items, row_items);
    else if (row_items == 0 || check_rows(creation, (mmview_intp)(source->items / row_items))) {
        if (*rows < 0)
            *rows = row_items ? (mmview_intp)(source->items / row_items) : 0;
        create_filled(creation);
    }
}

static void cancel(void *unfinished)
{
    mmview_writer_cancel(unfinished);
}

static void create_of_rows(const struct creation *creation, struct source *source)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    bool fine;

    writing_undo(cancel, source->writer);
    fine = read_source(source) && check_rows(creation, mmview_writer_rows(source->writer));
    writing_undo(NULL, NULL);
    if (!fine)
        mmview_writer_cancel(source->writer);
    else if (mmview_writer_finish(source->writer, &err) < 0)
        writing_report(creation->file, &err);
}

/* All but the axis that grows. */
static uintmax_t count_row_items(const struct creation *creation)
{
    uintmax_t count = 1;

    for (int i = 0; i < creation->ndim; i++)
        if (creation->shape[i] == 0 && i != create_growing_axis(creation))
            return 0;
    for (int i = 0; i < creation->ndim; i++)
        if (i != create_growing_axis(creation))
            count = times(count, (uintmax_t)creation->shape[i]);
    return count;
}

void create_from(struct creation *creation)
{
    struct mmview_writer_options how = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct source source = {.creation = creation, .items_left = UINTMAX_MAX};
    mmview_intp rows = creation->shape[create_growing_axis(creation)];
    uintmax_t row_items = count_row_items(creation);

    if (rows >= 0 || row_items == 0)
        source.items_left = times(rows > 0 ? (uintmax_t)rows : 0, row_items);
    if (row_items == 0 || mmview_dtype_itemsize(creation->dtype) == 0) {
        create_without_bytes(creation, &source, row_items);
        return;
    }
    how.flags = creation->write.exclusive ? MMVIEW_WRITE_EXCLUSIVE : 0;
    how.order = creation->order;
    how.dtype = creation->dtype;
    how.row_shape = creation->shape + (creation->order == MMVIEW_ORDER_C);
    how.row_ndim = creation->ndim - 1;
    how.version = creation->write.version;
    if (mmview_writer_create(creation->file, &how, &source.writer, &err) < 0)
        writing_report(creation->file, &err);
    else
        create_of_rows(creation, &source);
}

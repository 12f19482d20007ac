/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Two arrays, item by item, a chunk at a time: of structs a column of the chunk after
 * the other, while it is in the cache. */
#include "ops/compare.h"

#include <stdalign.h>
#include <string.h>

#include <mmview/dtype.h>

#include "base/alloc.h"
#include "base/options.h"
#include "format/number_type.h"

#define CHUNK ((mmview_intp)2048)
#define ROOM  ((size_t)MMV_COMPARE_MOST * 32) /* an element has at most 32 bytes */

struct space {
    alignas(MMV_READER_ALIGN) unsigned char a[ROOM];
    unsigned char b[ROOM];
    unsigned char converted[3][ROOM];
    unsigned char marks[MMV_COMPARE_MOST];
    unsigned char differs[CHUNK];       /* which items of the chunk do */
    struct mmview_difference at[CHUNK]; /* where an item does first, if it is to be told */
};

struct comparison {
    struct mmv_columns columns;
    struct space *space;
    struct mmview_difference *differences;
    mmview_intp room; /* for more of them */
    struct mmview_comparison found;
};

/* Bytes from the start of an item to one of its elements. */
static mmview_intp offset_of(const struct mmview_array *view, int outer, mmview_intp first,
                             mmview_intp part)
{
    for (int i = view->ndim - 1; i >= outer; i--) {
        first += part % view->dims[i] * view->dims[view->ndim + i];
        part /= view->dims[i];
    }
    return first;
}

static struct mmview_difference place_of(const struct mmv_column *column, mmview_intp item,
                                         mmview_intp part)
{
    return (struct mmview_difference){
        .item = item,
        .a_offset = offset_of(column->a, column->outer, column->a_offset, part),
        .b_offset = offset_of(column->b, column->outer, column->b_offset, part),
    };
}

/* Elements are counted from the first item of the chunk. */
struct run {
    struct mmv_column *column;
    mmview_intp first; /* item of the chunk */
    mmview_intp element;
};

static void keep_largest(const struct run *run, const struct mmv_largest *largest,
                         long double *value, struct mmview_difference *at)
{
    mmview_intp element = run->element + largest->at, parts = run->column->parts;
    mmview_intp item = run->first + element / parts;

    /* Of equal ones the first item's: columns are compared one after another. */
    if (largest->at < 0 || largest->value < *value ||
        (!(largest->value > *value) && item >= at->item))
        return;
    *value = largest->value;
    *at = place_of(run->column, item, element % parts);
}

/* Returns how many items differ that did not in an earlier column. */
static mmview_intp mark_items(struct comparison *comparison, const struct run *run,
                              mmview_intp count)
{
    struct space *space = comparison->space;
    mmview_intp parts = run->column->parts, marked = 0;

    for (mmview_intp i = 0; i < count; i++) {
        mmview_intp element = run->element + i;
        mmview_intp item = parts == 1 ? element : element / parts;

        if (!space->marks[i] || space->differs[item])
            continue;
        space->differs[item] = 1;
        marked++;
        if (comparison->room > 0)
            space->at[item] = place_of(run->column, run->first + item, element % parts);
    }
    return marked;
}

static mmview_intp compare_run(struct comparison *comparison, const struct run *run,
                               const unsigned char *a, const unsigned char *b, mmview_intp count)
{
    struct mmv_compared compared = {0, 0, {0, -1}, {0, -1}};
    struct mmview_comparison *found = &comparison->found;
    struct mmv_column *column = run->column;

    if (!column->compare(column, a, b, count, comparison->space->marks, &compared))
        return 0;
    keep_largest(run, &compared.absolute, &found->absolute, &found->absolute_at);
    keep_largest(run, &compared.relative, &found->relative, &found->relative_at);
    found->nan += compared.nan;
    return compared.different > 0 ? mark_items(comparison, run, count) : 0;
}

/* A run of a reader, of which some is left. */
struct pending {
    const unsigned char *items;
    mmview_intp left;
};

static void refill(struct pending *pending, struct mmv_reader *reader)
{
    if (pending->left == 0)
        pending->left = mmv_reader_next(reader, &pending->items);
}

static void consume(struct pending *pending, const struct mmv_reader *reader, mmview_intp count)
{
    pending->items += count * reader->step;
    pending->left -= count;
}

static mmview_intp compare_column(struct comparison *comparison, struct mmv_column *column,
                                  mmview_intp first, mmview_intp items)
{
    mmview_intp count = items * column->parts, marked = 0;
    struct run run = {column, first, 0};
    struct pending a = {NULL, 0}, b = {NULL, 0};

    mmv_reader_seek(&column->a_reader, first * column->parts, count);
    mmv_reader_seek(&column->b_reader, first * column->parts, count);
    while (run.element < count) {
        mmview_intp piece;

        refill(&a, &column->a_reader);
        refill(&b, &column->b_reader);
        piece = a.left < b.left ? a.left : b.left;
        if (piece > MMV_COMPARE_MOST)
            piece = MMV_COMPARE_MOST;
        marked += compare_run(comparison, &run, a.items, b.items, piece);
        consume(&a, &column->a_reader, piece);
        consume(&b, &column->b_reader, piece);
        run.element += piece;
    }
    return marked;
}

static void tell(struct comparison *comparison, mmview_intp items)
{
    struct space *space = comparison->space;

    for (mmview_intp i = 0; i < items && comparison->room > 0; i++)
        if (space->differs[i]) {
            comparison->differences[comparison->found.told++] = space->at[i];
            comparison->room--;
        }
    memset(space->differs, 0, (size_t)items);
}

static void start_columns(struct comparison *comparison)
{
    struct space *space = comparison->space;

    for (size_t i = 0; i < comparison->columns.count; i++) {
        struct mmv_column *column = &comparison->columns.list[i];

        mmv_reader_start(&column->a_reader, column->a, space->a, ROOM);
        mmv_reader_start(&column->b_reader, column->b, space->b, ROOM);
        for (int j = 0; j < 3; j++)
            column->converted[j] = space->converted[j];
    }
    memset(space->differs, 0, sizeof space->differs);
}

/* Elements without bytes are equal, however many they are. */
static bool has_bytes(const struct mmv_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->list[i].parts > 0)
            return true;
    return false;
}

static void compare_items(struct comparison *comparison)
{
    const struct mmv_columns *columns = &comparison->columns;
    struct mmview_comparison *found = &comparison->found;

    start_columns(comparison);
    for (mmview_intp first = 0; first < found->items; first += CHUNK) {
        mmview_intp left = found->items - first, items = left < CHUNK ? left : CHUNK;
        mmview_intp marked = 0;

        for (size_t i = 0; i < columns->count; i++)
            if (columns->list[i].parts > 0)
                marked += compare_column(comparison, &columns->list[i], first, items);
        if (marked > 0)
            tell(comparison, items);
        found->different += marked;
    }
}

static int compare_values(struct comparison *comparison, mmview_intp size, struct mmview_error *err)
{
    struct mmview_comparison *found = &comparison->found;

    found->items = size;
    if (size > 0 && has_bytes(&comparison->columns)) {
        void *memory = mmv_alloc(sizeof(struct space) + alignof(struct space));

        if (!memory)
            return mmv_fail_nomem(err);
        comparison->space = (void *)(((uintptr_t)memory + alignof(struct space) - 1) &
                                     ~((uintptr_t)alignof(struct space) - 1));
        compare_items(comparison);
        mmv_free(memory);
    }
    found->values = found->different > 0 ? MMVIEW_VALUES_DIFFERENT : MMVIEW_VALUES_SAME;
    return MMVIEW_OK;
}

static int check_options(const struct mmview_compare_options *options, struct mmview_error *err)
{
    int status = mmv_options_check_flags(options->flags,
                                         MMVIEW_COMPARE_CLOSE | MMVIEW_COMPARE_EQUAL_NAN, err);

    if (status < 0)
        return status;
    if (!(options->rtol >= 0) || !(options->atol >= 0))
        return mmv_fail(err, MMVIEW_EINVAL, "a tolerance is negative or NaN");
    if (!(options->flags & MMVIEW_COMPARE_CLOSE) && (options->rtol > 0 || options->atol > 0))
        return mmv_fail(err, MMVIEW_EINVAL, "a tolerance is given, but not MMVIEW_COMPARE_CLOSE");
    if (options->room > 0 && !options->differences)
        return mmv_fail(err, MMVIEW_EINVAL, "there is no array for %u differences", options->room);
    return MMVIEW_OK;
}

static bool same_shape(const struct mmview_array *a, const struct mmview_array *b)
{
    return a->ndim == b->ndim && memcmp(a->dims, b->dims, (size_t)a->ndim * sizeof *a->dims) == 0;
}

int mmview_compare(const struct mmview_array *a, const struct mmview_array *b,
                   const struct mmview_compare_options *options, struct mmview_comparison *out,
                   struct mmview_error *err)
{
    struct mmview_compare_options known = MMVIEW_COMPARE_OPTIONS_INIT;
    struct comparison comparison;
    struct mmv_compare_rule rule;
    bool comparable;
    int status;

    if ((status = mmv_options_read(&known, sizeof known,
                                   MMV_SIZE_TO(struct mmview_compare_options, differences), options,
                                   err)) != MMVIEW_OK ||
        (status = check_options(&known, err)) != MMVIEW_OK ||
        (status = mmv_dtype_check_meaning(a->dtype, err)) != MMVIEW_OK ||
        (status = mmv_dtype_check_meaning(b->dtype, err)) != MMVIEW_OK)
        return status;
    memset(&rule, 0, sizeof rule);
    rule.close = known.flags & MMVIEW_COMPARE_CLOSE;
    rule.equal_nan = known.flags & MMVIEW_COMPARE_EQUAL_NAN;
    rule.rtol = known.rtol;
    rule.atol = known.atol;

    memset(&comparison, 0, sizeof comparison);
    comparison.differences = known.differences;
    comparison.room = (mmview_intp)known.room;
    comparison.found.same_dtype = mmview_dtype_equal(a->dtype, b->dtype);
    comparison.found.same_shape = same_shape(a, b);
    comparison.found.same_order = a->order == b->order;
    comparison.found.absolute_at.item = comparison.found.relative_at.item = -1;
    comparison.found.values = MMVIEW_VALUES_INCOMPARABLE;

    status = mmv_columns_of(&comparison.columns, a, b, &rule, &comparable, err);
    if (status == MMVIEW_OK && comparable)
        status = compare_values(&comparison, a->size, err);
    mmv_columns_free(&comparison.columns);
    if (status == MMVIEW_OK)
        *out = comparison.found;
    return status;
}

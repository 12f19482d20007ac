/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What is compared with what: an array's items, or field by field. */
#include <string.h>

#include "array/view.h"
#include "base/alloc.h"
#include "format/dtype.h"
#include "ops/compare.h"

/* NULL: out of memory. */
static struct mmv_column *add_column(struct mmv_columns *columns)
{
    if (columns->count == columns->room) {
        size_t room = columns->room ? 2 * columns->room : 1;
        struct mmv_column *grown = mmv_realloc(columns->list, room * sizeof *grown);

        if (!grown)
            return NULL;
        columns->list = grown;
        columns->room = room;
    }
    return &columns->list[columns->count++];
}

static bool same_shape(const struct mmview_array *a, const struct mmview_array *b)
{
    return a->ndim == b->ndim && memcmp(a->dims, b->dims, (size_t)a->ndim * sizeof *a->dims) == 0;
}

static bool same_names(const struct mmview_dtype *a, const struct mmview_dtype *b)
{
    if (a->nfields != b->nfields)
        return false;
    for (size_t i = 0; i < a->nfields; i++) {
        const struct mmv_text *name = &a->fields[i].name, *other = &b->fields[i].name;

        if (name->length != other->length || memcmp(name->data, other->data, name->length) != 0)
            return false;
    }
    return true;
}

/* What all columns of a comparison have in common. */
struct source {
    const struct mmview_array *a, *b;
    const struct mmv_compare_rule *rule;
};

/* The parts of an item that have bytes: the product of the axes that are not the
 * array's. It is not larger than INT_MAX, as an item is not; that of parts without
 * bytes may be anything. */
static mmview_intp parts_of(const struct mmview_array *a, const struct mmview_array *b, int outer)
{
    mmview_intp parts = a->itemsize > 0 || b->itemsize > 0;

    for (int i = outer; i < a->ndim; i++)
        if (a->dims[i] == 0)
            parts = 0;
    for (int i = outer; parts > 0 && i < a->ndim; i++)
        parts *= a->dims[i];
    return parts;
}

/* Takes over the views, if it does not fail. */
static int add_leaf(struct mmv_columns *columns, const struct source *source,
                    struct mmview_array *a, struct mmview_array *b, bool *comparable,
                    struct mmview_error *err)
{
    struct mmv_column *column = add_column(columns);

    if (!column)
        return mmv_fail_nomem(err);
    memset(column, 0, offsetof(struct mmv_column, a_reader));
    column->a = a;
    column->b = b;
    column->outer = source->a->ndim;
    column->parts = parts_of(a, b, column->outer);
    column->a_offset = (mmview_intp)((uintptr_t)a->data - (uintptr_t)source->a->data);
    column->b_offset = (mmview_intp)((uintptr_t)b->data - (uintptr_t)source->b->data);
    column->rule = *source->rule;
    *comparable =
        mmv_column_numbers(column) || mmv_column_times(column) || mmv_column_bytes(column);
    return MMVIEW_OK;
}

static int add_item(struct mmv_columns *columns, const struct source *source,
                    struct mmview_array *a, struct mmview_array *b, bool *comparable,
                    struct mmview_error *err);

static int add_field(struct mmv_columns *columns, const struct source *source,
                     const struct mmview_array *a, const struct mmview_array *b, size_t index,
                     bool *comparable, struct mmview_error *err)
{
    struct mmview_array *a_field = NULL, *b_field = NULL;
    int status = mmv_view_field_at(a, index, &a_field, err);

    if (status == MMVIEW_OK)
        status = mmv_view_field_at(b, index, &b_field, err);
    if (status == MMVIEW_OK)
        status = add_item(columns, source, a_field, b_field, comparable, err);
    mmview_array_unref(a_field);
    mmview_array_unref(b_field);
    return status;
}

static int add_item(struct mmv_columns *columns, const struct source *source,
                    struct mmview_array *a, struct mmview_array *b, bool *comparable,
                    struct mmview_error *err)
{
    int status = MMVIEW_OK;

    *comparable = same_shape(a, b) && a->dtype->is_struct == b->dtype->is_struct &&
                  same_names(a->dtype, b->dtype);
    if (!*comparable)
        return MMVIEW_OK;
    if (a->dtype->is_struct) {
        for (size_t i = 0; i < a->dtype->nfields && *comparable && status == MMVIEW_OK; i++)
            status = add_field(columns, source, a, b, i, comparable, err);
        return status;
    }
    status = add_leaf(columns, source, a, b, comparable, err);
    if (status == MMVIEW_OK) {
        mmview_array_ref(a);
        mmview_array_ref(b);
    }
    return status;
}

int mmv_columns_of(struct mmv_columns *columns, const struct mmview_array *a,
                   const struct mmview_array *b, const struct mmv_compare_rule *rule,
                   bool *comparable, struct mmview_error *err)
{
    const struct source source = {a, b, rule};

    *columns = (struct mmv_columns){NULL, 0, 0};
    /* Only references to them are taken, which changes no array. */
    return add_item(columns, &source, (struct mmview_array *)(uintptr_t)a,
                    (struct mmview_array *)(uintptr_t)b, comparable, err);
}

void mmv_columns_free(struct mmv_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        mmview_array_unref(columns->list[i].a);
        mmview_array_unref(columns->list[i].b);
    }
    mmv_free(columns->list);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The dtype object: making compound ones, comparing, releasing, asking. */
#include "format/dtype.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"

static int compare_text(const struct mmv_text *a, const struct mmv_text *b)
{
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->data, b->data, shorter);

    return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* Equal keys go by field, so that the later of two is known. */
static int compare_keys(const void *pa, const void *pb)
{
    const struct mmv_key *a = pa, *b = pb;
    int order = compare_text(&a->text, &b->text);

    return order ? order : (a->field > b->field) - (a->field < b->field);
}

static struct mmv_text copy_text(const struct mmv_text *text, char **store)
{
    struct mmv_text copy = {NULL, 0};

    if (!text->data)
        return copy;
    copy.data = *store;
    copy.length = text->length;
    memcpy(*store, text->data, text->length);
    (*store)[text->length] = '\0';
    *store += text->length + 1;
    return copy;
}

/* Bytes of a struct's allocation, or false if they overflow. */
static bool struct_bytes(const struct mmv_field *fields, size_t nfields, size_t *total)
{
    size_t each = sizeof(struct mmv_field) + 2 * sizeof(struct mmv_key);
    size_t bytes;

    if (!mmv_mul_size(nfields, each, &bytes) ||
        !mmv_add_size(bytes, sizeof(struct mmview_dtype), total))
        return false;
    for (size_t i = 0; i < nfields; i++)
        if (!mmv_add_size(*total, fields[i].name.length + 1, total) ||
            !mmv_add_size(*total, fields[i].title.length + 1, total))
            return false;
    return true;
}

int mmv_dtype_new_struct(const struct mmv_field *fields, size_t nfields, int itemsize,
                         int alignment, bool aligned, struct mmview_dtype **out, size_t *twice)
{
    struct mmview_dtype *dtype = NULL;
    size_t bytes;
    char *store;

    if (struct_bytes(fields, nfields, &bytes))
        dtype = mmv_alloc(bytes);
    if (!dtype) {
        for (size_t i = 0; i < nfields; i++)
            mmview_dtype_unref(fields[i].dtype);
        return MMVIEW_ENOMEM;
    }
    *dtype = (struct mmview_dtype){
        .refs = 1,
        .kind = 'V',
        .type = 'V',
        .byteorder = '|',
        .num = 20,
        .aligned_struct = aligned,
        .is_struct = true,
        .unit = MMV_UNIT_NONE,
        .multiple = 1,
        .itemsize = itemsize,
        .alignment = alignment,
        .nfields = nfields,
    };
    dtype->fields = (struct mmv_field *)(dtype + 1);
    dtype->keys = (struct mmv_key *)(dtype->fields + nfields);
    store = (char *)(dtype->keys + 2 * nfields);
    for (size_t i = 0; i < nfields; i++) {
        struct mmv_field *field = &dtype->fields[i];

        *field = fields[i];
        field->name = copy_text(&fields[i].name, &store);
        field->title = copy_text(&fields[i].title, &store);
        field->title_store = NULL;
        dtype->has_object |= field->dtype->has_object;
        dtype->keys[dtype->nkeys++] = (struct mmv_key){field->name, i};
        if (field->title.data && field->title_is_str)
            dtype->keys[dtype->nkeys++] = (struct mmv_key){field->title, i};
    }
    qsort(dtype->keys, dtype->nkeys, sizeof *dtype->keys, compare_keys);
    for (size_t i = 1; i < dtype->nkeys; i++) {
        if (compare_text(&dtype->keys[i - 1].text, &dtype->keys[i].text) == 0) {
            *twice = dtype->keys[i].field;
            mmview_dtype_unref(dtype);
            return MMVIEW_ENOTFOUND;
        }
    }
    *out = dtype;
    return MMVIEW_OK;
}

struct mmview_dtype *mmv_dtype_new_subarray(struct mmview_dtype *base, int ndim,
                                            const mmview_intp *shape, int itemsize)
{
    size_t tail = (size_t)ndim * sizeof *shape;
    struct mmview_dtype *dtype = mmv_alloc(sizeof *dtype + tail);

    if (!dtype)
        return NULL;
    *dtype = (struct mmview_dtype){
        .refs = 1,
        .kind = 'V',
        .type = 'V',
        .byteorder = '|',
        .num = 20,
        .has_object = base->has_object,
        .aligned_struct = base->aligned_struct,
        .unit = MMV_UNIT_NONE,
        .multiple = 1,
        .itemsize = itemsize,
        .alignment = base->alignment,
        .base = base,
        .ndim = ndim,
    };
    dtype->shape = (mmview_intp *)(dtype + 1);
    memcpy(dtype->shape, shape, tail);
    return dtype;
}

struct mmview_dtype *mmview_dtype_ref(const struct mmview_dtype *dtype)
{
    /* Constant for every user, but for the count. */
    struct mmview_dtype *counted = (struct mmview_dtype *)(uintptr_t)dtype;

    mmv_refcount_up(&counted->refs);
    return counted;
}

void mmview_dtype_unref(struct mmview_dtype *dtype)
{
    if (!dtype || !mmv_refcount_down(&dtype->refs))
        return;
    mmview_dtype_unref(dtype->base);
    for (size_t i = 0; i < dtype->nfields; i++)
        mmview_dtype_unref(dtype->fields[i].dtype);
    mmv_free(dtype);
}

static bool equal_fields(const struct mmv_field *a, const struct mmv_field *b)
{
    if (a->offset != b->offset || !a->title.data != !b->title.data ||
        a->title_is_str != b->title_is_str || compare_text(&a->name, &b->name) != 0)
        return false;
    if (a->title.data && compare_text(&a->title, &b->title) != 0)
        return false;
    return mmview_dtype_equal(a->dtype, b->dtype);
}

int mmview_dtype_equal(const struct mmview_dtype *a, const struct mmview_dtype *b)
{
    if (a == b)
        return 1;
    if (a->kind != b->kind || a->itemsize != b->itemsize || a->byteorder != b->byteorder ||
        a->unit != b->unit || a->multiple != b->multiple || a->is_struct != b->is_struct ||
        a->nfields != b->nfields || a->ndim != b->ndim || !a->base != !b->base)
        return 0;
    if (a->ndim && memcmp(a->shape, b->shape, (size_t)a->ndim * sizeof *a->shape) != 0)
        return 0;
    for (size_t i = 0; i < a->nfields; i++)
        if (!equal_fields(&a->fields[i], &b->fields[i]))
            return 0;
    return !a->base || mmview_dtype_equal(a->base, b->base);
}

char mmview_dtype_kind(const struct mmview_dtype *dtype)
{
    return dtype->kind;
}

char mmview_dtype_char(const struct mmview_dtype *dtype)
{
    return dtype->type;
}

int mmview_dtype_num(const struct mmview_dtype *dtype)
{
    return dtype->num;
}

char mmview_dtype_byteorder(const struct mmview_dtype *dtype)
{
    return dtype->byteorder;
}

mmview_intp mmview_dtype_itemsize(const struct mmview_dtype *dtype)
{
    return dtype->itemsize;
}

mmview_intp mmview_dtype_alignment(const struct mmview_dtype *dtype)
{
    return dtype->alignment;
}

int mmview_dtype_isnative(const struct mmview_dtype *dtype)
{
    if (dtype->base)
        return mmview_dtype_isnative(dtype->base);
    for (size_t i = 0; i < dtype->nfields; i++)
        if (!mmview_dtype_isnative(dtype->fields[i].dtype))
            return 0;
    return dtype->byteorder == '=' || dtype->byteorder == '|';
}

int mmview_dtype_hasobject(const struct mmview_dtype *dtype)
{
    return dtype->has_object;
}

int mmview_dtype_isalignedstruct(const struct mmview_dtype *dtype)
{
    return dtype->aligned_struct;
}

const char *mmview_dtype_unit(const struct mmview_dtype *dtype, int *multiple)
{
    if (dtype->unit != MMV_UNIT_NONE && multiple)
        *multiple = dtype->multiple;
    return mmv_unit_name(dtype->unit);
}

const struct mmview_dtype *mmview_dtype_base(const struct mmview_dtype *dtype)
{
    return dtype->base;
}

int mmview_dtype_ndim(const struct mmview_dtype *dtype)
{
    return dtype->ndim;
}

const mmview_intp *mmview_dtype_shape(const struct mmview_dtype *dtype)
{
    return dtype->shape;
}

int mmview_dtype_isstruct(const struct mmview_dtype *dtype)
{
    return dtype->is_struct;
}

size_t mmview_dtype_field_count(const struct mmview_dtype *dtype)
{
    return dtype->nfields;
}

static const char *give_text(const struct mmv_text *text, size_t *length)
{
    if (text->data && length)
        *length = text->length;
    return text->data;
}

const char *mmview_dtype_field_name(const struct mmview_dtype *dtype, size_t index, size_t *length)
{
    return index < dtype->nfields ? give_text(&dtype->fields[index].name, length) : NULL;
}

const char *mmview_dtype_field_title(const struct mmview_dtype *dtype, size_t index, size_t *length)
{
    if (index >= dtype->nfields || !dtype->fields[index].title_is_str)
        return NULL;
    return give_text(&dtype->fields[index].title, length);
}

mmview_intp mmview_dtype_field_offset(const struct mmview_dtype *dtype, size_t index)
{
    return index < dtype->nfields ? dtype->fields[index].offset : -1;
}

const struct mmview_dtype *mmview_dtype_field_dtype(const struct mmview_dtype *dtype, size_t index)
{
    return index < dtype->nfields ? dtype->fields[index].dtype : NULL;
}

static int compare_to_key(const void *text, const void *key)
{
    return compare_text(text, &((const struct mmv_key *)key)->text);
}

int mmview_dtype_field_find(const struct mmview_dtype *dtype, const char *name, size_t length,
                            size_t *index)
{
    struct mmv_text text = {name, length == SIZE_MAX ? strlen(name) : length};
    const struct mmv_key *key = NULL;

    if (dtype->nkeys)
        key = bsearch(&text, dtype->keys, dtype->nkeys, sizeof *dtype->keys, compare_to_key);
    if (!key)
        return MMVIEW_ENOTFOUND;
    *index = key->field;
    return MMVIEW_OK;
}

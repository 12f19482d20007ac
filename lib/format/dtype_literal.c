/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* From a descr, as a header holds it, to a dtype. */
#include <limits.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/utf8.h"
#include "format/dtype.h"
#include "format/dtype_list.h"
#include "format/pyrepr.h"

typedef const struct mmv_literal_node node_t;

/* What every function here works with. */
struct context {
    const struct mmv_literal *literal;
    unsigned flags;
    struct mmv_literal_origin origin; /* its offset goes with the node at hand */
    uint64_t base;                    /* the origin's own */
    struct mmview_error *err;
};

static int from_node(struct context *ctx, node_t *node, struct mmview_dtype **out);

static node_t *first(const struct context *ctx, node_t *node)
{
    return mmv_literal_first(ctx->literal, node);
}

static node_t *next(const struct context *ctx, node_t *node)
{
    return mmv_literal_next(ctx->literal, node);
}

static int fail(struct context *ctx, node_t *node, const char *reason)
{
    uint64_t at = ctx->base + node->begin;

    return mmv_fail_at(ctx->err, ctx->origin.status, at, "%s: %s, at byte %llu", ctx->origin.what,
                       reason, (unsigned long long)at);
}

static int refuse(struct context *ctx, node_t *node, const char *reason)
{
    uint64_t at = ctx->base + node->begin;

    return mmv_fail_at(ctx->err, MMVIEW_EUNSUPPORTED, at, "%s: %s, at byte %llu", ctx->origin.what,
                       reason, (unsigned long long)at);
}

/* The number of a node that must be an int of 0 to INT_MAX. */
static int small_int(struct context *ctx, node_t *node, int *value)
{
    if (node->type != MMV_INT)
        return fail(ctx, node, "a sub-array's shape must be of ints");
    if (node->negative)
        return fail(ctx, node, "a size below zero");
    if (node->huge || node->u.magnitude > INT_MAX)
        return fail(ctx, node, "a size does not fit into a C int");
    *value = (int)node->u.magnitude;
    return MMVIEW_OK;
}

/* Reads the shape of a sub-array, and how many items that is. */
static int read_shape(struct context *ctx, node_t *value, mmview_intp *shape, int *ndim, int *items)
{
    node_t *item = value->type == MMV_INT ? value : first(ctx, value);

    *ndim = 0;
    *items = 1;
    for (; item; item = value->type == MMV_INT ? NULL : next(ctx, item)) {
        int n = 0;
        int rc = small_int(ctx, item, &n);

        if (rc < 0)
            return rc;
        if (*ndim == MMVIEW_MAXDIMS)
            return fail(ctx, value, "a sub-array of too many dimensions");
        shape[(*ndim)++] = n;
    }
    for (int i = 0; i < *ndim; i++) {
        if (shape[i] == 0) {
            *items = 0;
            return MMVIEW_OK;
        }
    }
    for (int i = 0; i < *ndim; i++)
        if (!mmv_mul_int(*items, (int)shape[i], items))
            return fail(ctx, value, "a sub-array's size does not fit into a C int");
    return MMVIEW_OK;
}

/* S, U or V without a size, and an int that gives it one. */
static int sized(struct context *ctx, const struct mmview_dtype *base, node_t *value,
                 struct mmview_dtype **out)
{
    int unit = base->kind == 'U' ? 4 : 1;
    int size = 0, rc;

    if (value->type != MMV_INT)
        return fail(ctx, value, "the size of a flexible type must be an int");
    rc = small_int(ctx, value, &size);
    if (rc < 0)
        return rc;
    if (!mmv_mul_int(size, unit, &size))
        return fail(ctx, value, "a size does not fit into a C int");
    *out = mmv_dtype_new_flexible(base->kind, base->byteorder, size);
    if (!*out)
        return mmv_fail_nomem(ctx->err);
    return MMVIEW_OK;
}

/* A list may be a shape, or the fields of a struct. */
static bool is_list_of_numbers(const struct context *ctx, node_t *node)
{
    node_t *item = node->type == MMV_LIST ? first(ctx, node) : NULL;

    return item && item->type != MMV_STR && item->type != MMV_TUPLE && item->type != MMV_LIST;
}

/* numpy.dtype((base, value)). *out is base itself, not counted again, where
 * the pair means no more than that. */
static int pair(struct context *ctx, struct mmview_dtype *base, node_t *value,
                struct mmview_dtype **out)
{
    mmview_intp shape[MMVIEW_MAXDIMS];
    int ndim, items, itemsize, rc;

    mmv_assume(base);
    if (value->type == MMV_TRUE || value->type == MMV_FALSE || value->type == MMV_FLOAT)
        return fail(ctx, value, "a sub-array's shape must be of ints");
    if (value->type != MMV_INT && value->type != MMV_TUPLE && !is_list_of_numbers(ctx, value))
        return refuse(ctx, value, "a pair of two types is not supported");
    if (base->itemsize == 0 && base->base && !base->is_struct)
        return refuse(ctx, value, "a sub-array of empty sub-arrays is not supported");
    if (base->itemsize == 0 && !base->is_struct)
        return sized(ctx, base, value, out);
    rc = read_shape(ctx, value, shape, &ndim, &items);
    if (rc < 0)
        return rc;
    if (ndim == 0 || (value->type == MMV_INT && items == 1)) {
        *out = base;
        return MMVIEW_OK;
    }
    if (!mmv_mul_int(base->itemsize, items, &itemsize))
        return fail(ctx, value, "a sub-array's size in bytes does not fit into a C int");
    *out = mmv_dtype_new_subarray(base, ndim, shape, itemsize);
    if (!*out)
        return mmv_fail_nomem(ctx->err);
    return MMVIEW_OK;
}

/* pair(), with base taken over. */
static int take_pair(struct context *ctx, struct mmview_dtype *base, node_t *value,
                     struct mmview_dtype **out)
{
    struct mmview_dtype *made = NULL;
    int rc = pair(ctx, base, value, &made);

    if (rc < 0) {
        mmview_dtype_unref(base);
        return rc;
    }
    mmv_assume(made);
    *out = made;
    if (made != base && made->base != base)
        mmview_dtype_unref(base);
    return rc;
}

/* A (base, value) tuple. Items after the second are not looked at, as in
 * NumPy. */
static int from_tuple(struct context *ctx, node_t *node, struct mmview_dtype **out)
{
    struct mmview_dtype *base = NULL;
    int rc;

    if (node->count < 2)
        return fail(ctx, node, "a tuple of fewer than two items");
    rc = from_node(ctx, first(ctx, node), &base);
    if (rc < 0)
        return rc;
    return take_pair(ctx, base, next(ctx, first(ctx, node)), out);
}

/* A (title, name) tuple, or a name. *title is NULL if there is none. */
static int read_name(struct context *ctx, node_t *node, node_t **name, node_t **title)
{
    *name = node;
    *title = NULL;
    if (node->type == MMV_TUPLE) {
        if (node->count != 2)
            return fail(ctx, node, "a field's name must be a str or a (title, name) tuple");
        *title = first(ctx, node);
        *name = next(ctx, *title);
        if ((*title)->type == MMV_NONE && !(ctx->flags & MMVIEW_DTYPE_ALIGN))
            *title = NULL;
    }
    if ((*name)->type != MMV_STR)
        return fail(ctx, *name, "field names must be strings");
    return MMVIEW_OK;
}

/* Fills in a field's title: the characters of a str, the repr() of anything
 * else, as NumPy shows it in a descr. */
static int read_title(struct context *ctx, node_t *title, struct mmv_field *field)
{
    struct mmv_strbuf buf = mmv_strbuf_init(NULL, 0);

    if (!title)
        return MMVIEW_OK;
    field->title_is_str = title->type == MMV_STR;
    if (field->title_is_str) {
        field->title = (struct mmv_text){title->u.text.data, title->u.text.length};
        return MMVIEW_OK;
    }
    if (!mmv_repr_literal(&buf, ctx->literal, title))
        return refuse(ctx, title, "a title of this type is not supported");
    field->title_store = mmv_alloc(buf.length + 1);
    if (!field->title_store)
        return mmv_fail_nomem(ctx->err);
    buf = mmv_strbuf_init(field->title_store, buf.length + 1);
    mmv_repr_literal(&buf, ctx->literal, title);
    mmv_strbuf_end(&buf);
    field->title = (struct mmv_text){field->title_store, buf.length};
    return MMVIEW_OK;
}

static bool is_empty_str(node_t *node)
{
    return node->type == MMV_STR && node->u.text.length == 0;
}

/* numpy.dtype() has no fields without a name: it calls them by their title,
 * or by their place. */
static int name_aligned(struct context *ctx, node_t *name, node_t *title, struct mmv_field *field)
{
    if (!is_empty_str(name))
        return MMVIEW_OK;
    field->name = (struct mmv_text){NULL, 0};
    if (!title)
        return MMVIEW_OK;
    if (title->type != MMV_STR || title->u.text.length == 0)
        return fail(ctx, name, "a field without a name");
    field->name = (struct mmv_text){title->u.text.data, title->u.text.length};
    return MMVIEW_OK;
}

/* Adds a field of which the dtype is known, or the gap that it stands for;
 * takes over the dtype. */
static int add_field(struct context *ctx, struct mmv_dtype_list *list, node_t *name_node,
                     struct mmview_dtype *dtype)
{
    bool align = ctx->flags & MMVIEW_DTYPE_ALIGN;
    struct mmv_field field = {.dtype = dtype};
    node_t *name, *title;
    int rc;

    mmv_assume(dtype);
    if (!align && is_empty_str(name_node) && dtype->kind == 'V' && !dtype->is_struct) {
        rc = mmv_dtype_list_pad(list, dtype->itemsize, &ctx->origin, ctx->err);
        mmview_dtype_unref(dtype);
        return rc;
    }
    rc = read_name(ctx, name_node, &name, &title);
    if (rc >= 0) {
        field.name = (struct mmv_text){name->u.text.data, name->u.text.length};
        rc = align ? name_aligned(ctx, name, title, &field) : MMVIEW_OK;
    }
    if (rc >= 0)
        rc = read_title(ctx, title, &field);
    if (rc < 0) {
        mmview_dtype_unref(dtype);
        return rc;
    }
    return mmv_dtype_list_add(list, &field, &ctx->origin, ctx->err);
}

/* A field that is a str of two characters: its name and its type. */
static int field_from_str(struct context *ctx, struct mmv_dtype_list *list, node_t *node)
{
    const char *text = node->u.text.data;
    size_t length = node->u.text.length;
    size_t lengths[3] = {0, 0, 0};
    struct mmv_literal_node name = *node;
    struct mmview_dtype *dtype;
    size_t count = 0, at = 0;
    uint32_t code;
    int rc;

    while (at < length && count < 3)
        at += lengths[count++] = mmv_wtf8_decode(text + at, length - at, &code);
    if (at < length || count < 2)
        return fail(ctx, node, "a field must have two or three parts");
    if (count == 3)
        return refuse(ctx, node, "a pair of two types is not supported");
    ctx->origin.offset = ctx->base + node->begin;
    rc = mmv_dtype_from_string(text + lengths[0], lengths[1], ctx->flags, &dtype, &ctx->origin,
                               ctx->err);
    if (rc < 0)
        return rc;
    name.u.text.length = lengths[0];
    return add_field(ctx, list, &name, dtype);
}

/* One item of a list of fields: (name, descr) or (name, descr, shape). */
static int read_field(struct context *ctx, struct mmv_dtype_list *list, node_t *node)
{
    struct mmview_dtype *dtype = NULL;
    node_t *name, *descr;
    int rc;

    if (node->type == MMV_STR)
        return field_from_str(ctx, list, node);
    if (node->type == MMV_DICT || node->type == MMV_SET || node->type == MMV_BYTES)
        return refuse(ctx, node, "a field must be a tuple or list");
    if ((node->type != MMV_TUPLE && node->type != MMV_LIST) || node->count < 2 || node->count > 3)
        return fail(ctx, node, "a field must have two or three parts");
    name = first(ctx, node);
    descr = next(ctx, name);
    rc = from_node(ctx, descr, &dtype);
    if (rc >= 0 && node->count == 3)
        rc = take_pair(ctx, dtype, next(ctx, descr), &dtype);
    return rc < 0 ? rc : add_field(ctx, list, name, dtype);
}

static int from_list(struct context *ctx, node_t *node, struct mmview_dtype **out)
{
    struct mmv_dtype_list list = mmv_dtype_list_init(ctx->flags & MMVIEW_DTYPE_ALIGN);
    int rc;

    for (node_t *item = first(ctx, node); item; item = next(ctx, item)) {
        rc = read_field(ctx, &list, item);
        if (rc < 0) {
            mmv_dtype_list_clear(&list);
            return rc;
        }
    }
    ctx->origin.offset = ctx->base + node->begin;
    return mmv_dtype_list_finish(&list, out, &ctx->origin, ctx->err);
}

/* Recursion is as deep as the literal is nested, which the parser bounds. */
static int from_node(struct context *ctx, node_t *node, struct mmview_dtype **out)
{
    ctx->origin.offset = ctx->base + node->begin;
    switch (node->type) {
    case MMV_STR:
        return mmv_dtype_from_string(node->u.text.data, node->u.text.length, ctx->flags, out,
                                     &ctx->origin, ctx->err);
    case MMV_TUPLE: return from_tuple(ctx, node, out);
    case MMV_LIST: return from_list(ctx, node, out);
    case MMV_DICT:
    case MMV_SET: return refuse(ctx, node, "fields in a dict or set are not supported");
    default:
        return mmv_fail_at(ctx->err, ctx->origin.status, ctx->origin.offset, "%s can not be %s",
                           ctx->origin.what, mmv_literal_type_name(node));
    }
}

int mmv_dtype_from_literal(const struct mmv_literal *literal, const struct mmv_literal_node *node,
                           unsigned flags, struct mmview_dtype **out,
                           const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    struct context ctx = {literal, flags, *origin, origin->offset, err};

    return from_node(&ctx, node, out);
}

int mmv_dtype_from_pair(struct mmview_dtype *base, const struct mmv_literal *literal,
                        const struct mmv_literal_node *value, struct mmview_dtype **out,
                        const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    struct context ctx = {literal, 0, *origin, origin->offset, err};

    return take_pair(&ctx, base, value, out);
}

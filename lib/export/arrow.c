/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The Arrow C data interface.
 *
 * A receiver may move a structure, also a child out of its parent, and then
 * releases what it kept when it likes. So each structure owns its own node,
 * nothing points to a structure but its parent's list, and the only one that
 * shows data, the innermost array, is the one that holds the reference. */
#include <mmview/export.h>

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <mmview/arrow.h>
#include <mmview/dtype.h>

#include "array/array.h"
#include "base/alloc.h"
#include "base/error.h"
#include "format/number_type.h"

/* Arrow's name of a type: the longest is "+w:2147483647". */
struct format {
    char text[16];
};

struct schema_node {
    struct format format;
    struct ArrowSchema child; /* of a list; not there if it has no release */
    struct ArrowSchema *children[1];
};

struct array_node {
    struct mmview_array *owner; /* NULL for a list */
    const void *buffers[2];     /* which items are null: none; the items, unless a list */
    struct ArrowArray child;    /* of a list; not there if it has no release */
    struct ArrowArray *children[1];
};

static const struct {
    char kind;
    unsigned char itemsize;
    char format;
} types[] = {
    {'i', 1, 'c'}, {'u', 1, 'C'}, {'i', 2, 's'}, {'u', 2, 'S'}, {'i', 4, 'i'}, {'u', 4, 'I'},
    {'i', 8, 'l'}, {'u', 8, 'L'}, {'f', 2, 'e'}, {'f', 4, 'f'}, {'f', 8, 'g'},
};

static const struct {
    const char *unit;
    char letter;
} units[] = {{"s", 's'}, {"ms", 'm'}, {"us", 'u'}, {"ns", 'n'}};

static int find_unit(const struct mmview_dtype *dtype, struct format *format,
                     struct mmview_error *err)
{
    bool is_point = mmview_dtype_kind(dtype) == 'M';
    const char *unit;
    int multiple;

    unit = mmview_dtype_unit(dtype, &multiple);
    for (size_t i = 0; i < sizeof units / sizeof *units && multiple == 1; i++)
        if (strcmp(units[i].unit, unit) == 0) {
            /* A point in time has a zone: none. */
            snprintf(format->text, sizeof format->text, is_point ? "ts%c:" : "tD%c",
                     units[i].letter);
            return MMVIEW_OK;
        }
    return mmv_fail(err, MMVIEW_ETYPE, "Arrow has %s in s, ms, us and ns only",
                    is_point ? "datetimes" : "timedeltas");
}

static int find_format(const struct mmview_dtype *dtype, struct format *format,
                       struct mmview_error *err)
{
    mmview_intp itemsize = mmview_dtype_itemsize(dtype);
    char kind = mmview_dtype_kind(dtype);
    int status = mmv_dtype_check_meaning(dtype, err);

    if (status < 0)
        return status;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].kind == kind && types[i].itemsize == itemsize) {
            snprintf(format->text, sizeof format->text, "%c", types[i].format);
            return MMVIEW_OK;
        }
    if (mmview_dtype_isstruct(dtype))
        return mmv_fail(err, MMVIEW_ETYPE,
                        "Arrow has the fields of a struct side by side: take a view of one");
    switch (kind) {
    case 'M':
    case 'm': return find_unit(dtype, format, err);
    case 'S':
    case 'V':
        if (itemsize == 0)
            return mmv_fail(err, MMVIEW_ETYPE, "Arrow has no items of 0 bytes");
        snprintf(format->text, sizeof format->text, "w:%d", (int)itemsize);
        return MMVIEW_OK;
    case 'b':
        return mmv_fail(err, MMVIEW_ETYPE,
                        "Arrow packs booleans in bits: take a view of their bytes");
    case 'U': return mmv_fail(err, MMVIEW_ETYPE, "Arrow has strings in UTF-8 only");
    case 'c': return mmv_fail(err, MMVIEW_ETYPE, "Arrow has no complex numbers");
    default: return mmv_fail(err, MMVIEW_ETYPE, "Arrow has no long double");
    }
}

/* Whether the array can be shown as it lies. */
static int check(const struct mmview_array *array, struct mmview_error *err)
{
    if (array->ndim == 0)
        return mmv_fail(err, MMVIEW_EAXIS,
                        "an Arrow array has at least one axis: take a view with a new one");
    if (!mmview_dtype_isnative(array->dtype))
        return mmv_fail(err, MMVIEW_EBYTEORDER, "Arrow has this machine's byte order only");
    if (!(array->flags & MMVIEW_C_CONTIGUOUS))
        return mmv_fail(err, MMVIEW_ENEEDSCOPY, "Arrow has C-contiguous arrays only");
    if (!(array->flags & MMVIEW_ALIGNED))
        return mmv_fail(err, MMVIEW_EALIGNMENT,
                        "the data are not aligned to %" PRIdPTR " bytes, as receivers expect",
                        mmview_dtype_alignment(array->dtype));
    for (int i = 1; i < array->ndim; i++)
        if (array->dims[i] > INT32_MAX)
            return mmv_fail(err, MMVIEW_EOVERFLOW,
                            "axis %d has %" PRIdPTR
                            " items, and a fixed-size list of Arrow at most %" PRId32,
                            i, array->dims[i], INT32_MAX);
    return MMVIEW_OK;
}

/* How many items there are along the axes up to one. There is an itemsize, so
 * what the layout has found to fit in bytes fits here. */
static mmview_intp count_items(const struct mmview_array *array, int axis)
{
    mmview_intp count = 1;

    for (int i = 0; i <= axis; i++)
        count *= array->dims[i];
    return count;
}

static void release_schema(struct ArrowSchema *schema)
{
    struct schema_node *node = schema->private_data;

    if (node->child.release)
        node->child.release(&node->child);
    mmv_free(node);
    schema->release = NULL;
}

/* Makes *schema a type: a list of *schema as it was, or a leaf if that has no
 * release. False if out of memory; *schema is then as it was. */
static bool wrap_schema(struct ArrowSchema *schema, const struct format *format)
{
    struct schema_node *node = mmv_alloc(sizeof *node);

    if (!node)
        return false;
    node->format = *format;
    node->child = *schema;
    node->child.name = "item";
    node->children[0] = &node->child;
    *schema = (struct ArrowSchema){
        .format = node->format.text,
        .name = "",
        .n_children = node->child.release ? 1 : 0,
        .children = node->child.release ? node->children : NULL,
        .release = release_schema,
        .private_data = node,
    };
    return true;
}

static void release_array(struct ArrowArray *array)
{
    struct array_node *node = array->private_data;

    if (node->child.release)
        node->child.release(&node->child);
    mmview_array_unref(node->owner);
    mmv_free(node);
    array->release = NULL;
}

/* As wrap_schema(). */
static bool wrap_array(struct ArrowArray *out, struct mmview_array *array, mmview_intp length)
{
    struct array_node *node = mmv_alloc(sizeof *node);
    bool is_list = out->release;

    if (!node)
        return false;
    node->owner = is_list ? NULL : mmview_array_ref(array);
    node->buffers[0] = NULL;
    node->buffers[1] = is_list ? NULL : array->data;
    node->child = *out;
    node->children[0] = &node->child;
    *out = (struct ArrowArray){
        .length = length,
        .n_buffers = is_list ? 1 : 2,
        .n_children = is_list ? 1 : 0,
        .buffers = node->buffers,
        .children = is_list ? node->children : NULL,
        .release = release_array,
        .private_data = node,
    };
    return true;
}

int mmview_export_arrow(struct mmview_array *array, struct ArrowSchema *schema,
                        struct ArrowArray *out, struct mmview_error *err)
{
    struct ArrowSchema type = {.release = NULL};
    struct ArrowArray items = {.release = NULL};
    struct format format;
    int status = find_format(array->dtype, &format, err);

    if (status == MMVIEW_OK)
        status = check(array, err);
    if (status < 0)
        return status;

    for (int i = array->ndim - 1; i >= 0; i--) {
        if (!wrap_schema(&type, &format) || !wrap_array(&items, array, count_items(array, i))) {
            if (type.release)
                type.release(&type);
            if (items.release)
                items.release(&items);
            return mmv_fail_nomem(err);
        }
        snprintf(format.text, sizeof format.text, "+w:%d", (int)array->dims[i]);
    }
    *schema = type;
    *out = items;
    return MMVIEW_OK;
}

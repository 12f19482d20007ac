/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "leaves.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

/* The way to a leaf, piece by piece. */
struct way {
    const struct way *before; /* NULL: the first */
    const char *name;         /* of a field; NULL: an index */
    size_t length;
    mmview_intp index;
};

#define INDEX_ROOM 24

static size_t way_room(const struct way *way)
{
    size_t room = 1;

    for (; way; way = way->before)
        room += (way->name ? way->length : INDEX_ROOM) + 1;
    return room;
}

/* Writes it with points between, and returns its length. */
static size_t write_way(const struct way *way, char *name)
{
    size_t length;

    if (!way)
        return 0;
    length = write_way(way->before, name);
    if (way->before)
        name[length++] = '.';
    if (way->name) {
        memcpy(name + length, way->name, way->length);
        return length + way->length;
    }
    return length + (size_t)snprintf(name + length, INDEX_ROOM, "%" PRIdPTR, way->index);
}

static void add(struct leaves *leaves, const struct mmview_dtype *dtype, mmview_intp offset,
                const struct way *way)
{
    size_t count = leaves->count;
    struct leaf *leaf;

    if ((count & (count - 1)) == 0) { /* full at powers of two */
        leaf = realloc(leaves->list, (count ? 2 * count : 1) * sizeof *leaf);
        if (!leaf)
            report_nomem();
        leaves->list = leaf;
    }
    leaf = &leaves->list[leaves->count++];
    *leaf = (struct leaf){.dtype = dtype, .offset = offset, .name = malloc(way_room(way))};
    if (!leaf->name)
        report_nomem();
    leaf->name_length = write_way(way, leaf->name);
    leaf->name[leaf->name_length] = '\0';
}

static void take_apart(struct leaves *leaves, const struct mmview_dtype *dtype, mmview_intp offset,
                       const struct way *way);

/* The items of a sub-array, whose indices are the next piece of the way each. */
static mmview_intp take_axis(struct leaves *leaves, const struct mmview_dtype *dtype, int axis,
                             mmview_intp offset, const struct way *way)
{
    const struct mmview_dtype *base = mmview_dtype_base(dtype);
    struct way step = {.before = way};

    if (axis == mmview_dtype_ndim(dtype)) {
        take_apart(leaves, base, offset, way);
        return offset + mmview_dtype_itemsize(base);
    }
    for (; step.index < mmview_dtype_shape(dtype)[axis]; step.index++)
        offset = take_axis(leaves, dtype, axis + 1, offset, &step);
    return offset;
}

static void take_apart(struct leaves *leaves, const struct mmview_dtype *dtype, mmview_intp offset,
                       const struct way *way)
{
    struct way step = {.before = way};

    if (mmview_dtype_base(dtype)) {
        take_axis(leaves, dtype, 0, offset, way);
    } else if (mmview_dtype_isstruct(dtype)) {
        for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++) {
            step.name = mmview_dtype_field_name(dtype, i, &step.length);
            take_apart(leaves, mmview_dtype_field_dtype(dtype, i),
                       offset + mmview_dtype_field_offset(dtype, i), &step);
        }
    } else {
        add(leaves, dtype, offset, way);
    }
}

void leaves_all(struct leaves *leaves, const struct mmview_dtype *dtype)
{
    *leaves = (struct leaves){.list = NULL};
    take_apart(leaves, dtype, 0, NULL);
}

void leaves_one(struct leaves *leaves, const struct mmview_dtype *dtype)
{
    *leaves = (struct leaves){.escaped = true};
    add(leaves, dtype, 0, NULL);
}

void leaves_clear(struct leaves *leaves)
{
    for (size_t i = 0; i < leaves->count; i++)
        free(leaves->list[i].name);
    free(leaves->list);
    *leaves = (struct leaves){.list = NULL};
}

static char *new_literal(size_t length)
{
    char *literal = length < SIZE_MAX / 4 - 2 ? malloc(4 * length + 4) : NULL;

    if (!literal)
        report_nomem();
    return literal;
}

static char *put_hex(char *to, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";

    *to++ = '\\';
    *to++ = 'x';
    *to++ = digits[byte >> 4];
    *to++ = digits[byte & 15];
    return to;
}

/* May it stand in a literal as it is? */
static bool is_plain(char kind, char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0x20 && byte != '\'' && byte != '\\' && (kind != 'S' || byte < 0x80);
}

/* Text as a literal, so that quotes in it are its own. Where backslashes are escapes
 * already, as in a line, they stay. */
static char *quote(const struct leaves *leaves, char kind, const char *text, size_t *length)
{
    char *literal = new_literal(*length), *to = literal;

    if (kind == 'S')
        *to++ = 'b';
    *to++ = '\'';
    for (size_t i = 0; i < *length; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (byte == '\\' && leaves->escaped) {
            bool escapes = i + 1 < *length && (is_plain(kind, text[i + 1]) || text[i + 1] == '\\' ||
                                               text[i + 1] == '\'');

            *to++ = '\\';
            *to++ = escapes ? text[++i] : '\\';
        } else if (is_plain(kind, text[i])) {
            *to++ = text[i];
        } else {
            to = put_hex(to, byte);
        }
    }
    *to++ = '\'';
    *length = (size_t)(to - literal);
    return literal;
}

/* Hexadecimal digits, as `mmview dump` writes a V, as a literal; NULL: they are none. */
static char *quote_hex(const char *text, size_t *length)
{
    char *literal, *to;

    if (*length % 2 || strspn(text, "0123456789abcdefABCDEF") != *length)
        return NULL;
    literal = to = new_literal(*length);
    *to++ = 'b';
    *to++ = '\'';
    for (size_t i = 0; i < *length; i += 2) {
        *to++ = '\\';
        *to++ = 'x';
        *to++ = text[i];
        *to++ = text[i + 1];
    }
    *to++ = '\'';
    *length = (size_t)(to - literal);
    return literal;
}

bool leaves_parse(const struct leaves *leaves, size_t index, const char *text, size_t length,
                  char *item, struct mmview_error *err)
{
    const struct leaf *leaf = &leaves->list[index];
    char kind = mmview_dtype_kind(leaf->dtype);
    char *literal = NULL;
    int status;

    if (kind == 'S' || kind == 'U')
        literal = quote(leaves, kind, text, &length);
    else if (kind == 'V' && !mmview_dtype_isstruct(leaf->dtype) && !mmview_dtype_base(leaf->dtype))
        literal = quote_hex(text, &length);
    status =
        mmview_item_parse(leaf->dtype, literal ? literal : text, length, item + leaf->offset, err);
    free(literal);
    return status == 0;
}

bool leaves_is_name(const struct leaves *leaves, size_t index, const char *text, size_t length)
{
    const struct leaf *leaf = &leaves->list[index];

    return leaf->name_length == length && memcmp(leaf->name, text, length) == 0;
}

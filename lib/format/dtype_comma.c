/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.dtype(str) of a list: "i4,(2,3)f8". */
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/dtype_list.h"
#include "format/dtype_string.h"

bool mmv_dtype_is_comma_string(const char *text, size_t length)
{
    size_t skip = length > 1 && mmv_is_byteorder(text[0]) ? 1 : 0;
    int brackets = 0;

    if (length > skip && text[skip] >= '0' && text[skip] <= '9')
        return true;
    if (length > skip + 1 + skip && text[skip] == '(' && text[skip + 1] == ')')
        return true;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ',' && brackets == 0)
            return true;
        brackets += (text[i] == '[') - (text[i] == ']');
    }
    return false;
}

/* Bytes of text from at on that are in accept, at most `most`. */
static size_t span(const char *text, size_t length, size_t at, const char *accept, size_t most)
{
    size_t n = 0;

    while (n < most && at + n < length && text[at + n] && strchr(accept, text[at + n]))
        n++;
    return n;
}

#define DIGITS  "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* White space to Python, which is more than ASCII's. */
static bool is_space(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Bytes of white space in text from at on. */
static size_t space(const char *text, size_t length, size_t at)
{
    size_t begin = at, used;
    uint32_t code;

    while ((used = mmv_wtf8_decode(text + at, length - at, &code)) && is_space(code))
        at += used;
    return at - begin;
}

/* One item of a comma string: order, repeats, order, type. */
struct item {
    const char *string; /* the whole one */
    char order;         /* 0: none */
    const char *repeats;
    size_t repeats_length;
    const char *type;
    size_t type_length;
};

#define MIXED_ORDER '!'

/* The one order of the two that may be written; they must not differ. */
static char pick_order(char first, char second)
{
    if (first == '=')
        first = MMV_NATIVE;
    if (second == '=')
        second = MMV_NATIVE;
    if (first && second && first != second)
        return MIXED_ORDER;
    return first ? first : second;
}

/* Reads the item at *at as NumPy's regular expression does, and what comes
 * before the next one. False if it does not match. */
static bool read_item(const char *text, size_t length, size_t *at, struct item *item)
{
    char orders[2] = {0, 0};
    size_t p = *at, begin, inside;

    item->string = text;
    if (p < length && mmv_is_byteorder(text[p]))
        orders[0] = text[p++];
    begin = p;
    p += span(text, length, p, " ", SIZE_MAX);
    p += span(text, length, p, "(", 1);
    p += span(text, length, p, " ," DIGITS, SIZE_MAX);
    p += span(text, length, p, ")", 1);
    p += span(text, length, p, " ", SIZE_MAX);
    item->repeats = text + begin;
    item->repeats_length = p - begin;
    if (p < length && mmv_is_byteorder(text[p]))
        orders[1] = text[p++];
    item->order = pick_order(orders[0], orders[1]);
    item->type = text + p;
    begin = p;
    p += span(text, length, p, LETTERS DIGITS ".?", SIZE_MAX);
    inside = span(text, length, p, "[", 1);
    if (inside) {
        inside += span(text, length, p + 1, LETTERS DIGITS ",.", SIZE_MAX);
        if (p + inside < length && text[p + inside] == ']')
            p += inside + 1;
    }
    item->type_length = p - begin;

    if (p < length) {
        size_t blanks = space(text, length, p);

        if (p + blanks == length && blanks) {
            p = length;
        } else if (p + blanks < length && text[p + blanks] == ',') {
            p += blanks + 1;
            p += space(text, length, p);
        } else {
            return false;
        }
    }
    *at = p;
    return true;
}

/* Puts repeats around base, which it takes over. */
static int repeat(const char *repeats, size_t length, struct mmview_dtype *base,
                  struct mmview_dtype **out, const struct mmv_literal_origin *outer,
                  struct mmview_error *err)
{
    struct mmv_literal_origin origin = {outer->status, "a repeat count", outer->offset};
    struct mmv_literal literal;
    int rc = mmv_literal_parse(&literal, repeats, length, 0, &origin, err);

    if (rc < 0) {
        mmview_dtype_unref(base);
        return rc;
    }
    rc = mmv_dtype_from_pair(base, &literal, mmv_literal_root(&literal), out, outer, err);
    mmv_literal_free(&literal);
    return rc;
}

/* As repeat(), for a tuple that came without its parentheses: "2,", "2,3". */
static int repeat_bare(const char *repeats, size_t length, struct mmview_dtype *base,
                       struct mmview_dtype **out, const struct mmv_literal_origin *origin,
                       struct mmview_error *err)
{
    struct mmv_literal_origin shifted = *origin;
    char *tuple = mmv_alloc(length + 2);
    int rc;

    shifted.offset--; /* for the bracket: what is wrong is behind it */
    if (!tuple) {
        mmview_dtype_unref(base);
        return mmv_fail_nomem(err);
    }
    tuple[0] = '(';
    memcpy(tuple + 1, repeats, length);
    tuple[length + 1] = ')';
    rc = repeat(tuple, length + 2, base, out, &shifted, err);
    mmv_free(tuple);
    return rc;
}

/* The origin of a part of an item. A character has been a byte of the header or more, so the
 * byte is the one that was there, or where there are escapes one before it, and never behind. */
static struct mmv_literal_origin part(const struct mmv_literal_origin *origin,
                                      const struct item *item, const char *begin)
{
    struct mmv_literal_origin moved = *origin;
    size_t length = (size_t)(begin - item->string), at = 0;
    uint32_t code;

    while (at < length) {
        size_t n = mmv_wtf8_decode(item->string + at, length - at, &code);

        at += n ? n : 1;
        moved.offset++;
    }
    return moved;
}

/* The type of an item, which has repeats of its own, with the item's order. */
static int from_ordered(const struct item *item, unsigned flags, struct mmview_dtype **out,
                        const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    struct mmv_literal_origin shifted = *origin;
    char *text = mmv_alloc(item->type_length + 1);
    int rc;

    if (!text)
        return mmv_fail_nomem(err);
    shifted.offset--; /* for the order: what is wrong is behind it */
    text[0] = item->order;
    memcpy(text + 1, item->type, item->type_length);
    rc = mmv_dtype_from_comma_string(text, item->type_length + 1, flags, out, &shifted, err);
    mmv_free(text);
    return rc;
}

/* The dtype of one item: its type, with its repeats around it. */
static int from_item(const struct item *item, unsigned flags, struct mmview_dtype **out,
                     const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    struct mmv_literal_origin type = part(origin, item, item->type);
    struct mmv_literal_origin repeats = part(origin, item, item->repeats);
    bool ordered = item->order && item->order != '|' && item->order != MMV_NATIVE;
    bool bare = memchr(item->repeats, ',', item->repeats_length) &&
                !memchr(item->repeats, '(', item->repeats_length);
    struct mmview_dtype *base = NULL;
    int rc;

    if (item->order == MIXED_ORDER)
        return mmv_dtype_not_understood(item->type, item->type_length, &type, err);
    /* "(2)3f4,i4": the type of an item may have repeats of its own. */
    if (mmv_dtype_is_comma_string(item->type, item->type_length) && ordered)
        rc = from_ordered(item, flags, &base, &type, err);
    else if (mmv_dtype_is_comma_string(item->type, item->type_length))
        rc = mmv_dtype_from_comma_string(item->type, item->type_length, flags, &base, &type, err);
    else
        rc = mmv_dtype_from_plain(item->type, item->type_length, ordered ? item->order : MMV_NATIVE,
                                  ordered, &base, &type, err);
    if (rc < 0)
        return rc;
    if (item->repeats_length == 0) {
        *out = base;
        return MMVIEW_OK;
    }
    return (bare ? repeat_bare : repeat)(item->repeats, item->repeats_length, base, out, &repeats,
                                         err);
}

/* "i4,<": NumPy makes an empty item of the order and passes over it, but what
 * is before it is a list by then, and a struct even if it is but one. */
static bool is_native_order_alone(const struct item *item)
{
    return !item->type_length && !item->repeats_length &&
           (item->order == '|' || item->order == MMV_NATIVE);
}

int mmv_dtype_from_comma_string(const char *text, size_t length, unsigned flags,
                                struct mmview_dtype **out, const struct mmv_literal_origin *origin,
                                struct mmview_error *err)
{
    struct mmv_dtype_list list = mmv_dtype_list_init(flags & MMVIEW_DTYPE_ALIGN);
    bool single = true;
    int rc = MMVIEW_OK;

    for (size_t at = 0; at < length;) {
        struct mmv_field field = {.offset = 0};
        struct item item;

        if (!read_item(text, length, &at, &item)) {
            rc = mmv_dtype_not_understood(text, length, origin, err);
        } else if (list.count && at == length && is_native_order_alone(&item)) {
            single = false;
            break;
        } else {
            rc = from_item(&item, flags, &field.dtype, origin, err);
        }
        if (rc < 0 || (rc = mmv_dtype_list_add(&list, &field, origin, err)) < 0)
            break;
    }
    if (rc >= 0 && list.count == 1 && single)
        *out = mmview_dtype_ref(list.fields[0].dtype);
    else if (rc >= 0)
        return mmv_dtype_list_finish(&list, out, origin, err);
    mmv_dtype_list_clear(&list);
    return rc;
}

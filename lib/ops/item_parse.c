/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/item_parse.h"

#include <string.h>

#include <mmview/dtype.h>
#include <mmview/text.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/literal.h"
#include "format/number_type.h"
#include "ops/number_parse.h"
#include "ops/reader.h"

/* A text that is read from its start on. */
struct cursor {
    const char *text;
    size_t length, at;
    struct mmview_error *err;
};

static int peek(const struct cursor *cursor)
{
    return cursor->at < cursor->length ? (unsigned char)cursor->text[cursor->at] : -1;
}

static void pass_blanks(struct cursor *cursor)
{
    while (peek(cursor) == ' ' || peek(cursor) == '\t' || peek(cursor) == '\n')
        cursor->at++;
}

static bool pass(struct cursor *cursor, char c)
{
    pass_blanks(cursor);
    if (peek(cursor) != c)
        return false;
    cursor->at++;
    return true;
}

/* Where the string literal that is next ends; 0 if none is next. Escapes are looked at
 * only as far as to know that a quote is one. */
static size_t literal_end(const struct cursor *cursor)
{
    size_t at = cursor->at;
    char quote;

    while (at < cursor->length && at < cursor->at + 2 &&
           strchr("bBuUrR", cursor->text[at]) != NULL && cursor->text[at] != '\0')
        at++;
    if (at == cursor->length || (cursor->text[at] != '\'' && cursor->text[at] != '"'))
        return 0;
    quote = cursor->text[at++];
    for (; at < cursor->length; at++)
        if (cursor->text[at] == '\\')
            at++;
        else if (cursor->text[at] == quote)
            return at + 1;
    return 0;
}

/* Bytes from the text as the item has them: as many as there are, and NULs behind. */
static int take_bytes(const struct mmview_dtype *dtype, const char *bytes, size_t length,
                      unsigned char *item, struct mmview_error *err)
{
    size_t room = (size_t)dtype->itemsize;

    if (length > room)
        return mmv_fail(err, MMVIEW_EOVERFLOW, "%zu bytes do not fit in the %zu of an item", length,
                        room);
    memcpy(item, bytes, length);
    memset(item + length, 0, room - length);
    return MMVIEW_OK;
}

/* Characters of UTF-8, to four bytes each. */
static int take_characters(const struct mmview_dtype *dtype, const char *text, size_t length,
                           unsigned char *item, struct mmview_error *err)
{
    size_t room = (size_t)dtype->itemsize / 4, count = 0;

    memset(item, 0, 4 * room);
    for (size_t i = 0; i < length; count++) {
        uint32_t code;
        size_t n = mmv_wtf8_decode(text + i, length - i, &code);

        if (n == 0)
            return mmv_fail(err, MMVIEW_EINVAL, "the text is no UTF-8, at byte %zu", i);
        if (count < room) {
            if (!mmview_dtype_isnative(dtype))
                code = __builtin_bswap32(code);
            memcpy(item + 4 * count, &code, 4);
        }
        i += n;
    }
    if (count > room)
        return mmv_fail(err, MMVIEW_EOVERFLOW, "%zu characters do not fit in the %zu of an item",
                        count, room);
    return MMVIEW_OK;
}

static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* A literal for an S, U or V: str for U, bytes for V; S takes a str of ASCII, too. */
static int take_literal(const struct mmview_dtype *dtype, const struct mmv_literal_node *node,
                        unsigned char *item, struct mmview_error *err)
{
    const char *data = node->u.text.data;
    size_t length = node->u.text.length;

    if (dtype->kind == 'U' && node->type == MMV_STR)
        return take_characters(dtype, data, length, item, err);
    if (dtype->kind != 'U' && node->type == MMV_BYTES)
        return take_bytes(dtype, data, length, item, err);
    if (dtype->kind == 'S' && node->type == MMV_STR && is_ascii(data, length))
        return take_bytes(dtype, data, length, item, err);
    return mmv_fail(err, MMVIEW_EINVAL, "%s where %s is needed", mmv_literal_type_name(node),
                    dtype->kind == 'U' ? "a str" : "bytes");
}

/* Parses the literal that is next, up to `end`. */
static int read_literal(struct cursor *cursor, size_t end, struct mmv_literal *literal)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EINVAL, "the text", 0};
    size_t begin = cursor->at;

    cursor->at = end;
    return mmv_literal_parse(literal, cursor->text + begin, end - begin, 0, &origin, cursor->err);
}

static int read_string(const struct mmview_dtype *dtype, struct cursor *cursor, size_t end,
                       unsigned char *item)
{
    struct mmv_literal literal;
    int status = read_literal(cursor, end, &literal);

    if (status < 0)
        return status;
    status = take_literal(dtype, mmv_literal_root(&literal), item, cursor->err);
    mmv_literal_free(&literal);
    return status;
}

/* A number in the dtype's byte order. */
static int take_number(const struct mmview_dtype *dtype, const char *text, size_t length,
                       unsigned char *item, struct mmview_error *err)
{
    size_t part = (size_t)mmv_reader_swapped(dtype), size = (size_t)dtype->itemsize;
    unsigned char native[2 * sizeof(long double)];
    int64_t count;
    int status;

    switch (dtype->kind) {
    case 'b': status = mmv_parse_bool(text, length, native, err); break;
    case 'i':
    case 'u': status = mmv_parse_integer(dtype, text, length, native, err); break;
    case 'f': status = mmv_parse_float(dtype, text, length, native, err); break;
    case 'c': status = mmv_parse_complex(dtype, text, length, native, err); break;
    default:
        status = mmv_parse_time(dtype, text, length, &count, err);
        if (status == MMVIEW_OK)
            memcpy(native, &count, sizeof count);
        break;
    }
    if (status < 0)
        return status;
    for (size_t i = 0; i < size; i++)
        item[i] = native[part ? i - i % part + part - 1 - i % part : i];
    return MMVIEW_OK;
}

/* A datetime may be quoted, as NumPy prints it in an array. */
static int read_quoted_time(const struct mmview_dtype *dtype, struct cursor *cursor, size_t end,
                            unsigned char *item)
{
    size_t begin = cursor->at + 1;

    cursor->at = end;
    return take_number(dtype, cursor->text + begin, end - 1 - begin, item, cursor->err);
}

/* Where a number ends: at what a tuple or list goes on with. The parentheses of a
 * complex number are its own. */
static size_t word_end(const struct cursor *cursor)
{
    size_t at = cursor->at;
    int depth = 0;

    for (; at < cursor->length; at++) {
        char c = cursor->text[at];

        if (depth == 0 && (c == ',' || c == ')' || c == ']' || c == '\n'))
            break;
        depth += (c == '(') - (c == ')');
    }
    while (at > cursor->at && cursor->text[at - 1] == ' ')
        at--;
    return at;
}

static int read_item(const struct mmview_dtype *dtype, struct cursor *cursor, unsigned char *item);

static int expected(const struct cursor *cursor, const char *what)
{
    if (cursor->at >= cursor->length)
        return mmv_fail_at(cursor->err, MMVIEW_EINVAL, cursor->at, "the text ends where %s is due",
                           what);
    return mmv_fail_at(
        cursor->err, MMVIEW_EINVAL, cursor->at, "%s is due at byte %zu, not '%c'", what, cursor->at,
        (unsigned char)cursor->text[cursor->at] < 0x80 ? cursor->text[cursor->at] : '?');
}

/* One axis of a sub-array: "[x, y]". */
static int read_axis(const struct mmview_dtype *dtype, int axis, struct cursor *cursor,
                     unsigned char **item)
{
    if (!pass(cursor, '['))
        return expected(cursor, "a '['");
    for (mmview_intp i = 0; i < dtype->shape[axis]; i++) {
        int status = MMVIEW_OK;

        if (i > 0 && !pass(cursor, ','))
            return expected(cursor, "a ','");
        if (axis + 1 < dtype->ndim) {
            status = read_axis(dtype, axis + 1, cursor, item);
        } else {
            status = read_item(dtype->base, cursor, *item);
            *item += dtype->base->itemsize;
        }
        if (status < 0)
            return status;
    }
    pass(cursor, ',');
    return pass(cursor, ']') ? MMVIEW_OK : expected(cursor, "a ']'");
}

/* "(a, b)", "(a,)", "()". Gaps become zeros. */
static int read_struct(const struct mmview_dtype *dtype, struct cursor *cursor, unsigned char *item)
{
    memset(item, 0, (size_t)dtype->itemsize);
    if (!pass(cursor, '('))
        return expected(cursor, "a '('");
    for (size_t i = 0; i < dtype->nfields; i++) {
        const struct mmv_field *field = &dtype->fields[i];
        int status;

        if (i > 0 && !pass(cursor, ','))
            return expected(cursor, "a ','");
        status = read_item(field->dtype, cursor, item + field->offset);
        if (status < 0)
            return status;
    }
    pass(cursor, ',');
    return pass(cursor, ')') ? MMVIEW_OK : expected(cursor, "a ')'");
}

/* repr() of a V: "void(b'\\x61')". What is in the parentheses will do. */
static int read_void(const struct mmview_dtype *dtype, struct cursor *cursor, unsigned char *item)
{
    static const char call[] = "void(";
    size_t size = sizeof call - 1, end;
    int status;

    if (cursor->length - cursor->at < size || memcmp(cursor->text + cursor->at, call, size) != 0)
        return expected(cursor, "a quoted text");
    cursor->at += size;
    end = literal_end(cursor);
    if (!end)
        return expected(cursor, "a quoted text");
    status = read_string(dtype, cursor, end, item);
    if (status == MMVIEW_OK && !pass(cursor, ')'))
        return expected(cursor, "a ')'");
    return status;
}

static int read_item(const struct mmview_dtype *dtype, struct cursor *cursor, unsigned char *item)
{
    size_t end, begin;

    pass_blanks(cursor);
    if (dtype->base) {
        unsigned char *at = item;

        return read_axis(dtype, 0, cursor, &at);
    }
    if (dtype->is_struct)
        return read_struct(dtype, cursor, item);
    end = literal_end(cursor);
    if (dtype->kind == 'V' && !end)
        return read_void(dtype, cursor, item);
    if (memchr("SUV", dtype->kind, 3))
        return end ? read_string(dtype, cursor, end, item) : expected(cursor, "a quoted text");
    if (end && memchr("Mm", dtype->kind, 2) && peek(cursor) == cursor->text[end - 1])
        return read_quoted_time(dtype, cursor, end, item);
    begin = cursor->at;
    cursor->at = word_end(cursor);
    return take_number(dtype, cursor->text + begin, cursor->at - begin, item, cursor->err);
}

int mmv_item_parse(const struct mmview_dtype *dtype, const char *text, size_t length,
                   unsigned char *item, struct mmview_error *err)
{
    struct cursor cursor = {text, length, 0, err};
    int status;

    if (mmview_dtype_hasobject(dtype))
        return mmv_fail(err, MMVIEW_EOBJECT, "Python objects have no text that could be read");
    status = mmv_dtype_check_meaning(dtype, err);
    if (status < 0)
        return status;
    /* Unquoted text is itself: 'abc' need not be quoted twice in a shell. */
    if (!dtype->base && !dtype->is_struct && memchr("SU", dtype->kind, 2)) {
        size_t end = literal_end(&cursor);

        if (end == 0 || end < length)
            return dtype->kind == 'S' ? take_bytes(dtype, text, length, item, err)
                                      : take_characters(dtype, text, length, item, err);
    }
    status = read_item(dtype, &cursor, item);
    if (status < 0)
        return status;
    pass_blanks(&cursor);
    return cursor.at == length ? MMVIEW_OK : expected(&cursor, "the end");
}

int mmview_item_parse(const struct mmview_dtype *dtype, const char *text, size_t length, void *item,
                      struct mmview_error *err)
{
    size_t size = (size_t)dtype->itemsize;
    unsigned char *parsed;
    int status;

    if (!text || !item)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    parsed = mmv_alloc(size ? size : 1);
    if (!parsed)
        return mmv_fail_nomem(err);
    status = mmv_item_parse(dtype, text, length == SIZE_MAX ? strlen(text) : length, parsed, err);
    if (status == MMVIEW_OK)
        memcpy(item, parsed, size);
    mmv_free(parsed);
    return status;
}

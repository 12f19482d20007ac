/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/literal.h"

#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "format/scan.h"

/* Python's tokenizer gives up on deeper nesting; so no stack is at risk. */
#define MAX_DEPTH 200

#define NINLINE (sizeof((struct mmv_literal *)0)->inline_nodes / sizeof(struct mmv_literal_node))

static int value(struct mmv_scan *scan, struct mmv_literal_node *node);

/* Adds *node to the tree; *index is where it went. */
static int add_node(struct mmv_scan *scan, const struct mmv_literal_node *node, uint32_t *index)
{
    struct mmv_literal *literal = scan->literal;

    if (literal->count == literal->room) {
        struct mmv_literal_node *old =
            literal->nodes == literal->inline_nodes ? NULL : literal->nodes;
        struct mmv_literal_node *grown;
        size_t bytes;

        if (!mmv_mul_size(literal->room, 2 * sizeof *grown, &bytes) ||
            literal->room > UINT32_MAX / 2 || !(grown = mmv_realloc(old, bytes)))
            return mmv_fail_nomem(scan->err);
        if (!old)
            memcpy(grown, literal->inline_nodes, sizeof literal->inline_nodes);
        literal->nodes = grown;
        literal->room *= 2;
    }
    *index = literal->count++;
    literal->nodes[*index] = *node;
    return MMVIEW_OK;
}

/* An item list under construction: appending keeps the order. */
struct items {
    uint32_t first, last, count;
};

static int append(struct mmv_scan *scan, struct items *items, const struct mmv_literal_node *node)
{
    uint32_t index = 0;
    int rc = add_node(scan, node, &index);

    if (rc < 0)
        return rc;
    if (items->last)
        scan->literal->nodes[items->last].next = index;
    else
        items->first = index;
    items->last = index;
    items->count++;
    return MMVIEW_OK;
}

static int open_bracket(struct mmv_scan *scan)
{
    if (scan->depth == MAX_DEPTH)
        return mmv_scan_fail(scan, scan->at, "more than %d nested brackets", MAX_DEPTH);
    scan->depth++;
    scan->at++;
    return mmv_scan_space(scan);
}

/* Passes the closing bracket, which is next. The space after it belongs to
 * what is around the brackets. */
static int close_bracket(struct mmv_scan *scan)
{
    scan->at++;
    scan->depth--;
    return mmv_scan_space(scan);
}

static int unexpected(struct mmv_scan *scan)
{
    int c = mmv_scan_peek(scan, 0);

    if (c < 0)
        return mmv_scan_fail(scan, scan->at, "it ends too early");
    if (c < 0x20 || c >= 0x7f)
        return mmv_scan_fail(scan, scan->at, "unexpected byte 0x%02x", c);
    return mmv_scan_fail(scan, scan->at, "unexpected '%c'", c);
}

/* Dict keys and set items: what Python can hash. A tuple is as good as what
 * is in it. */
static bool hashable(const struct mmv_literal *literal, const struct mmv_literal_node *node)
{
    if (node->type == MMV_LIST || node->type == MMV_DICT || node->type == MMV_SET)
        return false;
    if (node->type != MMV_TUPLE)
        return true;
    for (const struct mmv_literal_node *item = mmv_literal_first(literal, node); item;
         item = mmv_literal_next(literal, item))
        if (!hashable(literal, item))
            return false;
    return true;
}

/* A tuple, or a value in parentheses: at is at the bracket. */
static int parenthesised(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    struct items items = {0, 0, 0};
    uint32_t begin = node->begin;
    bool comma = false;
    int rc = open_bracket(scan);

    while (rc >= 0 && mmv_scan_peek(scan, 0) != ')') {
        if (items.count && !comma)
            return unexpected(scan);
        rc = value(scan, node);
        if (rc < 0)
            return rc;
        comma = mmv_scan_peek(scan, 0) == ',';
        if (!items.count && !comma && mmv_scan_peek(scan, 0) == ')')
            return close_bracket(scan); /* the value itself is the result */
        rc = append(scan, &items, node);
        if (rc >= 0 && comma) {
            scan->at++;
            rc = mmv_scan_space(scan);
        }
    }
    if (rc < 0)
        return rc;
    *node = (struct mmv_literal_node){
        .type = MMV_TUPLE, .begin = begin, .first = items.first, .count = items.count};
    return close_bracket(scan);
}

static int list(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    struct items items = {0, 0, 0};
    bool comma = true;
    int rc = open_bracket(scan);

    while (rc >= 0 && mmv_scan_peek(scan, 0) != ']') {
        struct mmv_literal_node item;

        if (!comma)
            return unexpected(scan);
        rc = value(scan, &item);
        if (rc < 0 || (rc = append(scan, &items, &item)) < 0)
            return rc;
        comma = mmv_scan_peek(scan, 0) == ',';
        if (comma) {
            scan->at++;
            rc = mmv_scan_space(scan);
        }
    }
    if (rc < 0)
        return rc;
    node->type = MMV_LIST;
    node->first = items.first;
    node->count = items.count;
    return close_bracket(scan);
}

/* The value of a dict's entry: at is at the colon. */
static int dict_value(struct mmv_scan *scan, struct items *items)
{
    struct mmv_literal_node item;
    int rc;

    scan->at++;
    rc = mmv_scan_space(scan);
    if (rc < 0 || (rc = value(scan, &item)) < 0)
        return rc;
    return append(scan, items, &item);
}

/* A dict, or a set: the first item tells. */
static int braces(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    struct items items = {0, 0, 0};
    bool comma = true;
    int rc = open_bracket(scan);

    node->type = MMV_DICT;
    while (rc >= 0 && mmv_scan_peek(scan, 0) != '}') {
        struct mmv_literal_node item;
        bool colon;

        if (!comma)
            return unexpected(scan);
        rc = value(scan, &item);
        if (rc < 0)
            return rc;
        if (!hashable(scan->literal, &item))
            return mmv_scan_fail(scan, item.begin, "%s can not be a key",
                                 mmv_literal_type_name(&item));
        colon = mmv_scan_peek(scan, 0) == ':';
        if (!items.count && !colon)
            node->type = MMV_SET;
        if (colon != (node->type == MMV_DICT))
            return unexpected(scan);
        rc = append(scan, &items, &item);
        if (rc >= 0 && colon)
            rc = dict_value(scan, &items);
        comma = mmv_scan_peek(scan, 0) == ',';
        if (rc >= 0 && comma) {
            scan->at++;
            rc = mmv_scan_space(scan);
        }
    }
    if (rc < 0)
        return rc;
    node->first = items.first;
    node->count = items.count;
    return close_bracket(scan);
}

/* True, False, None, or set(). */
static int name(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    static const struct {
        const char *text;
        enum mmv_literal_type type;
    } names[] = {{"True", MMV_TRUE}, {"False", MMV_FALSE}, {"None", MMV_NONE}, {"set", MMV_SET}};
    size_t length = 0;
    int rc;

    while (mmv_is_word(mmv_scan_peek(scan, length)))
        length++;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i].text) != length ||
            memcmp(scan->source + scan->at, names[i].text, length) != 0)
            continue;
        node->type = names[i].type;
        scan->at += length;
        rc = mmv_scan_space(scan);
        if (rc < 0 || node->type != MMV_SET)
            return rc;
        if (mmv_scan_peek(scan, 0) != '(' || (rc = open_bracket(scan)) < 0)
            return rc < 0 ? rc : unexpected(scan);
        return mmv_scan_peek(scan, 0) == ')' ? close_bracket(scan) : unexpected(scan);
    }
    return mmv_scan_fail(scan, scan->at, "'%.*s' is not a literal", length < 40 ? (int)length : 40,
                         scan->source + scan->at);
}

/* A value without a sign before it and without an operator after it. */
static int primary(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    int c = mmv_scan_peek(scan, 0);
    int rc;

    *node = (struct mmv_literal_node){.begin = (uint32_t)scan->at};
    switch (c) {
    case '(': return parenthesised(scan, node);
    case '[': return list(scan, node);
    case '{': return braces(scan, node);
    default: break;
    }
    if (mmv_scan_at_string(scan))
        return mmv_scan_string(scan, node);
    if (mmv_is_digit(c) || (c == '.' && mmv_is_digit(mmv_scan_peek(scan, 1)))) {
        rc = mmv_scan_number(scan, node);
    } else if (c == '.' && mmv_scan_peek(scan, 1) == '.' && mmv_scan_peek(scan, 2) == '.') {
        node->type = MMV_ELLIPSIS;
        scan->at += 3;
        rc = MMVIEW_OK;
    } else if (mmv_is_word(c) && c < 0x80) {
        return name(scan, node);
    } else {
        return unexpected(scan);
    }
    return rc < 0 ? rc : mmv_scan_space(scan);
}

static bool is_number(const struct mmv_literal_node *node)
{
    return (node->type == MMV_INT || node->type == MMV_FLOAT || node->type == MMV_COMPLEX) &&
           !node->is_signed;
}

/* A value with at most one sign before it, which only a number may have. */
static int operand(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    uint32_t begin = (uint32_t)scan->at;
    int sign = mmv_scan_peek(scan, 0);
    int rc;

    if (sign != '+' && sign != '-')
        return primary(scan, node);
    scan->at++;
    rc = mmv_scan_space(scan);
    if (rc < 0 || (rc = primary(scan, node)) < 0)
        return rc;
    if (!is_number(node))
        return mmv_scan_fail(scan, begin, "a sign before what is no number");
    node->begin = begin;
    node->is_signed = true;
    node->negative = sign == '-' && node->type == MMV_INT && (node->u.magnitude || node->huge);
    return MMVIEW_OK;
}

/* A whole value: an operand, or a real and an imaginary number added. */
static int value(struct mmv_scan *scan, struct mmv_literal_node *node)
{
    struct mmv_literal_node imaginary;
    size_t begin;
    int c, rc = operand(scan, node);

    if (rc < 0)
        return rc;
    c = mmv_scan_peek(scan, 0);
    if (c != '+' && c != '-')
        return MMVIEW_OK;
    begin = scan->at++;
    rc = mmv_scan_space(scan);
    if (rc < 0 || (rc = primary(scan, &imaginary)) < 0)
        return rc;
    if ((node->type != MMV_INT && node->type != MMV_FLOAT) || imaginary.type != MMV_COMPLEX ||
        imaginary.is_signed)
        return mmv_scan_fail(scan, begin, "arithmetic");
    node->type = MMV_COMPLEX;
    node->is_signed = true;
    c = mmv_scan_peek(scan, 0);
    return c == '+' || c == '-' ? unexpected(scan) : MMVIEW_OK;
}

/* Passes the blanks a line starts with and returns how far it is indented.
 * literal_eval() strips the blanks of the source's start. A form feed sets
 * Python's column back; NumPy's filter turns it into a space before that. Of a
 * line that goes on after a backslash the first blanks count, and to the filter
 * the last. */
static size_t indentation(struct mmv_scan *scan, bool first_line)
{
    bool filtered = scan->flags & MMV_LITERAL_PYTHON2;
    bool stripped = first_line;
    size_t column = 0, continued = 0;
    size_t line_end;

    for (;; scan->at++) {
        switch (mmv_scan_peek(scan, 0)) {
        case ' ':
        case '\t': column += !stripped; break;
        case '\f':
            column = filtered && !stripped ? column + 1 : 0;
            stripped = stripped && filtered;
            break;
        case '\\':
            line_end = mmv_scan_newline(scan, 1);
            if (!line_end || scan->at + 1 + line_end == scan->length)
                return continued ? continued : column; /* mmv_scan_space() will refuse it */
            continued = continued || filtered ? continued : column;
            column = filtered ? 0 : column;
            stripped = false;
            scan->at += line_end;
            break;
        default: return continued ? continued : column;
        }
    }
}

/* Passes the lines before the value. */
static int lines_before(struct mmv_scan *scan)
{
    for (bool first_line = true;; first_line = false) {
        size_t column = indentation(scan, first_line);
        size_t line_end;

        if (mmv_scan_peek(scan, 0) == '#')
            mmv_scan_comment(scan);
        line_end = mmv_scan_newline(scan, 0);
        if (!line_end && column)
            return mmv_scan_fail(scan, scan->at, "unexpected indent");
        if (!line_end)
            return mmv_scan_space(scan);
        scan->at += line_end;
    }
}

/* Passes what may come after the value: blanks, comments, empty lines. To
 * Python a last line of nothing but blanks is an indented one, unless NumPy's
 * filter has gone over it, to which a lone CR ends no line. */
static int lines_after(struct mmv_scan *scan)
{
    bool filtered = scan->flags & MMV_LITERAL_PYTHON2;

    for (bool first_line = true;; first_line = false) {
        bool mended = first_line || (filtered && scan->source[scan->at - 1] == '\n');
        size_t column = mended ? 0 : indentation(scan, false);
        size_t line_end;
        int rc;

        if (column && scan->at == scan->length)
            return mmv_scan_fail(scan, scan->at, "unexpected indent");
        rc = mmv_scan_space(scan);
        if (rc < 0)
            return rc;
        if (scan->at == scan->length)
            return MMVIEW_OK;
        line_end = mmv_scan_newline(scan, 0);
        if (!line_end)
            return unexpected(scan);
        scan->at += line_end;
    }
}

int mmv_literal_parse(struct mmv_literal *literal, const char *source, size_t length,
                      unsigned flags, const struct mmv_literal_origin *origin,
                      struct mmview_error *err)
{
    struct mmv_scan scan = {
        .source = source,
        .length = length,
        .flags = flags,
        .literal = literal,
        .origin = origin,
        .err = err,
    };
    struct mmv_literal_node node;
    int rc;

    literal->nodes = literal->inline_nodes;
    literal->nodes[0] = (struct mmv_literal_node){.type = MMV_NONE};
    literal->count = 1;
    literal->room = NINLINE;
    literal->text = literal->inline_text;
    literal->text_used = 0;
    if (length > UINT32_MAX / 2)
        return mmv_scan_fail(&scan, 0, "it is too long");

    /* No character of a string gets longer than twice its bytes here: Latin-1
     * as UTF-8 does, every escape sequence is longer than what it stands for. */
    if (2 * length > sizeof literal->inline_text) {
        literal->text = mmv_alloc(2 * length);
        if (!literal->text)
            return mmv_fail_nomem(err);
    }

    rc = lines_before(&scan);
    if (rc >= 0)
        rc = value(&scan, &node);
    if (rc >= 0)
        rc = lines_after(&scan);
    if (rc >= 0)
        rc = add_node(&scan, &node, &literal->root);
    mmv_charnames_close(&scan.names);
    if (rc < 0)
        mmv_literal_free(literal);
    return rc;
}

void mmv_literal_free(struct mmv_literal *literal)
{
    if (literal->nodes != literal->inline_nodes)
        mmv_free(literal->nodes);
    if (literal->text != literal->inline_text)
        mmv_free(literal->text);
}

bool mmv_literal_is_str(const struct mmv_literal_node *node, const char *text)
{
    return node->type == MMV_STR && node->u.text.length == strlen(text) &&
           memcmp(node->u.text.data, text, node->u.text.length) == 0;
}

const char *mmv_literal_type_name(const struct mmv_literal_node *node)
{
    static const char *const names[] = {
        [MMV_NONE] = "None",         [MMV_TRUE] = "True",   [MMV_FALSE] = "False",
        [MMV_ELLIPSIS] = "Ellipsis", [MMV_INT] = "an int",  [MMV_FLOAT] = "a float",
        [MMV_COMPLEX] = "a complex", [MMV_STR] = "a str",   [MMV_BYTES] = "bytes",
        [MMV_TUPLE] = "a tuple",     [MMV_LIST] = "a list", [MMV_DICT] = "a dict",
        [MMV_SET] = "a set",
    };

    return names[node->type];
}

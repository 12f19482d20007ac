/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The grammar: values, and what may be in their brackets. */
#include <string.h>

#include "format/scan.h"

/* Python's tokenizer gives up on deeper nesting; so no stack is at risk. */
#define MAX_DEPTH 200

/* An item list under construction: appending keeps the order. */
struct items {
    uint32_t first, last, count;
};

static int append(struct mmv_scan *scan, struct items *items, const struct mmv_literal_node *node)
{
    uint32_t index = 0;
    int rc = mmv_literal_add(scan, node, &index);

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
            return mmv_scan_unexpected(scan);
        rc = mmv_scan_value(scan, node);
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
            return mmv_scan_unexpected(scan);
        rc = mmv_scan_value(scan, &item);
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
    if (rc < 0 || (rc = mmv_scan_value(scan, &item)) < 0)
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
            return mmv_scan_unexpected(scan);
        rc = mmv_scan_value(scan, &item);
        if (rc < 0)
            return rc;
        if (!hashable(scan->literal, &item))
            return mmv_scan_fail(scan, item.begin, "%s can not be a key",
                                 mmv_literal_type_name(&item));
        colon = mmv_scan_peek(scan, 0) == ':';
        if (!items.count && !colon)
            node->type = MMV_SET;
        if (colon != (node->type == MMV_DICT))
            return mmv_scan_unexpected(scan);
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
            return rc < 0 ? rc : mmv_scan_unexpected(scan);
        return mmv_scan_peek(scan, 0) == ')' ? close_bracket(scan) : mmv_scan_unexpected(scan);
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
        return mmv_scan_unexpected(scan);
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

/* An operand, or a real and an imaginary number added. */
int mmv_scan_value(struct mmv_scan *scan, struct mmv_literal_node *node)
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
    return c == '+' || c == '-' ? mmv_scan_unexpected(scan) : MMVIEW_OK;
}

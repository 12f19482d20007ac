/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* An index as text: what stands between the brackets in Python. */
#include <string.h>

#include "array/view.h"
#include "base/alloc.h"
#include "base/checked.h"
#include "base/utf8.h"
#include "format/literal.h"

/* No index has more items that mean something. */
#define MAX_ITEMS (2 * MMVIEW_MAXDIMS + 1)

struct text {
    const char *data;
    size_t length;
    size_t at;
    struct mmview_error *err;
};

static int peek(const struct text *text)
{
    return text->at < text->length ? (unsigned char)text->data[text->at] : -1;
}

static void skip_blanks(struct text *text)
{
    while (peek(text) == ' ' || (peek(text) >= '\t' && peek(text) <= '\r'))
        text->at++;
}

static int fail(const struct text *text, size_t at, const char *reason)
{
    return mmv_fail_at(text->err, MMVIEW_EINDEX, at, "the index '%.*s': %s",
                       text->length < 100 ? (int)text->length : 100, text->data, reason);
}

static bool take(struct text *text, const char *word)
{
    size_t length = strlen(word);

    if (text->length - text->at < length || memcmp(text->data + text->at, word, length) != 0)
        return false;
    text->at += length;
    return true;
}

/* An int as Python writes it; one that is too large for an intp is cut to
 * the largest, which is what a slice does with it, and *cut is set. */
static int read_int(struct text *text, mmview_intp *value, bool *cut)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EINDEX, "the index", 0};
    struct mmv_literal_node node = {.type = MMV_NONE};
    struct mmv_literal literal;
    size_t begin = text->at;
    int rc;

    while (peek(text) >= 0 && !strchr(",:# \t\n\v\f\r", peek(text)))
        text->at++;
    rc = mmv_literal_parse(&literal, text->data + begin, text->at - begin, 0, &origin, NULL);
    if (rc == MMVIEW_ENOMEM)
        return mmv_fail_nomem(text->err);
    if (rc >= 0) {
        node = *mmv_literal_root(&literal);
        mmv_literal_free(&literal);
    }
    if (node.type != MMV_INT)
        return fail(text, begin,
                    "only integers, slices (`:`), ellipsis (`...`) and None are valid indices");
    *cut = node.huge || node.u.magnitude > (uint64_t)INTPTR_MAX + node.negative;
    if (*cut)
        *value = node.negative ? INTPTR_MIN : INTPTR_MAX;
    else
        *value = (mmview_intp)(node.negative ? 0 - node.u.magnitude : node.u.magnitude);
    return MMVIEW_OK;
}

/* A part of a slice, which may be missing. */
static int read_part(struct text *text, int given, struct mmview_index *item, mmview_intp *value)
{
    bool cut = false;
    int rc;

    skip_blanks(text);
    if (take(text, "None") || peek(text) == ':' || peek(text) == ',' || peek(text) < 0)
        return MMVIEW_OK;
    rc = read_int(text, value, &cut);
    item->given |= given;
    skip_blanks(text);
    return rc;
}

/* Passes a colon. */
static bool take_colon(struct text *text)
{
    skip_blanks(text);
    return take(text, ":");
}

static int read_slice(struct text *text, struct mmview_index *item)
{
    int rc;

    item->kind = MMVIEW_INDEX_SLICE;
    rc = read_part(text, MMVIEW_INDEX_START, item, &item->start);
    if (rc < 0 || !take_colon(text))
        return rc < 0 ? rc : fail(text, text->at, "a slice without its colon");
    rc = read_part(text, MMVIEW_INDEX_STOP, item, &item->stop);
    if (rc < 0 || !take_colon(text))
        return rc;
    return read_part(text, MMVIEW_INDEX_STEP, item, &item->step);
}

/* Is there a colon before the item's end? */
static bool is_slice(const struct text *text)
{
    for (size_t i = text->at; i < text->length && text->data[i] != ','; i++)
        if (text->data[i] == ':')
            return true;
    return false;
}

static int read_item(struct text *text, struct mmview_index *item)
{
    bool cut = false;
    size_t begin;
    int rc;

    *item = (struct mmview_index){.kind = MMVIEW_INDEX_INT};
    skip_blanks(text);
    begin = text->at;
    if (is_slice(text))
        return read_slice(text, item);
    if (take(text, "...") || take(text, "Ellipsis")) {
        item->kind = MMVIEW_INDEX_ELLIPSIS;
        return MMVIEW_OK;
    }
    if (take(text, "None") || take(text, "newaxis") || take(text, "np.newaxis")) {
        item->kind = MMVIEW_INDEX_NEWAXIS;
        return MMVIEW_OK;
    }
    rc = read_int(text, &item->start, &cut);
    if (rc >= 0 && cut)
        return fail(text, begin, "an integer that is too large for any axis");
    return rc;
}

static int select_items(struct mmview_array *array, struct text *text, struct mmview_array **out)
{
    struct mmview_index items[MAX_ITEMS];
    size_t count = 0;

    skip_blanks(text);
    if (take(text, "()")) /* the empty tuple, as a[()] */
        skip_blanks(text);
    else if (peek(text) < 0)
        return fail(text, text->at, "it is empty");
    while (peek(text) >= 0) {
        int rc;

        if (count == MAX_ITEMS)
            return fail(text, text->at, "too many indices for any array");
        rc = read_item(text, &items[count]);
        if (rc < 0)
            return rc;
        count++;
        skip_blanks(text);
        if (peek(text) >= 0 && !take(text, ","))
            return fail(text, text->at, "something unexpected");
        skip_blanks(text);
    }
    return mmview_view_index(array, items, count, out, text->err);
}

/* A list of names, as a literal. */
static int select_fields(struct mmview_array *array, const struct mmv_literal *literal,
                         const struct text *text, struct mmview_array **out)
{
    const struct mmv_literal_node *root = mmv_literal_root(literal);
    const char **names = NULL;
    size_t *lengths, bytes, count = 0;
    int rc = MMVIEW_OK;

    if (root->count == 0)
        return fail(text, 0, "a list without names");
    if (mmv_mul_size(root->count, sizeof *names + sizeof *lengths, &bytes))
        names = mmv_alloc(bytes);
    if (!names)
        return mmv_fail_nomem(text->err);
    lengths = (size_t *)(names + root->count);
    for (const struct mmv_literal_node *item = mmv_literal_first(literal, root); item && rc >= 0;
         item = mmv_literal_next(literal, item)) {
        if (item->type != MMV_STR)
            rc = fail(text, item->begin, "a list may hold names of fields only");
        names[count] = item->u.text.data;
        lengths[count++] = item->u.text.length;
    }
    if (rc >= 0)
        rc = mmview_view_fields(array, names, lengths, count, out, text->err);
    mmv_free(names);
    return rc;
}

/* A name in quotes, or a list of them. */
static int select_names(struct mmview_array *array, struct text *text, struct mmview_array **out)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EINDEX, "the index", 0};
    const struct mmv_literal_node *root;
    struct mmv_literal literal;
    int rc = mmv_literal_parse(&literal, text->data, text->length, 0, &origin, text->err);

    if (rc < 0)
        return rc;
    /* What begins with a quote is a str, else the bracket begins a list. */
    root = mmv_literal_root(&literal);
    if (root->type == MMV_STR)
        rc = mmview_view_field(array, root->u.text.data, root->u.text.length, out, text->err);
    else
        rc = select_fields(array, &literal, text, out);
    mmv_literal_free(&literal);
    return rc;
}

int mmview_view_select(struct mmview_array *array, const char *data, size_t length,
                       struct mmview_array **out, struct mmview_error *err)
{
    struct text text = {data, length == SIZE_MAX ? strlen(data) : length, 0, err};
    size_t bad;

    if (mmv_utf8_count(text.data, text.length, &bad) == SIZE_MAX ||
        memchr(text.data, '\0', text.length))
        return mmv_fail(err, MMVIEW_EINDEX, "the index is not text");
    skip_blanks(&text);
    if (peek(&text) == '\'' || peek(&text) == '"' || peek(&text) == '[')
        return select_names(array, &text, out);
    return select_items(array, &text, out);
}

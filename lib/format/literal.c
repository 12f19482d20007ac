/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/literal.h"

#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "format/scan.h"

#define NINLINE (sizeof((struct mmv_literal *)0)->inline_nodes / sizeof(struct mmv_literal_node))

int mmv_literal_add(struct mmv_scan *scan, const struct mmv_literal_node *node, uint32_t *index)
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

    rc = mmv_scan_lines_before(&scan);
    if (rc >= 0)
        rc = mmv_scan_value(&scan, &node);
    if (rc >= 0)
        rc = mmv_scan_lines_after(&scan);
    if (rc >= 0)
        rc = mmv_literal_add(&scan, &node, &literal->root);
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

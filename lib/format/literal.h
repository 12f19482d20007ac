/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_LITERAL_H
#define MMV_FORMAT_LITERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A Python literal as ast.literal_eval() reads it: what a .npy header is. */

enum mmv_literal_type {
    MMV_NONE,
    MMV_TRUE,
    MMV_FALSE,
    MMV_ELLIPSIS,
    MMV_INT,
    MMV_FLOAT,   /* its value is nowhere needed, so it is not kept */
    MMV_COMPLEX, /* likewise */
    MMV_STR,
    MMV_BYTES,
    MMV_TUPLE,
    MMV_LIST,
    MMV_DICT, /* its items are key, value, key, value, ... */
    MMV_SET,
};

struct mmv_literal_node {
    enum mmv_literal_type type;
    bool is_signed; /* numbers: written with a sign, so no sign may come before it */
    bool negative;  /* MMV_INT */
    bool huge;      /* MMV_INT: does not fit magnitude */
    uint32_t begin; /* byte of the source where it starts */
    uint32_t next;  /* index of the node after it in its container, 0 for none */
    uint32_t first; /* containers: index of the first item, 0 for none */
    uint32_t count; /* containers: how many items */
    union {
        uint64_t magnitude; /* MMV_INT */
        struct {
            const char *data; /* UTF-8; lone surrogates as three bytes */
            size_t length;
        } text; /* MMV_STR, MMV_BYTES */
    } u;
};

enum mmv_literal_flags {
    MMV_LITERAL_LATIN1 = 1,  /* the source is Latin-1, not UTF-8 */
    MMV_LITERAL_PYTHON2 = 2, /* an L after a number is dropped, as NumPy's filter does */
};

/* A parsed literal. Headers of the usual size need no allocation. */
struct mmv_literal {
    struct mmv_literal_node *nodes; /* nodes[0] stands for "none" */
    uint32_t count, room;
    uint32_t root;
    char *text; /* the characters of all strings, one after the other */
    size_t text_used;
    struct mmv_literal_node inline_nodes[40];
    char inline_text[512];
};

/* How the errors of a parse are told. */
struct mmv_literal_origin {
    int status;       /* the status of an error: MMVIEW_EHEADER, MMVIEW_EDTYPE */
    const char *what; /* what the source is: starts every message */
    uint64_t offset;  /* what an error's offset in the source is added to */
};

/* Parses source, which must not hold a NUL and, unless Latin-1, must be valid
 * UTF-8 (lone surrogates may pass). On success the caller owes an
 * mmv_literal_free(). The literal must not be moved. */
int mmv_literal_parse(struct mmv_literal *literal, const char *source, size_t length,
                      unsigned flags, const struct mmv_literal_origin *origin,
                      struct mmview_error *err);

void mmv_literal_free(struct mmv_literal *literal);

static inline const struct mmv_literal_node *mmv_literal_root(const struct mmv_literal *literal)
{
    return &literal->nodes[literal->root];
}

/* First item of a container, and the item after one; NULL for none. */
static inline const struct mmv_literal_node *mmv_literal_first(const struct mmv_literal *literal,
                                                               const struct mmv_literal_node *node)
{
    return node->first ? &literal->nodes[node->first] : NULL;
}

static inline const struct mmv_literal_node *mmv_literal_next(const struct mmv_literal *literal,
                                                              const struct mmv_literal_node *node)
{
    return node->next ? &literal->nodes[node->next] : NULL;
}

/* True if node is a str of just these characters. */
bool mmv_literal_is_str(const struct mmv_literal_node *node, const char *text);

/* A few words for what a node is, for messages: "a tuple", "an int". */
const char *mmv_literal_type_name(const struct mmv_literal_node *node);

#endif

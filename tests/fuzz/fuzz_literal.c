/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The Python literal. The first byte is the parse's flags, the rest its source. */
#include "expect.h"

#include "base/utf8.h"
#include "format/literal.h"

/* What is read goes here, so that no compiler leaves out the reading. */
static volatile unsigned sink;

/* Goes through all nodes and reads all characters. Returns how many nodes. */
static size_t walk(const struct mmv_literal *literal, const struct mmv_literal_node *node,
                   size_t length)
{
    bool container = node->type >= MMV_TUPLE;
    size_t nodes = 1, items = 0;

    EXPECT(node->begin <= length && mmv_literal_type_name(node));
    if (node->type == MMV_STR || node->type == MMV_BYTES)
        for (size_t i = 0; i < node->u.text.length; i++)
            sink = (unsigned char)node->u.text.data[i];
    if (node->type == MMV_STR) {
        uint32_t code;
        size_t used;

        for (size_t at = 0; at < node->u.text.length; at += used)
            EXPECT((used = mmv_wtf8_decode(node->u.text.data + at, node->u.text.length - at,
                                           &code)) > 0);
    }
    if (!container)
        return nodes;
    for (const struct mmv_literal_node *item = mmv_literal_first(literal, node); item;
         item = mmv_literal_next(literal, item)) {
        nodes += walk(literal, item, length);
        items++;
    }
    EXPECT(items == node->count);
    EXPECT(node->type != MMV_DICT || items % 2 == 0);
    return nodes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EHEADER, "the input", 0};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_literal literal;
    const char *source = (const char *)data + 1;
    size_t bad;
    unsigned flags;
    int rc;

    if (size == 0 || memchr(source, '\0', size - 1))
        return 0;
    flags = data[0] & (MMV_LITERAL_LATIN1 | MMV_LITERAL_PYTHON2);
    if (!(flags & MMV_LITERAL_LATIN1) && mmv_utf8_count(source, size - 1, &bad) == SIZE_MAX)
        return 0;
    rc = mmv_literal_parse(&literal, source, size - 1, flags, &origin, &err);
    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(err.offset <= size - 1 || err.offset == MMVIEW_NO_OFFSET);
        return 0;
    }
    EXPECT(walk(&literal, mmv_literal_root(&literal), size - 1) <= literal.count);
    mmv_literal_free(&literal);
    return 0;
}

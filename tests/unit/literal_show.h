/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_UNIT_LITERAL_SHOW_H
#define TESTS_UNIT_LITERAL_SHOW_H

#include <stdio.h>
#include <string.h>

#include "../suite.h"
#include "base/strbuf.h"
#include "format/literal.h"

/* What the suites of the literal share: a literal as text, and the two kinds
 * of cases that most tests are. */

#define UTF8    0u
#define LATIN1  ((unsigned)MMV_LITERAL_LATIN1)
#define PYTHON2 ((unsigned)(MMV_LITERAL_LATIN1 | MMV_LITERAL_PYTHON2))

struct accepted {
    unsigned flags;
    const char *source;
    const char *shown; /* as show_literal() writes it */
};

struct refused {
    unsigned flags;
    const char *source;
    size_t at; /* the byte that is told to be wrong */
};

static inline void show_bytes(struct mmv_strbuf *buf, const struct mmv_literal_node *node)
{
    static const char digits[] = "0123456789abcdef";

    mmv_strbuf_char(buf, '\'');
    for (size_t i = 0; i < node->u.text.length; i++) {
        unsigned char c = (unsigned char)node->u.text.data[i];

        if (c >= 0x20 && c < 0x7f && c != '\\' && c != '\'') {
            mmv_strbuf_char(buf, (char)c);
            continue;
        }
        mmv_strbuf_str(buf, "\\x");
        mmv_strbuf_char(buf, digits[c >> 4]);
        mmv_strbuf_char(buf, digits[c & 0xf]);
    }
    mmv_strbuf_char(buf, '\'');
}

static inline void show_int(struct mmv_strbuf *buf, const struct mmv_literal_node *node)
{
    uint64_t n = node->u.magnitude;

    if (node->negative)
        mmv_strbuf_char(buf, '-');
    if (node->huge) {
        mmv_strbuf_str(buf, "huge");
        return;
    }
    if (n >= 10)
        mmv_strbuf_int(buf, (int64_t)(n / 10));
    mmv_strbuf_char(buf, (char)('0' + n % 10));
}

static inline void show_node(struct mmv_strbuf *buf, const struct mmv_literal *literal,
                             const struct mmv_literal_node *node);

static inline void show_items(struct mmv_strbuf *buf, const struct mmv_literal *literal,
                              const struct mmv_literal_node *node, const char *brackets)
{
    uint32_t seen = 0;

    mmv_strbuf_char(buf, brackets[0]);
    for (const struct mmv_literal_node *item = mmv_literal_first(literal, node); item;
         item = mmv_literal_next(literal, item)) {
        if (seen)
            mmv_strbuf_char(buf, node->type == MMV_DICT && seen % 2 ? ':' : ',');
        show_node(buf, literal, item);
        seen++;
    }
    if (node->type == MMV_TUPLE && seen == 1)
        mmv_strbuf_char(buf, ',');
    mmv_strbuf_char(buf, brackets[1]);
    ck_assert_uint_eq(seen, node->count);
}

/* Python's notation without blanks. A str is shown by its bytes; of numbers
 * that are not kept, the type. */
static inline void show_node(struct mmv_strbuf *buf, const struct mmv_literal *literal,
                             const struct mmv_literal_node *node)
{
    switch (node->type) {
    case MMV_NONE: mmv_strbuf_str(buf, "None"); break;
    case MMV_TRUE: mmv_strbuf_str(buf, "True"); break;
    case MMV_FALSE: mmv_strbuf_str(buf, "False"); break;
    case MMV_ELLIPSIS: mmv_strbuf_str(buf, "..."); break;
    case MMV_INT: show_int(buf, node); break;
    case MMV_FLOAT: mmv_strbuf_str(buf, "float"); break;
    case MMV_COMPLEX: mmv_strbuf_str(buf, "complex"); break;
    case MMV_STR: show_bytes(buf, node); break;
    case MMV_BYTES:
        mmv_strbuf_char(buf, 'b');
        show_bytes(buf, node);
        break;
    case MMV_TUPLE: show_items(buf, literal, node, "()"); break;
    case MMV_LIST: show_items(buf, literal, node, "[]"); break;
    case MMV_DICT: show_items(buf, literal, node, "{}"); break;
    case MMV_SET:
        if (node->count)
            show_items(buf, literal, node, "{}");
        else
            mmv_strbuf_str(buf, "set()");
        break;
    }
}

/* Where the tests' texts are said to be: at byte 1000 of a file. */
#define TEST_OFFSET 1000

/* Parses bytes that nothing terminates, so that valgrind and ASan see a read
 * behind them. */
static inline int parse_exactly(struct mmv_literal *literal, const char *source, size_t length,
                                unsigned flags, char **copy, struct mmview_error *err)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EHEADER, "the test", TEST_OFFSET};

    *copy = malloc(length ? length : 1);
    ck_assert_ptr_nonnull(*copy);
    memcpy(*copy, source, length);
    return mmv_literal_parse(literal, *copy, length, flags, &origin, err);
}

static inline void check_shown(unsigned flags, const char *source, size_t length,
                               const char *expected)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    size_t room = strlen(expected) + 100;
    char *shown = malloc(room), *copy;
    struct mmv_strbuf buf = mmv_strbuf_init(shown, room);
    struct mmv_literal literal;

    ck_assert_ptr_nonnull(shown);
    ck_assert_msg(parse_exactly(&literal, source, length, flags, &copy, &err) == MMVIEW_OK,
                  "%s: %s", source, err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    show_node(&buf, &literal, mmv_literal_root(&literal));
    mmv_strbuf_end(&buf);
    ck_assert_str_eq(shown, expected);
    mmv_literal_free(&literal);
    free(copy);
    free(shown);
}

static inline void check_accepted(const struct accepted *c)
{
    check_shown(c->flags, c->source, strlen(c->source), c->shown);
}

static inline void check_refused_bytes(unsigned flags, const char *source, size_t length, size_t at)
{
    static const char start[] = "the test can not be parsed: ";
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_literal literal;
    char end[40], *copy;

    ck_assert_msg(parse_exactly(&literal, source, length, flags, &copy, &err) == MMVIEW_EHEADER,
                  "%s: not refused", source);
    ck_assert_int_eq(err.status, MMVIEW_EHEADER);
    ck_assert_msg(err.offset == TEST_OFFSET + at, "%s: at %d, not %zu: %s", source,
                  (int)(err.offset - TEST_OFFSET), at, err.message);
    ck_assert_mem_eq(err.message, start, strlen(start));
    snprintf(end, sizeof end, ", at byte %zu", TEST_OFFSET + at);
    ck_assert_uint_gt(strlen(err.message), strlen(start) + strlen(end));
    ck_assert_str_eq(err.message + strlen(err.message) - strlen(end), end);
    free(copy);
}

static inline void check_refused(const struct refused *c)
{
    check_refused_bytes(c->flags, c->source, strlen(c->source), c->at);
}

#endif

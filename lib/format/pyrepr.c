/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/pyrepr.h"

#include <string.h>

#include "base/utf8.h"

static const char hex_digits[] = "0123456789abcdef";

static void put_hex(struct mmv_strbuf *buf, uint32_t value, int digits)
{
    while (digits--)
        mmv_strbuf_char(buf, hex_digits[value >> 4 * digits & 0xf]);
}

/* The letter of \n and its like; 0 for a character that has none. */
static char short_escape(uint32_t code)
{
    switch (code) {
    case '\t': return 't';
    case '\n': return 'n';
    case '\r': return 'r';
    default: return 0;
    }
}

void mmv_repr_escape(struct mmv_strbuf *buf, uint32_t code)
{
    mmv_strbuf_char(buf, '\\');
    if (short_escape(code)) {
        mmv_strbuf_char(buf, short_escape(code));
    } else if (code < 0x100) {
        mmv_strbuf_char(buf, 'x');
        put_hex(buf, code, 2);
    } else if (code < 0x10000) {
        mmv_strbuf_char(buf, 'u');
        put_hex(buf, code, 4);
    } else {
        mmv_strbuf_char(buf, 'U');
        put_hex(buf, code, 8);
    }
}

static char pick_quote(const char *text, size_t length)
{
    return memchr(text, '\'', length) && !memchr(text, '"', length) ? '"' : '\'';
}

void mmv_repr_str(struct mmv_strbuf *buf, const char *text, size_t length)
{
    char quote = pick_quote(text, length);

    mmv_strbuf_char(buf, quote);
    for (size_t i = 0; i < length;) {
        uint32_t code;
        size_t n = mmv_wtf8_decode(text + i, length - i, &code);

        if (n == 1 && (code == '\\' || code == (unsigned char)quote)) {
            mmv_strbuf_char(buf, '\\');
            mmv_strbuf_char(buf, text[i]);
        } else if (n && mmv_isprintable(code)) {
            mmv_strbuf_mem(buf, text + i, n);
        } else {
            mmv_repr_escape(buf, n ? code : (unsigned char)text[i]);
        }
        i += n ? n : 1;
    }
    mmv_strbuf_char(buf, quote);
}

/* What drives a terminal: the reader of JSON may well be one. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

void mmv_json_str(struct mmv_strbuf *buf, const char *text, size_t length)
{
    mmv_strbuf_char(buf, '"');
    for (size_t i = 0; i < length;) {
        uint32_t code;
        size_t n = mmv_wtf8_decode(text + i, length - i, &code);

        if (n == 1 && (code == '\\' || code == '"')) {
            mmv_strbuf_char(buf, '\\');
            mmv_strbuf_char(buf, text[i]);
        } else if (n && !is_control(code) && (code < 0xd800 || code > 0xdfff)) {
            mmv_strbuf_mem(buf, text + i, n);
        } else {
            /* Half of a surrogate pair is Python's escape as text: as one of JSON's it
             * would make jq refuse all, and two of them one character. */
            mmv_strbuf_str(buf, n && code >= 0xd800 ? "\\\\u" : "\\u");
            put_hex(buf, n ? code : 0xfffd, 4);
        }
        i += n ? n : 1;
    }
    mmv_strbuf_char(buf, '"');
}

static void repr_bytes(struct mmv_strbuf *buf, const char *data, size_t length)
{
    char quote = pick_quote(data, length);

    mmv_strbuf_char(buf, 'b');
    mmv_strbuf_char(buf, quote);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)data[i];

        if (c == '\\' || c == (unsigned char)quote)
            mmv_strbuf_char(buf, '\\');
        if (c >= 0x20 && c < 0x7f)
            mmv_strbuf_char(buf, data[i]);
        else
            mmv_repr_escape(buf, c);
    }
    mmv_strbuf_char(buf, quote);
}

static bool repr_int(struct mmv_strbuf *buf, const struct mmv_literal_node *node)
{
    if (node->huge || node->u.magnitude > INT64_MAX)
        return false;
    if (node->negative)
        mmv_strbuf_char(buf, '-');
    mmv_strbuf_int(buf, (int64_t)node->u.magnitude);
    return true;
}

static bool repr_items(struct mmv_strbuf *buf, const struct mmv_literal *literal,
                       const struct mmv_literal_node *node, const char *brackets)
{
    bool is_key = node->type == MMV_DICT;

    mmv_strbuf_char(buf, brackets[0]);
    for (const struct mmv_literal_node *item = mmv_literal_first(literal, node); item;
         item = mmv_literal_next(literal, item)) {
        if (!mmv_repr_literal(buf, literal, item))
            return false;
        if (is_key)
            mmv_strbuf_str(buf, ": ");
        else if (mmv_literal_next(literal, item))
            mmv_strbuf_str(buf, ", ");
        else if (node->type == MMV_TUPLE && node->count == 1)
            mmv_strbuf_char(buf, ',');
        is_key = node->type == MMV_DICT && !is_key;
    }
    mmv_strbuf_char(buf, brackets[1]);
    return true;
}

bool mmv_repr_literal(struct mmv_strbuf *buf, const struct mmv_literal *literal,
                      const struct mmv_literal_node *node)
{
    switch (node->type) {
    case MMV_NONE:
    case MMV_TRUE:
    case MMV_FALSE:
    case MMV_ELLIPSIS: mmv_strbuf_str(buf, mmv_literal_type_name(node)); return true;
    case MMV_INT: return repr_int(buf, node);
    case MMV_STR: mmv_repr_str(buf, node->u.text.data, node->u.text.length); return true;
    case MMV_BYTES: repr_bytes(buf, node->u.text.data, node->u.text.length); return true;
    case MMV_TUPLE: return repr_items(buf, literal, node, "()");
    case MMV_LIST: return repr_items(buf, literal, node, "[]");
    case MMV_DICT: return node->count <= 2 && repr_items(buf, literal, node, "{}");
    case MMV_SET:
        if (node->count == 0)
            mmv_strbuf_str(buf, "set()");
        return node->count == 0 || (node->count == 1 && repr_items(buf, literal, node, "{}"));
    case MMV_FLOAT:
    case MMV_COMPLEX: return false;
    }
    return false;
}

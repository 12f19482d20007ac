/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.ctypeslib.as_ctypes_type(), as text: what the languages have in common. */
#include "export/declaration.h"

#include <stdlib.h>
#include <string.h>

#include <mmview/ctypeslib.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "export/identifier.h"
#include "format/number_type.h"

struct mmv_member mmv_member_of(const struct mmview_dtype *dtype, const char *name)
{
    struct mmv_member member = {
        .name = name, .length = strlen(name), .dtype = dtype, .item = dtype};

    while (mmview_dtype_base(member.item))
        member.item = mmview_dtype_base(member.item);
    member.size = mmview_dtype_itemsize(dtype);
    return member;
}

static int compare_members(const void *a, const void *b)
{
    const struct mmv_member *left = a, *right = b;

    if (left->offset != right->offset)
        return left->offset < right->offset ? -1 : 1;
    if (!left->size != !right->size) /* without bytes: before what it would follow */
        return left->size ? 1 : -1;
    return left->index < right->index ? -1 : 1;
}

int mmv_members_of(const struct mmview_dtype *dtype, struct mmv_member **out,
                   struct mmview_error *err)
{
    size_t count = mmview_dtype_field_count(dtype);
    struct mmv_member *members;
    mmview_intp end = 0;

    /* There is no struct of more fields than INT_MAX: they are all in memory. */
    members = mmv_alloc(count ? count * sizeof *members : 1);
    if (!members)
        return mmv_fail_nomem(err);
    for (size_t i = 0; i < count; i++) {
        members[i] = mmv_member_of(mmview_dtype_field_dtype(dtype, i), "");
        members[i].name = mmview_dtype_field_name(dtype, i, &members[i].length);
        members[i].title = mmview_dtype_field_title(dtype, i, &members[i].title_length);
        members[i].index = i;
        members[i].offset = mmview_dtype_field_offset(dtype, i);
    }
    /* A selection of fields may have them in any order. */
    qsort(members, count, sizeof *members, compare_members);
    for (size_t i = 0; i < count; i++) {
        if (members[i].offset < end) {
            mmv_free(members);
            return mmv_fail(err, MMVIEW_ETYPE, "there are fields that overlap");
        }
        end = members[i].offset + members[i].size;
    }
    *out = members;
    return MMVIEW_OK;
}

bool mmv_depends_on_order(const struct mmview_dtype *dtype)
{
    if (mmview_dtype_base(dtype))
        return mmv_depends_on_order(mmview_dtype_base(dtype));
    for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++)
        if (mmv_depends_on_order(mmview_dtype_field_dtype(dtype, i)))
            return true;
    return !mmview_dtype_isstruct(dtype) && mmview_dtype_byteorder(dtype) == '=';
}

void mmv_remark(struct mmv_remarks *remarks, const char *text)
{
    mmv_strbuf_str(remarks->buf, remarks->any ? ", " : remarks->open);
    mmv_strbuf_str(remarks->buf, text);
    remarks->any = true;
}

/* One character as it is, or as a Python escape. Stars and slashes that meet
 * would end or begin a comment in C. */
static void put_character(struct mmv_strbuf *buf, uint32_t code, const char *bytes, size_t length,
                          uint32_t before)
{
    static const char hex[] = "0123456789abcdef";
    bool comment = (code == '/' && before == '*') || (code == '*' && before == '/');
    int digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;

    if (mmv_isprintable(code) && code != '\'' && code != '\\' && !comment) {
        mmv_strbuf_mem(buf, bytes, length);
        return;
    }
    mmv_strbuf_str(buf, digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
    while (digits-- > 0)
        mmv_strbuf_char(buf, hex[code >> 4 * digits & 15]);
}

void mmv_remark_str(struct mmv_remarks *remarks, const char *what, const char *text, size_t length)
{
    uint32_t code, before = 0;

    mmv_remark(remarks, what);
    mmv_strbuf_char(remarks->buf, '\'');
    for (size_t i = 0, n; (n = mmv_wtf8_decode(text + i, length - i, &code)) > 0; i += n) {
        put_character(remarks->buf, code, text + i, n, before);
        before = code;
    }
    mmv_strbuf_char(remarks->buf, '\'');
}

void mmv_remark_dtype(struct mmv_remarks *remarks, const struct mmview_dtype *item)
{
    char kind = mmview_dtype_kind(item), order = mmview_dtype_byteorder(item);
    char text[64];

    if (mmview_dtype_isstruct(item))
        return;
    mmview_dtype_name(item, text, sizeof text);
    if (kind == 'U')
        mmv_remark(remarks, "text, as code points");
    else if (kind == 'b' || kind == 'M' || kind == 'm' || order == '<' || order == '>' ||
             (kind == 'f' && mmview_dtype_itemsize(item) == 2))
        mmv_remark(remarks, text);
    if (order == '>')
        mmv_remark(remarks, "big-endian");
    else if (order == '<')
        mmv_remark(remarks, "little-endian");
}

void mmv_remarks_end(struct mmv_remarks *remarks)
{
    if (remarks->any)
        mmv_strbuf_str(remarks->buf, remarks->close);
}

void mmv_put_tag(struct mmv_declaration *to, const struct mmv_member *member)
{
    mmv_strbuf_str(&to->buf, to->name);
    if (member->number == 0)
        return;
    mmv_strbuf_char(&to->buf, '_');
    mmv_put_c_name(&to->buf, member->name, member->length, member->index);
    mmv_strbuf_char(&to->buf, '_');
    mmv_strbuf_int(&to->buf, (int64_t)member->number);
}

mmview_intp mmview_export_declaration(const struct mmview_dtype *dtype, int language,
                                      const char *name, char *buffer, size_t size,
                                      struct mmview_error *err)
{
    struct mmv_declaration to = {mmv_strbuf_init(buffer, size), name, 0, err};
    int status;

    if (language != MMVIEW_LANGUAGE_C && language != MMVIEW_LANGUAGE_PYTHON)
        return mmv_fail(err, MMVIEW_EINVAL, "no language has the number %d", language);
    if (!(language == MMVIEW_LANGUAGE_C ? mmv_is_c_name : mmv_is_python_name)(name, strlen(name)))
        return mmv_fail(err, MMVIEW_EINVAL, "'%.60s' can not be the name of a type", name);
    if (mmview_dtype_hasobject(dtype))
        return mmv_fail(err, MMVIEW_EOBJECT, "Python objects in the dtype have no declaration");

    status = mmv_dtype_check_meaning(dtype, err);
    if (status == MMVIEW_OK)
        status = language == MMVIEW_LANGUAGE_C ? mmv_declare_c(&to, dtype)
                                               : mmv_declare_python(&to, dtype);
    return status < 0 ? status : (mmview_intp)mmv_strbuf_end(&to.buf);
}

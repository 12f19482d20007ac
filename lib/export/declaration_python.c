/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Declarations in Python: the class that numpy.ctypeslib.as_ctypes_type() makes,
 * and one like it where NumPy has none. */
#include <string.h>

#include "base/alloc.h"
#include "export/declaration.h"
#include "export/identifier.h"
#include "format/pyrepr.h"

/* What the items that are no struct are in ctypes; *count is how many of it an
 * item is, if it is an array, else -1; *swappable: it has a class for the other
 * byte order. */
static const char *type_of(const struct mmview_dtype *item, mmview_intp *count, bool *swappable)
{
    mmview_intp size = mmview_dtype_itemsize(item);
    char kind = mmview_dtype_kind(item);
    mmview_intp part = kind == 'c' ? size / 2 : size;

    *count = kind == 'c' ? 2 : -1;
    *swappable = true;
    if (kind == 'b')
        return "c_bool";
    if (kind == 'i' || kind == 'M' || kind == 'm')
        return size == 1 ? "c_int8" : size == 2 ? "c_int16" : size == 4 ? "c_int32" : "c_int64";
    if (kind == 'u')
        return size == 1 ? "c_uint8" : size == 2 ? "c_uint16" : size == 4 ? "c_uint32" : "c_uint64";
    if (kind == 'f' && size == 2)
        return "c_uint16";
    if ((kind == 'f' || kind == 'c') && part == 4)
        return "c_float";
    if ((kind == 'f' || kind == 'c') && part == 8)
        return "c_double";
    if (kind == 'U') {
        *count = size / 4;
        return "c_uint32";
    }

    *swappable = false;
    if ((kind == 'f' || kind == 'c') && mmview_dtype_isnative(item))
        return "c_longdouble";
    *count = size;
    return kind == 'S' ? "c_char" : "c_ubyte";
}

static void put_times(struct mmv_strbuf *buf, mmview_intp length)
{
    mmv_strbuf_str(buf, " * ");
    mmv_strbuf_int(buf, length);
}

/* The lengths of sub-arrays, the innermost first. */
static void put_shape(struct mmv_strbuf *buf, const struct mmview_dtype *dtype)
{
    if (!mmview_dtype_base(dtype))
        return;
    put_shape(buf, mmview_dtype_base(dtype));
    for (int i = mmview_dtype_ndim(dtype); i-- > 0;)
        put_times(buf, mmview_dtype_shape(dtype)[i]);
}

/* "ctypes.c_float * 3 * 2" */
static void put_type(struct mmv_declaration *to, const struct mmv_member *member)
{
    bool swappable;
    mmview_intp count = -1;

    if (mmview_dtype_isstruct(member->item)) {
        mmv_put_tag(to, member);
    } else {
        mmv_strbuf_str(&to->buf, "ctypes.");
        mmv_strbuf_str(&to->buf, type_of(member->item, &count, &swappable));
        if (swappable && !mmview_dtype_isnative(member->item))
            mmv_strbuf_str(&to->buf, mmview_dtype_byteorder(member->item) == '>' ? ".__ctype_be__"
                                                                                 : ".__ctype_le__");
    }
    if (count >= 0)
        put_times(&to->buf, count);
    put_shape(&to->buf, member->dtype);
}

/* A field of this name would replace what makes the class work. */
static bool is_special(const struct mmv_member *member)
{
    static const char fields[] = "_fields_";
    size_t n = member->length;

    return (n == sizeof fields - 1 && memcmp(member->name, fields, n) == 0) ||
           (n > 4 && memcmp(member->name, "__", 2) == 0 &&
            memcmp(member->name + n - 2, "__", 2) == 0);
}

static void put_remarks(struct mmv_declaration *to, const struct mmv_member *member)
{
    struct mmv_remarks remarks = {&to->buf, "  # ", "", false};

    if (is_special(member))
        mmv_remark_str(&remarks, "", member->name, member->length);
    if (member->title)
        mmv_remark_str(&remarks, "title ", member->title, member->title_length);
    mmv_remark_dtype(&remarks, member->item);
    mmv_remarks_end(&remarks);
}

static void put_member(struct mmv_declaration *to, const struct mmv_member *member)
{
    mmv_strbuf_str(&to->buf, "        (");
    if (is_special(member)) {
        mmv_strbuf_char(&to->buf, '\'');
        mmv_put_made_name(&to->buf, member->name, member->length, member->index);
        mmv_strbuf_char(&to->buf, '\'');
    } else {
        mmv_repr_str(&to->buf, member->name, member->length);
    }
    mmv_strbuf_str(&to->buf, ", ");
    put_type(to, member);
    mmv_strbuf_str(&to->buf, "),");
    put_remarks(to, member);
    mmv_strbuf_char(&to->buf, '\n');
}

static void put_padding(struct mmv_declaration *to, mmview_intp bytes)
{
    mmv_strbuf_str(&to->buf, "        ('', ctypes.c_char");
    put_times(&to->buf, bytes);
    mmv_strbuf_str(&to->buf, "),\n");
}

static void put_size_assertion(struct mmv_declaration *to, const struct mmv_member *self,
                               mmview_intp size)
{
    mmv_strbuf_str(&to->buf, "assert ctypes.sizeof(");
    mmv_put_tag(to, self);
    mmv_strbuf_str(&to->buf, ") == ");
    mmv_strbuf_int(&to->buf, size);
    mmv_strbuf_char(&to->buf, '\n');
}

/* Several fields that all start at 0, and so at most one that has bytes, are a
 * union in NumPy. */
static bool is_union(const struct mmv_member *members, size_t count)
{
    return count > 1 && members[count - 1].offset == 0;
}

static void put_class(struct mmv_declaration *to, const struct mmv_member *self,
                      const struct mmv_member *members, size_t count)
{
    mmview_intp size = mmview_dtype_itemsize(self->item), end = 0;

    mmv_strbuf_str(&to->buf, "\n\nclass ");
    mmv_put_tag(to, self);
    mmv_strbuf_str(&to->buf,
                   is_union(members, count) ? "(ctypes.Union):\n" : "(ctypes.Structure):\n");
    /* Python 3.14 wants to be told whose packing it is. */
    mmv_strbuf_str(&to->buf, "    _pack_ = 1\n    _layout_ = 'ms'\n    _fields_ = [\n");
    for (size_t i = 0; i < count; i++) {
        if (members[i].offset > end)
            put_padding(to, members[i].offset - end);
        put_member(to, &members[i]);
        end = members[i].offset + members[i].size;
    }
    if (size > end)
        put_padding(to, is_union(members, count) ? size : size - end);
    mmv_strbuf_str(&to->buf, "    ]\n\n\n");
    put_size_assertion(to, self, size);
}

/* Defines the class that the items of self are, after those inside of it. */
static int put_struct(struct mmv_declaration *to, const struct mmv_member *self)
{
    size_t count = mmview_dtype_field_count(self->item);
    struct mmv_member *members;
    int status = mmv_members_of(self->item, &members, to->err);

    if (status != MMVIEW_OK)
        return status;
    for (size_t i = 0; i < count && status == MMVIEW_OK; i++)
        if (mmview_dtype_isstruct(members[i].item)) {
            members[i].number = ++to->structs;
            status = put_struct(to, &members[i]);
        }
    if (status == MMVIEW_OK)
        put_class(to, self, members, count);
    mmv_free(members);
    return status;
}

int mmv_declare_python(struct mmv_declaration *to, const struct mmview_dtype *dtype)
{
    struct mmv_member self = mmv_member_of(dtype, "item"), named = self;
    bool is_array = dtype != self.item, ordered = mmv_depends_on_order(dtype);
    int status;

    mmv_strbuf_str(&to->buf, ordered ? "import ctypes\nimport sys\n\nassert sys.byteorder == '"
                                     : "import ctypes\n");
    if (ordered)
        mmv_strbuf_str(&to->buf,
                       __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? "little'\n" : "big'\n");
    if (mmview_dtype_isstruct(self.item)) {
        self.number = is_array ? ++to->structs : 0;
        if ((status = put_struct(to, &self)) != MMVIEW_OK || !is_array)
            return status;
    }
    mmv_strbuf_char(&to->buf, '\n');
    mmv_strbuf_str(&to->buf, to->name);
    mmv_strbuf_str(&to->buf, " = ");
    put_type(to, &self);
    put_remarks(to, &self);
    mmv_strbuf_char(&to->buf, '\n');
    put_size_assertion(to, &named, self.size);
    return MMVIEW_OK;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Declarations in C: structs that the compiler lays out as NumPy does, which
 * assertions make sure of. */
#include <string.h>

#include "base/alloc.h"
#include "export/declaration.h"
#include "export/identifier.h"

#define ALIGNMENT(t)  \
    offsetof(         \
        struct {      \
            char c;   \
            t member; \
        },            \
        member)

struct c_type {
    char kind;
    mmview_intp size;
    const char *name;
    mmview_intp alignment;
};

/* Numbers in this machine's order. The parts of complex numbers lie as two
 * numbers do. A bool may be other than 0 and 1, which is no _Bool. */
static const struct c_type numbers[] = {
    {'b', 1, "uint8_t", 1},
    {'i', 1, "int8_t", 1},
    {'i', 2, "int16_t", ALIGNMENT(int16_t)},
    {'i', 4, "int32_t", ALIGNMENT(int32_t)},
    {'i', 8, "int64_t", ALIGNMENT(int64_t)},
    {'u', 1, "uint8_t", 1},
    {'u', 2, "uint16_t", ALIGNMENT(uint16_t)},
    {'u', 4, "uint32_t", ALIGNMENT(uint32_t)},
    {'u', 8, "uint64_t", ALIGNMENT(uint64_t)},
    {'f', 2, "uint16_t", ALIGNMENT(uint16_t)},
    {'f', 4, "float", ALIGNMENT(float)},
    {'f', 8, "double", ALIGNMENT(double)},
    {'f', sizeof(long double), "long double", ALIGNMENT(long double)},
    {'c', 8, "float _Complex", ALIGNMENT(float)},
    {'c', 16, "double _Complex", ALIGNMENT(double)},
    {'c', 2 * sizeof(long double), "long double _Complex", ALIGNMENT(long double)},
    {'M', 8, "int64_t", ALIGNMENT(int64_t)},
    {'m', 8, "int64_t", ALIGNMENT(int64_t)},
};

/* The type of items that are no struct; *count is how many of it an item is, if
 * it is an array, else -1. */
static struct c_type type_of(const struct mmview_dtype *item, mmview_intp *count)
{
    static const struct c_type bytes = {0, 1, "unsigned char", 1}, text = {0, 1, "char", 1},
                               code_points = {0, 4, "uint32_t", ALIGNMENT(uint32_t)};
    char kind = mmview_dtype_kind(item);
    mmview_intp size = mmview_dtype_itemsize(item);

    *count = size;
    if (kind == 'S')
        return text;
    if (!mmview_dtype_isnative(item))
        return bytes; /* so that nobody takes them for a number */
    if (kind == 'U') {
        *count = size / code_points.size;
        return code_points;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].kind == kind && numbers[i].size == size) {
            *count = -1;
            return numbers[i];
        }
    return bytes;
}

static void put_length(struct mmv_strbuf *buf, mmview_intp length)
{
    mmv_strbuf_char(buf, '[');
    mmv_strbuf_int(buf, length);
    mmv_strbuf_char(buf, ']');
}

/* "double x[2][3]", with what stands for the name of the field. */
static void put_declarator(struct mmv_declaration *to, const struct mmv_member *member,
                           const char *name, size_t length)
{
    mmview_intp count = -1;

    if (mmview_dtype_isstruct(member->item)) {
        mmv_strbuf_str(&to->buf, "struct ");
        mmv_put_tag(to, member);
    } else {
        mmv_strbuf_str(&to->buf, type_of(member->item, &count).name);
    }
    mmv_strbuf_char(&to->buf, ' ');
    mmv_put_c_name(&to->buf, name, length, member->index);
    for (const struct mmview_dtype *d = member->dtype; d != member->item; d = mmview_dtype_base(d))
        for (int i = 0; i < mmview_dtype_ndim(d); i++)
            put_length(&to->buf, mmview_dtype_shape(d)[i]);
    if (count >= 0)
        put_length(&to->buf, count);
}

static void put_remarks(struct mmv_declaration *to, const struct mmv_member *member)
{
    struct mmv_remarks remarks = {&to->buf, " /* ", " */", false};

    if (!mmv_is_c_name(member->name, member->length))
        mmv_remark_str(&remarks, "", member->name, member->length);
    if (member->title)
        mmv_remark_str(&remarks, "title ", member->title, member->title_length);
    mmv_remark_dtype(&remarks, member->item);
    mmv_remarks_end(&remarks);
}

static void put_member(struct mmv_declaration *to, const struct mmv_member *member)
{
    if (member->size == 0) {
        struct mmv_remarks remarks = {&to->buf, "    /* ", " */\n", false};

        mmv_remark_str(&remarks, "no bytes: ", member->name, member->length);
        mmv_remarks_end(&remarks);
        return;
    }
    mmv_strbuf_str(&to->buf, "    ");
    put_declarator(to, member, member->name, member->length);
    mmv_strbuf_char(&to->buf, ';');
    put_remarks(to, member);
    mmv_strbuf_char(&to->buf, '\n');
}

static mmview_intp round_up(mmview_intp offset, mmview_intp alignment)
{
    return (offset + alignment - 1) / alignment * alignment;
}

/* Fields that fit the compiler's layout; self->alignment is then that of the
 * struct. Else it is 1, and the struct must be packed. */
static bool fits_compiler(struct mmv_member *self, const struct mmv_member *members, size_t count)
{
    self->alignment = 1;
    for (size_t i = 0; i < count; i++)
        if (members[i].size && members[i].alignment > self->alignment)
            self->alignment = members[i].alignment;
    for (size_t i = 0; i < count; i++)
        if (members[i].size && members[i].offset % members[i].alignment != 0)
            self->alignment = 0;
    if (self->alignment && mmview_dtype_itemsize(self->item) % self->alignment == 0)
        return true;
    self->alignment = 1;
    return false;
}

/* What NumPy leaves out between two fields, and the compiler would not. No other
 * member has a name like this. */
static void put_padding(struct mmv_declaration *to, mmview_intp from, mmview_intp bytes)
{
    mmv_strbuf_str(&to->buf, "    unsigned char pad_");
    mmv_strbuf_int(&to->buf, from);
    mmv_strbuf_char(&to->buf, '_');
    put_length(&to->buf, bytes);
    mmv_strbuf_str(&to->buf, ";\n");
}

static void put_assertions(struct mmv_declaration *to, const struct mmv_member *self,
                           const struct mmv_member *members, size_t count)
{
    mmv_strbuf_str(&to->buf, "static_assert(sizeof(struct ");
    mmv_put_tag(to, self);
    mmv_strbuf_str(&to->buf, ") == ");
    mmv_strbuf_int(&to->buf, mmview_dtype_itemsize(self->item));
    mmv_strbuf_str(&to->buf, ", \"size\");\n");
    for (size_t i = 0; i < count; i++) {
        const struct mmv_member *member = &members[i];

        if (member->size == 0)
            continue;
        mmv_strbuf_str(&to->buf, "static_assert(offsetof(struct ");
        mmv_put_tag(to, self);
        mmv_strbuf_str(&to->buf, ", ");
        mmv_put_c_name(&to->buf, member->name, member->length, member->index);
        mmv_strbuf_str(&to->buf, ") == ");
        mmv_strbuf_int(&to->buf, member->offset);
        mmv_strbuf_str(&to->buf, ", \"offset\");\n");
    }
}

static void put_body(struct mmv_declaration *to, struct mmv_member *self,
                     const struct mmv_member *members, size_t count)
{
    bool packed = !fits_compiler(self, members, count);
    mmview_intp size = mmview_dtype_itemsize(self->item), end = 0;

    mmv_strbuf_str(&to->buf, "\nstruct ");
    mmv_put_tag(to, self);
    mmv_strbuf_str(&to->buf, " {\n");
    for (size_t i = 0; i < count; i++) {
        const struct mmv_member *member = &members[i];

        if (member->size && member->offset != (packed ? end : round_up(end, member->alignment)))
            put_padding(to, end, member->offset - end);
        put_member(to, member);
        end = member->size ? member->offset + member->size : end;
    }
    if (size != (packed ? end : round_up(end, self->alignment)))
        put_padding(to, end, size - end);
    mmv_strbuf_str(&to->buf, packed ? "} __attribute__((packed));\n" : "};\n");
    put_assertions(to, self, members, count);
}

/* Defines the struct that the items of self are, after those inside of it. */
static int put_struct(struct mmv_declaration *to, struct mmv_member *self)
{
    size_t count = mmview_dtype_field_count(self->item);
    struct mmv_member *members;
    int status = mmv_members_of(self->item, &members, to->err);

    if (status != MMVIEW_OK)
        return status;
    for (size_t i = 0; i < count && status == MMVIEW_OK; i++) {
        struct mmv_member *member = &members[i];
        mmview_intp ignored;

        if (!mmview_dtype_isstruct(member->item)) {
            member->alignment = type_of(member->item, &ignored).alignment;
        } else if (member->size) {
            member->number = ++to->structs;
            status = put_struct(to, member);
        }
    }
    if (status == MMVIEW_OK)
        put_body(to, self, members, count);
    mmv_free(members);
    return status;
}

static void put_preamble(struct mmv_declaration *to, const struct mmview_dtype *dtype)
{
    mmv_strbuf_str(&to->buf, "#include <assert.h>\n#include <stddef.h>\n#include <stdint.h>\n");
    if (!mmv_depends_on_order(dtype))
        return;
    mmv_strbuf_str(&to->buf, "\n#if defined __BYTE_ORDER__ && __BYTE_ORDER__ != ");
    mmv_strbuf_str(&to->buf, __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
                                 ? "__ORDER_LITTLE_ENDIAN__\n#error \"these are little"
                                 : "__ORDER_BIG_ENDIAN__\n#error \"these are big");
    mmv_strbuf_str(&to->buf, "-endian numbers\"\n#endif\n");
}

int mmv_declare_c(struct mmv_declaration *to, const struct mmview_dtype *dtype)
{
    struct mmv_member self = mmv_member_of(dtype, "item");
    bool is_array = dtype != self.item;
    int status;

    if (self.size == 0) {
        mmv_strbuf_str(&to->buf, "/* ");
        mmv_strbuf_str(&to->buf, to->name);
        mmv_strbuf_str(&to->buf, ": items of 0 bytes, for which C has no type */\n");
        return MMVIEW_OK;
    }
    put_preamble(to, dtype);
    if (mmview_dtype_isstruct(self.item)) {
        self.number = is_array ? ++to->structs : 0;
        if ((status = put_struct(to, &self)) != MMVIEW_OK)
            return status;
        if (!is_array)
            return MMVIEW_OK;
    }
    mmv_strbuf_str(&to->buf, "\ntypedef ");
    put_declarator(to, &self, to->name, strlen(to->name));
    mmv_strbuf_char(&to->buf, ';');
    put_remarks(to, &self);
    mmv_strbuf_str(&to->buf, "\nstatic_assert(sizeof(");
    mmv_strbuf_str(&to->buf, to->name);
    mmv_strbuf_str(&to->buf, ") == ");
    mmv_strbuf_int(&to->buf, self.size);
    mmv_strbuf_str(&to->buf, ", \"size\");\n");
    return MMVIEW_OK;
}

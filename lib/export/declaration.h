/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_EXPORT_DECLARATION_H
#define MMV_EXPORT_DECLARATION_H

#include <stdbool.h>

#include <mmview/dtype.h>

#include "base/error.h"
#include "base/strbuf.h"

/* A declaration that is being written. */
struct mmv_declaration {
    struct mmv_strbuf buf;
    const char *name; /* of the type that is declared */
    size_t structs;   /* how many structs inside of it have a number already */
    struct mmview_error *err;
};

/* A field of a struct that is being declared, or the type itself. */
struct mmv_member {
    const char *name;
    size_t length; /* bytes of name */
    const char *title;
    size_t title_length;
    size_t index; /* of the field */
    mmview_intp offset, size;
    const struct mmview_dtype *dtype;
    const struct mmview_dtype *item; /* what dtype, if a sub-array, is of; else dtype */
    size_t number;                   /* of the struct that the item is */
    mmview_intp alignment;           /* of its type in C */
};

/* The dtype as a member of nothing. */
struct mmv_member mmv_member_of(const struct mmview_dtype *dtype, const char *name);

/* The fields of a struct in the order of their offsets, which do not overlap; the
 * caller's to mmv_free(). */
int mmv_members_of(const struct mmview_dtype *dtype, struct mmv_member **out,
                   struct mmview_error *err);

/* Is a number of several bytes in it that is in this machine's order? */
bool mmv_depends_on_order(const struct mmview_dtype *dtype);

/* The comment behind a member, opened by its first remark. */
struct mmv_remarks {
    struct mmv_strbuf *buf;
    const char *open, *close;
    bool any;
};

void mmv_remark(struct mmv_remarks *remarks, const char *text);

/* Text from a file as a Python str that can not end a comment. */
void mmv_remark_str(struct mmv_remarks *remarks, const char *what, const char *text, size_t length);

/* What the type alone does not say of the items. */
void mmv_remark_dtype(struct mmv_remarks *remarks, const struct mmview_dtype *item);

void mmv_remarks_end(struct mmv_remarks *remarks);

/* The name of the struct that a member is, in any language. */
void mmv_put_tag(struct mmv_declaration *to, const struct mmv_member *member);

int mmv_declare_c(struct mmv_declaration *to, const struct mmview_dtype *dtype);
int mmv_declare_python(struct mmv_declaration *to, const struct mmview_dtype *dtype);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_DTYPE_LIST_H
#define MMV_FORMAT_DTYPE_LIST_H

#include "format/dtype.h"

/* A struct under construction, field by field. It owns the dtypes it was
 * given, but not the texts. */
struct mmv_dtype_list {
    struct mmv_field *fields;
    size_t count, room;
    int itemsize, alignment;
    bool align;
};

static inline struct mmv_dtype_list mmv_dtype_list_init(bool align)
{
    struct mmv_dtype_list list = {NULL, 0, 0, 0, 1, align};

    return list;
}

/* Adds a field behind the last one, with its offset filled in; takes over its
 * dtype, also on failure. A name of NULL becomes f0, f1, ... by its place. */
int mmv_dtype_list_add(struct mmv_dtype_list *list, const struct mmv_field *field,
                       const struct mmv_literal_origin *origin, struct mmview_error *err);

/* Leaves a gap of so many bytes. */
int mmv_dtype_list_pad(struct mmv_dtype_list *list, int bytes,
                       const struct mmv_literal_origin *origin, struct mmview_error *err);

/* Makes the struct and clears the list, also on failure. */
int mmv_dtype_list_finish(struct mmv_dtype_list *list, struct mmview_dtype **out,
                          const struct mmv_literal_origin *origin, struct mmview_error *err);

void mmv_dtype_list_clear(struct mmv_dtype_list *list);

#endif

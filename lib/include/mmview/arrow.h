/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/arrow.h
 * The structures of the Arrow C data interface, which mmview_export_arrow()
 * fills, for programs that have no header of Arrow's.
 *
 * The names, and the guard around them, are Arrow's. Not part of <mmview.h>,
 * since some headers take the guard for more than it says: include this one
 * after them.
 */
#ifndef MMVIEW_ARROW_H
#define MMVIEW_ARROW_H

#include <mmview/types.h>

MMVIEW_BEGIN_DECLS

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE           2
#define ARROW_FLAG_MAP_KEYS_SORTED    4

/** The type of an Arrow array. */
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

/** An Arrow array. */
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

MMVIEW_END_DECLS

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_FUZZ_LOOK_EXPORT_H
#define TESTS_FUZZ_LOOK_EXPORT_H

#include "expect.h"

#include <mmview/arrow.h>

/* Of a format or dict all that is printed if this is room enough, else that. */
#define EXPORT_ROOM 4096

static inline void look_at_text(const char *text, size_t length)
{
    EXPECT(strnlen(text, EXPORT_ROOM) == (length < EXPORT_ROOM ? length : EXPORT_ROOM - 1));
}

static inline void look_at_interface(struct mmview_array *array)
{
    struct mmview_array_interface *interface = NULL;
    char text[EXPORT_ROOM];

    EXPECT(mmview_export_array_interface(array, &interface, NULL) == MMVIEW_OK);
    EXPECT(interface->data == mmview_array_data(array));
    EXPECT(interface->nd == mmview_array_ndim(array));
    mmview_export_array_interface_release(interface);
    look_at_text(text, mmview_export_array_interface_json(array, text, sizeof text));
}

static inline void look_at_buffer(struct mmview_array *array)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    mmview_intp strides[MMVIEW_MAXDIMS];
    char text[EXPORT_ROOM];
    mmview_intp length = mmview_export_buffer_format(array, text, sizeof text, &err);

    EXPECT(length >= 0 || length == MMVIEW_ETYPE || length == MMVIEW_EBYTEORDER);
    if (length < 0)
        expect_error((int)length, &err);
    else
        look_at_text(text, (size_t)length);
    mmview_export_buffer_strides(array, strides);
    for (int i = 0; i < mmview_array_ndim(array); i++)
        EXPECT(mmview_array_size(array) == 0 || mmview_array_shape(array)[i] == 1 ||
               strides[i] == mmview_array_strides(array)[i]);
}

static inline void look_at_dlpack(struct mmview_array *array)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dlpack_legacy *legacy = NULL;
    struct mmview_dlpack *tensor = NULL;
    int rc = mmview_export_dlpack(array, 0, &tensor, &err);

    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(!tensor);
    } else {
        EXPECT(tensor->tensor.bits == 8 * mmview_array_itemsize(array));
        tensor->deleter(tensor);
    }
    if (mmview_export_dlpack_legacy(array, &legacy, NULL) == MMVIEW_OK) {
        EXPECT(rc == MMVIEW_OK && mmview_array_flags(array) & MMVIEW_WRITEABLE);
        legacy->deleter(legacy);
    }
}

static inline void look_at_arrow(struct mmview_array *array)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct ArrowSchema schema = {.release = NULL};
    struct ArrowArray items = {.release = NULL};
    const struct ArrowArray *leaf = &items;
    int rc = mmview_export_arrow(array, &schema, &items, &err);

    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(!schema.release && !items.release);
        return;
    }
    while (leaf->n_children)
        leaf = leaf->children[0];
    EXPECT(leaf->length == mmview_array_size(array));
    EXPECT(leaf->buffers[1] == mmview_array_data(array));
    schema.release(&schema);
    items.release(&items);
}

/* Hands an array to every protocol, and takes it back. */
static inline void look_at_exports(struct mmview_array *array)
{
    look_at_interface(array);
    look_at_buffer(array);
    look_at_dlpack(array);
    look_at_arrow(array);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_view_select(). The first byte chooses an array, the rest is indices with
 * NULs between them, each of which is taken of what the one before gave. Every
 * view on the way is looked at, and so are other views of it. */
#include <stdbool.h>

#include "expect.h"
#include "../words.h"

#define ONES8  "1,1,1,1,1,1,1,1,"
#define ONES64 ONES8 ONES8 ONES8 ONES8 ONES8 ONES8 ONES8 ONES8

static const struct {
    const char *descr, *shape;
    size_t bytes;
} arrays[] = {
    {"'<i2'", "(3, 4, 5)", 120},
    {"[('a', '<i4'), ('b', '|S3'), (('t', 'c'), '<f8', (2, 3)), ('', '|V2'), "
     "('d', [('x', '<i2'), ('y', '>c8')]), ('z', '|V0')]",
     "(2, 3)", 6 * 67},
    {"'|u1'", "()", 1},
    {"'|u1'", "(0, " HALF ")", 0},
    {"'|V0'", "(" MOST ", " MOST ")", 0},
    {"'<c8'", "(" ONES64 ")", 8},
};

#define ARRAYS   (sizeof arrays / sizeof *arrays)
#define FEW      2000 /* elements: so few are all read */
#define MAX_ITEM 67

static uint8_t *memory;
static size_t memory_size;

static struct mmview_array *array_of(size_t which)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_array *array = NULL;
    const size_t start = 512;

    memory_size = start + arrays[which].bytes;
    memory = malloc(memory_size);
    EXPECT(memory);
    memset(memory, ' ', start);
    memcpy(memory, "\x93NUMPY\x01\0\xf6\x01", 10);
    snprintf((char *)memory + 10, start - 10, "{'descr': %s, 'fortran_order': False, 'shape': %s}",
             arrays[which].descr, arrays[which].shape);
    memory[10 + strlen((char *)memory + 10)] = ' ';
    memory[start - 1] = '\n';
    for (size_t i = 0; i < arrays[which].bytes; i++)
        memory[start + i] = (uint8_t)(i * 7);
    options.mode = which % 2 ? MMVIEW_MODE_RPLUS : MMVIEW_MODE_R;
    EXPECT(mmview_from_memory(memory, memory_size, &options, &array, NULL) == MMVIEW_OK);
    return array;
}

/* Copies all items in C order to where there is room for them; returns how many
 * bytes they are. */
static size_t read_all(const struct mmview_array *array, int axis, const uint8_t *p, uint8_t *to)
{
    size_t used = 0, itemsize = (size_t)mmview_array_itemsize(array);

    if (axis == mmview_array_ndim(array)) {
        memcpy(to, p, itemsize);
        return itemsize;
    }
    for (mmview_intp i = 0; i < mmview_array_shape(array)[axis]; i++)
        used += read_all(array, axis + 1, p + i * mmview_array_strides(array)[axis], to + used);
    return used;
}

static void look_at_size(const struct mmview_array *array)
{
    mmview_intp size = 1;
    bool countable = true;

    for (int i = 0; i < mmview_array_ndim(array); i++)
        if (mmview_array_shape(array)[i] == 0)
            size = 0;
    for (int i = 0; size && countable && i < mmview_array_ndim(array); i++)
        countable = !__builtin_mul_overflow(size, mmview_array_shape(array)[i], &size);
    EXPECT(countable || mmview_array_itemsize(array) == 0);
    EXPECT(mmview_array_size(array) == (countable ? size : INTPTR_MAX));
    EXPECT(mmview_array_itemsize(array) == mmview_dtype_itemsize(mmview_array_dtype(array)));
    EXPECT(mmview_array_nbytes(array) ==
           mmview_array_itemsize(array) * (mmview_array_itemsize(array) ? size : 0));
}

/* Looks at a view, reads it if it is small, and returns how many bytes it read. */
static size_t look_at_view(const struct mmview_array *array, bool writeable, uint8_t *elements)
{
    const uint8_t *data = mmview_array_data(array);
    int flags = mmview_array_flags(array);
    size_t used;

    EXPECT(mmview_array_ndim(array) >= 0 && mmview_array_ndim(array) <= MMVIEW_MAXDIMS);
    for (int i = 0; i < mmview_array_ndim(array); i++)
        EXPECT(mmview_array_shape(array)[i] >= 0);
    look_at_size(array);
    EXPECT(writeable || !(flags & MMVIEW_WRITEABLE));
    EXPECT((uintptr_t)data - (uintptr_t)memory == mmview_array_offset(array));
    if (mmview_array_size(array) == 0) {
        EXPECT((flags & MMVIEW_C_CONTIGUOUS) && (flags & MMVIEW_F_CONTIGUOUS));
        return 0;
    }
    EXPECT(mmview_array_offset(array) <= memory_size);
    if (mmview_array_size(array) > FEW)
        return 0;
    used = read_all(array, 0, data, elements);
    EXPECT(used == (size_t)mmview_array_nbytes(array));
    EXPECT(!(flags & MMVIEW_C_CONTIGUOUS) || memcmp(elements, data, used) == 0);
    return used;
}

/* Axes turned round twice are as they were. */
static void look_at_transposed(struct mmview_array *array)
{
    size_t bytes = (size_t)mmview_array_ndim(array) * sizeof(mmview_intp);
    struct mmview_array *once = NULL, *twice = NULL;
    int flags = mmview_array_flags(array);

    EXPECT(mmview_view_transpose(array, NULL, 0, &once, NULL) == MMVIEW_OK);
    EXPECT(mmview_view_transpose(once, NULL, 0, &twice, NULL) == MMVIEW_OK);
    EXPECT(memcmp(mmview_array_shape(array), mmview_array_shape(twice), bytes) == 0);
    EXPECT(memcmp(mmview_array_strides(array), mmview_array_strides(twice), bytes) == 0);
    EXPECT(!(flags & MMVIEW_C_CONTIGUOUS) || (mmview_array_flags(once) & MMVIEW_F_CONTIGUOUS));
    EXPECT(mmview_array_data(once) == mmview_array_data(array));
    mmview_array_unref(once);
    mmview_array_unref(twice);
}

/* In one axis there are the same elements one after the other, or a copy is needed. */
static void look_at_flat(struct mmview_array *array, bool writeable, const uint8_t *elements)
{
    static const mmview_intp shape[] = {-1};
    static uint8_t flat_elements[FEW * MAX_ITEM];
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *flat = NULL;
    int rc = mmview_view_reshape(array, shape, 1, MMVIEW_ORDER_C, &flat, &err);

    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(rc == MMVIEW_ENEEDSCOPY || rc == MMVIEW_EOVERFLOW);
        EXPECT(rc != MMVIEW_ENEEDSCOPY || !(mmview_array_flags(array) & MMVIEW_C_CONTIGUOUS));
        return;
    }
    EXPECT(mmview_array_size(flat) == mmview_array_size(array));
    EXPECT(memcmp(flat_elements, elements, look_at_view(flat, writeable, flat_elements)) == 0);
    mmview_array_unref(flat);
}

static void look_at_diagonal(struct mmview_array *array, uint8_t *elements)
{
    int ndim = mmview_array_ndim(array);

    for (int k = -1; ndim >= 2 && k <= 1; k++) {
        struct mmview_array *diagonal = NULL;

        EXPECT(mmview_view_diagonal(array, k, 0, -1, &diagonal, NULL) == MMVIEW_OK);
        EXPECT(mmview_array_ndim(diagonal) == ndim - 1);
        look_at_view(diagonal, false, elements);
        mmview_array_unref(diagonal);
    }
}

static void look(struct mmview_array *array, bool writeable)
{
    static uint8_t elements[FEW * MAX_ITEM];

    look_at_view(array, writeable, elements);
    look_at_transposed(array);
    look_at_flat(array, writeable, elements);
    look_at_diagonal(array, elements);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data + 1, *end = (const char *)data + size;
    struct mmview_array *array;
    bool writeable;

    if (size == 0)
        return 0;
    array = array_of(data[0] % ARRAYS);
    writeable = mmview_array_flags(array) & MMVIEW_WRITEABLE;
    look(array, writeable);
    while (text <= end) {
        const char *stop = memchr(text, '\0', (size_t)(end - text));
        size_t length = (size_t)((stop ? stop : end) - text);
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_array *view = NULL;
        int rc = mmview_view_select(array, text, length, &view, &err);

        if (rc < 0) {
            expect_error(rc, &err);
            EXPECT(!view && (err.offset == MMVIEW_NO_OFFSET || err.offset <= length));
        } else {
            EXPECT(view && err.status == MMVIEW_OK);
            mmview_array_unref(array); /* a view does not need it */
            array = view;
            look(array, writeable);
        }
        text += length + 1;
    }
    mmview_array_unref(array);
    free(memory);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_API_VIEWS_H
#define TESTS_API_VIEWS_H

/* Arrays to take views of, and what one has to say of a view. */

#include "scratch.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* A writable array in memory, of so many bytes of data that count 0, 1, 2, ...,
 * which start at byte 128 unless the header is long. */
static inline struct mmview_array *array_of(const char *descr, const char *shape, int order,
                                            size_t bytes)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    size_t room = strlen(descr) + strlen(shape) + 80;
    size_t start = room < 128 ? 128 : (room + 63) / 64 * 64;
    unsigned char *memory = malloc(start + bytes);
    int used, status;

    ck_assert_ptr_nonnull(memory);
    memset(memory, ' ', start);
    memcpy(memory, "\x93NUMPY\x01", 8);
    memory[8] = (unsigned char)(start - 10);
    memory[9] = (unsigned char)((start - 10) >> 8);
    used =
        snprintf((char *)memory + 10, start - 10, "{'descr': %s, 'fortran_order': %s, 'shape': %s}",
                 descr, order == MMVIEW_ORDER_F ? "True" : "False", shape);
    memory[10 + used] = ' ';
    memory[start - 1] = '\n';
    for (size_t i = 0; i < bytes; i++)
        memory[start + i] = (unsigned char)i;
    options.mode = MMVIEW_MODE_RPLUS;
    options.release = free;
    options.context = memory;
    status = mmview_from_memory(memory, start + bytes, &options, &array, &err);
    ck_assert_msg(status == MMVIEW_OK, "%s", err.message);
    return array;
}

static inline int put_dims(char *text, size_t room, const mmview_intp *dims, int ndim)
{
    int used = 0;

    for (int i = 0; i < ndim; i++)
        used += snprintf(text + used, room - (size_t)used, "%s%td", i ? "," : "", dims[i]);
    return used;
}

/* "2,3 | 12,4 | 128 | '<i4' | CFAW": shape, strides, offset, dtype, flags. */
static inline const char *look_of(const struct mmview_array *array)
{
    static char text[2000];
    const size_t room = sizeof text;
    int flags = mmview_array_flags(array), ndim = mmview_array_ndim(array);
    size_t used = (size_t)put_dims(text, room, mmview_array_shape(array), ndim);

    used += (size_t)snprintf(text + used, room - used, " | ");
    used += (size_t)put_dims(text + used, room - used, mmview_array_strides(array), ndim);
    used += (size_t)snprintf(text + used, room - used, " | %lld | ",
                             (long long)mmview_array_offset(array));
    used += mmview_dtype_descr(mmview_array_dtype(array), text + used, room - used);
    snprintf(text + used, room - used, " | %s%s%s%s", flags & MMVIEW_C_CONTIGUOUS ? "C" : "",
             flags & MMVIEW_F_CONTIGUOUS ? "F" : "", flags & MMVIEW_ALIGNED ? "A" : "",
             flags & MMVIEW_WRITEABLE ? "W" : "");
    return text;
}

static struct mmview_array *v;
static struct mmview_error err;

static inline void prepare(void)
{
    static const struct mmview_error none = MMVIEW_ERROR_INIT;

    v = NULL;
    err = none;
}

/* The call, which delivers in v and err, makes a view that looks so. It keeps
 * the view. */
#define KEEPS(look, ...)                                              \
    do {                                                              \
        prepare();                                                    \
        ck_assert_msg((__VA_ARGS__) == MMVIEW_OK, "%s", err.message); \
        ck_assert_int_eq(err.status, MMVIEW_OK);                      \
        ck_assert_str_eq(look_of(v), look);                           \
    } while (0)

#define MAKES(look, ...)          \
    do {                          \
        KEEPS(look, __VA_ARGS__); \
        mmview_array_unref(v);    \
    } while (0)

/* The call fails so, and delivers nothing. */
#define FAILS(code, words, ...)                \
    do {                                       \
        prepare();                             \
        ck_assert_int_eq((__VA_ARGS__), code); \
        ck_assert_int_eq(err.status, code);    \
        ck_assert_str_eq(err.message, words);  \
        ck_assert_ptr_null(v);                 \
    } while (0)

/* As the second array is in the place of the first. */
static inline void become(struct mmview_array **array)
{
    mmview_array_unref(*array);
    *array = v;
}

/* "(1,1,...,1)" with so many. */
static inline const char *ones(int count)
{
    static char text[2 * MMVIEW_MAXDIMS + 3];

    strcpy(text, "(");
    for (int i = 0; i < count; i++)
        strcat(text, "1,");
    strcat(text, ")");
    return text;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdlib.h>
#include <string.h>

#include "c_type.h"
#include "human.h"
#include "output.h"
#include "pipe.h"
#include "text.h"

/* Tenths of 2**shift, rounded as printf("%.1f") rounds. That would need more of the C
 * library than all else that is shown. */
static uint64_t tenths_of(uint64_t bytes, unsigned shift)
{
    const uint64_t one = (uint64_t)1 << shift;
    uint64_t part = bytes % one * 10, rest = part % one, tenths = part / one;

    if (rest > one / 2 || (rest == one / 2 && tenths % 2))
        tenths++;
    return bytes / one * 10 + tenths;
}

const char *human_size(char text[HUMAN_SIZE], uint64_t bytes)
{
    static const char units[] = "KMGTPE";
    unsigned unit = 0;
    uint64_t tenths;

    if (bytes < 10240) {
        snprintf(text, HUMAN_SIZE, "%" PRIu64 " byte%s", bytes, bytes == 1 ? "" : "s");
        return text;
    }
    while ((tenths = tenths_of(bytes, 10 * unit + 10)) >= 10240)
        unit++;
    snprintf(text, HUMAN_SIZE, "%" PRIu64 " bytes (%" PRIu64 ".%u %ciB)", bytes, tenths / 10,
             (unsigned)(tenths % 10), units[unit]);
    return text;
}

static bool is_little_endian(void)
{
    const uint16_t one = 1;

    return *(const unsigned char *)&one == 1;
}

const char *human_own_order(void)
{
    return is_little_endian() ? "little-endian" : "big-endian";
}

const char *human_foreign_order(void)
{
    return is_little_endian() ? "big-endian" : "little-endian";
}

/* What an item is, in a word or two. NumPy's name counts the bits of strings
 * and structs, which nobody does. */
static void print_item(FILE *out, const struct mmview_dtype *dtype)
{
    char *text;

    if (mmview_dtype_isstruct(dtype)) {
        size_t count = mmview_dtype_field_count(dtype);

        fprintf(out, "struct of %zu field%s", count, count == 1 ? "" : "s");
        return;
    }
    if (strchr("SUV", mmview_dtype_kind(dtype))) {
        text = dtype_text(mmview_dtype_typestr, dtype);
        fputs(text + 1, out); /* without its byte order */
    } else {
        text = dtype_text(mmview_dtype_name, dtype);
        fputs(text, out);
    }
    free(text);
}

/* How the items follow each other: the order of the whole array is the file's,
 * that of a view what is left of it. */
static const char *arrangement(const struct target *target)
{
    int flags = mmview_array_flags(target->array);

    if (target->selection->count == 0)
        return mmview_array_order(target->array) == MMVIEW_ORDER_F ? "F order" : "C order";
    return flags & MMVIEW_C_CONTIGUOUS   ? "C order"
           : flags & MMVIEW_F_CONTIGUOUS ? "F order"
                                         : "strided";
}

/* run7.npy: .npy 1.0, 250 x 3 float64, C order, 6000 bytes
 * run7.npy[1:3].T: .npy 1.0, 3 x 2 float64, F order, 48 bytes */
static void print_headline(FILE *out, const struct target *target)
{
    const struct mmview_array *a = target->array;
    int ndim = mmview_array_ndim(a), version = mmview_array_version(a);
    char size[HUMAN_SIZE];

    text_show(out, target->name, strlen(target->name));
    selection_print(out, target->selection);
    if (mmview_array_format(a) == MMVIEW_FORMAT_NPY)
        fprintf(out, ": .npy %d.%d, ", version >> 8, version & 0xff);
    else
        fputs(": raw, ", out);
    if (ndim == 0)
        fputs("one ", out);
    for (int i = 0; i < ndim; i++)
        fprintf(out, "%" PRIdPTR "%s", mmview_array_shape(a)[i], i + 1 < ndim ? " x " : " ");
    print_item(out, mmview_array_dtype(a));
    if (ndim > 1)
        fprintf(out, ", %s", arrangement(target));
    fprintf(out, ", %s\n", human_size(size, (uint64_t)mmview_array_nbytes(a)));
}

static void print_dtype(FILE *out, const struct mmview_dtype *dtype)
{
    char size[HUMAN_SIZE];

    fprintf(out, HUMAN_KEY, "dtype:");
    if (mmview_dtype_isstruct(dtype)) {
        print_item(out, dtype);
    } else {
        char *name = dtype_text(mmview_dtype_name, dtype);
        char *descr = dtype_text(mmview_dtype_descr, dtype);

        fprintf(out, "%s, %s", name, descr);
        free(name);
        free(descr);
    }
    fprintf(out, ", %s an item", human_size(size, (uint64_t)mmview_dtype_itemsize(dtype)));
    switch (mmview_dtype_byteorder(dtype)) {
    case '=': fprintf(out, ", %s as this machine is", human_own_order()); break;
    case '<':
    case '>': fprintf(out, ", %s", human_foreign_order()); break;
    default: break;
    }
    putc('\n', out);
}

static void print_c_type(FILE *out, const struct mmview_dtype *dtype)
{
    fprintf(out, HUMAN_KEY, "C type:");
    c_type_print(out, dtype);
    c_type_print_remark(out, dtype);
    putc('\n', out);
}

/* As Python shows a tuple. */
static void print_tuple(FILE *out, const mmview_intp *list, int count)
{
    putc('(', out);
    for (int i = 0; i < count; i++)
        fprintf(out, i ? ", %" PRIdPTR : "%" PRIdPTR, list[i]);
    fputs(count == 1 ? ",)" : ")", out);
}

static void print_layout(FILE *out, const struct mmview_array *a)
{
    int ndim = mmview_array_ndim(a);
    mmview_intp size = mmview_array_size(a);

    fprintf(out, HUMAN_KEY, "shape:");
    print_tuple(out, mmview_array_shape(a), ndim);
    fprintf(out, ", %" PRIdPTR " item%s\n", size, size == 1 ? "" : "s");
    fprintf(out, HUMAN_KEY, "strides:");
    print_tuple(out, mmview_array_strides(a), ndim);
    fputs(" bytes\n", out);
}

/* The bytes of the file from the first that an item has to the last. */
static void find_extent(const struct mmview_array *a, uint64_t *first, uint64_t *last)
{
    *first = mmview_array_offset(a);
    *last = *first + (uint64_t)mmview_array_itemsize(a) - 1;
    for (int i = 0; i < mmview_array_ndim(a); i++) {
        /* All of it is inside of the file, so nothing overflows; but the stride of
         * an axis of length 1 is not looked at and may be any number. */
        mmview_intp steps = mmview_array_shape(a)[i] - 1;
        mmview_intp length = steps > 0 ? steps * mmview_array_strides(a)[i] : 0;

        if (length < 0)
            *first -= -(uint64_t)length;
        else
            *last += (uint64_t)length;
    }
}

static void print_data(FILE *out, const struct target *target)
{
    const struct mmview_array *a = target->array;
    char data[HUMAN_SIZE], file[HUMAN_SIZE];
    uint64_t first, last;

    human_size(data, (uint64_t)mmview_array_nbytes(a));
    human_size(file, target->deflated ? target->packed : mmview_array_file_size(a));
    fprintf(out, HUMAN_KEY, "data:");
    if (target->deflated) {
        fprintf(out, "%s, deflated: the member has %s in the archive\n", data, file);
        return;
    }
    if (mmview_array_flags(a) & (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS)) {
        fprintf(out, "%s from byte %" PRIu64 " of the file, which has %s\n", data,
                mmview_array_offset(a), file);
        return;
    }
    find_extent(a, &first, &last);
    fprintf(out, "%s in bytes %" PRIu64 " to %" PRIu64 " of the file, which has %s\n", data, first,
            last, file);
    if (first != mmview_array_offset(a))
        fprintf(out, HUMAN_MORE "the first item is at byte %" PRIu64 "\n", mmview_array_offset(a));
}

static void print_place(FILE *out, const struct target *target)
{
    if (target->absent) {
        fprintf(out, HUMAN_KEY "not, since it is deflated\n", "mapped:");
        return;
    }
    if (target_is_stdin(target->file) && pipe_was_read())
        fprintf(out, HUMAN_KEY "read from a pipe, now", "memory:");
    else
        fprintf(out, HUMAN_KEY "%s,",
                "mapped:", target->mode == MMVIEW_MODE_C ? "copy-on-write" : "read-only");
    fprintf(out, " at 0x%" PRIxPTR "\n", (uintptr_t)mmview_array_data(target->array));
}

static void print_flags(FILE *out, const struct target *target)
{
    struct value value;

    field_get(&field_table[FIELD_FLAGS], target, false, &value);
    fprintf(out, HUMAN_KEY, "flags:");
    if (value.number == 0)
        fputs("none", out);
    value_print(out, &value);
    putc('\n', out);
    value_clear(&value);
}

/* For people: a headline, a line a topic, notes. */
void out_human(const struct output *output, const struct target *target)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(target->array);
    FILE *out = stdout;

    if (output->arrays > 0)
        putc('\n', out);
    print_headline(out, target);
    print_dtype(out, dtype);
    print_c_type(out, dtype);
    print_layout(out, target->array);
    print_data(out, target);
    print_place(out, target);
    print_flags(out, target);
    if (mmview_dtype_isstruct(dtype))
        human_print_fields(out, dtype);
    human_print_notes(out, target);
}

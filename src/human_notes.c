/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdarg.h>

#include "c_type.h"
#include "human.h"

static void note(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void note(FILE *out, const char *format, ...)
{
    va_list ap;

    fprintf(out, HUMAN_KEY, "note:");
    va_start(ap, format);
    vfprintf(out, format, ap);
    va_end(ap);
    putc('\n', out);
}

static void note_emptiness(FILE *out, const struct mmview_array *a)
{
    if (mmview_array_size(a) == 0)
        note(out, "the array is empty: a dimension is 0, so there is no item to read");
    else if (mmview_array_itemsize(a) == 0)
        note(out, "an item has 0 bytes, so there is nothing to read");
}

static void note_byte_order(FILE *out, const struct mmview_dtype *dtype)
{
    if (!mmview_dtype_isnative(dtype))
        note(out, "%s %s and this machine is %s: swap their bytes",
             mmview_dtype_isstruct(dtype) ? "some fields are" : "the values are",
             human_foreign_order(), human_own_order());
}

static void note_alignment(FILE *out, const struct mmview_array *a)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(a);
    mmview_intp alignment = c_type_alignment(dtype);
    bool aligned = (uintptr_t)mmview_array_data(a) % (size_t)alignment == 0;

    if (mmview_array_size(a) == 0)
        return;
    if (!c_type_fits(dtype))
        note(out,
             "the struct is packed tighter than C would: declare it packed, or copy\n" HUMAN_MORE
             "its fields with memcpy");
    if (!aligned)
        note(out,
             "the data starts at byte %" PRIu64 ", which is not a multiple of %" PRIdPTR
             ":\n" HUMAN_MORE "items are not aligned; read them with memcpy",
             mmview_array_offset(a), alignment);
    else if (c_type_fits(dtype) && !c_type_strides_fit(a, alignment))
        note(out,
             "the strides are no multiples of %" PRIdPTR ": items are not aligned;\n" HUMAN_MORE
             "read them with memcpy",
             alignment);
}

static void note_order(FILE *out, const struct mmview_array *a)
{
    int contiguous = mmview_array_flags(a) & (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS);

    if (contiguous == 0)
        note(out,
             "not contiguous: go from item to item by the strides, which are bytes,\n" HUMAN_MORE
             "not as through a C array");
    if (contiguous == MMVIEW_F_CONTIGUOUS)
        note(out,
             "Fortran order: the first index varies fastest, so a C array of it has\n" HUMAN_MORE
             "the dimensions in reverse");
}

static void note_trailing(FILE *out, const struct mmview_array *a)
{
    uint64_t trailing = mmview_array_trailing_bytes(a);
    char size[HUMAN_SIZE];

    if (trailing > 0)
        note(out, "%s after the data %s no part of the array", human_size(size, trailing),
             trailing == 1 ? "is" : "are");
}

void human_print_notes(FILE *out, const struct target *target)
{
    const struct mmview_array *a = target->array;

    note_emptiness(out, a);
    note_byte_order(out, mmview_array_dtype(a));
    note_alignment(out, a);
    note_order(out, a);
    note_trailing(out, a);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/casting.h"

#include <string.h>

#include "format/number_type.h"
#include "ops/times.h"

static int worse(int a, int b)
{
    return a > b ? a : b;
}

static int same_but_order(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    return from->byteorder == to->byteorder ? MMVIEW_CASTING_NO : MMVIEW_CASTING_EQUIV;
}

/* Kinds from the narrowest to the widest: one may become any that follows. */
static int rank(char kind)
{
    static const char kinds[] = "buifc";

    return (int)(strchr(kinds, kind) - kinds);
}

/* Bytes of the floating-point numbers that have all values of a type of number. */
static int floating_size(const struct mmview_dtype *dtype)
{
    switch (dtype->kind) {
    case 'f': return dtype->itemsize;
    case 'c': return dtype->itemsize / 2;
    default: break;
    }
    /* To NumPy a double has all values of an int64. */
    return dtype->itemsize < 4 ? 2 * dtype->itemsize : 8;
}

static bool keeps_values(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    if (from->kind == 'b' || from->kind == to->kind)
        return from->itemsize <= to->itemsize;
    if (to->kind == 'i') /* from 'u' */
        return from->itemsize < to->itemsize;
    return floating_size(from) <= floating_size(to);
}

static int number_to_number(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    if (mmv_number_of(from) == mmv_number_of(to))
        return same_but_order(from, to);
    if (rank(from->kind) > rank(to->kind))
        return MMVIEW_CASTING_UNSAFE;
    return keeps_values(from, to) ? MMVIEW_CASTING_SAFE : MMVIEW_CASTING_SAME_KIND;
}

static bool is_time(const struct mmview_dtype *dtype)
{
    return dtype->kind == 'M' || dtype->kind == 'm';
}

static int time_to_time(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    struct mmv_times_factor factor;

    if (from->kind != to->kind)
        return MMVIEW_CASTING_UNSAFE;
    if (from->unit == to->unit &&
        (from->multiple == to->multiple || from->unit == MMV_UNIT_GENERIC))
        return same_but_order(from, to);
    if (from->unit == MMV_UNIT_GENERIC)
        return MMVIEW_CASTING_SAFE;
    if (!mmv_times_factor(from, to, &factor))
        return MMV_CASTING_NONE;
    /* NumPy finds nothing but the same safe towards coarser units. */
    if (from->unit > to->unit)
        return mmv_times_differ(&factor) ? MMVIEW_CASTING_SAME_KIND : same_but_order(from, to);
    return factor.denominator == 1 && factor.numerator < MMV_TIMES_LIMIT / to->multiple
               ? MMVIEW_CASTING_SAFE
               : MMVIEW_CASTING_SAME_KIND;
}

static int with_time(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    if (is_time(from) && is_time(to))
        return time_to_time(from, to);
    if (to->kind != 'm' || rank(from->kind) > rank('i'))
        return MMVIEW_CASTING_UNSAFE;
    return from->kind == 'u' && from->itemsize == 8 ? MMVIEW_CASTING_SAME_KIND
                                                    : MMVIEW_CASTING_SAFE;
}

static int bytes_to_bytes(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    if (from->itemsize == to->itemsize)
        return same_but_order(from, to);
    return from->itemsize < to->itemsize ? MMVIEW_CASTING_SAFE : MMVIEW_CASTING_SAME_KIND;
}

static bool same_text(const struct mmv_text *a, const struct mmv_text *b)
{
    if (!a->data || !b->data)
        return a->data == b->data;
    return a->length == b->length && memcmp(a->data, b->data, a->length) == 0;
}

static int struct_to_struct(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    int needed = MMVIEW_CASTING_NO;

    if (from->nfields != to->nfields)
        return MMV_CASTING_NONE;
    if (from->itemsize != to->itemsize)
        needed = MMVIEW_CASTING_EQUIV;
    for (size_t i = 0; i < from->nfields; i++) {
        const struct mmv_field *a = &from->fields[i], *b = &to->fields[i];

        if (a->offset != b->offset)
            needed = worse(needed, MMVIEW_CASTING_EQUIV);
        if (!same_text(&a->name, &b->name) || !same_text(&a->title, &b->title))
            needed = worse(needed, MMVIEW_CASTING_SAFE);
        needed = worse(needed, mmv_casting_needed(a->dtype, b->dtype));
    }
    return needed;
}

static int subarray_to_subarray(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    if (from->ndim != to->ndim)
        return MMV_CASTING_NONE;
    for (int i = 0; i < from->ndim; i++)
        if (from->shape[i] != to->shape[i])
            return MMV_CASTING_NONE;
    return mmv_casting_needed(from->base, to->base);
}

int mmv_casting_needed(const struct mmview_dtype *from, const struct mmview_dtype *to)
{
    if (from->base || to->base)
        return from->base && to->base ? subarray_to_subarray(from, to) : MMV_CASTING_NONE;
    if (from->is_struct || to->is_struct)
        return from->is_struct && to->is_struct ? struct_to_struct(from, to) : MMV_CASTING_NONE;
    if (mmv_number_of(from) != MMV_NO_NUMBER && mmv_number_of(to) != MMV_NO_NUMBER)
        return is_time(from) || is_time(to) ? with_time(from, to) : number_to_number(from, to);
    if (from->kind == to->kind && memchr("SUV", from->kind, 3))
        return bytes_to_bytes(from, to);
    return MMV_CASTING_NONE;
}

int mmview_can_cast(const struct mmview_dtype *from, const struct mmview_dtype *to, int casting)
{
    return casting >= MMVIEW_CASTING_NO && casting <= MMVIEW_CASTING_UNSAFE &&
           mmv_casting_needed(from, to) <= casting;
}

/* "dtype('float64')", as NumPy shows it; longer ones are cut. */
struct dtype_text {
    char text[200];
};

static struct dtype_text show(const struct mmview_dtype *dtype)
{
    static const char end[] = "...)";
    struct dtype_text show = {"dtype("};
    const size_t room = sizeof show.text;
    size_t used = strlen(show.text);

    if (dtype->is_struct || dtype->base) {
        used += mmview_dtype_descr(dtype, show.text + used, room - used);
    } else {
        show.text[used++] = '\'';
        used +=
            mmv_number_of(dtype) != MMV_NO_NUMBER && !is_time(dtype) && mmview_dtype_isnative(dtype)
                ? mmview_dtype_name(dtype, show.text + used, room - used)
                : mmview_dtype_typestr(dtype, show.text + used, room - used);
        if (show.text[strlen("dtype('")] == '|')
            memmove(show.text + strlen("dtype('"), show.text + strlen("dtype('|"), used-- - 7);
        show.text[used++] = '\'';
    }
    if (used + sizeof ")" <= room)
        memcpy(show.text + used, ")", sizeof ")");
    else
        memcpy(show.text + room - sizeof end, end, sizeof end);
    return show;
}

int mmv_casting_check(const struct mmview_dtype *from, const struct mmview_dtype *to, int casting,
                      struct mmview_error *err)
{
    static const char *const names[] = {"no", "equiv", "safe", "same_kind", "unsafe"};
    int needed;

    if (casting < MMVIEW_CASTING_NO || casting > MMVIEW_CASTING_UNSAFE)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown casting %d", casting);
    needed = mmv_casting_needed(from, to);
    if (needed == MMV_CASTING_NONE)
        return mmv_fail(err, MMVIEW_EUNSUPPORTED, "there is no conversion from %s to %s",
                        show(from).text, show(to).text);
    if (needed > casting)
        return mmv_fail(err, MMVIEW_ETYPE,
                        "Cannot cast array data from %s to %s according to the rule '%s'",
                        show(from).text, show(to).text, names[casting]);
    return MMVIEW_OK;
}

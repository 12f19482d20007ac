/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/stats.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "format/dtype.h"
#include "format/number_type.h"
#include "ops/reader.h"
#include "ops/reading_order.h"

int mmv_stats_options(struct mmview_stats_options *known,
                      const struct mmview_stats_options *options, struct mmview_error *err)
{
    int status = mmv_options_read(known, sizeof *known,
                                  MMV_SIZE_TO(struct mmview_stats_options, parts), options, err);

    if (status == MMVIEW_OK)
        status = mmv_options_check_flags(known->flags, MMVIEW_STATS_EXACT, err);
    if (status == MMVIEW_OK)
        status = mmv_options_check_flags(known->what, MMVIEW_STATS_ALL, err);
    if (status == MMVIEW_OK)
        status = mmv_stats_check_part(known->part, known->parts, err);
    return status;
}

int mmv_stats_check_part(uint64_t part, uint64_t parts, struct mmview_error *err)
{
    if (part > 0 && part >= parts)
        return mmv_fail(err, MMVIEW_EINVAL, "there is no part %ju of %ju parts, counted from 0",
                        (uintmax_t)part, (uintmax_t)parts);
    return MMVIEW_OK;
}

/* The types, by what has a sum and a spread. */
static const struct mmv_stats_type *type_of(const struct mmview_dtype *dtype, unsigned *has)
{
    *has = MMVIEW_STATS_ALL;
    switch (dtype->kind) {
    case 'b': return &mmv_stats_double;
    case 'i':
    case 'u': return dtype->itemsize == 8 ? &mmv_stats_integer : &mmv_stats_double;
    case 'f': return dtype->type == 'g' ? &mmv_stats_long : &mmv_stats_double;
    case 'c': return dtype->type == 'G' ? &mmv_stats_long : &mmv_stats_complex;
    case 'M': *has = MMVIEW_STATS_EXTREMES; return &mmv_stats_integer;
    case 'm': *has &= ~(unsigned)MMVIEW_STATS_SPREAD; return &mmv_stats_integer;
    default: return NULL;
    }
}

int mmv_stats_begin(struct mmv_stats_work **out, const struct mmview_dtype *dtype,
                    const struct mmview_stats_options *options, struct mmview_error *err)
{
    unsigned has, wanted = options->what ? options->what : MMVIEW_STATS_ALL;
    const struct mmv_stats_type *type = type_of(dtype, &has);
    int status = mmv_dtype_check_meaning(dtype, err);
    struct mmv_stats_work *work;
    char *allocated;

    if (status < 0)
        return status;
    if (!type) {
        char text[64];

        mmview_dtype_name(dtype, text, sizeof text);
        return mmv_fail(err, MMVIEW_ETYPE,
                        "there are no statistics of %s: only of numbers, booleans and times", text);
    }
    allocated = mmv_alloc(sizeof *work + _Alignof(struct mmv_stats_work));
    if (!allocated)
        return mmv_fail_nomem(err);
    work = (void *)(allocated + -(uintptr_t)allocated % _Alignof(struct mmv_stats_work));
    if (wanted & MMVIEW_STATS_SPREAD)
        wanted |= MMVIEW_STATS_SUM;
    work->allocated = allocated;
    work->type = type;
    work->loops = mmv_sums_choose();
    work->integers = mmv_integers_choose();
    work->convert = mmv_to_double_of(dtype->type);
    work->what = wanted & has;
    work->flags = options->flags;
    work->kind = dtype->kind;
    work->letter = dtype->type;
    *out = work;
    return MMVIEW_OK;
}

void mmv_stats_end(struct mmv_stats_work *work)
{
    if (work)
        mmv_free(work->allocated);
}

void mmv_stats_start(struct mmview_statistics *stats, const struct mmv_stats_work *work)
{
    memset(stats, 0, sizeof *stats);
    stats->argmin = stats->argmax = -1;
    stats->kind = work->kind;
    stats->type = work->letter;
    stats->what = work->what;
}

void mmv_stats_look(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                    struct mmview_statistics *found, struct mmview_statistics *stats)
{
    mmv_stats_start(found, work);
    work->items = items;
    work->count = count;
    work->type->look(work, items, count, found);
    mmv_stats_combine(stats, found);
}

static bool is_beyond(const struct mmview_statistics *found, const struct mmview_statistics *stats,
                      bool is_min)
{
    if (is_min)
        return stats->argmin < 0 ||
               mmv_stats_less(stats->kind, stats->type, &found->min, &stats->min);
    return stats->argmax < 0 || mmv_stats_less(stats->kind, stats->type, &stats->max, &found->max);
}

void mmv_stats_add(struct mmv_stats_work *work, const unsigned char *items, size_t count,
                   mmview_intp place, struct mmview_statistics *stats)
{
    struct mmview_statistics found;
    size_t index;

    mmv_stats_look(work, items, count, &found, stats);
    if (!(work->what & MMVIEW_STATS_EXTREMES) || found.nan == count)
        return;
    if (is_beyond(&found, stats, true)) {
        index = work->type->find(work, 0, &found.min);
        stats->min = work->type->get(work, index); /* of 0.0 and -0.0 the first */
        stats->argmin = place + (mmview_intp)index;
    }
    if (is_beyond(&found, stats, false)) {
        index = work->type->find(work, 0, &found.max);
        stats->max = work->type->get(work, index);
        stats->argmax = place + (mmview_intp)index;
    }
}

/* Looks for items of a block, whose first is the one at `at` in the order of
 * reading, that equal an extreme, and takes the one of the lowest place. Along the
 * innermost axis places go up or down evenly, so that of each stretch of it one item
 * is a candidate. */
static void place_extreme(struct mmv_stats_work *work, const struct mmv_reading_order *order,
                          mmview_intp at, union mmview_number *extreme, mmview_intp *place)
{
    size_t from = 0;

    while ((from = work->type->find(work, from, extreme)) < work->count) {
        mmview_intp left, step,
            here = mmv_reading_place(order, at + (mmview_intp)from, &left, &step);
        size_t end = left < (mmview_intp)(work->count - from) ? from + (size_t)left : work->count;

        if (*place < 0 || here < *place) {
            *place = here;
            *extreme = work->type->get(work, from);
        }
        from = step < 0 ? from + 1 : end;
    }
}

static void add_anywhere(struct mmv_stats_work *work, const struct mmv_reading_order *order,
                         const unsigned char *items, size_t count, mmview_intp at,
                         struct mmview_statistics *stats)
{
    struct mmview_statistics found;

    mmv_stats_look(work, items, count, &found, stats);
    if (!(work->what & MMVIEW_STATS_EXTREMES) || found.nan == count)
        return;
    if (is_beyond(&found, stats, true))
        stats->argmin = -1;
    if (stats->argmin < 0)
        stats->min = found.min;
    if (stats->argmin != 0 && !mmv_stats_less(stats->kind, stats->type, &stats->min, &found.min))
        place_extreme(work, order, at, &stats->min, &stats->argmin);
    if (is_beyond(&found, stats, false))
        stats->argmax = -1;
    if (stats->argmax < 0)
        stats->max = found.max;
    if (stats->argmax != 0 && !mmv_stats_less(stats->kind, stats->type, &found.max, &stats->max))
        place_extreme(work, order, at, &stats->max, &stats->argmax);
}

/* Reads what the reader has, block by block. order is NULL if it is that of C, and
 * then the first item's place is `at`. */
static void read_all(struct mmv_stats_work *work, struct mmv_reader *reader,
                     const struct mmv_reading_order *order, mmview_intp at,
                     struct mmview_statistics *stats)
{
    const unsigned char *items;
    mmview_intp run;

    while ((run = mmv_reader_next(reader, &items)) > 0)
        while (run > 0) {
            size_t count = run < (mmview_intp)MMV_SUMS_MOST ? (size_t)run : MMV_SUMS_MOST;

            if (order)
                add_anywhere(work, order, items, count, at, stats);
            else
                mmv_stats_add(work, items, count, at, stats);
            items += (mmview_intp)count * reader->itemsize;
            at += (mmview_intp)count;
            run -= (mmview_intp)count;
        }
}

/* The first item of a part. */
static mmview_intp part_start(mmview_intp size, uint64_t part, uint64_t parts)
{
    uint64_t each = (uint64_t)size / parts, more = (uint64_t)size % parts;

    /* The first parts, as many as are left over, have an item more. */
    return (mmview_intp)(part * each + (part < more ? part : more));
}

mmview_intp mmv_stats_seek(struct mmv_reader *reader, mmview_intp size, uint64_t part,
                           uint64_t parts)
{
    mmview_intp first = part_start(size, part, parts);

    mmv_reader_seek(reader, first, part_start(size, part + 1, parts) - first);
    return first;
}

static int look_at(const struct mmview_array *array, const struct mmview_stats_options *options,
                   struct mmv_stats_work *work, struct mmview_statistics *stats,
                   struct mmview_error *err)
{
    struct mmv_reader reader;
    struct mmv_reading_order order;
    int status;

    if (options->parts > 0) {
        mmview_intp first;

        mmv_reader_start(&reader, array, work->buffer, sizeof work->buffer);
        first = mmv_stats_seek(&reader, array->size, options->part, options->parts);
        read_all(work, &reader, NULL, first, stats);
        return MMVIEW_OK;
    }
    status = mmv_reading_order(&order, array, err);
    if (status < 0)
        return status;
    mmv_reader_start(&reader, order.array ? order.array : array, work->buffer, sizeof work->buffer);
    read_all(work, &reader, order.array ? &order : NULL, 0, stats);
    mmview_array_unref(order.array);
    return MMVIEW_OK;
}

int mmview_stats(const struct mmview_array *array, const struct mmview_stats_options *options,
                 struct mmview_statistics *out, struct mmview_error *err)
{
    struct mmview_stats_options known = MMVIEW_STATS_OPTIONS_INIT;
    struct mmv_stats_work *work = NULL;
    struct mmview_statistics stats;
    int status;

    if (!array || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "no array, or nowhere to put its statistics");
    status = mmv_stats_options(&known, options, err);
    if (status == MMVIEW_OK)
        status = mmv_stats_begin(&work, array->dtype, &known, err);
    if (status != MMVIEW_OK)
        return status;
    mmv_stats_start(&stats, work);
    status = look_at(array, &known, work, &stats, err);
    mmv_stats_end(work);
    if (status == MMVIEW_OK) {
        mmv_stats_finish(&stats);
        *out = stats;
    }
    return status;
}

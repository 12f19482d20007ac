/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/reader.h"

#include <string.h>

#include "format/dtype.h"

/* A run longer than this is handed out in parts, so that callers can stop. */
#define MOST_ITEMS ((mmview_intp)1 << 16)

/* No more of a buffer is gathered at a time, so that it is still in the first cache. */
#define GATHER_MOST ((mmview_intp)32768)

/* A call for less of a file is not worth it. */
#define BLOCK_LEAST ((mmview_intp)65536)

/* Shorter runs cost less if they are gathered than one by one. */
#define FEW_ITEMS ((mmview_intp)64)

static mmview_intp least(mmview_intp a, mmview_intp b)
{
    return a < b ? a : b;
}

static bool is_number(const struct mmview_dtype *dtype)
{
    return memchr("biufcmM", dtype->kind, 7) != NULL;
}

int mmv_reader_swapped(const struct mmview_dtype *dtype)
{
    if (!is_number(dtype) || mmview_dtype_isnative(dtype))
        return 0;
    return dtype->kind == 'c' ? dtype->itemsize / 2 : dtype->itemsize;
}

/* Joins axes: the innermost is what remains of the last ones. */
static void join_axes(struct mmv_reader *reader, const struct mmview_array *array)
{
    const mmview_intp *shape = array->dims, *strides = shape + array->ndim;

    reader->length = 1;
    reader->stride = reader->itemsize;
    for (int i = array->ndim - 1; i >= 0; i--) {
        mmview_intp *length = reader->ndim ? &reader->shape[reader->ndim - 1] : &reader->length;
        const mmview_intp *stride =
            reader->ndim ? &reader->strides[reader->ndim - 1] : &reader->stride;
        mmview_intp whole;

        if (shape[i] == 1)
            continue;
        if (*length == 1 && reader->ndim == 0) {
            reader->length = shape[i];
            reader->stride = strides[i];
        } else if (!__builtin_mul_overflow(*length, *stride, &whole) && whole == strides[i]) {
            *length *= shape[i];
        } else { /* inside out: turned round below */
            reader->shape[reader->ndim] = shape[i];
            reader->strides[reader->ndim++] = strides[i];
        }
    }
    for (int i = 0, j = reader->ndim - 1; i < j; i++, j--) {
        mmview_intp length = reader->shape[i], stride = reader->strides[i];

        reader->shape[i] = reader->shape[j];
        reader->strides[i] = reader->strides[j];
        reader->shape[j] = length;
        reader->strides[j] = stride;
    }
}

void mmv_reader_start(struct mmv_reader *reader, const struct mmview_array *array, void *buffer,
                      size_t room)
{
    const struct mmview_dtype *dtype = array->dtype;
    bool number = is_number(dtype);

    memset(reader, 0, offsetof(struct mmv_reader, shape));
    reader->itemsize = array->itemsize;
    reader->size = reader->left = array->size;
    reader->data = reader->start = array->data;
    reader->buffer = buffer;
    reader->swapped = mmv_reader_swapped(dtype);
    if (array->size > 0 && array->itemsize > 0)
        join_axes(reader, array);
    else
        reader->length = array->size;
    memset(reader->index, 0, (size_t)reader->ndim * sizeof *reader->index);

    reader->step = number ? reader->itemsize : reader->stride;
    reader->direct = !number || (reader->swapped == 0 && reader->stride == reader->itemsize &&
                                 (reader->ndim == 0 || reader->length >= FEW_ITEMS) &&
                                 (array->flags & MMVIEW_ALIGNED));
    if (!number)
        return;
    if (!reader->direct) {
        reader->room = least((mmview_intp)room, GATHER_MOST) / reader->itemsize;
    } else if (room >= MMV_READER_BLOCK && reader->length * reader->itemsize >= BLOCK_LEAST) {
        reader->room = (mmview_intp)MMV_READER_BLOCK / reader->itemsize;
        reader->file = array->map;
    }
}

/* To the next innermost axis, when this one is done. */
static void next_axis(struct mmv_reader *reader)
{
    reader->at = 0;
    for (int i = reader->ndim - 1; i >= 0; i--) {
        if (++reader->index[i] < reader->shape[i]) {
            reader->start += reader->strides[i];
            return;
        }
        reader->index[i] = 0;
        reader->start -= (reader->shape[i] - 1) * reader->strides[i];
    }
}

void mmv_reader_seek(struct mmv_reader *reader, mmview_intp item, mmview_intp count)
{
    mmview_intp left = reader->size - item;

    reader->left = count < left ? count : left;
    if (reader->left <= 0) {
        reader->left = 0;
        return;
    }
    reader->at = item % reader->length;
    item /= reader->length;
    reader->start = reader->data;
    for (int i = reader->ndim - 1; i >= 0; i--) {
        reader->index[i] = item % reader->shape[i];
        item /= reader->shape[i];
        reader->start += reader->index[i] * reader->strides[i];
    }
}

/* One after another, by a load and a store of constant size. */
#define GATHER(type, turn)                                                \
    for (mmview_intp i = 0; i < count; i++, from += stride, to += step) { \
        type value;                                                       \
        memcpy(&value, from, sizeof value);                               \
        value = turn(value);                                              \
        memcpy(to, &value, sizeof value);                                 \
    }                                                                     \
    break

#define AS_IT_IS(value) (value)

/* Complex numbers and long doubles that are only moved. */
struct two_words {
    uint64_t words[2];
};
struct four_words {
    uint64_t words[4];
};

static void gather_parts(unsigned char *to, const unsigned char *from, mmview_intp count,
                         mmview_intp stride, mmview_intp step, int size, bool swapped)
{
    switch (swapped ? -size : size) {
    case -1:
    case 1: GATHER(uint8_t, AS_IT_IS);
    case 2: GATHER(uint16_t, AS_IT_IS);
    case 4: GATHER(uint32_t, AS_IT_IS);
    case 8: GATHER(uint64_t, AS_IT_IS);
    case 16: GATHER(struct two_words, AS_IT_IS);
    case 32: GATHER(struct four_words, AS_IT_IS);
    case -2: GATHER(uint16_t, __builtin_bswap16);
    case -4: GATHER(uint32_t, __builtin_bswap32);
    case -8: GATHER(uint64_t, __builtin_bswap64);
    default: /* a long double of the other byte order, or of 12 bytes */
        for (mmview_intp i = 0; i < count; i++, from += stride, to += step)
            for (int j = 0; j < size; j++)
                to[j] = from[swapped ? size - 1 - j : j];
        break;
    }
}

void mmv_gather(unsigned char *to, const unsigned char *from, mmview_intp count, mmview_intp stride,
                mmview_intp step, mmview_intp itemsize, int swapped)
{
    int size = swapped ? swapped : (int)itemsize;

    for (mmview_intp part = 0; part < itemsize; part += size)
        gather_parts(to + part, from + part, count, stride, step, size, swapped != 0);
}

/* What is left of the innermost axis, at most so many. */
static mmview_intp take(struct mmv_reader *reader, mmview_intp most, const unsigned char **from)
{
    mmview_intp count = least(least(reader->length - reader->at, reader->left), most);

    *from = reader->start + reader->at * reader->stride;
    reader->at += count;
    reader->left -= count;
    if (reader->at == reader->length && reader->left > 0)
        next_axis(reader);
    return count;
}

static mmview_intp take_direct(struct mmv_reader *reader, const unsigned char **items)
{
    mmview_intp count = take(reader, reader->file ? reader->room : MOST_ITEMS, items);

    if (!reader->file)
        return count;
    if (mmv_map_read(reader->file, *items, (size_t)(count * reader->itemsize), reader->buffer))
        *items = reader->buffer;
    else /* for good: there is no descriptor, or something is wrong with the file */
        reader->file = NULL;
    return count;
}

mmview_intp mmv_reader_next(struct mmv_reader *reader, const unsigned char **items)
{
    mmview_intp done = 0;

    if (reader->direct)
        return reader->left > 0 ? take_direct(reader, items) : 0;
    while (done < reader->room && reader->left > 0) {
        const unsigned char *from;
        mmview_intp count = take(reader, reader->room - done, &from);

        mmv_gather(reader->buffer + done * reader->itemsize, from, count, reader->stride,
                   reader->itemsize, reader->itemsize, reader->swapped);
        done += count;
    }
    *items = reader->buffer;
    return done;
}

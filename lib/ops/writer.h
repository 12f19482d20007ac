/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_WRITER_H
#define MMV_OPS_WRITER_H

#include <stdint.h>
#include <string.h>

#include "base/error.h"

/* Text on its way to a sink: put into a buffer in place, and passed on when that is
 * full. A sink that refuses ends it: what is put after that goes nowhere, so that
 * only the end need look at the status. */
struct mmv_writer {
    char *at;  /* where the next byte goes */
    char *end; /* of the buffer */
    char *buffer;
    int (*sink)(void *context, const char *text, size_t length);
    void *context;
    int status;     /* 0, or what the sink returned first */
    uint64_t taken; /* bytes that went to the sink, or would have if it had not refused */
};

/* So many bytes can always be reserved. */
#define MMV_WRITER_LEAST ((size_t)4096)

/* room is at least MMV_WRITER_LEAST; the buffer is the caller's. */
void mmv_writer_start(struct mmv_writer *writer, char *buffer, size_t room,
                      int (*sink)(void *context, const char *text, size_t length), void *context);

/* Passes on what there is. Returns the status. */
int mmv_writer_flush(struct mmv_writer *writer);

/* Makes room for so many bytes from writer->at on, at most MMV_WRITER_LEAST: the
 * caller puts them there and moves writer->at. */
static inline void mmv_writer_reserve(struct mmv_writer *writer, size_t most)
{
    if ((size_t)(writer->end - writer->at) < most)
        mmv_writer_flush(writer);
}

/* Any length. */
void mmv_writer_mem(struct mmv_writer *writer, const char *text, size_t length);
void mmv_writer_fill(struct mmv_writer *writer, char c, uint64_t count);

static inline void mmv_writer_char(struct mmv_writer *writer, char c)
{
    mmv_writer_reserve(writer, 1);
    *writer->at++ = c;
}

static inline void mmv_writer_str(struct mmv_writer *writer, const char *text)
{
    mmv_writer_mem(writer, text, strlen(text));
}

/* Bytes that were put since the start. */
static inline uint64_t mmv_writer_length(const struct mmv_writer *writer)
{
    return writer->taken + (uint64_t)(writer->at - writer->buffer);
}

#endif

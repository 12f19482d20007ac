/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/writer.h"

void mmv_writer_start(struct mmv_writer *writer, char *buffer, size_t room,
                      int (*sink)(void *context, const char *text, size_t length), void *context)
{
    *writer = (struct mmv_writer){
        .at = buffer,
        .end = buffer + room,
        .buffer = buffer,
        .sink = sink,
        .context = context,
    };
}

int mmv_writer_flush(struct mmv_writer *writer)
{
    size_t length = (size_t)(writer->at - writer->buffer);

    if (writer->status == 0 && length > 0)
        writer->status = writer->sink(writer->context, writer->buffer, length);
    writer->taken += length;
    writer->at = writer->buffer;
    return writer->status;
}

void mmv_writer_mem(struct mmv_writer *writer, const char *text, size_t length)
{
    while (length > 0) {
        size_t part = (size_t)(writer->end - writer->at);

        if (part > length)
            part = length;
        memcpy(writer->at, text, part);
        writer->at += part;
        text += part;
        length -= part;
        if (writer->at == writer->end)
            mmv_writer_flush(writer);
    }
}

void mmv_writer_fill(struct mmv_writer *writer, char c, uint64_t count)
{
    while (count > 0 && writer->status == 0) {
        size_t part = (size_t)(writer->end - writer->at);

        if (part > count)
            part = (size_t)count;
        memset(writer->at, c, part);
        writer->at += part;
        count -= part;
        if (writer->at == writer->end)
            mmv_writer_flush(writer);
    }
}

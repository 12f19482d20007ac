/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_STRBUF_H
#define MMV_BASE_STRBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text that is put together piece by piece into a fixed space, counting on
 * past its end: snprintf's contract for whole printers. No allocation, so
 * nothing to fail or to free. */
struct mmv_strbuf {
    char *data;    /* may be NULL if size is 0 */
    size_t size;   /* bytes there are, the NUL's included */
    size_t length; /* bytes that were put, whether they fit or not */
};

static inline struct mmv_strbuf mmv_strbuf_init(char *data, size_t size)
{
    struct mmv_strbuf buf = {data, size, 0};

    return buf;
}

void mmv_strbuf_char(struct mmv_strbuf *buf, char c);
void mmv_strbuf_mem(struct mmv_strbuf *buf, const char *text, size_t length);
void mmv_strbuf_str(struct mmv_strbuf *buf, const char *text);
void mmv_strbuf_int(struct mmv_strbuf *buf, int64_t value);

/* Terminates what fits and returns the whole length. */
size_t mmv_strbuf_end(struct mmv_strbuf *buf);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/npy.h"

#include <mmview/dtype.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "io/extent.h"
#include "os/file.h"

/* What is read at once: nearly every header is smaller, and it is one page at
 * most of what a file system reads anyway. */
#define HEAD_SIZE 1024

/* Is all of the header's text there? */
static int check_text(const struct mmv_preamble *preamble, uint64_t file_size,
                      struct mmview_error *err)
{
    uint64_t end = (uint64_t)preamble->length + preamble->text_length;

    if (end <= file_size)
        return MMVIEW_OK;
    return mmv_fail_at(err, MMVIEW_EHEADER, file_size,
                       "the header is cut short: %lu bytes are needed from byte %u on, "
                       "%llu are there",
                       (unsigned long)preamble->text_length, preamble->length,
                       (unsigned long long)(file_size - preamble->length));
}

/* All that a caller need know before it gets the text. */
static int read_preamble(const unsigned char *bytes, size_t length, uint64_t size,
                         uint64_t max_header, struct mmv_preamble *preamble,
                         struct mmview_error *err)
{
    int status = mmv_preamble_read(bytes, length, preamble, err);

    if (status == MMVIEW_OK)
        status = check_text(preamble, size, err);
    if (status == MMVIEW_OK)
        status = mmv_preamble_check(preamble, max_header, err);
    return status;
}

static int read_text(const struct mmv_preamble *preamble, const unsigned char *bytes,
                     uint64_t max_header, struct mmv_npy *out, struct mmview_error *err)
{
    struct mmv_header header;
    int status =
        mmv_header_read(preamble, (const char *)bytes + preamble->length, max_header, &header, err);

    if (status < 0)
        return status;
    status = mmv_extent_lay_out(&out->layout, header.ndim, header.shape,
                                mmview_dtype_itemsize(header.dtype),
                                (enum mmview_order)header.order, true, err);
    if (status < 0) {
        mmview_dtype_unref(header.dtype);
        return status;
    }
    out->dtype = header.dtype;
    out->origin.format = MMVIEW_FORMAT_NPY;
    out->origin.version = preamble->version;
    out->origin.header_length = preamble->text_length;
    out->origin.data_offset = (uint64_t)preamble->length + preamble->text_length;
    out->origin.end = 0;
    out->origin.data_end = out->origin.data_offset + (uint64_t)out->layout.nbytes;
    return MMVIEW_OK;
}

int mmv_npy_read_memory(const unsigned char *data, size_t length, uint64_t max_header,
                        struct mmv_npy *npy, struct mmview_error *err)
{
    struct mmv_preamble preamble;
    int status = read_preamble(data, length, length, max_header, &preamble, err);

    return status == MMVIEW_OK ? read_text(&preamble, data, max_header, npy, err) : status;
}

/* A header that is not all in the head. Its length has passed the limit. All of it is read
 * at once, so that no half is of before and the other of after a change of its shape. */
static int read_long(const struct mmv_npy_source *source, const struct mmv_preamble *preamble,
                     uint64_t max_header, struct mmv_npy *npy, struct mmview_error *err)
{
    unsigned char *bytes = NULL;
    size_t length, got;
    int status;

    if (mmv_add_size(preamble->length, preamble->text_length, &length))
        bytes = mmv_alloc(length);
    if (!bytes)
        return mmv_fail_nomem(err);
    status = source->read(source->context, bytes, length, &got, err);
    if (status == MMVIEW_OK)
        status = mmv_npy_read_memory(bytes, got, max_header, npy, err);
    mmv_free(bytes);
    return status;
}

int mmv_npy_read(const struct mmv_npy_source *source, uint64_t *size, uint64_t max_header,
                 struct mmv_npy *npy, struct mmview_error *err)
{
    unsigned char head[HEAD_SIZE];
    size_t want = *size < sizeof head ? (size_t)*size : sizeof head;
    size_t got;
    struct mmv_preamble preamble;
    int status = source->read(source->context, head, want, &got, err);

    if (status < 0)
        return status;
    if (got < want)
        *size = got;
    status = read_preamble(head, got, *size, max_header, &preamble, err);
    if (status < 0)
        return status;
    if (got - preamble.length < preamble.text_length)
        return read_long(source, &preamble, max_header, npy, err);
    return read_text(&preamble, head, max_header, npy, err);
}

static int read_file(void *context, void *buffer, size_t length, size_t *got,
                     struct mmview_error *err)
{
    return mmv_file_read(*(const int *)context, buffer, length, 0, got, err);
}

static bool fits(const struct mmv_npy *npy, uint64_t file_size)
{
    return npy->origin.data_end <= file_size;
}

int mmv_npy_read_file(int fd, uint64_t *file_size, uint64_t max_header, struct mmv_npy *npy,
                      struct mmview_error *err)
{
    const struct mmv_npy_source source = {read_file, &fd};
    int status, tries = 2;

    for (;;) {
        status = mmv_npy_read(&source, file_size, max_header, npy, err);
        if (status < 0 || fits(npy, *file_size))
            return status;
        /* Who adds rows makes the file longer, and then has the header say so: it may have
         * been shorter only because it was asked for its size before. */
        status = mmv_file_adopt(fd, MMVIEW_MODE_R, file_size, err);
        if (status == MMVIEW_OK && *file_size < npy->origin.data_offset)
            status = mmv_fail_at(err, MMVIEW_ETRUNCATED, *file_size,
                                 "the file has become shorter while it was read");
        if (status == MMVIEW_OK && (fits(npy, *file_size) || --tries == 0))
            return status;
        mmview_dtype_unref(npy->dtype);
        if (status < 0)
            return status;
        /* Or the header was read while it was written: digits in two lines of the
         * processor's cache are not seen to change at once. */
    }
}

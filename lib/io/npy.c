/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/npy.h"

#include <string.h>

#include <mmview/dtype.h>

#include "base/alloc.h"
#include "io/extent.h"
#include "os/file.h"

/* What is read at once: nearly every header is smaller, and it is one page at
 * most of what a file system reads anyway. */
#define HEAD_SIZE 1024

int mmv_npy_check_text(const struct mmv_preamble *preamble, uint64_t file_size,
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

int mmv_npy_read(const struct mmv_preamble *preamble, const char *text, uint64_t max_header,
                 struct mmv_npy *out, struct mmview_error *err)
{
    struct mmv_header header;
    int status = mmv_header_read(preamble, text, max_header, &header, err);

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

/* A text that is not all in the head. Its length has passed the limit. All of it is read
 * at once, so that no half is of before and the other of after a change of its shape. */
static int read_long_text(int fd, const struct mmv_preamble *preamble, uint64_t max_header,
                          struct mmv_npy *npy, struct mmview_error *err)
{
    size_t got;
    char *text = mmv_alloc(preamble->text_length);
    int status;

    if (!text)
        return mmv_fail_nomem(err);
    status = mmv_file_read(fd, text, preamble->text_length, preamble->length, &got, err);
    /* The file may have become shorter since it was asked for its size. */
    if (status == MMVIEW_OK)
        status = mmv_npy_check_text(preamble, preamble->length + got, err);
    if (status == MMVIEW_OK)
        status = mmv_npy_read(preamble, text, max_header, npy, err);
    mmv_free(text);
    return status;
}

static int read_header(int fd, uint64_t *file_size, uint64_t max_header, struct mmv_npy *npy,
                       struct mmview_error *err)
{
    unsigned char head[HEAD_SIZE];
    size_t want = *file_size < sizeof head ? (size_t)*file_size : sizeof head;
    size_t got;
    struct mmv_preamble preamble;
    int status = mmv_file_read(fd, head, want, 0, &got, err);

    if (status < 0)
        return status;
    if (got < want)
        *file_size = got;
    status = mmv_preamble_read(head, got, &preamble, err);
    if (status < 0)
        return status;
    status = mmv_npy_check_text(&preamble, *file_size, err);
    if (status < 0)
        return status;
    status = mmv_preamble_check(&preamble, max_header, err);
    if (status < 0)
        return status;
    if (got - preamble.length < preamble.text_length)
        return read_long_text(fd, &preamble, max_header, npy, err);
    return mmv_npy_read(&preamble, (const char *)head + preamble.length, max_header, npy, err);
}

int mmv_npy_read_file(int fd, uint64_t *file_size, uint64_t max_header, struct mmv_npy *npy,
                      struct mmview_error *err)
{
    int status = read_header(fd, file_size, max_header, npy, err);

    if (status < 0 || npy->origin.data_end <= *file_size)
        return status;
    /* Who adds rows makes the file longer, and then has the header say so: it may have
     * been shorter only because it was asked for its size before. */
    status = mmv_file_adopt(fd, MMVIEW_MODE_R, file_size, err);
    if (status < 0)
        mmview_dtype_unref(npy->dtype);
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/npy.h"

#include <mmview/dtype.h>

#include "io/extent.h"

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
    out->origin.data_end = out->origin.data_offset + (uint64_t)out->layout.nbytes;
    return MMVIEW_OK;
}

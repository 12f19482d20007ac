/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_HEADER_H
#define MMV_FORMAT_HEADER_H

#include "base/error.h"

/* The longest preamble: magic, version, and a length of four bytes. */
#define MMV_PREAMBLE_MAX 12

/* What the first bytes of a .npy file say about its header's text. */
struct mmv_preamble {
    int version;          /* major * 256 + minor */
    unsigned length;      /* bytes of the preamble itself: 10 or 12 */
    uint32_t text_length; /* bytes of text after it */
};

/* What a header says: all that is needed to map the data. */
struct mmv_header {
    struct mmview_dtype *dtype; /* owned; never a sub-array, its dims are in shape */
    mmview_intp shape[MMVIEW_MAXDIMS];
    int ndim;
    int order; /* enum mmview_order */
};

/* Reads the preamble from the first `length` bytes of a file, of which
 * MMV_PREAMBLE_MAX suffice; fewer means that the file ends there. */
int mmv_preamble_read(const unsigned char *bytes, size_t length, struct mmv_preamble *out,
                      struct mmview_error *err);

/* The most bytes of text that can hold max_header characters: what a caller
 * need read, whatever the preamble says. Fails if the text is surely longer.
 * In NumPy's order of checks a text that the file cuts off comes first: the
 * caller checks preamble.length + text_length against the file's size before. */
int mmv_preamble_check(const struct mmv_preamble *preamble, uint64_t max_header,
                       struct mmview_error *err);

/* Reads the text of a header: the dict, its three keys, the dtype. On success
 * out->dtype is the caller's to mmview_dtype_unref(). Objects are refused. */
int mmv_header_read(const struct mmv_preamble *preamble, const char *text, uint64_t max_header,
                    struct mmv_header *out, struct mmview_error *err);

#endif

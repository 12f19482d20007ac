/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef LINT_HEADER_H
#define LINT_HEADER_H

#include <stdbool.h>

#include <mmview.h>

#include "finding.h"

/* A header that NumPy reads: what of it makes other readers fail, which look for what
 * NumPy writes and do not parse Python. */
struct lint_header {
    const char *bytes; /* of the .npy file, up to its data */
    size_t length;
    const struct mmview_dtype *dtype;
    int ndim;
    const mmview_intp *shape;
    int order;
    int version;
    size_t text_length;
};

/* False: these bytes are no such header. The file was changed after it was read. */
bool lint_header(const struct lint_header *header, struct findings *findings);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_ZLIB_H
#define MMV_IO_ZLIB_H

#include <zlib.h>

#include "base/error.h"

/* What is used of zlib. Most programs never meet a deflated member, so it is loaded for
 * the first one, not linked: the start of every program would pay. */
struct mmv_zlib {
    void *handle; /* NULL: not loaded */
    __typeof__(inflateInit2_) *inflate_init;
    __typeof__(inflate) *inflate;
    __typeof__(inflateEnd) *inflate_end;
    __typeof__(crc32_z) *crc32;
};

/* MMVIEW_ESYSTEM if it is not there. */
int mmv_zlib_load(struct mmv_zlib *zlib, struct mmview_error *err);

/* One that was not loaded is fine. */
void mmv_zlib_close(struct mmv_zlib *zlib);

#endif

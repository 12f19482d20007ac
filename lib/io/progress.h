/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_PROGRESS_H
#define MMV_IO_PROGRESS_H

#include <stdint.h>

#include <mmview/error.h>

/* So many bytes between two calls of a progress function. */
#define MMV_PROGRESS_STRIDE ((size_t)8 << 20)

/* Calls an option's progress, if there is one. MMVIEW_ECANCELED: it says that is all. */
int mmv_progress(int (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                 uint64_t done, uint64_t total, struct mmview_error *err);

#endif

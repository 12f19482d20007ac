/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_OPTIONS_H
#define MMV_BASE_OPTIONS_H

#include <stddef.h>

#include "base/error.h"

/* Copies the option struct of a caller, which may have been compiled against
 * another version of the header, to `known`, which holds the defaults and stays
 * as it is when `given` is NULL. Every option struct starts with its size. */
int mmv_options_read(void *known, size_t known_size, const void *given, struct mmview_error *err);

int mmv_options_check_flags(unsigned flags, unsigned known, struct mmview_error *err);

#endif

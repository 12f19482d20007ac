/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_OPTIONS_H
#define MMV_BASE_OPTIONS_H

#include <stddef.h>

#include "base/error.h"

/* The size of a struct that ends with a member: that of the first version, which
 * callers may still have. */
#define MMV_SIZE_TO(type, member) (offsetof(type, member) + sizeof((type *)0)->member)

/* Copies the option struct of a caller, which may have been compiled against
 * another version of the header, to `known`, which holds the defaults and stays
 * as it is where `given` says nothing or is NULL. Every option struct starts
 * with its size, and has had at least least_size bytes in every version. */
int mmv_options_read(void *known, size_t known_size, size_t least_size, const void *given,
                     struct mmview_error *err);

int mmv_options_check_flags(unsigned flags, unsigned known, struct mmview_error *err);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_OPTIONS_H
#define MMV_IO_OPTIONS_H

#include "base/options.h"

/* The address that goes with MMVIEW_OPEN_AT, and only with it. */
int mmv_options_check_address(unsigned flags, const void *address, struct mmview_error *err);

/* A shape that is given, and the order of its axes. */
int mmv_options_check_shape(int ndim, const mmview_intp *shape, int order,
                            struct mmview_error *err);

/* A version that a header may be asked to have; 0 leaves it to us. */
int mmv_options_check_version(int version, struct mmview_error *err);

/* A reference to the dtype that a file is to have, that of a name if none is given. Objects
 * are refused. */
int mmv_options_take_dtype(const struct mmview_dtype *given, const char *otherwise,
                           struct mmview_dtype **out, struct mmview_error *err);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_OPTIONS_H
#define MMV_IO_OPTIONS_H

#include "base/options.h"

/* The address that goes with MMVIEW_OPEN_AT, and only with it. */
int mmv_options_check_address(unsigned flags, const void *address, struct mmview_error *err);

#endif

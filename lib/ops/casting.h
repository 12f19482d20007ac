/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_CASTING_H
#define MMV_OPS_CASTING_H

#include <mmview/copy.h>

#include "base/error.h"
#include "format/dtype.h"

/* The strictest casting that allows a conversion; MMV_CASTING_NONE if there is no such
 * conversion. */
#define MMV_CASTING_NONE 5
int mmv_casting_needed(const struct mmview_dtype *from, const struct mmview_dtype *to);

/* MMVIEW_OK; MMVIEW_EINVAL for a casting that does not exist, MMVIEW_EUNSUPPORTED,
 * MMVIEW_ETYPE. */
int mmv_casting_check(const struct mmview_dtype *from, const struct mmview_dtype *to, int casting,
                      struct mmview_error *err);

#endif

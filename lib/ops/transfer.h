/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_TRANSFER_H
#define MMV_OPS_TRANSFER_H

#include "base/error.h"
#include "format/dtype.h"
#include "ops/axes.h"

/* Can items be so deep that axes get short? Asked before anything is written. Some
 * casting must allow the conversion. */
int mmv_transfer_check(const struct mmview_dtype *to, const struct mmview_dtype *from,
                       struct mmview_error *err);

/* Copies all items along axes, of which there are at most MMVIEW_MAXDIMS, and none of
 * length 0; the destination's items have bytes. What is between the fields of a struct
 * stays. The bytes of source and destination do not overlap; or with in_place they are
 * the same, item for item. */
void mmv_transfer(const struct mmview_dtype *to, const struct mmview_dtype *from,
                  const struct mmv_axes *axes, bool in_place);

#endif

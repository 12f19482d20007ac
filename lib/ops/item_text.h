/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_ITEM_TEXT_H
#define MMV_OPS_ITEM_TEXT_H

#include <mmview/text.h>

#include "format/dtype.h"
#include "ops/time_text.h"
#include "ops/writer.h"

enum mmv_item_style {
    MMV_ITEM_STR = MMVIEW_ITEM_STR,   /* what str() gives of a NumPy scalar */
    MMV_ITEM_REPR = MMVIEW_ITEM_REPR, /* what repr() gives */
};

/* Writes an item as NumPy shows a scalar: one of any dtype, byte order and alignment.
 * 0; MMVIEW_EUNSUPPORTED for an object; for structs and sub-arrays MMVIEW_ENOMEM,
 * too. What the sink said is the writer's status only. */
int mmv_write_item(struct mmv_writer *writer, const struct mmview_dtype *dtype,
                   const unsigned char *item, enum mmv_item_style style);

#endif

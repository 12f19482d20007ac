/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_TEXT_FORM_H
#define MMV_OPS_TEXT_FORM_H

#include <mmview/text.h>

#include "array/array.h"
#include "ops/writer.h"

/* Writes an array in one form. The options are as they count: no 0 that stands for
 * a default. What the sink said is the writer's status, which mmview_write_text()
 * looks at; a form may end early if it is not 0. */
typedef int mmv_text_form(const struct mmview_array *array,
                          const struct mmview_text_options *options, struct mmv_writer *writer,
                          struct mmview_error *err);

mmv_text_form mmv_text_str, mmv_text_repr, mmv_text_lines, mmv_text_csv, mmv_text_tsv,
    mmv_text_json, mmv_text_jsonl;

#endif

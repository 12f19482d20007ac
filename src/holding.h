/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef HOLDING_H
#define HOLDING_H

#include "output.h"
#include "target.h"

/* What `mmview hold` tells of the arrays that it holds. */

/* All of them, to a child command: as variables of its environment. */
void holding_export(const struct target *targets, size_t count);

/* One of them, to people and scripts: "PID ADDRESS", a line. */
output_writer holding_print;

/* The same and more, for --json. */
void holding_add_fields(struct output *output);

#endif

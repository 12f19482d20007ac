/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef PIPE_H
#define PIPE_H

#include "target.h"

/* Has standard input be a file that can be mapped. What a pipe brings is read into memory,
 * which takes its place, so that it can be read again. False: it can not be, or it is seen
 * early that no array and no archive comes, and *err says why. */
bool pipe_to_file(const struct target_options *options, struct mmview_error *err);

/* Was it one? */
bool pipe_was_read(void);

#endif

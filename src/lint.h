/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef LINT_H
#define LINT_H

#include "finding.h"
#include "target.h"

/* Looks a FILE over, a .npy file, an archive or a member of one, and tells of each what
 * it found. What can not be read at all is reported instead. */
void lint_file(const struct target_options *options, const char *file,
               void (*tell)(void *context, const struct checked *checked,
                            const struct findings *findings),
               void *context);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef SETTING_H
#define SETTING_H

#include <stdbool.h>

#include "target.h"

/* Shows where each item of a view is, what it is, and the value that it is to get. False:
 * standard output takes no more, or the file has become shorter, which was reported. */
bool setting_tell(const struct target *target, const void *value);

/* Opens a FILE as a target is opened, to be written to: nobody else writes to it
 * meanwhile. Gives every item of the view the value, all or none of them. What fails is
 * reported. */
void setting_write(const struct target_options *options, const char *file, const void *value);

#endif

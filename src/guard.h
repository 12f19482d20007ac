/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef GUARD_H
#define GUARD_H

#include "target.h"

/* FILEs that somebody makes shorter while their data is read. */

/* Calls look(), which reads the data of one or two targets. Returns what it returned, or
 * STATUS_ERROR if one of them has become shorter, which was reported then. */
int guard_targets(const struct target *targets, size_t count, int (*look)(void *context),
                  void *context);

/* In look(), of what was read so far: is it what the FILE had? If not, it is to be thrown
 * away, without a word. */
bool guard_intact(const struct target *target);

#endif

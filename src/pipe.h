/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef PIPE_H
#define PIPE_H

#include "target.h"

/* Takes a .npy file from a descriptor that can not be mapped: reads all of it
 * into memory. False: it can not be, and why was reported. */
bool pipe_read_npy(struct target *target, const struct target_options *options, int fd);

#endif

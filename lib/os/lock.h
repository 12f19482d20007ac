/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OS_LOCK_H
#define MMV_OS_LOCK_H

#include "base/error.h"

/* Takes the advisory lock of a file's one writer, which ends with the descriptor or
 * the process: flock(2). Readers do not ask for it. MMVIEW_EBUSY if another writer
 * has it; fine where the file system knows no locks. */
int mmv_lock(int fd, struct mmview_error *err);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OS_RIGHTS_H
#define MMV_OS_RIGHTS_H

#include "base/error.h"

/* Gives the open file fd, which is to replace old, the owner, group, permissions and access
 * control list of that, as far as the process may and so that nobody may do more with it
 * than with old. The set-ID and sticky bits are not among them. */
int mmv_rights_inherit(int old, int fd, struct mmview_error *err);

#endif

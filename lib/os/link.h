/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OS_LINK_H
#define MMV_OS_LINK_H

#include "base/error.h"

/* The file that a symbolic link leads to; path itself if it is none, or leads nowhere. To
 * be freed by mmv_free(). */
int mmv_link_follow(const char *path, char **real, struct mmview_error *err);

#define MMV_PATH_OF_FD 32

/* A name of what is open, where there is /proc. path has MMV_PATH_OF_FD bytes. */
void mmv_path_of_fd(int fd, char *path);

#endif

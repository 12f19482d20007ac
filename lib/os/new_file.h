/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OS_NEW_FILE_H
#define MMV_OS_NEW_FILE_H

#include <stdbool.h>

#include "base/error.h"

/* A file that is written beside the one it is to replace, or where there is none
 * yet, and gets its name when it is whole. Until then it has no name at all where
 * the file system can do that, so that nothing is left of it whatever happens. */
struct mmv_new_file {
    int fd;         /* to write to and to read; of the new file */
    int directory;  /* that both files are in */
    int old;        /* the file that is replaced, locked; -1 if there is none */
    bool exclusive; /* there must not be one */
    bool named;     /* it has its name for the time being, `beside` */
    char *name;     /* in the directory */
    char beside[32];
};

/* path may be a symbolic link: what it leads to is replaced. exclusive: fails with
 * EEXIST if there is a file. The file that is there keeps its mode and, as far as
 * the process may, its owner. MMVIEW_EBUSY if another process writes to it. */
int mmv_new_file_open(struct mmv_new_file *file, const char *path, bool exclusive,
                      struct mmview_error *err);

/* Gives it its name, when all of it is on the disk. Whatever comes of it, the struct
 * is done with; on failure the old file is as it was. The descriptor stays open if
 * keep is not NULL, which gets it. */
int mmv_new_file_commit(struct mmv_new_file *file, int *keep, struct mmview_error *err);

/* Leaves nothing of it. */
void mmv_new_file_abandon(struct mmv_new_file *file);

#endif

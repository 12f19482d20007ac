/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_ZIP_H
#define MMV_IO_ZIP_H

#include "format/zip.h"

/* An archive in a file: its directory, and where the bytes of a member start. */

/* Reads bytes that have to be there: MMVIEW_EARCHIVE if the file ends before. */
int mmv_zip_read_all(int fd, void *buffer, size_t length, uint64_t offset,
                     struct mmview_error *err);

/* Finds the directory. MMVIEW_EARCHIVE if there is none. */
int mmv_zip_find(int fd, uint64_t file_size, struct mmv_zip_end *out, struct mmview_error *err);

/* Hands out the members one by one, in the order of the directory, with the bytes of
 * their names as they are. A directory that holds fewer or more than it says is
 * MMVIEW_EARCHIVE. */
int mmv_zip_walk(int fd, const struct mmv_zip_end *end,
                 int (*take)(void *context, const struct mmv_zip_entry *entry, const char *name,
                             struct mmview_error *err),
                 void *context, struct mmview_error *err);

/* Reads a member's own header, which has to agree with the entry and with the name in
 * UTF-8, as has the descriptor behind its bytes, if it has one; and finds the byte of the file
 * where the member's bytes start: all of them are there, and in front of the entry's limit. */
int mmv_zip_start(int fd, uint64_t file_size, const struct mmv_zip_entry *entry, const char *name,
                  uint64_t *start, struct mmview_error *err);

#endif

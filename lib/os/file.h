/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OS_FILE_H
#define MMV_OS_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include <mmview/array.h>

#include "base/error.h"

/* Files by descriptor: opened, read, and made longer. Messages do not repeat
 * the path, which whoever prints them knows. Sizes and places that a caller
 * hands in are at most INT64_MAX. */

/* Opens a regular file for the mode, without ever waiting for the other end of
 * a pipe, and without opening what a symbolic link leads to if it is none.
 * MMVIEW_MODE_WPLUS makes a file that is missing, and then sets *created; it does not
 * empty one that is there. */
int mmv_file_open(const char *path, enum mmview_mode mode, int *fd, uint64_t *size, bool *created,
                  struct mmview_error *err);

/* openat(2) that signals do not end, of descriptors that programs that are started do
 * not get. */
int mmv_file_openat(int directory, const char *path, int flags, mode_t mode);

/* Does a name, in a folder or (AT_FDCWD) any, still mean the file that is open? One that
 * means nothing does not. flags as for fstatat(2). */
int mmv_file_is_named(int directory, const char *name, int flags, int fd, bool *same,
                      struct mmview_error *err);

/* As mmv_file_open, for a descriptor that the caller opened. */
int mmv_file_adopt(int fd, enum mmview_mode mode, uint64_t *size, struct mmview_error *err);

/* Another descriptor for the same file, which programs that are started do not get. */
int mmv_file_duplicate(int fd, int *duplicate, struct mmview_error *err);

void mmv_file_close(int fd);

/* Closes a file that was created by path, and removes it. */
void mmv_file_discard(const char *path, int fd);

/* Reads from a place in the file until length bytes are there or the file ends:
 * *got tells. */
int mmv_file_read(int fd, void *buffer, size_t length, uint64_t offset, size_t *got,
                  struct mmview_error *err);

/* Makes a file longer, with zeros. Their disk space is reserved unless sparse;
 * if that fails the file has its old size. MMVIEW_ETRUNCATED if it has become shorter
 * than `from`. */
int mmv_file_grow(int fd, uint64_t from, uint64_t to, bool sparse, struct mmview_error *err);

/* Makes a file of `from` bytes one of `to` zeros. What can fail is tried first,
 * while the old content is still there. */
int mmv_file_renew(int fd, uint64_t from, uint64_t to, bool sparse, struct mmview_error *err);

/* Writes all of it at a place in the file. */
int mmv_file_write(int fd, const void *data, size_t length, uint64_t offset,
                   struct mmview_error *err);

/* Waits until the file's content is on the disk, and what is needed to find it. */
int mmv_file_sync(int fd, struct mmview_error *err);

/* ftruncate(2), which no signal ends: 0 or an errno. */
int mmv_file_resize(int fd, uint64_t size);

/* Ends the file at `size`. */
int mmv_file_cut(int fd, uint64_t size, struct mmview_error *err);

/* Copies bytes from one file to another. MMVIEW_ETRUNCATED if there are not as many. */
int mmv_file_copy(int from, uint64_t from_offset, int to, uint64_t to_offset, uint64_t length,
                  struct mmview_error *err);

#endif

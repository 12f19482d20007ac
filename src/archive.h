/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include "target.h"

/* A FILE that is a .npz archive. */

/* Is FILE a member's, as FILE.npz/MEMBER? *length is of what is before the member: the
 * longest part of the path, up to a '/', that is a file. */
bool archive_split(const char *file, size_t *length);

/* The same of the archive on standard input, as -/MEMBER. */
bool archive_of_stdin(const char *file, size_t *length);

/* Opens one, of which the FILE may be standard input. */
bool archive_open(struct mmview_npz **archive, const char *file,
                  const struct target_options *options, struct mmview_error *err);

/* Opens what was refused, and why is in *err, if it is an archive. If not, *err says why
 * not, where the name of the file or its first bytes say that it should be one. */
bool archive_is_one(struct mmview_npz **archive, const char *file,
                    const struct target_options *options, struct mmview_error *err);

/* Is a member no array, and was not meant to be one? What is called .npy was. */
bool archive_holds_other(const char *member, const struct mmview_member_info *info);

/* Reports that one array is wanted, and which there are. */
void archive_report(const struct mmview_npz *archive, const char *file);

#endif

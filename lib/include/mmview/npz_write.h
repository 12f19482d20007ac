/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/npz_write.h  Archives that are made, of stored and aligned members. */
#ifndef MMVIEW_NPZ_WRITE_H
#define MMVIEW_NPZ_WRITE_H

#include <mmview/write.h>

MMVIEW_BEGIN_DECLS

/** An archive that is being written. It is one thread's at a time. Since 0.1. */
struct mmview_npz_writer;

/** How to write an archive. Start it with MMVIEW_NPZ_WRITER_OPTIONS_INIT; NULL stands
 *  for that. Since 0.1. */
struct mmview_npz_writer_options {
    size_t size;    /**< sizeof(struct mmview_npz_writer_options) */
    unsigned flags; /**< MMVIEW_WRITE_EXCLUSIVE */
    unsigned align; /**< the data of every array starts at a multiple of it in the file: a
                         power of two up to 32768; 0: 64, which suits every dtype */
};

/** Initial value of a struct mmview_npz_writer_options. */
#define MMVIEW_NPZ_WRITER_OPTIONS_INIT                 \
    {                                                  \
        sizeof(struct mmview_npz_writer_options), 0, 0 \
    }

/**
 * Begins an archive. Its members are stored, not deflated, and aligned, so that each can
 * be mapped; numpy.load() and any unzip read it. It gets its name in
 * mmview_npz_writer_finish(), as described at mmview_create().
 * @param out  yours to mmview_npz_writer_finish() or mmview_npz_writer_cancel()
 * @return as mmview_create(). Since 0.1.
 */
MMVIEW_API int mmview_npz_writer_create(const char *path,
                                        const struct mmview_npz_writer_options *options,
                                        struct mmview_npz_writer **out, struct mmview_error *err);

/**
 * Adds an array.
 * @param name     of the member, in UTF-8; numpy.load() takes ".npy" off its end
 * @param length   bytes of name; SIZE_MAX: a NUL ends it
 * @param options  as for mmview_save(), without flags; may be NULL
 * @return as mmview_save(); MMVIEW_EINVAL for a name that is none. Once writing has failed
 *         half-way, every later call is MMVIEW_EINVAL; what was refused before anything
 *         was written of it does no harm to the rest. Since 0.1.
 */
MMVIEW_API int mmview_npz_writer_add(struct mmview_npz_writer *writer, const char *name,
                                     size_t length, struct mmview_array *array,
                                     const struct mmview_save_options *options,
                                     struct mmview_error *err);

/**
 * Adds any bytes: a member that is no array.
 * @return as mmview_npz_writer_add(). Since 0.1.
 */
MMVIEW_API int mmview_npz_writer_add_bytes(struct mmview_npz_writer *writer, const char *name,
                                           size_t length, const void *data, size_t nbytes,
                                           struct mmview_error *err);

/**
 * Writes the directory, gives the archive its name, and frees the writer whatever comes
 * of it: if it fails there is no new file, and an old one is as it was.
 * @return MMVIEW_OK; MMVIEW_EINVAL if writing a member failed half-way, or two of them
 *         have one name; MMVIEW_ESYSTEM, MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_npz_writer_finish(struct mmview_npz_writer *writer, struct mmview_error *err);

/** Leaves nothing of it, and frees the writer. NULL is fine. Since 0.1. */
MMVIEW_API void mmview_npz_writer_cancel(struct mmview_npz_writer *writer);

MMVIEW_END_DECLS

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/write.h  Files that are made, and files that grow. */
#ifndef MMVIEW_WRITE_H
#define MMVIEW_WRITE_H

#include <mmview/array.h>

MMVIEW_BEGIN_DECLS

/** Flags of the option structs below. Since 0.1. */
enum mmview_write_flags {
    /** Fail (MMVIEW_ESYSTEM with EEXIST) if there is a file of that name. */
    MMVIEW_WRITE_EXCLUSIVE = 1,
    /** Zeros are holes: no disk space is reserved for them. A disk that fills up
     *  later is then a SIGBUS. */
    MMVIEW_WRITE_SPARSE = 2,
    /** A writer that appends: rows are seen by readers as soon as they are put, not
     *  only after mmview_writer_flush(). What a power cut leaves of rows that were
     *  not flushed is then uncertain. */
    MMVIEW_WRITE_LIVE = 4,
    /** A writer that appends: bytes that are in the file after the array's data,
     *  as an append that was killed leaves them, are cut off. Refused
     *  (MMVIEW_ESIZE) without. */
    MMVIEW_WRITE_CUT_TRAILING = 8,
    /** A writer that appends: the file's rows are those that are there as a whole, whatever
     *  the header says, and the header is made to say so: for a file that was cut
     *  short, or whose append was interrupted. Bytes after the last whole row are cut
     *  off. All this happens when the writer is flushed. */
    MMVIEW_WRITE_COUNT_ROWS = 16,
    /** mmview_save(): no header, only the items. */
    MMVIEW_WRITE_RAW = 32
};

/**
 * What array to make. Start it with MMVIEW_CREATE_OPTIONS_INIT; NULL stands for
 * that, an array of one float64. Since 0.1.
 */
struct mmview_create_options {
    size_t size;                      /**< sizeof(struct mmview_create_options) */
    unsigned flags;                   /**< MMVIEW_WRITE_EXCLUSIVE, MMVIEW_WRITE_SPARSE */
    int order;                        /**< enum mmview_order */
    const struct mmview_dtype *dtype; /**< NULL: float64; the dimensions of a sub-array
                                           become the last ones of the shape */
    const mmview_intp *shape;         /**< ndim long; may be NULL if ndim is 0 */
    int ndim;                         /**< 0 to MMVIEW_MAXDIMS */
    int version;                      /**< of the format: 0x100, 0x200 or 0x300;
                                           0: the oldest that can say it */
    const void *fill;                 /**< one item of the dtype, for all; NULL: zeros */
    /** Called now and then while the file is filled, as that of struct
     *  mmview_save_options. May be NULL. */
    int (*progress)(void *context, uint64_t done, uint64_t total);
    void *context; /**< handed to progress */
};

/** Initial value of a struct mmview_create_options. */
#define MMVIEW_CREATE_OPTIONS_INIT                                                     \
    {                                                                                  \
        sizeof(struct mmview_create_options), 0, 0, NULL, NULL, 0, 0, NULL, NULL, NULL \
    }

/**
 * Makes a .npy file and maps it in mode r+, as numpy.lib.format.open_memmap(path,
 * 'w+') does; the header is NumPy's, byte for byte.
 *
 * The file is written without a name and gets it when it is whole and on the disk: a
 * file that is there already is replaced in one step, or stays as it was. It keeps
 * its mode and, as far as the process may give files away, its owner. If path is a
 * symbolic link, what it leads to is replaced. Maps of the old file go on showing
 * the old content.
 *
 * @return MMVIEW_OK; MMVIEW_EINVAL, MMVIEW_EOPTIONS; MMVIEW_EOVERFLOW;
 *         MMVIEW_EOBJECT; MMVIEW_EUNSUPPORTED for a dtype, MMVIEW_EVERSION for a
 *         version that has no header for it; MMVIEW_ENOTREG; MMVIEW_EBUSY if another
 *         process is writing to the file; MMVIEW_ECANCELED; MMVIEW_ESYSTEM (ENOSPC
 *         when the disk is full), MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_create(const char *path, const struct mmview_create_options *options,
                             struct mmview_array **out, struct mmview_error *err);

/**
 * How to save an array. Start it with MMVIEW_SAVE_OPTIONS_INIT; NULL stands for
 * that. Since 0.1.
 */
struct mmview_save_options {
    size_t size;                      /**< sizeof(struct mmview_save_options) */
    unsigned flags;                   /**< MMVIEW_WRITE_EXCLUSIVE, MMVIEW_WRITE_RAW */
    int order;                        /**< enum mmview_order: C, F, or K: as numpy.save, F if
                                           the array is that and not C-contiguous */
    const struct mmview_dtype *dtype; /**< NULL: the array's */
    int casting;                      /**< enum mmview_casting */
    int version;                      /**< as in struct mmview_create_options */
    mmview_progress *progress;        /**< called now and then with the bytes of items; if
                                           it ends the call nothing is left. May be NULL */
    void *context;                    /**< handed to progress */
};

/** Initial value of a struct mmview_save_options: as the array is, and any
 *  conversion that is of the same kind. */
#define MMVIEW_SAVE_OPTIONS_INIT                                                      \
    {                                                                                 \
        sizeof(struct mmview_save_options), 0, MMVIEW_ORDER_K, NULL, 3, 0, NULL, NULL \
    }

/**
 * Writes an array to a new .npy file, as numpy.save() does, or to a file of its items
 * alone (MMVIEW_WRITE_RAW). The file gets its name when it is whole, as described
 * at mmview_create(). Memory does not grow with the array.
 * @return as mmview_create() and, for another dtype, as mmview_copy();
 *         MMVIEW_ECANCELED. Since 0.1.
 */
MMVIEW_API int mmview_save(const char *path, struct mmview_array *array,
                           const struct mmview_save_options *options, struct mmview_error *err);

/** What rows are written to: a .npy file whose length is not yet known. It is one
 *  thread's at a time. Since 0.1. */
struct mmview_writer;

/**
 * How to write rows. Start it with MMVIEW_WRITER_OPTIONS_INIT. Since 0.1.
 */
struct mmview_writer_options {
    size_t size;                      /**< sizeof(struct mmview_writer_options) */
    unsigned flags;                   /**< enum mmview_write_flags */
    int order;                        /**< enum mmview_order: the axis that grows is the
                                           first of a C array, the last of an F array */
    const struct mmview_dtype *dtype; /**< as in struct mmview_create_options */
    const mmview_intp *row_shape;     /**< row_ndim long: the other axes, in order */
    int row_ndim;                     /**< 0: the file will have one dimension */
    int version;                      /**< as in struct mmview_create_options */
    uint64_t max_header;              /**< as in struct mmview_open_options */
    /** Called now and then by mmview_writer_write(), and by mmview_writer_append() where
     *  the file is copied, as that of struct mmview_save_options. What a write that it
     *  ends has written is to be given up with mmview_writer_cancel(). May be NULL. */
    int (*progress)(void *context, uint64_t done, uint64_t total);
    void *context; /**< handed to progress */
};

/** Initial value of a struct mmview_writer_options. */
#define MMVIEW_WRITER_OPTIONS_INIT                                                  \
    {                                                                               \
        sizeof(struct mmview_writer_options), 0, 0, NULL, NULL, 0, 0, 0, NULL, NULL \
    }

/**
 * Begins a new .npy file of rows. It gets its name in mmview_writer_finish(), as
 * described at mmview_create(); until then nothing of it is to be seen.
 * Takes MMVIEW_WRITE_EXCLUSIVE. max_header is not looked at.
 * @param options  NULL: float64 numbers, one dimension
 * @param out      yours to mmview_writer_finish() or mmview_writer_cancel()
 * @return as mmview_create(). Since 0.1.
 */
MMVIEW_API int mmview_writer_create(const char *path, const struct mmview_writer_options *options,
                                    struct mmview_writer **out, struct mmview_error *err);

/**
 * Goes on with a .npy file that is there, and takes the lock of its one writer.
 * Readers are not locked out: at any moment they see the file with its old or
 * with its new length. Of the options flags, max_header and progress count (MMVIEW_WRITE_LIVE,
 * MMVIEW_WRITE_CUT_TRAILING, MMVIEW_WRITE_COUNT_ROWS).
 *
 * Where the header has no room for a larger number (NumPy leaves some since 1.23),
 * the file is copied beside first, and replaced in mmview_writer_finish():
 * mmview_writer_replaces() tells.
 *
 * @return as mmview_open(); MMVIEW_EBUSY if another process is writing to it;
 *         MMVIEW_EDIMS for an array of 0 dimensions; MMVIEW_ESIZE if bytes come
 *         after the data; MMVIEW_ECANCELED. Since 0.1.
 */
MMVIEW_API int mmview_writer_append(const char *path, const struct mmview_writer_options *options,
                                    struct mmview_writer **out, struct mmview_error *err);

/** 1 if what is written will replace the file, 0 if it goes into it. Since 0.1. */
MMVIEW_API int mmview_writer_replaces(const struct mmview_writer *writer);

/** What an item is; borrowed. Since 0.1. */
MMVIEW_API const struct mmview_dtype *mmview_writer_dtype(const struct mmview_writer *writer);

/** Bytes of one row. Since 0.1. */
MMVIEW_API mmview_intp mmview_writer_row_nbytes(const struct mmview_writer *writer);

/** Whole rows so far, those of the file that is appended to included. Since 0.1. */
MMVIEW_API mmview_intp mmview_writer_rows(const struct mmview_writer *writer);

/** Rows that the header of a file that is appended to counts: those that readers see.
 *  0 for a new file. Since 0.1. */
MMVIEW_API mmview_intp mmview_writer_rows_settled(const struct mmview_writer *writer);

/** MMVIEW_WRITE_COUNT_ROWS: bytes that were found behind the last whole row, and will be cut
 *  off. Else 0. Since 0.1. */
MMVIEW_API uint64_t mmview_writer_bytes_left(const struct mmview_writer *writer);

/**
 * Writes bytes as they lie in the file: items of the writer's dtype, row after row.
 * Any number of them; mmview_writer_flush() wants whole rows.
 * @return MMVIEW_OK, MMVIEW_EOVERFLOW, MMVIEW_ESYSTEM (ENOSPC when the disk is
 *         full), MMVIEW_ENOMEM, MMVIEW_EINVAL after a write that failed.
 *         Since 0.1.
 */
MMVIEW_API int mmview_writer_put(struct mmview_writer *writer, const void *data, size_t nbytes,
                                 struct mmview_error *err);

/**
 * Writes an array: one of the file's dimensions is some rows, one that lacks the axis
 * that grows is a single row. Its items are cast if nothing is lost by it
 * (MMVIEW_CASTING_SAFE); its layout is its own affair.
 * @return as mmview_writer_put(); MMVIEW_EDIMS for another shape; as mmview_copy()
 *         for another dtype; MMVIEW_ECANCELED. Since 0.1.
 */
MMVIEW_API int mmview_writer_write(struct mmview_writer *writer, struct mmview_array *rows,
                                   struct mmview_error *err);

/**
 * Makes all rows so far part of the file that is appended to: waits until they are
 * on the disk, then writes the header's shape over in one piece, and waits for that.
 * A kill or a power cut in between leaves the file with its old length. A file that is
 * new, or that will be replaced, is as before until mmview_writer_finish().
 * @return MMVIEW_OK; MMVIEW_ESIZE if the last row is not whole; MMVIEW_ESYSTEM.
 *         Since 0.1.
 */
MMVIEW_API int mmview_writer_flush(struct mmview_writer *writer, struct mmview_error *err);

/**
 * Flushes, gives a new file its name, and frees the writer whatever comes of it. If
 * it fails the file is as after the last flush, or as it was.
 * @return as mmview_writer_flush(). Since 0.1.
 */
MMVIEW_API int mmview_writer_finish(struct mmview_writer *writer, struct mmview_error *err);

/** Gives up what was not flushed, and frees the writer. The file is as after the last
 *  flush, or as it was; a new one is never there. NULL is fine. Since 0.1. */
MMVIEW_API void mmview_writer_cancel(struct mmview_writer *writer);

/**
 * Appends an array to a .npy file: mmview_writer_append(), mmview_writer_write() and
 * mmview_writer_finish() in one.
 * @param options  NULL for the defaults
 * @return as these. Since 0.1.
 */
MMVIEW_API int mmview_append(const char *path, struct mmview_array *rows,
                             const struct mmview_writer_options *options, struct mmview_error *err);

MMVIEW_END_DECLS

#endif

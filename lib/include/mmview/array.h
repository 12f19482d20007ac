/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/array.h  The array: data, shape, strides, dtype, flags. */
#ifndef MMVIEW_ARRAY_H
#define MMVIEW_ARRAY_H

#include <mmview/error.h>

MMVIEW_BEGIN_DECLS

/** Flags of an array, NumPy's bits. Since 0.1. */
enum mmview_flags {
    MMVIEW_C_CONTIGUOUS = 0x0001,    /**< the last axis varies fastest, no gaps */
    MMVIEW_F_CONTIGUOUS = 0x0002,    /**< the first axis varies fastest, no gaps */
    MMVIEW_OWNDATA = 0x0004,         /**< never set: the map owns the data */
    MMVIEW_ALIGNED = 0x0100,         /**< every item's address suits its dtype */
    MMVIEW_WRITEABLE = 0x0400,       /**< the data may be written to */
    MMVIEW_WRITEBACKIFCOPY = 0x2000, /**< never set */

    /* The combinations NumPy names: (flags & X) == X. */
    MMVIEW_BEHAVED = 0x0500, /**< ALIGNED, WRITEABLE */
    MMVIEW_CARRAY = 0x0501,  /**< BEHAVED, C_CONTIGUOUS */
    MMVIEW_FARRAY = 0x0502   /**< BEHAVED, F_CONTIGUOUS */
};

/** How a file is mapped, as numpy.memmap's mode. Since 0.1. */
enum mmview_mode {
    MMVIEW_MODE_R = 0,     /**< "r": read-only (the default here) */
    MMVIEW_MODE_C = 1,     /**< "c": copy on write; the file never changes */
    MMVIEW_MODE_RPLUS = 2, /**< "r+": what is written goes to the file */
    MMVIEW_MODE_WPLUS = 3  /**< "w+": as "r+", on a file made or emptied first */
};

/** What kind of file an array came from. Since 0.1. */
enum mmview_format {
    MMVIEW_FORMAT_RAW = 0, /**< bare data: mmview_memmap() */
    MMVIEW_FORMAT_NPY = 1  /**< a header and data: mmview_open() */
};

/** What is about to be done with the data: posix_madvise(3). Since 0.1. */
enum mmview_advice {
    MMVIEW_ADVICE_NORMAL = 0,
    MMVIEW_ADVICE_SEQUENTIAL = 1, /**< first to last, once */
    MMVIEW_ADVICE_RANDOM = 2,     /**< here and there: no read-ahead */
    MMVIEW_ADVICE_WILLNEED = 3,   /**< soon: start reading now */
    MMVIEW_ADVICE_DONTNEED = 4    /**< not soon: clean pages may go */
};

/** How mmview_array_flush() waits. Since 0.1. */
enum mmview_flush_flags {
    MMVIEW_FLUSH_SYNC = 0, /**< return when the data is on the disk */
    MMVIEW_FLUSH_ASYNC = 1 /**< return at once: the system writes when it will */
};

/** Takes another reference. Returns @p array. Since 0.1. */
MMVIEW_API struct mmview_array *mmview_array_ref(struct mmview_array *array);

/** Gives a reference back; the last one to the array frees it, the last array
 *  of a map unmaps the file. NULL is fine. Since 0.1. */
MMVIEW_API void mmview_array_unref(struct mmview_array *array);

/** Address of the first element, as ctypes.data: never NULL, also of an empty
 *  array, which has no byte there to read. Write only if MMVIEW_WRITEABLE.
 *  Since 0.1. */
MMVIEW_API void *mmview_array_data(const struct mmview_array *array);

/** Number of dimensions, 0 to MMVIEW_MAXDIMS. Since 0.1. */
MMVIEW_API int mmview_array_ndim(const struct mmview_array *array);

/** Items along each axis, mmview_array_ndim() long; borrowed. Not NULL, not
 *  even for 0 dimensions. Since 0.1. */
MMVIEW_API const mmview_intp *mmview_array_shape(const struct mmview_array *array);

/** Bytes from one item to the next along each axis; as mmview_array_shape().
 *  Since 0.1. */
MMVIEW_API const mmview_intp *mmview_array_strides(const struct mmview_array *array);

/** Bytes of one item. Since 0.1. */
MMVIEW_API mmview_intp mmview_array_itemsize(const struct mmview_array *array);

/** Number of items: the product of the shape; 1 for 0 dimensions. Where the
 *  item size is 0 the product may not fit: then it is INTPTR_MAX.
 *  Since 0.1. */
MMVIEW_API mmview_intp mmview_array_size(const struct mmview_array *array);

/** Bytes of all items: size times itemsize. Since 0.1. */
MMVIEW_API mmview_intp mmview_array_nbytes(const struct mmview_array *array);

/** enum mmview_flags, as numpy.ndarray.flags.num. Since 0.1. */
MMVIEW_API int mmview_array_flags(const struct mmview_array *array);

/** What an item is; borrowed. Since 0.1. */
MMVIEW_API const struct mmview_dtype *mmview_array_dtype(const struct mmview_array *array);

/** The path it was opened by, as given; borrowed. NULL for a descriptor or
 *  memory. Since 0.1. */
MMVIEW_API const char *mmview_array_filename(const struct mmview_array *array);

/** Byte of the file where the first element is. NumPy's offset is the
 *  parent's for a view; this is always the array's own. Since 0.1. */
MMVIEW_API uint64_t mmview_array_offset(const struct mmview_array *array);

/** How the file is mapped. Since 0.1. */
MMVIEW_API enum mmview_mode mmview_array_mode(const struct mmview_array *array);

/** The order that the header or the caller asked for. What the layout is
 *  now, the flags tell. Since 0.1. */
MMVIEW_API enum mmview_order mmview_array_order(const struct mmview_array *array);

/** What kind of file it is. Since 0.1. */
MMVIEW_API enum mmview_format mmview_array_format(const struct mmview_array *array);

/** Format version of the .npy header: major * 256 + minor; 0 for raw files.
 *  Since 0.1. */
MMVIEW_API int mmview_array_version(const struct mmview_array *array);

/** Bytes of the header's text, as its length field says; 0 for raw files.
 *  Since 0.1. */
MMVIEW_API uint64_t mmview_array_header_length(const struct mmview_array *array);

/** Byte of the file where the data of the whole array starts. Since 0.1. */
MMVIEW_API uint64_t mmview_array_data_offset(const struct mmview_array *array);

/** Bytes of the file, or of the memory, when it was mapped. Since 0.1. */
MMVIEW_API uint64_t mmview_array_file_size(const struct mmview_array *array);

/** Bytes of the file after the data of the whole array; of a member of an archive,
 *  bytes of the member. Since 0.1. */
MMVIEW_API uint64_t mmview_array_trailing_bytes(const struct mmview_array *array);

/**
 * Writes the changed pages that hold the array's elements to the file: msync(2),
 * as numpy.memmap.flush(). Nothing to do (and MMVIEW_OK) for modes r and c
 * and for memory.
 * @param flags  an enum mmview_flush_flags
 * @return MMVIEW_OK, MMVIEW_EINVAL, MMVIEW_ESYSTEM. Since 0.1.
 */
MMVIEW_API int mmview_array_flush(struct mmview_array *array, int flags, struct mmview_error *err);

/**
 * Tells the kernel how the pages that hold the array's elements will be used.
 * Advice never changes what is read. MMVIEW_ADVICE_RANDOM makes cold random
 * access several times faster.
 * @return MMVIEW_OK, MMVIEW_EINVAL, MMVIEW_ESYSTEM. Since 0.1.
 */
MMVIEW_API int mmview_array_advise(struct mmview_array *array, enum mmview_advice advice,
                                   struct mmview_error *err);

MMVIEW_END_DECLS

#endif

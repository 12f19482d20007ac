/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/open.h  From a file, a descriptor or memory to an array. */
#ifndef MMVIEW_OPEN_H
#define MMVIEW_OPEN_H

#include <mmview/array.h>

MMVIEW_BEGIN_DECLS

/** Characters of header text accepted unless max_header says otherwise:
 *  NumPy's max_header_size. Since 0.1. */
#define MMVIEW_MAX_HEADER 10000

/** Flags of the option structs below. Since 0.1. */
enum mmview_open_flags {
    /** Map at `address` exactly, or fail with MMVIEW_ESYSTEM (EEXIST) when
     *  something is there already. */
    MMVIEW_OPEN_AT = 1,
    /** MODE_RPLUS on a .npy file that is too short for its array: make it
     *  long enough, as NumPy does unasked. Refused without. */
    MMVIEW_OPEN_GROW = 2,
    /** Growing leaves a hole instead of reserving the disk space. A disk that
     *  fills up later is then a SIGBUS. */
    MMVIEW_OPEN_SPARSE = 4,
    /** The data will be read once, from end to end: keep a descriptor of the
     *  file, which programs that are started do not get, until the last array
     *  of it is gone. mmview_stats() and mmview_histogram() then read the file
     *  in blocks, which is up to twice as fast as to touch each page of the
     *  map for the first time. Nothing else changes, and in MMVIEW_MODE_C
     *  nothing does. Since 0.1. */
    MMVIEW_OPEN_SCAN = 8
};

/**
 * How to open a .npy file. Start it with MMVIEW_OPEN_OPTIONS_INIT; NULL stands
 * for that. Unknown flags, and bytes past the size this library knows that
 * are not zero, are refused. Since 0.1.
 */
struct mmview_open_options {
    size_t size;         /**< sizeof(struct mmview_open_options) */
    unsigned flags;      /**< enum mmview_open_flags */
    int mode;            /**< enum mmview_mode, but not MMVIEW_MODE_WPLUS */
    uint64_t max_header; /**< most characters of header text; 0: MMVIEW_MAX_HEADER */
    void *address;       /**< MMVIEW_OPEN_AT: where the page of the first element
                              goes; a multiple of the page size, at least 65536 */
};

/** Initial value of a struct mmview_open_options. */
#define MMVIEW_OPEN_OPTIONS_INIT                          \
    {                                                     \
        sizeof(struct mmview_open_options), 0, 0, 0, NULL \
    }

/**
 * Maps a .npy file, as numpy.lib.format.open_memmap(path, mode) does.
 *
 * Reads the header, checks the file's size against it, maps the data and
 * closes the file: an open array holds no descriptor, but for
 * MMVIEW_OPEN_SCAN. The default mode is MMVIEW_MODE_R.
 *
 * @param path     the file; it must be a regular file
 * @param options  NULL for the defaults
 * @param out      the array, yours to mmview_array_unref()
 * @param err      gets the reason; may be NULL
 * @return MMVIEW_OK; MMVIEW_EINVAL, also for an address without
 *         MMVIEW_OPEN_AT and for MMVIEW_OPEN_GROW in another mode than r+;
 *         MMVIEW_EOPTIONS; MMVIEW_EOVERFLOW for what the address space can not
 *         hold; any code of the file class; MMVIEW_ESYSTEM, MMVIEW_ENOMEM.
 *         Since 0.1.
 */
MMVIEW_API int mmview_open(const char *path, const struct mmview_open_options *options,
                           struct mmview_array **out, struct mmview_error *err);

/**
 * As mmview_open(), on an open descriptor, whose file starts at byte 0
 * wherever its position is. The descriptor stays open and yours; its access
 * mode must allow the mode asked for (MMVIEW_ESYSTEM with EACCES if not).
 * Since 0.1.
 */
MMVIEW_API int mmview_open_fd(int fd, const struct mmview_open_options *options,
                              struct mmview_array **out, struct mmview_error *err);

/** How to take a .npy file that is in memory. Since 0.1. */
struct mmview_memory_options {
    size_t size;                    /**< sizeof(struct mmview_memory_options) */
    unsigned flags;                 /**< 0 */
    int mode;                       /**< MMVIEW_MODE_R, or MMVIEW_MODE_RPLUS: WRITEABLE */
    uint64_t max_header;            /**< as in struct mmview_open_options */
    void (*release)(void *context); /**< called when the last array is gone; may be NULL */
    void *context;                  /**< handed to release */
};

/** Initial value of a struct mmview_memory_options. */
#define MMVIEW_MEMORY_OPTIONS_INIT                                \
    {                                                             \
        sizeof(struct mmview_memory_options), 0, 0, 0, NULL, NULL \
    }

/**
 * Makes an array of a whole .npy file that is in memory, without a copy.
 *
 * @param data    the file's first byte; must outlive the array
 * @param length  bytes of the file
 * @param options NULL for the defaults. When the call fails, release is not
 *                called: the memory is still yours.
 * @return as mmview_open(). Since 0.1.
 */
MMVIEW_API int mmview_from_memory(void *data, size_t length,
                                  const struct mmview_memory_options *options,
                                  struct mmview_array **out, struct mmview_error *err);

/** ndim of a struct mmview_memmap_options that means "take what is there". */
#define MMVIEW_SHAPE_FROM_FILE (-1)

/**
 * How to map a raw file: the arguments of numpy.memmap. Start it with
 * MMVIEW_MEMMAP_OPTIONS_INIT; NULL stands for that. Since 0.1.
 */
struct mmview_memmap_options {
    size_t size;                      /**< sizeof(struct mmview_memmap_options) */
    unsigned flags;                   /**< MMVIEW_OPEN_AT, _SPARSE, _SCAN */
    int mode;                         /**< enum mmview_mode */
    const struct mmview_dtype *dtype; /**< NULL: uint8 */
    uint64_t offset;                  /**< byte of the file where the data starts */
    int ndim;                         /**< MMVIEW_SHAPE_FROM_FILE: one axis, of all that
                                           is there after offset */
    int order;                        /**< enum mmview_order */
    const mmview_intp *shape;         /**< ndim long; may be NULL if ndim <= 0 */
    void *address;                    /**< as in struct mmview_open_options */
};

/** Initial value of a struct mmview_memmap_options. */
#define MMVIEW_MEMMAP_OPTIONS_INIT                                                                 \
    {                                                                                              \
        sizeof(struct mmview_memmap_options), 0, 0, NULL, 0, MMVIEW_SHAPE_FROM_FILE, 0, NULL, NULL \
    }

/**
 * Maps a file of bare data, as numpy.memmap(path, dtype, mode, offset, shape,
 * order) does, but the default mode is MMVIEW_MODE_R.
 *
 * Modes r+ and w+ make the file long enough for the array, with its disk
 * space reserved unless MMVIEW_OPEN_SPARSE; w+ makes the file, or empties the
 * one that is there. Everything that can be checked is checked before the
 * file is touched, and a file that this call made is removed if it fails.
 *
 * @return as mmview_open(); MMVIEW_EINVAL also for w+ without a shape;
 *         MMVIEW_ESIZE when what is there is no whole number of items.
 *         Since 0.1.
 */
MMVIEW_API int mmview_memmap(const char *path, const struct mmview_memmap_options *options,
                             struct mmview_array **out, struct mmview_error *err);

/** As mmview_memmap(), on an open descriptor, which stays open and yours.
 *  MMVIEW_MODE_WPLUS is refused. Since 0.1. */
MMVIEW_API int mmview_memmap_fd(int fd, const struct mmview_memmap_options *options,
                                struct mmview_array **out, struct mmview_error *err);

MMVIEW_END_DECLS

#endif

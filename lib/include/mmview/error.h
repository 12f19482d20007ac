/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/error.h  Status codes, and the reason that goes with one. */
#ifndef MMVIEW_ERROR_H
#define MMVIEW_ERROR_H

#include <mmview/types.h>

MMVIEW_BEGIN_DECLS

/**
 * Status codes. They come in classes, a hundred codes each, so that a caller
 * may act on the class of a code that is newer than itself: see
 * mmview_status_class(). Since 0.1 unless said otherwise.
 */
enum mmview_status {
    MMVIEW_OK = 0, /**< success */

    /* Informative: nothing is wrong, the answer is no. */
    MMVIEW_ENOTFOUND = -1,  /**< no field, member or key of that name */
    MMVIEW_ENEEDSCOPY = -2, /**< no view can show it: the elements would have to move */
    MMVIEW_ECANCELED = -3,  /**< a function of the caller's ended the call */

    /* Argument: the call can not be right, whatever the file holds. */
    MMVIEW_EINVAL = -100,     /**< an argument is outside its documented values */
    MMVIEW_EOPTIONS = -101,   /**< an option struct has an unknown size, flag or byte */
    MMVIEW_EDTYPE = -102,     /**< text that names no dtype */
    MMVIEW_EOVERFLOW = -103,  /**< a size does not fit its type or the address space */
    MMVIEW_EREADONLY = -104,  /**< a write asked of something that is read-only */
    MMVIEW_EINDEX = -105,     /**< an index that is none, or out of bounds */
    MMVIEW_EAXIS = -106,      /**< an axis that is not there, or not as it must be */
    MMVIEW_ERESHAPE = -107,   /**< a shape that does not hold the same items */
    MMVIEW_ETYPE = -108,      /**< a dtype that does not fit what is asked for */
    MMVIEW_EBYTEORDER = -109, /**< numbers in another byte order than asked for */
    MMVIEW_EALIGNMENT = -110, /**< items at addresses that do not suit their type */
    MMVIEW_EDIMS = -111,      /**< a number or lengths of dimensions other than required */
    MMVIEW_ELAYOUT = -112,    /**< items that lie in memory otherwise than required */

    /* File: what the file holds can not be mapped. */
    MMVIEW_EMAGIC = -200,       /**< does not start as an .npy file does */
    MMVIEW_EVERSION = -201,     /**< a format version other than 1.0, 2.0 and 3.0 */
    MMVIEW_EHEADER = -202,      /**< the header is cut off or is no dict of three keys */
    MMVIEW_EHEADERSIZE = -203,  /**< the header is longer than the cap: max_header */
    MMVIEW_EDESCR = -204,       /**< the header's descr is no dtype */
    MMVIEW_ESHAPE = -205,       /**< the header's shape is no shape, or too large */
    MMVIEW_EOBJECT = -206,      /**< Python objects can not be memory-mapped */
    MMVIEW_ETRUNCATED = -207,   /**< the file is shorter than its array */
    MMVIEW_ESIZE = -208,        /**< the file's size does not fit the item size */
    MMVIEW_EUNSUPPORTED = -209, /**< NumPy may read it, mmview refuses: see the message */
    MMVIEW_ENOTREG = -210,      /**< not a regular file: directory, pipe, device */
    MMVIEW_EARCHIVE = -211,     /**< not an archive, or a damaged one */
    MMVIEW_ECOMPRESSED = -212,  /**< compressed, so that it can not be mapped */
    MMVIEW_ECHECKSUM = -213,    /**< the data is not what its checksum was made of */

    /* System: sys_errno of the error struct says which. */
    MMVIEW_ESYSTEM = -300, /**< a system call failed */
    MMVIEW_ENOMEM = -301,  /**< out of memory or address space */
    MMVIEW_EBUSY = -303,   /**< another process is writing to the file */

    /* Internal: a defect of the library; please report it. */
    MMVIEW_EINTERNAL = -400 /**< an invariant does not hold */
};

/** What a status code is about. Since 0.1. */
enum mmview_class {
    MMVIEW_CLASS_OK = 0,
    MMVIEW_CLASS_INFORMATIVE = 1,
    MMVIEW_CLASS_ARGUMENT = 2,
    MMVIEW_CLASS_FILE = 3,
    MMVIEW_CLASS_SYSTEM = 4,
    MMVIEW_CLASS_INTERNAL = 5
};

/** No place in a file: what mmview_error.offset holds when there is none. */
#define MMVIEW_NO_OFFSET UINT64_MAX

/**
 * Why a call failed. The caller owns it and starts it with MMVIEW_ERROR_INIT;
 * every function takes NULL instead. It keeps the first error: a struct whose
 * status is not MMVIEW_OK is not written to again until mmview_error_clear(),
 * so one struct may go through a chain of calls. A call that succeeds does
 * not touch it. Since 0.1.
 */
struct mmview_error {
    int32_t status;       /**< an enum mmview_status */
    int32_t sys_errno;    /**< errno of the failed system call, or 0 */
    uint64_t offset;      /**< the byte of the file or text that is wrong, or MMVIEW_NO_OFFSET */
    uint64_t reserved[2]; /**< zero */
    char message[480];    /**< one line of UTF-8, no newline, always terminated */
};

/** Initial value of a struct mmview_error. */
#define MMVIEW_ERROR_INIT         \
    {                             \
        0, 0, UINT64_MAX, {0, 0}, \
        {                         \
            0                     \
        }                         \
    }

/** Makes @p err as MMVIEW_ERROR_INIT does. NULL is fine. Since 0.1. */
MMVIEW_API void mmview_error_clear(struct mmview_error *err);

/** The name of a status code, as "MMVIEW_EMAGIC"; "MMVIEW_UNKNOWN" for a
 *  code this library does not have. Static, never NULL. Since 0.1. */
MMVIEW_API const char *mmview_status_name(int status);

/** What a status code means, as a short phrase in English. Static, never
 *  NULL. The message of a struct mmview_error says more. Since 0.1. */
MMVIEW_API const char *mmview_status_message(int status);

/** The class of a status code, also of one this library does not have.
 *  Since 0.1. */
MMVIEW_API enum mmview_class mmview_status_class(int status);

MMVIEW_END_DECLS

#endif

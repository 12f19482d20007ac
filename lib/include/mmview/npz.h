/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/** @file mmview/npz.h  Archives of arrays: the .npz files of numpy.savez(). */
#ifndef MMVIEW_NPZ_H
#define MMVIEW_NPZ_H

#include <mmview/open.h>

MMVIEW_BEGIN_DECLS

/** An open archive. Opaque, reference counted, and any thread may use it: its
 *  calls wait for each other where they have to. */
struct mmview_npz;

/** How to open an archive. Start it with MMVIEW_NPZ_OPTIONS_INIT; NULL stands for
 *  that. Since 0.1. */
struct mmview_npz_options {
    size_t size;         /**< sizeof(struct mmview_npz_options) */
    uint64_t max_header; /**< most characters of a member's header text; 0:
                              MMVIEW_MAX_HEADER */
};

/** Initial value of a struct mmview_npz_options. */
#define MMVIEW_NPZ_OPTIONS_INIT               \
    {                                         \
        sizeof(struct mmview_npz_options), 0, \
    }

/**
 * Opens an archive, as numpy.load() opens an .npz file, and reads its directory; of
 * the members nothing is read yet. The archive may have something in front of it,
 * as those have that extract themselves.
 *
 * An archive that is open holds a descriptor; arrays of its members do not.
 *
 * @param path     the file; it must be a regular file
 * @param options  NULL for the defaults
 * @param out      the archive, yours to mmview_npz_unref()
 * @param err      gets the reason; may be NULL
 * @return MMVIEW_OK; MMVIEW_EARCHIVE for what is no archive, or a damaged one, or one of
 *         several parts, or one that means different things to different programs;
 *         MMVIEW_EINVAL, MMVIEW_EOPTIONS, MMVIEW_ENOTREG, MMVIEW_ENOMEM;
 *         MMVIEW_ESYSTEM. Since 0.1.
 */
MMVIEW_API int mmview_npz_open(const char *path, const struct mmview_npz_options *options,
                               struct mmview_npz **out, struct mmview_error *err);

/** As mmview_npz_open(), on an open descriptor, which stays open and yours.
 *  Since 0.1. */
MMVIEW_API int mmview_npz_open_fd(int fd, const struct mmview_npz_options *options,
                                  struct mmview_npz **out, struct mmview_error *err);

/** Takes another reference. Returns @p npz. Since 0.1. */
MMVIEW_API struct mmview_npz *mmview_npz_ref(struct mmview_npz *npz);

/** Gives a reference back; the last one closes the archive. Arrays of its members
 *  stay as they are. NULL is fine. Since 0.1. */
MMVIEW_API void mmview_npz_unref(struct mmview_npz *npz);

/** Number of members. Their indices count from 0, in the order of the archive's
 *  directory. Since 0.1. */
MMVIEW_API size_t mmview_npz_count(const struct mmview_npz *npz);

/** The name of a member in UTF-8, as it is in the archive: "a.npy" for the array that
 *  numpy.savez() was given as a. Borrowed, and terminated by a NUL besides.
 *  @param length  gets its bytes; may be NULL
 *  @return NULL if there is no such member. Since 0.1. */
MMVIEW_API const char *mmview_npz_name(const struct mmview_npz *npz, size_t index, size_t *length);

/**
 * Finds a member by its name, or by its name without ".npy", as NumPy does. If there
 * are several of a name it is the last.
 * @param length  bytes of @p name; SIZE_MAX if a NUL ends it
 * @return MMVIEW_OK, MMVIEW_ENOTFOUND, MMVIEW_EINVAL. Since 0.1.
 */
MMVIEW_API int mmview_npz_find(const struct mmview_npz *npz, const char *name, size_t length,
                               size_t *index, struct mmview_error *err);

/** How a member is packed: the numbers of the zip format. Others are told as they
 *  are. Since 0.1. */
enum mmview_npz_method {
    MMVIEW_NPZ_STORED = 0,  /**< as it is, so that it can be mapped: numpy.savez() */
    MMVIEW_NPZ_DEFLATED = 8 /**< by zlib: numpy.savez_compressed() */
};

/** What there is to know of a member. Start it with MMVIEW_MEMBER_INFO_INIT, fill it by
 *  mmview_npz_info(), and give back what it holds by mmview_member_info_clear().
 *  Since 0.1. */
struct mmview_member_info {
    size_t size;          /**< sizeof(struct mmview_member_info) */
    int method;           /**< an enum mmview_npz_method, or another number */
    uint32_t crc;         /**< CRC-32 of the member, as the archive says */
    uint64_t packed_size; /**< bytes it has in the archive */
    uint64_t plain_size;  /**< bytes it has unpacked */
    uint64_t offset;      /**< byte of the archive where it starts, or MMVIEW_NO_OFFSET
                               if that is not known: see reason */

    /** MMVIEW_OK if the member can be mapped. MMVIEW_ECOMPRESSED if mmview_npz_member()
     *  has to inflate it, which MMVIEW_NPZ_INFLATE asks for; else why there is no
     *  array of it, as that call would fail. */
    struct mmview_error reason;

    int mappable; /**< 1 if reason is MMVIEW_OK, else 0 */
    int aligned;  /**< 1 if the items lie in the archive at multiples of what their
                       dtype wants, so that a mapped array is MMVIEW_ALIGNED */

    /* What its header says, as far as it can be read: else dtype is NULL. */
    struct mmview_dtype *dtype;        /**< what an item is */
    int version;                       /**< major * 256 + minor */
    int order;                         /**< enum mmview_order */
    int has_data;                      /**< 1 if the member is long enough for its array */
    int ndim;                          /**< number of dimensions */
    mmview_intp shape[MMVIEW_MAXDIMS]; /**< items along each */
    mmview_intp nbytes;                /**< bytes of all items */
    uint64_t header_length;            /**< bytes of the header's text */
    uint64_t data_offset;              /**< byte of the unpacked member where its data starts */
};

/** Initial value of a struct mmview_member_info. */
#define MMVIEW_MEMBER_INFO_INIT                                                                   \
    {                                                                                             \
        sizeof(struct mmview_member_info), 0, 0, 0, 0, 0, MMVIEW_ERROR_INIT, 0, 0, NULL, 0, 0, 0, \
            0, {0}, 0, 0, 0,                                                                      \
    }

/**
 * Tells what a member is, by its entry in the directory and by the header that it
 * starts with. Of a deflated member no more is inflated than that. A member that is no
 * array, or that is damaged, is no failure: info->reason says so.
 *
 * @param info  cleared first, if it holds something
 * @return MMVIEW_OK; MMVIEW_EINVAL if there is no such member; MMVIEW_EOPTIONS;
 *         MMVIEW_ESYSTEM, MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_npz_info(struct mmview_npz *npz, size_t index,
                               struct mmview_member_info *info, struct mmview_error *err);

/** Gives back the dtype, and makes *info as MMVIEW_MEMBER_INFO_INIT does. Since 0.1. */
MMVIEW_API void mmview_member_info_clear(struct mmview_member_info *info);

/** Flags of struct mmview_npz_member_options, with MMVIEW_OPEN_AT. Since 0.1. */
enum mmview_npz_flags {
    /** A deflated member is inflated, into memory: refused without. */
    MMVIEW_NPZ_INFLATE = 0x100,
    /** Of a deflated member only the header is inflated: the array has the shape, the
     *  strides and all the rest, and addresses, but no data is there. Touching it is a
     *  SIGSEGV. */
    MMVIEW_NPZ_NO_DATA = 0x200
};

/** How to open a member. Start it with MMVIEW_NPZ_MEMBER_OPTIONS_INIT; NULL stands for
 *  that. Since 0.1. */
struct mmview_npz_member_options {
    size_t size;               /**< sizeof(struct mmview_npz_member_options) */
    unsigned flags;            /**< MMVIEW_OPEN_AT, and MMVIEW_NPZ_INFLATE or
                                    MMVIEW_NPZ_NO_DATA */
    int mode;                  /**< MMVIEW_MODE_R or MMVIEW_MODE_C */
    void *address;             /**< as in struct mmview_open_options; not for what is
                                    inflated */
    mmview_progress *progress; /**< called while a member is inflated; may be NULL */
    void *context;             /**< handed to progress */
};

/** Initial value of a struct mmview_npz_member_options. */
#define MMVIEW_NPZ_MEMBER_OPTIONS_INIT                                    \
    {                                                                     \
        sizeof(struct mmview_npz_member_options), 0, 0, NULL, NULL, NULL, \
    }

/**
 * Opens a member as an array.
 *
 * A stored member is mapped where it lies in the archive: mmview_array_offset() and
 * mmview_array_data_offset() count from the archive's first byte, and
 * mmview_array_trailing_bytes() to the member's end. In mode r all members share one
 * map of the archive, which lasts as long as one of them. The CRC is not looked at:
 * that would read all of the data; mmview_npz_verify() does.
 *
 * A deflated member is refused with MMVIEW_ECOMPRESSED, or with MMVIEW_NPZ_INFLATE
 * inflated into memory of its own, and its CRC checked. Offsets then count from the
 * first byte of what was inflated.
 *
 * Nothing is larger than the archive says, and nothing reaches from one member into
 * another: MMVIEW_EARCHIVE for a member that would.
 *
 * @param out  the array, yours to mmview_array_unref(); the archive may go before it
 * @return MMVIEW_OK; MMVIEW_EINVAL; MMVIEW_EOPTIONS; MMVIEW_EREADONLY for a mode that
 *         writes to the file; MMVIEW_ECOMPRESSED; MMVIEW_EARCHIVE for a damaged
 *         member; MMVIEW_ECHECKSUM; MMVIEW_EUNSUPPORTED for encrypted ones and other
 *         methods; MMVIEW_ECANCELED; else as mmview_open(), with bytes counted from
 *         the member's first. Since 0.1.
 */
MMVIEW_API int mmview_npz_member(struct mmview_npz *npz, size_t index,
                                 const struct mmview_npz_member_options *options,
                                 struct mmview_array **out, struct mmview_error *err);

/**
 * Reads the first bytes of a member, unpacked: of one that is no array, or its header.
 * Neither its length nor its CRC is looked at.
 * @param length  bytes that @p buffer has room for
 * @param got     gets how many were read: fewer if the member has fewer
 * @return MMVIEW_OK; MMVIEW_EARCHIVE, MMVIEW_EUNSUPPORTED, MMVIEW_EINVAL,
 *         MMVIEW_ESYSTEM, MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_npz_read(struct mmview_npz *npz, size_t index, void *buffer, size_t length,
                               size_t *got, struct mmview_error *err);

/**
 * Reads all of a member and holds it against its size and its CRC in the archive.
 * @param progress  may be NULL
 * @return MMVIEW_OK; MMVIEW_ECHECKSUM if the CRC is another; MMVIEW_EARCHIVE if the
 *         member can not be unpacked; MMVIEW_EUNSUPPORTED, MMVIEW_EINVAL,
 *         MMVIEW_ECANCELED, MMVIEW_ESYSTEM, MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_npz_verify(struct mmview_npz *npz, size_t index, mmview_progress *progress,
                                 void *context, struct mmview_error *err);

MMVIEW_END_DECLS

#endif

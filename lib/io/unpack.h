/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_UNPACK_H
#define MMV_IO_UNPACK_H

#include "io/npz.h"
#include "io/zlib.h"

/* Reads the bytes of a member from the first to the last, unpacked. */
struct mmv_unpack {
    struct mmv_zlib zlib;
    int fd;
    int method;
    uint64_t at;    /* byte of the file that comes next */
    uint64_t left;  /* bytes in the file that are still to come */
    uint64_t plain; /* and unpacked */
    z_stream stream;
    bool inflating;
    bool ended;           /* the deflated data said so */
    unsigned char *input; /* of the file */
    size_t room;
};

/* How much is read at once, of members that are read whole. */
#define MMV_UNPACK_ROOM ((size_t)128 << 10)

/* Besides what is deflated, zlib is wanted for CRCs. */
#define MMV_UNPACK_CRC 1

/* The entry has passed mmv_npz_check(). start is what mmv_npz_start() found. */
int mmv_unpack_start(struct mmv_unpack *unpack, const struct mmview_npz *npz,
                     const struct mmv_zip_entry *entry, uint64_t start, size_t room, unsigned flags,
                     struct mmview_error *err);

/* The next bytes: as many as asked for, or all that are left. Those that the archive
 * promised and that are not there are MMVIEW_EARCHIVE. */
int mmv_unpack_read(struct mmv_unpack *unpack, void *buffer, size_t length, size_t *got,
                    struct mmview_error *err);

/* After the last byte: is there nothing behind it? */
int mmv_unpack_check_end(struct mmv_unpack *unpack, struct mmview_error *err);

void mmv_unpack_end(struct mmv_unpack *unpack);

/* Unpacks the first bytes of a member: `length`, or all if it has fewer. */
int mmv_npz_unpack_first(const struct mmview_npz *npz, const struct mmv_zip_entry *entry,
                         uint64_t start, void *buffer, size_t length, size_t *got,
                         struct mmview_error *err);

/* Unpacks all of a member into memory, or, if that is NULL, into nothing, and compares
 * it with its CRC. */
int mmv_npz_unpack(struct mmview_npz *npz, const struct mmv_zip_entry *entry, uint64_t start,
                   unsigned char *memory, mmview_progress *progress, void *context,
                   struct mmview_error *err);

#endif

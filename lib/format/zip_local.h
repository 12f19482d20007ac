/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_ZIP_LOCAL_H
#define MMV_FORMAT_ZIP_LOCAL_H

#include "format/zip.h"

/* A member's own header, in front of its bytes, and the descriptor that may follow them:
 * they say again what the directory says, and programs that read an archive from its
 * start believe them. So they have to agree with it. */

/* A member's own header, as far as it is of use once it was compared. */
struct mmv_zip_local {
    uint64_t length; /* of all of it: with the name and the extra field */
    size_t extra;    /* bytes of the extra field, which is its end */
    bool is64;       /* the extra field has sizes, and is to be compared, too */
    bool utf8;       /* the name in it is UTF-8 */
    bool later;      /* a descriptor follows the bytes, */
    bool told;       /* though the header says all that would be in it */
};

/* The longest descriptor. */
#define MMV_ZIP_DESCRIPTOR_ROOM 24

/* Reads the part that all headers have. */
int mmv_zip_read_local(const unsigned char header[MMV_ZIP_LOCAL_LENGTH],
                       const struct mmv_zip_entry *entry, struct mmv_zip_local *out,
                       struct mmview_error *err);

/* Compares the sizes of 64 bits in the extra field: if local->is64. */
int mmv_zip_read_local_extra(const unsigned char *header, const struct mmv_zip_entry *entry,
                             struct mmv_zip_local *local, struct mmview_error *err);

/* Compares the descriptor, if local->later: these bytes follow the member's, at byte `at`,
 * and belong to no other member. */
int mmv_zip_check_descriptor(const unsigned char *bytes, size_t length, uint64_t at,
                             const struct mmv_zip_entry *entry, const struct mmv_zip_local *local,
                             struct mmview_error *err);

/* The member's own header does not agree with its entry. */
int mmv_zip_disagrees(const struct mmv_zip_entry *entry, const char *what,
                      struct mmview_error *err);

#endif

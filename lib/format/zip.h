/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_ZIP_H
#define MMV_FORMAT_ZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* The records of a zip archive. An archive is read from its end: the record there tells
 * where the directory is, that has an entry for each member, and the entry tells where
 * the member's own header is, behind which its bytes are. All of it is the archive's
 * word: what is checked here is whether one word goes with the others.
 *
 * libminizip would be the library for this, but the one that Debian has (1.1) does not
 * read 64-bit sizes and places, and none tells where a member's header is, which it
 * takes to see that members do not overlap. */

/* The record at the end, without the comment behind it; the one in front of it, if sizes
 * are of 64 bits; and what that leads to. */
#define MMV_ZIP_END_LENGTH     22
#define MMV_ZIP_LOCATOR_LENGTH 20
#define MMV_ZIP_END64_LENGTH   56

/* The most bytes from the end of the file in which the end record starts. */
#define MMV_ZIP_END_ROOM (MMV_ZIP_END_LENGTH + 65535)

/* A member's own header, and its entry in the directory, without what varies. */
#define MMV_ZIP_LOCAL_LENGTH 30
#define MMV_ZIP_ENTRY_LENGTH 46

/* The longest entry. */
#define MMV_ZIP_ENTRY_ROOM (MMV_ZIP_ENTRY_LENGTH + 3 * 65535)

#define MMV_ZIP_STORED   0
#define MMV_ZIP_DEFLATED 8

/* Bits of the flags. */
#define MMV_ZIP_ENCRYPTED 0x0001
#define MMV_ZIP_LATER     0x0008 /* sizes and CRC follow the data; the own header says it */
#define MMV_ZIP_PATCHED   0x0020
#define MMV_ZIP_STRONG    0x0040
#define MMV_ZIP_UTF8      0x0800
#define MMV_ZIP_MASKED    0x2000

/* Where the directory is. Bytes are the file's. */
struct mmv_zip_end {
    uint64_t begin, end; /* of the directory */
    uint64_t entries;
    uint64_t prefix; /* bytes in front of the archive, which its places leave out */
    bool is64;
};

/* What the directory says of a member. */
struct mmv_zip_entry {
    uint64_t header; /* byte of the file where its own header is */
    uint64_t packed, plain;
    uint64_t limit; /* for io: byte of the file where its bytes have ended */
    uint64_t name;  /* for io: where its name in UTF-8 is among all names, */
    size_t utf8;    /* and how many bytes it has there */
    uint32_t crc;
    uint32_t disk;
    uint16_t method, flags;
    uint16_t name_length; /* in the archive */
};

/* The place of the end record in the last bytes of a file; SIZE_MAX for none. It is the
 * one whose comment reaches to the end of the file. If there is none such, and the bytes
 * are all that it could be in, it is the last: some writers leave something behind it.
 * *last is the place of what looks most like the last one to programs that do not look at
 * the comment. */
size_t mmv_zip_find_end(const unsigned char *tail, size_t length, bool whole, size_t *last);

/* Reads the end record, which is at byte `at`. */
int mmv_zip_read_end(const unsigned char record[MMV_ZIP_END_LENGTH], uint64_t at,
                     struct mmv_zip_end *out, struct mmview_error *err);

/* Are these bytes, in front of the end record, a locator? */
bool mmv_zip_is_locator(const unsigned char locator[MMV_ZIP_LOCATOR_LENGTH]);

/* Reads the locator at byte `at`: *place is where the end record for 64 bits is, it says. */
int mmv_zip_read_locator(const unsigned char locator[MMV_ZIP_LOCATOR_LENGTH], uint64_t at,
                         uint64_t *place, struct mmview_error *err);
bool mmv_zip_is_end64(const unsigned char record[MMV_ZIP_END64_LENGTH]);

/* Does the end record for 64 bits that is at byte `at` end where the locator starts? */
bool mmv_zip_end64_reaches(const unsigned char record[MMV_ZIP_END64_LENGTH], uint64_t at,
                           uint64_t locator);

/* Do the two end records say the same? What is not in the shorter one is all ones there. */
bool mmv_zip_ends_agree(const unsigned char record64[MMV_ZIP_END64_LENGTH],
                        const unsigned char record[MMV_ZIP_END_LENGTH]);
int mmv_zip_read_end64(const unsigned char record[MMV_ZIP_END64_LENGTH], uint64_t at,
                       struct mmv_zip_end *out, struct mmview_error *err);

/* Bytes of the entry that starts so; 0 if it is none. */
size_t mmv_zip_entry_length(const unsigned char entry[MMV_ZIP_ENTRY_LENGTH]);

/* Reads an entry, all of whose bytes are there. Its name follows the fixed part. */
int mmv_zip_read_entry(const unsigned char *bytes, uint64_t at, const struct mmv_zip_end *end,
                       struct mmv_zip_entry *out, struct mmview_error *err);

#endif

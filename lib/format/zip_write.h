/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_ZIP_WRITE_H
#define MMV_FORMAT_ZIP_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The records of an archive whose members are all stored, as they are written. */

/* A member. */
struct mmv_zip_member {
    uint64_t header; /* byte of the file where its own header is */
    uint64_t size;
    uint32_t crc;
    uint16_t name_length;
    const char *name; /* UTF-8 */
};

/* The greatest alignment that an extra field has room for. */
#define MMV_ZIP_MOST_ALIGN 32768

/* Bytes of the member's own header if what is `lead` bytes behind it is to lie at a
 * multiple of align, a power of two. */
size_t mmv_zip_local_size(const struct mmv_zip_member *member, uint64_t lead, unsigned align);

/* Writes it; size is from there. */
void mmv_zip_write_local(const struct mmv_zip_member *member, size_t size, unsigned align,
                         unsigned char *out);

/* The most bytes of a directory entry without its name. */
#define MMV_ZIP_ENTRY_MOST (46 + 28)

/* Writes the member's entry in the directory, and returns how many bytes it has. The
 * caller has room for the name as well. */
size_t mmv_zip_write_entry(const struct mmv_zip_member *member, unsigned char *out);

/* The most bytes of what ends an archive. */
#define MMV_ZIP_END_MOST (56 + 20 + 22)

/* Writes what comes behind a directory of `count` entries, which are the bytes from
 * `begin` to `end`. Returns how many bytes it has. */
size_t mmv_zip_write_end(uint64_t count, uint64_t begin, uint64_t end, unsigned char *out);

#endif

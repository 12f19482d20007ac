/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_BASE_BYTES_H
#define MMV_BASE_BYTES_H

#include <stdint.h>

/* Little-endian numbers of a file, at any alignment. */

static inline uint16_t mmv_le16(const unsigned char *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t mmv_le32(const unsigned char *p)
{
    return mmv_le16(p) | (uint32_t)mmv_le16(p + 2) << 16;
}

static inline uint64_t mmv_le64(const unsigned char *p)
{
    return mmv_le32(p) | (uint64_t)mmv_le32(p + 4) << 32;
}

/* They return the byte behind the number. */

static inline unsigned char *mmv_put_le16(unsigned char *p, uint64_t number)
{
    p[0] = (unsigned char)number;
    p[1] = (unsigned char)(number >> 8);
    return p + 2;
}

static inline unsigned char *mmv_put_le32(unsigned char *p, uint64_t number)
{
    return mmv_put_le16(mmv_put_le16(p, number), number >> 16);
}

static inline unsigned char *mmv_put_le64(unsigned char *p, uint64_t number)
{
    return mmv_put_le32(mmv_put_le32(p, number), number >> 32);
}

#endif

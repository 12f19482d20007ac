/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_FORMAT_CHARNAME_H
#define MMV_FORMAT_CHARNAME_H

#include <stddef.h>
#include <stdint.h>

/* Unicode's names of characters, for \N{...} in a header. Next to no file has
 * one and the table is large, so libunistring is loaded when one is met, not
 * linked: what every program would pay for at its start. */
struct mmv_charnames {
    void *library;                      /* NULL: not loaded yet */
    uint32_t (*find)(const char *name); /* unicode_name_character() */
};

enum mmv_charname_result {
    MMV_CHARNAME_OK,
    MMV_CHARNAME_UNKNOWN, /* no character is called so */
    MMV_CHARNAME_NOTABLE, /* built without libunistring, or it is not installed */
};

enum mmv_charname_result mmv_charname_find(struct mmv_charnames *names, const char *name,
                                           size_t length, uint32_t *code);

void mmv_charnames_close(struct mmv_charnames *names);

#endif

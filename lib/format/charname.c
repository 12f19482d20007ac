/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/charname.h"

#include <string.h>

#ifdef HAVE_LIBUNISTRING
#include <dlfcn.h>
#include <uniname.h>

/* Longer than any name that Unicode has or will have (88 so far). */
#define NAME_MAX_LENGTH 255

static int load(struct mmv_charnames *names)
{
    if (names->library)
        return 1;
    names->library = dlopen(LIBUNISTRING_SONAME, RTLD_NOW | RTLD_LOCAL);
    if (!names->library)
        return 0;
    /* POSIX's way of getting a function out of dlsym's object pointer. */
    *(void **)&names->find = dlsym(names->library, "unicode_name_character");
    if (names->find)
        return 1;
    mmv_charnames_close(names);
    return 0;
}

/* Only what a name may be made of gets as far as the library. */
static int well_formed(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = name[i];

        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
              c == ' ' || c == '-'))
            return 0;
    }
    return length > 0 && length <= NAME_MAX_LENGTH;
}

enum mmv_charname_result mmv_charname_find(struct mmv_charnames *names, const char *name,
                                           size_t length, uint32_t *code)
{
    char buffer[NAME_MAX_LENGTH + 1];
    uint32_t found;

    if (!well_formed(name, length))
        return MMV_CHARNAME_UNKNOWN;
    if (!load(names))
        return MMV_CHARNAME_NOTABLE;
    memcpy(buffer, name, length);
    buffer[length] = '\0';
    found = names->find(buffer);
    if (found == UNINAME_INVALID)
        return MMV_CHARNAME_UNKNOWN;
    *code = found;
    return MMV_CHARNAME_OK;
}

void mmv_charnames_close(struct mmv_charnames *names)
{
    if (names->library)
        dlclose(names->library);
    names->library = NULL;
    names->find = NULL;
}

#else

enum mmv_charname_result mmv_charname_find(struct mmv_charnames *names, const char *name,
                                           size_t length, uint32_t *code)
{
    (void)names;
    (void)name;
    (void)length;
    (void)code;
    return MMV_CHARNAME_NOTABLE;
}

void mmv_charnames_close(struct mmv_charnames *names)
{
    (void)names;
}

#endif

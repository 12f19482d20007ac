/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "base/options.h"

#include <string.h>

/* No option struct will be larger. A size past it is a struct that nobody
 * initialised, and no memory to look at. */
#define SIZE_LIMIT 4096

int mmv_options_read(void *known, size_t known_size, size_t least_size, const void *given,
                     struct mmview_error *err)
{
    const unsigned char *bytes = given;
    size_t size;

    if (!given)
        return MMVIEW_OK;
    memcpy(&size, given, sizeof size);
    if (size < least_size || size > SIZE_LIMIT)
        return mmv_fail(err, MMVIEW_EOPTIONS,
                        "an option struct of %zu bytes is unknown: its INIT macro sets the size",
                        size);
    /* A newer caller may run with this older library, as long as it asks for
     * nothing that is new. */
    for (size_t i = known_size; i < size; i++)
        if (bytes[i])
            return mmv_fail(err, MMVIEW_EOPTIONS,
                            "byte %zu of the option struct is an option of a newer libmmview", i);
    memcpy(known, given, size < known_size ? size : known_size);
    return MMVIEW_OK;
}

int mmv_options_check_flags(unsigned flags, unsigned known, struct mmview_error *err)
{
    if (flags & ~known)
        return mmv_fail(err, MMVIEW_EOPTIONS, "unknown flags %#x", flags & ~known);
    return MMVIEW_OK;
}

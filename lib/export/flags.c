/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Names of flags, as numpy.ctypeslib.ndpointer() takes them. */
#include <mmview/ctypeslib.h>

#include <stdbool.h>
#include <string.h>

#include "base/error.h"

static const struct {
    const char *name;
    int flags;
} names[] = {
    {"C_CONTIGUOUS", MMVIEW_C_CONTIGUOUS},
    {"CONTIGUOUS", MMVIEW_C_CONTIGUOUS},
    {"C", MMVIEW_C_CONTIGUOUS},
    {"F_CONTIGUOUS", MMVIEW_F_CONTIGUOUS},
    {"FORTRAN", MMVIEW_F_CONTIGUOUS},
    {"F", MMVIEW_F_CONTIGUOUS},
    {"ALIGNED", MMVIEW_ALIGNED},
    {"A", MMVIEW_ALIGNED},
    {"WRITEABLE", MMVIEW_WRITEABLE},
    {"W", MMVIEW_WRITEABLE},
    {"OWNDATA", MMVIEW_OWNDATA},
    {"O", MMVIEW_OWNDATA},
    {"WRITEBACKIFCOPY", MMVIEW_WRITEBACKIFCOPY},
    {"X", MMVIEW_WRITEBACKIFCOPY},
    /* Of ndarray.flags, which ndpointer() does not take. */
    {"BEHAVED", MMVIEW_BEHAVED},
    {"B", MMVIEW_BEHAVED},
    {"CARRAY", MMVIEW_CARRAY},
    {"CA", MMVIEW_CARRAY},
    {"FARRAY", MMVIEW_FARRAY},
    {"FA", MMVIEW_FARRAY},
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool equal(const char *name, const char *text, size_t length)
{
    size_t i = 0;

    while (i < length && name[i] && name[i] == upper(text[i]))
        i++;
    return i == length && !name[i];
}

/* The flags of one name; 0 for none. */
static int find(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (equal(names[i].name, text, length))
            return names[i].flags;
    return 0;
}

int mmview_flags_parse(const char *text, size_t length, int *out, struct mmview_error *err)
{
    int flags = 0;
    size_t at = 0;

    if (length == SIZE_MAX)
        length = strlen(text);
    for (;;) {
        const char *comma = memchr(text + at, ',', length - at);
        size_t end = comma ? (size_t)(comma - text) : length, stop = end;
        int found;

        while (at < stop && is_blank(text[at]))
            at++;
        while (stop > at && is_blank(text[stop - 1]))
            stop--;
        found = find(text + at, stop - at);
        if (!found)
            return mmv_fail_at(err, MMVIEW_EINVAL, at, "no flag is called '%.*s'",
                               (int)(stop - at < 60 ? stop - at : 60), text + at);
        flags |= found;
        if (!comma)
            break;
        at = end + 1;
    }
    *out = flags;
    return MMVIEW_OK;
}

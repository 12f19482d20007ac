/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Text that a user wrote: mmview_dtype_parse(). */
#include <string.h>

#include "base/utf8.h"
#include "format/dtype.h"

static bool looks_like_literal(const char *text, size_t length)
{
    return length && strchr("[({'\"", text[0]) && text[0];
}

static int from_literal(const char *text, size_t length, unsigned flags, struct mmview_dtype **out,
                        const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    struct mmv_literal literal;
    int rc = mmv_literal_parse(&literal, text, length, 0, origin, err);

    if (rc < 0)
        return rc;
    rc = mmv_dtype_from_literal(&literal, mmv_literal_root(&literal), flags, out, origin, err);
    mmv_literal_free(&literal);
    return rc;
}

int mmview_dtype_parse(const char *text, size_t length, unsigned flags, struct mmview_dtype **out,
                       struct mmview_error *err)
{
    static const struct mmv_literal_origin origin = {MMVIEW_EDTYPE, "the dtype", 0};
    size_t bad;
    int rc;

    if (!text || !out)
        return mmv_fail(err, MMVIEW_EINVAL, "a NULL argument");
    if (flags & ~(unsigned)MMVIEW_DTYPE_ALIGN)
        return mmv_fail(err, MMVIEW_EINVAL, "unknown flags for a dtype: 0x%x", flags);
    if (length == SIZE_MAX)
        length = strlen(text);
    if (mmv_utf8_count(text, length, &bad) == SIZE_MAX)
        return mmv_fail_at(err, MMVIEW_EDTYPE, bad, "the dtype is not valid UTF-8, at byte %zu",
                           bad);
    if (!looks_like_literal(text, length) || memchr(text, '\0', length))
        return mmv_dtype_from_string(text, length, flags, out, &origin, err);
    if (text[0] == '(') {
        /* "(2,3)f4" starts as a literal does, but is a string. */
        rc = mmv_dtype_from_string(text, length, flags, out, &origin, NULL);
        if (rc >= 0 || rc == MMVIEW_ENOMEM)
            return rc < 0 ? mmv_fail(err, rc, "out of memory") : rc;
    }
    return from_literal(text, length, flags, out, &origin, err);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.dtype(str): "<f8", "M8[ns]", "float64". */
#include "format/dtype_string.h"

#include <limits.h>
#include <string.h>

#include "format/number.h"

int mmv_dtype_not_understood(const char *text, size_t length,
                             const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    return mmv_fail_at(err, origin->status, origin->offset, "%s is not understood: '%.*s'",
                       origin->what, length < 64 ? (int)length : 64, text);
}

static int give(struct mmview_dtype *dtype, struct mmview_dtype **out, struct mmview_error *err)
{
    if (!dtype)
        return mmv_fail_nomem(err);
    *out = dtype;
    return MMVIEW_OK;
}

/* The length of the "M8" or "datetime64" that text starts with, else 0. */
static size_t datetime_stem(const char *text, size_t length)
{
    if (length >= 2 && (text[0] == 'M' || text[0] == 'm') && text[1] == '8')
        return 2;
    if (length >= 10 && memcmp(text, "datetime64", 10) == 0)
        return 10;
    if (length >= 11 && memcmp(text, "timedelta64", 11) == 0)
        return 11;
    return 0;
}

static int from_datetime(const char *text, size_t length, size_t stem, char order,
                         struct mmview_dtype **out, const struct mmv_literal_origin *origin,
                         struct mmview_error *err)
{
    char letter = text[0] == 'm' || text[0] == 't' ? 'm' : 'M';
    enum mmv_unit unit;
    int multiple;
    int rc = mmv_datetime_parse(text + stem, length - stem, &unit, &multiple, origin, err);

    if (rc < 0)
        return rc;
    return give(mmv_dtype_new_datetime(letter, order, unit, multiple), out, err);
}

/* A kind and a number, as "f8" and "S 5". MMVIEW_ENOTFOUND, without an error
 * told, if text is no such thing. */
static int from_kind(const char *text, size_t length, char order, struct mmview_dtype **out,
                     const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    char kind = text[0] == 'a' ? 'S' : text[0];
    int64_t size;
    bool known;
    char letter;
    size_t used = mmv_strtol(text + 1, length - 1, &size);

    if (!used || used != length - 1)
        return MMVIEW_ENOTFOUND;
    if (kind == 'S' || kind == 'U' || kind == 'V') {
        int unit = kind == 'U' ? 4 : 1;

        if (size < 0 || size > INT_MAX / unit)
            return mmv_dtype_not_understood(text, length, origin, err);
        return give(mmv_dtype_new_flexible(kind, order, (int)size * unit), out, err);
    }
    if (size <= 0 || size > INT_MAX)
        return MMVIEW_ENOTFOUND;
    if (kind == 'O')
        letter = size == 4 || size == 8 ? 'O' : 0;
    else
        letter = mmv_dtype_letter(kind, (int)size);
    if (!letter)
        return MMVIEW_ENOTFOUND;
    return give(mmv_dtype_new_letter(letter, order, &known), out, err);
}

/* One letter, or a character that is a type number. */
static int from_character(const char *text, char order, struct mmview_dtype **out,
                          const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    unsigned char c = (unsigned char)text[0];
    struct mmview_dtype *dtype;
    bool known;

    if (c < 24)
        dtype = mmv_dtype_new_num(c, order, &known);
    else
        dtype = mmv_dtype_new_letter(text[0], order, &known);
    return known ? give(dtype, out, err) : mmv_dtype_not_understood(text, 1, origin, err);
}

int mmv_dtype_from_plain(const char *text, size_t length, char order, bool ordered,
                         struct mmview_dtype **out, const struct mmv_literal_origin *origin,
                         struct mmview_error *err)
{
    size_t stem = datetime_stem(text, length);
    bool known;
    char letter;
    int rc;

    if (length == 0)
        return mmv_dtype_not_understood(text, length, origin, err);
    if (stem)
        return from_datetime(text, length, stem, order, out, origin, err);
    if (length == 1)
        return from_character(text, order, out, origin, err);
    rc = from_kind(text, length, order, out, origin, err);
    if (rc != MMVIEW_ENOTFOUND)
        return rc;
    letter = ordered ? 0 : mmv_dtype_alias(text, length);
    if (!letter)
        return mmv_dtype_not_understood(text, length, origin, err);
    return give(mmv_dtype_new_letter(letter, order, &known), out, err);
}

int mmv_dtype_from_string(const char *text, size_t length, unsigned flags,
                          struct mmview_dtype **out, const struct mmv_literal_origin *origin,
                          struct mmview_error *err)
{
    size_t skip = length && mmv_is_byteorder(text[0]) ? 1 : 0;
    char order = skip && (text[0] == '<' || text[0] == '>') ? text[0] : MMV_NATIVE;

    if (mmv_dtype_is_comma_string(text, length))
        return mmv_dtype_from_comma_string(text, length, flags, out, origin, err);
    return mmv_dtype_from_plain(text + skip, length - skip, order, skip != 0, out, origin, err);
}

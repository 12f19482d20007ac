/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/header_write.h"

#include <string.h>

#include <mmview/dtype.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "format/dtype.h"

/* The data starts at a multiple of it. */
#define ALIGN 64

/* Digits that the axis that grows has room for, those it has included. */
#define GROWTH_DIGITS 21

/* A header's text before it is wrapped: UTF-8, without the blanks at its end. */
struct text {
    char *data; /* mmv_free() */
    size_t length, characters;
    size_t number_end; /* the byte after the length of the growing axis */
    bool latin1;       /* all characters are below 256 */
};

static size_t print(const struct mmv_header_facts *facts, char *buffer, size_t size,
                    size_t *number_end)
{
    struct mmv_strbuf buf = mmv_strbuf_init(buffer, size);
    size_t descr, left;

    mmv_strbuf_str(&buf, "{'descr': ");
    left = buf.length < size ? size - buf.length : 0;
    descr = mmview_dtype_descr(facts->dtype, left ? buf.data + buf.length : NULL, left);
    buf.length += descr;
    mmv_strbuf_str(&buf, ", 'fortran_order': ");
    mmv_strbuf_str(&buf, facts->fortran_order ? "True" : "False");
    mmv_strbuf_str(&buf, ", 'shape': (");
    for (int i = 0; i < facts->ndim; i++) {
        mmv_strbuf_str(&buf, i ? ", " : "");
        mmv_strbuf_int(&buf, facts->shape[i]);
        if (i == mmv_header_growing_axis(facts))
            *number_end = buf.length;
    }
    mmv_strbuf_str(&buf, facts->ndim == 1 ? ",), }" : "), }");
    return mmv_strbuf_end(&buf);
}

/* A struct whose fields overlap or are out of order has no list of fields. */
static int check_fields(const struct mmview_dtype *dtype, struct mmview_error *err)
{
    int end = 0;

    if (dtype->base)
        return check_fields(dtype->base, err);
    for (size_t i = 0; i < dtype->nfields; i++) {
        const struct mmv_field *field = &dtype->fields[i];
        int status = check_fields(field->dtype, err);

        if (status < 0)
            return status;
        if (field->offset < end)
            return mmv_fail(err, MMVIEW_EUNSUPPORTED,
                            "a header has no form for the dtype: field '%s' overlaps the one "
                            "before it, or is out of order",
                            field->name.data);
        end = field->offset + field->dtype->itemsize;
    }
    return MMVIEW_OK;
}

static int compose(const struct mmv_header_facts *facts, struct text *text,
                   struct mmview_error *err)
{
    int status = check_fields(facts->dtype, err);

    if (status < 0)
        return status;
    text->number_end = 0;
    text->length = print(facts, NULL, 0, &text->number_end);
    text->data = mmv_alloc(text->length + 1);
    if (!text->data)
        return mmv_fail_nomem(err);
    print(facts, text->data, text->length + 1, &text->number_end);
    text->characters = 0;
    text->latin1 = true;
    for (size_t i = 0; i < text->length; text->characters++) {
        uint32_t code = 0;

        i += mmv_utf8_decode(text->data + i, text->length - i, &code);
        text->latin1 = text->latin1 && code < 256;
    }
    return MMVIEW_OK;
}

static size_t preamble_length(int version)
{
    return version == 0x100 ? 10 : 12;
}

static size_t encoded_length(const struct text *text, int version)
{
    return version == 0x300 ? text->length : text->characters;
}

/* Digits that the growing axis does not have yet. */
static size_t growth_room(const struct mmv_header_facts *facts)
{
    char digits[24];
    struct mmv_strbuf buf = mmv_strbuf_init(digits, sizeof digits);

    if (facts->ndim == 0)
        return 0;
    mmv_strbuf_int(&buf, facts->shape[mmv_header_growing_axis(facts)]);
    return GROWTH_DIGITS - mmv_strbuf_end(&buf);
}

/* Bytes of the whole header in a version, the newline and the padding included;
 * 0 if the version can not say it. */
static size_t whole_length(const struct text *text, size_t room, int version)
{
    size_t bare = preamble_length(version) + encoded_length(text, version) + room + 1;
    size_t length = bare + (ALIGN - bare % ALIGN);

    if (version != 0x300 && !text->latin1)
        return 0;
    if (length - preamble_length(version) > (version == 0x100 ? UINT16_MAX : UINT32_MAX))
        return 0;
    return length;
}

static void put_preamble(unsigned char *out, int version, size_t text_length)
{
    size_t bytes = preamble_length(version) - 8;

    memcpy(out, "\x93NUMPY", 6);
    out[6] = (unsigned char)(version >> 8);
    out[7] = (unsigned char)version;
    for (size_t i = 0; i < bytes; i++)
        out[8 + i] = (unsigned char)(text_length >> 8 * i);
}

/* Fills all of the header's bytes. */
static void wrap(const struct text *text, int version, size_t length, unsigned char *out)
{
    size_t at = preamble_length(version);

    put_preamble(out, version, length - at);
    if (version == 0x300) {
        memcpy(out + at, text->data, text->length);
        at += text->length;
    } else {
        for (size_t i = 0; i < text->length;) {
            uint32_t code = 0;

            i += mmv_utf8_decode(text->data + i, text->length - i, &code);
            out[at++] = (unsigned char)code;
        }
    }
    memset(out + at, ' ', length - 1 - at);
    out[length - 1] = '\n';
}

int mmv_header_write(const struct mmv_header_facts *facts, unsigned char **out, size_t *length,
                     struct mmview_error *err)
{
    static const int versions[] = {0x100, 0x200, 0x300};
    struct text text;
    int version = 0;
    size_t whole = 0;
    unsigned char *header;
    int status = compose(facts, &text, err);

    if (status < 0)
        return status;
    for (size_t i = 0; i < sizeof versions / sizeof *versions && whole == 0; i++) {
        version = versions[i];
        if (facts->version == 0 || facts->version == version)
            whole = whole_length(&text, growth_room(facts), version);
    }
    if (whole == 0) {
        mmv_free(text.data);
        if (facts->version == 0)
            return mmv_fail(err, MMVIEW_EVERSION, "the header is too long for any format version");
        return mmv_fail(err, MMVIEW_EVERSION,
                        "format version %d.%d can not say it: the header is too long, or has "
                        "other characters than Latin-1",
                        facts->version >> 8, facts->version & 0xff);
    }
    header = mmv_alloc(whole);
    if (header)
        wrap(&text, version, whole, header);
    mmv_free(text.data);
    if (!header)
        return mmv_fail_nomem(err);
    *out = header;
    *length = whole;
    return MMVIEW_OK;
}

int mmv_header_rewrite(const struct mmv_header_facts *facts, size_t length, unsigned char *out,
                       size_t *number_end, struct mmview_error *err)
{
    struct text text;
    size_t end;
    bool fits;
    int status = compose(facts, &text, err);

    if (status < 0)
        return status;
    end = preamble_length(facts->version) + encoded_length(&text, facts->version);
    fits = (facts->version == 0x300 || text.latin1) && end < length;
    if (fits) {
        wrap(&text, facts->version, length, out);
        *number_end = end - (text.length - text.number_end); /* what follows is ASCII */
    }
    mmv_free(text.data);
    return fits ? MMVIEW_OK
                : mmv_fail(err, MMVIEW_ENEEDSCOPY,
                           "the header has no room for the new shape where it is");
}

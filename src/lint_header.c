/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "lint_header.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "compose.h"
#include "report.h"

/* The text of the header, from the opening brace to the closing one, and what is behind. */
struct parts {
    const char *text;
    size_t length;
    size_t dict; /* bytes up to the closing brace, it included */
    uint64_t at; /* byte of the file where the text starts */
};

static void warn(struct findings *findings, const char *name, uint64_t offset, const char *why)
{
    findings_add(findings, FINDING_WARNING, name, offset, "%s", why);
}

/* The dict as NumPy writes it. */
static char *numpy_dict(const struct lint_header *header)
{
    char *descr = dtype_text(mmview_dtype_descr, header->dtype);
    struct composition composition;
    FILE *out = compose_begin(&composition);

    fprintf(out, "{'descr': %s, 'fortran_order': %s, 'shape': (", descr,
            header->order == MMVIEW_ORDER_F ? "True" : "False");
    for (int i = 0; i < header->ndim; i++)
        fprintf(out, i ? ", %" PRIdPTR : "%" PRIdPTR, header->shape[i]);
    fputs(header->ndim == 1 ? ",), }" : "), }", out);
    free(descr);
    return compose_end(&composition);
}

/* Where a key is, in either kind of quotes; NULL if it is spelled in yet another way. */
static const char *find_key(const struct parts *parts, const char *key, bool *doubled)
{
    char quoted[32];
    const char *found;
    int length = snprintf(quoted, sizeof quoted, "'%s'", key);

    found = memmem(parts->text, parts->dict, quoted, (size_t)length);
    if (found)
        return found;
    quoted[0] = quoted[length - 1] = '"';
    found = memmem(parts->text, parts->dict, quoted, (size_t)length);
    *doubled = *doubled || found;
    return found;
}

/* Whether an int of Python 2's long type is there: 3L. */
static const char *find_long(const char *text, const char *end)
{
    for (; text + 1 < end; text++)
        if (isdigit((unsigned char)text[0]) && text[1] == 'L')
            return text;
    return NULL;
}

/* In what way the dict is not as NumPy writes it. */
static void lint_dict(const struct parts *parts, struct findings *findings)
{
    bool doubled = false;
    const char *descr = find_key(parts, "descr", &doubled);
    const char *order = find_key(parts, "fortran_order", &doubled);
    const char *shape = find_key(parts, "shape", &doubled);
    const char *digit = shape ? find_long(shape, parts->text + parts->dict) : NULL;
    size_t before = findings->count, end = parts->dict - 1;

    if (doubled)
        warn(findings, "quotes", parts->at, "keys are in double quotes, which few readers expect");
    if (descr && order && shape && !(descr < order && order < shape))
        warn(findings, "key-order", parts->at,
             "the keys are not in the order descr, fortran_order, shape, which readers rely on");
    if (digit)
        warn(findings, "python2", parts->at + (uint64_t)(digit - parts->text) + 1,
             "a length is a long of Python 2, which ends in L");
    while (end > 0 && parts->text[end - 1] == ' ')
        end--;
    if (end == 0 || parts->text[end - 1] != ',')
        warn(findings, "no-comma", parts->at + end,
             "there is no comma before the closing brace, where readers look for one");
    if (findings->count == before)
        warn(findings, "spelling", parts->at,
             "the header says what it means in other words than NumPy");
}

/* What follows the dict: spaces, and a newline at the end. */
static void lint_padding(const struct parts *parts, struct findings *findings)
{
    size_t end = parts->length;

    if (end > 0 && parts->text[end - 1] == '\n')
        end--;
    else
        warn(findings, "no-newline", parts->at + end, "the header does not end with a newline");
    for (size_t i = parts->dict; i < end; i++)
        if (parts->text[i] != ' ') {
            warn(findings, "padding", parts->at + i,
                 "the header is padded with something else than spaces");
            break;
        }
}

/* NumPy leaves room for the dimension that rows are added to to grow to 21 digits. */
static void lint_room(const struct lint_header *header, const struct parts *parts,
                      struct findings *findings)
{
    mmview_intp length;
    size_t have = parts->length - parts->dict, want;
    char digits[24];

    if (header->ndim == 0)
        return;
    length = header->shape[header->order == MMVIEW_ORDER_F ? header->ndim - 1 : 0];
    want = 21 - (size_t)snprintf(digits, sizeof digits, "%" PRIdPTR, length);
    if (have < want + 1)
        findings_add(findings, FINDING_WARNING, "no-room", parts->at + parts->dict,
                     "the header has %zu bytes of padding: an array that grows needs %zu", have,
                     want + 1);
}

/* Where the text has its parts. False: it has no dict, which is the first of them. */
static bool find_parts(const struct lint_header *header, struct parts *parts)
{
    size_t at = header->length - header->text_length;

    *parts = (struct parts){header->bytes + at, header->text_length, header->text_length, at};
    while (parts->dict > 0 && parts->text[parts->dict - 1] != '}')
        parts->dict--;
    return parts->dict > 0;
}

static bool lint_text(const struct lint_header *header, struct findings *findings)
{
    struct parts parts;
    char *dict;

    if (!find_parts(header, &parts))
        return false;
    dict = numpy_dict(header);
    if (parts.dict != strlen(dict) || memcmp(parts.text, dict, parts.dict) != 0)
        lint_dict(&parts, findings);
    lint_padding(&parts, findings);
    lint_room(header, &parts, findings);
    free(dict);
    return true;
}

/* What readers with a buffer of 256 bytes take. */
#define SHORT_HEADER 246

bool lint_header(const struct lint_header *header, struct findings *findings)
{
    if (header->version != 0x100)
        findings_add(findings, FINDING_WARNING, "version", 6,
                     "the format version is %d.%d, and many readers know only 1.0",
                     header->version >> 8, header->version & 0xff);
    if (header->text_length > SHORT_HEADER)
        findings_add(findings, FINDING_WARNING, "long-header", 8,
                     "the header has %zu bytes, and some readers take 256 in all",
                     header->text_length);
    if (!lint_text(header, findings))
        return false;
    if (header->length % 64 != 0)
        findings_add(findings, FINDING_WARNING, "alignment", header->length,
                     "the data starts at byte %zu, which is no multiple of 64", header->length);
    if (!mmview_dtype_isnative(header->dtype))
        warn(findings, "byte-order", MMVIEW_NO_OFFSET,
             "values are in the other byte order, which some readers do not look at");
    return true;
}

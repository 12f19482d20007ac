/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/header.h"

#include <limits.h>
#include <string.h>

#include "base/bytes.h"
#include "base/checked.h"
#include "base/utf8.h"
#include "format/dtype.h"
#include "format/literal.h"

#define MAGIC        "\x93NUMPY"
#define MAGIC_LENGTH 6

/* What other files start with that are named .npy by mistake. */
static const struct {
    const char *magic;
    const char *is;
} lookalikes[] = {
    {"PK\x03\x04", "a zip archive, as .npz files are"},
    {"PK\x05\x06", "an empty zip archive, as .npz files are"},
    {"\x1f\x8b", "compressed by gzip"},
    {"\x80\x02", "a Python pickle"},
    {"\x80\x03", "a Python pickle"},
    {"\x80\x04", "a Python pickle"},
    {"\x80\x05", "a Python pickle"},
    {"\x89HDF\r\n", "an HDF5 file"},
    {"CDF\x01", "a NetCDF file"},
};

static int wrong_magic(const unsigned char *bytes, struct mmview_error *err)
{
    for (size_t i = 0; i < sizeof lookalikes / sizeof *lookalikes; i++)
        if (memcmp(bytes, lookalikes[i].magic, strlen(lookalikes[i].magic)) == 0)
            return mmv_fail_at(err, MMVIEW_EMAGIC, 0, "not an .npy file, but %s", lookalikes[i].is);
    return mmv_fail_at(err, MMVIEW_EMAGIC, 0,
                       "not an .npy file: it starts with %02x %02x %02x %02x %02x %02x, not "
                       "with \\x93NUMPY",
                       bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
}

int mmv_preamble_read(const unsigned char *bytes, size_t length, struct mmv_preamble *out,
                      struct mmview_error *err)
{
    struct mmv_preamble preamble;

    /* Magic and version. */
    if (length == 0)
        return mmv_fail_at(err, MMVIEW_EMAGIC, 0, "the file is empty");
    if (length < MAGIC_LENGTH + 2)
        return mmv_fail_at(err, MMVIEW_EMAGIC, length, "not an .npy file: it ends after %zu byte%s",
                           length, length == 1 ? "" : "s");
    if (memcmp(bytes, MAGIC, MAGIC_LENGTH) != 0)
        return wrong_magic(bytes, err);
    preamble.version = bytes[6] << 8 | bytes[7];
    if (preamble.version != 0x100 && preamble.version != 0x200 && preamble.version != 0x300)
        return mmv_fail_at(err, MMVIEW_EVERSION, MAGIC_LENGTH,
                           "format version %d.%d is not supported: 1.0, 2.0 and 3.0 are", bytes[6],
                           bytes[7]);

    /* Length of the text: two bytes in version 1.0, four since. */
    preamble.length = preamble.version == 0x100 ? 10 : 12;
    if (length < preamble.length)
        return mmv_fail_at(err, MMVIEW_EHEADER, length,
                           "the header is cut short: the file ends after %zu bytes", length);
    preamble.text_length = preamble.version == 0x100 ? mmv_le16(bytes + 8) : mmv_le32(bytes + 8);
    *out = preamble;
    return MMVIEW_OK;
}

static int too_long(const struct mmv_preamble *preamble, uint64_t max_header,
                    struct mmview_error *err)
{
    return mmv_fail_at(err, MMVIEW_EHEADERSIZE, MAGIC_LENGTH + 2,
                       "the header of %u bytes is longer than the limit of %llu characters, "
                       "which can be raised for files that are trusted",
                       (unsigned)preamble->text_length, (unsigned long long)max_header);
}

int mmv_preamble_check(const struct mmv_preamble *preamble, uint64_t max_header,
                       struct mmview_error *err)
{
    /* A character of UTF-8 has up to four bytes, one of Latin-1 has one. */
    uint64_t characters = preamble->text_length;

    if (preamble->version == 0x300)
        characters = (characters + 3) / 4;
    return characters > max_header ? too_long(preamble, max_header, err) : MMVIEW_OK;
}

/* Decodes as far as to know that the text is one, and not too long. */
static int check_text(const struct mmv_preamble *preamble, const char *text, uint64_t max_header,
                      struct mmview_error *err)
{
    uint64_t characters = preamble->text_length;
    const char *nul;

    if (preamble->version == 0x300) {
        size_t bad;
        size_t count = mmv_utf8_count(text, preamble->text_length, &bad);

        if (count == SIZE_MAX)
            return mmv_fail_at(err, MMVIEW_EHEADER, preamble->length + bad,
                               "the header is not valid UTF-8, at byte %zu",
                               preamble->length + bad);
        characters = count;
    }
    if (characters > max_header)
        return too_long(preamble, max_header, err);
    nul = memchr(text, '\0', preamble->text_length);
    if (nul)
        return mmv_fail_at(err, MMVIEW_EHEADER, preamble->length + (uint64_t)(nul - text),
                           "the header holds a NUL, at byte %zu",
                           preamble->length + (size_t)(nul - text));
    return MMVIEW_OK;
}

/* The values of the three keys. */
struct entries {
    const struct mmv_literal_node *descr, *fortran_order, *shape;
};

static int read_entries(const struct mmv_literal *literal, const struct mmv_literal_origin *origin,
                        struct entries *entries, struct mmview_error *err)
{
    const struct mmv_literal_node *root = mmv_literal_root(literal);
    const struct mmv_literal_node *key, *value;

    *entries = (struct entries){NULL, NULL, NULL};
    if (root->type != MMV_DICT)
        return mmv_fail_at(err, MMVIEW_EHEADER, origin->offset, "the header is not a dict, but %s",
                           mmv_literal_type_name(root));
    for (key = mmv_literal_first(literal, root); key; key = mmv_literal_next(literal, value)) {
        value = mmv_literal_next(literal, key);
        if (mmv_literal_is_str(key, "descr"))
            entries->descr = value;
        else if (mmv_literal_is_str(key, "fortran_order"))
            entries->fortran_order = value;
        else if (mmv_literal_is_str(key, "shape"))
            entries->shape = value;
        else
            return mmv_fail_at(err, MMVIEW_EHEADER, origin->offset + key->begin,
                               "the header has a key that is not one of 'descr', "
                               "'fortran_order' and 'shape', at byte %llu",
                               (unsigned long long)(origin->offset + key->begin));
    }
    if (!entries->descr || !entries->fortran_order || !entries->shape)
        return mmv_fail_at(err, MMVIEW_EHEADER, origin->offset, "the header has no key '%s'",
                           !entries->descr           ? "descr"
                           : !entries->fortran_order ? "fortran_order"
                                                     : "shape");
    return MMVIEW_OK;
}

/* One length of the shape. */
static int read_dim(const struct mmv_literal_node *node, const struct mmv_literal_origin *origin,
                    mmview_intp *out, struct mmview_error *err)
{
    uint64_t offset = origin->offset + node->begin;

    if (node->type != MMV_INT)
        return mmv_fail_at(err, MMVIEW_ESHAPE, offset, "the shape holds %s, not only ints",
                           mmv_literal_type_name(node));
    if (node->negative)
        return mmv_fail_at(err, MMVIEW_ESHAPE, offset, "the shape has a negative dimension");
    if (node->huge || node->u.magnitude > INTPTR_MAX)
        return mmv_fail_at(err, MMVIEW_ESHAPE, offset,
                           "the shape has a dimension that is too "
                           "large");
    *out = (mmview_intp)node->u.magnitude;
    return MMVIEW_OK;
}

static int read_shape(const struct mmv_literal *literal, const struct mmv_literal_node *node,
                      const struct mmv_literal_origin *origin, struct mmv_header *out,
                      struct mmview_error *err)
{
    if (node->type != MMV_TUPLE)
        return mmv_fail_at(err, MMVIEW_ESHAPE, origin->offset + node->begin,
                           "the shape is not a tuple, but %s", mmv_literal_type_name(node));
    if (node->count > MMVIEW_MAXDIMS)
        return mmv_fail_at(err, MMVIEW_ESHAPE, origin->offset + node->begin,
                           "the shape has %u dimensions; %d is the most", (unsigned)node->count,
                           MMVIEW_MAXDIMS);
    out->ndim = 0;
    for (const struct mmv_literal_node *item = mmv_literal_first(literal, node); item;
         item = mmv_literal_next(literal, item)) {
        int rc = read_dim(item, origin, &out->shape[out->ndim++], err);

        if (rc < 0)
            return rc;
    }
    return MMVIEW_OK;
}

static int read_order(const struct mmv_literal_node *node, const struct mmv_literal_origin *origin,
                      struct mmv_header *out, struct mmview_error *err)
{
    if (node->type != MMV_TRUE && node->type != MMV_FALSE)
        return mmv_fail_at(err, MMVIEW_EHEADER, origin->offset + node->begin,
                           "fortran_order is not True or False, but %s",
                           mmv_literal_type_name(node));
    out->order = node->type == MMV_TRUE ? MMVIEW_ORDER_F : MMVIEW_ORDER_C;
    return MMVIEW_OK;
}

/* A sub-array at the top is no item of its own: its dimensions are more
 * dimensions of the array. */
static int join_subarray(struct mmv_header *header, const struct mmv_literal_origin *origin,
                         struct mmview_error *err)
{
    while (header->dtype->base) {
        struct mmview_dtype *dtype = header->dtype;

        if (dtype->ndim > MMVIEW_MAXDIMS - header->ndim)
            return mmv_fail_at(err, MMVIEW_ESHAPE, origin->offset,
                               "the shape and the sub-array have more than %d dimensions",
                               MMVIEW_MAXDIMS);
        for (int i = 0; i < dtype->ndim; i++)
            header->shape[header->ndim++] = dtype->shape[i];
        header->dtype = mmview_dtype_ref(dtype->base);
        mmview_dtype_unref(dtype);
    }
    return MMVIEW_OK;
}

static int read_literal(const struct mmv_literal *literal, const struct mmv_literal_origin *origin,
                        struct mmv_header *out, struct mmview_error *err)
{
    struct mmv_literal_origin descr = {MMVIEW_EDESCR, "the descr", origin->offset};
    struct entries entries;
    struct mmv_header header;
    int rc = read_entries(literal, origin, &entries, err);

    if (rc < 0 || (rc = read_shape(literal, entries.shape, origin, &header, err)) < 0 ||
        (rc = read_order(entries.fortran_order, origin, &header, err)) < 0)
        return rc;
    rc = mmv_dtype_from_literal(literal, entries.descr, 0, &header.dtype, &descr, err);
    if (rc < 0)
        return rc;
    if (header.dtype->has_object)
        rc = mmv_fail_at(err, MMVIEW_EOBJECT, origin->offset + entries.descr->begin,
                         "the array can't be memory-mapped: Python objects in its dtype");
    else
        rc = join_subarray(&header, origin, err);
    if (rc < 0) {
        mmview_dtype_unref(header.dtype);
        return rc;
    }
    *out = header;
    return MMVIEW_OK;
}

int mmv_header_read(const struct mmv_preamble *preamble, const char *text, uint64_t max_header,
                    struct mmv_header *out, struct mmview_error *err)
{
    struct mmv_literal_origin origin = {MMVIEW_EHEADER, "the header", preamble->length};
    unsigned flags = preamble->version == 0x300 ? 0 : MMV_LITERAL_LATIN1 | MMV_LITERAL_PYTHON2;
    struct mmv_literal literal;
    int rc = check_text(preamble, text, max_header, err);

    if (rc < 0)
        return rc;
    rc = mmv_literal_parse(&literal, text, preamble->text_length, flags, &origin, err);
    if (rc < 0)
        return rc;
    rc = read_literal(&literal, &origin, out, err);
    mmv_literal_free(&literal);
    return rc;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/npz_header.h"

#include <string.h>

#include "base/alloc.h"
#include "io/unpack.h"

/* What is unpacked at once: nearly every header is smaller. */
#define HEAD_SIZE ((size_t)1024)

/* A text that is not all in the head. Its length has passed the limit. */
static int read_long_text(struct mmv_unpack *unpack, const struct mmv_preamble *preamble,
                          const unsigned char *head, uint64_t max_header, struct mmv_npy *npy,
                          struct mmview_error *err)
{
    size_t have = HEAD_SIZE - preamble->length, got;
    char *text = mmv_alloc(preamble->text_length);
    int status;

    if (!text)
        return mmv_fail_nomem(err);
    memcpy(text, head + preamble->length, have);
    status = mmv_unpack_read(unpack, text + have, preamble->text_length - have, &got, err);
    if (status == MMVIEW_OK)
        status = mmv_npy_read(preamble, text, max_header, npy, err);
    mmv_free(text);
    return status;
}

static int read_header(struct mmv_unpack *unpack, uint64_t plain, uint64_t max_header,
                       struct mmv_npy *npy, struct mmview_error *err)
{
    unsigned char head[HEAD_SIZE];
    struct mmv_preamble preamble;
    size_t got;
    int status = mmv_unpack_read(unpack, head, sizeof head, &got, err);

    if (status == MMVIEW_OK)
        status = mmv_preamble_read(head, got, &preamble, err);
    if (status == MMVIEW_OK)
        status = mmv_npy_check_text(&preamble, plain, err);
    if (status == MMVIEW_OK)
        status = mmv_preamble_check(&preamble, max_header, err);
    if (status != MMVIEW_OK)
        return status;
    if (got - preamble.length < preamble.text_length)
        return read_long_text(unpack, &preamble, head, max_header, npy, err);
    return mmv_npy_read(&preamble, (const char *)head + preamble.length, max_header, npy, err);
}

int mmv_npz_header_read(struct mmview_npz *npz, const struct mmv_zip_entry *entry, uint64_t start,
                        struct mmv_npz_header *header, struct mmview_error *err)
{
    struct mmv_unpack unpack;
    int status = mmv_unpack_start(&unpack, npz, entry, start, HEAD_SIZE, 0, err);

    if (status < 0)
        return status;
    status = read_header(&unpack, entry->plain, npz->max_header, &header->npy, err);
    mmv_unpack_end(&unpack);
    header->start = start;
    return status;
}

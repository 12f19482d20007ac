/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The header of a .npy file, as io/ reads it: first the preamble, then so much
 * of the text as the preamble and the cap allow. */
#include "look.h"

#include "format/header.h"

/* The text in memory of its own, so that a read past its end is noticed. */
static char *copy_of(const uint8_t *text, size_t length)
{
    char *copy = malloc(length ? length : 1);

    EXPECT(copy);
    memcpy(copy, text, length);
    return copy;
}

static void read_text(const struct mmv_preamble *preamble, const uint8_t *text, uint64_t max_header)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_header header = {0};
    char *copy;
    int rc = mmv_preamble_check(preamble, max_header, &err);

    if (rc < 0) {
        expect_error(rc, &err);
        return;
    }
    copy = copy_of(text, preamble->text_length);
    rc = mmv_header_read(preamble, copy, max_header, &header, &err);
    free(copy);
    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(err.offset == MMVIEW_NO_OFFSET ||
               err.offset <= preamble->length + (uint64_t)preamble->text_length);
        return;
    }
    EXPECT(header.ndim >= 0 && header.ndim <= MMVIEW_MAXDIMS);
    for (int i = 0; i < header.ndim; i++)
        EXPECT(header.shape[i] >= 0);
    EXPECT(header.order == MMVIEW_ORDER_C || header.order == MMVIEW_ORDER_F);
    EXPECT(!mmview_dtype_base(header.dtype) && !mmview_dtype_hasobject(header.dtype));
    look_at_dtype(header.dtype, 0);
    look_at_round_trip(header.dtype);
    mmview_dtype_unref(header.dtype);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint64_t caps[] = {MMVIEW_MAX_HEADER, 150, UINT64_MAX};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_preamble preamble;
    int rc =
        mmv_preamble_read(data, size < MMV_PREAMBLE_MAX ? size : MMV_PREAMBLE_MAX, &preamble, &err);

    if (rc < 0) {
        expect_error(rc, &err);
        return 0;
    }
    EXPECT(preamble.length <= size);
    if (preamble.text_length > size - preamble.length)
        return 0;
    for (size_t i = 0; i < sizeof caps / sizeof *caps; i++)
        read_text(&preamble, data + preamble.length, caps[i]);
    return 0;
}

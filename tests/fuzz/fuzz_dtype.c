/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_dtype_parse(). The first byte is its flags, the rest its text. */
#include "look.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype = NULL;
    unsigned flags;
    int rc;

    if (size == 0)
        return 0;
    flags = data[0] & MMVIEW_DTYPE_ALIGN;
    rc = mmview_dtype_parse((const char *)data + 1, size - 1, flags, &dtype, &err);
    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(!dtype);
        return 0;
    }
    EXPECT(dtype && err.status == MMVIEW_OK);
    look_at_dtype(dtype, 0);
    if (!flags)
        look_at_round_trip(dtype);
    mmview_dtype_unref(dtype);
    return 0;
}

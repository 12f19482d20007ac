/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_FUZZ_EXPECT_H
#define TESTS_FUZZ_EXPECT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mmview.h>

/* What a fuzz target is: libFuzzer calls it, or replay.c does. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As assert(), but there in every build. */
#define EXPECT(condition)                                                           \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                \
        }                                                                           \
    } while (0)

/* A call that failed told why, in one line, and blames no defect of ours. */
static inline void expect_error(int rc, const struct mmview_error *err)
{
    size_t length = strlen(err->message);

    EXPECT(rc < 0 && err->status == rc);
    EXPECT(strcmp(mmview_status_name(rc), "MMVIEW_UNKNOWN") != 0);
    EXPECT(mmview_status_class(rc) != MMVIEW_CLASS_INTERNAL);
    EXPECT(length > 0 && length < sizeof err->message);
    for (size_t i = 0; i < length; i++)
        EXPECT((unsigned char)err->message[i] >= ' ' && err->message[i] != 0x7f);
}

#endif

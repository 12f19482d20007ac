/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_item_text(). The first byte is the length of the dtype's text, which follows;
 * the rest is the item. */
#include "look.h"

/* Larger items are as these, and take long. */
#define MOST_BYTES 65536
#define MOST_ITEMS 10000

static void look_at_text(const struct mmview_dtype *dtype, const uint8_t *item, int style)
{
    size_t length = mmview_item_text(dtype, item, style, NULL, 0), half;
    char *text;

    if (length == MMVIEW_NO_TEXT) {
        EXPECT(mmview_dtype_hasobject(dtype));
        return;
    }
    text = malloc(length + 1);
    EXPECT(text);
    EXPECT(mmview_item_text(dtype, item, style, text, length + 1) == length);
    EXPECT(strlen(text) == length || mmview_dtype_kind(dtype) == 'U');
    EXPECT(text[length] == '\0');
    half = length / 2;
    if (half > 0) {
        char *part = malloc(half);

        EXPECT(part && mmview_item_text(dtype, item, style, part, half) == length);
        EXPECT(memcmp(part, text, half - 1) == 0 && part[half - 1] == '\0');
        free(part);
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mmview_dtype *dtype = NULL;
    size_t itemsize, start;

    if (size == 0 || size - 1 < data[0])
        return 0;
    start = 1 + (size_t)data[0];
    if (mmview_dtype_parse((const char *)data + 1, data[0], 0, &dtype, NULL) < 0)
        return 0;
    itemsize = (size_t)mmview_dtype_itemsize(dtype);
    if (itemsize <= MOST_BYTES && count_items(dtype) <= MOST_ITEMS) {
        /* Nothing behind it, and zeros where the input ends too early. */
        uint8_t *item = calloc(1, itemsize > 0 ? itemsize : 1);

        EXPECT(item);
        memcpy(item, data + start, size - start < itemsize ? size - start : itemsize);
        look_at_text(dtype, item, MMVIEW_ITEM_STR);
        look_at_text(dtype, item, MMVIEW_ITEM_REPR);
        free(item);
    }
    mmview_dtype_unref(dtype);
    return 0;
}

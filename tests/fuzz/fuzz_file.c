/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* A whole .npy file in memory, through the public API only. */
#include "look.h"
#include "look_export.h"

static void count_release(void *context)
{
    ++*(int *)context;
}

/* The bytes from the first element to the end of the last, or more than there
 * are if that can not be counted. */
static uint64_t extent(const struct mmview_array *array)
{
    uint64_t last = (uint64_t)mmview_array_itemsize(array);

    for (int i = 0; i < mmview_array_ndim(array); i++) {
        uint64_t length = (uint64_t)mmview_array_shape(array)[i];
        uint64_t stride = (uint64_t)mmview_array_strides(array)[i];

        if (length == 0)
            return 0;
        if (__builtin_mul_overflow(length - 1, stride, &stride) ||
            __builtin_add_overflow(last, stride, &last))
            return UINT64_MAX;
    }
    return last;
}

static void look_at_array(struct mmview_array *array, const uint8_t *file, size_t size)
{
    uint64_t offset = mmview_array_data_offset(array);
    uint8_t *data = mmview_array_data(array);
    struct mmview_ctypes view = MMVIEW_CTYPES_INIT;
    uint64_t nbytes = (uint64_t)mmview_array_nbytes(array);

    EXPECT(mmview_array_format(array) == MMVIEW_FORMAT_NPY && !mmview_array_filename(array));
    EXPECT(mmview_array_file_size(array) == size && offset <= size);
    EXPECT(mmview_array_offset(array) == offset && data == file + offset);
    EXPECT(mmview_array_header_length(array) < offset);
    EXPECT(nbytes <= size - offset && extent(array) == nbytes);
    EXPECT(mmview_array_trailing_bytes(array) == size - offset - nbytes);
    EXPECT(mmview_array_itemsize(array) == mmview_dtype_itemsize(mmview_array_dtype(array)));
    EXPECT(mmview_array_size(array) >= 0 && mmview_array_shape(array) &&
           mmview_array_strides(array));
    EXPECT((mmview_array_flags(array) & (MMVIEW_OWNDATA | MMVIEW_WRITEBACKIFCOPY)) == 0);
    EXPECT((mmview_array_flags(array) & (MMVIEW_C_CONTIGUOUS | MMVIEW_F_CONTIGUOUS)) != 0);
    /* An item is within the file, so an address sanitizer has nothing to say. */
    if (nbytes > 0) {
        volatile uint8_t ends = data[0];

        ends = data[nbytes - 1];
        (void)ends;
    }
    mmview_ctypes_init(&view, array);
    EXPECT(view.data == data && view.ndim == mmview_array_ndim(array) && view.owner == array);
    mmview_ctypes_clear(&view);
    EXPECT(!view.owner);
    look_at_dtype(mmview_array_dtype(array), 0);
    look_at_round_trip(mmview_array_dtype(array));
    look_at_exports(array);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    uint8_t *copy = malloc(size ? size : 1);
    int released = 0, rc;

    EXPECT(copy);
    memcpy(copy, data, size);
    options.mode = size % 2 ? MMVIEW_MODE_RPLUS : MMVIEW_MODE_R;
    options.release = count_release;
    options.context = &released;
    rc = mmview_from_memory(copy, size, &options, &array, &err);
    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(!array && released == 0);
    } else {
        EXPECT(!(mmview_array_flags(array) & MMVIEW_WRITEABLE) == (options.mode == MMVIEW_MODE_R));
        look_at_array(array, copy, size);
        mmview_array_unref(array);
        EXPECT(released == 1);
    }
    EXPECT(memcmp(copy, data, size) == 0);
    free(copy);
    return 0;
}

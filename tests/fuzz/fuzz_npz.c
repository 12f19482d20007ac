/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* An archive, through the public API: its names, what each member is, and its array,
 * mapped or inflated. */
#include "look.h"

#include <sys/mman.h>
#include <unistd.h>

/* More is slow and shows nothing new. */
#define MOST_PLAIN ((uint64_t)1 << 20)

static void look_at_name(const struct mmview_npz *npz, size_t index)
{
    size_t length = 0, found = SIZE_MAX;
    const char *name = mmview_npz_name(npz, index, &length);

    EXPECT(name && strlen(name) == length);
    EXPECT(mmview_npz_find(npz, name, length, &found, NULL) == MMVIEW_OK && found >= index);
}

/* Every byte of an array is there. */
static void touch(const struct mmview_array *array)
{
    const unsigned char *data = mmview_array_data(array);
    mmview_intp nbytes = mmview_array_nbytes(array);
    unsigned sum = 0;

    for (mmview_intp i = 0; i < nbytes; i++)
        sum += data[i];
    EXPECT(sum <= 255u * (size_t)nbytes);
}

static void look_at_stored(const struct mmview_array *array, const struct mmview_member_info *info,
                           const uint8_t *file, size_t size)
{
    uint64_t offset = mmview_array_offset(array);
    uint64_t nbytes = (uint64_t)mmview_array_nbytes(array);

    EXPECT(info->mappable && offset == info->offset + info->data_offset);
    EXPECT(offset <= size && nbytes <= size - offset);
    EXPECT(nbytes == 0 || memcmp(mmview_array_data(array), file + offset, (size_t)nbytes) == 0);
    EXPECT(offset + nbytes + mmview_array_trailing_bytes(array) == info->offset + info->plain_size);
    EXPECT(mmview_array_file_size(array) == size);
}

static void look_at_member(struct mmview_npz *npz, size_t index, const uint8_t *file, size_t size)
{
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int rc;

    EXPECT(mmview_npz_info(npz, index, &info, &err) == MMVIEW_OK && err.status == MMVIEW_OK);
    EXPECT(!info.mappable == (info.reason.status != MMVIEW_OK));
    if (!info.mappable)
        expect_error(info.reason.status, &info.reason);
    if (info.dtype)
        look_at_dtype(info.dtype, 0);
    rc = mmview_npz_member(npz, index, NULL, &array, &err);
    EXPECT(rc == info.reason.status && !array == (rc < 0));
    if (array) {
        look_at_stored(array, &info, file, size);
        touch(array);
        mmview_array_unref(array);
    } else if (rc == MMVIEW_ECOMPRESSED && info.plain_size <= MOST_PLAIN) {
        mmview_error_clear(&err);
        options.flags = MMVIEW_NPZ_INFLATE;
        options.mode = size % 2 ? MMVIEW_MODE_C : MMVIEW_MODE_R;
        rc = mmview_npz_member(npz, index, &options, &array, &err);
        EXPECT(rc == MMVIEW_OK || rc == MMVIEW_EARCHIVE || rc == MMVIEW_ECHECKSUM);
        EXPECT(rc == mmview_npz_verify(npz, index, NULL, NULL, NULL));
        if (array)
            touch(array);
        mmview_array_unref(array);
    } else if (info.plain_size <= MOST_PLAIN) {
        mmview_error_clear(&err);
        rc = mmview_npz_verify(npz, index, NULL, NULL, &err);
        if (rc < 0)
            expect_error(rc, &err);
    }
    mmview_member_info_clear(&info);
}

/* The bytes as a file. */
static int file_of(const uint8_t *data, size_t size)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);

    EXPECT(fd >= 0);
    for (size_t done = 0; done < size;) {
        ssize_t n = write(fd, data + done, size - done);

        EXPECT(n > 0);
        done += (size_t)n;
    }
    return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_npz *npz = NULL;
    int fd = file_of(data, size);
    int rc = mmview_npz_open_fd(fd, NULL, &npz, &err);

    close(fd);
    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(!npz && rc == MMVIEW_EARCHIVE);
        return 0;
    }
    for (size_t i = 0; i < mmview_npz_count(npz); i++) {
        look_at_name(npz, i);
        look_at_member(npz, i, data, size);
    }
    mmview_npz_unref(npz);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_npz_open() and its family, on archives that are as they should be. */
#include <mmview.h>

#include "archive.h"

static struct archive a;

/* Stored members of the values, called by the names. */
static void write_archive(const char *const *names, size_t count)
{
    archive_begin(&a, 0);
    for (size_t i = 0; i < count; i++)
        archive_add(&a, &(struct part){.name = names[i], .data = npy_values(), .size = NPY_SIZE});
    archive_end(&a, NULL, "a.npz");
}

static void write_one(void)
{
    static const char *const names[] = {"x.npy"};

    write_archive(names, 1);
}

/* The values, deflated, and of what CRC. */
static void write_deflated(uint32_t crc)
{
    static unsigned char packed[NPY_SIZE + 5];
    size_t size = deflate_plainly(npy_values(), NPY_SIZE, packed);

    archive_begin(&a, 0);
    archive_add(&a, &(struct part){.name = "x.npy",
                                   .data = packed,
                                   .size = size,
                                   .method = MMVIEW_NPZ_DEFLATED,
                                   .plain = NPY_SIZE,
                                   .crc = crc ? crc : crc_of(npy_values(), NPY_SIZE)});
    archive_end(&a, NULL, "a.npz");
}

START_TEST(names)
{
    static const char *const given[] = {"a.npy", "b", "a", "b.npy", "a.npy", "s/u/b.npy", ""};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_npz *npz;
    size_t index = 77, length;

    write_archive(given, 7);
    npz = npz_ok("a.npz");
    ck_assert_uint_eq(mmview_npz_count(npz), 7);
    for (size_t i = 0; i < 7; i++) {
        ck_assert_str_eq(mmview_npz_name(npz, i, &length), given[i]);
        ck_assert_uint_eq(length, strlen(given[i]));
        ck_assert_str_eq(mmview_npz_name(npz, i, NULL), given[i]);
    }
    ck_assert_ptr_null(mmview_npz_name(npz, 7, NULL));
    ck_assert_ptr_null(mmview_npz_name(npz, SIZE_MAX, NULL));

    /* The whole name first, the last of two. */
    ck_assert_int_eq(mmview_npz_find(npz, "a.npy", SIZE_MAX, &index, &err), MMVIEW_OK);
    ck_assert_uint_eq(index, 4);
    ck_assert_int_eq(mmview_npz_find(npz, "a", SIZE_MAX, &index, &err), MMVIEW_OK);
    ck_assert_uint_eq(index, 2);
    ck_assert_int_eq(mmview_npz_find(npz, "bbb", 1, &index, &err), MMVIEW_OK);
    ck_assert_uint_eq(index, 1);
    ck_assert_int_eq(mmview_npz_find(npz, "s/u/b", SIZE_MAX, &index, &err), MMVIEW_OK);
    ck_assert_uint_eq(index, 5);
    ck_assert_int_eq(mmview_npz_find(npz, "", SIZE_MAX, &index, &err), MMVIEW_OK);
    ck_assert_uint_eq(index, 6);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    index = 77;
    ck_assert_int_eq(mmview_npz_find(npz, "s", SIZE_MAX, &index, &err), MMVIEW_ENOTFOUND);
    ck_assert_str_eq(err.message, "the archive has no member 's'");
    ck_assert_int_eq(mmview_npz_find(npz, "a\0", 2, &index, NULL), MMVIEW_ENOTFOUND);
    ck_assert_int_eq(mmview_npz_find(npz, NULL, 0, &index, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_find(npz, "a", 1, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_uint_eq(index, 77);
    mmview_npz_unref(npz);
}
END_TEST

/* Names are in UTF-8 where the archive says so, else in the characters of MS-DOS. */
START_TEST(names_in_other_characters)
{
    struct mmview_npz *npz;
    size_t index, length;

    archive_begin(&a, 0);
    archive_add(&a, &(struct part){.name = "n\xc3\xa4me.npy", .data = "", .flags = 0x800});
    archive_add(&a, &(struct part){.name = "n\x84me\xfe\x80.npy", .data = ""});
    archive_end(&a, NULL, "a.npz");
    npz = npz_ok("a.npz");
    ck_assert_str_eq(mmview_npz_name(npz, 0, &length), "n\xc3\xa4me.npy");
    ck_assert_uint_eq(length, 9);
    ck_assert_str_eq(mmview_npz_name(npz, 1, &length), "n\xc3\xa4me\xe2\x96\xa0\xc3\x87.npy");
    ck_assert_uint_eq(length, 14);
    ck_assert_int_eq(mmview_npz_find(npz, "n\xc3\xa4me", SIZE_MAX, &index, NULL), MMVIEW_OK);
    ck_assert_uint_eq(index, 0);
    mmview_npz_unref(npz);
}
END_TEST

START_TEST(stored_member)
{
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_npz *npz;
    struct mmview_array *x;
    char permissions[5];
    int descriptors;

    write_one();
    descriptors = open_descriptors();
    npz = npz_ok("a.npz");
    ck_assert_int_eq(open_descriptors(), descriptors + 1);
    ck_assert_int_eq(mmview_npz_info(npz, 0, &info, NULL), MMVIEW_OK);
    ck_assert_int_eq(info.method, MMVIEW_NPZ_STORED);
    ck_assert_uint_eq(info.crc, crc_of(npy_values(), NPY_SIZE));
    ck_assert_uint_eq(info.packed_size, NPY_SIZE);
    ck_assert_uint_eq(info.plain_size, NPY_SIZE);
    ck_assert_uint_eq(info.offset, 35);
    ck_assert_int_eq(info.reason.status, MMVIEW_OK);
    ck_assert_int_eq(info.mappable, 1);
    ck_assert_int_eq(info.aligned, 0);
    ck_assert_int_eq(mmview_dtype_char(info.dtype), 'd');
    ck_assert_int_eq(info.version, 0x100);
    ck_assert_int_eq(info.order, MMVIEW_ORDER_C);
    ck_assert_int_eq(info.has_data, 1);
    ck_assert_int_eq(info.ndim, 2);
    ck_assert_int_eq(info.shape[0], 2);
    ck_assert_int_eq(info.shape[1], 3);
    ck_assert_int_eq(info.nbytes, 48);
    ck_assert_uint_eq(info.header_length, 118);
    ck_assert_uint_eq(info.data_offset, 128);
    mmview_member_info_clear(&info);
    ck_assert_ptr_null(info.dtype);
    ck_assert_uint_eq(info.size, sizeof info);
    mmview_member_info_clear(&info);             /* again is fine */
    ck_assert_int_eq(maps_of("a.npz", NULL), 0); /* nothing was mapped to find out */

    x = member_ok(npz, 0, NULL);
    ck_assert_int_eq(maps_of("a.npz", permissions), 1);
    ck_assert_str_eq(permissions, "r--s");
    mmview_npz_unref(npz);
    ck_assert_int_eq(open_descriptors(), descriptors);
    ck_assert_int_eq(memcmp(mmview_array_data(x), values, sizeof values), 0);
    ck_assert_int_eq(mmview_array_flags(x), 1);
    ck_assert_uint_eq(mmview_array_offset(x), 163);
    ck_assert_uint_eq(mmview_array_data_offset(x), 163);
    ck_assert_uint_eq(mmview_array_file_size(x), file_size("a.npz"));
    ck_assert_uint_eq(mmview_array_trailing_bytes(x), 0);
    ck_assert_uint_eq(mmview_array_header_length(x), 118);
    ck_assert_int_eq(mmview_array_mode(x), MMVIEW_MODE_R);
    ck_assert_int_eq(mmview_array_format(x), MMVIEW_FORMAT_NPY);
    ck_assert_str_eq(mmview_array_filename(x), "a.npz");
    ck_assert_int_eq(mmview_array_advise(x, MMVIEW_ADVICE_WILLNEED, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_array_flush(x, MMVIEW_FLUSH_SYNC, NULL), MMVIEW_OK);
    mmview_array_unref(x);
    ck_assert_int_eq(maps_of("a.npz", NULL), 0);
}
END_TEST

/* All members share one map, which stays as long as one of them; a view of the last
 * item of one is all that holds it. */
START_TEST(one_map)
{
    static const char *const given[] = {"a.npy", "b.npy", "c.npy"};
    struct mmview_array *members[3], *view;
    struct mmview_npz *npz;

    write_archive(given, 3);
    npz = npz_ok("a.npz");
    for (size_t i = 0; i < 3; i++)
        members[i] = member_ok(npz, i, NULL);
    ck_assert_int_eq(maps_of("a.npz", NULL), 1);
    ck_assert_int_eq(mmview_view_select(members[2], "-1, -1", SIZE_MAX, &view, NULL), MMVIEW_OK);
    mmview_npz_unref(mmview_npz_ref(npz));
    mmview_npz_unref(npz);
    for (size_t i = 0; i < 3; i++)
        mmview_array_unref(members[i]);
    ck_assert_int_eq(maps_of("a.npz", NULL), 1);
    ck_assert(memcmp(mmview_array_data(view), &values[5], sizeof *values) == 0);
    mmview_array_unref(view);
    ck_assert_int_eq(maps_of("a.npz", NULL), 0);
}
END_TEST

START_TEST(copy_on_write)
{
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    unsigned char before[1000], after[1000];
    struct mmview_npz *npz;
    struct mmview_array *x, *y;
    size_t size;

    write_one();
    size = read_file("a.npz", before, sizeof before);
    npz = npz_ok("a.npz");
    options.mode = MMVIEW_MODE_C;
    x = member_ok(npz, 0, &options);
    y = member_ok(npz, 0, NULL);
    mmview_npz_unref(npz);
    ck_assert_int_eq(mmview_array_flags(x), 1 | MMVIEW_WRITEABLE);
    ck_assert_int_eq(mmview_array_mode(x), MMVIEW_MODE_C);
    ck_assert_uint_eq(mmview_array_offset(x), 163);
    ck_assert_uint_eq(mmview_array_trailing_bytes(x), 0);
    memset(mmview_array_data(x), 'x', sizeof values);
    ck_assert_int_eq(memcmp(mmview_array_data(y), values, sizeof values), 0);
    ck_assert_uint_eq(read_file("a.npz", after, sizeof after), size);
    ck_assert_int_eq(memcmp(before, after, size), 0);
    mmview_array_unref(x);
    mmview_array_unref(y);
}
END_TEST

START_TEST(at_an_address)
{
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *x, *again;
    struct mmview_npz *npz;
    char *place;

    /* An address that was free a moment ago. */
    write_one();
    npz = npz_ok("a.npz");
    x = member_ok(npz, 0, NULL);
    place = (char *)mmview_array_data(x) - 163 % page;
    mmview_array_unref(x);
    mmview_npz_unref(npz);

    npz = npz_ok("a.npz");
    options.flags = MMVIEW_OPEN_AT;
    options.address = place;
    x = member_ok(npz, 0, &options);
    ck_assert_ptr_eq(mmview_array_data(x), place + 163 % page);
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &again, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EEXIST);
    mmview_array_unref(x);
    mmview_npz_unref(npz);
}
END_TEST

static int count_calls(void *context, uint64_t done, uint64_t total)
{
    int *calls = context;

    ck_assert_uint_eq(total, NPY_SIZE);
    ck_assert_uint_le(done, total);
    return ++*calls < 0; /* that is, as long as it is not told to */
}

START_TEST(deflated_member)
{
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_array *x, *untouched = (struct mmview_array *)(uintptr_t)0x5a5a;
    struct mmview_npz *npz;
    int calls = 0;

    write_deflated(0);
    npz = npz_ok("a.npz");
    ck_assert_int_eq(mmview_npz_info(npz, 0, &info, NULL), MMVIEW_OK);
    ck_assert_int_eq(info.method, MMVIEW_NPZ_DEFLATED);
    ck_assert_uint_eq(info.packed_size, NPY_SIZE + 5);
    ck_assert_uint_eq(info.plain_size, NPY_SIZE);
    ck_assert_int_eq(info.shape[1], 3);
    ck_assert_int_eq(info.has_data, 1);
    mmview_member_info_clear(&info);
    member_fails(npz, 0, MMVIEW_ECOMPRESSED);

    options.flags = MMVIEW_NPZ_INFLATE;
    options.progress = count_calls;
    options.context = &calls;
    x = member_ok(npz, 0, &options);
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(mmview_array_flags(x), 257);
    ck_assert_uint_eq(mmview_array_offset(x), 128);
    ck_assert_uint_eq(mmview_array_file_size(x), NPY_SIZE);
    ck_assert_uint_eq(mmview_array_trailing_bytes(x), 0);
    ck_assert_str_eq(mmview_array_filename(x), "a.npz");
    ck_assert_int_eq(mmview_array_mode(x), MMVIEW_MODE_R);
    /* What was inflated is nowhere else, whatever the advice. */
    ck_assert_int_eq(mmview_array_advise(x, MMVIEW_ADVICE_DONTNEED, NULL), MMVIEW_OK);
    ck_assert_int_eq(memcmp(mmview_array_data(x), values, sizeof values), 0);
    mmview_array_unref(x);

    options.mode = MMVIEW_MODE_C;
    x = member_ok(npz, 0, &options);
    ck_assert_int_eq(mmview_array_flags(x), 257 | MMVIEW_WRITEABLE);
    memset(mmview_array_data(x), 'x', sizeof values);
    mmview_array_unref(x);

    options.flags = MMVIEW_NPZ_NO_DATA;
    calls = 0;
    x = member_ok(npz, 0, &options);
    ck_assert_int_eq(calls, 0);
    ck_assert_int_eq(mmview_array_shape(x)[1], 3);
    ck_assert_uint_eq(mmview_array_offset(x), 128);
    mmview_array_unref(x);
    options.flags = MMVIEW_NPZ_NO_DATA | MMVIEW_NPZ_INFLATE;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_EINVAL);

    options.flags = MMVIEW_NPZ_INFLATE;
    calls = -10;
    x = untouched;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_ECANCELED);
    options.flags |= MMVIEW_OPEN_AT;
    options.address = (void *)(uintptr_t)0x60000000; /* that one which is mapped could have */
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_ECOMPRESSED);
    ck_assert_ptr_eq(x, untouched);
    mmview_npz_unref(npz);
}
END_TEST

/* Read-only memory is read-only: the program that writes to it dies. */
START_TEST(inflated_is_read_only)
{
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;

    write_deflated(0);
    options.flags = MMVIEW_NPZ_INFLATE;
    signal(SIGSEGV, SIG_DFL); /* and no sanitizer's handler */
    *(volatile char *)mmview_array_data(member_ok(npz_ok("a.npz"), 0, &options)) = 1;
}
END_TEST

START_TEST(no_data_is_none)
{
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;

    write_deflated(0);
    options.flags = MMVIEW_NPZ_NO_DATA;
    signal(SIGSEGV, SIG_DFL);
    ck_assert_int_eq(*(volatile char *)mmview_array_data(member_ok(npz_ok("a.npz"), 0, &options)),
                     0);
}
END_TEST

START_TEST(verify)
{
    static const char *const given[] = {"x.npy", "y.npy"};
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *x;
    struct mmview_npz *npz;
    int calls = 0;

    write_archive(given, 2);
    a.bytes[35 + 128]++; /* of x, behind the directory's back */
    write_file("a.npz", a.bytes, a.length);
    npz = npz_ok("a.npz");
    ck_assert_int_eq(mmview_npz_verify(npz, 0, NULL, NULL, &err), MMVIEW_ECHECKSUM);
    ck_assert_ptr_nonnull(strstr(err.message, "CRC"));
    ck_assert_int_eq(mmview_npz_verify(npz, 1, count_calls, &calls, NULL), MMVIEW_OK);
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(mmview_npz_verify(npz, 2, NULL, NULL, NULL), MMVIEW_EINVAL);
    calls = -10;
    ck_assert_int_eq(mmview_npz_verify(npz, 1, count_calls, &calls, NULL), MMVIEW_ECANCELED);
    mmview_array_unref(member_ok(npz, 0, NULL)); /* mapped all the same */
    mmview_npz_unref(npz);

    write_deflated(1);
    npz = npz_ok("a.npz");
    ck_assert_int_eq(mmview_npz_verify(npz, 0, NULL, NULL, NULL), MMVIEW_ECHECKSUM);
    options.flags = MMVIEW_NPZ_INFLATE;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_ECHECKSUM);
    mmview_npz_unref(npz);
}
END_TEST

START_TEST(reads)
{
    struct mmview_npz *npz;
    unsigned char bytes[NPY_SIZE + 10];
    size_t got;

    for (int deflated = 0; deflated < 2; deflated++) {
        if (deflated)
            write_deflated(1); /* the CRC does not count here */
        else
            write_one();
        npz = npz_ok("a.npz");
        for (size_t length = 0; length <= sizeof bytes; length += 31) {
            size_t there = length < NPY_SIZE ? length : NPY_SIZE;

            memset(bytes, 'x', sizeof bytes);
            ck_assert_int_eq(mmview_npz_read(npz, 0, bytes, length, &got, NULL), MMVIEW_OK);
            ck_assert_uint_eq(got, there);
            ck_assert_int_eq(memcmp(bytes, npy_values(), there), 0);
            ck_assert(there == sizeof bytes || bytes[there] == 'x');
        }
        got = 77;
        ck_assert_int_eq(mmview_npz_read(npz, 1, bytes, 1, &got, NULL), MMVIEW_EINVAL);
        ck_assert_int_eq(mmview_npz_read(npz, 0, NULL, 1, &got, NULL), MMVIEW_EINVAL);
        ck_assert_int_eq(mmview_npz_read(npz, 0, bytes, 1, NULL, NULL), MMVIEW_EINVAL);
        ck_assert_uint_eq(got, 77);
        mmview_npz_unref(npz);
    }
}
END_TEST

/* Ways to write the same archive. */
START_TEST(other_writers)
{
    static const size_t prefixes[] = {0, 1, 100, 70000};
    static const size_t comments[] = {0, 1, 5000, 65535};

    for (int bits = 0; bits < 8; bits++)
        for (size_t i = 0; i < 4; i++) {
            struct ending end = {.zip64 = bits & 1,
                                 .comment = comments[i],
                                 .repeated = bits & 4 ? "PK\5\5xxxxxxxxxxxxxxxxxxxxxx" : NULL};
            struct part part = {.name = "x.npy",
                                .data = npy_values(),
                                .size = NPY_SIZE,
                                .zip64 = bits & 2,
                                .descriptor = bits & 4,
                                .bare = i & 1,
                                .wide = i & 2,
                                .extra = 8};
            struct mmview_array *x;
            struct mmview_npz *npz;

            archive_begin(&a, prefixes[i]);
            archive_add(&a, &part);
            archive_end(&a, &end, "a.npz");
            npz = npz_ok("a.npz");
            x = member_ok(npz, 0, NULL);
            ck_assert_int_eq(memcmp(mmview_array_data(x), values, sizeof values), 0);
            ck_assert_int_eq(mmview_npz_verify(npz, 0, NULL, NULL, NULL), MMVIEW_OK);
            mmview_array_unref(x);
            mmview_npz_unref(npz);
        }
}
END_TEST

START_TEST(no_members)
{
    struct ending end = {.comment = 7};
    struct mmview_npz *npz;
    size_t index;

    for (int i = 0; i < 3; i++) {
        archive_begin(&a, i == 2 ? 10 : 0);
        archive_end(&a, i == 1 ? &end : NULL, "a.npz");
        npz = npz_ok("a.npz");
        ck_assert_uint_eq(mmview_npz_count(npz), 0);
        ck_assert_int_eq(mmview_npz_find(npz, "x", 1, &index, NULL), MMVIEW_ENOTFOUND);
        mmview_npz_unref(npz);
    }
}
END_TEST

START_TEST(descriptors)
{
    struct mmview_npz *npz;
    struct mmview_array *x;
    int fd;

    write_one();
    fd = open("a.npz", O_RDONLY);
    ck_assert_int_eq(lseek(fd, 50, SEEK_SET), 50);
    ck_assert_int_eq(mmview_npz_open_fd(fd, NULL, &npz, NULL), MMVIEW_OK);
    ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 50);
    close(fd);
    x = member_ok(npz, 0, NULL);
    ck_assert_ptr_null(mmview_array_filename(x));
    ck_assert_int_eq(memcmp(mmview_array_data(x), values, sizeof values), 0);
    mmview_array_unref(x);
    mmview_npz_unref(npz);
    ck_assert_int_eq(mmview_npz_open_fd(-1, NULL, &npz, NULL), MMVIEW_ESYSTEM);
    ck_assert_int_eq(mmview_npz_open("none.npz", NULL, &npz, NULL), MMVIEW_ESYSTEM);
    ck_assert_int_eq(mmview_npz_open(".", NULL, &npz, NULL), MMVIEW_ENOTREG);
    mmview_npz_unref(NULL);
}
END_TEST

START_TEST(arguments)
{
    struct mmview_npz_options how = MMVIEW_NPZ_OPTIONS_INIT;
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_array *x;
    struct mmview_npz *npz;

    write_one();
    ck_assert_int_eq(mmview_npz_open(NULL, NULL, &npz, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_open("a.npz", NULL, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_open_fd(0, NULL, NULL, NULL), MMVIEW_EINVAL);
    how.size = 3;
    ck_assert_int_eq(mmview_npz_open("a.npz", &how, &npz, NULL), MMVIEW_EOPTIONS);
    ck_assert_int_eq(mmview_npz_open_fd(0, &how, &npz, NULL), MMVIEW_EOPTIONS);
    how.size = sizeof how;
    how.max_header = 117;
    ck_assert_int_eq(mmview_npz_open("a.npz", &how, &npz, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_npz_member(npz, 0, NULL, &x, NULL), MMVIEW_EHEADERSIZE);
    ck_assert_int_eq(mmview_npz_member(npz, 1, NULL, &x, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_member(npz, 0, NULL, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_info(npz, 1, &info, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_npz_info(npz, 0, NULL, NULL), MMVIEW_EINVAL);
    info.size = 8;
    ck_assert_int_eq(mmview_npz_info(npz, 0, &info, NULL), MMVIEW_EOPTIONS);
    options.size--;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_EOPTIONS);
    options.size++;
    options.flags = MMVIEW_OPEN_GROW;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_EOPTIONS);
    options.flags = 0;
    options.mode = MMVIEW_MODE_RPLUS;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_EREADONLY);
    options.mode = MMVIEW_MODE_WPLUS;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_EREADONLY);
    options.mode = 9;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_EINVAL);
    options.mode = MMVIEW_MODE_R;
    options.address = &a;
    ck_assert_int_eq(mmview_npz_member(npz, 0, &options, &x, NULL), MMVIEW_EINVAL);
    mmview_npz_unref(npz);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("npz");

    tcase_add_test(tcase, names);
    tcase_add_test(tcase, names_in_other_characters);
    tcase_add_test(tcase, stored_member);
    tcase_add_test(tcase, one_map);
    tcase_add_test(tcase, copy_on_write);
    tcase_add_test(tcase, at_an_address);
    tcase_add_test(tcase, deflated_member);
    tcase_add_test_raise_signal(tcase, inflated_is_read_only, SIGSEGV);
    tcase_add_test_raise_signal(tcase, no_data_is_none, SIGSEGV);
    tcase_add_test(tcase, verify);
    tcase_add_test(tcase, reads);
    tcase_add_test(tcase, other_writers);
    tcase_add_test(tcase, no_members);
    tcase_add_test(tcase, descriptors);
    tcase_add_test(tcase, arguments);
    return run_suite("npz", tcase);
}

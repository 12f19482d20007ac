/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Archives that lie, and those that are more than we read. */
#include <mmview.h>

#include "archive.h"

static struct archive a;

/* An archive of one member that is refused; then mmview_npz_verify() refuses, too. */
static struct mmview_error refuses(const struct part *part, int expected)
{
    struct mmview_error err;
    struct mmview_npz *npz;

    archive_begin(&a, 0);
    archive_add(&a, part);
    archive_end(&a, NULL, "a.npz");
    npz = npz_ok("a.npz");
    err = member_fails(npz, 0, expected);
    if (expected == MMVIEW_EARCHIVE || expected == MMVIEW_EUNSUPPORTED)
        ck_assert_int_eq(mmview_npz_verify(npz, 0, NULL, NULL, NULL), expected);
    mmview_npz_unref(npz);
    return err;
}

/* Files that are no archive, or not all of one. */
START_TEST(no_archives)
{
    struct mmview_error err;
    struct part part = values_part();

    write_file("a.npz", "", 0);
    err = npz_fails("a.npz", MMVIEW_EARCHIVE);
    says(&err, "no archive");
    write_values("v.npy");
    npz_fails("v.npy", MMVIEW_EARCHIVE);
    archive_begin(&a, 0);
    archive_add(&a, &part);
    archive_end(&a, NULL, "a.npz");
    for (size_t length = 1; length < a.length; length++) {
        write_file("cut.npz", a.bytes, length);
        npz_fails("cut.npz", MMVIEW_EARCHIVE);
    }
    /* And without its start, where then the directory is in front of the file. */
    for (size_t from = 1; from < a.length; from += 7) {
        struct mmview_npz *npz = NULL;
        int status;

        write_file("cut.npz", a.bytes + from, a.length - from);
        status = mmview_npz_open("cut.npz", NULL, &npz, NULL);
        ck_assert(status == MMVIEW_EARCHIVE || status == MMVIEW_OK);
        if (status == MMVIEW_OK && mmview_npz_count(npz) > 0)
            member_fails(npz, 0, MMVIEW_EARCHIVE);
        mmview_npz_unref(npz);
    }
}
END_TEST

static const struct {
    struct ending end;
    const char *reason;
} endings[] = {
    {{.disk = 1}, "split"},
    {{.more_entries = 1}, "says that it has 3 members, but its directory has 2"},
    {{.more_entries = -1}, "says that it has 1 members"},
    {{.more_entries = 65533}, "says that it has 65535 members"},
    {{.shift = 1u << 31}, "not in front of it"},
    {{.directory_by = 5000}, "not in front of it"},
    {{.directory_by = 1}, "not in front of it"},
    {{.directory_by = UINT32_MAX}, "damaged at byte"},
    {{.zip64 = true, .disk = 1}, "split"},
    {{.zip64 = true, .more_entries = 1}, "says that it has 3 members"},
    {{.zip64 = true, .more_entries = 65536}, "says that it has 65538 members"},
    {{.zip64 = true, .shift = UINT64_MAX / 2}, "not in front of it"},
};

START_TEST(forged_ends)
{
    struct part part = values_part();
    struct mmview_error err;

    archive_begin(&a, 0);
    archive_add(&a, &part);
    archive_add(&a, &part);
    archive_end(&a, &endings[_i].end, "a.npz");
    err = npz_fails("a.npz", MMVIEW_EARCHIVE);
    says(&err, endings[_i].reason);
}
END_TEST

START_TEST(forged_names)
{
    static const struct {
        const char *name;
        size_t length;
        uint16_t flags;
        const char *reason;
    } cases[] = {
        {"x\0y.npy", 7, 0, "holds a NUL"},
        {"\0", 1, 0x800, "holds a NUL"},
        {"\xff.npy", 5, 0x800, "should be UTF-8 and is not"},
        {"\xc3", 1, 0x800, "should be UTF-8 and is not"},
        {"\xed\xa0\x80", 3, 0x800, "should be UTF-8 and is not"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mmview_error err;

        archive_begin(&a, 0);
        archive_add(&a, &(struct part){.name = cases[i].name,
                                       .name_length = cases[i].length,
                                       .flags = cases[i].flags,
                                       .data = ""});
        archive_end(&a, NULL, "a.npz");
        err = npz_fails("a.npz", MMVIEW_EARCHIVE);
        says(&err, cases[i].reason);
    }
}
END_TEST

/* The length of the extra field in the member's own header decides where its bytes
 * start, and nothing else tells it. */
START_TEST(forged_extra)
{
    struct part part = values_part();
    struct mmview_error err;

    part.extra_claim = 0xffff;
    err = refuses(&part, MMVIEW_EARCHIVE);
    says(&err, "the file has");
    part.extra_claim = 1;
    err = refuses(&part, MMVIEW_EARCHIVE);
    says(&err, "overlap");
    part.extra = 8;
    part.extra_claim = 7; /* one byte early is one byte of extra: no array starts so */
    refuses(&part, MMVIEW_EMAGIC);
}
END_TEST

START_TEST(forged_sizes)
{
    static const uint64_t sizes[] = {NPY_SIZE + 1,     100000,         UINT32_MAX - 1,
                                     UINT64_MAX / 2,   UINT64_MAX,     UINT64_MAX - 34,
                                     UINT64_MAX - 100, INT64_MAX - 35, NPY_SIZE + 1};
    struct part part = values_part();

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        part.zip64 = true;
        part.packed = part.plain = sizes[i];
        refuses(&part, MMVIEW_EARCHIVE);
    }
    /* Shorter than it is: the array is cut short, whatever comes behind it. */
    part.packed = part.plain = NPY_SIZE - 1;
    refuses(&part, MMVIEW_ETRUNCATED);
    part.packed = part.plain = 100;
    refuses(&part, MMVIEW_EHEADER);
    /* What is stored has but one size. */
    part.packed = NPY_SIZE;
    part.plain = NPY_SIZE + 1;
    refuses(&part, MMVIEW_EARCHIVE);
}
END_TEST

START_TEST(forged_places)
{
    static const uint64_t inside[] = {1, 100, 211};
    static const uint64_t outside[] = {
        231, 250, 100000, UINT32_MAX, UINT64_MAX, UINT64_MAX - 30, INT64_MAX,
    };
    struct part part = values_part();

    part.zip64 = true;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        part.header = inside[i];
        refuses(&part, MMVIEW_EARCHIVE);
    }
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        struct mmview_error err;

        part.header = outside[i];
        archive_begin(&a, 0);
        archive_add(&a, &part);
        archive_end(&a, NULL, "a.npz");
        err = npz_fails("a.npz", MMVIEW_EARCHIVE);
        says(&err, "would not be in front of it");
    }
}
END_TEST

START_TEST(own_header_disagrees)
{
    struct part part = values_part();
    struct mmview_error err;

    part.own_name = "y.npy";
    err = refuses(&part, MMVIEW_EARCHIVE);
    says(&err, "another name");
    part.own_name = "longer.npy";
    refuses(&part, MMVIEW_EARCHIVE);
    part.own_name = NULL;
    part.own_crc = 1;
    err = refuses(&part, MMVIEW_EARCHIVE);
    says(&err, "another CRC");
}
END_TEST

/* Two members of the same bytes, and one that holds another. */
START_TEST(overlapping)
{
    struct part inner = values_part();
    struct mmview_array *array;
    struct mmview_error err;
    struct mmview_npz *npz;

    archive_begin(&a, 0);
    archive_add(&a, &inner);
    archive_add(&a, &inner);
    a.headers[1] = a.headers[0];
    archive_end(&a, NULL, "a.npz");
    npz = npz_ok("a.npz");
    err = member_fails(npz, 0, MMVIEW_EARCHIVE);
    says(&err, "overlap what starts at byte 0");
    array = member_ok(npz, 1, NULL);
    mmview_array_unref(array);
    mmview_npz_unref(npz);

    /* The first claims the second's header and data as its own. */
    archive_begin(&a, 0);
    inner.zip64 = true;
    inner.packed = inner.plain = 2 * NPY_SIZE;
    archive_add(&a, &inner);
    inner.packed = inner.plain = 0;
    archive_add(&a, &inner);
    archive_end(&a, NULL, "a.npz");
    npz = npz_ok("a.npz");
    member_fails(npz, 0, MMVIEW_EARCHIVE);
    mmview_array_unref(member_ok(npz, 1, NULL));
    mmview_npz_unref(npz);
}
END_TEST

START_TEST(not_for_us)
{
    static const struct {
        uint16_t flags, method, disk;
        const char *reason;
    } cases[] = {
        {0x0001, 0, 0, "encrypted"}, {0x0041, 0, 0, "encrypted"}, {0x2000, 0, 0, "encrypted"},
        {0x0020, 0, 0, "patch"},     {0, 12, 0, "12 (bzip2)"},    {0, 14, 0, "14 (LZMA)"},
        {0, 77, 0, "77 (unknown)"},  {0, 0, 3, "part 4"},         {0x0001, 8, 0, "encrypted"},
    };
    struct part part = values_part();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mmview_error err;

        part.flags = cases[i].flags;
        part.method = cases[i].method;
        part.disk = cases[i].disk;
        err = refuses(&part, MMVIEW_EUNSUPPORTED);
        says(&err, cases[i].reason);
    }
}
END_TEST

/* Members that are no arrays. */
START_TEST(no_arrays)
{
    static const char object[] = "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }";
    static unsigned char bytes[300];
    struct part part = {.name = "readme.txt", .data = "hello", .size = 5};

    refuses(&part, MMVIEW_EMAGIC);
    refuses(&(struct part){.name = "folder/", .data = ""}, MMVIEW_EMAGIC);
    write_npy("o.npy", object, "", 0);
    part.data = bytes;
    part.size = read_file("o.npy", bytes, sizeof bytes);
    refuses(&part, MMVIEW_EOBJECT);
}
END_TEST

/* The bytes of a member, deflated in some way that is not right. */
START_TEST(damaged_deflate)
{
    static unsigned char packed[NPY_SIZE + 100];
    struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    size_t size = deflate_plainly(npy_values(), NPY_SIZE, packed);
    uint32_t crc = crc_of(npy_values(), NPY_SIZE);
    const struct {
        size_t size, plain;
        int at; /* byte that is changed; -1: none */
    } cases[] = {
        {size - 1, NPY_SIZE, -1},   {size - 40, NPY_SIZE, -1}, {size + 1, NPY_SIZE, -1},
        {size, NPY_SIZE + 1, -1},   {size, NPY_SIZE - 1, -1},  {size, NPY_SIZE, 0},
        {size, NPY_SIZE, 3},        {1, NPY_SIZE, -1},         {size, NPY_SIZE + 90000, -1},
        {size, 1u << 20 << 10, -1},
    };

    options.flags = MMVIEW_NPZ_INFLATE;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct part part = {.name = "x.npy",
                            .data = packed,
                            .size = cases[i].size,
                            .plain = cases[i].plain,
                            .method = MMVIEW_NPZ_DEFLATED,
                            .crc = crc};
        struct mmview_array *untouched = (struct mmview_array *)(uintptr_t)0x5a5a, *x = untouched;
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_npz *npz;
        int status, verified;

        if (cases[i].at >= 0)
            packed[cases[i].at] ^= 0xff;
        archive_begin(&a, 0);
        archive_add(&a, &part);
        archive_end(&a, NULL, "a.npz");
        if (cases[i].at >= 0)
            packed[cases[i].at] ^= 0xff;
        npz = npz_ok("a.npz");
        status = mmview_npz_member(npz, 0, &options, &x, &err);
        ck_assert_ptr_eq(x, untouched);
        verified = mmview_npz_verify(npz, 0, NULL, NULL, NULL);
        mmview_npz_unref(npz);
        ck_assert_msg(verified == MMVIEW_EARCHIVE, "%zu: %s", i, mmview_status_name(verified));
        /* One byte fewer cuts the array off, before anything is inflated. */
        ck_assert_msg(status == MMVIEW_EARCHIVE ||
                          (cases[i].plain < NPY_SIZE && status == MMVIEW_ETRUNCATED),
                      "%zu: %s", i, err.message);
    }
}
END_TEST

/* What the places leave out is not there, which looks like a prefix. */
START_TEST(moved)
{
    struct part part = values_part();
    struct mmview_npz *npz;

    for (int is64 = 0; is64 < 2; is64++) {
        archive_begin(&a, 0);
        archive_add(&a, &part);
        archive_end(&a, &(struct ending){.shift = UINT64_MAX, .zip64 = is64}, "a.npz");
        npz = npz_ok("a.npz");
        member_fails(npz, 0, MMVIEW_EARCHIVE);
        mmview_npz_unref(npz);
    }
}
END_TEST

/* The file becomes shorter once it is open. */
START_TEST(shrinks)
{
    struct part part = values_part();
    struct mmview_array *x = NULL;
    struct mmview_npz *npz;

    archive_begin(&a, 0);
    archive_add(&a, &part);
    archive_end(&a, NULL, "a.npz");
    for (uint64_t size = 0; size < 200; size += 25) {
        npz = npz_ok("a.npz");
        stretch("a.npz", size);
        ck_assert_int_lt(mmview_npz_member(npz, 0, NULL, &x, NULL), 0);
        ck_assert_int_lt(mmview_npz_verify(npz, 0, NULL, NULL, NULL), 0);
        ck_assert_ptr_null(x);
        mmview_npz_unref(npz);
        write_file("a.npz", a.bytes, a.length);
    }
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("npz_hostile");

    tcase_add_test(tcase, no_archives);
    tcase_add_loop_test(tcase, forged_ends, 0, (int)(sizeof endings / sizeof *endings));
    tcase_add_test(tcase, forged_names);
    tcase_add_test(tcase, forged_extra);
    tcase_add_test(tcase, forged_sizes);
    tcase_add_test(tcase, forged_places);
    tcase_add_test(tcase, own_header_disagrees);
    tcase_add_test(tcase, overlapping);
    tcase_add_test(tcase, not_for_us);
    tcase_add_test(tcase, no_arrays);
    tcase_add_test(tcase, damaged_deflate);
    tcase_add_test(tcase, moved);
    tcase_add_test(tcase, shrinks);
    return run_suite("npz_hostile", tcase);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Archives that say something twice, and not the same. */
#include <mmview.h>

#include "archive.h"

static struct archive a;

/* Places in the archive of one member "x.npy": of its own header, with an extra field of 64
 * bits, and of the descriptor behind its bytes. */
#define OWN_FLAGS    6
#define OWN_CRC      14
#define OWN_PACKED   18
#define OWN_PLAIN    22
#define OWN_EXTRA    35
#define OWN_PLAIN64  39
#define OWN_PACKED64 47
#define BEHIND       (35 + NPY_SIZE)
#define BEHIND64     (BEHIND + 20)

/* The member's own header says so, of which the directory knows nothing. */
static const struct {
    bool descriptor, zip64;
    const char *reason; /* NULL: it is read */
    struct {
        size_t at;
        uint64_t number;
        int bytes;
    } patches[4];
} own_words[] = {
    {false, false, "other flags", {{OWN_FLAGS, 0x0001, 2}}},
    {false, false, "other flags", {{OWN_FLAGS, 0x0020, 2}}},
    {false, false, "other flags", {{OWN_FLAGS, 0x0041, 2}}},
    {false, false, "other flags", {{OWN_FLAGS, 0x2000, 2}}},
    {false, false, NULL, {{OWN_FLAGS, 0x0800, 2}}},
    {false, false, "another CRC", {{OWN_CRC, 0, 4}}},
    {false, false, "other sizes", {{OWN_PACKED, 0, 4}}},
    {false, false, "other sizes", {{OWN_PLAIN, 0, 4}}},
    {false, false, "other sizes", {{OWN_PACKED, UINT32_MAX, 4}}},
    {false, false, "other sizes", {{OWN_PLAIN, UINT32_MAX, 4}}},
    /* Behind the data there is the directory, and no descriptor, but none is needed. */
    {false, false, NULL, {{OWN_FLAGS, 0x0008, 2}}},
    {false, false, "behind its data", {{OWN_FLAGS, 0x0008, 2}, {OWN_CRC, 0, 4}}},
    {false, false, "behind its data", {{OWN_FLAGS, 0x0008, 2}, {OWN_PLAIN, 0, 4}}},
    /* A descriptor, and something in the header all the same. */
    {true, false, "another CRC", {{OWN_CRC, 0x01010101, 4}}},
    {true, false, "other sizes", {{OWN_PACKED, 1, 4}}},
    {true, false, "other sizes", {{OWN_PLAIN, NPY_SIZE + 1, 4}}},
    {true, false, "other sizes", {{OWN_PLAIN, UINT32_MAX, 4}}},
    {true, false, NULL, {{OWN_PACKED, NPY_SIZE, 4}, {OWN_PLAIN, NPY_SIZE, 4}}},
    {true, false, "behind its data", {{BEHIND, 0, 4}}},
    {true, false, "behind its data", {{BEHIND + 4, 0, 4}}},
    {true, false, "behind its data", {{BEHIND + 8, NPY_SIZE - 1, 4}}},
    {true, false, "behind its data", {{BEHIND + 12, NPY_SIZE - 1, 4}}},
    /* Sizes of 64 bits. */
    {false, true, NULL, {{0}}},
    {false, true, "other sizes", {{OWN_PLAIN64, 0, 8}}},
    {false, true, "other sizes", {{OWN_PLAIN64, NPY_SIZE | (uint64_t)1 << 32, 8}}},
    {false, true, "other sizes", {{OWN_PACKED64, NPY_SIZE + 1, 8}}},
    {false, true, "other sizes", {{OWN_EXTRA, 2, 2}}},
    {false, true, "other sizes", {{OWN_EXTRA + 2, 17, 2}}},
    {false, true, "other sizes", {{OWN_EXTRA + 2, 15, 2}}},
    {false, true, "other sizes", {{OWN_EXTRA + 2, 7, 2}}},
    /* Nobody looks at sizes of 64 bits if the others are there. */
    {false, true, NULL, {{OWN_PACKED, NPY_SIZE, 4}, {OWN_PLAIN, NPY_SIZE, 4}, {OWN_PLAIN64, 7, 8}}},
    {false, true, NULL, {{OWN_PACKED, NPY_SIZE, 4}, {OWN_EXTRA + 2, 8, 2}}},
    {false, true, "other sizes", {{OWN_PLAIN, NPY_SIZE, 4}, {OWN_PLAIN64, 7, 8}}},
    {true,
     true,
     NULL,
     {{OWN_PACKED, UINT64_MAX, 8}, {OWN_PLAIN64, 0, 8}, {OWN_PACKED64, 0, 8}, {OWN_CRC, 0, 4}}},
    {true, true, NULL, {{OWN_PACKED, UINT32_MAX, 4}, {OWN_PLAIN, UINT32_MAX, 4}}},
    {true, true, "other sizes", {{OWN_PACKED, UINT32_MAX, 4}, {OWN_PLAIN64, 7, 8}}},
    {true, true, "behind its data", {{OWN_PACKED, UINT32_MAX, 4}, {BEHIND64 + 4, 0, 4}}},
};

START_TEST(own_header_lies)
{
    struct part part = values_part();
    struct mmview_error err;
    struct mmview_npz *npz;

    part.descriptor = own_words[_i].descriptor;
    part.zip64 = own_words[_i].zip64;
    archive_begin(&a, 0);
    archive_add(&a, &part);
    for (int i = 0; i < 4; i++)
        patch(&a, own_words[_i].patches[i].at, own_words[_i].patches[i].number,
              own_words[_i].patches[i].bytes);
    archive_end(&a, NULL, "a.npz");
    npz = npz_ok("a.npz");
    if (own_words[_i].reason) {
        err = member_fails(npz, 0, MMVIEW_EARCHIVE);
        says(&err, own_words[_i].reason);
        ck_assert_int_eq(mmview_npz_verify(npz, 0, NULL, NULL, NULL), MMVIEW_EARCHIVE);
    } else {
        mmview_array_unref(member_ok(npz, 0, NULL));
        ck_assert_int_eq(mmview_npz_verify(npz, 0, NULL, NULL, NULL), MMVIEW_OK);
    }
    mmview_npz_unref(npz);
}
END_TEST

/* Names of more than ASCII are others when only one header says that they are UTF-8. */
START_TEST(own_name_is_other)
{
    struct part part = values_part();
    struct mmview_error err;
    struct mmview_npz *npz;

    for (int flags = 0; flags < 2; flags++) {
        part.name = "\xc3\xa4.npy";
        part.flags = flags ? 0x800 : 0;
        archive_begin(&a, 0);
        archive_add(&a, &part);
        patch(&a, OWN_FLAGS, flags ? 0 : 0x800, 2);
        archive_end(&a, NULL, "a.npz");
        npz = npz_ok("a.npz");
        err = member_fails(npz, 0, MMVIEW_EARCHIVE);
        says(&err, "another name");
        mmview_npz_unref(npz);
    }
}
END_TEST

/* Sizes of 64 bits behind a name and fields that do not fit in what is read first. */
START_TEST(own_header_is_long)
{
    static char name[3000];
    struct part part = values_part();
    struct mmview_error err;
    struct mmview_npz *npz;

    memset(name, 'n', sizeof name - 1);
    for (size_t length = 200; length < sizeof name; length += 13) {
        part.name = name;
        part.name_length = length;
        part.zip64 = true;
        archive_begin(&a, 0);
        archive_add(&a, &part);
        archive_end(&a, NULL, "a.npz");
        npz = npz_ok("a.npz");
        mmview_array_unref(member_ok(npz, 0, NULL));
        mmview_npz_unref(npz);
        patch(&a, 30 + length + 4, 1, 1);
        write_file("a.npz", a.bytes, a.length);
        npz = npz_ok("a.npz");
        err = member_fails(npz, 0, MMVIEW_EARCHIVE);
        says(&err, "other sizes");
        mmview_npz_unref(npz);
    }
}
END_TEST

/* The end, the locator and the end for 64 bits, counted from the end of the file. */
#define END     22
#define LOCATOR 42
#define END64   98

/* An archive has two ends, or one that says two things. */
static const struct {
    bool zip64;
    size_t before; /* so many bytes before the end of the file it is said */
    uint64_t number;
    int bytes;
    const char *reason; /* NULL: it is read */
} end_words[] = {
    {true, END - 4, 0, 2, NULL},
    {true, END - 4, UINT16_MAX, 2, NULL},
    {true, END - 4, 1, 2, "says something else"},
    {true, END - 6, 1, 2, "says something else"},
    {true, END - 8, 1, 2, NULL},
    {true, END - 8, 2, 2, "says something else"},
    {true, END - 10, 1, 2, NULL},
    {true, END - 10, 0, 2, "says something else"},
    {true, END - 12, 5, 4, "says something else"},
    {true, END - 16, 5, 4, "says something else"},
    {true, END64 - 4, 45, 8, "is not at byte"},
    {true, END64 - 4, 0, 8, "is not at byte"},
    {true, END64 - 4, UINT64_MAX, 8, "is not at byte"},
    {true, END64 - 24, 2, 8, "split"},
    {true, LOCATOR - 4, 1, 4, "split"},
    {true, LOCATOR - 16, 0, 4, NULL},
    {true, LOCATOR - 16, 2, 4, "split"},
    {true, LOCATOR - 8, 4, 8, NULL}, /* behind a prefix that is not there: next to the locator */
    {false, END - 10, 2, 2, "split"},
};

START_TEST(ends_disagree)
{
    struct part part = values_part();
    struct mmview_error err;

    archive_begin(&a, 0);
    archive_add(&a, &part);
    archive_end(&a, &(struct ending){.zip64 = end_words[_i].zip64}, "a.npz");
    patch(&a, a.length - end_words[_i].before, end_words[_i].number, end_words[_i].bytes);
    write_file("a.npz", a.bytes, a.length);
    if (end_words[_i].reason) {
        err = npz_fails("a.npz", MMVIEW_EARCHIVE);
        says(&err, end_words[_i].reason);
    } else {
        mmview_npz_unref(npz_ok("a.npz"));
    }
}
END_TEST

/* Of what looks like two ends some programs take one and some the other. */
START_TEST(two_ends)
{
    static const size_t comments[] = {22, 23, 2000, 60000};
    struct part part = values_part();
    struct mmview_error err;

    for (size_t i = 0; i < 4; i++)
        for (int zip64 = 0; zip64 < 2; zip64++) {
            struct ending end = {.comment = comments[i], .zip64 = zip64};

            archive_begin(&a, 0);
            archive_add(&a, &part);
            archive_end(&a, &end, "a.npz");
            mmview_npz_unref(npz_ok("a.npz"));
            memcpy(a.bytes + a.length - 22, "PK\5\6", 4);
            write_file("a.npz", a.bytes, a.length);
            err = npz_fails("a.npz", MMVIEW_EARCHIVE);
            says(&err, "programs would take it differently");
        }
}
END_TEST

/* The end for 64 bits, where the locator says and next to it. */
START_TEST(two_ends64)
{
    struct part part = values_part(), fake = {.name = "y", .size = 56};
    static unsigned char record[56];
    struct mmview_error err;

    for (int both = 0; both < 2; both++) {
        archive_begin(&a, 0);
        archive_add(&a, &part);
        fake.data = record;
        archive_add(&a, &fake);
        archive_end(&a, &(struct ending){.zip64 = true}, "a.npz");
        if (both)
            memcpy(a.bytes + a.headers[1] + 31, a.bytes + a.length - END64, 56);
        patch(&a, a.length - LOCATOR + 8, a.headers[1] + 31, 8);
        write_file("a.npz", a.bytes, a.length);
        if (both) {
            err = npz_fails("a.npz", MMVIEW_EARCHIVE);
            says(&err, "programs would take it differently");
        } else {
            mmview_npz_unref(npz_ok("a.npz"));
        }
    }
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("npz_disagree");

    tcase_add_loop_test(tcase, own_header_lies, 0, (int)(sizeof own_words / sizeof *own_words));
    tcase_add_test(tcase, own_name_is_other);
    tcase_add_test(tcase, own_header_is_long);
    tcase_add_loop_test(tcase, ends_disagree, 0, (int)(sizeof end_words / sizeof *end_words));
    tcase_add_test(tcase, two_ends);
    tcase_add_test(tcase, two_ends64);
    return run_suite("npz_disagree", tcase);
}

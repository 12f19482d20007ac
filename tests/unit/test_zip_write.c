/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The records of an archive as they are written, read again: of sizes and places below
 * and above what 32 bits hold, which no test has the disk for. (What other programs
 * read: tests/oracle.) */
#include <string.h>

#include "../suite.h"
#include "format/zip_local.h"
#include "format/zip_write.h"

#define G ((uint64_t)1 << 30)

static const uint64_t numbers[] = {0,     1,         4 * G - 2, 4 * G - 1,
                                   4 * G, 4 * G + 1, 5 * G,     (uint64_t)1 << 60};

static unsigned char record[MMV_ZIP_ENTRY_MOST + MMV_ZIP_MOST_ALIGN + 100];

/* Every size at every place. */
static struct mmv_zip_member member_of(int i)
{
    return (struct mmv_zip_member){.header = numbers[i / COUNT(numbers)],
                                   .size = numbers[i % COUNT(numbers)],
                                   .crc = 0x12345678,
                                   .name_length = 5,
                                   .name = "a.npy"};
}

static struct mmv_zip_entry entry_of(const struct mmv_zip_member *member)
{
    const struct mmv_zip_end end = {.begin = UINT64_MAX};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_zip_entry entry;
    size_t length = mmv_zip_write_entry(member, record);

    ck_assert_uint_le(length, MMV_ZIP_ENTRY_MOST + member->name_length);
    ck_assert_uint_eq(mmv_zip_entry_length(record), length);
    ck_assert_int_eq(mmv_zip_read_entry(record, 0, &end, &entry, &err), MMVIEW_OK);
    return entry;
}

START_TEST(entries)
{
    struct mmv_zip_member member = member_of(_i);
    struct mmv_zip_entry entry = entry_of(&member);

    ck_assert_uint_eq(entry.header, member.header);
    ck_assert_uint_eq(entry.packed, member.size);
    ck_assert_uint_eq(entry.plain, member.size);
    ck_assert_uint_eq(entry.crc, member.crc);
    ck_assert_uint_eq(entry.method, MMV_ZIP_STORED);
    ck_assert_uint_eq(entry.name_length, member.name_length);
    ck_assert_int_eq(memcmp(record + MMV_ZIP_ENTRY_LENGTH, "a.npy", 5), 0);
}
END_TEST

/* What follows a member's own header is where it was asked to be. */
START_TEST(local_headers)
{
    struct mmv_zip_member member = member_of(_i);
    struct mmv_zip_entry entry = entry_of(&member);

    for (unsigned align = 1; align <= MMV_ZIP_MOST_ALIGN; align *= 2)
        for (uint64_t lead = 0; lead <= 128; lead += 64) {
            size_t size = mmv_zip_local_size(&member, lead, align);
            struct mmview_error err = MMVIEW_ERROR_INIT;
            struct mmv_zip_local local;

            ck_assert_uint_le(size, sizeof record);
            memset(record, 0xff, sizeof record);
            mmv_zip_write_local(&member, size, align, record);
            ck_assert_int_eq(mmv_zip_read_local(record, &entry, &local, &err), MMVIEW_OK);
            ck_assert_uint_eq(local.length, size);
            ck_assert(local.is64 == (member.size >= UINT32_MAX));
            if (local.is64)
                ck_assert_int_eq(mmv_zip_read_local_extra(record, &entry, &local, &err), MMVIEW_OK);
            ck_assert(!local.later && !local.utf8 && local.told);
            ck_assert_uint_eq((member.header + size + lead) % align, 0);
            ck_assert_int_eq(memcmp(record + MMV_ZIP_LOCAL_LENGTH, "a.npy", 5), 0);
            ck_assert_uint_eq(record[size], 0xff);
        }
}
END_TEST

START_TEST(ends)
{
    static const uint64_t counts[] = {0, 1, 65534, 65535, 65536, 100000};
    uint64_t begin = numbers[_i];

    for (int i = 0; i < COUNT(counts); i++)
        for (int j = 0; j < COUNT(numbers); j++) {
            uint64_t behind = begin + numbers[j], place = 0;
            size_t length = mmv_zip_write_end(counts[i], begin, behind, record);
            size_t at = length - MMV_ZIP_END_LENGTH, last;
            struct mmview_error err = MMVIEW_ERROR_INIT;
            struct mmv_zip_end end;
            int status;

            ck_assert_uint_le(length, MMV_ZIP_END_MOST);
            ck_assert_uint_eq(mmv_zip_find_end(record, length, true, &last), at);
            ck_assert_uint_eq(last, at);
            if (at == 0) {
                status = mmv_zip_read_end(record, behind, &end, &err);
            } else {
                ck_assert_uint_eq(at, MMV_ZIP_END64_LENGTH + MMV_ZIP_LOCATOR_LENGTH);
                ck_assert(mmv_zip_is_end64(record));
                ck_assert(mmv_zip_end64_reaches(record, behind, behind + MMV_ZIP_END64_LENGTH));
                ck_assert(mmv_zip_is_locator(record + MMV_ZIP_END64_LENGTH));
                status = mmv_zip_read_locator(record + MMV_ZIP_END64_LENGTH,
                                              behind + MMV_ZIP_END64_LENGTH, &place, &err);
                ck_assert_int_eq(status, MMVIEW_OK);
                ck_assert(mmv_zip_ends_agree(record, record + at));
                ck_assert_uint_eq(place, behind);
                status = mmv_zip_read_end64(record, behind, &end, &err);
            }
            ck_assert_msg(status == MMVIEW_OK, "%s", err.message);
            ck_assert_uint_eq(end.entries, counts[i]);
            ck_assert_uint_eq(end.begin, begin);
            ck_assert_uint_eq(end.end, behind);
            ck_assert_uint_eq(end.prefix, 0);
        }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, entries, 0, COUNT(numbers) * COUNT(numbers));
    tcase_add_loop_test(tcase, local_headers, 0, COUNT(numbers) * COUNT(numbers));
    tcase_add_loop_test(tcase, ends, 0, COUNT(numbers));
}

int main(void)
{
    return run_suite("zip_write", add_tests);
}

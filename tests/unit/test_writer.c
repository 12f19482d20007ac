/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/writer.h"

#include <stdlib.h>

#include "../suite.h"

/* A sink that keeps what it gets, until it has had enough. */
struct kept {
    char *text;
    size_t length;
    size_t most; /* bytes it takes; what would go past them is refused */
    int calls, refused;
    size_t longest; /* of the pieces */
};

static int keep(void *context, const char *text, size_t length)
{
    struct kept *kept = context;

    kept->calls++;
    ck_assert_uint_gt(length, 0);
    if (length > kept->longest)
        kept->longest = length;
    if (kept->length + length > kept->most) {
        kept->refused++;
        return MMVIEW_ESYSTEM;
    }
    memcpy(kept->text + kept->length, text, length);
    kept->length += length;
    return 0;
}

#define ROOM MMV_WRITER_LEAST
#define MOST ((size_t)100000)

static char buffer[ROOM + 1], text[MOST];
static struct kept kept;
static struct mmv_writer writer;

static void setup(void)
{
    kept = (struct kept){.text = malloc(MOST), .most = MOST};
    ck_assert_ptr_nonnull(kept.text);
    for (size_t i = 0; i < MOST; i++)
        text[i] = (char)(i * 7 + i / 256);
    buffer[ROOM] = '!';
    mmv_writer_start(&writer, buffer, ROOM, keep, &kept);
}

static void teardown(void)
{
    ck_assert_int_eq(buffer[ROOM], '!');
    free(kept.text);
}

static void expect(const char *wanted, size_t length)
{
    ck_assert_uint_eq(mmv_writer_length(&writer), length);
    ck_assert_int_eq(mmv_writer_flush(&writer), 0);
    ck_assert_uint_eq(writer.taken, length);
    ck_assert_uint_eq(mmv_writer_length(&writer), length);
    ck_assert_uint_eq(kept.length, length);
    ck_assert_mem_eq(kept.text, wanted, length);
}

START_TEST(nothing)
{
    expect("", 0);
    mmv_writer_mem(&writer, NULL, 0);
    mmv_writer_str(&writer, "");
    mmv_writer_fill(&writer, 'x', 0);
    mmv_writer_reserve(&writer, ROOM);
    expect("", 0);
    ck_assert_int_eq(kept.calls, 0);
}
END_TEST

static const size_t lengths[] = {1,        2,        ROOM - 1,     ROOM, ROOM + 1,
                                 2 * ROOM, 50 * 100, 2 * ROOM + 1, MOST};

/* In one piece; behind a byte; and in pieces of every length. */
START_TEST(any_length)
{
    size_t length = lengths[_i];

    mmv_writer_mem(&writer, text, length);
    expect(text, length);
    ck_assert_uint_le(kept.longest, ROOM);
}
END_TEST

START_TEST(any_pieces)
{
    size_t piece = lengths[_i], done = 0;

    mmv_writer_char(&writer, text[done++]);
    for (; piece <= MOST - done; done += piece)
        mmv_writer_mem(&writer, text + done, piece);
    for (; done < MOST; done++)
        mmv_writer_char(&writer, text[done]);
    expect(text, MOST);
}
END_TEST

START_TEST(fills)
{
    size_t count = lengths[_i] - 1;

    memset(text, 'x', MOST);
    text[0] = '[';
    mmv_writer_char(&writer, '[');
    mmv_writer_fill(&writer, 'x', count);
    if (count + 3 <= MOST) {
        mmv_writer_str(&writer, "]\n");
        memcpy(text + 1 + count, "]\n", 2);
        count += 2;
    }
    expect(text, 1 + count);
}
END_TEST

/* What is reserved is there, whatever was put before. */
START_TEST(reserved)
{
    static const size_t sizes[] = {1, 30, 1000, ROOM - 1, ROOM};
    size_t done = 0;

    for (int i = 0; i < 200; i++) {
        size_t size = sizes[(i + i / 5) % COUNT(sizes)];

        if (done + size + 1 > MOST)
            break;
        mmv_writer_reserve(&writer, size);
        ck_assert_uint_ge((size_t)(writer.end - writer.at), size);
        memcpy(writer.at, text + done, size);
        writer.at += size;
        done += size;
        mmv_writer_char(&writer, text[done++]);
    }
    ck_assert_uint_gt(done, 10 * ROOM);
    expect(text, done);
}
END_TEST

/* A sink that refuses is not asked again, and its answer stays. */
START_TEST(refused)
{
    kept.most = ROOM;
    mmv_writer_mem(&writer, text, ROOM);
    ck_assert_int_eq(writer.status, 0);
    mmv_writer_mem(&writer, text, MOST);
    ck_assert_int_eq(writer.status, MMVIEW_ESYSTEM);
    mmv_writer_fill(&writer, 'x', UINT64_MAX); /* comes to an end */
    mmv_writer_str(&writer, "more");
    mmv_writer_char(&writer, '.');
    mmv_writer_reserve(&writer, ROOM);
    ck_assert_uint_ge((size_t)(writer.end - writer.at), ROOM);
    ck_assert_int_eq(mmv_writer_flush(&writer), MMVIEW_ESYSTEM);
    ck_assert_int_eq(mmv_writer_flush(&writer), MMVIEW_ESYSTEM);
    ck_assert_int_eq(kept.refused, 1);
    ck_assert_int_eq(kept.calls, 2);
    ck_assert_uint_eq(kept.length, ROOM);
    ck_assert_uint_ge(mmv_writer_length(&writer), ROOM + MOST); /* a loop up to a length ends */
}
END_TEST

/* Also where it is the last flush that finds out. */
START_TEST(refused_at_the_end)
{
    kept.most = 3;
    mmv_writer_str(&writer, "four");
    ck_assert_int_eq(writer.status, 0);
    ck_assert_int_eq(mmv_writer_flush(&writer), MMVIEW_ESYSTEM);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, nothing);
    tcase_add_loop_test(tcase, any_length, 0, COUNT(lengths));
    tcase_add_loop_test(tcase, any_pieces, 0, COUNT(lengths));
    tcase_add_loop_test(tcase, fills, 0, COUNT(lengths));
    tcase_add_test(tcase, reserved);
    tcase_add_test(tcase, refused);
    tcase_add_test(tcase, refused_at_the_end);
}

int main(void)
{
    return run_suite("writer", add_tests);
}

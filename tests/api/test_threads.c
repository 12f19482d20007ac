/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What the manual promises of threads: any of them may make objects of the same file and
 * ask the same object, at once, and whoever has the last reference gives it back. The other
 * promises are in test_guard, test_view_lifetime and test_export_dlpack. */
#include <pthread.h>
#include <stdatomic.h>

#include "archive.h"

#define THREADS 6
#define ROUNDS  60

static struct mmview_array *shared;
static struct mmview_npz *archive;
static pthread_barrier_t start;
static atomic_int wrong, released;

/* A failed check of Check must not end a thread. */
#define RIGHT(condition)  \
    do {                  \
        if (!(condition)) \
            wrong++;      \
    } while (0)

/* All threads do the same, of which the first calls are made at once: those find out what
 * the processor has and open other libraries. */
static void all_at_once(void *(*run)(void *))
{
    pthread_t threads[THREADS];

    wrong = 0;
    ck_assert_int_eq(pthread_barrier_init(&start, NULL, THREADS), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, run, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    pthread_barrier_destroy(&start);
    ck_assert_int_eq(wrong, 0);
}

static void *open_and_read(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
        struct mmview_array *array = NULL;

        options.mode = i % 2 ? MMVIEW_MODE_C : MMVIEW_MODE_R;
        RIGHT(mmview_open("a.npy", &options, &array, NULL) == MMVIEW_OK);
        RIGHT(array && mmview_array_shape(array)[1] == 3);
        RIGHT(array && memcmp(mmview_array_data(array), values, sizeof values) == 0);
        mmview_array_unref(array);
    }
    return NULL;
}

START_TEST(of_one_file)
{
    int descriptors = open_descriptors();

    write_values("a.npy");
    all_at_once(open_and_read);
    ck_assert_int_eq(open_descriptors(), descriptors);
    ck_assert_int_eq(maps_of("a.npy", NULL), 0);
}
END_TEST

static int count_bytes(void *context, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)context += length;
    return 0;
}

static void look(struct mmview_array *array)
{
    struct mmview_comparison same;
    struct mmview_statistics stats;
    struct mmview_array *view = NULL, *copy = NULL;
    struct mmview_ctypes ctypes;
    size_t length = 0;
    char text[64];
    short shape[2];

    RIGHT(mmview_view_select(array, "::-1, 1:", SIZE_MAX, &view, NULL) == MMVIEW_OK);
    RIGHT(mmview_copy_new(view, NULL, &copy, NULL) == MMVIEW_OK);
    RIGHT(mmview_compare(view, copy, NULL, &same, NULL) == MMVIEW_OK);
    RIGHT(same.values == MMVIEW_VALUES_SAME);
    RIGHT(mmview_stats(view, NULL, &stats, NULL) == MMVIEW_OK);
    RIGHT(stats.count == 4 && stats.max.f[0] == 5e300);
    RIGHT(mmview_write_text(view, NULL, count_bytes, &length, NULL) == MMVIEW_OK && length > 20);
    RIGHT(mmview_dtype_name(mmview_array_dtype(view), text, sizeof text) == 7);
    mmview_ctypes_init(&ctypes, view);
    RIGHT(mmview_ctypes_shape_as(&ctypes, MMVIEW_CTYPE_SHORT, shape, 2, NULL) == MMVIEW_OK);
    RIGHT(shape[0] == 2 && shape[1] == 2);
    mmview_array_unref(view);
    mmview_ctypes_clear(&ctypes);
    mmview_array_unref(copy);
}

static void *ask(void *unused)
{
    struct mmview_array *mine = mmview_array_ref(shared);

    (void)unused;
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++)
        look(mine);
    mmview_array_unref(mine);
    return NULL;
}

static void count_release(void *context)
{
    ++*(atomic_int *)context;
}

/* The array that all share, of memory whose release is counted. */
static void share_array(void)
{
    static unsigned char bytes[512];
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    size_t size = read_file("a.npy", bytes, sizeof bytes);

    options.release = count_release;
    options.context = &released;
    ck_assert_int_eq(mmview_from_memory(bytes, size, &options, &shared, NULL), MMVIEW_OK);
}

START_TEST(of_one_array)
{
    write_values("a.npy");
    released = 0;
    share_array();
    all_at_once(ask);
    ck_assert_int_eq(released, 0);
    mmview_array_unref(shared);
    ck_assert_int_eq(released, 1);
}
END_TEST

/* Whoever comes last gives the memory back, once. */
static void *give_back(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&start);
    mmview_array_unref(shared);
    return NULL;
}

START_TEST(the_last_reference)
{
    write_values("a.npy");
    released = 0;
    for (int i = 0; i < 50; i++) {
        share_array();
        for (int k = 1; k < THREADS; k++)
            mmview_array_ref(shared);
        all_at_once(give_back);
        ck_assert_int_eq(released, i + 1);
    }
}
END_TEST

static void *read_members(void *unused)
{
    struct mmview_npz *mine = mmview_npz_ref(archive);

    (void)unused;
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        struct mmview_npz_member_options options = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
        struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
        struct mmview_array *array = NULL;
        size_t which = (size_t)i % 2, found = 7;

        options.flags = MMVIEW_NPZ_INFLATE;
        RIGHT(mmview_npz_find(mine, which ? "packed" : "plain", SIZE_MAX, &found, NULL) ==
                  MMVIEW_OK &&
              found == which);
        RIGHT(mmview_npz_info(mine, which, &info, NULL) == MMVIEW_OK);
        RIGHT(info.mappable == !which);
        mmview_member_info_clear(&info);
        RIGHT(mmview_npz_member(mine, which, &options, &array, NULL) == MMVIEW_OK);
        RIGHT(array && memcmp(mmview_array_data(array), values, sizeof values) == 0);
        mmview_array_unref(array);
    }
    mmview_npz_unref(mine);
    return NULL;
}

START_TEST(of_one_archive)
{
    static struct archive a;
    static unsigned char packed[1024];
    size_t size = deflate_plainly(npy_values(), NPY_SIZE, packed);

    archive_begin(&a, 0);
    archive_add(&a, &(struct part){.name = "plain.npy", .data = npy_values(), .size = NPY_SIZE});
    archive_add(&a, &(struct part){.name = "packed.npy",
                                   .data = packed,
                                   .size = size,
                                   .method = 8,
                                   .plain = NPY_SIZE,
                                   .crc = crc_of(npy_values(), NPY_SIZE)});
    archive_end(&a, &(struct ending){.comment = 0}, "a.npz");
    archive = npz_ok("a.npz");
    all_at_once(read_members);
    mmview_npz_unref(archive);
    ck_assert_int_eq(maps_of("a.npz", NULL), 0);
}
END_TEST

/* Names of characters are another library's. */
static void *read_types(void *unused)
{
    static const char text[] = "[('\\N{BULLET}', '<f8'), ('t', 'M8[25s]')]";

    (void)unused;
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;
        struct mmview_dtype *dtype = NULL;
        int status = mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, &err);

        /* Without that library it is refused, and each time. */
        RIGHT(status == MMVIEW_OK ? mmview_dtype_itemsize(dtype) == 16
                                  : status == MMVIEW_EDTYPE && err.message[0]);
        mmview_dtype_unref(dtype);
    }
    return NULL;
}

START_TEST(of_one_type)
{
    all_at_once(read_types);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("threads");

    tcase_add_test(tcase, of_one_file);
    tcase_add_test(tcase, of_one_array);
    tcase_add_test(tcase, the_last_reference);
    tcase_add_test(tcase, of_one_archive);
    tcase_add_test(tcase, of_one_type);
    return run_suite("threads", tcase);
}

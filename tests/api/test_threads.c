/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What the manual promises of threads: any of them may make objects of the same file and
 * ask the same object, at once, and whoever has the last reference gives it back. The other
 * promises are in test_threads_write, test_guard_threads, test_view_lifetime and
 * test_export_dlpack. */
#include "archive.h"
#include "at_once.h"

#include <mmview/arrow.h>

#define ROUNDS 60

static struct mmview_array *shared;
static struct mmview_dtype *dtype;
static struct mmview_npz *archive;
static atomic_int released, released_in_threads;
static _Thread_local int released_here;

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
    released_here++;
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

/* Whoever comes last gives the memory back, once and at once. */
static void *give_back(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&start);
    mmview_array_unref(shared);
    mmview_dtype_unref(dtype);
    mmview_npz_unref(archive);
    released_in_threads += released_here;
    return NULL;
}

START_TEST(the_last_reference)
{
    static const char *const name = "[('a', '<i2', (2,)), ('b', [('c', 'S3')])]";
    static struct archive a;
    int descriptors;

    write_values("a.npy");
    archive_begin(&a, 0);
    archive_add(&a, &(struct part){.name = "x.npy", .data = npy_values(), .size = NPY_SIZE});
    archive_end(&a, NULL, "a.npz");
    descriptors = open_descriptors();
    released = released_in_threads = 0;
    for (int i = 0; i < 50; i++) {
        share_array();
        archive = npz_ok("a.npz");
        ck_assert_int_eq(mmview_dtype_parse(name, SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
        for (int k = 1; k < THREADS; k++) {
            mmview_array_ref(shared);
            mmview_dtype_ref(dtype);
            mmview_npz_ref(archive);
        }
        all_at_once(give_back);
        ck_assert_int_eq(released, i + 1);
        ck_assert_int_eq(released_in_threads, i + 1);
        ck_assert_int_eq(open_descriptors(), descriptors);
    }
}
END_TEST

/* What was exported holds the array, and is released by its receiver, here another thread. */
static struct mmview_array_interface *interfaces[THREADS];
static struct ArrowSchema schemas[THREADS];
static struct ArrowArray arrays[THREADS];

static void *receive(void *number)
{
    int i = *(int *)number;
    const double *first;

    pthread_barrier_wait(&start);
    first = interfaces[i]->data;
    RIGHT(first[4] == 5e300);
    mmview_export_array_interface_release(interfaces[i]);
    RIGHT(arrays[i].length == 2);
    schemas[i].release(&schemas[i]);
    arrays[i].release(&arrays[i]);
    return NULL;
}

START_TEST(of_exports)
{
    write_values("a.npy");
    released = 0;
    share_array();
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(mmview_export_array_interface(shared, &interfaces[i], NULL), MMVIEW_OK);
        ck_assert_int_eq(mmview_export_arrow(shared, &schemas[i], &arrays[i], NULL), MMVIEW_OK);
    }
    mmview_array_unref(shared);
    ck_assert_int_eq(released, 0);
    all_at_once(receive);
    ck_assert_int_eq(released, 1);
}
END_TEST

/* Each finds out about a part, and the parts are those of the whole. */
static struct mmview_statistics parts[THREADS];

static void *count_part(void *number)
{
    int i = *(int *)number;
    struct mmview_stats_options options = MMVIEW_STATS_OPTIONS_INIT;

    options.part = (uint64_t)i;
    options.parts = THREADS;
    pthread_barrier_wait(&start);
    RIGHT(mmview_stats(shared, &options, &parts[i], NULL) == MMVIEW_OK);
    return NULL;
}

START_TEST(of_parts)
{
    struct mmview_statistics whole = MMVIEW_STATS_INIT;
    static int32_t items[10007];
    const int count = sizeof items / sizeof *items;

    for (int i = 0; i < count; i++)
        items[i] = i * 7919 % count - 5000; /* every number once, as the count is a prime */
    write_npy("b.npy", "{'descr': '=i4', 'fortran_order': False, 'shape': (10007,), }", items,
              sizeof items);
    shared = open_ok("b.npy", NULL);
    all_at_once(count_part);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(mmview_stats_merge(&whole, &parts[i], NULL), MMVIEW_OK);
    ck_assert_uint_eq(whole.count, 10007);
    ck_assert_uint_eq(whole.zeros, 1);
    ck_assert_int_eq(whole.min.i, -5000);
    ck_assert_int_eq(whole.max.i, 5006);
    ck_assert_int_eq(items[whole.argmin], -5000);
    ck_assert_int_eq(items[whole.argmax], 5006);
    ck_assert_double_eq((double)mmview_stats_mean(&whole, 0), 3);
    mmview_array_unref(shared);
}
END_TEST

/* There is no last error of a thread or of a process: each caller has its own. */
static void *ask_wrongly(void *number)
{
    int i = *(int *)number;
    char name[32];

    snprintf(name, sizeof name, "t%d", i);
    pthread_barrier_wait(&start);
    for (int k = 0; k < ROUNDS; k++) {
        struct mmview_error none = MMVIEW_ERROR_INIT, missing = MMVIEW_ERROR_INIT;
        struct mmview_array *view = NULL;

        RIGHT(mmview_view_field(shared, name, SIZE_MAX, &view, &missing) == MMVIEW_ENOTFOUND);
        RIGHT(strstr(missing.message, name) && missing.status == MMVIEW_ENOTFOUND);
        RIGHT(mmview_open(name, NULL, &view, &none) == MMVIEW_ESYSTEM);
        RIGHT(none.sys_errno == ENOENT && missing.status == MMVIEW_ENOTFOUND);
        RIGHT(!view);
    }
    return NULL;
}

START_TEST(of_errors)
{
    static const char bytes[4];

    write_npy("s.npy", "{'descr': [('x', '<i4')], 'fortran_order': False, 'shape': (1,), }", bytes,
              sizeof bytes);
    shared = open_ok("s.npy", NULL);
    all_at_once(ask_wrongly);
    mmview_array_unref(shared);
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
        struct mmview_dtype *type = NULL;
        int status = mmview_dtype_parse(text, SIZE_MAX, 0, &type, &err);

        /* Without that library it is refused, and each time. */
        RIGHT(status == MMVIEW_OK ? mmview_dtype_itemsize(type) == 16
                                  : status == MMVIEW_EDTYPE && err.message[0]);
        mmview_dtype_unref(type);
    }
    return NULL;
}

START_TEST(of_types)
{
    all_at_once(read_types);
}
END_TEST

static void *ask_type(void *unused)
{
    struct mmview_dtype *mine = mmview_dtype_ref(dtype);

    (void)unused;
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        struct mmview_dtype *swapped = NULL;
        char text[64];
        size_t index = 7;

        RIGHT(mmview_dtype_field_find(mine, "b", SIZE_MAX, &index) == MMVIEW_OK && index == 1);
        RIGHT(mmview_dtype_field_offset(mine, index) == 4);
        RIGHT(mmview_dtype_newbyteorder(mine, 'S', &swapped, NULL) == MMVIEW_OK);
        RIGHT(!mmview_dtype_equal(mine, swapped));
        mmview_dtype_descr(mine, text, sizeof text);
        RIGHT(strcmp(text, "[('a', '<i2', (2,)), ('b', '<f8')]") == 0);
        mmview_dtype_unref(swapped);
    }
    mmview_dtype_unref(mine);
    return NULL;
}

START_TEST(of_one_type)
{
    static const char *const name = "[('a', '<i2', (2,)), ('b', '<f8')]";

    ck_assert_int_eq(mmview_dtype_parse(name, SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    all_at_once(ask_type);
    mmview_dtype_unref(dtype);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("threads");

    tcase_add_test(tcase, of_one_file);
    tcase_add_test(tcase, of_one_array);
    tcase_add_test(tcase, the_last_reference);
    tcase_add_test(tcase, of_exports);
    tcase_add_test(tcase, of_parts);
    tcase_add_test(tcase, of_errors);
    tcase_add_test(tcase, of_one_archive);
    tcase_add_test(tcase, of_types);
    tcase_add_test(tcase, of_one_type);
    return run_suite("threads", tcase);
}

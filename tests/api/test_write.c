/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Files that are made and files that grow: what is in them, what is left when
 * something fails, who may write. (What NumPy makes of them: tests/oracle.) */
#include <mmview.h>

#include "scratch.h"

static struct mmview_array *create_ok(const char *name, const struct mmview_create_options *options)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int descriptors = open_descriptors();
    int status = mmview_create(name, options, &array, &err);

    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    ck_assert_int_eq(open_descriptors(), descriptors);
    return array;
}

static struct mmview_error create_fails(const char *name,
                                        const struct mmview_create_options *options, int expected)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int descriptors = open_descriptors();
    int status = mmview_create(name, options, &array, &err);

    ck_assert_msg(status == expected, "%s: %s", mmview_status_name(status), err.message);
    ck_assert_str_ne(err.message, "");
    ck_assert_ptr_null(array);
    ck_assert_int_eq(open_descriptors(), descriptors);
    return err;
}

/* Names in the scratch folder, hidden ones included. */
static int files(void)
{
    DIR *folder = opendir(".");
    struct dirent *entry;
    int n = -2; /* "." and ".." */

    ck_assert_ptr_nonnull(folder);
    while ((entry = readdir(folder)))
        n++;
    closedir(folder);
    return n;
}

START_TEST(creates_by_default_one_float64)
{
    struct mmview_array *a = create_ok("new", NULL);

    ck_assert_int_eq(mmview_array_ndim(a), 0);
    ck_assert_int_eq(mmview_dtype_char(mmview_array_dtype(a)), 'd');
    ck_assert_int_eq(mmview_array_mode(a), MMVIEW_MODE_WPLUS);
    ck_assert_int_eq(mmview_array_version(a), 0x100);
    ck_assert_uint_eq(mmview_array_offset(a), 128);
    ck_assert_uint_eq(mmview_array_header_length(a), 118);
    ck_assert_uint_eq(mmview_array_trailing_bytes(a), 0);
    ck_assert_uint_eq(file_size("new"), 136);
    ck_assert(*(double *)mmview_array_data(a) == 0);
    *(double *)mmview_array_data(a) = 7;
    mmview_array_unref(a);
    a = open_ok("new", NULL);
    ck_assert(*(double *)mmview_array_data(a) == 7);
    mmview_array_unref(a);
    ck_assert_int_eq(files(), 1);
}
END_TEST

START_TEST(reserves_space_unless_sparse)
{
    static const mmview_intp shape[] = {1000000};
    struct mmview_create_options options = MMVIEW_CREATE_OPTIONS_INIT;

    options.ndim = 1;
    options.shape = shape;
    mmview_array_unref(create_ok("full", &options));
    ck_assert_uint_ge(disk_use("full"), 8000000);
    options.flags = MMVIEW_WRITE_SPARSE;
    mmview_array_unref(create_ok("sparse", &options));
    ck_assert_uint_eq(file_size("sparse"), 8000128);
    ck_assert_uint_lt(disk_use("sparse"), 100000);
}
END_TEST

START_TEST(replaces_in_one_step)
{
    struct mmview_array *old, *a;
    struct stat st;

    write_values("file");
    ck_assert_int_eq(chmod("file", 0604), 0);
    ck_assert_int_eq(symlink("file", "link"), 0);
    old = open_ok("file", NULL);
    a = create_ok("link", NULL);
    ck_assert(*(double *)mmview_array_data(old) == values[0]);
    ck_assert_uint_eq(file_size("file"), 136);
    ck_assert_int_eq(stat("file", &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0604);
    ck_assert_int_eq(lstat("link", &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    ck_assert_int_eq(files(), 2);
    mmview_array_unref(old);
    mmview_array_unref(a);
}
END_TEST

START_TEST(follows_no_mask_but_its_own)
{
    struct stat st;

    umask(027);
    mmview_array_unref(create_ok("new", NULL));
    ck_assert_int_eq(stat("new", &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0640);
}
END_TEST

START_TEST(a_failure_leaves_no_trace)
{
    static const mmview_intp shape[] = {1000000};
    struct mmview_create_options options = MMVIEW_CREATE_OPTIONS_INIT;
    struct mmview_error err;

    write_values("file");
    options.flags = MMVIEW_WRITE_EXCLUSIVE;
    err = create_fails("file", &options, MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EEXIST);

    options.flags = 0;
    options.ndim = 1;
    options.shape = shape;
    limit_file_size(4000000);
    err = create_fails("file", &options, MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EFBIG);
    create_fails("new", &options, MMVIEW_ESYSTEM);
    ck_assert_uint_eq(file_size("file"), 128 + sizeof values);

    create_fails(".", NULL, MMVIEW_ENOTREG);
    create_fails("none/file", NULL, MMVIEW_ESYSTEM);
    create_fails("", NULL, MMVIEW_ESYSTEM);
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    create_fails("pipe", NULL, MMVIEW_ENOTREG);
    ck_assert_int_eq(files(), 2);
}
END_TEST

START_TEST(refuses_arguments)
{
    static const mmview_intp shape[] = {3};
    struct mmview_create_options options = MMVIEW_CREATE_OPTIONS_INIT;
    struct mmview_array *array = NULL;

    ck_assert_int_eq(mmview_create(NULL, NULL, &array, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_create("new", NULL, NULL, NULL), MMVIEW_EINVAL);
    options.version = 0x400;
    create_fails("new", &options, MMVIEW_EINVAL);
    options.version = 0;
    options.ndim = 1;
    create_fails("new", &options, MMVIEW_EINVAL);
    options.shape = shape;
    options.ndim = MMVIEW_MAXDIMS + 1;
    create_fails("new", &options, MMVIEW_EINVAL);
    options.ndim = 1;
    options.order = 2;
    create_fails("new", &options, MMVIEW_EINVAL);
    options.order = 0;
    options.flags = MMVIEW_WRITE_LIVE;
    create_fails("new", &options, MMVIEW_EOPTIONS);
    ck_assert_int_eq(files(), 0);
}
END_TEST

static struct mmview_writer *append_ok(const char *name, unsigned flags)
{
    struct mmview_writer_options options = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_writer *writer = NULL;
    int status;

    options.flags = flags;
    status = mmview_writer_append(name, &options, &writer, &err);
    ck_assert_msg(status == MMVIEW_OK, "%s: %s", mmview_status_name(status), err.message);
    return writer;
}

static mmview_intp rows_in(const char *name)
{
    struct mmview_array *array = open_ok(name, NULL);
    mmview_intp rows = mmview_array_shape(array)[0];

    mmview_array_unref(array);
    return rows;
}

START_TEST(saving_refuses_arguments)
{
    mmview_intp shape[MMVIEW_MAXDIMS] = {0};
    struct mmview_writer_options rows = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_save_options options = MMVIEW_SAVE_OPTIONS_INIT;
    struct mmview_writer *writer = NULL;
    struct mmview_array *array;
    char item[8];

    write_values("file");
    array = open_ok("file", NULL);
    ck_assert_int_eq(mmview_save(NULL, array, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_save("new", NULL, NULL, NULL), MMVIEW_EINVAL);
    options.order = 77;
    ck_assert_int_eq(mmview_save("new", array, &options, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_writer_create(NULL, NULL, &writer, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_writer_create("new", NULL, NULL, NULL), MMVIEW_EINVAL);
    rows.row_shape = shape;
    rows.row_ndim = MMVIEW_MAXDIMS;
    ck_assert_int_eq(mmview_writer_create("new", &rows, &writer, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_writer_append(NULL, NULL, &writer, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_writer_append("file", NULL, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_ptr_null(writer);
    ck_assert(!exists("new"));
    ck_assert_int_eq(mmview_writer_append("file", NULL, &writer, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_writer_write(writer, NULL, NULL), MMVIEW_EINVAL);
    mmview_writer_cancel(writer);
    ck_assert_int_eq(mmview_item_parse(mmview_array_dtype(array), NULL, 0, item, NULL),
                     MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_item_parse(mmview_array_dtype(array), "1", 1, NULL, NULL),
                     MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_open_fd(0, NULL, NULL, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_memmap_fd(0, NULL, NULL, NULL), MMVIEW_EINVAL);
    mmview_array_unref(array);
}
END_TEST

START_TEST(a_row_counts_when_it_is_flushed)
{
    struct mmview_writer *writer;

    write_values("file");
    writer = append_ok("file", 0);
    ck_assert_int_eq(mmview_writer_row_nbytes(writer), 24);
    ck_assert_int_eq(mmview_writer_rows(writer), 2);
    ck_assert_int_eq(mmview_writer_replaces(writer), 0);
    ck_assert_int_eq(mmview_dtype_char(mmview_writer_dtype(writer)), 'd');
    ck_assert_int_eq(mmview_writer_put(writer, values, 24, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_writer_rows(writer), 3);
    ck_assert_int_eq(rows_in("file"), 2);
    ck_assert_int_eq(mmview_writer_flush(writer, NULL), MMVIEW_OK);
    ck_assert_int_eq(rows_in("file"), 3);
    ck_assert_int_eq(mmview_writer_put(writer, values, 24, NULL), MMVIEW_OK);
    mmview_writer_cancel(writer);
    ck_assert_int_eq(rows_in("file"), 3);
    ck_assert_uint_eq(file_size("file"), 128 + 72);

    writer = append_ok("file", MMVIEW_WRITE_LIVE);
    ck_assert_int_eq(mmview_writer_put(writer, values, 36, NULL), MMVIEW_OK);
    ck_assert_int_eq(rows_in("file"), 4);
    ck_assert_int_eq(mmview_writer_flush(writer, NULL), MMVIEW_ESIZE);
    mmview_writer_cancel(writer);
    ck_assert_int_eq(rows_in("file"), 4);
    ck_assert_uint_eq(file_size("file"), 128 + 96);
    mmview_writer_cancel(NULL);
}
END_TEST

START_TEST(a_full_disk_takes_nothing)
{
    static const char rows[240000];
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_writer *writer;

    write_values("file");
    writer = append_ok("file", _i ? MMVIEW_WRITE_LIVE : 0u);
    ck_assert_int_eq(mmview_writer_put(writer, values, 24, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_writer_flush(writer, NULL), MMVIEW_OK);
    limit_file_size(100000);
    ck_assert_int_eq(mmview_writer_put(writer, rows, sizeof rows, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EFBIG);
    ck_assert_int_eq(mmview_writer_put(writer, rows, 24, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(mmview_writer_finish(writer, NULL), MMVIEW_EINVAL);
    ck_assert_int_eq(rows_in("file"), 3);
    ck_assert_uint_eq(file_size("file"), 128 + 72);
}
END_TEST

START_TEST(has_one_writer)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_writer *writer, *second = NULL;
    int descriptors;

    write_values("file");
    writer = append_ok("file", 0);
    descriptors = open_descriptors();
    ck_assert_int_eq(mmview_writer_append("file", NULL, &second, &err), MMVIEW_EBUSY);
    ck_assert_ptr_null(second);
    ck_assert_int_eq(mmview_writer_create("file", NULL, &second, NULL), MMVIEW_EBUSY);
    create_fails("file", NULL, MMVIEW_EBUSY);
    ck_assert_int_eq(open_descriptors(), descriptors);
    ck_assert_int_eq(mmview_writer_finish(writer, NULL), MMVIEW_OK);
    mmview_writer_cancel(append_ok("file", 0));
}
END_TEST

START_TEST(a_new_file_is_there_at_the_end)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_writer *writer = NULL;
    int descriptors = open_descriptors();

    ck_assert_int_eq(mmview_writer_create("new", NULL, &writer, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_writer_replaces(writer), 1);
    ck_assert_int_eq(mmview_writer_put(writer, values, sizeof values, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_writer_flush(writer, NULL), MMVIEW_OK);
    ck_assert_int_eq(files(), 0);
    mmview_writer_cancel(writer);
    ck_assert_int_eq(files(), 0);
    ck_assert_int_eq(mmview_writer_create("new", NULL, &writer, &err), MMVIEW_OK);
    ck_assert_int_eq(mmview_writer_put(writer, values, sizeof values, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_writer_finish(writer, NULL), MMVIEW_OK);
    ck_assert_int_eq(rows_in("new"), 6);
    ck_assert_int_eq(open_descriptors(), descriptors);
}
END_TEST

START_TEST(makes_room_in_old_headers)
{
    struct mmview_writer *writer;

    write_npy_at("file", "{'descr':'f8','fortran_order':False,'shape':(6,)}", 61, values,
                 sizeof values);
    writer = append_ok("file", 0);
    ck_assert_int_eq(mmview_writer_replaces(writer), 1);
    ck_assert_int_eq(mmview_writer_put(writer, values, 16, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_writer_flush(writer, NULL), MMVIEW_OK);
    ck_assert_int_eq(rows_in("file"), 6);
    ck_assert_int_eq(mmview_writer_finish(writer, NULL), MMVIEW_OK);
    ck_assert_int_eq(rows_in("file"), 8);
    ck_assert_uint_eq(file_size("file"), 128 + 64);
    ck_assert_int_eq(files(), 1);
}
END_TEST

/* A progress function: ends it when the context counts down to 0. */
static int count_down(void *context, uint64_t done, uint64_t total)
{
    int *left = context;

    ck_assert_uint_le(done, total);
    return --*left == 0;
}

/* Each in its call of _i + 1, or not at all. */
START_TEST(progress_may_end_it)
{
    static const mmview_intp shape[] = {3 << 20}; /* 24 MiB */
    struct mmview_create_options how = MMVIEW_CREATE_OPTIONS_INIT;
    struct mmview_writer_options grow = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_writer *writer = NULL;
    struct mmview_array *rows;
    int left = _i + 1;

    how.ndim = 1;
    how.shape = shape;
    how.fill = values;
    how.progress = grow.progress = count_down;
    how.context = grow.context = &left;
    create_fails("new", &how, MMVIEW_ECANCELED);
    ck_assert_int_eq(files(), 0);
    left = -1;
    rows = create_ok("new", &how);
    ck_assert_int_lt(left, -2);

    write_npy_at("file", "{'descr':'f8','fortran_order':False,'shape':(6,)}", 61, values,
                 sizeof values);
    left = 1;
    ck_assert_int_eq(mmview_writer_append("file", &grow, &writer, NULL), MMVIEW_ECANCELED);
    ck_assert_ptr_null(writer);
    ck_assert_int_eq(files(), 2);

    left = -1;
    ck_assert_int_eq(mmview_writer_append("file", &grow, &writer, NULL), MMVIEW_OK);
    left = _i + 1;
    ck_assert_int_eq(mmview_writer_write(writer, rows, NULL), MMVIEW_ECANCELED);
    mmview_writer_cancel(writer);
    ck_assert_int_eq(rows_in("file"), 6);
    ck_assert_int_eq(files(), 2);
    mmview_array_unref(rows);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("write");

    tcase_add_test(tcase, creates_by_default_one_float64);
    tcase_add_test(tcase, reserves_space_unless_sparse);
    tcase_add_test(tcase, replaces_in_one_step);
    tcase_add_test(tcase, follows_no_mask_but_its_own);
    tcase_add_test(tcase, refuses_arguments);
    tcase_add_test(tcase, saving_refuses_arguments);
    tcase_add_test(tcase, a_row_counts_when_it_is_flushed);
    tcase_add_test(tcase, has_one_writer);
    tcase_add_test(tcase, a_new_file_is_there_at_the_end);
    tcase_add_test(tcase, makes_room_in_old_headers);
    tcase_add_loop_test(tcase, progress_may_end_it, 0, 2);
    /* Last: they limit how large a file may be, and without a fork that stays. */
    tcase_add_test(tcase, a_failure_leaves_no_trace);
    tcase_add_loop_test(tcase, a_full_disk_takes_nothing, 0, 2);
    return run_suite("write", tcase);
}

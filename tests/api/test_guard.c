/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Files that become shorter, go away, grow and are replaced while they are guarded. */
#include "guarded.h"

#include <setjmp.h>
#include <sys/wait.h>

START_TEST(nothing_happens)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R)};
    void *before = action_of_sigbus();

    ck_assert_int_eq(guarded(&w), 7);
    ck_assert_int_eq(w.times, 1);
    ck_assert_int_eq(w.sum, (int)length_of(PAGES) - 128);
    ck_assert_int_eq(w.check, MMVIEW_OK);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    ck_assert_ptr_eq(action_of_sigbus(), before);
    ck_assert_int_eq(mmview_guard(NULL, 0, work, &w, NULL), 7);
    mmview_array_unref(w.array);
}
END_TEST

/* In every mode, from the page that the file's new end is in, and for good. */
START_TEST(becomes_shorter)
{
    const enum mmview_mode modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_RPLUS, MMVIEW_MODE_C};
    struct work w = {.array = open_a(modes[_i]), .cut = "a.npy", .to = length_of(3)};

    is_truncated(guarded(&w), length_of(3));
    ck_assert_int_eq(w.times, 1);
    ck_assert_int_eq(w.sum, (int)length_of(3) - 128); /* and the rest zeros */
    ck_assert_int_eq(w.check, MMVIEW_ETRUNCATED);
    ck_assert_int_eq(mmview_guard_check(w.array, NULL), MMVIEW_ETRUNCATED);

    mmview_error_clear(&err);
    is_truncated(guarded(&w), length_of(3));
    ck_assert_int_eq(w.times, 1);
    ck_assert_int_eq(mmview_guard(&w.array, 1, work, &w, NULL), MMVIEW_ETRUNCATED);
    if (modes[_i] != MMVIEW_MODE_R) {
        unsigned char *data = mmview_array_data(w.array);

        data[length_of(5)] = 9;
        ck_assert_int_eq(data[length_of(5)], 9);
        ck_assert_int_eq(mmview_array_flush(w.array, MMVIEW_FLUSH_SYNC, NULL), MMVIEW_OK);
        ck_assert_uint_eq(file_size("a.npy"), length_of(3));
    }
    mmview_array_unref(w.array);
    ck_assert_int_eq(maps_of("a.npy", NULL), 0);

    /* Another map of the file as it is now. */
    w = (struct work){.array = open_a(MMVIEW_MODE_R)};
    ck_assert_int_eq(guarded(&w), 7);
    mmview_array_unref(w.array);
}
END_TEST

/* The rest of a page is zeros without a signal. */
START_TEST(becomes_shorter_by_less_than_a_page)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R), .cut = "a.npy", .to = length_of(PAGES) - 1};

    is_truncated(guarded(&w), length_of(PAGES) - 1);
    ck_assert_int_eq(w.sum, (int)length_of(PAGES) - 129);
    mmview_array_unref(w.array);
}
END_TEST

/* Who has a descriptor needs no path, and is asked about what happened before the guard. */
START_TEST(was_shorter_before)
{
    struct mmview_open_options options = MMVIEW_OPEN_OPTIONS_INIT;
    struct work w = {.array = NULL};
    int fd;

    options.flags = MMVIEW_OPEN_SCAN;
    mmview_error_clear(&err);
    make("a.npy", PAGES);
    fd = open("a.npy", O_RDONLY);
    ck_assert_int_eq(mmview_open_fd(fd, &options, &w.array, &err), MMVIEW_OK);
    close(fd);
    ck_assert_int_eq(guarded(&w), 7);
    stretch("a.npy", length_of(PAGES) - 1);
    is_truncated(guarded(&w), length_of(PAGES) - 1);
    mmview_array_unref(w.array);
}
END_TEST

/* It tells what was lost first in the file, not in time; and a view is of the map. */
START_TEST(is_read_backwards)
{
    struct mmview_array *array = open_a(MMVIEW_MODE_R);
    struct work w = {.cut = "a.npy", .to = length_of(2) + 5};

    ck_assert_int_eq(mmview_view_select(array, "::-1", SIZE_MAX, &w.array, &err), MMVIEW_OK);
    is_truncated(guarded(&w), length_of(2) + 5);
    ck_assert_int_eq(w.sum, (int)length_of(2) + 5 - 128);
    ck_assert_int_eq(mmview_guard_check(array, NULL), MMVIEW_ETRUNCATED);
    mmview_array_unref(array);
    mmview_array_unref(w.array);
}
END_TEST

static void grow(void)
{
    stretch("a.npy", length_of(2 * PAGES));
}

static void removed(void)
{
    ck_assert_int_eq(unlink("a.npy"), 0);
}

static void replace(void)
{
    make("b.npy", 1);
    ck_assert_int_eq(rename("b.npy", "a.npy"), 0);
}

/* None of these takes bytes from who has the file mapped. */
START_TEST(loses_nothing)
{
    void (*const changes[])(void) = {grow, removed, replace};
    struct work w = {.array = open_a(MMVIEW_MODE_R)};

    changes[_i]();
    ck_assert_int_eq(guarded(&w), 7);
    ck_assert_int_eq(w.sum, (int)length_of(PAGES) - 128);
    mmview_array_unref(w.array);
}
END_TEST

static int sum_in_raw(void *context)
{
    struct work *w = context;

    ck_assert_int_eq(guarded(w), MMVIEW_ETRUNCATED);
    w->check = 1;
    return 0;
}

START_TEST(guards_nest)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R), .cut = "a.npy", .to = length_of(1)};
    struct mmview_error outer = MMVIEW_ERROR_INIT;

    ck_assert_int_eq(mmview_guard(&w.array, 1, sum_in_raw, &w, &outer), MMVIEW_ETRUNCATED);
    ck_assert_int_eq(w.check, 1);
    ck_assert_uint_eq(outer.offset, length_of(1));
    mmview_array_unref(w.array);
}
END_TEST

struct two {
    struct mmview_array *arrays[2];
    int sums[2];
};

static int sum_two(void *context)
{
    struct two *two = context;

    stretch("b.npy", length_of(1));
    for (int i = 0; i < 2; i++)
        two->sums[i] = sum_of(two->arrays[i]);
    return 0;
}

/* Of two, afterwards one knows which. */
START_TEST(two_files)
{
    struct two two = {{NULL, NULL}, {0, 0}};

    make("b.npy", PAGES);
    two.arrays[0] = open_a(MMVIEW_MODE_R);
    two.arrays[1] = open_ok("b.npy", NULL);
    is_truncated(mmview_guard(two.arrays, 2, sum_two, &two, &err), length_of(1));
    ck_assert_int_eq(mmview_guard_check(two.arrays[0], NULL), MMVIEW_OK);
    ck_assert_int_eq(mmview_guard_check(two.arrays[1], NULL), MMVIEW_ETRUNCATED);
    ck_assert_int_eq(two.sums[0], (int)length_of(PAGES) - 128);
    mmview_error_clear(&err);
    is_truncated(mmview_guard(two.arrays, 2, sum_two, &two, &err), length_of(1));
    mmview_array_unref(two.arrays[0]);
    mmview_array_unref(two.arrays[1]);
}
END_TEST

static int let_go(void *context)
{
    struct work *w = context;

    mmview_array_unref(w->array);
    return 3;
}

START_TEST(an_array_is_kept)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R)};

    ck_assert_int_eq(mmview_guard(&w.array, 1, let_go, &w, &err), 3);
    ck_assert_int_eq(maps_of("a.npy", NULL), 0);
}
END_TEST

/* An error that is there stays, as everywhere. */
START_TEST(the_first_error_stays)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R), .cut = "a.npy", .to = length_of(1)};

    err.status = MMVIEW_EINVAL;
    ck_assert_int_eq(guarded(&w), MMVIEW_ETRUNCATED);
    ck_assert_int_eq(err.status, MMVIEW_EINVAL);
    mmview_array_unref(w.array);
}
END_TEST

static int fails_of_it(void *context)
{
    struct work *w = context;

    stretch("a.npy", length_of(1));
    sum_of(w->array);
    /* What comes of zeros may fail in its own way. */
    return mmview_view_select(w->array, "no index", SIZE_MAX, NULL, &err);
}

START_TEST(truncation_is_the_reason)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R)};

    is_truncated(mmview_guard(&w.array, 1, fails_of_it, &w, &err), length_of(1));
    mmview_array_unref(w.array);
}
END_TEST

/* ---- Faults that are no array's. */

static sigjmp_buf back;
static volatile sig_atomic_t caught;
static void *volatile caught_at;

static void note(int number)
{
    caught = number;
}

static void note_place(int number, siginfo_t *info, void *context)
{
    (void)context;
    caught = number;
    caught_at = info->si_addr;
    siglongjmp(back, 1);
}

/* Touches a page that a file of another's does not have. */
static volatile unsigned char *foreign_page(void)
{
    int fd = open("a.npy", O_RDWR);
    void *foreign;

    ck_assert_int_ge(fd, 0);
    foreign = mmap(NULL, page, PROT_READ, MAP_SHARED, fd, (off_t)length_of(PAGES));
    ck_assert_ptr_ne(foreign, MAP_FAILED);
    close(fd);
    return foreign;
}

static int touch_foreign(void *context)
{
    volatile unsigned char *foreign = context;

    return *foreign;
}

static int send_bus(void *context)
{
    (void)context;
    raise(SIGBUS);
    return 5;
}

static int touch_and_return(void *context)
{
    if (sigsetjmp(back, 1) == 0)
        touch_foreign(context);
    return 6;
}

START_TEST(hands_on_to_handlers)
{
    struct mmview_array *array = open_a(MMVIEW_MODE_R);
    struct sigaction with_place = {.sa_sigaction = note_place, .sa_flags = SA_SIGINFO};
    volatile unsigned char *foreign = foreign_page();

    ck_assert_int_eq(sigaction(SIGBUS, &with_place, NULL), 0);
    ck_assert_int_eq(mmview_guard(&array, 1, touch_and_return, (void *)(uintptr_t)foreign, &err),
                     6);
    ck_assert_int_eq(caught, SIGBUS);
    ck_assert_ptr_eq(caught_at, (void *)(uintptr_t)foreign);
    ck_assert_ptr_eq(action_of_sigbus(), (void *)(uintptr_t)note_place);

    caught = 0;
    signal(SIGBUS, note);
    ck_assert_int_eq(mmview_guard(&array, 1, send_bus, NULL, &err), 5);
    ck_assert_int_eq(caught, SIGBUS);

    caught = 0;
    signal(SIGBUS, SIG_IGN);
    ck_assert_int_eq(mmview_guard(&array, 1, send_bus, NULL, &err), 5);
    ck_assert_int_eq(caught, 0);
    ck_assert_ptr_eq(action_of_sigbus(), (void *)(uintptr_t)SIG_IGN);
    mmview_array_unref(array);
}
END_TEST

struct ending {
    void (*action)(int);
    int (*call)(void *);
};

/* They end the program as they would without a guard. */
START_TEST(hands_on_to_the_end)
{
    const struct ending endings[] = {
        {SIG_DFL, touch_foreign}, {SIG_IGN, touch_foreign}, {SIG_DFL, send_bus}};
    struct mmview_array *array = open_a(MMVIEW_MODE_R);
    void *foreign = (void *)(uintptr_t)foreign_page();
    pid_t child = fork();
    int status;

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        const struct rlimit no_core = {0, 0};

        setrlimit(RLIMIT_CORE, &no_core);
        signal(SIGBUS, endings[_i].action);
        mmview_guard(&array, 1, endings[_i].call, foreign, NULL);
        _exit(1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGBUS);
    mmview_array_unref(array);
}
END_TEST

static void on_top(int number, siginfo_t *info, void *context);
static struct sigaction under;

static void on_top(int number, siginfo_t *info, void *context)
{
    caught++;
    under.sa_sigaction(number, info, context);
}

static int put_on_top(void *context)
{
    struct sigaction top = {.sa_sigaction = on_top, .sa_flags = SA_SIGINFO};

    ck_assert_int_eq(sigaction(SIGBUS, &top, &under), 0);
    ck_assert(under.sa_flags & SA_SIGINFO);
    return work(context);
}

/* A handler that comes while a guard runs is left where it is, and hands on. */
START_TEST(a_handler_on_top)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R), .cut = "a.npy", .to = length_of(1)};

    signal(SIGBUS, SIG_DFL);
    is_truncated(mmview_guard(&w.array, 1, put_on_top, &w, &err), length_of(1));
    ck_assert_int_eq(caught, 1);
    ck_assert_ptr_eq(action_of_sigbus(), (void *)(uintptr_t)on_top);
    mmview_array_unref(w.array);

    for (int i = 0; i < 2; i++) { /* with it there, and without */
        w.array = open_a(MMVIEW_MODE_R);
        is_truncated(guarded(&w), length_of(1));
        ck_assert_int_eq(caught, 2);
        mmview_array_unref(w.array);
        signal(SIGBUS, SIG_DFL);
    }
    ck_assert_ptr_eq(action_of_sigbus(), (void *)(uintptr_t)SIG_DFL);
}
END_TEST

START_TEST(sigbus_is_blocked)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R), .cut = "a.npy", .to = length_of(1)};
    sigset_t all, now;

    sigfillset(&all);
    ck_assert_int_eq(pthread_sigmask(SIG_SETMASK, &all, NULL), 0);
    is_truncated(guarded(&w), length_of(1));
    ck_assert_int_eq(pthread_sigmask(SIG_SETMASK, NULL, &now), 0);
    ck_assert_int_eq(sigismember(&now, SIGBUS), 1);
    mmview_array_unref(w.array);
}
END_TEST

static int write_out(void *context)
{
    struct work *w = context;
    int pipes[2];
    ssize_t n;

    stretch("a.npy", length_of(1));
    ck_assert_int_eq(pipe(pipes), 0);
    n = write(pipes[1], (char *)mmview_array_data(w->array) + length_of(1), 1);
    w->check = n < 0 ? errno : 0;
    close(pipes[0]);
    close(pipes[1]);
    return 0;
}

/* The kernel gets no signal; but the file is looked at in the end. */
START_TEST(system_calls)
{
    struct work w = {.array = open_a(MMVIEW_MODE_R)};

    is_truncated(mmview_guard(&w.array, 1, write_out, &w, &err), length_of(1));
    ck_assert_int_eq(w.check, EFAULT);
    mmview_array_unref(w.array);
}
END_TEST

/* ---- Files that are written from arrays. */

#define MIB ((uint64_t)1 << 20)

/* A progress function: cuts what is read when some of it is written. */
static int cut_big(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    if (done < total)
        stretch("big.npy", 4 * MIB);
    return 0;
}

static int save_big(void *context)
{
    struct mmview_save_options options = MMVIEW_SAVE_OPTIONS_INIT;
    struct work *w = context;
    struct mmview_dtype *dtype;
    int status;

    ck_assert_int_eq(mmview_dtype_parse(w->cut, SIZE_MAX, 0, &dtype, NULL), MMVIEW_OK);
    options.dtype = dtype;
    options.progress = cut_big;
    status = mmview_save("out.npy", w->array, &options, NULL);
    mmview_dtype_unref(dtype);
    w->check = status;
    return status;
}

/* No file is made of zeros: not of what the kernel does not find, and not of what is
 * converted. */
START_TEST(is_saved)
{
    struct work w = {.cut = (const char *[]){"u1", "i2"}[_i]};
    const char *dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (33554432,), }";

    write_npy("big.npy", dict, NULL, 0);
    stretch("big.npy", 128 + 32 * MIB);
    mmview_error_clear(&err);
    w.array = open_ok("big.npy", NULL);
    ck_assert_int_eq(mmview_guard(&w.array, 1, save_big, &w, &err), MMVIEW_ETRUNCATED);
    ck_assert_int_eq(w.check, MMVIEW_ETRUNCATED);
    ck_assert(!exists("out.npy"));
    mmview_array_unref(w.array);
}
END_TEST

/* ---- Arrays that are no maps of whole files. */

static int release_count;

static void count_release(void *context)
{
    (void)context;
    release_count++;
}

START_TEST(memory)
{
    struct mmview_memory_options options = MMVIEW_MEMORY_OPTIONS_INIT;
    unsigned char bytes[256];
    struct work w = {0};

    make("a.npy", 1);
    read_file("a.npy", bytes, sizeof bytes);
    memcpy(bytes + 10, "{'descr': '|u1', 'fortran_order': False, 'shape': (128,), }        ", 66);
    options.release = count_release;
    ck_assert_int_eq(mmview_from_memory(bytes, sizeof bytes, &options, &w.array, &err), 0);
    ck_assert_int_eq(guarded(&w), 7);
    ck_assert_int_eq(w.sum, 128);
    mmview_array_unref(w.array);
    ck_assert_int_eq(release_count, 1);
}
END_TEST

START_TEST(a_descriptor)
{
    struct work w = {.cut = "a.npy", .to = length_of(3)};
    int fd;

    make("a.npy", PAGES);
    fd = open("a.npy", O_RDONLY);
    ck_assert_int_eq(mmview_open_fd(fd, NULL, &w.array, &err), MMVIEW_OK);
    close(fd);
    is_truncated(guarded(&w), length_of(3));
    mmview_array_unref(w.array);
}
END_TEST

START_TEST(no_items)
{
    struct work w = {.cut = "e.npy"};

    write_npy("e.npy", "{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }", NULL, 0);
    w.array = open_ok("e.npy", NULL);
    ck_assert_int_eq(guarded(&w), 7);
    ck_assert_int_eq(w.check, MMVIEW_OK);
    mmview_array_unref(w.array);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("guard");

    page = (size_t)sysconf(_SC_PAGESIZE);
    tcase_add_test(tcase, nothing_happens);
    tcase_add_loop_test(tcase, becomes_shorter, 0, 3);
    tcase_add_test(tcase, becomes_shorter_by_less_than_a_page);
    tcase_add_test(tcase, was_shorter_before);
    tcase_add_test(tcase, is_read_backwards);
    tcase_add_loop_test(tcase, loses_nothing, 0, 3);
    tcase_add_test(tcase, guards_nest);
    tcase_add_test(tcase, two_files);
    tcase_add_test(tcase, an_array_is_kept);
    tcase_add_test(tcase, the_first_error_stays);
    tcase_add_test(tcase, truncation_is_the_reason);
    tcase_add_test(tcase, hands_on_to_handlers);
    tcase_add_loop_test(tcase, hands_on_to_the_end, 0, 3);
    tcase_add_test(tcase, a_handler_on_top);
    tcase_add_test(tcase, sigbus_is_blocked);
    tcase_add_test(tcase, system_calls);
    tcase_add_loop_test(tcase, is_saved, 0, 2);
    tcase_add_test(tcase, memory);
    tcase_add_test(tcase, a_descriptor);
    tcase_add_test(tcase, no_items);
    return run_suite("guard", tcase);
}

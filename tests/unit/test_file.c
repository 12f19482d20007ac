/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Files below the map: what is refused, what is read, what a failure leaves
 * behind. */
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "../suite.h"
#include "made_file.h"

static char folder[] = "/tmp/mmview-file-XXXXXX";
static struct mmview_error err;

static void setup(void)
{
    memcpy(strrchr(folder, '-'), "-XXXXXX", 8);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    mmview_error_clear(&err);
}

static void teardown(void)
{
    static const char *const names[] = {"file", "fifo", "socket", "link", "made"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(names[i]);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

static int open_status(const char *path, enum mmview_mode mode)
{
    int fd = -7, status;
    uint64_t size = 7;
    bool created = false;

    mmview_error_clear(&err);
    status = mmv_file_open(path, mode, &fd, &size, &created, &err);
    if (status == MMVIEW_OK) {
        mmv_file_close(fd);
    } else {
        ck_assert_int_eq(fd, -7);
        ck_assert_uint_eq(size, 7);
        ck_assert_int_eq(err.status, status);
    }
    return status;
}

START_TEST(opens_regular_files_only)
{
    static const enum mmview_mode modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_C, MMVIEW_MODE_RPLUS,
                                             MMVIEW_MODE_WPLUS};
    enum mmview_mode mode = modes[_i];
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    /* None of these may block. */
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    ck_assert_int_eq(open_status("fifo", mode), MMVIEW_ENOTREG);
    ck_assert_ptr_nonnull(strstr(err.message, "FIFO"));
    ck_assert_ptr_nonnull(strstr(err.message, "standard input"));
    ck_assert_int_eq(open_status(".", mode), MMVIEW_ENOTREG);
    ck_assert_ptr_nonnull(strstr(err.message, "directory"));
    ck_assert_int_eq(open_status("socket", mode), MMVIEW_ENOTREG);
    ck_assert_ptr_nonnull(strstr(err.message, "socket"));
    ck_assert_int_eq(open_status("/dev/null", mode), MMVIEW_ENOTREG);
    ck_assert_ptr_nonnull(strstr(err.message, "device"));
    close(make_file(3));
    ck_assert_int_eq(open_status("file", mode), MMVIEW_OK);
}
END_TEST

/* A FIFO that is opened for writing and closed again hangs up on its reader. */
START_TEST(does_not_touch_a_fifo_to_write)
{
    struct pollfd reader = {.events = POLLIN};

    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    reader.fd = open("fifo", O_RDONLY | O_NONBLOCK);
    ck_assert_int_ge(reader.fd, 0);
    ck_assert_int_eq(open_status("fifo", MMVIEW_MODE_WPLUS), MMVIEW_ENOTREG);
    ck_assert_int_eq(open_status("fifo", MMVIEW_MODE_RPLUS), MMVIEW_ENOTREG);
    ck_assert_int_eq(poll(&reader, 1, 0), 0);
    close(reader.fd);
}
END_TEST

static bool was_opened(int watch)
{
    struct inotify_event event;

    return read(watch, &event, sizeof event) == (ssize_t)sizeof event;
}

/* It could be a watchdog or a tape, which move when they are opened. A FIFO stands for
 * it, since the kernel tells of it when one is. */
START_TEST(does_not_open_what_a_link_leads_to)
{
    static const enum mmview_mode modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_C, MMVIEW_MODE_RPLUS,
                                             MMVIEW_MODE_WPLUS};
    int watch = inotify_init1(IN_NONBLOCK);

    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert_int_eq(symlink("fifo", "link"), 0);
    ck_assert_int_ge(inotify_add_watch(watch, "fifo", IN_OPEN), 0);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        ck_assert_int_eq(open_status("link", modes[i]), MMVIEW_ENOTREG);
        ck_assert_ptr_nonnull(strstr(err.message, "FIFO"));
        ck_assert(!was_opened(watch));
    }
    close(open("fifo", O_RDONLY | O_NONBLOCK));
    ck_assert(was_opened(watch));
    close(watch);
}
END_TEST

START_TEST(follows_links)
{
    static const enum mmview_mode modes[] = {MMVIEW_MODE_R, MMVIEW_MODE_C, MMVIEW_MODE_RPLUS,
                                             MMVIEW_MODE_WPLUS};
    int fd = make_file(3);
    char open_file[32];

    ck_assert_int_eq(symlink("file", "link"), 0);
    ck_assert_int_eq(symlink("link", "made"), 0);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        ck_assert_int_eq(open_status("made", modes[i]), MMVIEW_OK);
    unlink("file");
    ck_assert_int_eq(open_status("made", MMVIEW_MODE_R), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ENOENT);
    unlink("link");
    ck_assert_int_eq(symlink("made", "link"), 0);
    ck_assert_int_eq(open_status("link", MMVIEW_MODE_R), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ELOOP);
    /* A link of the kernel's, to a file that has no name any more. */
    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", fd);
    if (access("/proc/self/fd", F_OK) == 0)
        ck_assert_int_eq(open_status(open_file, MMVIEW_MODE_RPLUS), MMVIEW_OK);
    close(fd);
}
END_TEST

START_TEST(says_why_it_can_not_open)
{
    ck_assert_int_eq(open_status("nowhere", MMVIEW_MODE_R), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ENOENT);
    ck_assert_int_eq(open_status("nowhere", MMVIEW_MODE_RPLUS), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ENOENT);
    ck_assert_int_eq(open_status("file/below", MMVIEW_MODE_R), MMVIEW_ESYSTEM);
    close(make_file(3));
    ck_assert_int_eq(open_status("file/below", MMVIEW_MODE_R), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ENOTDIR);
    ck_assert_int_eq(open_status("nowhere/made", MMVIEW_MODE_WPLUS), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ENOENT);
}
END_TEST

/* Root may open anything, so it becomes somebody else for a while. */
START_TEST(says_that_it_may_not_write)
{
    static const enum mmview_mode modes[] = {MMVIEW_MODE_RPLUS, MMVIEW_MODE_WPLUS};
    bool root = geteuid() == 0;

    close(make_file(3));
    ck_assert_int_eq(chmod("file", 0444), 0);
    ck_assert_int_eq(chmod(".", 0755), 0);
    ck_assert(!root || seteuid(65534) == 0);
    ck_assert_int_eq(open_status("file", MMVIEW_MODE_R), MMVIEW_OK);
    ck_assert_int_eq(open_status("file", MMVIEW_MODE_C), MMVIEW_OK);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        ck_assert_int_eq(open_status("file", modes[i]), MMVIEW_ESYSTEM);
        ck_assert_int_eq(err.sys_errno, EACCES);
        ck_assert_ptr_nonnull(strstr(err.message, "for writing"));
    }
    ck_assert(!root || seteuid(0) == 0);
}
END_TEST

START_TEST(creates_and_discards)
{
    uint64_t size = 7;
    bool created = false;
    struct stat st;
    int fd;

    umask(022);
    ck_assert_int_eq(mmv_file_open("made", MMVIEW_MODE_WPLUS, &fd, &size, &created, &err), 0);
    ck_assert(created);
    ck_assert_uint_eq(size, 0);
    ck_assert_int_eq(stat("made", &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0644);
    mmv_file_discard("made", fd);
    ck_assert_int_eq(stat("made", &st), -1);

    close(make_file(3));
    created = true;
    ck_assert_int_eq(mmv_file_open("file", MMVIEW_MODE_WPLUS, &fd, &size, &created, &err), 0);
    ck_assert(!created);
    ck_assert_uint_eq(size, 3); /* opening alone empties nothing */
    mmv_file_close(fd);
}
END_TEST

/* Whoever took the name in between keeps the file. */
START_TEST(discards_only_its_own)
{
    uint64_t size;
    bool created;
    struct stat st;
    int fd;

    ck_assert_int_eq(mmv_file_open("made", MMVIEW_MODE_WPLUS, &fd, &size, &created, &err), 0);
    close(make_file(3));
    ck_assert_int_eq(rename("file", "made"), 0);
    mmv_file_discard("made", fd);
    ck_assert_int_eq(stat("made", &st), 0);
    ck_assert_int_eq(st.st_size, 3);
}
END_TEST

/* What is behind the link is not ours to remove again: its name is not known. */
START_TEST(creates_through_a_dangling_link)
{
    bool created = true;
    uint64_t size;
    struct stat st;
    int fd;

    ck_assert_int_eq(symlink("made", "link"), 0);
    ck_assert_int_eq(mmv_file_open("link", MMVIEW_MODE_WPLUS, &fd, &size, &created, &err), 0);
    ck_assert(!created);
    mmv_file_close(fd);
    ck_assert_int_eq(stat("made", &st), 0);
    ck_assert(S_ISREG(st.st_mode));
}
END_TEST

START_TEST(adopts_descriptors)
{
    uint64_t size = 7;
    int fds[2], fd;

    close(make_file(3));
    fd = open("file", O_RDONLY);
    ck_assert_int_eq(mmv_file_adopt(fd, MMVIEW_MODE_R, &size, &err), MMVIEW_OK);
    ck_assert_uint_eq(size, 3);
    ck_assert_int_eq(mmv_file_adopt(fd, MMVIEW_MODE_C, &size, &err), MMVIEW_OK);
    ck_assert_int_eq(mmv_file_adopt(fd, MMVIEW_MODE_RPLUS, &size, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EACCES);
    close(fd);
    mmview_error_clear(&err);
    ck_assert_int_eq(mmv_file_adopt(fd, MMVIEW_MODE_R, &size, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EBADF);

    fd = open("file", O_WRONLY);
    ck_assert_int_eq(mmv_file_adopt(fd, MMVIEW_MODE_R, &size, NULL), MMVIEW_ESYSTEM);
    ck_assert_int_eq(mmv_file_adopt(fd, MMVIEW_MODE_RPLUS, &size, NULL), MMVIEW_ESYSTEM);
    close(fd);
    fd = open("file", O_PATH);
    ck_assert_int_eq(mmv_file_adopt(fd, MMVIEW_MODE_R, &size, NULL), MMVIEW_ESYSTEM);
    close(fd);
    ck_assert_int_eq(pipe(fds), 0);
    ck_assert_int_eq(mmv_file_adopt(fds[0], MMVIEW_MODE_R, &size, NULL), MMVIEW_ENOTREG);
    close(fds[0]);
    close(fds[1]);
}
END_TEST

START_TEST(reads_to_the_end_and_not_past_it)
{
    int fd = make_file(100);
    unsigned char buffer[64];
    size_t got = 7;

    ck_assert_int_eq(mmv_file_read(fd, buffer, 10, 20, &got, &err), MMVIEW_OK);
    ck_assert_uint_eq(got, 10);
    ck_assert_uint_eq(buffer[0], 60);
    ck_assert_uint_eq(buffer[9], 87);
    /* As when the file became shorter since it was asked for its size. */
    ck_assert_int_eq(mmv_file_read(fd, buffer, sizeof buffer, 90, &got, &err), MMVIEW_OK);
    ck_assert_uint_eq(got, 10);
    ck_assert_int_eq(mmv_file_read(fd, buffer, sizeof buffer, 100, &got, &err), MMVIEW_OK);
    ck_assert_uint_eq(got, 0);
    ck_assert_int_eq(mmv_file_read(fd, buffer, sizeof buffer, INT64_MAX - 64, &got, &err), 0);
    ck_assert_uint_eq(got, 0);
    close(fd);
    got = 7;
    ck_assert_int_eq(mmv_file_read(fd, buffer, 1, 0, &got, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EBADF);
    ck_assert_uint_eq(got, 7);
}
END_TEST

static int64_t blocks_of(int fd)
{
    struct stat st;

    ck_assert_int_eq(fstat(fd, &st), 0);
    return st.st_blocks;
}

START_TEST(grows)
{
    const uint64_t size = (uint64_t)1 << 20;
    int fd = make_file(100);
    unsigned char byte;
    size_t got;

    ck_assert_int_eq(mmv_file_grow(fd, 100, size, false, &err), MMVIEW_OK);
    ck_assert_uint_eq(size_of(fd), size);
    ck_assert_int_ge(blocks_of(fd), (int64_t)(size / 512)); /* the space is taken */
    ck_assert_int_eq(mmv_file_read(fd, &byte, 1, 99, &got, &err), MMVIEW_OK);
    ck_assert_uint_eq(byte, 99 * 3 & 255);
    ck_assert_int_eq(mmv_file_read(fd, &byte, 1, size - 1, &got, &err), MMVIEW_OK);
    ck_assert_uint_eq(got, 1);
    ck_assert_uint_eq(byte, 0);
    /* Never shorter. */
    ck_assert_int_eq(mmv_file_grow(fd, size, 10, false, &err), MMVIEW_OK);
    ck_assert_uint_eq(size_of(fd), size);
    /* Nor when another process has made it longer since it was measured. */
    ck_assert_int_eq(mmv_file_grow(fd, 100, 200, true, &err), MMVIEW_OK);
    ck_assert_uint_eq(size_of(fd), size);
    close(fd);

    fd = make_file(100);
    ck_assert_int_eq(mmv_file_grow(fd, 100, (uint64_t)1 << 40, true, &err), MMVIEW_OK);
    ck_assert_uint_eq(size_of(fd), (uint64_t)1 << 40);
    ck_assert_int_lt(blocks_of(fd), 4096);
    close(fd);
}
END_TEST

/* What another process has cut off since the file was measured was data, or a header. */
START_TEST(does_not_grow_what_became_shorter)
{
    int fd = make_file(99);

    ck_assert_int_eq(mmv_file_grow(fd, 100, 200, _i, &err), MMVIEW_ETRUNCATED);
    ck_assert_uint_eq(err.offset, 99);
    ck_assert_uint_eq(size_of(fd), 99);
    close(fd);
}
END_TEST

/* The limit on file sizes stands in for a full disk. */
static void limit_file_size(rlim_t limit)
{
    struct rlimit r;

    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &r), 0);
    r.rlim_cur = limit < r.rlim_max ? limit : r.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &r), 0);
}

START_TEST(growth_that_fails_changes_nothing)
{
    bool sparse = _i != 0;
    int fd = make_file(100);
    unsigned char byte;
    size_t got;

    limit_file_size(8192);
    ck_assert_int_eq(mmv_file_grow(fd, 100, 100000, sparse, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EFBIG);
    ck_assert_uint_eq(size_of(fd), 100);

    mmview_error_clear(&err);
    ck_assert_int_eq(mmv_file_renew(fd, 100, 100000, sparse, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, EFBIG);
    ck_assert_uint_eq(size_of(fd), 100);
    ck_assert_int_eq(mmv_file_read(fd, &byte, 1, 99, &got, &err), MMVIEW_OK);
    ck_assert_uint_eq(byte, 99 * 3 & 255);
    limit_file_size(RLIM_INFINITY);
    close(fd);
}
END_TEST

/* What reserving space answers, if not 0: the library calls the function below
 * instead of the C library's. */
static int reserve_errno, reserve_calls;

int posix_fallocate(int fd, off_t offset, off_t length)
{
    reserve_calls++;
    if (reserve_errno == EINTR && reserve_calls < 3)
        return EINTR;
    if (reserve_errno && reserve_errno != EINTR) {
        /* A disk fills up when some of it has been done. */
        if (reserve_errno == ENOSPC && size_of(fd) < (uint64_t)(offset + length / 2))
            ck_assert_int_eq(ftruncate(fd, offset + length / 2), 0);
        return reserve_errno;
    }
    return fallocate(fd, 0, offset, length) < 0 ? errno : 0;
}

/* Whether the new content is longer than the old or shorter: the old may have
 * holes, and others want space too. */
START_TEST(a_full_disk_changes_nothing)
{
    static const uint64_t sizes[] = {100000, 100, 50};
    int fd = make_file(100);
    unsigned char bytes[200];
    size_t got;

    reserve_errno = ENOSPC;
    ck_assert_int_eq(mmv_file_grow(fd, 100, 100000, false, &err), MMVIEW_ESYSTEM);
    ck_assert_int_eq(err.sys_errno, ENOSPC);
    ck_assert_uint_eq(size_of(fd), 100);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        mmview_error_clear(&err);
        ck_assert_int_eq(mmv_file_renew(fd, 100, sizes[i], false, &err), MMVIEW_ESYSTEM);
        ck_assert_int_eq(err.sys_errno, ENOSPC);
        ck_assert_int_eq(mmv_file_read(fd, bytes, sizeof bytes, 0, &got, NULL), MMVIEW_OK);
        ck_assert_uint_eq(got, 100);
        for (size_t k = 0; k < got; k++)
            ck_assert_uint_eq(bytes[k], k * 3 & 255);
    }
    /* Sparse files ask for no space. */
    ck_assert_int_eq(mmv_file_grow(fd, 100, 100000, true, NULL), MMVIEW_OK);
    ck_assert_int_eq(mmv_file_renew(fd, 100000, 70, true, NULL), MMVIEW_OK);
    ck_assert_uint_eq(size_of(fd), 70);
    reserve_errno = 0;
    close(fd);
}
END_TEST

START_TEST(reserves_where_it_can)
{
    int fd = make_file(100);

    reserve_errno = EINTR;
    reserve_calls = 0;
    ck_assert_int_eq(mmv_file_grow(fd, 100, 9000, false, &err), MMVIEW_OK);
    ck_assert_int_eq(reserve_calls, 3);
    ck_assert_uint_eq(size_of(fd), 9000);
    reserve_errno = EOPNOTSUPP; /* such file systems get a hole */
    ck_assert_int_eq(mmv_file_grow(fd, 9000, 20000, false, &err), MMVIEW_OK);
    ck_assert_uint_eq(size_of(fd), 20000);
    reserve_errno = 0;
    close(fd);
}
END_TEST

START_TEST(renews)
{
    static const uint64_t sizes[] = {10, 100, 5000};
    bool sparse = _i != 0;

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int fd = make_file(100);
        unsigned char bytes[5000];
        size_t got;

        ck_assert_int_eq(mmv_file_renew(fd, 100, sizes[i], sparse, &err), MMVIEW_OK);
        ck_assert_uint_eq(size_of(fd), sizes[i]);
        ck_assert_int_eq(mmv_file_read(fd, bytes, sizeof bytes, 0, &got, &err), MMVIEW_OK);
        ck_assert_uint_eq(got, sizes[i]);
        for (size_t k = 0; k < got; k++)
            ck_assert_uint_eq(bytes[k], 0);
        close(fd);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, opens_regular_files_only, 0, 4);
    tcase_add_test(tcase, does_not_touch_a_fifo_to_write);
    tcase_add_test(tcase, does_not_open_what_a_link_leads_to);
    tcase_add_test(tcase, follows_links);
    tcase_add_test(tcase, says_why_it_can_not_open);
    tcase_add_test(tcase, says_that_it_may_not_write);
    tcase_add_test(tcase, creates_and_discards);
    tcase_add_test(tcase, discards_only_its_own);
    tcase_add_test(tcase, creates_through_a_dangling_link);
    tcase_add_test(tcase, adopts_descriptors);
    tcase_add_test(tcase, reads_to_the_end_and_not_past_it);
    tcase_add_test(tcase, grows);
    tcase_add_loop_test(tcase, does_not_grow_what_became_shorter, 0, 2);
    tcase_add_loop_test(tcase, growth_that_fails_changes_nothing, 0, 2);
    tcase_add_test(tcase, a_full_disk_changes_nothing);
    tcase_add_test(tcase, reserves_where_it_can);
    tcase_add_loop_test(tcase, renews, 0, 2);
}

int main(void)
{
    return run_suite("file", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What is refused in the sandbox of the CLI, as far as this system has it, and what
 * goes on. */
#include "../../src/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../suite.h"

#define FAILS(call, errnum)                \
    do {                                   \
        errno = 0;                         \
        ck_assert_int_eq((call), -1);      \
        ck_assert_int_eq(errno, (errnum)); \
    } while (0)

static char folder[] = "/tmp/mmview-sandbox-XXXXXX";

static void refuses_files(void)
{
    char name[] = "true", *const arguments[] = {name, NULL};
    int fd = open("file", O_RDONLY);
    char byte;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(read(fd, &byte, 1), 1);
    close(fd);
    FAILS(open("new", O_WRONLY | O_CREAT, 0666), EACCES);
    FAILS(mkdir("new", 0777), EACCES);
    FAILS(symlink("file", "new"), EACCES);
    FAILS(unlink("file"), EACCES);
    FAILS(rename("file", "new"), EACCES);
    ck_assert_int_eq(execv("/bin/true", arguments), -1);
    FAILS(open("file", O_RDWR), EACCES);
}

/* There the C library makes all calls for sockets by one, which is refused as a whole. */
#ifdef __i386__
static const bool by_socketcall = true;
#else
static const bool by_socketcall = false;
#endif

static void refuses_tcp(int fd, int errnum)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(9)};

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    FAILS(connect(fd, (struct sockaddr *)&here, sizeof here), errnum);
    here.sin_port = htons(40000);
    FAILS(bind(fd, (struct sockaddr *)&here, sizeof here), errnum);
}

static void refuses_calls(void)
{
    char name[] = "true", *const arguments[] = {name, NULL};

    FAILS(socket(AF_INET, SOCK_STREAM, 0), EPERM);
    FAILS(socket(AF_UNIX, SOCK_STREAM, 0), EPERM);
    FAILS(execv("/bin/true", arguments), EPERM);
}

static void in_sandbox(void)
{
    int tcp = socket(AF_INET, SOCK_STREAM, 0), fd = open("file", O_RDWR), pipes[2];
    unsigned done;

    ck_assert_int_ge(fd, 0);
    done = sandbox_enter();
    if (done & SANDBOX_FILES)
        refuses_files();
    else
        puts("SKIP: a part: no Landlock here");
    if ((done & SANDBOX_TCP) && tcp >= 0)
        refuses_tcp(tcp, by_socketcall && done & SANDBOX_CALLS ? EPERM : EACCES);
    else
        puts("SKIP: a part: no Landlock for TCP here");
    if (done & SANDBOX_CALLS)
        refuses_calls();
    else
        puts("SKIP: a part: no seccomp here");

    /* What is open stays. */
    ck_assert_int_eq(write(fd, "more", 4), 4);
    ck_assert_int_eq(pipe(pipes), 0);
    ck_assert_int_eq(write(pipes[1], "more", 4), 4);
    /* And once more is no harm. */
    ck_assert_uint_eq(sandbox_enter(), done);
}

/* It is for good: not for the process that runs the tests. */
static void in_child(void)
{
    pid_t child;
    int status, fd;

    strcpy(strrchr(folder, '-'), "-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    fd = open("file", O_WRONLY | O_CREAT, 0666);
    ck_assert_int_eq(write(fd, "some", 4), 4);
    close(fd);
    fflush(NULL);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        in_sandbox();
        fflush(stdout);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    unlink("file");
    unlink("new");
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %#x", (unsigned)status);
}

START_TEST(sandbox)
{
    in_child();
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, sandbox);
}

int main(void)
{
    return run_suite("sandbox", add_tests);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* What is refused in the sandbox of the CLI, as far as this system has it, and what
 * goes on. */
#include "../../src/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

static void refuses_programs(void)
{
    char name[] = "true", *const arguments[] = {name, NULL};

    FAILS(socket(AF_INET, SOCK_STREAM, 0), EPERM);
    FAILS(socket(AF_UNIX, SOCK_STREAM, 0), EPERM);
    FAILS(execv("/bin/true", arguments), EPERM);
#ifndef SANITIZED
    FAILS(fork(), EPERM);
#endif
}

/* Of a file that is this user's, who could do all this a moment ago. */
static void changes_metadata(int fd, int result, int errnum)
{
    static const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 2}};
    const struct {
        const char *name;
        long result;
        int errnum;
    } calls[] = {
        {"chmod", chmod("file", 0640), errno},
        {"fchmod", fchmod(fd, 0640), errno},
        {"fchmodat", fchmodat(AT_FDCWD, "file", 0640, 0), errno},
        {"chown", chown("file", getuid(), getgid()), errno},
        {"lchown", lchown("file", getuid(), getgid()), errno},
        {"fchown", fchown(fd, getuid(), getgid()), errno},
        {"fchownat", fchownat(AT_FDCWD, "file", getuid(), getgid(), 0), errno},
        {"utimensat", utimensat(AT_FDCWD, "file", times, 0), errno},
        {"futimens", futimens(fd, times), errno},
    };

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        ck_assert_msg(calls[i].result == result, "%s: %ld", calls[i].name, calls[i].result);
        ck_assert_msg(result == 0 || calls[i].errnum == errnum, "%s: %s", calls[i].name,
                      strerror(calls[i].errnum));
    }
}

#ifndef SYS_utime
#define SYS_utime SYS_utimensat
#endif

/* Calls that would fail here for a reason of their own, such as a descriptor that there is
 * not, which nobody comes to look at. */
static void refuses_numbers(void)
{
    static const struct {
        const char *name;
        long call;
    } calls[] = {
        {"setxattr", SYS_setxattr},
        {"lsetxattr", SYS_lsetxattr},
        {"fsetxattr", SYS_fsetxattr},
        {"removexattr", SYS_removexattr},
        {"lremovexattr", SYS_lremovexattr},
        {"fremovexattr", SYS_fremovexattr},
        {"utime", SYS_utime},
        {"fchmodat2", 452},
        {"setxattrat", 463},
        {"file_setattr", 469},
        {"open_by_handle_at", SYS_open_by_handle_at},
#ifndef SANITIZED
        {"ptrace", SYS_ptrace},
        {"clone3", 435},
#endif
        {"process_vm_readv", SYS_process_vm_readv},
        {"process_vm_writev", SYS_process_vm_writev},
        {"pidfd_open", 434},
        {"pidfd_getfd", 438},
        {"pidfd_send_signal", 424},
        {"rt_sigqueueinfo", SYS_rt_sigqueueinfo},
        {"kcmp", SYS_kcmp},
        {"unshare", SYS_unshare},
        {"setns", SYS_setns},
        {"mount", SYS_mount},
        {"umount2", SYS_umount2},
        {"pivot_root", SYS_pivot_root},
        {"chroot", SYS_chroot},
        {"open_tree", 428},
        {"move_mount", 429},
        {"fsopen", 430},
        {"mount_setattr", 442},
        {"bpf", SYS_bpf},
        {"perf_event_open", SYS_perf_event_open},
        {"userfaultfd", SYS_userfaultfd},
        {"init_module", SYS_init_module},
        {"finit_module", SYS_finit_module},
        {"delete_module", SYS_delete_module},
        {"kexec_load", SYS_kexec_load},
        {"add_key", SYS_add_key},
        {"request_key", SYS_request_key},
        {"keyctl", SYS_keyctl},
        {"io_uring_setup", 425},
        {"io_uring_enter", 426},
        {"io_uring_register", 427},
    };

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        errno = 0;
        ck_assert_msg(syscall(calls[i].call, -1L, -1L, -1L, -1L, -1L, -1L) == -1 && errno == EPERM,
                      "%s: %s", calls[i].name, strerror(errno));
    }
    /* One that will be made some day. */
    FAILS(syscall(470, -1L, -1L, -1L, -1L, -1L, -1L), ENOSYS);
    FAILS(syscall(511, -1L, -1L, -1L, -1L, -1L, -1L), ENOSYS);
}

/* What it may do to itself, and to nobody else. */
static void refuses_others(int pipe_end)
{
    struct rlimit limit;
    int bytes;

    FAILS(kill(getppid(), 0), EPERM);
    FAILS((int)syscall(SYS_tkill, getppid(), 0), EPERM);
    FAILS((int)syscall(SYS_tgkill, getppid(), getppid(), 0), EPERM);
    FAILS(prlimit(getppid(), RLIMIT_NOFILE, NULL, &limit), EPERM);
    FAILS(ioctl(pipe_end, FIONREAD, &bytes), EPERM);
    ck_assert_int_eq(kill(getpid(), 0), 0);
    ck_assert_int_eq((int)syscall(SYS_tgkill, getpid(), getpid(), 0), 0);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    FAILS(isatty(pipe_end) - 1, ENOTTY);
}

/* Root reads what others may not, and has lost the rest. */
static void refuses_privileges(void)
{
    char line[128];
    unsigned long long has = ~0ULL;
    FILE *status = fopen("/proc/self/status", "r");
    int fd;

    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "CapPrm: %llx", &has) == 1)
            break;
    if (status)
        fclose(status);
    else
        has = 0;
    ck_assert_msg((has & ~6ULL) == 0, "capabilities %llx", has);
    ck_assert_msg(has != 6, "one of both is enough");
    fd = open("closed", O_RDONLY);
    ck_assert_int_eq(fd >= 0, has != 0);
    if (fd >= 0)
        close(fd);
}

static void in_sandbox(void)
{
    int tcp = socket(AF_INET, SOCK_STREAM, 0), fd = open("file", O_RDWR), pipes[2];
    unsigned done;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pipe(pipes), 0);
    changes_metadata(fd, 0, 0);
    done = sandbox_enter();
    if (done & SANDBOX_FILES)
        refuses_files();
    else
        puts("SKIP: a part: no Landlock here");
    if ((done & SANDBOX_TCP) && tcp >= 0)
        refuses_tcp(tcp, by_socketcall && done & SANDBOX_CALLS ? EPERM : EACCES);
    else
        puts("SKIP: a part: no Landlock for TCP here");
    if (done & SANDBOX_CALLS) {
        refuses_programs();
        changes_metadata(fd, -1, EPERM);
        refuses_numbers();
        refuses_others(pipes[0]);
    } else {
        puts("SKIP: a part: no seccomp here");
    }
    if (done & SANDBOX_CAPABILITIES)
        refuses_privileges();
    else
        puts("SKIP: a part: no capabilities here");

    /* What is open stays. */
    ck_assert_int_eq(write(fd, "more", 4), 4);
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
    fd = open("closed", O_WRONLY | O_CREAT, 0);
    ck_assert_int_ge(fd, 0);
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
    unlink("closed");
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

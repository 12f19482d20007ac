/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Landlock and seccomp, by bare system calls: a library for either would cost more at
 * the start of the program than it does. */
#include "sandbox.h"

#ifdef ENABLE_SANDBOX

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

/* ---- Landlock. Headers may be older than kernels, so the numbers are here. */

enum { FS_EXECUTE = 1 << 0, FS_WRITE_FILE = 1 << 1, FS_TRUNCATE = 1 << 14 };

/* To remove files and folders, and to make them, of all kinds. */
#define FS_MAKE_AND_REMOVE 0x1ff0

#define FS_REFER (1 << 13)

struct ruleset {
    uint64_t fs;     /* what is refused of files: all that has no rule */
    uint64_t net;    /* to bind and to connect by TCP */
    uint64_t scoped; /* sockets without a file, and signals, of others */
};

static unsigned restrict_files(void)
{
#ifdef SYS_landlock_create_ruleset
    struct ruleset rules = {FS_EXECUTE | FS_MAKE_AND_REMOVE | FS_WRITE_FILE, 0, 0};
    size_t size = sizeof rules.fs;
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1), fd;
    unsigned done = 0;

    if (version < 1)
        return 0;
    if (version >= 2)
        rules.fs |= FS_REFER;
    if (version >= 3)
        rules.fs |= FS_TRUNCATE;
    if (version >= 4) {
        rules.net = 3;
        size = offsetof(struct ruleset, scoped);
    }
    if (version >= 6) {
        rules.scoped = 3;
        size = sizeof rules;
    }
    fd = syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (fd < 0)
        return 0;
    if (syscall(SYS_landlock_restrict_self, (int)fd, 0) == 0)
        done = SANDBOX_FILES | (version >= 4 ? SANDBOX_TCP : 0);
    close((int)fd);
    return done;
#else
    return 0;
#endif
}

/* ---- seccomp. */

#if defined __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#elif defined __i386__
#define ARCH AUDIT_ARCH_I386
#elif defined __aarch64__ && defined __AARCH64EL__
#define ARCH AUDIT_ARCH_AARCH64
#elif defined __s390x__
#define ARCH AUDIT_ARCH_S390X
#elif defined __riscv && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#elif defined __powerpc64__ && defined __LITTLE_ENDIAN__
#define ARCH AUDIT_ARCH_PPC64LE
#endif

#ifdef ARCH
#define REFUSE         BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define REFUSE_CALL(n) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (n), 0, 1), REFUSE

/* Only the architecture and the number are looked at: then the kernel remembers the
 * answer for each call, and it costs nothing. */
static struct sock_filter filter[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
    REFUSE,
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#ifdef __x86_64__
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), /* the calls of x32 */
    REFUSE,
#endif
#ifdef SYS_socketcall
    REFUSE_CALL(SYS_socketcall),
#endif
    REFUSE_CALL(SYS_socket),
    REFUSE_CALL(SYS_execve),
    REFUSE_CALL(SYS_execveat),
#ifdef SYS_io_uring_setup
    REFUSE_CALL(SYS_io_uring_setup), /* which could do these unseen */
#endif
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static unsigned restrict_calls(void)
{
    const struct sock_fprog program = {sizeof filter / sizeof *filter, filter};

    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 ? SANDBOX_CALLS : 0;
}
#else
static unsigned restrict_calls(void)
{
    return 0;
}
#endif

unsigned sandbox_enter(void)
{
    unsigned done;

    /* Both ask for it, of a process that is not root's. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return 0;
    done = restrict_files();
    return done | restrict_calls();
}

#else

unsigned sandbox_enter(void)
{
    return 0;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* seccomp: what Landlock knows nothing of. It is a list of what is refused, not of what is
 * allowed: which calls a C library makes for what it does changes from version to version
 * and from processor to processor, and a reader that dies of it is none. */
#include "sandbox_calls.h"

#include "sandbox.h"

#if defined ENABLE_SANDBOX

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

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

/* Not every processor has all of them. */
static const uint16_t refused[] = {
/* Connections and programs. */
#ifdef SYS_socketcall
    SYS_socketcall,
#endif
    SYS_socket, SYS_execve, SYS_execveat,
/* Mode, owner, times and attributes of files, and files without their names. */
#ifdef SYS_chmod
    SYS_chmod,
#endif
    SYS_fchmod, SYS_fchmodat,
#ifdef SYS_chown
    SYS_chown,
#endif
    SYS_fchown,
#ifdef SYS_lchown
    SYS_lchown,
#endif
    SYS_fchownat,
#ifdef SYS_chown32
    SYS_chown32,
#endif
#ifdef SYS_fchown32
    SYS_fchown32,
#endif
#ifdef SYS_lchown32
    SYS_lchown32,
#endif
    SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr,
#ifdef SYS_utime
    SYS_utime,
#endif
#ifdef SYS_utimes
    SYS_utimes,
#endif
#ifdef SYS_utimensat
    SYS_utimensat,
#endif
#ifdef SYS_utimensat_time64
    SYS_utimensat_time64,
#endif
#ifdef SYS_futimesat
    SYS_futimesat,
#endif
    SYS_open_by_handle_at,
    /* Other processes. */
    SYS_process_vm_readv, SYS_process_vm_writev, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo,
    SYS_kcmp,
#ifdef SYS_migrate_pages
    SYS_migrate_pages,
#endif
#ifdef SYS_move_pages
    SYS_move_pages,
#endif
    /* Namespaces and mounts. */
    SYS_unshare, SYS_setns, SYS_mount,
#ifdef SYS_umount
    SYS_umount,
#endif
    SYS_umount2, SYS_pivot_root, SYS_chroot,
    /* The kernel. */
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_init_module, SYS_finit_module,
    SYS_delete_module,
#ifdef SYS_kexec_load
    SYS_kexec_load,
#endif
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#endif
    SYS_add_key, SYS_request_key, SYS_keyctl,
#ifndef SANITIZED
    /* Processes of its own, of which LeakSanitizer makes one at the end. */
    SYS_ptrace, SYS_clone,
#ifdef SYS_fork
    SYS_fork,
#endif
#ifdef SYS_vfork
    SYS_vfork,
#endif
    435, /* clone3 */
#endif
    /* From here on processors have the same numbers, which headers may be too old for. */
    424, /* pidfd_send_signal */
    425, /* io_uring_setup */
    426, /* io_uring_enter */
    427, /* io_uring_register */
    428, /* open_tree */
    429, /* move_mount */
    430, /* fsopen */
    431, /* fsconfig */
    432, /* fsmount */
    433, /* fspick */
    434, /* pidfd_open */
    438, /* pidfd_getfd */
    440, /* process_madvise */
    442, /* mount_setattr */
    448, /* process_mrelease */
    452, /* fchmodat2 */
    463, /* setxattrat */
    466, /* removexattrat */
    467, /* open_tree_attr */
    469, /* file_setattr */
};

/* The first that was not there yet when this was written. Who makes one has another way,
 * for kernels that do not have it either. */
#define UNKNOWN 470

/* Those that may be about this process only. */
static const uint16_t own_only[] = {SYS_kill, SYS_tkill, SYS_tgkill};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The low half of a call's argument. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define ARGUMENT(n) ((uint32_t)offsetof(struct seccomp_data, args[n]) + 4)
#else
#define ARGUMENT(n) ((uint32_t)offsetof(struct seccomp_data, args[n]))
#endif

/* By which later C libraries ask. The name has a size in it that another header knows, one
 * that can not be had beside <sys/ioctl.h>. */
#define ASK_TERMINAL2 _IOR('T', 0x2A, char[44])

/* A jump has eight bits for its length. */
_Static_assert(2 * COUNT(refused) < 250, "too many calls");

/* Calls and then those that are not refused, in turn: the numbers where each begin. */
struct bounds {
    uint16_t at[2 * COUNT(refused)];
    size_t count;
};

struct filter {
    struct sock_filter code[2 * COUNT(refused) + 6 * (COUNT(own_only) + 2) + 8];
    unsigned short length;
};

/* Sorted by hand: they are few, and to touch the page where qsort() is takes longer. */
static void sort(uint16_t *calls, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && calls[j - 1] > calls[j]; j--) {
            uint16_t call = calls[j];

            calls[j] = calls[j - 1];
            calls[j - 1] = call;
        }
}

static void find_bounds(struct bounds *bounds)
{
    uint16_t calls[COUNT(refused)], *end = bounds->at;

    memcpy(calls, refused, sizeof calls);
    sort(calls, COUNT(calls));
    for (size_t i = 0; i < COUNT(calls); i++) {
        if (end > bounds->at && end[-1] >= calls[i])
            end--;
        else
            *end++ = calls[i];
        *end++ = (uint16_t)(calls[i] + 1);
    }
    bounds->count = (size_t)(end - bounds->at);
}

static void add(struct filter *filter, struct sock_filter instruction)
{
    filter->code[filter->length++] = instruction;
}

#define LOAD(offset) ((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset)))
#define RETURN(what) ((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, (what)))
#define IF(test, k, yes, no) \
    ((struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, (k), (yes), (no)))

#define REFUSE RETURN(SECCOMP_RET_ERRNO | EPERM)
#define ABSENT RETURN(SECCOMP_RET_ERRNO | ENOSYS)
#define ALLOW  RETURN(SECCOMP_RET_ALLOW)

/* A call that is allowed if one of its arguments is one of these two numbers. */
static void add_only(struct filter *filter, uint32_t call, int argument, uint32_t this,
                     uint32_t that)
{
    add(filter, IF(BPF_JEQ, call, 0, 5));
    add(filter, LOAD(ARGUMENT(argument)));
    add(filter, IF(BPF_JEQ, this, 1, 0));
    add(filter, IF(BPF_JEQ, that, 0, 1));
    add(filter, ALLOW);
    add(filter, REFUSE);
}

/* Jumps from an instruction to what is said of the calls that as many bounds are below. */
static uint8_t distance(size_t from, size_t refuse, size_t below)
{
    return (uint8_t)(refuse + (below % 2 ? 0 : 1) - from - 1);
}

/* A search by halves. The kernel tries all numbers when it gets the filter, which would
 * take it a tenth of a millisecond by a list. `refuse` is where it is refused; behind that
 * it is allowed. */
static void add_search(struct filter *filter, const struct bounds *bounds, size_t first, size_t end,
                       size_t refuse)
{
    size_t middle = first + (end - first) / 2, at = filter->length;

    add(filter, IF(BPF_JGE, bounds->at[middle], 0, 0));
    if (first == middle)
        filter->code[at].jf = distance(at, refuse, first);
    else
        add_search(filter, bounds, first, middle, refuse);
    if (middle + 1 == end) {
        filter->code[at].jt = distance(at, refuse, end);
    } else {
        filter->code[at].jt = (uint8_t)(filter->length - at - 1);
        add_search(filter, bounds, middle + 1, end, refuse);
    }
}

/* Of most calls only the architecture and the number are looked at: then the kernel
 * remembers the answer, and it costs nothing. */
static void fill(struct filter *filter)
{
    uint32_t own = (uint32_t)getpid(); /* and its only thread */
    struct bounds bounds;

    add(filter, LOAD(offsetof(struct seccomp_data, arch)));
    add(filter, IF(BPF_JEQ, ARCH, 1, 0));
    add(filter, REFUSE);
    add(filter, LOAD(offsetof(struct seccomp_data, nr)));
    add(filter, IF(BPF_JGE, UNKNOWN, 0, 1)); /* the calls of x32, too */
    add(filter, ABSENT);
    for (size_t i = 0; i < COUNT(own_only); i++)
        add_only(filter, own_only[i], 0, own, own);
    /* Limits, which are this process's if it is called 0. And of all that can be done to
     * devices and files by this one call, only to ask whether it is a terminal. */
    add_only(filter, SYS_prlimit64, 0, 0, own);
    add_only(filter, SYS_ioctl, 1, TCGETS, ASK_TERMINAL2);
    find_bounds(&bounds);
    add_search(filter, &bounds, 0, bounds.count, filter->length + bounds.count);
    add(filter, REFUSE);
    add(filter, ALLOW);
}

unsigned sandbox_restrict_calls(void)
{
    struct filter filter = {.length = 0};
    struct sock_fprog program = {.filter = filter.code};

    fill(&filter);
    program.len = filter.length;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 ? SANDBOX_CALLS : 0;
}

#else

unsigned sandbox_restrict_calls(void)
{
    return 0;
}

#endif
#endif

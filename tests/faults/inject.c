/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* An object to preload into mmview: it stands in front of the C library's calls into
 * the kernel, counts those that a fault can befall, and at one of them is the fault.
 *
 *   MMVIEW_FAULT=KIND:N    the Nth call that can have such a fault has it. KIND is
 *       kill        the process is gone before the call
 *       kill-after  and right after it
 *       short       half of what was asked for is read or written
 *       stop        the process stops before the call, until somebody sends SIGCONT
 *       cut         before the call the file MMVIEW_FAULT_CUT=SIZE:FILE is cut to that size
 *       end         a read finds the end of the file, which was longer a moment ago
 *       nomem       an allocation fails
 *       EINTR       a signal interrupts a call, of those that it can
 *       EIO, ENOSPC, ENOMEM, EMFILE, EACCES   the call fails
 *   MMVIEW_FAULT=watch     nothing fails
 *   MMVIEW_FAULT_LOG=FILE  gets a line when there is a fault: the name of the call.
 *       watch: a line for each call that changes a file or could be used to, and one
 *       at the end, so that nobody takes silence of a broken test for a good sign.
 *
 *   MMVIEW_FAULT_NAMES=1   the file system can not make files without a name
 *
 * What the C library does within itself is not seen: of stdio and opendir(), the parts
 * that reach the kernel. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { NONE, KILL, KILL_AFTER, STOP, SHORT, CUT, END, NOMEM, FAIL, INTERRUPT, WATCH };

static enum kind kind;
static int wanted_errno;
static long wanted_call, calls;
static int log_fd = -1;
static bool names_needed;

/* By the kernel itself: open() and its like are ours. At the start, since later a sandbox
 * may allow it no more; and where the program's own descriptors do not come. */
static void open_log(const char *file)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0600);

    log_fd = fd < 0 ? -1 : (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 200);
    if (log_fd < 0)
        abort();
    syscall(SYS_close, fd);
}

static int cut_fd = -1;
static long cut_size;

/* Opened at the start for the same reason. */
static void open_cut(const char *plan)
{
    char *file;
    int fd;

    cut_size = strtol(plan, &file, 10);
    fd = *file == ':' ? (int)syscall(SYS_openat, AT_FDCWD, file + 1, O_RDWR) : -1;
    cut_fd = fd < 0 ? -1 : (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 200);
    if (cut_fd < 0)
        abort();
    syscall(SYS_close, fd);
}

static void cut(void)
{
    int saved = errno;

    if (syscall(SYS_ftruncate, cut_fd, cut_size) != 0)
        abort();
    errno = saved;
}

static void write_log(const char *text)
{
    char line[64];
    int length = snprintf(line, sizeof line, "%s\n", text);

    if (log_fd >= 0 && syscall(SYS_write, log_fd, line, (size_t)length) != length)
        abort();
}

static const struct {
    const char *name;
    enum kind kind;
    int errnum;
} faults[] = {
    {"kill", KILL, 0},
    {"kill-after", KILL_AFTER, 0},
    {"short", SHORT, 0},
    {"nomem", NOMEM, 0},
    {"EINTR", INTERRUPT, EINTR},
    {"EIO", FAIL, EIO},
    {"ENOSPC", FAIL, ENOSPC},
    {"ENOMEM", FAIL, ENOMEM},
    {"EMFILE", FAIL, EMFILE},
    {"EACCES", FAIL, EACCES},
    {"watch", WATCH, 0},
    {"end", END, 0},
    {"cut", CUT, 0},
    {"stop", STOP, 0},
};

__attribute__((constructor)) static void begin(void)
{
    const char *plan = getenv("MMVIEW_FAULT");
    const char *log_file = getenv("MMVIEW_FAULT_LOG");
    size_t length = plan ? strcspn(plan, ":") : 0;

    if (log_file)
        open_log(log_file);
    names_needed = getenv("MMVIEW_FAULT_NAMES") != NULL;
    if (length == 0)
        return;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (strlen(faults[i].name) == length && strncmp(plan, faults[i].name, length) == 0) {
            kind = faults[i].kind;
            wanted_errno = faults[i].errnum;
        }
    if (kind == NONE)
        abort();
    if (kind == CUT)
        open_cut(getenv("MMVIEW_FAULT_CUT"));
    alarm(60); /* a fault that is waited for has an end */
    if (plan[length])
        wanted_call = strtol(plan + length + 1, NULL, 10);
}

__attribute__((destructor)) static void end(void)
{
    if (kind == WATCH)
        write_log("end");
}

static void no_more(void)
{
    kind = NONE;
}

/* Is this the call? What comes behind main() is none of the program's, but a compiler's
 * counters, say. */
static bool is_wanted(void)
{
    if (calls++ == 0 && atexit(no_more) != 0)
        abort();
    return calls == wanted_call;
}

static void die(void)
{
    kill(getpid(), SIGKILL);
}

/* What a call is: each can fail, and be the last one. */
enum trait { PLAIN = 0, INTERRUPTIBLE = 1, CHANGES = 2, READS = 4 };

/* Is this the call, and does it fail? */
static bool fails(const char *name, int traits)
{
    if (kind == WATCH && (traits & CHANGES))
        write_log(name);
    if (kind != KILL && kind != KILL_AFTER && kind != STOP && kind != FAIL && kind != CUT &&
        !(kind == INTERRUPT && (traits & INTERRUPTIBLE)))
        return false;
    if (!is_wanted())
        return false;
    write_log(name);
    if (kind == KILL)
        die();
    if (kind == STOP)
        raise(SIGSTOP);
    if (kind == CUT)
        cut();
    errno = wanted_errno;
    return kind == FAIL || kind == INTERRUPT;
}

static void done(void)
{
    int saved = errno;

    if (kind == KILL_AFTER && calls == wanted_call)
        die();
    errno = saved;
}

static size_t shortened(const char *name, size_t length)
{
    if (kind != SHORT || length < 2 || !is_wanted())
        return length;
    write_log(name);
    return length / 2;
}

static bool ends(const char *name, int traits)
{
    if (kind != END || !(traits & READS) || !is_wanted())
        return false;
    write_log(name);
    return true;
}

/* Of any type: cast it to its own before it is called. */
typedef void function(void);

static function *find(const char *name)
{
    function *real;

    /* POSIX's way of getting a function out of dlsym's object pointer. */
    *(void **)&real = dlsym(RTLD_NEXT, name);
    if (!real)
        abort();
    return real;
}

/* Our function in front of the one called `name`. The name is given to the object file
 * only: a header may have a prototype of it that means another one. */
#define IN_FRONT_OF(result, name, ...)                                                       \
    __attribute__((visibility("default"))) result faulty_##name(__VA_ARGS__) __asm__(#name); \
    result faulty_##name(__VA_ARGS__)

#define CALL(result, name, params, args, traits, failure) \
    IN_FRONT_OF(result, name, UNPACK params)              \
    {                                                     \
        static result (*real)(UNPACK params);             \
        result r;                                         \
                                                          \
        if (!real)                                        \
            real = (result(*)(UNPACK params))find(#name); \
        if (fails(#name, traits))                         \
            return failure;                               \
        r = real args;                                    \
        done();                                           \
        return r;                                         \
    }
#define UNPACK(...) __VA_ARGS__

/* Those that move bytes, which are some or all of them. */
#define TRANSFER(name, params, args, traits)               \
    IN_FRONT_OF(ssize_t, name, UNPACK params)              \
    {                                                      \
        static ssize_t (*real)(UNPACK params);             \
        ssize_t r;                                         \
                                                           \
        if (!real)                                         \
            real = (ssize_t(*)(UNPACK params))find(#name); \
        if (fails(#name, INTERRUPTIBLE | (traits)))        \
            return -1;                                     \
        if (ends(#name, traits))                           \
            return 0;                                      \
        length = shortened(#name, length);                 \
        r = real args;                                     \
        done();                                            \
        return r;                                          \
    }

/* Those with offsets have two names; programs use the one that goes with 64 bits, and
 * where a long has as many, either. */
#if LONG_MAX > INT32_MAX
#define BOTH(macro, name, ...) macro(name, __VA_ARGS__) macro(name##64, __VA_ARGS__)
#else
#define BOTH(macro, name, ...) macro(name##64, __VA_ARGS__)
#endif

#define INT_CALL(name, params, args, traits) CALL(int, name, params, args, traits, -1)
#define MAP_CALL(name, params, args, traits) CALL(void *, name, params, args, traits, MAP_FAILED)
#define FOPEN(name, params, args, traits)    CALL(void *, name, params, args, traits, NULL)
/* Returns its errno. */
#define FALLOCATE(name, params, args, traits) CALL(int, name, params, args, traits, errno)

/* ---- Opening and closing */

static mode_t mode_of(int flags, va_list ap)
{
    return flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? (mode_t)va_arg(ap, int) : 0;
}

static int open_traits(int flags)
{
    bool changes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));

    return INTERRUPTIBLE | (changes ? CHANGES : 0);
}

/* At the end of a program that was compiled with --coverage, and before it forks, it adds
 * to files of its compiler's: opens each, locks it, and leaves the rest to the C library. */
static int counters = -1;

static bool has_counters(const char *path)
{
    size_t length = strlen(path);

    return length > 5 && strcmp(path + length - 5, ".gcda") == 0;
}

static bool is_refused(int flags)
{
    if (!names_needed || (flags & O_TMPFILE) != O_TMPFILE)
        return false;
    errno = EOPNOTSUPP;
    return true;
}

#define OPEN(name, params, args)                                                    \
    IN_FRONT_OF(int, name, UNPACK params, ...)                                      \
    {                                                                               \
        int (*real)(UNPACK params, ...) = (int (*)(UNPACK params, ...))find(#name); \
        mode_t mode;                                                                \
        va_list ap;                                                                 \
        int r;                                                                      \
                                                                                    \
        va_start(ap, flags);                                                        \
        mode = mode_of(flags, ap);                                                  \
        va_end(ap);                                                                 \
        if (has_counters(path))                                                     \
            return counters = real args;                                            \
        if (is_refused(flags) || fails(#name, open_traits(flags)))                  \
            return -1;                                                              \
        r = real args;                                                              \
        done();                                                                     \
        return r;                                                                   \
    }

OPEN(open, (const char *path, int flags), (path, flags, mode))
OPEN(open64, (const char *path, int flags), (path, flags, mode))
OPEN(openat, (int at, const char *path, int flags), (at, path, flags, mode))
OPEN(openat64, (int at, const char *path, int flags), (at, path, flags, mode))
/* Of programs that are compiled with _FORTIFY_SOURCE. */
INT_CALL(__open_2, (const char *path, int flags), (path, flags), open_traits(flags))
INT_CALL(__open64_2, (const char *path, int flags), (path, flags), open_traits(flags))
INT_CALL(__openat_2, (int at, const char *path, int flags), (at, path, flags), open_traits(flags))
INT_CALL(__openat64_2, (int at, const char *path, int flags), (at, path, flags), open_traits(flags))

#define FOPEN_TRAITS (INTERRUPTIBLE | (strpbrk(mode, "wa+") ? CHANGES : 0))
BOTH(FOPEN, fopen, (const char *path, const char *mode), (path, mode), FOPEN_TRAITS)

/* Linux has closed it even when it complains. One that is interrupted may have lost what
 * was written, which is to be told like an error and not to be survived. */
CALL(int, close, (int fd), (fd), PLAIN, (real(fd), errno = wanted_errno, -1))

/* ---- What there is */

INT_CALL(stat, (const char *path, void *st), (path, st), 0)
INT_CALL(stat64, (const char *path, void *st), (path, st), 0)
INT_CALL(lstat, (const char *path, void *st), (path, st), 0)
INT_CALL(lstat64, (const char *path, void *st), (path, st), 0)
INT_CALL(fstat, (int fd, void *st), (fd, st), 0)
INT_CALL(fstat64, (int fd, void *st), (fd, st), 0)
INT_CALL(fstatat, (int at, const char *path, void *st, int flags), (at, path, st, flags), 0)
INT_CALL(fstatat64, (int at, const char *path, void *st, int flags), (at, path, st, flags), 0)
INT_CALL(access, (const char *path, int mode), (path, mode), 0)
CALL(ssize_t, readlink, (const char *path, char *to, size_t length), (path, to, length), 0, -1)
CALL(ssize_t, __readlink_chk, (const char *path, char *to, size_t length, size_t room),
     (path, to, length, room), 0, -1)
CALL(ssize_t, fgetxattr, (int fd, const char *name, void *to, size_t length),
     (fd, name, to, length), 0, -1)
INT_CALL(flock, (int fd, int operation), (fd, operation), INTERRUPTIBLE)

/* All commands of fcntl() take an int, a pointer or nothing. */
#define FCNTL(name, unused)                                               \
    IN_FRONT_OF(int, name, int fd, int command, ...)                      \
    {                                                                     \
        int (*real)(int, int, ...) = (int (*)(int, int, ...))find(#name); \
        void *argument;                                                   \
        va_list ap;                                                       \
        int r;                                                            \
                                                                          \
        va_start(ap, command);                                            \
        argument = va_arg(ap, void *);                                    \
        va_end(ap);                                                       \
        if (fd == counters) {                                             \
            counters = -1;                                                \
            return real(fd, command, argument);                           \
        }                                                                 \
        if (fails(#name, PLAIN))                                          \
            return -1;                                                    \
        r = real(fd, command, argument);                                  \
        done();                                                           \
        return r;                                                         \
    }
BOTH(FCNTL, fcntl, )

/* ---- Bytes */

/* To a terminal or a pipe, and what the shell has opened, anybody may write. */
static int write_traits(int fd)
{
    return fd > STDERR_FILENO ? CHANGES : 0;
}

TRANSFER(read, (int fd, void *to, size_t length), (fd, to, length), READS)
TRANSFER(write, (int fd, const void *from, size_t length), (fd, from, length), write_traits(fd))
BOTH(TRANSFER, pread, (int fd, void *to, size_t length, int64_t at), (fd, to, length, at), READS)
BOTH(TRANSFER, pwrite, (int fd, const void *from, size_t length, int64_t at),
     (fd, from, length, at), CHANGES)
TRANSFER(__read_chk, (int fd, void *to, size_t length, size_t room), (fd, to, length, room), READS)
TRANSFER(__pread_chk, (int fd, void *to, size_t length, int64_t at, size_t room),
         (fd, to, length, at, room), READS)
TRANSFER(__pread64_chk, (int fd, void *to, size_t length, int64_t at, size_t room),
         (fd, to, length, at, room), READS)
TRANSFER(copy_file_range, (int from, void *at, int to, void *to_at, size_t length, unsigned flags),
         (from, at, to, to_at, length, flags), READS | write_traits(to))

/* ---- Files as a whole */

BOTH(INT_CALL, ftruncate, (int fd, int64_t length), (fd, length), INTERRUPTIBLE | CHANGES)
BOTH(INT_CALL, truncate, (const char *path, int64_t length), (path, length),
     INTERRUPTIBLE | CHANGES)
BOTH(FALLOCATE, posix_fallocate, (int fd, int64_t from, int64_t length), (fd, from, length),
     INTERRUPTIBLE | CHANGES)
INT_CALL(fdatasync, (int fd), (fd), INTERRUPTIBLE | CHANGES)
INT_CALL(fsync, (int fd), (fd), INTERRUPTIBLE | CHANGES)
INT_CALL(fchmod, (int fd, mode_t mode), (fd, mode), CHANGES)
INT_CALL(memfd_create, (const char *name, unsigned flags), (name, flags), 0)
INT_CALL(dup2, (int from, int to), (from, to), INTERRUPTIBLE)
INT_CALL(fsetxattr, (int fd, const char *name, const void *value, size_t length, int flags),
         (fd, name, value, length, flags), CHANGES)
INT_CALL(fremovexattr, (int fd, const char *name), (fd, name), CHANGES)
CALL(ssize_t, getrandom, (void *to, size_t length, unsigned flags), (to, length, flags),
     INTERRUPTIBLE, -1)
INT_CALL(fchown, (int fd, uid_t owner, gid_t group), (fd, owner, group), CHANGES)
INT_CALL(link, (const char *from, const char *to), (from, to), CHANGES)
INT_CALL(linkat, (int at, const char *from, int to_at, const char *to, int flags),
         (at, from, to_at, to, flags), CHANGES)
INT_CALL(rename, (const char *from, const char *to), (from, to), CHANGES)
INT_CALL(renameat, (int at, const char *from, int to_at, const char *to), (at, from, to_at, to),
         CHANGES)
INT_CALL(renameat2, (int at, const char *from, int to_at, const char *to, unsigned flags),
         (at, from, to_at, to, flags), CHANGES)
INT_CALL(unlink, (const char *path), (path), CHANGES)
INT_CALL(unlinkat, (int at, const char *path, int flags), (at, path, flags), CHANGES)
INT_CALL(mkdir, (const char *path, mode_t mode), (path, mode), CHANGES)

/* ---- Memory */

BOTH(MAP_CALL, mmap, (void *where, size_t length, int protection, int flags, int fd, int64_t at),
     (where, length, protection, flags, fd, at),
     (protection & PROT_WRITE) && (flags & MAP_SHARED) && fd >= 0 ? CHANGES : PLAIN)
/* Without a fifth argument, which is for a fixed place. */
MAP_CALL(mremap, (void *old, size_t old_length, size_t length, int flags),
         (old, old_length, length, flags), PLAIN)
INT_CALL(mprotect, (void *where, size_t length, int protection), (where, length, protection), 0)
INT_CALL(madvise, (void *where, size_t length, int advice), (where, length, advice), 0)
INT_CALL(msync, (void *where, size_t length, int flags), (where, length, flags),
         INTERRUPTIBLE | CHANGES)

/* ---- Processes */

INT_CALL(fork, (void), (), 0)
INT_CALL(pipe2, (int *ends, int flags), (ends, flags), 0)
INT_CALL(waitpid, (pid_t pid, int *status, int options), (pid, status, options), INTERRUPTIBLE)

/* ---- Allocations: where the C library lets us have them by another name, since
 * dlsym() itself allocates. */
#ifdef __GLIBC__
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static bool runs_out(const char *name)
{
    if (kind != NOMEM || !is_wanted())
        return false;
    write_log(name);
    errno = ENOMEM;
    return true;
}

IN_FRONT_OF(void *, malloc, size_t size)
{
    return runs_out("malloc") ? NULL : __libc_malloc(size);
}

IN_FRONT_OF(void *, calloc, size_t count, size_t size)
{
    return runs_out("calloc") ? NULL : __libc_calloc(count, size);
}

IN_FRONT_OF(void *, realloc, void *old, size_t size)
{
    return runs_out("realloc") ? NULL : __libc_realloc(old, size);
}
#endif

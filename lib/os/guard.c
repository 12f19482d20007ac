/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The one signal handler of the library, and the one state that it keeps.
 *
 * A page of a map that its file no longer has raises SIGBUS when it is touched. The
 * handler maps zeros there instead of jumping out of what runs: a jump would leave
 * locked what was locked and leak what was allocated, and could not be made on behalf
 * of the threads that a function starts. mmap(2) is no function that POSIX allows in
 * handlers, but here it is a bare system call, which knows no state of this process to
 * be in the middle of. */
#include "os/guard.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

#define NOTHING_LOST UINTPTR_MAX

/* A map that is guarded, for the handler, which may read at any time and locks
 * nothing: so slots are used again, but never freed. */
struct mmv_guard_slot {
    struct mmv_guard_slot *next;
    atomic_uint version;           /* odd while base, length and writable are not of one map */
    atomic_uintptr_t base, length; /* length 0: free */
    atomic_bool writable;
    atomic_uintptr_t lost; /* bytes of the map before the first that was lost */
    size_t users;          /* under the lock, as all that is not atomic */
};

static _Atomic(struct mmv_guard_slot *) slots;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t used;               /* slots */
static atomic_uintptr_t page;     /* bytes of one: always the same, once it is known */
static struct sigaction previous; /* what a SIGBUS did before */
static bool covered;              /* another handler was put above ours */

/* ---- In the handler. */

static void put_zeros(struct mmv_guard_slot *slot, uintptr_t at, uintptr_t length, bool writable,
                      bool *done)
{
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    uintptr_t base = atomic_load_explicit(&slot->base, memory_order_relaxed);
    uintptr_t before = atomic_load(&slot->lost);

    /* To the end at once: a file that lost one page likely lost those behind it. */
    *done = mmap((void *)at, length, protection, flags, -1, 0) != MAP_FAILED ||
            mmap((void *)at, page, protection, flags, -1, 0) != MAP_FAILED;
    while (*done && at - base < before &&
           !atomic_compare_exchange_weak(&slot->lost, &before, at - base))
        continue;
}

/* Is it an address of a guarded map, which then can be read again? */
static bool rescue(uintptr_t address)
{
    bool done = false;

    for (struct mmv_guard_slot *slot = atomic_load(&slots); slot && !done; slot = slot->next) {
        unsigned version = atomic_load_explicit(&slot->version, memory_order_acquire);
        uintptr_t base = atomic_load_explicit(&slot->base, memory_order_relaxed);
        uintptr_t length = atomic_load_explicit(&slot->length, memory_order_relaxed);
        bool writable = atomic_load_explicit(&slot->writable, memory_order_relaxed);

        /* The slot that matters does not change while its map is touched. */
        atomic_thread_fence(memory_order_acquire);
        if (version % 2 || atomic_load_explicit(&slot->version, memory_order_relaxed) != version)
            continue;
        if (address - base < length) {
            uintptr_t at = address - address % page;

            put_zeros(slot, at, base + length - at, writable, &done);
        }
    }
    return done;
}

/* Does what would have happened without us. */
static void hand_on(int number, siginfo_t *info, void *context)
{
    struct sigaction fatal = {.sa_handler = SIG_DFL};

    if (previous.sa_flags & SA_SIGINFO) {
        previous.sa_sigaction(number, info, context);
    } else if (previous.sa_handler == SIG_DFL ||
               (previous.sa_handler == SIG_IGN && info->si_code > 0)) {
        /* The access is made again and ends the program, in its own place, also
         * where it is to be ignored: the kernel ignores none. A signal that was
         * sent has to be sent again. */
        sigaction(number, &fatal, NULL);
        if (info->si_code <= 0)
            raise(number);
    } else if (previous.sa_handler != SIG_IGN) {
        previous.sa_handler(number);
    }
}

static void handle(int number, siginfo_t *info, void *context)
{
    int before = errno;

    if (info->si_code != BUS_ADRERR || !rescue((uintptr_t)info->si_addr))
        hand_on(number, info, context);
    errno = before;
}

/* ---- The handler comes and goes, under the lock. */

static bool is_ours(const struct sigaction *action)
{
    return (action->sa_flags & SA_SIGINFO) && action->sa_sigaction == handle;
}

static bool are_same(const struct sigaction *a, const struct sigaction *b)
{
    if ((a->sa_flags & SA_SIGINFO) != (b->sa_flags & SA_SIGINFO))
        return false;
    return a->sa_flags & SA_SIGINFO ? a->sa_sigaction == b->sa_sigaction
                                    : a->sa_handler == b->sa_handler;
}

/* A handler that was put above ours while a guard ran may hand on to ours; ours may
 * not hand on to it, or there would be no end. */
static int install(struct mmview_error *err)
{
    struct sigaction now, ours = {.sa_sigaction = handle};

    if (sigaction(SIGBUS, NULL, &now) < 0)
        return mmv_fail_errno(err, errno, "the action for SIGBUS can not be found out");
    if (is_ours(&now) || (covered && !are_same(&now, &previous)))
        return MMVIEW_OK;
    previous = now;
    covered = false;
    /* What is handed on finds what it asked for. */
    ours.sa_mask = now.sa_mask;
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK | (now.sa_flags & (SA_NODEFER | SA_RESTART));
    if (sigaction(SIGBUS, &ours, NULL) < 0)
        return mmv_fail_errno(err, errno, "SIGBUS can not be handled");
    return MMVIEW_OK;
}

static void uninstall(void)
{
    struct sigaction now;

    if (sigaction(SIGBUS, NULL, &now) < 0 || !is_ours(&now))
        covered = true;
    else
        sigaction(SIGBUS, &previous, NULL);
}

/* ---- Slots, under the lock. */

static void fill(struct mmv_guard_slot *slot, uintptr_t base, uintptr_t length, bool writable)
{
    unsigned version = atomic_load_explicit(&slot->version, memory_order_relaxed);

    atomic_store_explicit(&slot->version, version + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&slot->base, base, memory_order_relaxed);
    atomic_store_explicit(&slot->length, length, memory_order_relaxed);
    atomic_store_explicit(&slot->writable, writable, memory_order_relaxed);
    atomic_store_explicit(&slot->lost, NOTHING_LOST, memory_order_relaxed);
    atomic_store_explicit(&slot->version, version + 2, memory_order_release);
}

static struct mmv_guard_slot *take_slot(void)
{
    struct mmv_guard_slot *slot = atomic_load(&slots);

    while (slot && slot->users > 0)
        slot = slot->next;
    if (slot)
        return slot;
    slot = mmv_alloc(sizeof *slot);
    if (!slot)
        return NULL;
    slot->users = 0;
    atomic_init(&slot->version, 0);
    fill(slot, 0, 0, false);
    slot->next = atomic_load(&slots);
    atomic_store(&slots, slot);
    return slot;
}

/* The range of memory that was mapped is what can be lost of. */
static struct mmv_map *mapped(struct mmv_map *map)
{
    while (map->whole)
        map = map->whole;
    return map;
}

static bool is_of_file(const struct mmv_map *map)
{
    return map->ours && !map->anonymous;
}

static void lose(struct mmv_map *map, uint64_t offset)
{
    if (!map->has_lost || offset < map->lost)
        map->lost = offset;
    map->has_lost = true;
}

/* Takes over what the handler found. */
static void look_at_slot(struct mmv_map *map)
{
    uintptr_t lost = map->slot ? atomic_load(&map->slot->lost) : NOTHING_LOST;

    if (lost != NOTHING_LOST)
        lose(map, map->start + lost);
}

static int tell(struct mmv_map *map, struct mmview_error *err)
{
    look_at_slot(map);
    if (!map->has_lost)
        return MMVIEW_OK;
    return mmv_fail_at(err, MMVIEW_ETRUNCATED, map->lost,
                       "the file has become shorter while it was read");
}

/* Which file a map is of that has no descriptor, as far as its path tells: to have asked
 * when it was opened would have made every opening slower. */
static void find_file(struct mmv_map *map)
{
    struct stat st;

    map->inode = 0;
    if (map->fd < 0 && map->path && stat(map->path, &st) == 0 && st.st_size >= 0 &&
        (uint64_t)st.st_size >= map->start + map->length) {
        map->device = st.st_dev;
        map->inode = st.st_ino;
    }
}

/* ---- What others call. */

static int begin(struct mmv_map *map, struct mmview_error *err)
{
    int status = tell(map, err);

    if (status < 0)
        return status;
    if (!map->slot) {
        struct mmv_guard_slot *slot;

        atomic_store_explicit(&page, (uintptr_t)sysconf(_SC_PAGESIZE), memory_order_relaxed);
        slot = take_slot();
        if (!slot)
            return mmv_fail_nomem(err);
        status = used > 0 ? MMVIEW_OK : install(err);
        if (status < 0)
            return status;
        fill(slot, (uintptr_t)map->base, (map->length + page - 1) / page * page,
             map->mode != MMVIEW_MODE_R);
        map->slot = slot;
        find_file(map);
        used++;
    }
    map->slot->users++;
    return MMVIEW_OK;
}

int mmv_guard_begin(struct mmv_map *map, struct mmview_error *err)
{
    int status;

    map = mapped(map);
    if (!is_of_file(map))
        return MMVIEW_OK;
    pthread_mutex_lock(&lock);
    status = begin(map, err);
    pthread_mutex_unlock(&lock);
    return status;
}

void mmv_guard_end(struct mmv_map *map)
{
    map = mapped(map);
    if (!is_of_file(map))
        return;
    pthread_mutex_lock(&lock);
    look_at_slot(map);
    if (--map->slot->users == 0) {
        fill(map->slot, 0, 0, false);
        map->slot = NULL;
        map->inode = 0;
        if (--used == 0)
            uninstall();
    }
    pthread_mutex_unlock(&lock);
}

int mmv_guard_check(struct mmv_map *map, struct mmview_error *err)
{
    int status;

    pthread_mutex_lock(&lock);
    status = tell(mapped(map), err);
    pthread_mutex_unlock(&lock);
    return status;
}

void mmv_guard_look(struct mmv_map *map, uint64_t end)
{
    struct stat st;
    bool known;

    map = mapped(map);
    if (!is_of_file(map))
        return;
    pthread_mutex_lock(&lock);
    known = map->fd >= 0 || map->inode != 0;
    pthread_mutex_unlock(&lock);
    if (!known || (map->fd >= 0 ? fstat(map->fd, &st) : stat(map->path, &st)) < 0)
        return;
    pthread_mutex_lock(&lock);
    known = map->fd >= 0 || (map->inode && st.st_dev == map->device && st.st_ino == map->inode);
    if (known && st.st_size >= 0 && (uint64_t)st.st_size < end)
        lose(map, (uint64_t)st.st_size);
    pthread_mutex_unlock(&lock);
}

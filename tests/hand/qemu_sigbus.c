/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Preloaded, it lets programs of big-endian machines of 64 bits find out under qemu-user
 * where a SIGBUS happened.
 *
 * The kernel tells a handler the address in 64 bits. qemu takes it for the number of a
 * process and that of a user, which share their place with it and have 32 bits each, and
 * turns each of them round: the halves of the address change places. They change back
 * here, before the handler sees them. No machine does that, so that no library has to
 * know of it. */
#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

static void (*handler)(int number, siginfo_t *info, void *context);

static void put_right(int number, siginfo_t *info, void *context)
{
    uint64_t address = (uintptr_t)info->si_addr;

    if (info->si_code > 0)
        info->si_addr = (void *)(uintptr_t)(address << 32 | address >> 32);
    handler(number, info, context);
}

/* In the place of the C library's: those who ask find the handler that was set. */
int sigaction(int number, const struct sigaction *restrict action,
              struct sigaction *restrict before)
{
    static int (*real)(int, const struct sigaction *, struct sigaction *);
    void (*old)(int, siginfo_t *, void *) = handler;
    struct sigaction ours;
    int result;

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "sigaction");
    if (number == SIGBUS && action && (action->sa_flags & SA_SIGINFO)) {
        ours = *action;
        ours.sa_sigaction = put_right;
        handler = action->sa_sigaction;
        action = &ours;
    }
    result = real(number, action, before);
    if (result == 0 && before && before->sa_sigaction == put_right)
        before->sa_sigaction = old;
    return result;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "interrupt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

static bool held;
static sigset_t waiting, before;
static int arrival = -1; /* readable once one has come; -1: there is no such descriptor */
static struct sigaction size_before;

void interrupt_hold(void)
{
    static const int signals[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE};
    struct sigaction action;

    sigemptyset(&waiting);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        /* One that is ignored would be pending all the same. */
        if (sigaction(signals[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&waiting, signals[i]);
    sigprocmask(SIG_BLOCK, &waiting, &before);
    action = (struct sigaction){.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &action, &size_before);
    arrival = signalfd(-1, &waiting, SFD_CLOEXEC | SFD_NONBLOCK);
    held = true;
}

bool interrupt_pending(void)
{
    sigset_t pending;

    if (!held || sigpending(&pending) < 0)
        return false;
    sigandset(&pending, &pending, &waiting);
    return !sigisemptyset(&pending);
}

void interrupt_release(void)
{
    if (arrival >= 0)
        close(arrival);
    arrival = -1;
    held = false;
    sigaction(SIGXFSZ, &size_before, NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

ssize_t interrupt_read(int fd, void *data, size_t length)
{
    for (;;) {
        ssize_t n;

        if (held) {
            struct pollfd awaited[] = {{.fd = fd, .events = POLLIN},
                                       {.fd = arrival, .events = POLLIN}};

            /* Where nothing can be waited for, read() says so. */
            poll(awaited, 2, -1);
            if (interrupt_pending()) {
                errno = EINTR;
                return -1;
            }
        }
        n = read(fd, data, length);
        if (n >= 0 || errno != EINTR)
            return n;
    }
}

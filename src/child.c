/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "report.h"

/* As of env(1) and every shell. */
#define STATUS_NOT_RUNNABLE 126
#define STATUS_NOT_FOUND    127
#define STATUS_SIGNAL       128

static const int forwarded[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};

/* How signals were before. */
struct signals {
    sigset_t mask;
    struct sigaction child;
};

/* From here on the signals wait to be looked at. */
static void hold_back(sigset_t *waited, struct signals *before)
{
    /* If the end of children is ignored, as it may be from the start, there is
     * no status to be had. */
    static const struct sigaction by_default = {.sa_handler = SIG_DFL};

    sigemptyset(waited);
    sigaddset(waited, SIGCHLD);
    for (size_t i = 0; i < sizeof forwarded / sizeof *forwarded; i++)
        sigaddset(waited, forwarded[i]);
    sigaction(SIGCHLD, &by_default, &before->child);
    sigprocmask(SIG_BLOCK, waited, &before->mask);
}

static void become(char **argv, const struct signals *before, pid_t parent)
    __attribute__((noreturn));

static void become(char **argv, const struct signals *before, pid_t parent)
{
    int reason;

    /* When the maps are gone what it was told of them is wrong, or, once the
     * process id is used again, about something else. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(STATUS_ERROR);
    sigaction(SIGCHLD, &before->child, NULL);
    sigprocmask(SIG_SETMASK, &before->mask, NULL);
    execvp(argv[0], argv);
    reason = errno;
    report(argv[0], "%s", strerror(reason));
    _exit(reason == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_RUNNABLE);
}

/* A key pressed on a terminal is a signal to all that run on it, the child
 * included. Of a hangup perhaps only the first of a session hears. */
static bool is_for_both(const siginfo_t *info)
{
    return info->si_code > 0 && info->si_signo != SIGHUP;
}

static int wait_for(pid_t pid, const sigset_t *waited)
{
    siginfo_t info;
    int status;

    for (;;) {
        if (sigwaitinfo(waited, &info) < 0)
            continue;
        if (info.si_signo != SIGCHLD) {
            if (!is_for_both(&info))
                kill(pid, info.si_signo);
        } else {
            pid_t ended;

            do
                ended = waitpid(pid, &status, WNOHANG);
            while (ended < 0 && errno == EINTR);
            if (ended == pid)
                return WIFSIGNALED(status) ? STATUS_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
            if (ended < 0) { /* and there will not be another SIGCHLD to wait for */
                report(NULL, "what became of the command is not known: %s", strerror(errno));
                return STATUS_ERROR;
            }
        }
    }
}

int child_run(char **argv)
{
    pid_t parent = getpid(), pid;
    struct signals before;
    sigset_t waited;

    hold_back(&waited, &before);
    pid = fork();
    if (pid < 0) {
        report(argv[0], "can not be started: %s", strerror(errno));
        return STATUS_ERROR;
    }
    if (pid == 0)
        become(argv, &before, parent);
    return wait_for(pid, &waited);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "child.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct partner {
    pid_t pid;
    FILE *to, *from;
};

char *child_find(const char *name)
{
    const char *path = getenv("PATH");

    while (path && *path) {
        size_t length = strcspn(path, ":");
        char *candidate;

        if (asprintf(&candidate, "%.*s/%s", (int)length, path, name) < 0)
            bench_die("out of memory");
        if (access(candidate, X_OK) == 0)
            return candidate;
        free(candidate);
        path += length + (path[length] == ':');
    }
    return NULL;
}

static bool is_assignment(const char *word)
{
    size_t length = strcspn(word, "=/");

    return word[length] == '=';
}

/* This program's environment and one more variable; to be freed. */
static char **environment_with(char *assignment)
{
    size_t count = 0;
    char **environment;

    while (environ[count])
        count++;
    environment = malloc((count + 2) * sizeof *environment);
    if (!environment)
        bench_die("out of memory");
    environment[0] = assignment;
    memcpy(environment + 1, environ, (count + 1) * sizeof *environment);
    return environment;
}

/* -1 for an end that goes to /dev/null. */
static pid_t start(const char *const argv[], int input, int output)
{
    /* posix_spawn changes no string, but its type does not say so. */
    union {
        const char *const *ours;
        char *const *theirs;
    } command = {argv};
    char **environment = NULL;
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int failed;

    if (is_assignment(argv[0]))
        environment = environment_with(*command.theirs++);
    posix_spawn_file_actions_init(&actions);
    if (input < 0)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    else
        posix_spawn_file_actions_adddup2(&actions, input, 0);
    if (output < 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    else
        posix_spawn_file_actions_adddup2(&actions, output, 1);
    failed = posix_spawn(&pid, *command.theirs, &actions, NULL, command.theirs,
                         environment ? environment : environ);
    posix_spawn_file_actions_destroy(&actions);
    free(environment);
    if (failed)
        bench_die("%s: %s", *command.theirs, strerror(failed));
    return pid;
}

static void finish(pid_t pid, const char *name)
{
    int status;

    if (waitpid(pid, &status, 0) != pid || status != 0)
        bench_die("%s: failed", name);
}

/* Close-on-exec: a child sees only the end that became its input or output. */
static void make_pipe(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) < 0)
        bench_die("pipe failed");
}

double child_work(void *argv, unsigned count)
{
    const char *const *command = argv;
    uint64_t before = bench_clock();

    while (count--)
        finish(start(command, -1, -1), command[0]);
    return (double)(bench_clock() - before);
}

double child_pipe_work(void *argv, unsigned count)
{
    static char room[1 << 16];
    const char *const *command = argv;
    uint64_t before = bench_clock();

    while (count--) {
        int ends[2];
        pid_t pid;

        make_pipe(ends);
        pid = start(command, -1, ends[1]);
        close(ends[1]);
        while (read(ends[0], room, sizeof room) > 0)
            ;
        close(ends[0]);
        finish(pid, command[0]);
    }
    return (double)(bench_clock() - before);
}

void child_output(const char *const argv[], char *text, size_t size)
{
    int ends[2];
    size_t length;
    pid_t pid;
    FILE *from;

    make_pipe(ends);
    pid = start(argv, -1, ends[1]);
    close(ends[1]);
    from = fdopen(ends[0], "r");
    if (!from)
        bench_die("out of memory");
    length = fread(text, 1, size - 1, from);
    text[length] = 0;

    /* What does not fit is read too, lest the command die of SIGPIPE. */
    while (getc(from) != EOF)
        ;
    fclose(from);
    finish(pid, argv[0]);
}

struct partner *partner_start(const char *const argv[])
{
    struct partner *partner = malloc(sizeof *partner);
    int in[2], out[2];

    make_pipe(in);
    make_pipe(out);
    if (!partner)
        bench_die("out of memory");
    partner->pid = start(argv, in[0], out[1]);
    close(in[0]);
    close(out[1]);
    partner->to = fdopen(in[1], "w");
    partner->from = fdopen(out[0], "r");
    if (!partner->to || !partner->from)
        bench_die("out of memory");
    return partner;
}

void partner_stop(struct partner *partner)
{
    fclose(partner->to);
    finish(partner->pid, "partner");
    fclose(partner->from);
    free(partner);
}

void partner_ask(struct partner *partner, char *answer, size_t size, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(partner->to, format, args);
    va_end(args);
    putc('\n', partner->to);
    fflush(partner->to);
    if (!fgets(answer, (int)size, partner->from))
        bench_die("the partner gave no answer");
    answer[strcspn(answer, "\n")] = 0;
}

double partner_work(void *task, unsigned count)
{
    const struct partner_task *t = task;
    char answer[64], *end;
    double nanoseconds;

    partner_ask(t->partner, answer, sizeof answer, "time\t%s\t%u\t%s", t->name, count, t->argument);
    nanoseconds = strtod(answer, &end);
    if (*end || nanoseconds <= 0)
        bench_die("%s: the partner answered: %s", t->name, answer);
    return nanoseconds;
}

char *child_preload(void)
{
    const char *library = getenv("BENCH_LIBRARY");
    char *assignment;

    if (asprintf(&assignment, "LD_PRELOAD=%s", library ? library : "") < 0)
        bench_die("out of memory");
    return assignment;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "interrupt.h"
#include "text.h"

#define FIRST_MS 1000u
#define EVERY_MS 200u

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, const char *name, uint64_t total)
{
    progress_start_of_file(progress, name, total);
    progress->wanted = progress->wanted && !isatty(STDOUT_FILENO);
}

void progress_start_of_file(struct progress *progress, const char *name, uint64_t total)
{
    *progress = (struct progress){.name = name, .doing = "written", .total = total};
    progress->wanted = isatty(STDERR_FILENO);
    if (progress->wanted)
        progress->next = now_ms() + FIRST_MS;
}

static void show(struct progress *progress)
{
    const double mega = 1 << 20;

    fputs("\r\033[K", stderr);
    text_show(stderr, progress->name, strlen(progress->name));
    if (progress->total)
        fprintf(stderr, ": %.0f of %.0f MiB %s", (double)progress->done / mega,
                (double)progress->total / mega, progress->doing);
    else
        fprintf(stderr, ": %.0f MiB %s", (double)progress->done / mega, progress->doing);
    fflush(stderr);
    progress->shown = true;
}

void progress_add(struct progress *progress, uint64_t bytes)
{
    uint64_t now;

    progress->done += bytes;
    if (!progress->wanted)
        return;
    now = now_ms();
    if (now < progress->next)
        return;
    progress->next = now + EVERY_MS;
    show(progress);
}

int progress_follow(void *context, uint64_t done, uint64_t total)
{
    struct progress *progress = context;

    progress->total = total;
    progress_add(progress, done - progress->done);
    return interrupt_pending();
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}

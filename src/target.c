/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipe.h"
#include "report.h"

/* Maps a file: path, or descriptor fd if there is no path. */
static int map_npy(struct target *target, const struct target_options *options, const char *path,
                   int fd, struct mmview_error *err)
{
    struct mmview_open_options how = MMVIEW_OPEN_OPTIONS_INIT;

    how.flags = options->at ? MMVIEW_OPEN_AT : 0;
    how.mode = options->mode;
    how.max_header = options->max_header;
    how.address = options->address;
    return path ? mmview_open(path, &how, &target->array, err)
                : mmview_open_fd(fd, &how, &target->array, err);
}

static int map_raw(struct target *target, const struct target_options *options, const char *path,
                   int fd, struct mmview_error *err)
{
    struct mmview_memmap_options how = MMVIEW_MEMMAP_OPTIONS_INIT;

    how.flags = options->at ? MMVIEW_OPEN_AT : 0;
    how.mode = options->mode;
    how.dtype = options->dtype;
    how.offset = options->skip;
    how.ndim = options->ndim;
    how.order = options->order;
    how.shape = options->shape;
    how.address = options->address;
    return path ? mmview_memmap(path, &how, &target->array, err)
                : mmview_memmap_fd(fd, &how, &target->array, err);
}

void target_report(const struct target *target, const struct mmview_error *err)
{
    report(target->name, "%s%s", err->message,
           err->status == MMVIEW_EHEADERSIZE ? " (--max-header)" : "");
}

static bool map_file(struct target *target, const struct target_options *options, const char *path)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = options->raw ? map_raw(target, options, path, STDIN_FILENO, &err)
                              : map_npy(target, options, path, STDIN_FILENO, &err);

    if (status < 0)
        target_report(target, &err);
    return status == 0;
}

static bool open_stdin(struct target *target, const struct target_options *options)
{
    struct stat st;

    if (fstat(STDIN_FILENO, &st) < 0) {
        report(target->name, "standard input: %s", strerror(errno));
        return false;
    }
    if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) || S_ISBLK(st.st_mode))
        return map_file(target, options, NULL);

    if (isatty(STDIN_FILENO))
        report(target->name, "standard input is a terminal: redirect a file to it");
    else if (options->raw)
        report(target->name, "raw data can be mapped from a file only, and this is a pipe");
    else if (options->at)
        report(target->name, "only a file can be mapped at an address, and this is a pipe");
    else
        return pipe_read_npy(target, options, STDIN_FILENO);
    return false;
}

bool target_open(struct target *target, const struct target_options *options, const char *file)
{
    bool is_stdin = strcmp(file, "-") == 0 || strcmp(file, "/dev/stdin") == 0;
    struct mmview_error err = MMVIEW_ERROR_INIT;

    target->name = file;
    target->mode = options->mode;
    target->selection = &options->selection;
    target->array = NULL;
    target->memory = NULL;
    if (!(is_stdin ? open_stdin(target, options) : map_file(target, options, file)))
        return false;
    if (selection_apply(&options->selection, &target->array, &err))
        return true;
    target_report(target, &err);
    target_close(target);
    return false;
}

void target_close(struct target *target)
{
    mmview_array_unref(target->array);
    free(target->memory);
    target->array = NULL;
    target->memory = NULL;
}

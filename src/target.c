/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipe.h"
#include "report.h"

const char target_help[] =
    "      --mode=r|c           map read-only (the default) or copy-on-write\n"
    "      --max-header=N       accept a header of up to N characters (10000)\n"
    "\n"
    "Raw files, which have no header; any of these makes every FILE one:\n"
    "      --dtype=DTYPE        what an item is, in NumPy's words: f8, '>i2' (uint8)\n"
    "      --shape=SHAPE        dimensions: 250,3 or '(250, 3)' (one: what is there)\n"
    "      --order=C|F          which index varies fastest, the last (C) or the first\n";

static int set_dtype(struct target_options *options, const struct command *command,
                     const char *text)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype;

    if (mmview_dtype_parse(text, SIZE_MAX, 0, &dtype, &err) < 0)
        return report_usage(command, "--dtype '%s': %s", text, err.message);
    mmview_dtype_unref(options->dtype);
    options->dtype = dtype;
    return STATUS_FINE;
}

static int set_shape(struct target_options *options, const struct command *command,
                     const char *text)
{
    options->ndim = options_shape(text, options->shape);
    if (options->ndim < 0)
        return report_usage(
            command, "--shape '%s': not a shape of at most %d dimensions, such as 250,3 or ()",
            text, MMVIEW_MAXDIMS);
    return STATUS_FINE;
}

static int set_order(struct target_options *options, const struct command *command,
                     const char *text)
{
    if (strcasecmp(text, "C") == 0)
        options->order = MMVIEW_ORDER_C;
    else if (strcasecmp(text, "F") == 0)
        options->order = MMVIEW_ORDER_F;
    else
        return report_usage(command, "--order '%s': not an order, which is C or F", text);
    return STATUS_FINE;
}

static int set_mode(struct target_options *options, const struct command *command, const char *text)
{
    if (strcmp(text, "r") == 0)
        options->mode = MMVIEW_MODE_R;
    else if (strcmp(text, "c") == 0)
        options->mode = MMVIEW_MODE_C;
    else
        return report_usage(command, "--mode '%s': not a mode of %s, which never writes: r or c",
                            text, command->name);
    return STATUS_FINE;
}

int target_option(struct target_options *options, const struct command *command, int option,
                  const char *argument)
{
    switch (option) {
    case OPT_DTYPE: options->raw = true; return set_dtype(options, command, argument);
    case OPT_SHAPE: options->raw = true; return set_shape(options, command, argument);
    case OPT_ORDER: options->raw = true; return set_order(options, command, argument);
    case OPT_SKIP:
        options->raw = true;
        if (!options_number(argument, &options->skip))
            return report_usage(command, "'%s' is no number of bytes to skip", argument);
        return STATUS_FINE;
    case OPT_MODE: return set_mode(options, command, argument);
    case OPT_MAX_HEADER:
        if (!options_number(argument, &options->max_header) || options->max_header == 0)
            return report_usage(command, "--max-header '%s': not a number of characters", argument);
        return STATUS_FINE;
    default: return OPTIONS_NOT_MINE;
    }
}

void target_options_clear(struct target_options *options)
{
    mmview_dtype_unref(options->dtype);
    options->dtype = NULL;
}

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

    target->name = is_stdin ? "-" : file;
    target->mode = options->mode;
    target->array = NULL;
    target->memory = NULL;
    return is_stdin ? open_stdin(target, options) : map_file(target, options, file);
}

void target_close(struct target *target)
{
    mmview_array_unref(target->array);
    free(target->memory);
    target->array = NULL;
    target->memory = NULL;
}

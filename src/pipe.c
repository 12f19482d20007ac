/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "pipe.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "report.h"

#define FIRST_ROOM ((size_t)1 << 16)

/* As many bytes show what kind of file it is. */
#define ENOUGH ((size_t)12)

static int take(struct target *target, const struct target_options *options, void *data,
                size_t length, struct mmview_error *err)
{
    struct mmview_memory_options how = MMVIEW_MEMORY_OPTIONS_INIT;

    /* The memory is this process's own, which is what mode c is about. */
    how.mode = options->mode == MMVIEW_MODE_C ? MMVIEW_MODE_RPLUS : MMVIEW_MODE_R;
    how.max_header = options->max_header;
    return mmview_from_memory(data, length, &how, &target->array, err);
}

static uint64_t most_characters(const struct target_options *options)
{
    return options->max_header ? options->max_header : MMVIEW_MAX_HEADER;
}

/* As many bytes have all of the longest header that is accepted: a character
 * has up to four. */
static size_t header_room(const struct target_options *options)
{
    uint64_t most = most_characters(options);

    return most < (SIZE_MAX - ENOUGH) / 4 ? ENOUGH + 4 * (size_t)most : SIZE_MAX;
}

/* Whether what there is shows that the file will be refused, however it goes
 * on: that is told at once, not after gigabytes of it. */
static bool is_hopeless(struct target *target, const struct target_options *options, void *data,
                        size_t length)
{
    bool whole_header = length >= header_room(options);
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = take(target, options, data, length, &err);

    mmview_array_unref(target->array);
    target->array = NULL;
    if (status == MMVIEW_OK || status == MMVIEW_ETRUNCATED)
        return false;
    if (!whole_header && status != MMVIEW_EMAGIC && status != MMVIEW_EVERSION)
        return false;
    if (status == MMVIEW_EHEADER && err.offset >= length) /* its end is yet to come */
        report(target->name,
               "the header is longer than the limit of %" PRIu64 " characters, which can be "
               "raised for files that are trusted (--max-header)",
               most_characters(options));
    else
        target_report(target, &err);
    return true;
}

/* Reads to the end. The result is to be freed; NULL: reported. */
static char *read_all(struct target *target, const struct target_options *options, int fd,
                      size_t *length)
{
    size_t room = FIRST_ROOM, used = 0, look_at = ENOUGH;
    char *data = malloc(room);

    while (data) {
        ssize_t n = interrupt_read(fd, data + used, room - used);

        if (n == 0) {
            *length = used;
            return data;
        }
        if (n < 0) {
            if (!interrupt_pending())
                report(target->name, "%s", strerror(errno));
            break;
        }
        used += (size_t)n;
        if (used >= look_at) {
            if (is_hopeless(target, options, data, used))
                break;
            look_at = used < header_room(options) ? header_room(options) : SIZE_MAX;
        }
        if (used == room) {
            char *grown = room <= SIZE_MAX / 2 ? realloc(data, 2 * room) : NULL;

            if (!grown) {
                report(target->name, "out of memory after %zu bytes", used);
                break;
            }
            data = grown;
            room *= 2;
        }
    }
    if (!data)
        report_nomem();
    free(data);
    return NULL;
}

bool pipe_read_npy(struct target *target, const struct target_options *options, int fd)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    size_t length;
    char *data = read_all(target, options, fd, &length);

    if (!data)
        return false;
    if (take(target, options, data, length, &err) < 0) {
        target_report(target, &err);
        free(data);
        return false;
    }
    target->memory = data;
    return true;
}

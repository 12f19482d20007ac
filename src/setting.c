/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "setting.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "field.h"
#include "guard.h"
#include "interrupt.h"
#include "report.h"
#include "text.h"
#include "writing.h"

/* What is to be done to the items. */
struct change {
    const struct target *target;
    const struct mmview_array *array;
    const void *value;
    size_t itemsize;
    int fd;
    uint64_t page_size, first, end; /* pages of the file that are to be reserved next */
};

/* What is reserved at once: a signal that has come waits no longer than that takes. */
#define PIECE ((uint64_t)64 << 20)

/* Calls for every item of a view, and where it is. False: a call said so. */
static bool each_item(const struct mmview_array *array,
                      bool (*call)(void *context, const mmview_intp *index, char *item),
                      void *context)
{
    const mmview_intp *shape = mmview_array_shape(array), *strides = mmview_array_strides(array);
    mmview_intp index[MMVIEW_MAXDIMS] = {0};
    char *item = mmview_array_data(array);
    int axis = mmview_array_ndim(array);

    if (mmview_array_size(array) == 0)
        return true;
    while (axis >= 0) {
        if (!call(context, index, item))
            return false;
        for (axis = mmview_array_ndim(array) - 1; axis >= 0; axis--) {
            item += strides[axis];
            if (++index[axis] < shape[axis])
                break;
            item -= strides[axis] * shape[axis];
            index[axis] = 0;
        }
    }
    return true;
}

/* "3, 4: OLD -> NEW": where in the view, if that has dimensions. */
static bool tell_item(void *context, const mmview_intp *index, char *item)
{
    const struct change *change = context;
    const struct mmview_dtype *dtype = mmview_array_dtype(change->array);
    int ndim = mmview_array_ndim(change->array);
    char *old = item_text(dtype, item), *new = item_text(dtype, change->value);
    bool intact = guard_intact(change->target);

    for (int i = 0; i < ndim && intact; i++)
        printf("%s%" PRIdPTR "%s", i ? ", " : "", index[i], i == ndim - 1 ? ": " : "");
    if (intact) {
        text_show(stdout, old, strlen(old));
        fputs(" -> ", stdout);
        text_show(stdout, new, strlen(new));
        putchar('\n');
    }
    free(old);
    free(new);
    return intact && report_output_fine() && !interrupt_pending();
}

static int tell_all(void *context)
{
    struct change *change = context;

    return each_item(change->array, tell_item, change) && report_output_flushed() ? STATUS_FINE
                                                                                  : STATUS_ERROR;
}

bool setting_tell(const struct target *target, const void *value)
{
    struct change change = {.target = target, .array = target->array, .value = value};

    return guard_targets(target, 1, tell_all, &change) == STATUS_FINE;
}

static bool write_item(void *context, const mmview_intp *index, char *item)
{
    const struct change *change = context;

    (void)index;
    memcpy(item, change->value, change->itemsize);
    return true;
}

/* Gives pages disk space, if they lie in a hole: a disk that is full would be a SIGBUS when
 * they are written to. False, with errno: there is none, or a signal waits. */
static bool reserve_pages(struct change *change, uint64_t first, uint64_t end)
{
    int errnum = 0;

    while (first < end && errnum == 0 && !interrupt_pending()) {
        uint64_t part = end - first < PIECE ? end - first : PIECE;

        do
            errnum = posix_fallocate(change->fd, (off_t)first, (off_t)part);
        while (errnum == EINTR);
        first += part;
    }
    errno = errnum;
    return errnum == EOPNOTSUPP || (errnum == 0 && first >= end);
}

static bool reserve_waiting(struct change *change)
{
    uint64_t size = mmview_array_file_size(change->array);

    return reserve_pages(change, change->first, change->end < size ? change->end : size);
}

/* Pages that follow each other wait for each other, so that they are few calls. */
static bool reserve_item(void *context, const mmview_intp *index, char *item)
{
    struct change *change = context;
    const char *data = mmview_array_data(change->array);
    uint64_t at = mmview_array_offset(change->array) + (uint64_t)(item - data);
    uint64_t first = at - at % change->page_size, end = at + change->itemsize;

    (void)index;
    if (first >= change->first && end <= change->end)
        return true;
    end += (change->page_size - end % change->page_size) % change->page_size;
    if (first > change->end || end < change->first || change->end - change->first >= PIECE) {
        if (!reserve_waiting(change))
            return false;
        change->first = first;
        change->end = end;
        return true;
    }
    change->first = first < change->first ? first : change->first;
    change->end = end > change->end ? end : change->end;
    return true;
}

/* A file with holes has fewer blocks than bytes. Nothing in it changes here. */
static bool reserve(struct change *change, const char *file)
{
    struct stat st;

    change->page_size = (uint64_t)sysconf(_SC_PAGESIZE);
    if ((fstat(change->fd, &st) == 0 && (uint64_t)st.st_blocks * 512 >= (uint64_t)st.st_size) ||
        (each_item(change->array, reserve_item, change) && reserve_waiting(change)))
        return true;
    if (!interrupt_pending())
        report(file, "%s", strerror(errno));
    return false;
}

/* The lock that every writer of libmmview holds, where the file system has locks. */
static int open_locked(const char *file)
{
    int fd = target_descriptor(file, O_RDWR), r;

    if (fd < 0) {
        report(file, "can not be opened for writing: %s", strerror(errno));
        return -1;
    }
    do
        r = flock(fd, LOCK_EX | LOCK_NB);
    while (r < 0 && errno == EINTR);
    if (r == 0 || errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL || errno == ENOLCK)
        return fd;
    if (errno == EWOULDBLOCK)
        report(file, "another process is writing to it");
    else
        report(file, "can not be locked: %s", strerror(errno));
    close(fd);
    return -1;
}

/* Does the name still mean the file whose lock we hold? */
static bool is_current(const char *file, int fd)
{
    struct stat there, ours;

    if (stat(file, &there) == 0 && fstat(fd, &ours) == 0 && there.st_dev == ours.st_dev &&
        there.st_ino == ours.st_ino)
        return true;
    report(file, "has been replaced just now");
    return false;
}

static int write_all(void *context)
{
    struct change *change = context;

    each_item(change->array, write_item, change);
    return STATUS_FINE;
}

/* Between the first item that is written and the last there is no call that could be
 * the end of us, and signals wait. Of items without bytes a small file has any number. */
static void write_locked(const struct target_options *options, const char *file,
                         struct change *change)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct target target;

    if (!target_open(&target, options, file))
        return;
    change->array = target.array;
    change->itemsize = (size_t)mmview_array_itemsize(target.array);
    if (is_current(file, change->fd) && change->itemsize > 0 && reserve(change, file) &&
        !interrupt_pending() && guard_targets(&target, 1, write_all, change) == STATUS_FINE &&
        mmview_array_flush(target.array, MMVIEW_FLUSH_SYNC, &err) < 0)
        report(file, "%s", err.message);
    target_close(&target);
}

void setting_write(const struct target_options *options, const char *file, const void *value)
{
    struct target_options writable = *options;
    struct change change = {.value = value, .fd = open_locked(file)};

    writable.mode = MMVIEW_MODE_RPLUS;
    if (change.fd < 0)
        return;
    write_locked(&writable, file, &change);
    close(change.fd);
}

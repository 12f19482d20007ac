/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "pipe.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interrupt.h"

#define FIRST_ROOM ((size_t)1 << 16)

/* As many bytes show what kind of file it is. */
#define ENOUGH ((size_t)12)

/* A file without a name, in memory. It is filled through a map, not by write(), so that the
 * limits that are set for a process's memory hold for it. */
struct spool {
    int fd;
    char *data; /* the map of `room` bytes; NULL: none yet */
    size_t room, used;
    uint64_t beyond; /* bytes behind these, which are no array's and were not kept */
};

static bool was_read;
static struct mmview_error failure; /* of a pipe that is no use any more */

bool pipe_was_read(void)
{
    return was_read;
}

static bool fail(struct mmview_error *err, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(struct mmview_error *err, int status, const char *format, ...)
{
    va_list ap;

    err->status = status;
    va_start(ap, format);
    vsnprintf(err->message, sizeof err->message, format, ap);
    va_end(ap);
    return false;
}

static bool fail_errno(struct mmview_error *err)
{
    return fail(err, MMVIEW_ESYSTEM, "standard input: %s", strerror(errno));
}

static bool resize(const struct spool *spool, uint64_t size)
{
    int result;

    do
        result = ftruncate(spool->fd, (off_t)size);
    while (result < 0 && errno == EINTR);
    return result == 0;
}

static bool grow(struct spool *spool, size_t room)
{
    void *data;

    if (room < spool->room) {
        errno = ENOMEM;
        return false;
    }
    if (!resize(spool, room))
        return false;
    if (spool->data)
        data = mremap(spool->data, spool->room, room, MREMAP_MAYMOVE);
    else
        data = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED, spool->fd, 0);
    if (data == MAP_FAILED)
        return false;
    spool->data = data;
    spool->room = room;
    return true;
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

/* An archive, which may be one without members. What others have in front of the first
 * member can be anything. */
static bool starts_archive(const struct spool *spool)
{
    return memcmp(spool->data, "PK\3\4", 4) == 0 || memcmp(spool->data, "PK\5\6", 4) == 0;
}

/* Whether what there is shows that the file will be refused, however it goes
 * on: that is told at once, not after gigabytes of it. */
static bool is_hopeless(const struct spool *spool, const struct target_options *options,
                        struct mmview_error *err)
{
    struct mmview_memory_options how = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_error why = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    int status;

    if (options->raw || starts_archive(spool))
        return false;
    how.max_header = options->max_header;
    status = mmview_from_memory(spool->data, spool->used, &how, &array, &why);
    mmview_array_unref(array);
    if (status == MMVIEW_OK || status == MMVIEW_ETRUNCATED)
        return false;
    if (spool->used < header_room(options) && status != MMVIEW_EMAGIC && status != MMVIEW_EVERSION)
        return false;
    if (status == MMVIEW_EHEADER && why.offset >= spool->used) /* its end is yet to come */
        fail(err, MMVIEW_EHEADERSIZE,
             "the header is longer than the limit of %" PRIu64 " characters, which can be "
             "raised for files that are trusted",
             most_characters(options));
    else
        *err = why;
    return true;
}

static bool fail_to_grow(const struct spool *spool, struct mmview_error *err)
{
    if (errno == EFBIG)
        return fail(err, MMVIEW_ESYSTEM, "longer than a file may be here (ulimit -f)");
    return fail(err, MMVIEW_ENOMEM, "out of memory after %zu bytes", spool->used);
}

/* Is there all of an array already? Archives end with their directory, and bare data where
 * the pipe does. */
static bool is_complete(const struct spool *spool, const struct target_options *options)
{
    struct mmview_memory_options how = MMVIEW_MEMORY_OPTIONS_INIT;
    struct mmview_array *array = NULL;
    bool complete;

    how.max_header = options->max_header;
    complete = !options->raw && spool->used > 0 &&
               mmview_from_memory(spool->data, spool->used, &how, &array, NULL) == MMVIEW_OK;
    mmview_array_unref(array);
    return complete;
}

static bool read_failed(const struct spool *spool, struct mmview_error *err)
{
    if (interrupt_pending())
        return fail(err, MMVIEW_ECANCELED, "interrupted");
    if (errno == EFAULT) /* of the file there is no more */
        return fail_to_grow(spool, err);
    return fail_errno(err);
}

/* What comes behind the array is counted: there may be more of it than memory. */
static bool count_rest(struct spool *spool, struct mmview_error *err)
{
    char block[1 << 14];
    ssize_t n;

    while ((n = interrupt_read(STDIN_FILENO, block, sizeof block)) > 0)
        spool->beyond += (uint64_t)n;
    return n == 0 || read_failed(spool, err);
}

/* Reads to the end. */
static bool fill(struct spool *spool, const struct target_options *options,
                 struct mmview_error *err)
{
    size_t look_at = ENOUGH;

    for (;;) {
        ssize_t n;

        if (spool->used == spool->room) {
            if (is_complete(spool, options))
                return count_rest(spool, err);
            if (!grow(spool, spool->room ? 2 * spool->room : FIRST_ROOM))
                return fail_to_grow(spool, err);
        }
        n = interrupt_read(STDIN_FILENO, spool->data + spool->used, spool->room - spool->used);
        if (n == 0)
            return true;
        if (n < 0)
            return read_failed(spool, err);
        spool->used += (size_t)n;
        if (spool->used >= look_at) {
            if (is_hopeless(spool, options, err))
                return false;
            look_at = spool->used < header_room(options) ? header_room(options) : SIZE_MAX;
        }
    }
}

/* Makes the file standard input, read to its end as the pipe is. */
static bool replace(const struct spool *spool, struct mmview_error *err)
{
    int result;

    /* Cut first, so that what is beyond is a hole. */
    if (!resize(spool, spool->used) || !resize(spool, spool->used + spool->beyond))
        return errno == EFBIG ? fail_to_grow(spool, err) : fail_errno(err);
    if (lseek(spool->fd, 0, SEEK_END) < 0)
        return fail_errno(err);
    do
        result = dup2(spool->fd, STDIN_FILENO);
    while (result < 0 && errno == EINTR);
    return result >= 0 || fail_errno(err);
}

static bool read_pipe(const struct target_options *options, struct mmview_error *err)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct spool spool = {.fd = memfd_create("standard input", MFD_CLOEXEC)};
    struct sigaction before;

    if (spool.fd < 0)
        return fail_errno(err);
    /* A limit of the size of files is an error, not the end. */
    sigaction(SIGXFSZ, &ignore, &before);
    was_read = fill(&spool, options, err) && replace(&spool, err);
    sigaction(SIGXFSZ, &before, NULL);
    if (!was_read)
        failure = *err;
    if (spool.data)
        munmap(spool.data, spool.room);
    close(spool.fd);
    return was_read;
}

bool pipe_to_file(const struct target_options *options, struct mmview_error *err)
{
    struct stat st;

    if (failure.status) {
        *err = failure;
        return false;
    }
    if (fstat(STDIN_FILENO, &st) < 0)
        return fail_errno(err);
    if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) || S_ISBLK(st.st_mode))
        return true;
    if (isatty(STDIN_FILENO))
        return fail(err, MMVIEW_ENOTREG, "standard input is a terminal: redirect a file to it");
    return read_pipe(options, err);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive.h"
#include "pipe.h"
#include "progress.h"
#include "report.h"

/* Maps a file: path, or descriptor fd if there is no path. */
static int map_npy(struct target *target, const struct target_options *options, const char *path,
                   int fd, struct mmview_error *err)
{
    struct mmview_open_options how = MMVIEW_OPEN_OPTIONS_INIT;

    how.flags = (options->at ? MMVIEW_OPEN_AT : 0) | (options->scan ? MMVIEW_OPEN_SCAN : 0);
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

    how.flags = (options->at ? MMVIEW_OPEN_AT : 0) | (options->scan ? MMVIEW_OPEN_SCAN : 0);
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
    if (err->status == MMVIEW_ECANCELED) /* by a signal, which tells by itself */
        return;
    report(target->name, "%s%s", err->message,
           err->status == MMVIEW_EHEADERSIZE   ? " (--max-header)"
           : err->status == MMVIEW_ECOMPRESSED ? ": mmview convert --store makes an archive of them"
                                               : "");
}

bool target_is_stdin(const char *file)
{
    return strcmp(file, "-") == 0 || strcmp(file, "/dev/stdin") == 0;
}

static int open_retried(const char *file, int flags)
{
    int fd;

    do
        fd = open(file, flags | O_CLOEXEC | O_NOCTTY);
    while (fd < 0 && errno == EINTR);
    return fd;
}

int target_descriptor(const char *file, int flags)
{
    struct stat st;
    int fd;

    /* Some devices do something when they are opened. */
    if (stat(file, &st) < 0)
        return -1;
    if (S_ISREG(st.st_mode)) {
        fd = open_retried(file, flags | O_NONBLOCK);
        if (fd < 0 || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)))
            return fd;
        close(fd);
    }
    errno = ENODEV;
    return -1;
}

int target_stream(const char *file)
{
    return open_retried(file, O_RDONLY);
}

/* A FILE on its way to an array. */
struct opening {
    const struct target_options *options;
    struct target *target;
    struct mmview_npz *archive; /* what it is if it is one */
    size_t split;               /* FILE.npz/MEMBER: bytes of FILE.npz; else 0 */
};

/* Maps a file. False: it is an archive or a member of one, or can not be and why was
 * reported. */
static bool map_file(struct opening *opening, const char *path)
{
    const struct target_options *options = opening->options;
    struct target *target = opening->target;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = options->raw ? map_raw(target, options, path, STDIN_FILENO, &err)
                              : map_npy(target, options, path, STDIN_FILENO, &err);

    if (status == MMVIEW_OK)
        return true;
    if (status == MMVIEW_EMAGIC && archive_is_one(&opening->archive, target->file, options, &err))
        return false;
    /* Something on the way to it is a file, not a folder; or it is too long for one. */
    if ((err.sys_errno == ENOTDIR || err.sys_errno == ENAMETOOLONG) && !options->raw &&
        archive_split(path, &opening->split))
        return false;
    target_report(target, &err);
    return false;
}

static bool open_stdin(struct opening *opening)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    if (pipe_to_file(opening->options, &err))
        return map_file(opening, NULL);
    target_report(opening->target, &err);
    return false;
}

static void start(struct target *target, const struct target_options *options, const char *name)
{
    *target = (struct target){
        .name = name,
        .file = name,
        .mode = options->mode,
        .selection = &options->selection,
    };
}

/* Applies -s and -T to the array that was opened. */
static bool select_view(struct target *target, const struct target_options *options)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    if (selection_apply(&options->selection, &target->array, &err))
        return true;
    target_report(target, &err);
    target_close(target);
    return false;
}

static int read_member(struct target *target, const struct target_options *options,
                       struct mmview_npz *archive, size_t index,
                       const struct mmview_member_info *info, struct mmview_error *err)
{
    struct mmview_npz_member_options how = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    struct progress progress;
    int status;

    how.flags = options->at ? MMVIEW_OPEN_AT : 0;
    if (options->deflated == TARGET_INFLATES)
        how.flags |= MMVIEW_NPZ_INFLATE;
    else if (options->deflated == TARGET_LOOKS)
        how.flags |= MMVIEW_NPZ_NO_DATA;
    how.mode = options->mode;
    how.address = options->address;
    how.progress = progress_follow;
    how.context = &progress;
    progress_start_of_file(&progress, target->name, info->plain_size);
    progress.doing = "inflated";
    status = mmview_npz_member(archive, index, &how, &target->array, err);
    progress_end(&progress);
    return status;
}

/* Opens a member. info is what there is to know of it. */
static bool open_member(struct target *target, const struct target_options *options,
                        struct mmview_npz *archive, size_t index,
                        const struct mmview_member_info *info)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;

    if (read_member(target, options, archive, index, info, &err) < 0) {
        target_report(target, &err);
        target_close(target);
        return false;
    }
    target->deflated = info->method != MMVIEW_NPZ_STORED;
    target->absent = target->deflated && options->deflated == TARGET_LOOKS;
    target->packed = info->packed_size;
    return select_view(target, options);
}

/* The names of a member of the archive that is the first `length` bytes of path. */
static void set_names(struct target *target, const char *path, size_t length, const char *member)
{
    size_t member_length = strlen(member);
    char *file = malloc(2 * (length + member_length + 2));

    if (!file)
        report_nomem();
    free(target->names);
    target->names = file;
    target->file = file;
    memcpy(file, path, length);
    file += length;
    *file++ = '\0';
    target->member = file;
    memcpy(file, member, member_length + 1);
    file += member_length + 1;
    target->name = file;
    memcpy(file, path, length);
    file[length] = '/';
    memcpy(file + length + 1, member, member_length + 1);
}

static bool open_split(const struct opening *opening, const char *path)
{
    struct target *target = opening->target;
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    const char *member = path + opening->split + 1;
    struct mmview_npz *archive = NULL;
    size_t index;
    bool fine = false;

    set_names(target, path, opening->split, member);
    if (!archive_open(&archive, target->file, opening->options, &err) ||
        mmview_npz_find(archive, member, SIZE_MAX, &index, &err) < 0 ||
        mmview_npz_info(archive, index, &info, &err) < 0) {
        target_report(target, &err);
        target_close(target);
    } else {
        set_names(target, path, opening->split, mmview_npz_name(archive, index, NULL));
        fine = open_member(target, opening->options, archive, index, &info);
    }
    mmview_member_info_clear(&info);
    mmview_npz_unref(archive);
    return fine;
}

/* Opens what is one array. */
static bool open_one(struct opening *opening, const char *file)
{
    struct target *target = opening->target;

    start(target, opening->options, file);
    if (!opening->options->raw && archive_of_stdin(file, &opening->split))
        return open_split(opening, file);
    if (target_is_stdin(file) ? open_stdin(opening) : map_file(opening, file))
        return select_view(target, opening->options);
    return opening->split && open_split(opening, file);
}

bool target_open(struct target *target, const struct target_options *options, const char *file)
{
    struct opening opening = {options, target, NULL, 0};

    if (open_one(&opening, file))
        return true;
    if (opening.archive)
        archive_report(opening.archive, file);
    mmview_npz_unref(opening.archive);
    return false;
}

/* Shows a visitor a member. Returns whether to go on. */
static bool visit(struct opening *opening, size_t index, const struct target_visitor *visitor)
{
    struct target *target = opening->target;
    const char *file = target->name, *member = mmview_npz_name(opening->archive, index, NULL);
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    bool going = true;

    set_names(target, file, strlen(file), member);
    if (mmview_npz_info(opening->archive, index, &info, &err) < 0)
        target_report(target, &err);
    else if (archive_holds_other(member, &info))
        going = visitor->pass(visitor->context, target, info.reason.message);
    else if (open_member(target, opening->options, opening->archive, index, &info))
        going = visitor->take(visitor->context, target);
    mmview_member_info_clear(&info);
    target_close(target);
    return going;
}

void target_each(const struct target_options *options, const char *file,
                 const struct target_visitor *visitor)
{
    struct target target;
    struct opening opening = {options, &target, NULL, 0};
    bool going = true;
    size_t count;

    if (open_one(&opening, file)) {
        visitor->take(visitor->context, &target);
        target_close(&target);
    }
    count = opening.archive ? mmview_npz_count(opening.archive) : 0;
    for (size_t i = 0; going && i < count; i++) {
        start(&target, options, file);
        going = visit(&opening, i, visitor);
    }
    mmview_npz_unref(opening.archive);
}

void target_close(struct target *target)
{
    mmview_array_unref(target->array);
    free(target->names);
    target->array = NULL;
    target->names = NULL;
}

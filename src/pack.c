/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "pack.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "interrupt.h"
#include "report.h"

struct work {
    const struct packing *packing;
    struct mmview_npz_writer *writer;
    struct progress progress;
};

/* The library counts the bytes of one array. */
struct part {
    struct progress *progress;
    uint64_t told;
};

static int tell(void *context, uint64_t done, uint64_t total)
{
    struct part *part = context;

    (void)total;
    progress_add(part->progress, done - part->told);
    part->told = done;
    return interrupt_pending();
}

/* An array to add, and where it comes from. */
struct adding {
    struct work *work;
    const char *in, *name;
    struct mmview_array *array;
    struct mmview_save_options how;
};

static int add_guarded(void *context)
{
    const struct adding *adding = context;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int status = mmview_npz_writer_add(adding->work->writer, adding->name, SIZE_MAX, adding->array,
                                       &adding->how, &err);

    /* What the guard knows of it tells. */
    if (status < 0 && mmview_guard_check(adding->array, NULL) == MMVIEW_OK)
        writing_report(status == MMVIEW_ETRUNCATED ? adding->in : adding->work->packing->file,
                       &err);
    return status;
}

static bool add_array(struct work *work, const char *in, const char *name,
                      struct mmview_array *array)
{
    const struct packing *packing = work->packing;
    struct part part = {&work->progress, 0};
    struct adding adding = {work, in, name, array, MMVIEW_SAVE_OPTIONS_INIT};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *dtype =
        write_dtype(packing->write, packing->file, mmview_array_dtype(array));
    int status;

    if (!dtype)
        return false;
    write_how(packing->write, &adding.how);
    adding.how.dtype = dtype;
    adding.how.progress = tell;
    adding.how.context = &part;
    mmview_array_advise(array, MMVIEW_ADVICE_SEQUENTIAL, NULL);
    status = mmview_guard(&array, 1, add_guarded, &adding, &err);
    if (err.status)
        writing_report(in, &err);
    mmview_dtype_unref(dtype);
    return status == 0;
}

static int read_bytes(struct mmview_npz *archive, size_t index, uint64_t size, char **bytes,
                      size_t *length, struct mmview_error *err)
{
    struct progress progress;
    int status;

    /* Before there is memory for as many bytes as the archive says. */
    progress_start_of_file(&progress, mmview_npz_name(archive, index, NULL), size);
    progress.doing = "read";
    status = mmview_npz_verify(archive, index, progress_follow, &progress, err);
    progress_end(&progress);
    if (status < 0)
        return status;
    *bytes = size < SIZE_MAX ? malloc((size_t)size + 1) : NULL;
    if (*bytes)
        return mmview_npz_read(archive, index, *bytes, (size_t)size, length, err);
    err->status = MMVIEW_ENOMEM;
    snprintf(err->message, sizeof err->message, "no memory for %" PRIu64 " bytes", size);
    return err->status;
}

/* What is no array goes along as it is. */
static bool add_bytes(struct work *work, struct mmview_npz *archive, size_t index,
                      const struct mmview_member_info *info, struct mmview_error *err)
{
    size_t length, got = 0;
    const char *name = mmview_npz_name(archive, index, &length);
    char *bytes = NULL;
    int status = read_bytes(archive, index, info->plain_size, &bytes, &got, err);

    if (status == 0)
        status = mmview_npz_writer_add_bytes(work->writer, name, length, bytes, got, err);
    free(bytes);
    return status == 0;
}

/* A member as an array, inflated if it has to be. NULL: *err says why. */
static struct mmview_array *open_member(struct mmview_npz *archive, size_t index,
                                        const struct mmview_member_info *info,
                                        struct mmview_error *err)
{
    struct mmview_npz_member_options how = MMVIEW_NPZ_MEMBER_OPTIONS_INIT;
    struct mmview_array *array = NULL;
    struct progress progress;

    how.flags = MMVIEW_NPZ_INFLATE;
    how.progress = progress_follow;
    how.context = &progress;
    progress_start_of_file(&progress, mmview_npz_name(archive, index, NULL), info->plain_size);
    progress.doing = "inflated";
    mmview_npz_member(archive, index, &how, &array, err);
    progress_end(&progress);
    return array;
}

static bool add_member(struct work *work, const char *in, struct mmview_npz *archive, size_t index,
                       struct mmview_error *err)
{
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_array *array = NULL;
    bool added = false;

    if (mmview_npz_info(archive, index, &info, err) < 0)
        return false;
    if (!info.dtype || (info.reason.status && info.reason.status != MMVIEW_ECOMPRESSED))
        added = add_bytes(work, archive, index, &info, err);
    else
        array = open_member(archive, index, &info, err);
    if (array && selection_apply(&work->packing->target->selection, &array, err))
        added = add_array(work, in, mmview_npz_name(archive, index, NULL), array);
    mmview_array_unref(array);
    mmview_member_info_clear(&info);
    return added;
}

static bool add_archive(struct work *work, struct mmview_npz *archive, const char *in)
{
    size_t count = mmview_npz_count(archive);

    for (size_t i = 0; i < count && !interrupt_pending(); i++) {
        struct mmview_error err = MMVIEW_ERROR_INIT;

        if (add_member(work, in, archive, i, &err))
            continue;
        if (err.status && err.status != MMVIEW_ECANCELED) {
            char *name;

            if (asprintf(&name, "%s/%s", in, mmview_npz_name(archive, i, NULL)) < 0)
                report_nomem();
            report(name, "%s", err.message);
            free(name);
        }
        return false;
    }
    return !interrupt_pending();
}

/* As numpy.savez() is told them: the file's name, with one ".npy"; arr_0 and so on for
 * what has no name. */
static void name_of(const struct target *target, int position, char *name, size_t size)
{
    const char *slash = strrchr(target->name, '/'), *base = slash ? slash + 1 : target->name;
    size_t length = strlen(base);

    if (target_is_stdin(target->name)) {
        snprintf(name, size, "arr_%d.npy", position);
        return;
    }
    if (target->member)
        length = strlen(base = target->member);
    if (length > 4 && strcmp(base + length - 4, ".npy") == 0)
        length -= 4;
    snprintf(name, size, "%.*s.npy", (int)length, base);
}

static bool add_file(struct work *work, const char *in, int position)
{
    const struct target_options *options = work->packing->target;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_npz *archive = NULL;
    struct target target;
    size_t room;
    char *name;
    bool added;

    if (!options->raw && archive_open(&archive, in, options, &err)) {
        added = add_archive(work, archive, in);
        mmview_npz_unref(archive);
        return added;
    }
    if (!target_open(&target, options, in))
        return false;
    room = strlen(target.name) + 32;
    name = malloc(room);
    if (!name)
        report_nomem();
    name_of(&target, position, name, room);
    added = add_array(work, in, name, target.array);
    free(name);
    target_close(&target);
    return added && !interrupt_pending();
}

static void cancel(void *unfinished)
{
    mmview_npz_writer_cancel(unfinished);
}

void pack(const struct packing *packing, int count, char **in)
{
    struct mmview_npz_writer_options how = MMVIEW_NPZ_WRITER_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct work work = {.packing = packing};
    bool added = true;

    how.flags = packing->write->exclusive ? MMVIEW_WRITE_EXCLUSIVE : 0;
    how.align = packing->align;
    if (mmview_npz_writer_create(packing->file, &how, &work.writer, &err) < 0) {
        writing_report(packing->file, &err);
        return;
    }
    writing_undo(cancel, work.writer);
    progress_start_of_file(&work.progress, packing->file, 0);
    for (int i = 0; i < count && added; i++)
        added = add_file(&work, in[i], i);
    progress_end(&work.progress);
    writing_undo(NULL, NULL);
    if (!added)
        mmview_npz_writer_cancel(work.writer);
    else if (mmview_npz_writer_finish(work.writer, &err) < 0)
        writing_report(packing->file, &err);
}

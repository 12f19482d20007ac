/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "lint.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "lint_header.h"
#include "pipe.h"
#include "progress.h"
#include "report.h"

struct lint {
    const struct target_options *options;
    void (*tell)(void *context, const struct checked *checked, const struct findings *findings);
    void *context;
};

/* The name of the finding that a status is; NULL if it is none, but an error of ours. */
static const char *status_finding(int status)
{
    static const struct {
        int status;
        const char *name;
    } names[] = {
        {MMVIEW_EMAGIC, "magic"},       {MMVIEW_EVERSION, "version-unknown"},
        {MMVIEW_EHEADER, "header"},     {MMVIEW_EHEADERSIZE, "header-size"},
        {MMVIEW_EDESCR, "descr"},       {MMVIEW_ESHAPE, "shape"},
        {MMVIEW_EOBJECT, "objects"},    {MMVIEW_ETRUNCATED, "truncated"},
        {MMVIEW_EOVERFLOW, "overflow"}, {MMVIEW_EUNSUPPORTED, "unsupported"},
        {MMVIEW_EARCHIVE, "archive"},   {MMVIEW_ECHECKSUM, "checksum"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].status == status)
            return names[i].name;
    return NULL;
}

/* Takes the reason for a failure as a finding. False: it is none, and was reported. */
static bool add_error(struct findings *findings, const struct checked *checked,
                      const struct mmview_error *err)
{
    const char *name = status_finding(err->status);

    if (name)
        findings_add(findings, FINDING_ERROR, name, err->offset, "%s", err->message);
    else
        report(checked->name, "%s", err->message);
    return name != NULL;
}

static void add_trailing(struct findings *findings, uint64_t offset, uint64_t trailing)
{
    if (trailing > 0)
        findings_add(findings, FINDING_WARNING, "trailing-bytes", offset,
                     "%" PRIu64 " byte%s after the data that no array has", trailing,
                     trailing == 1 ? "" : "s");
}

/* NULL, or why the bytes can not be read. */
static const char *read_bytes(int fd, char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = pread(fd, bytes + done, length - done, (off_t)done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? strerror(errno) : "it has become shorter";
        done += (size_t)n;
    }
    return NULL;
}

/* Reads the first bytes of a file again, by its descriptor or the negative errno why there
 * is none. NULL: reported. */
static char *read_start(const char *file, int fd, size_t length)
{
    char *bytes = malloc(length);
    const char *why;

    if (!bytes)
        report_nomem();
    why = fd < 0 ? strerror(-fd) : read_bytes(fd, bytes, length);
    if (!why)
        return bytes;
    report(file, "can not be read again: %s", why);
    free(bytes);
    return NULL;
}

static bool report_change(const struct checked *checked)
{
    report(checked->name, "its header was changed while it was looked at");
    return false;
}

static bool lint_array(const struct checked *checked, int fd, const struct mmview_array *array,
                       struct findings *findings)
{
    struct lint_header header = {
        .length = (size_t)mmview_array_data_offset(array),
        .dtype = mmview_array_dtype(array),
        .ndim = mmview_array_ndim(array),
        .shape = mmview_array_shape(array),
        .order = (int)mmview_array_order(array),
        .version = mmview_array_version(array),
        .text_length = (size_t)mmview_array_header_length(array),
    };
    char *bytes = read_start(checked->file, fd, header.length);
    bool same;

    if (!bytes)
        return false;
    header.bytes = bytes;
    same = lint_header(&header, findings);
    free(bytes);
    if (!same)
        return report_change(checked);
    if (!(mmview_array_flags(array) & MMVIEW_ALIGNED))
        findings_add(findings, FINDING_WARNING, "unaligned", mmview_array_offset(array),
                     "the data starts at byte %" PRIu64 ", where its type is not aligned",
                     mmview_array_offset(array));
    add_trailing(findings, mmview_array_file_size(array) - mmview_array_trailing_bytes(array),
                 mmview_array_trailing_bytes(array));
    return true;
}

/* Looks at what the header of a member says, if it has one. False: reported. */
static bool lint_member_header(struct mmview_npz *archive, size_t index,
                               const struct checked *checked, const struct mmview_member_info *info,
                               struct findings *findings)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct lint_header header = {
        .length = (size_t)info->data_offset,
        .dtype = info->dtype,
        .ndim = info->ndim,
        .shape = info->shape,
        .order = info->order,
        .version = info->version,
        .text_length = (size_t)info->header_length,
    };
    char *bytes = malloc(header.length);
    size_t got;
    bool fine;

    if (!bytes)
        report_nomem();
    fine = mmview_npz_read(archive, index, bytes, header.length, &got, &err) == MMVIEW_OK;
    if (fine) {
        header.bytes = bytes;
        fine = (got == header.length && lint_header(&header, findings)) || report_change(checked);
    } else {
        fine = add_error(findings, checked, &err);
    }
    free(bytes);
    return fine;
}

/* Out of the folder where an archive is unpacked, on some system. */
static bool leads_out(const char *name)
{
    bool has_drive =
        ((*name >= 'A' && *name <= 'Z') || (*name >= 'a' && *name <= 'z')) && name[1] == ':';

    if (*name == '/' || has_drive || strchr(name, '\\'))
        return true;
    for (size_t length; *name; name += length + (name[length] == '/')) {
        length = strcspn(name, "/");
        if (length == 2 && memcmp(name, "..", 2) == 0)
            return true;
    }
    return false;
}

static void lint_name(struct mmview_npz *archive, size_t index, const char *name,
                      struct findings *findings)
{
    size_t last;

    if (mmview_npz_find(archive, name, SIZE_MAX, &last, NULL) == MMVIEW_OK && last != index)
        findings_add(findings, FINDING_WARNING, "duplicate", MMVIEW_NO_OFFSET,
                     "member %zu is called the same, and is what is found by the name", last);
    if (leads_out(name))
        findings_add(findings, FINDING_WARNING, "name", MMVIEW_NO_OFFSET,
                     "unpacked by its name, the member may come to lie outside of its folder");
}

static int verify(struct mmview_npz *archive, size_t index, const char *name, uint64_t size,
                  struct mmview_error *err)
{
    struct progress progress;
    int status;

    progress_start_of_file(&progress, name, size);
    progress.doing = "read";
    status = mmview_npz_verify(archive, index, progress_follow, &progress, err);
    progress_end(&progress);
    return status;
}

/* False: it can not be read, which was reported. */
static bool lint_member(struct mmview_npz *archive, size_t index, const struct checked *checked,
                        struct findings *findings)
{
    struct mmview_member_info info = MMVIEW_MEMBER_INFO_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    bool fine = mmview_npz_info(archive, index, &info, &err) == MMVIEW_OK;

    if (!fine) {
        report(checked->name, "%s", err.message);
        return false;
    }
    lint_name(archive, index, checked->member, findings);
    if (archive_holds_other(checked->member, &info))
        findings_add(findings, FINDING_WARNING, "not-npy", info.offset, "%s", info.reason.message);
    else if (!info.mappable && info.reason.status != MMVIEW_ECOMPRESSED)
        fine = add_error(findings, checked, &info.reason);
    if (fine && info.dtype)
        fine = lint_member_header(archive, index, checked, &info, findings);
    if (info.mappable && !info.aligned)
        findings_add(findings, FINDING_WARNING, "unaligned", info.offset + info.data_offset,
                     "the data starts at byte %" PRIu64 " of the archive, where its type is not "
                     "aligned",
                     info.offset + info.data_offset);
    if (info.has_data)
        add_trailing(findings, info.data_offset + (uint64_t)info.nbytes,
                     info.plain_size - info.data_offset - (uint64_t)info.nbytes);
    if (fine && info.reason.status != MMVIEW_EUNSUPPORTED &&
        info.reason.status != MMVIEW_EARCHIVE &&
        verify(archive, index, checked->name, info.plain_size, &err) < 0)
        fine = add_error(findings, checked, &err);
    mmview_member_info_clear(&info);
    return fine;
}

static void lint_one_member(const struct lint *lint, struct mmview_npz *archive, size_t index,
                            const char *file)
{
    const char *member = mmview_npz_name(archive, index, NULL);
    struct findings findings = {.count = 0};
    struct checked checked = {NULL, file, member};
    char *name;

    if (asprintf(&name, "%s/%s", file, member) < 0)
        report_nomem();
    checked.name = name;
    if (lint_member(archive, index, &checked, &findings))
        lint->tell(lint->context, &checked, &findings);
    findings_clear(&findings);
    free(name);
}

static void lint_members(const struct lint *lint, struct mmview_npz *archive, const char *file)
{
    size_t count = mmview_npz_count(archive);

    if (count == 0)
        lint->tell(lint->context, &(struct checked){file, file, NULL},
                   &(struct findings){.count = 0});
    for (size_t i = 0; i < count && report_output_fine(); i++)
        lint_one_member(lint, archive, i, file);
}

static void tell_error(const struct lint *lint, const char *file, const struct mmview_error *err)
{
    const struct checked checked = {file, file, NULL};
    struct findings findings = {.count = 0};

    if (add_error(&findings, &checked, err))
        lint->tell(lint->context, &checked, &findings);
    findings_clear(&findings);
}

static void lint_archive(const struct lint *lint, const char *path)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_npz *archive = NULL;
    size_t length, index;
    char *file;

    if (!archive_of_stdin(path, &length) && !archive_split(path, &length)) {
        report(path, "%s", strerror(ENOTDIR));
        return;
    }
    file = strndup(path, length);
    if (!file)
        report_nomem();
    if (!archive_open(&archive, file, lint->options, &err))
        tell_error(lint, file, &err);
    else if (mmview_npz_find(archive, path + length + 1, SIZE_MAX, &index, &err) == MMVIEW_OK)
        lint_one_member(lint, archive, index, file);
    else
        report(path, "%s", err.message);
    mmview_npz_unref(archive);
    free(file);
}

/* Opens it, and leaves what it was opened by: a name may mean another file a moment later.
 * Why a name can not be opened, or is of no file, is the library's to say. */
static int open_array(const char *file, const struct mmview_open_options *how, int *fd,
                      struct mmview_array **array, struct mmview_error *err)
{
    *fd = target_is_stdin(file) ? STDIN_FILENO : target_descriptor(file, O_RDONLY);
    if (*fd >= 0)
        return mmview_open_fd(*fd, how, array, err);
    *fd = -errno;
    return mmview_open(file, how, array, err);
}

void lint_file(const struct target_options *options, const char *file,
               void (*tell)(void *context, const struct checked *checked,
                            const struct findings *findings),
               void *context)
{
    const struct lint lint = {options, tell, context};
    const struct checked checked = {file, file, NULL};
    struct mmview_open_options how = MMVIEW_OPEN_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct findings findings = {.count = 0};
    struct mmview_array *array = NULL;
    struct mmview_npz *archive = NULL;
    size_t length;
    int fd = -EBADF;

    how.max_header = options->max_header;
    if (archive_of_stdin(file, &length))
        lint_archive(&lint, file);
    else if (target_is_stdin(file) && !pipe_to_file(options, &err))
        tell_error(&lint, file, &err);
    else if (open_array(file, &how, &fd, &array, &err) == MMVIEW_OK) {
        if (lint_array(&checked, fd, array, &findings))
            tell(context, &checked, &findings);
        findings_clear(&findings);
        mmview_array_unref(array);
    } else if (err.sys_errno == ENOTDIR || err.sys_errno == ENAMETOOLONG) {
        lint_archive(&lint, file);
    } else if (err.status == MMVIEW_EMAGIC && archive_is_one(&archive, file, options, &err)) {
        lint_members(&lint, archive, file);
        mmview_npz_unref(archive);
    } else {
        tell_error(&lint, file, &err);
    }
    if (fd >= 0 && !target_is_stdin(file))
        close(fd);
}

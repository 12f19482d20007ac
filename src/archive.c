/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "archive.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compose.h"
#include "pipe.h"
#include "report.h"

bool archive_split(const char *file, size_t *length)
{
    char *path = strdup(file);
    size_t end = strlen(file);
    bool found = false;

    if (!path)
        report_nomem();
    while (end > 0 && !found) {
        struct stat st;

        end--;
        if (path[end] != '/' || end == 0 || path[end - 1] == '/')
            continue;
        path[end] = '\0';
        found = stat(path, &st) == 0 && S_ISREG(st.st_mode);
    }
    free(path);
    *length = end;
    return found;
}

bool archive_of_stdin(const char *file, size_t *length)
{
    static const char *const names[] = {"-/", "/dev/stdin/"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *length = strlen(names[i]) - 1;
        if (strncmp(file, names[i], *length + 1) == 0)
            return true;
    }
    *length = 0;
    return false;
}

bool archive_open(struct mmview_npz **archive, const char *file,
                  const struct target_options *options, struct mmview_error *err)
{
    struct mmview_npz_options how = MMVIEW_NPZ_OPTIONS_INIT;

    how.max_header = options->max_header;
    if (!target_is_stdin(file))
        return mmview_npz_open(file, &how, archive, err) == MMVIEW_OK;
    return pipe_to_file(options, err) &&
           mmview_npz_open_fd(STDIN_FILENO, &how, archive, err) == MMVIEW_OK;
}

static bool is_called(const char *file, const char *suffix)
{
    size_t length = strlen(file), suffix_length = strlen(suffix);

    return length > suffix_length && strcmp(file + length - suffix_length, suffix) == 0;
}

/* Should it be one, by its name or by what it starts with? */
static bool seems_one(const char *file)
{
    bool is_stdin = target_is_stdin(file);
    char magic[2];
    ssize_t got;
    int fd;

    if (is_called(file, ".npz"))
        return true;
    fd = is_stdin ? STDIN_FILENO : target_descriptor(file, O_RDONLY);
    got = pread(fd, magic, sizeof magic, 0);
    if (fd >= 0 && !is_stdin)
        close(fd);
    return got == sizeof magic && memcmp(magic, "PK", sizeof magic) == 0;
}

bool archive_is_one(struct mmview_npz **archive, const char *file,
                    const struct target_options *options, struct mmview_error *err)
{
    struct mmview_error why = MMVIEW_ERROR_INIT;

    if (archive_open(archive, file, options, &why))
        return true;
    if (seems_one(file))
        *err = why;
    return false;
}

bool archive_holds_other(const char *member, const struct mmview_member_info *info)
{
    return info->reason.status == MMVIEW_EMAGIC && !is_called(member, ".npy");
}

/* As many names as help; `mmview ls` shows all. */
#define MOST_NAMES 5

void archive_report(const struct mmview_npz *archive, const char *file)
{
    size_t count = mmview_npz_count(archive);
    struct composition composition;
    FILE *out = compose_begin(&composition);
    char *names;

    for (size_t i = 0; i < count && i < MOST_NAMES; i++)
        fprintf(out, "%s%s/%s", i > 0 ? ", " : "", file, mmview_npz_name(archive, i, NULL));
    names = compose_end(&composition);
    if (count == 0)
        report(file, "an archive without members");
    else
        report(file, "an archive of %zu member%s, and one array is wanted: %s%s", count,
               count == 1 ? "" : "s", names, count > MOST_NAMES ? ", ... (see mmview ls)" : "");
    free(names);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Makes a program of a fuzz target: fuzz_NAME [FILE...] runs it on the files, by
 * default on all of tests/fuzz/corpus/NAME below the source tree. */
#include <dirent.h>
#include <errno.h>

#include "expect.h"

_Noreturn static void die(const char *path)
{
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    exit(99);
}

/* Hands the target a copy without a byte to spare. */
static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data;
    long size;

    if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
        die(path);
    rewind(file);
    data = malloc(size > 0 ? (size_t)size : 1);
    if (!data || fread(data, 1, (size_t)size, file) != (size_t)size)
        die(path);
    fclose(file);
    /* Should the target end the program, this is the last line. */
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(data, (size_t)size);
    free(data);
}

static int replay_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    int count = 0;

    if (!dir)
        die(folder);
    while ((entry = readdir(dir))) {
        char path[4096];

        if (entry->d_name[0] == '.')
            continue;
        if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= sizeof path) {
            errno = ENAMETOOLONG;
            die(folder);
        }
        replay(path);
        count++;
    }
    closedir(dir);
    return count;
}

int main(int argc, char **argv)
{
    const char *srcdir = getenv("srcdir"), *name = strrchr(argv[0], '/');
    char folder[2048];
    int count = argc - 1;

    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    if (argc == 1) {
        name = strstr(name ? name : argv[0], "fuzz_");
        EXPECT(name);
        if ((size_t)snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s",
                             srcdir ? srcdir : ".", name + strlen("fuzz_")) >= sizeof folder)
            return 99;
        count = replay_folder(folder);
    }
    printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}

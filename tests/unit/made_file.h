/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_UNIT_MADE_FILE_H
#define TESTS_UNIT_MADE_FILE_H

#include <check.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file in the working folder, for the suites of floor os. */

/* A file of bytes that count up, so that each tells where it is. */
static inline int make_file(size_t size)
{
    int fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
    unsigned char *bytes = malloc(size + 1);

    ck_assert_int_ge(fd, 0);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(i * 3);
    ck_assert_int_eq(write(fd, bytes, size), (ssize_t)size);
    free(bytes);
    return fd;
}

static inline uint64_t size_of(int fd)
{
    struct stat st;

    ck_assert_int_eq(fstat(fd, &st), 0);
    return (uint64_t)st.st_size;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_IO_WRITER_H
#define MMV_IO_WRITER_H

#include <stdbool.h>

#include <mmview/write.h>

#include "format/header_write.h"
#include "os/new_file.h"

/* Where the rows go: into a new file, which gets its name at the end, or into one that
 * is there, whose header says how many of them count. */
struct mmview_writer {
    struct mmv_new_file file; /* the new file; fd -1: none */
    int fd;                   /* of the file that is written to */
    unsigned flags;
    int (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
    bool put;    /* bytes were written behind the rows that count */
    bool failed; /* a write failed: what comes after it would be in the wrong place */

    struct mmview_dtype *dtype; /* owned */
    mmview_intp shape[MMVIEW_MAXDIMS];
    struct mmv_header_facts facts; /* of the header that the file has, but for the rows */
    int axis;                      /* that grows: shape[axis] is the rows so far */
    mmview_intp row_nbytes;
    unsigned char *header; /* owned: what is in the file, or will be */
    size_t header_length;
    size_t number_end, number_length; /* where in it the rows are counted */

    uint64_t written;      /* bytes of rows, those that wait in the buffer included */
    mmview_intp settled;   /* rows that the header in the file counts; new files: 0 */
    uint64_t end;          /* of the file, if what was not flushed is given up */
    uint64_t left;         /* MMVIEW_WRITE_COUNT_ROWS: bytes after the last whole row */
    unsigned char *buffer; /* owned: bytes that wait, so that small rows are few calls */
    size_t waiting;
};

/* What waits in the buffer of a writer at most. */
#define MMV_WRITER_BUFFER ((size_t)1 << 16)

/* Bytes that were not written yet are. */
int mmv_writer_drain(struct mmview_writer *writer, struct mmview_error *err);

/* Puts the count of rows that are whole into the header of the file. */
int mmv_writer_settle(struct mmview_writer *writer, struct mmview_error *err);

/* Ends the file behind the last row. */
int mmv_writer_cut(struct mmview_writer *writer, struct mmview_error *err);

/* Counts rows that have no bytes. */
int mmv_writer_count_rows(struct mmview_writer *writer, mmview_intp count,
                          struct mmview_error *err);

/* Closes and frees everything; a new file is gone. */
void mmv_writer_free(struct mmview_writer *writer);

#endif

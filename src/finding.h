/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef FINDING_H
#define FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What `mmview check` finds wrong with a file. */

enum finding_level {
    FINDING_WARNING, /* NumPy reads it; others may not, or it is not what was meant */
    FINDING_ERROR    /* there is no array, or not the one that was written */
};

struct finding {
    enum finding_level level;
    const char *name; /* stable: mmview-check(1) lists them */
    uint64_t offset;  /* byte of the file or member, or MMVIEW_NO_OFFSET */
    char *message;
};

struct findings {
    struct finding *items;
    size_t count, room;
    size_t errors; /* of these */
};

void findings_add(struct findings *findings, enum finding_level level, const char *name,
                  uint64_t offset, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* What was checked. */
struct checked {
    const char *name;   /* as messages call it */
    const char *file;   /* it, without the member of an archive */
    const char *member; /* or NULL */
};

/* A line for each, and one for the outcome: NAME: error: magic: ... */
void findings_print(const struct findings *findings, const struct checked *checked);

/* An object of JSON. */
void findings_print_json(const struct findings *findings, const struct checked *checked);

void findings_clear(struct findings *findings);

#endif

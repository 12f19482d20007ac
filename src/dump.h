/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef DUMP_H
#define DUMP_H

#include <stdbool.h>

#include "target.h"

/* Codes of its options. */
enum {
    DUMP_OPT_REPR = OPT_OWN,
    DUMP_OPT_FULL,
    DUMP_OPT_THRESHOLD,
    DUMP_OPT_EDGEITEMS,
    DUMP_OPT_LINEWIDTH,
    DUMP_OPT_PRECISION,
    DUMP_OPT_SUPPRESS,
    DUMP_OPT_LINES,
    DUMP_OPT_INDEX,
    DUMP_OPT_CSV,
    DUMP_OPT_TSV,
    DUMP_OPT_JSONL,
    DUMP_OPT_NAN,
    DUMP_OPT_RAW,
    DUMP_OPT_ORDER_OUT,
    DUMP_OPT_BYTEORDER,
    DUMP_OPT_DTYPE_OUT,
};

/* How `mmview dump` writes the values of each FILE. */
struct dumping {
    const struct command *command;
    struct target_options target;

    const char *form; /* the option that chose a form, "--csv"; NULL: none did */
    bool bytes;       /* bytes, not text */

    struct mmview_text_options text;
    const char *for_people; /* an option that only the text for people has; NULL: none */
    const char *for_lines;  /* likewise, for --lines */
    const char *for_json;   /* for --json and --jsonl */
    const char *for_bytes;  /* for --raw */

    int order;                  /* enum mmview_order of the bytes */
    struct mmview_dtype *dtype; /* of the bytes; NULL: the array's */
    char byteorder;             /* '<', '>' or '='; 0: the dtype's */
};

/* Takes an option; as target_option(). */
int dump_option(struct dumping *dumping, int option, const char *argument);

/* Whether all that was given goes together: STATUS_FINE, or STATUS_ERROR, and why not
 * was reported. */
int dump_check_options(const struct dumping *dumping);

/* Each writes the array of a FILE to standard output, or reports why it can not. */
void dump_text(const struct dumping *dumping, const struct target *target);
void dump_raw(const struct dumping *dumping, const struct target *target);

#endif

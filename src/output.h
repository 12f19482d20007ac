/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "field.h"
#include "options.h"
#include "target.h"

struct output;

/* A form of output, one file out_NAME.c each: writes what is to be told of one
 * array to standard output. */
typedef void output_writer(const struct output *output, const struct target *target);

output_writer out_human, out_json, out_sh, out_fields;

/* Of JSON: a string, quoted; one that may have NULs in it; a field with its key. */
void json_put_string(const char *text);
void json_put_text(const char *text, size_t length);
void json_put_field(const struct field *field, const struct target *target);

/* What a command tells of each FILE, and how. */
struct output {
    output_writer *write;
    const struct field **fields; /* in the order of the output */
    size_t field_count;
    bool asked;    /* the user chose the form */
    bool null;     /* values end with a NUL, not a newline */
    size_t arrays; /* so many were told of before */
};

#define OUTPUT_OPTIONS                                                        \
    {"json", no_argument, NULL, OPT_JSON}, {"sh", no_argument, NULL, OPT_SH}, \
        {"fields", required_argument, NULL, 'f'},                             \
    {                                                                         \
        "null", no_argument, NULL, 'z'                                        \
    }

#define OUTPUT_LETTERS "f:z"

/* As target_option(). */
int output_option(struct output *output, const struct command *command, int option,
                  const char *argument);

/* Adds a field to those that are told. */
void output_add_field(struct output *output, const struct field *field);

void output_clear(struct output *output);

#endif

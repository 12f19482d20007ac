/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

void output_add_field(struct output *output, const struct field *field)
{
    size_t count = output->field_count;

    /* The array is as long as the next power of two. */
    if ((count & (count - 1)) == 0) {
        const struct field **grown =
            realloc(output->fields, (count ? 2 * count : 1) * sizeof *grown);

        if (!grown)
            report_nomem();
        output->fields = grown;
    }
    output->fields[output->field_count++] = field;
}

static int unknown_field(const struct command *command, const char *name, size_t length)
{
    char known[1024];
    size_t used = 0;

    for (size_t i = 0; i < FIELD_COUNT; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, " %s", field_table[i].key);
    for (const struct field *flag = field_flags; flag->key; flag++)
        used += (size_t)snprintf(known + used, sizeof known - used, " %s", flag->key);
    return report_usage(command, "no field is called '%.*s'; the fields are%s",
                        length < 80 ? (int)length : 80, name, known);
}

static int add_fields(struct output *output, const struct command *command, const char *names)
{
    for (;;) {
        size_t length = strcspn(names, ",");
        const struct field *field = field_find(names, length);

        if (!field)
            return unknown_field(command, names, length);
        output_add_field(output, field);
        if (names[length] == '\0')
            return STATUS_FINE;
        names += length + 1;
    }
}

static int set_writer(struct output *output, const struct command *command, output_writer *writer)
{
    if (output->asked && output->write != writer)
        return report_usage(command, "only one of --json, --sh and -f can be had at a time");
    output->asked = true;
    output->write = writer;
    return STATUS_FINE;
}

int output_option(struct output *output, const struct command *command, int option,
                  const char *argument)
{
    int status;

    switch (option) {
    case OPT_JSON: return set_writer(output, command, out_json);
    case OPT_SH: return set_writer(output, command, out_sh);
    case 'f':
        status = set_writer(output, command, out_fields);
        return status == STATUS_FINE ? add_fields(output, command, argument) : status;
    case 'z': output->null = true; return STATUS_FINE;
    default: return OPTIONS_NOT_MINE;
    }
}

void output_clear(struct output *output)
{
    free(output->fields);
    output->fields = NULL;
    output->field_count = 0;
}

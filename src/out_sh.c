/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <ctype.h>
#include <stdio.h>

#include "output.h"

static void put_name(const char *key)
{
    fputs("MMVIEW_", stdout);
    for (; *key; key++)
        putchar(toupper((unsigned char)*key));
    putchar('=');
}

/* Inside '...' a shell takes every byte but ' as it is. */
static void put_quoted(const char *text)
{
    putchar('\'');
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    putchar('\'');
}

static void put_field(const struct field *field, const struct target *target)
{
    struct value value;

    field_get(field, target, false, &value);
    put_name(field->key);
    switch (value.type) {
    case VALUE_TEXT:
    case VALUE_JSON: put_quoted(value.text); break;
    case VALUE_NUMBER:
    case VALUE_BOOL: value_print(stdout, &value); break;
    default: /* nothing in these needs more than the quotes */
        putchar('\'');
        value_print(stdout, &value);
        putchar('\'');
        break;
    }
    putchar('\n');
    if (value.type == VALUE_FLAGS)
        for (const struct field *flag = field_flags; flag->key; flag++)
            put_field(flag, target);
    value_clear(&value);
}

/* Assignments for eval, an empty line between two arrays. */
void out_sh(const struct output *output, const struct target *target)
{
    if (output->arrays > 0)
        putchar('\n');
    for (size_t i = 0; i < output->field_count; i++)
        put_field(output->fields[i], target);
}

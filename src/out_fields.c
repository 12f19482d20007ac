/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "output.h"

/* Bare values, each ended by a newline or a NUL. */
void out_fields(const struct output *output, const struct target *target)
{
    for (size_t i = 0; i < output->field_count; i++) {
        struct value value;

        field_get(output->fields[i], target, false, &value);
        value_print(stdout, &value);
        putchar(output->null ? '\0' : '\n');
        value_clear(&value);
    }
}

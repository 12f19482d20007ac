/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "holding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

#define PREFIX "MMVIEW_"

static const struct field pid_field = {"pid", FIELD_PID, 0};

/* What the environment has of each array: PREFIX NAME is of the first, PREFIX
 * NAME _N of the Nth. */
static const struct {
    const char *name;
    enum field_id id;
} variables[] = {
    {"FILE", FIELD_FILE},         {"MEMBER", FIELD_MEMBER},       {"ADDR", FIELD_ADDRESS},
    {"OFFSET", FIELD_OFFSET},     {"NBYTES", FIELD_NBYTES},       {"NDIM", FIELD_NDIM},
    {"SHAPE", FIELD_SHAPE},       {"STRIDES", FIELD_STRIDES},     {"SIZE", FIELD_SIZE},
    {"DTYPE", FIELD_DTYPE},       {"TYPESTR", FIELD_TYPESTR},     {"CTYPE", FIELD_CTYPE},
    {"ITEMSIZE", FIELD_ITEMSIZE}, {"BYTEORDER", FIELD_BYTEORDER}, {"MODE", FIELD_MODE},
    {"FLAGS", FIELD_FLAGS},
};

#define NVARIABLES (sizeof variables / sizeof *variables)

/* Bytes of the longest name: "MMVIEW_BYTEORDER_18446744073709551615". */
#define LONGEST_NAME 40

static void set(const char *name, const char *value)
{
    if (setenv(name, value, 1) != 0)
        report_nomem();
}

static void set_number(const char *name, uintmax_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%ju", number);
    set(name, text);
}

/* Whether an entry of the environment is PREFIX NAME _ digits. */
static bool is_numbered(const char *entry)
{
    if (strncmp(entry, PREFIX, strlen(PREFIX)) != 0)
        return false;
    entry += strlen(PREFIX);
    for (size_t i = 0; i < NVARIABLES; i++) {
        const char *digits = entry + strlen(variables[i].name) + 1;

        if (strncmp(entry, variables[i].name, strlen(variables[i].name)) == 0 &&
            digits[-1] == '_' && digits[strspn(digits, "0123456789")] == '=')
            return true;
    }
    return false;
}

/* A hold inside of a hold of more files would leave theirs among its own. */
static void forget_numbered(void)
{
    for (char **entry = environ; entry && *entry;) {
        if (is_numbered(*entry)) {
            size_t length = strcspn(*entry, "=");
            char *name = strndup(*entry, length);

            if (!name)
                report_nomem();
            unsetenv(name); /* which moves the others up */
            free(name);
        } else {
            entry++;
        }
    }
}

static void export_one(const struct target *target, size_t number)
{
    for (size_t i = 0; i < NVARIABLES; i++) {
        char name[LONGEST_NAME];
        char *value = field_text(&field_table[variables[i].id], target);

        snprintf(name, sizeof name, PREFIX "%s_%zu", variables[i].name, number);
        set(name, value);
        if (number == 1) {
            snprintf(name, sizeof name, PREFIX "%s", variables[i].name);
            set(name, value);
        }
        free(value);
    }
}

void holding_export(const struct target *targets, size_t count)
{
    forget_numbered();
    set_number(PREFIX "PID", (uintmax_t)getpid());
    set_number(PREFIX "COUNT", count);
    for (size_t i = 0; i < count; i++)
        export_one(&targets[i], i + 1);
}

void holding_print(const struct output *output, const struct target *target)
{
    char *address = field_text(&field_table[FIELD_ADDRESS], target);

    (void)output;
    printf("%jd %s\n", (intmax_t)getpid(), address);
    free(address);
}

void holding_add_fields(struct output *output)
{
    output_add_field(output, &pid_field);
    for (size_t i = 0; i < NVARIABLES; i++)
        output_add_field(output, &field_table[variables[i].id]);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "target.h"

#include <string.h>

#include "report.h"

const char target_help[] =
    "  -s, --select=INDEX       take this view: '1:3, ::-1', \"'field'\", \"['x', 'y']\"\n"
    "  -T, --transpose          turn the order of the axes round; both repeat, and\n"
    "                           are done in the order given\n"
    "      --mode=r|c           map read-only (the default) or copy-on-write\n"
    "      --max-header=N       accept a header of up to N characters (10000)\n";

const char target_raw_help[] =
    "\n"
    "Raw files, which have no header; any of these makes every FILE one:\n"
    "      --dtype=DTYPE        what an item is, in NumPy's words: f8, '>i2' (uint8)\n"
    "      --shape=SHAPE        dimensions: 250,3 or '(250, 3)' (one: what is there)\n"
    "      --order=C|F          which index varies fastest, the last (C) or the first\n";

static int set_shape(struct target_options *options, const struct command *command,
                     const char *text)
{
    options->ndim = options_shape(text, options->shape, SHAPE_IS_KNOWN);
    if (options->ndim < 0)
        return report_usage(
            command, "--shape '%s': not a shape of at most %d dimensions, such as 250,3 or ()",
            text, MMVIEW_MAXDIMS);
    return STATUS_FINE;
}

static int set_mode(struct target_options *options, const struct command *command, const char *text)
{
    if (strcmp(text, "r") == 0)
        options->mode = MMVIEW_MODE_R;
    else if (strcmp(text, "c") == 0)
        options->mode = MMVIEW_MODE_C;
    else
        return report_usage(command, "--mode '%s': not a mode of %s, which never writes: r or c",
                            text, command->name);
    return STATUS_FINE;
}

static int set_address(struct target_options *options, const struct command *command,
                       const char *text)
{
    uint64_t number;

    if (!options_number(text, &number) || number > UINTPTR_MAX)
        return report_usage(command, "--at '%s': not an address, decimal or 0x", text);
    options->at = true;
    options->address = (void *)(uintptr_t)number;
    return STATUS_FINE;
}

int target_option(struct target_options *options, const struct command *command, int option,
                  const char *argument)
{
    switch (option) {
    case OPT_DTYPE:
        options->raw = true;
        return options_dtype(command, "--dtype", argument, &options->dtype);
    case OPT_SHAPE: options->raw = true; return set_shape(options, command, argument);
    case OPT_ORDER:
        options->raw = true;
        return options_order(command, "--order", argument, &options->order);
    case OPT_SKIP:
        options->raw = true;
        if (!options_number(argument, &options->skip))
            return report_usage(command, "'%s' is no number of bytes to skip", argument);
        return STATUS_FINE;
    case OPT_SELECT: selection_add(&options->selection, argument); return STATUS_FINE;
    case OPT_TRANSPOSE: selection_add(&options->selection, NULL); return STATUS_FINE;
    case OPT_AT: return set_address(options, command, argument);
    case OPT_MODE: return set_mode(options, command, argument);
    case OPT_MAX_HEADER:
        if (!options_number(argument, &options->max_header) || options->max_header == 0)
            return report_usage(command, "--max-header '%s': not a number of characters", argument);
        return STATUS_FINE;
    default: return OPTIONS_NOT_MINE;
    }
}

void target_options_clear(struct target_options *options)
{
    mmview_dtype_unref(options->dtype);
    options->dtype = NULL;
    selection_clear(&options->selection);
}

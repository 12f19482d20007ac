/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "inspect.h"

static const struct option options[] = {
    OUTPUT_OPTIONS,     TARGET_OPTIONS,
    TARGET_RAW_OPTIONS, {"offset", required_argument, NULL, OPT_SKIP},
    OPTIONS_END,
};

static int inspect(struct inspection *inspection, int argc, char **argv)
{
    struct output *output = &inspection->output;
    int option, status;

    while ((option = options_next(inspection->command, argc, argv,
                                  ":h" OUTPUT_LETTERS TARGET_LETTERS, options, &status)) !=
           OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        if (inspect_option(inspection, option) != STATUS_FINE)
            return STATUS_ERROR;
    }
    if (output->field_count == 0)
        for (size_t i = 0; i < FIELD_COUNT; i++)
            output_add_field(output, &field_table[i]);
    return inspect_files(inspection, argc, argv);
}

static int run(int argc, char **argv)
{
    struct inspection inspection = {
        .command = &command_info,
        .target = TARGET_OPTIONS_INIT,
        .all_members = true,
        .output = {.write = out_human},
    };
    int status;

    inspection.target.deflated = TARGET_LOOKS;
    status = inspect(&inspection, argc, argv);

    inspect_clear(&inspection);
    return status;
}

const struct command command_info = {
    .name = "info",
    .synopsis = "[OPTION]... FILE...",
    .summary = "show what a file holds: type, shape, strides, flags, offset, address",
    .help =
        {
            "Shows what each FILE holds and how it is mapped. Reads the header, never the\n"
            "data. FILE - is standard input.\n"
            "\n"
            "Output:\n"
            "      --json               an object of JSON a FILE, a line each\n"
            "      --sh                 assignments for a shell's eval: MMVIEW_SHAPE='3 4'\n"
            "  -f, --fields=FIELD,...   these fields only: bare values, a line each\n"
            "  -z, --null               with -f: end values with a NUL, not with a newline\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n",
            target_help,
            target_raw_help,
            "      --offset=N, --skip=N the byte of the file where the data starts (0)\n"
            "\n",
            field_help,
        },
    .run = run,
};

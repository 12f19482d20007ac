/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <unistd.h>

#include "inspect.h"
#include "report.h"

enum { OPT_DECIMAL = OPT_OWN, OPT_OFFSET };

static const struct option options[] = {
    {"offset", no_argument, NULL, OPT_OFFSET},
    {"decimal", no_argument, NULL, OPT_DECIMAL},
    OUTPUT_OPTIONS,
    TARGET_OPTIONS,
    TARGET_AT_OPTION,
    TARGET_RAW_OPTIONS,
    OPTIONS_END,
};

static const struct field decimal_address = {"address", FIELD_ADDRESS_DECIMAL, 0};

/* What --json and --sh tell here. */
static const enum field_id address_fields[] = {
    FIELD_FILE, FIELD_MEMBER, FIELD_ADDRESS, FIELD_OFFSET, FIELD_NBYTES, FIELD_MODE,
};

/* Chooses what is told: the one value that was asked for (NULL: the address),
 * unless the user chose another form, which has its own. */
static int choose_fields(struct output *output, const struct field *asked)
{
    if (asked && output->asked)
        return report_usage(&command_addr, "--offset and --decimal are for the plain output:"
                                           " --json, --sh and -f have all fields");
    if (!output->asked)
        output_add_field(output, asked ? asked : &field_table[FIELD_ADDRESS]);
    else if (output->field_count == 0)
        for (size_t i = 0; i < sizeof address_fields / sizeof *address_fields; i++)
            output_add_field(output, &field_table[address_fields[i]]);
    return STATUS_FINE;
}

static bool shows_address(const struct output *output)
{
    for (size_t i = 0; i < output->field_count; i++)
        if (output->fields[i]->id == FIELD_ADDRESS ||
            output->fields[i]->id == FIELD_ADDRESS_DECIMAL)
            return true;
    return false;
}

static int inspect(struct inspection *inspection, int argc, char **argv)
{
    struct output *output = &inspection->output;
    const struct field *asked = NULL;
    int option, status;

    while ((option = options_next(inspection->command, argc, argv,
                                  ":h" OUTPUT_LETTERS TARGET_LETTERS, options, &status)) !=
           OPTIONS_DONE) {
        const struct field *before = asked;

        switch (option) {
        case OPTIONS_STOP: return status;
        case OPT_DECIMAL: asked = &decimal_address; break;
        case OPT_OFFSET: asked = &field_table[FIELD_OFFSET]; break;
        default:
            if (inspect_option(inspection, option) != STATUS_FINE)
                return STATUS_ERROR;
            break;
        }
        if (before && asked != before)
            return report_usage(&command_addr, "--offset is decimal; --decimal is for addresses");
    }
    if (choose_fields(output, asked) != STATUS_FINE)
        return STATUS_ERROR;
    status = inspect_files(inspection, argc, argv);
    if (output->arrays > 0 && shows_address(output) && isatty(STDOUT_FILENO))
        report_note(NULL,
                    "the address ended with this process; --offset gives the place in the file");
    return status;
}

static int run(int argc, char **argv)
{
    struct inspection inspection = {
        .command = &command_addr,
        .target = TARGET_OPTIONS_INIT,
        .output = {.write = out_fields},
    };
    int status = inspect(&inspection, argc, argv);

    inspect_clear(&inspection);
    return status;
}

const struct command command_addr = {
    .name = "addr",
    .synopsis = "[OPTION]... FILE...",
    .summary = "print the address of an array, or its byte offset in the file",
    .help =
        {
            "Maps each FILE and prints the address of the first element, a line each. The\n"
            "address ends with the process; --offset lasts. FILE - is standard input.\n"
            "\n"
            "Output:\n"
            "      --offset             the byte of the file where the first element is\n"
            "      --decimal            the address in decimal, as ctypes.data in NumPy\n"
            "      --json               an object of JSON a FILE, a line each: file, member,\n"
            "                           address, offset, nbytes, mode\n"
            "      --sh                 the same as assignments for a shell's eval\n"
            "  -f, --fields=FIELD,...   fields of `mmview info`: bare values, a line each\n"
            "  -z, --null               end values with a NUL, not with a newline\n"
            "  -h, --help               show this\n"
            "\n"
            "Input:\n"
            "      --at=ADDR            map the first element's page there, at a multiple of\n"
            "                           the page size, or fail if that is not free\n",
            target_help,
            target_raw_help,
            "      --skip=N             the byte of the file where the data starts (0)\n",
        },
    .run = run,
};

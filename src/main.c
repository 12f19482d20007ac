/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdio.h>
#include <string.h>

#include <mmview.h>

#include "command.h"
#include "report.h"

static const struct command *const commands[] = {
    &command_info, &command_dump,   &command_addr,    &command_ls,     &command_ctypes,
    &command_hold, &command_check,  &command_stats,   &command_diff,   &command_create,
    &command_set,  &command_append, &command_convert, &command_repair,
};

#define NCOMMANDS (sizeof commands / sizeof *commands)

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < NCOMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

void command_help(const struct command *command)
{
    printf("Usage: mmview %s %s\n\n", command->name, command->synopsis);
    for (size_t i = 0; i < sizeof command->help / sizeof *command->help && command->help[i]; i++)
        fputs(command->help[i], stdout);
    printf("\nExit status: %s\nManual: man mmview-%s\n",
           command->exit_status ? command->exit_status : "0 if all went well, 2 after any error.",
           command->name);
}

static void print_usage(FILE *out)
{
    fputs("Usage: mmview [--version | --help] COMMAND [OPTION]... FILE...\n", out);
}

static int show_help(void)
{
    print_usage(stdout);
    puts("\nMap NumPy's .npy and .npz files and raw ones, tell what is in them, write "
         "them.\n\nCommands:");
    for (size_t i = 0; i < NCOMMANDS; i++)
        printf("  %-7s  %s\n", commands[i]->name, commands[i]->summary);
    puts("  help     show this, or with a COMMAND what that one does\n"
         "\n"
         "Options:\n"
         "  -V, --version  show the version\n"
         "  -h, --help     show this; after a COMMAND, what that one does\n"
         "\n"
         "Exit status: 0 if all went well, 1 if check or diff say no, 2 after any error.\n"
         "Manual: man mmview");
    return STATUS_FINE;
}

void command_version(void)
{
    const char *library = mmview_version();

    fputs("mmview " MMVIEW_VERSION, stdout);
    if (strcmp(library, MMVIEW_VERSION) != 0)
        printf(" (libmmview %s)", library);
    putchar('\n');
}

static int unknown_command(const char *name)
{
    return report_usage(NULL, "unknown command '%s'", name);
}

static int help_on(int argc, char **argv)
{
    const struct command *command;

    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return show_help();
    if (argc > 2)
        return report_usage(NULL, "help takes one COMMAND");
    command = find_command(argv[1]);
    if (!command)
        return unknown_command(argv[1]);
    command_help(command);
    return STATUS_FINE;
}

static int dispatch(int argc, char **argv)
{
    const struct command *command;
    const char *first = argc > 1 ? argv[1] : NULL;

    if (!first) {
        print_usage(stderr);
        return report_usage(NULL, "no COMMAND");
    }
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        command_version();
        return STATUS_FINE;
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
        return show_help();
    if (strcmp(first, "help") == 0)
        return help_on(argc - 1, argv + 1);
    if (first[0] == '-' && first[1] != '\0')
        return report_usage(NULL, "unknown option '%s'", first);
    command = find_command(first);
    if (!command)
        return unknown_command(first);
    return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    int status;

    report_start();
    status = dispatch(argc, argv);
    if (!report_output_closed())
        status = STATUS_ERROR;
    return report_status(status);
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef COMMAND_H
#define COMMAND_H

/* One command of mmview. A new one is a file cmd_NAME.c that ends in its
 * struct command, a line below and a line in main.c's table. */
struct command {
    const char *name;
    const char *synopsis; /* what follows the name: "[OPTION]... FILE..." */
    const char *summary;  /* one line, for the list of commands */
    const char *help[8];  /* what it does, each option with a line; one text in pieces */

    /* What --help says after "Exit status: "; NULL for what most of them have. */
    const char *exit_status;

    /* argv[0] is the command's name. Returns the exit status; that of failures
     * told by report() need not be in it. */
    int (*run)(int argc, char **argv);
};

/* Exit statuses. */
#define STATUS_FINE  0
#define STATUS_NO    1 /* of commands whose answer may be no */
#define STATUS_ERROR 2

/* Writes what `mmview NAME --help` shows to standard output. */
void command_help(const struct command *command);

/* And what --version does, alone and after any command. */
void command_version(void);

extern const struct command command_addr;
extern const struct command command_append;
extern const struct command command_check;
extern const struct command command_convert;
extern const struct command command_create;
extern const struct command command_ctypes;
extern const struct command command_diff;
extern const struct command command_dump;
extern const struct command command_hold;
extern const struct command command_info;
extern const struct command command_ls;
extern const struct command command_repair;
extern const struct command command_set;
extern const struct command command_stats;

#endif

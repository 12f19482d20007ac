/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef INSPECT_H
#define INSPECT_H

#include "command.h"
#include "options.h"
#include "output.h"
#include "target.h"

/* What the commands share that open each FILE and tell something of it. */

struct inspection {
    const struct command *command;
    struct target_options target;
    bool all_members; /* of an archive are told, one after another */
    struct output output;
};

/* Takes an option that all of them have; as target_option(). */
int inspect_option(struct inspection *inspection, int option);

/* Tells of every FILE from argv[optind] on. Returns the exit status. */
int inspect_files(struct inspection *inspection, int argc, char **argv);

void inspect_clear(struct inspection *inspection);

#endif

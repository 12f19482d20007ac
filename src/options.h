/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mmview.h>

#include "command.h"

/* Codes of options that have no letter. A command's own start at OPT_OWN. */
enum {
    OPT_JSON = 256,
    OPT_SH,
    OPT_DTYPE,
    OPT_SHAPE,
    OPT_SKIP,
    OPT_ORDER,
    OPT_MODE,
    OPT_MAX_HEADER,
    OPT_AT,
    OPT_VERSION,
    OPT_OWN,

    OPT_SELECT = 's',
    OPT_TRANSPOSE = 'T'
};

/* Every command's table of options ends with these lines. */
#define OPTIONS_END                                                                \
    {"help", no_argument, NULL, 'h'}, {"version", no_argument, NULL, OPT_VERSION}, \
    {                                                                              \
        NULL, 0, NULL, 0                                                           \
    }

/* What options_next() returns besides an option. */
#define OPTIONS_DONE (-1) /* none is left; optind is the first FILE */
#define OPTIONS_STOP (-2) /* --help was shown and the like, or one is wrong: exit with *status */

/* What a function that takes some of a command's options returns for one that
 * is not its own, instead of an exit status. */
#define OPTIONS_NOT_MINE (-1)

/* The next option of a command; its argument is in optarg. letters starts with
 * ':' and has an 'h', table ends with OPTIONS_END. */
int options_next(const struct command *command, int argc, char **argv, const char *letters,
                 const struct option *table, int *status);

/* A whole number, decimal or 0x hexadecimal, and nothing else. */
bool options_number(const char *text, uint64_t *number);

/* How options_shape() reads. */
#define SHAPE_IS_KNOWN   0
#define SHAPE_MAY_BE_ANY 1 /* "*" is a length too, -1 */

/* Dimensions as "3,4", "(3, 4)", "3" or "()". Returns how many, or -1 for what
 * is no shape, has too many dimensions or one that does not fit. */
int options_shape(const char *text, mmview_intp shape[MMVIEW_MAXDIMS], int how);

/* A dtype instead of the one in *dtype, which may be NULL. Returns STATUS_FINE, or
 * STATUS_ERROR for text that is none, which is reported with the option's name. */
int options_dtype(const struct command *command, const char *option, const char *text,
                  struct mmview_dtype **dtype);

/* C or F, as an enum mmview_order; and a byte order, as mmview_dtype_newbyteorder() takes
 * it: little, big, native or swap. Likewise. */
int options_order(const struct command *command, const char *option, const char *text, int *order);
int options_byteorder(const struct command *command, const char *option, const char *text,
                      char *order);

#endif

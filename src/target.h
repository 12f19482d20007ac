/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TARGET_H
#define TARGET_H

#include <stdbool.h>

#include <mmview.h>

#include "command.h"
#include "options.h"
#include "selection.h"

/* From a FILE of the command line, with the options on how to take it, to an
 * array. */

/* What a command does with a member of an archive that is deflated. */
enum target_deflated {
    TARGET_REFUSES, /* its data must be in the file, or nowhere */
    TARGET_LOOKS,   /* it wants to know of the array, and not its data */
    TARGET_INFLATES /* it wants the data, from wherever */
};

struct target_options {
    enum target_deflated deflated; /* the command's, not an option */
    bool scan;                     /* also: it reads data, as a rule once, under a guard */

    bool raw; /* bare data: one of the options for it was given */
    struct mmview_dtype *dtype;
    uint64_t skip;
    int order;
    int ndim;
    mmview_intp shape[MMVIEW_MAXDIMS];

    int mode;
    uint64_t max_header;
    bool at; /* map at address or fail */
    void *address;

    struct selection selection;
};

#define TARGET_OPTIONS_INIT                                   \
    {                                                         \
        .ndim = MMVIEW_SHAPE_FROM_FILE, .mode = MMVIEW_MODE_R \
    }

/* Their lines in a command's table of options, and their letters. */
#define TARGET_OPTIONS                                        \
    {"select", required_argument, NULL, OPT_SELECT},          \
        {"transpose", no_argument, NULL, OPT_TRANSPOSE},      \
        {"mode", required_argument, NULL, OPT_MODE},          \
    {                                                         \
        "max-header", required_argument, NULL, OPT_MAX_HEADER \
    }

#define TARGET_LETTERS "s:T"

/* Those that make a FILE a raw one. The byte where its data starts is --skip
 * everywhere, and --offset too where that is free. */
#define TARGET_RAW_OPTIONS                                                                        \
    {"dtype", required_argument, NULL, OPT_DTYPE}, {"shape", required_argument, NULL, OPT_SHAPE}, \
        {"skip", required_argument, NULL, OPT_SKIP},                                              \
    {                                                                                             \
        "order", required_argument, NULL, OPT_ORDER                                               \
    }

/* For commands that are about the address. */
#define TARGET_AT_OPTION                      \
    {                                         \
        "at", required_argument, NULL, OPT_AT \
    }

/* Their parts of a command's help. The raw ones end it, and the command adds its
 * name of --skip. */
extern const char target_help[], target_raw_help[];

/* Takes an option. STATUS_FINE: taken; STATUS_ERROR: wrong, and reported;
 * OPTIONS_NOT_MINE. */
int target_option(struct target_options *options, const struct command *command, int option,
                  const char *argument);

void target_options_clear(struct target_options *options);

struct target {
    const char *name;   /* as the user gave it, or with the member of an archive */
    const char *file;   /* it, without the member of an archive */
    const char *member; /* of the archive; NULL: it is none */
    char *names;        /* what these lie in if they are not the user's */
    int mode;           /* enum mmview_mode that was asked for */
    bool deflated;      /* a member that is: it is at no place in the file */
    bool absent;        /* and was not inflated, so that its data is nowhere */
    uint64_t packed;    /* bytes that it has in the archive */
    const struct selection *selection;
    struct mmview_array *array; /* the view that was selected */
};

/* Opens a FILE that is one array: a .npy or raw file, or a member of an archive as
 * FILE.npz/MEMBER. False: it can not be, and why was reported. */
bool target_open(struct target *target, const struct target_options *options, const char *file);

/* What is done with arrays. Both return whether to go on. */
struct target_visitor {
    bool (*take)(void *context, const struct target *target);

    /* With a member of an archive that is none, for this reason; it has but its names. */
    bool (*pass)(void *context, const struct target *target, const char *reason);

    void *context;
};

/* Opens a FILE, or one after the other all members of one that is an archive, and hands
 * each to the visitor before it is closed. What can not be opened is reported. */
void target_each(const struct target_options *options, const char *file,
                 const struct target_visitor *visitor);

/* Reports why it could not be opened. */
void target_report(const struct target *target, const struct mmview_error *err);

void target_close(struct target *target);

/* Is a FILE another name of standard input? */
bool target_is_stdin(const char *file);

/* open(2) that signals do not end, of a descriptor that programs that are started do not get.
 *
 * The first opens a regular file and nothing else, ENODEV: whatever the name has come to
 * mean, it does not wait for the other end of a FIFO, nor does a device notice. The other
 * opens what can be read as a stream, and waits. */
int target_descriptor(const char *file, int flags);
int target_stream(const char *file);

#endif

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef PACK_H
#define PACK_H

#include "target.h"
#include "writing.h"

/* An archive from arrays and archives. */
struct packing {
    const struct target_options *target;
    const struct write_options *write;
    unsigned align; /* 0: the library's */
    const char *file;
};

/* Writes all of it, or, with a report, nothing. */
void pack(const struct packing *packing, int count, char **in);

#endif

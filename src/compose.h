/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef COMPOSE_H
#define COMPOSE_H

#include <stddef.h>
#include <stdio.h>

/* Text of any length that is printed into memory. Where that runs out the program ends:
 * text that is cut short would look like the whole. */
struct composition {
    FILE *out;
    char *text;
    size_t length;
};

/* The stream to print to. */
FILE *compose_begin(struct composition *composition);

/* All that was printed, to be freed. */
char *compose_end(struct composition *composition);

#endif

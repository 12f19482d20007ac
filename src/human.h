/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef HUMAN_H
#define HUMAN_H

#include <inttypes.h>
#include <stdio.h>

#include "target.h"

/* The parts of what `mmview info` shows to people. */

/* A line starts with this and a key; what follows is the value. */
#define HUMAN_KEY "  %-9s"

/* What a line starts with that goes on with the value before. */
#define HUMAN_MORE "           "

/* Bytes of the longest size in words: "18446744073709551615 bytes (16.0 EiB)". */
#define HUMAN_SIZE 48

/* "6000 bytes", "2199023255552 bytes (2.0 TiB)". Returns text. */
const char *human_size(char text[HUMAN_SIZE], uint64_t bytes);

/* The name of this machine's byte order, and of the other one. */
const char *human_own_order(void);
const char *human_foreign_order(void);

/* A table of a struct's fields, nested ones included, cut after some lines. */
void human_print_fields(FILE *out, const struct mmview_dtype *dtype);

/* What a person should know before reading the data, each as a line. */
void human_print_notes(FILE *out, const struct target *target);

#endif

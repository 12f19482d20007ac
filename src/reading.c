/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "reading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "report.h"

#define BLOCK ((size_t)1 << 16)

void reading_start(struct reading *reading, int fd, enum reading_form form)
{
    *reading = (struct reading){.fd = fd, .form = form, .last = true, .next_line = 1};
    reading->block = malloc(BLOCK);
    if (!reading->block)
        report_nomem();
}

void reading_end(struct reading *reading)
{
    free(reading->text);
    free(reading->block);
    *reading = (struct reading){.fd = -1};
}

static void put(struct reading *reading, int c)
{
    if (reading->length + 1 >= reading->room) {
        size_t room = reading->room ? 2 * reading->room : 256;
        char *grown = room > reading->room ? realloc(reading->text, room) : NULL;

        if (!grown)
            report_nomem();
        reading->text = grown;
        reading->room = room;
    }
    reading->text[reading->length++] = (char)c;
}

/* After the end, and after an error, there is nothing any more. */
static bool fill(struct reading *reading)
{
    ssize_t n = reading->error ? 0 : interrupt_read(reading->fd, reading->block, BLOCK);

    if (n < 0)
        reading->error = interrupt_pending() ? "" : strerror(errno);
    reading->at = 0;
    reading->end = n > 0 ? (size_t)n : 0;
    reading->bytes += reading->end;
    return n > 0;
}

/* The next character, or -1 at the end. */
static int get(struct reading *reading)
{
    int c;

    if (reading->at == reading->end && !fill(reading))
        return -1;
    c = (unsigned char)reading->block[reading->at++];
    if (c == '\n')
        reading->next_line++;
    return c;
}

/* The same, without taking it. */
static int peek(struct reading *reading)
{
    if (reading->at == reading->end && !fill(reading))
        return -1;
    return (unsigned char)reading->block[reading->at];
}

/* A CR before an LF belongs to the end of the line. */
static bool ends_line(struct reading *reading, int c)
{
    if (c == '\r' && peek(reading) == '\n')
        c = get(reading);
    return c == '\n' || c < 0;
}

static bool read_line(struct reading *reading)
{
    int c = get(reading);

    if (c < 0)
        return false;
    for (; !ends_line(reading, c); c = get(reading))
        put(reading, c);
    reading->last = true;
    return true;
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static bool read_word(struct reading *reading)
{
    int c = get(reading);

    while (is_blank(c))
        c = get(reading);
    if (c < 0)
        return false;
    reading->line = reading->next_line;
    for (; c >= 0 && !is_blank(c); c = get(reading))
        put(reading, c);
    reading->last = c == '\n' || c < 0;
    return true;
}

/* What is in quotes may hold anything; a quote in it is doubled. */
static bool read_quoted(struct reading *reading, const char **why)
{
    for (;;) {
        int c = get(reading);

        if (c < 0) {
            *why = "a quote is not closed";
            return false;
        }
        if (c == '"') {
            if (peek(reading) != '"')
                return true;
            get(reading);
        }
        put(reading, c);
    }
}

static bool read_field(struct reading *reading, const char **why)
{
    int separator = reading->form == READING_TSV ? '\t' : ',';
    int c = get(reading);

    if (c < 0 && reading->last)
        return false;
    reading->quoted = c == '"';
    if (reading->quoted) {
        if (!read_quoted(reading, why))
            return false;
        c = get(reading);
        reading->last = ends_line(reading, c);
        if (!reading->last && c != separator) {
            *why = "a field goes on behind its closing quote";
            return false;
        }
        return true;
    }
    for (; c != separator && !ends_line(reading, c); c = get(reading))
        put(reading, c);
    reading->last = c != separator;
    return true;
}

bool reading_next(struct reading *reading, const char **why)
{
    bool found;

    *why = NULL;
    reading->length = 0;
    reading->line = reading->next_line;
    switch (reading->form) {
    case READING_LINES: found = read_line(reading); break;
    case READING_WORDS: found = read_word(reading); break;
    default: found = read_field(reading, why); break;
    }
    put(reading, '\0');
    reading->length--;
    /* What an error cut short is no piece. */
    if (reading->error)
        *why = reading->error;
    return found && !reading->error;
}

/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"
#include "text.h"

/* In one place, so that a program that shows little touches one page of it. */
static struct {
    bool failed;
    bool told;  /* that writing to standard output failed */
    int reason; /* why it did, once it did */
    char buffer[1 << 16];
} output;

void report_start(void)
{
    setvbuf(stdout, output.buffer, _IOFBF, sizeof output.buffer);
}

static void flush_output(void)
{
    if (fflush(stdout) != 0 && !output.reason)
        output.reason = errno;
}

/* What a message is about; an empty name would not be seen. */
static void put_file(const char *file)
{
    if (!file)
        return;
    text_show(stderr, *file ? file : "''", *file ? strlen(file) : 2);
    fputs(": ", stderr);
}

static void print_line(const char *file, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

static void print_line(const char *file, const char *format, va_list ap)
{
    char line[1024];

    /* What was shown of other files comes first where both go to one place. */
    flush_output();
    fputs("mmview: ", stderr);
    put_file(file);
    vsnprintf(line, sizeof line, format, ap);
    text_show(stderr, line, strlen(line));
    putc('\n', stderr);
}

void report(const char *file, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    print_line(file, format, ap);
    va_end(ap);
    output.failed = true;
}

int report_usage(const struct command *command, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    print_line(NULL, format, ap);
    va_end(ap);
    if (command)
        fprintf(stderr, "Try 'mmview %s --help'.\n", command->name);
    else
        fputs("Try 'mmview --help'.\n", stderr);
    return STATUS_ERROR;
}

void report_note(const char *file, const char *text)
{
    flush_output();
    fputs("mmview: note: ", stderr);
    put_file(file);
    text_show(stderr, text, strlen(text));
    putc('\n', stderr);
}

void report_nomem(void)
{
    fputs("mmview: out of memory\n", stderr);
    exit(STATUS_ERROR);
}

bool report_output_write(const void *bytes, size_t length)
{
    const char *from = bytes;

    flush_output();
    while (length > 0 && !output.reason) {
        ssize_t n = write(STDOUT_FILENO, from, length);

        if (n >= 0) {
            from += n;
            length -= (size_t)n;
        } else if (errno == EFAULT) {
            return false;
        } else if (errno != EINTR) {
            output.reason = errno;
        }
    }
    return !output.reason;
}

bool report_output_fine(void)
{
    /* A writer may go on after a write that failed, but then nothing of its
     * own has failed since, so errno still tells about it. */
    if (ferror(stdout) && !output.reason)
        output.reason = errno;
    /* A signal that waits, as SIGPIPE may, tells by itself. */
    if (output.reason && !output.told && !interrupt_pending()) {
        output.told = true;
        report("standard output", "%s", strerror(output.reason));
    }
    return !output.reason;
}

bool report_output_flushed(void)
{
    flush_output();
    return report_output_fine();
}

bool report_output_closed(void)
{
    if (!report_output_flushed())
        return false;
    /* Not fclose(): report() still flushes the stream, and what is left to
     * fail is the descriptor's business. */
    if (close(STDOUT_FILENO) != 0)
        output.reason = errno;
    return report_output_fine();
}

int report_status(int status)
{
    return output.failed ? STATUS_ERROR : status;
}

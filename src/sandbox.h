/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef SANDBOX_H
#define SANDBOX_H

/* What this process then can no longer do, whatever a FILE makes it do. */
enum {
    SANDBOX_FILES = 1, /* make, change, remove and execute files */
    SANDBOX_TCP = 2,   /* connect and listen by TCP, even by a socket that it has */
    SANDBOX_CALLS = 4  /* make sockets, execute programs */
};

/* Gives up all that a command does not need which only reads, for good: what stays is to
 * open files to read them, and to write to what is open. Returns what of it the system
 * has; there is nothing to be done about the rest.
 *
 * With the end of the process it costs from a tenth to a quarter of a millisecond, so those
 * do without that look at headers only: info, addr, ctypes. */
unsigned sandbox_enter(void);

#endif

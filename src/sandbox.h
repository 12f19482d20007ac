/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef SANDBOX_H
#define SANDBOX_H

/* What this process then can no longer do, whatever a FILE makes it do. */
enum {
    SANDBOX_FILES = 1,       /* make, change, remove and execute files */
    SANDBOX_TCP = 2,         /* connect and listen by TCP, even by a socket that it has */
    SANDBOX_CALLS = 4,       /* make sockets and processes, execute programs, signal others and
                              * look into them, change modes, owners, times and attributes of
                              * files, and what is for administrators */
    SANDBOX_CAPABILITIES = 8 /* what root may do, but to read what others may not */
};

/* Gives up all that a command does not need which only reads, for good: what stays is to
 * open files to read them, and to write to what is open. Returns what of it the system
 * has; there is nothing to be done about the rest.
 *
 * With the end of the process, that is a hundredth of the time that it takes to look at a
 * header; SANDBOX_CALLS would be a tenth of it. Commands that look at headers only, info,
 * addr and ctypes, do without that. */
unsigned sandbox_enter(void);
unsigned sandbox_enter_without_calls(void);

#endif

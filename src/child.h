/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef CHILD_H
#define CHILD_H

/* Runs a command, found as a shell finds it, and waits for its end. What would
 * end or concern mmview meanwhile is sent on to it, and it does not outlive
 * mmview. Returns its exit status, 128 + N if signal N ended it; 127 if there is
 * no such command, 126 if it can not be run, both reported. */
int child_run(char **argv);

#endif
